/** Opens the options once after the installation, with a word of welcome. */

/** What the options page's address ends in when it is to welcome somebody. */
export const WELCOME = "?welcome";

/** Listens for the installation; who loads the extension from a folder to develop it needs no welcome. */
export function welcomeOnInstall(): void {
  chrome.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === "install") void welcome();
  });
}

async function welcome(): Promise<void> {
  const { installType } = await chrome.management.getSelf();
  if (installType === "development") return;
  await chrome.tabs.create({ url: chrome.runtime.getURL(`extension/options/options.html${WELCOME}`) });
}
