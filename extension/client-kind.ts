/** Which kind of client connects, decided by the sender that the browser names and not by what the client says. */

/** Which kind of client a connection belongs to; it decides what may be asked. */
export type ClientKind = "page" | "popup" | "options";

const POPUP = "extension/popup/popup.html";
const OPTIONS = "extension/options/options.html";

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
    default:
      return undefined;
  }
}

function isOurPage(address: string, path: string): boolean {
  const { origin, pathname } = new URL(address);
  const ours = new URL(chrome.runtime.getURL(path));
  return origin === ours.origin && pathname === ours.pathname;
}
