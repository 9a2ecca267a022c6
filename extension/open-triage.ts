/** Opens the triage page: from the menu of the toolbar's button, and for the line above a list. */
import { PEOPLE_HERE, type PeopleHere } from "./shared/people-here.js";
import { type TriageSubject, triagePath } from "./shared/triage-link.js";
import { t } from "./shared/words.js";

/** The menu's one item. */
const ITEM = "triage";

/** Puts the triage page into the menu of the toolbar's button. The browser keeps the menu until the next installation. */
export function offerTriageInMenu(): void {
  chrome.runtime.onInstalled.addListener(() => {
    chrome.contextMenus.removeAll(() => {
      chrome.contextMenus.create({ id: ITEM, title: t("ui_menu_triage"), contexts: ["action"] });
    });
  });
  chrome.contextMenus.onClicked.addListener(async ({ menuItemId }, tab) => {
    if (menuItemId === ITEM) await openTriage(await subjectOf(tab), tab);
  });
}

/** Opens the triage page next to this tab; without a subject nothing is filled in. */
export async function openTriage(subject?: TriageSubject, beside?: chrome.tabs.Tab): Promise<void> {
  const url = chrome.runtime.getURL(triagePath(subject));
  await chrome.tabs.create({ url, ...(beside && { index: beside.index + 1, openerTabId: beside.id }) });
}

/** What the page in this tab is about. The page itself knows; one without badges does not answer. */
async function subjectOf(tab: chrome.tabs.Tab | undefined): Promise<TriageSubject | undefined> {
  const id = tab?.id;
  if (id === undefined) return undefined;
  return new Promise((resolve) => {
    const port = chrome.tabs.connect(id, { name: PEOPLE_HERE });
    port.onMessage.addListener(({ repository, kind }: PeopleHere) => {
      port.disconnect();
      resolve(repository === undefined ? undefined : { repository, kind });
    });
    port.onDisconnect.addListener(() => {
      // Reading the error keeps the browser from logging it.
      void chrome.runtime.lastError;
      resolve(undefined);
    });
  });
}
