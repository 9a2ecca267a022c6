import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { ClientKind } from "./clients.js";
import type { FromClient } from "./shared/messages.js";

// The core itself, as it is shipped, with nothing in its store.
const wasm = readFileSync("extension/generated/core_bg.wasm");
const events = { addListener: () => {} };
Object.assign(globalThis, {
  self: new EventTarget(),
  fetch: async () => new Response(wasm, { headers: { "content-type": "application/wasm" } }),
  chrome: {
    runtime: { getURL: (path: string) => `https://extension.example/${path}` },
    permissions: { onAdded: events, contains: async () => true },
    storage: { session: { get: async () => ({}), set: async () => {} } },
  },
});
const { connect } = await import("./core.js");

/** Whether a client of this kind is still there after it has sent a message of so many characters as JSON. */
async function isThereAfter(kind: ClientKind, length: number): Promise<boolean> {
  const message = (text: string): FromClient => {
    if (kind === "page") return { open: { login: text } };
    if (kind === "popup")
      return {
        lookUp: {
          target: text,
          repository: undefined,
          number: undefined,
          association: undefined,
          openedAt: undefined,
        },
      };
    return { setPerson: { login: text, mark: undefined, note: "" } };
  };
  const spare = length - JSON.stringify(message("")).length;
  let hasFailed = false;
  const client = connect(
    kind,
    () => {},
    () => {
      hasFailed = true;
    },
  );
  client.receive(message("a".repeat(spare)));
  // Whoever connects later is served later.
  await new Promise<void>((served) => {
    const other = connect("options", () => served(), served);
    other.receive("status");
  });
  client.disconnect();
  return !hasFailed;
}

test("a message is as long as its kind may be, or ends the connection", async () => {
  // The core says whom it has hung up on.
  const { error } = console;
  console.error = () => {};
  for (const [kind, most] of [
    ["page", 1_000_000],
    ["popup", 1_000_000],
    ["options", 12_500_000],
    ["triage", 12_500_000],
  ] as const)
    for (const length of [most, most + 1])
      assert.equal(await isThereAfter(kind, length), length === most, `${kind}: ${length}`);
  console.error = error;
});
