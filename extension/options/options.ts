/** The options, one module a section. Everything has a default that needs no visit. */
import { speak } from "../shared/extension-page.js";
import { serveData } from "./data.js";
import { ask } from "./desk.js";
import { serveLevels } from "./levels.js";
import { servePages } from "./pages.js";
import { servePeople } from "./people.js";
import { serveToken } from "./token.js";

speak();
serveToken();
serveLevels();
servePages();
servePeople();
serveData();
ask({ type: "status" });
