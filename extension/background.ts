/**
 * The background: decides who may ask what, and passes it on to the core.
 *
 * Everything here is set up at once when the worker starts: a listener that
 * comes later misses the message that woke the worker.
 */
import { clientKindOf } from "./client-kind.js";
import { connect } from "./core.js";

import { labels } from "./shared/labels.js";
import type { FromOptions, FromPage, FromPopup, ToPage } from "./shared/messages.js";
import { type TextRequest, textFor } from "./shared/text-request.js";

chrome.runtime.onConnect.addListener((port) => {
  const kind = clientKindOf(port);
  if (kind === undefined) {
    port.disconnect();
    return;
  }
  if (kind === "page") port.postMessage({ type: "labels", labels: labels() } satisfies ToPage);
  const connection = connect(
    kind,
    (message) => port.postMessage(message),
    () => port.disconnect(),
  );
  port.onMessage.addListener((message: FromPage | FromPopup | FromOptions) => {
    if (kind === "page" && message.type === "openOptions") void chrome.runtime.openOptionsPage();
    else connection.receive(message);
  });
  port.onDisconnect.addListener(() => connection.disconnect());
});

// Only our own scripts can ask here, and they get nothing that they did not bring.
chrome.runtime.onMessage.addListener((request: TextRequest, _sender, respond) => respond(textFor(request)));
