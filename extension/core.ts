/**
 * The core, started when somebody first asks.
 *
 * The only module that imports the generated package. Static import and lazy
 * start: a service worker may not import later, and one that only passes a
 * message on need not wait for WebAssembly.
 */
import init, { Core } from "./generated/core.js";
import type { FromOptions, FromPage, FromPopup, ToOptions, ToPage, ToPopup } from "./shared/messages.js";

/** Who can ask. */
export type Kind = "page" | "popup" | "options";

/** An asker's line to the core. */
export interface Line {
  /** Passes a message on; messages that come before the core has started are kept in their order. */
  receive(message: FromPage | FromPopup | FromOptions): void;
  /** Nobody listens any more. */
  hangUp(): void;
}

let starting: Promise<Core> | undefined;
let lastId = 0;

function started(): Promise<Core> {
  if (starting !== undefined) return starting;
  const start = performance.now();
  starting = init({ module_or_path: chrome.runtime.getURL("extension/generated/core_bg.wasm") })
    .then(() => Core.start())
    .then((core) => {
      // Seen in the browser's own profiler, and read by `cargo xtask bench`.
      performance.measure("bonafide-core-start", { start });
      return core;
    })
    .catch((reason: unknown) => {
      // The next asker tries again: what failed may have been a busy machine.
      starting = undefined;
      throw reason;
    });
  return starting;
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
  let order: Promise<Core | undefined> = started().then((core) => {
    if (isOver) return undefined;
    core.connect(id, kind, tell);
    return core;
  });
  const inOrder = (act: (core: Core) => void): void => {
    order = order.then((core) => {
      if (core !== undefined) act(core);
      return core;
    });
    order.catch((reason: unknown) => {
      if (isOver) return;
      isOver = true;
      console.error("Bonafide's core failed:", reason);
      failed();
    });
  };
  return {
    receive: (message) => inOrder((core) => core.receive(id, message)),
    hangUp() {
      inOrder((core) => core.disconnect(id));
      isOver = true;
    },
  };
}
