/**
 * The clients of the background: which kind each is, decided by the sender
 * that the browser names and not by what the client says, and the connection
 * to the core that each has for itself.
 */
import type { CoreConnection } from "./core.js";
import { labels } from "./shared/labels.js";
import { localizeForPage } from "./shared/localize.js";
import type { CoreToPage, FromClient, ToClient, ToPage } from "./shared/messages.js";

/** Which kind of client a connection belongs to; it decides what may be asked. */
export type ClientKind = "page" | "popup" | "options" | "triage";

/** Connects a client to the core; see `connect` in `core.ts`. */
export type Connect = (
  kind: ClientKind,
  send: (message: ToClient) => void,
  failed: () => void,
) => CoreConnection;

const POPUP = "extension/popup/popup.html";
const OPTIONS = "extension/options/options.html";
const TRIAGE = "extension/triage/triage.html";

/** Accepts connections. Each client receives what the core sends on its own connection; a page receives its labels first. */
export function serveClients(connect: Connect): void {
  chrome.runtime.onConnect.addListener((port) => {
    const kind = clientKindOf(port);
    if (kind === undefined) {
      port.disconnect();
      return;
    }
    if (kind === "page") port.postMessage({ type: "labels", labels: labels() } satisfies ToPage);
    const connection = connect(
      kind,
      (message) => port.postMessage(kind === "page" ? localizeForPage(message as CoreToPage) : message),
      () => port.disconnect(),
    );
    port.onMessage.addListener((message: FromClient) => {
      if (kind === "page" && message === "openOptions") void chrome.runtime.openOptionsPage();
      else connection.receive(message);
    });
    port.onDisconnect.addListener(() => connection.disconnect());
  });
}

/** A page of GitHub is known by its tab, our own pages by their addresses; nothing for anybody else. */
export function clientKindOf({
  name,
  sender,
}: Pick<chrome.runtime.Port, "name" | "sender">): ClientKind | undefined {
  if (sender === undefined || sender.id !== chrome.runtime.id || sender.url === undefined) return undefined;
  switch (name) {
    case "page":
      return sender.tab !== undefined && new URL(sender.url).origin === "https://github.com"
        ? "page"
        : undefined;
    case "popup":
      return isOurPage(sender.url, POPUP) ? "popup" : undefined;
    case "options":
      return isOurPage(sender.url, OPTIONS) ? "options" : undefined;
    case "triage":
      return isOurPage(sender.url, TRIAGE) ? "triage" : undefined;
    default:
      return undefined;
  }
}

function isOurPage(address: string, path: string): boolean {
  const { origin, pathname } = new URL(address);
  const ours = new URL(chrome.runtime.getURL(path));
  return origin === ours.origin && pathname === ours.pathname;
}
