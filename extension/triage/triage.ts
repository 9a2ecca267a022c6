/** The triage page: a whole repository's authors in one table. */
import { setUpPage } from "../shared/extension-page.js";

setUpPage();
