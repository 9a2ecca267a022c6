/** Sends the people named on the page to a popup that is open in front of it. */
import { PEOPLE_HERE, type PeopleHere } from "../shared/people-here.js";

/** The page's end of its connections to popups. */
export interface PeopleHereServer {
  /** Sends the people again after something about them has changed. */
  notify(): void;
}

/** Serves popups until `signal` aborts. Only this very extension can connect. */
export function servePeopleHere(people: () => PeopleHere, signal: AbortSignal): PeopleHereServer {
  const popups = new Set<chrome.runtime.Port>();
  const accept = (port: chrome.runtime.Port): void => {
    if (port.name !== PEOPLE_HERE) return;
    popups.add(port);
    port.onDisconnect.addListener(() => popups.delete(port));
    port.postMessage(people());
  };
  chrome.runtime.onConnect.addListener(accept);
  signal.addEventListener("abort", () => {
    for (const port of popups) port.disconnect();
    popups.clear();
    // Where the extension is gone, so is its event.
    chrome.runtime?.onConnect?.removeListener(accept);
  });
  return {
    notify() {
      if (popups.size === 0) return;
      const now = people();
      for (const port of popups) {
        try {
          port.postMessage(now);
        } catch {
          // A page that comes back from the browser's cache is not notified that the popup was closed.
          popups.delete(port);
        }
      }
    },
  };
}
