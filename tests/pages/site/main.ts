// The one script of every page.

import { startHovercards } from "./hovercard";
import { hydrateLater } from "./hydrate";
import { startNavigation } from "./navigate";

startNavigation();
startHovercards();
hydrateLater();
