/** The options, one module a section. Everything has a default that needs no visit. */
import { setUpPage } from "../shared/extension-page.js";
import { watchPermission } from "../shared/permission.js";
import { setUpData } from "./data.js";
import { setUpLevels } from "./levels.js";
import { setUpPages } from "./pages.js";
import { setUpPeople } from "./people.js";
import { send } from "./session.js";
import { setUpToken } from "./token.js";

setUpPage();
watchPermission();
setUpToken();
setUpLevels();
setUpPages();
setUpPeople();
setUpData();
send("status");
