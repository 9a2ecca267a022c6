/** Tells a popup that is opened in front of the page who is named on it, as long as the popup is open. */
import { PEOPLE_HERE, type PeopleHere } from "../shared/people-here.js";

/** What listens to popups. */
export interface Here {
  /** Something about the people has changed. */
  tell(): void;
}

/** Listens until `signal` ends it. Only this very extension can call. */
export function openHere(people: () => PeopleHere, signal: AbortSignal): Here {
  const popups = new Set<chrome.runtime.Port>();
  const answer = (port: chrome.runtime.Port): void => {
    if (port.name !== PEOPLE_HERE) return;
    popups.add(port);
    port.onDisconnect.addListener(() => popups.delete(port));
    port.postMessage(people());
  };
  chrome.runtime.onConnect.addListener(answer);
  signal.addEventListener("abort", () => {
    for (const port of popups) port.disconnect();
    // Where the extension is gone, so is what it listened with.
    chrome.runtime?.onConnect?.removeListener(answer);
  });
  return {
    tell() {
      if (popups.size === 0) return;
      const now = people();
      for (const port of popups) {
        try {
          port.postMessage(now);
        } catch {
          // It was closed without a word, as in a page that has come back.
          popups.delete(port);
        }
      }
    },
  };
}
