/**
 * The core, started when the worker wakes: whoever woke it is about to ask.
 *
 * The only module that imports the generated package. The import is static and
 * nothing here waits for the start: a service worker may not import later, and
 * one that waits before it listens misses what woke it.
 */
import type { ClientKind } from "./clients.js";
import init, { Core } from "./generated/core.js";
import type { FromClient, ToClient } from "./shared/messages.js";
import { readStored } from "./storage.js";

/** A client's connection to the core. */
export interface CoreConnection {
  /** Passes a message on. Messages that come before the core has started wait in their order. */
  receive(message: FromClient): void;
  /** Ends the connection: the client is gone. */
  disconnect(): void;
}

let lastId = 0;
let starting: Promise<Core> | undefined;
// A client that connects meanwhile is informed of a failure, and the next one tries again.
started().catch(() => {});

function started(): Promise<Core> {
  starting ??= start().catch((reason: unknown) => {
    // A busy machine may have caused the failure.
    starting = undefined;
    throw reason;
  });
  return starting;
}

async function start(): Promise<Core> {
  const start = performance.now();
  const module_or_path = chrome.runtime.getURL("extension/generated/core_bg.wasm");
  const [{ database, settings, rateLimiter }] = await Promise.all([readStored(), init({ module_or_path })]);
  const bytes = settings === undefined ? undefined : new TextEncoder().encode(settings);
  const core = new Core(database, bytes, rateLimiter);
  // Seen in the browser's own profiler, and read by `cargo xtask bench`.
  performance.measure("bonafide-core-start", { start });
  return core;
}

/**
 * Connects a client. `send` takes the core's messages; `failed` is called once
 * if the core cannot be started or breaks.
 */
export function connect(
  kind: ClientKind,
  send: (message: ToClient) => void,
  failed: () => void,
): CoreConnection {
  lastId += 1;
  const id = lastId;
  let isOver = false;
  const sendWhileOpen = (message: ToClient): void => {
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
      // The browser reports no disconnection to the side that disconnects: without this, the core goes on for nobody.
      starting?.then((core) => core.disconnect(id)).catch(() => {});
      failed();
    });
  };
  inOrder((core) => core.connect(id, kind, sendWhileOpen));
  return {
    receive: (message) => inOrder((core) => core.receive(id, message)),
    disconnect() {
      inOrder((core) => core.disconnect(id));
      isOver = true;
    },
  };
}
