/**
 * Reads what outlives the worker, while the module is still being loaded.
 *
 * A start waits for both, and so neither may wait for the other: this is the
 * one part of the store that is not Rust. What is stored, and how, is decided
 * in `crate/wasm/src/store.rs` and `chrome.rs`; the names here agree with theirs.
 */

const NAME = "bonafide";
const VERSION = 2;
const PEOPLE = "people";
const SETTINGS = "settings";
const RUN = "run";
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
    request.result.createObjectStore(RUN);
  };
  return resultOf(request);
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
