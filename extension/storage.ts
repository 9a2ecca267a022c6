/**
 * Reads what outlives the worker, while the module is still being loaded.
 *
 * A start waits for both, and so neither may wait for the other: this is the
 * one part of the store that is not Rust. What is stored, and how, is decided
 * in `crate/wasm/src/store.rs` and `chrome.rs`; the names here agree with theirs.
 */

const NAME = "bonafide";
const VERSION = 3;
const PEOPLE = "people";
const SETTINGS = "settings";
const RUN = "run";
/** Names of what a run's people were judged by begin so. */
const RECORD = "record ";
const AT = "at";
const RATE_LIMITER = "rate_limiter";

/** What the last worker stored. What cannot be read is left out. */
export interface Stored {
  /** Absent where the browser refuses access: the core then works in memory. */
  readonly database: IDBDatabase | undefined;
  /** The settings and the token, as JSON. */
  readonly settings: string | undefined;
  /** The state of the rate limiter when the worker stopped, as JSON. */
  readonly rateLimiter: string | undefined;
}

/** Opens the store, creating it where there is none, and reads what the core begins with. */
export async function readStored(): Promise<Stored> {
  const [stored, rateLimiter] = await Promise.all([readDatabase(), readRateLimiter()]);
  return { ...stored, rateLimiter };
}

async function readDatabase(): Promise<Omit<Stored, "rateLimiter">> {
  const database = await open().catch(() => undefined);
  const settings = database && (await readSettings(database).catch(() => undefined));
  // What is no text cannot be read either; the core puts it aside.
  const text = settings === undefined ? undefined : JSON.stringify(settings);
  return { database, settings: textOf(settings) ?? text };
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion < 1) {
      request.result.createObjectStore(PEOPLE).createIndex(AT, AT);
      request.result.createObjectStore(SETTINGS);
    }
    if (oldVersion < 2) request.result.createObjectStore(RUN);
    else if (request.transaction !== null) nameRun(request.transaction.objectStore(RUN));
  };
  return resultOf(request);
}

/** Version 2 kept one run; now there are several, and names begin with their numbers. */
function nameRun(runs: IDBObjectStore): void {
  const head = runs.get("head");
  head.onsuccess = () => {
    const id = /"id":(\d+)/.exec(textOf(head.result?.text) ?? "")?.[1];
    const keys = runs.getAllKeys();
    keys.onsuccess = () => {
      for (const key of keys.result.map(String)) {
        const record = runs.get(key);
        record.onsuccess = () => {
          runs.delete(key);
          const name = key.startsWith(RECORD) ? `${RECORD}${id} ${key.slice(RECORD.length)}` : `${id} ${key}`;
          // Nobody can tell what the rest of a run is about.
          if (id !== undefined) runs.put(record.result, name);
        };
      }
    };
  };
}

async function readSettings(database: IDBDatabase): Promise<unknown> {
  return resultOf(database.transaction(SETTINGS).objectStore(SETTINGS).get(SETTINGS));
}

async function readRateLimiter(): Promise<string | undefined> {
  const items = await chrome.storage.session.get(RATE_LIMITER).catch(() => undefined);
  return textOf(items?.[RATE_LIMITER]);
}

async function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function textOf(stored: unknown): string | undefined {
  return typeof stored === "string" ? stored : undefined;
}
