// Brings a browser that has been used back to how it started, so that the next test needs no browser of its own.

import type { Bonafide } from "./browser.ts";
import { clearStore, readSettings } from "./store.ts";
import { killWorker } from "./worker.ts";

/** The settings as the extension itself has written them once a good token was saved, by browser. */
const withToken = new WeakMap<Bonafide, unknown>();

/**
 * No page, nothing kept, a background that has not run yet, a GitHub that nobody has asked anything. With a token the
 * settings are those that the first saving of the token has left.
 */
export async function reset(bonafide: Bonafide, token: boolean): Promise<void> {
  const storePage = await bonafide.storePage();
  const pages = await bonafide.browser.pages();
  await Promise.all(pages.filter((page) => page !== storePage).map((page) => page.close()));
  await killWorker(bonafide);
  const settings = token ? withToken.get(bonafide) : undefined;
  const isKept = await clearStore(storePage, settings);
  await bonafide.control.reset();
  if (!token || (isKept && settings !== undefined)) return;

  await bonafide.saveToken();
  withToken.set(bonafide, await readSettings(storePage));
  await bonafide.control.clearLog();
}
