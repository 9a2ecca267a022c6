/** The options, one module a section. Everything has a default that needs no visit. */
import { find, setUpPage } from "../shared/extension-page.js";
import { watchPermission } from "../shared/permission.js";
import { WELCOME } from "../welcome.js";
import { setUpData } from "./data.js";
import { setUpLevels } from "./levels.js";
import { setUpPages } from "./pages.js";
import { setUpPeople } from "./people.js";
import { send } from "./session.js";
import { setUpToken } from "./token.js";

setUpPage();
find("#welcome", HTMLElement).hidden = location.search !== WELCOME;
watchPermission();
setUpToken();
setUpLevels();
setUpPages();
setUpPeople();
setUpData();
send("status");
