/**
 * The core, started when the worker wakes: whoever woke it is about to ask.
 *
 * The only module that imports the generated package. Static import and a
 * start that nothing here waits for: a service worker may not import later,
 * and one that waits before it listens misses what woke it.
 */
import init, { Core } from "./generated/core.js";
import type { FromOptions, FromPage, FromPopup, ToOptions, ToPage, ToPopup } from "./shared/messages.js";
import { readKept } from "./storage.js";

/** Who can ask. */
export type Kind = "page" | "popup" | "options";

/** An asker's line to the core. */
export interface Line {
  /** Passes a message on; messages that come before the core has started are kept in their order. */
  receive(message: FromPage | FromPopup | FromOptions): void;
  /** Nobody listens any more. */
  hangUp(): void;
}

let lastId = 0;
let starting: Promise<Core> | undefined;
// Whoever asks meanwhile hears whether it failed, and the next one tries again.
started().catch(() => {});

function started(): Promise<Core> {
  starting ??= start().catch((reason: unknown) => {
    // What failed may have been a busy machine.
    starting = undefined;
    throw reason;
  });
  return starting;
}

async function start(): Promise<Core> {
  const start = performance.now();
  const module_or_path = chrome.runtime.getURL("extension/generated/core_bg.wasm");
  const [{ database, settings, gate }] = await Promise.all([readKept(), init({ module_or_path })]);
  const core = new Core(database, settings, gate);
  // Seen in the browser's own profiler, and read by `cargo xtask bench`.
  performance.measure("bonafide-core-start", { start });
  return core;
}

/**
 * Connects an asker. `send` takes what the core says; `failed` is called once
 * if the core cannot be started or breaks.
 */
export function connect(
  kind: Kind,
  send: (message: ToPage | ToPopup | ToOptions) => void,
  failed: () => void,
): Line {
  lastId += 1;
  const id = lastId;
  let isOver = false;
  const tell = (message: ToPage | ToPopup | ToOptions): void => {
    if (!isOver) send(message);
  };
  let order = started();
  const inOrder = (act: (core: Core) => void): void => {
    order = order.then((core) => {
      act(core);
      return core;
    });
    order.catch((reason: unknown) => {
      if (isOver) return;
      isOver = true;
      console.error("Bonafide's core failed:", reason);
      failed();
    });
  };
  inOrder((core) => core.connect(id, kind, tell));
  return {
    receive: (message) => inOrder((core) => core.receive(id, message)),
    hangUp() {
      inOrder((core) => core.disconnect(id));
      isOver = true;
    },
  };
}
