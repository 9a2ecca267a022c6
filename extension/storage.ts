/**
 * What outlives the worker, asked for while the core is still on its way.
 *
 * Whoever woke the worker waits for the module and for this, and so neither
 * may wait for the other: it is the one part of the store that is not Rust.
 * What is kept, and how, is decided in `crate/wasm/src/store.rs` and
 * `chrome.rs`, which the names agree with.
 */

const NAME = "bonafide";
const VERSION = 1;
const PEOPLE = "people";
const SETTINGS = "settings";
const AT = "at";
const GATE = "gate";

/** What was kept. What cannot be read is as if it were not there. */
export interface Kept {
  /** None where the browser gives no access: then memory has to do. */
  readonly database: IDBDatabase | undefined;
  /** The settings and the token. */
  readonly settings: string | undefined;
  /** What the gate knew when the worker died. */
  readonly gate: string | undefined;
}

/** Opens the store, which is made when there is none, and reads what the core begins with. */
export async function readKept(): Promise<Kept> {
  const [stored, gate] = await Promise.all([readStore(), readGate()]);
  return { ...stored, gate };
}

async function readStore(): Promise<Omit<Kept, "gate">> {
  const database = await open().catch(() => undefined);
  const settings = database && (await readSettings(database).catch(() => undefined));
  return { database, settings: text(settings) };
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(PEOPLE).createIndex(AT, AT);
    request.result.createObjectStore(SETTINGS);
  };
  return answer(request);
}

async function readSettings(database: IDBDatabase): Promise<unknown> {
  return answer(database.transaction(SETTINGS).objectStore(SETTINGS).get(SETTINGS));
}

async function readGate(): Promise<string | undefined> {
  const items = await chrome.storage.session.get(GATE).catch(() => undefined);
  return text(items?.[GATE]);
}

/** What a request brings. */
async function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function text(kept: unknown): string | undefined {
  return typeof kept === "string" ? kept : undefined;
}
