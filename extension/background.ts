/**
 * The background: connects clients to the core, and writes what pages are too
 * small to write.
 *
 * Everything here is set up at once when the worker starts: a listener that
 * comes later misses the message that woke the worker.
 */
import { keepRunGoing } from "./background-run.js";
import { serveClients } from "./clients.js";
import { connect } from "./core.js";
import { offerTriageInMenu, openTriage } from "./open-triage.js";
import { type TextRequest, textFor } from "./shared/text-request.js";
import type { OpenTriage } from "./shared/triage-link.js";
import { markToolbarButton } from "./toolbar.js";
import { welcomeOnInstall } from "./welcome.js";

serveClients(connect);
keepRunGoing(connect);
markToolbarButton(connect);
welcomeOnInstall();
offerTriageInMenu();

// Only our own scripts can ask here, and they get nothing that they did not bring.
chrome.runtime.onMessage.addListener((request: TextRequest | OpenTriage, { tab }, respond) => {
  if ("openTriage" in request) void openTriage(request.openTriage, tab);
  else respond(textFor(request));
});
