// The extension's own store, as one of its pages can reach it: the one place where a test can make it old, full or broken.

import type { Page } from "puppeteer-core";

/** A person as kept: what is known, and when it was kept, in milliseconds since 1970. */
export type Kept = { readonly key: string; readonly text: string; readonly at: number };

/** Keeps these people too. */
export function plant(page: Page, people: readonly Kept[]): Promise<void> {
  return put(
    page,
    "people",
    people.map(({ key, text, at }) => ({ key, value: { text, at } })),
  );
}

/** Replaces the settings by anything that can be kept at all. */
export function spoilSettings(page: Page, settings: unknown): Promise<void> {
  return put(page, "settings", [{ key: "settings", value: settings }]);
}

function put(page: Page, store: string, records: readonly { key: string; value: unknown }[]): Promise<void> {
  return page.evaluate(
    async (store, records) => {
      const opening = indexedDB.open("bonafide", 1);
      await new Promise((done, failed) => {
        opening.onsuccess = done;
        opening.onerror = failed;
      });
      const transaction = opening.result.transaction(store, "readwrite");
      for (const { key, value } of records) transaction.objectStore(store).put(value, key);
      await new Promise((done, failed) => {
        transaction.oncomplete = done;
        transaction.onabort = failed;
      });
      opening.result.close();
    },
    store,
    records,
  );
}

/** The keys of everybody who is kept. */
export function keptPeople(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const opening = indexedDB.open("bonafide", 1);
    await new Promise((done, failed) => {
      opening.onsuccess = done;
      opening.onerror = failed;
    });
    const keys = opening.result.transaction("people").objectStore("people").getAllKeys();
    await new Promise((done, failed) => {
      keys.onsuccess = done;
      keys.onerror = failed;
    });
    opening.result.close();
    return keys.result.map(String);
  });
}

/** Makes the store one of a later version, which the extension cannot open. */
export function makeUnreadable(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const opening = indexedDB.open("bonafide", 1_000_000);
    await new Promise((done, failed) => {
      opening.onsuccess = done;
      opening.onerror = failed;
    });
    opening.result.close();
  });
}

/** Takes the store away. */
export function removeStore(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const deleting = indexedDB.deleteDatabase("bonafide");
    await new Promise((done, failed) => {
      deleting.onsuccess = done;
      deleting.onerror = failed;
    });
  });
}
