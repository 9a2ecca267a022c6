// The one script of every page.

import { hydrateLater } from "./hydrate";
import { startNavigation } from "./navigate";

startNavigation();
hydrateLater();
