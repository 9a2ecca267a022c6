/**
 * The background: decides who may ask what, and passes it on to the core.
 *
 * Everything here is set up at once when the worker starts: a listener that
 * comes later misses the message that woke the worker.
 */
import { connect, type Kind } from "./core.js";
import { type Asked, answer } from "./shared/answer.js";
import { labels } from "./shared/labels.js";
import type { FromOptions, FromPage, FromPopup, ToPage } from "./shared/messages.js";

chrome.runtime.onConnect.addListener((port) => {
  const kind = kindOf(port);
  if (kind === undefined) {
    port.disconnect();
    return;
  }
  if (kind === "page") port.postMessage({ type: "labels", labels: labels() } satisfies ToPage);
  const line = connect(
    kind,
    (message) => port.postMessage(message),
    () => port.disconnect(),
  );
  port.onMessage.addListener((message: FromPage | FromPopup | FromOptions) => {
    if (kind === "page" && message.type === "openOptions") void chrome.runtime.openOptionsPage();
    else line.receive(message);
  });
  port.onDisconnect.addListener(() => line.hangUp());
});

// Only our own scripts can ask here, and they get nothing that they did not bring.
chrome.runtime.onMessage.addListener((asked: Asked, _sender, give) => give(answer(asked)));

/**
 * What an asker may be, told by who it is and not by what it says: our own
 * pages by their addresses, a page of GitHub by its tab. Anyone else is nobody.
 */
function kindOf({ name, sender }: chrome.runtime.Port): Kind | undefined {
  if (sender === undefined || sender.id !== chrome.runtime.id || sender.url === undefined) return undefined;
  switch (name) {
    case "page":
      return sender.tab !== undefined && new URL(sender.url).origin === "https://github.com"
        ? "page"
        : undefined;
    case "popup":
      return isOurs(sender.url, "extension/popup/popup.html") ? "popup" : undefined;
    case "options":
      return isOurs(sender.url, "extension/options/options.html") ? "options" : undefined;
    default:
      return undefined;
  }
}

function isOurs(address: string, page: string): boolean {
  const { origin, pathname } = new URL(address);
  const ours = new URL(chrome.runtime.getURL(page));
  return origin === ours.origin && pathname === ours.pathname;
}
