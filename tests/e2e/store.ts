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

/** Keeps records under these names in the store of runs. */
export function plantRuns(page: Page, names: readonly string[]): Promise<void> {
  return put(
    page,
    "run",
    names.map((key) => ({ key, value: { text: "{}", at: Date.now() } })),
  );
}

/** Replaces the settings by anything that can be kept at all. */
export function spoilSettings(page: Page, settings: unknown): Promise<void> {
  return put(page, "settings", [{ key: "settings", value: settings }]);
}

function put(page: Page, store: string, records: readonly { key: string; value: unknown }[]): Promise<void> {
  return page.evaluate(
    async (store, records) => {
      const opening = indexedDB.open("bonafide");
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
  return keptKeys(page, "people");
}

/** The names of all records in the store of runs. */
export function keptRuns(page: Page): Promise<string[]> {
  return keptKeys(page, "run");
}

function keptKeys(page: Page, store: string): Promise<string[]> {
  return page.evaluate(async (store) => {
    const opening = indexedDB.open("bonafide");
    await new Promise((done, failed) => {
      opening.onsuccess = done;
      opening.onerror = failed;
    });
    const keys = opening.result.transaction(store).objectStore(store).getAllKeys();
    await new Promise((done, failed) => {
      keys.onsuccess = done;
      keys.onerror = failed;
    });
    opening.result.close();
    return keys.result.map(String);
  }, store);
}

/** Makes the store one of the version before, which kept one run, under names without its number. */
export function makeOlder(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = failed;
      });
    const newer = await answer(indexedDB.open("bonafide"));
    const kept: [string, IDBValidKey, unknown][] = [];
    for (const name of ["people", "settings", "run"]) {
      const store = newer.transaction(name).objectStore(name);
      const [keys, values] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
      keys.forEach((key, place) => {
        const plain = String(key).replace(/^(record )?\d{13} /, "$1");
        kept.push([name, name === "run" ? plain : key, values[place]]);
      });
    }
    newer.close();
    await answer(indexedDB.deleteDatabase("bonafide"));
    const opening = indexedDB.open("bonafide", 2);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore("people").createIndex("at", "at");
      opening.result.createObjectStore("settings");
      opening.result.createObjectStore("run");
    };
    const older = await answer(opening);
    const transaction = older.transaction(["people", "settings", "run"], "readwrite");
    for (const [name, key, value] of kept) transaction.objectStore(name).put(value, key);
    await new Promise((done, failed) => {
      transaction.oncomplete = done;
      transaction.onabort = failed;
    });
    older.close();
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

/** The settings as they are kept. */
export function readSettings(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const opening = indexedDB.open("bonafide");
    await new Promise((done, failed) => {
      opening.onsuccess = done;
      opening.onerror = failed;
    });
    const reading = opening.result.transaction("settings").objectStore("settings").get("settings");
    await new Promise((done, failed) => {
      reading.onsuccess = done;
      reading.onerror = failed;
    });
    opening.result.close();
    return reading.result as unknown;
  });
}

/**
 * Forgets everything that is kept, while no background runs, and keeps these settings instead. A store that is not as
 * the extension makes it is taken away, and with it the settings: false is given then.
 */
export function clearStore(page: Page, settings: unknown): Promise<boolean> {
  return page.evaluate(async (settings) => {
    const answer = (request: IDBRequest): Promise<unknown> =>
      new Promise((done, failed) => {
        request.onsuccess = done;
        request.onerror = failed;
      });
    await chrome.storage.session.clear();
    const known = await indexedDB.databases();
    if (known.length !== 1 || known[0]?.name !== "bonafide" || known[0].version !== 3) {
      await Promise.all(known.map(({ name }) => answer(indexedDB.deleteDatabase(name ?? ""))));
      return false;
    }
    const opening = indexedDB.open("bonafide");
    await answer(opening);
    const database = opening.result;
    const transaction = database.transaction([...database.objectStoreNames], "readwrite");
    for (const name of database.objectStoreNames) transaction.objectStore(name).clear();
    if (settings !== null) transaction.objectStore("settings").put(settings, "settings");
    await new Promise((done, failed) => {
      transaction.oncomplete = done;
      transaction.onabort = failed;
    });
    database.close();
    return true;
  }, settings ?? null);
}
