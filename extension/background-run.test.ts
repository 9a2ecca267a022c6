import assert from "node:assert/strict";
import { test } from "node:test";
import { keepRunGoing } from "./background-run.js";
import type { Connect } from "./clients.js";
import type { RunState } from "./shared/messages.js";

type Listener = (given: object) => void;
const listeners: Record<string, Listener> = {};
const event = (name: string): object => ({
  addListener: (act: Listener) => {
    listeners[name] = act;
  },
});
let alarms: object[] = [];
Object.assign(globalThis, {
  chrome: {
    runtime: {
      id: "bonafide",
      getURL: (path: string) => `chrome-extension://bonafide/${path}`,
      onConnect: event("connect"),
      onStartup: event("startup"),
    },
    alarms: {
      onAlarm: event("alarm"),
      get: async () => alarms[0],
      create: async (name: string, { periodInMinutes }: { periodInMinutes: number }) => {
        alarms.push({ name, periodInMinutes });
      },
      clear: async () => {
        alarms = [];
      },
    },
  },
});

test("an alarm wakes the worker as long as a run goes on", async () => {
  let connections = 0;
  let send: Parameters<Connect>[1] = () => {};
  keepRunGoing((kind, given) => {
    assert.equal(kind, "triage");
    connections += 1;
    send = given;
    return { receive() {}, disconnect() {} };
  });
  const page = "chrome-extension://bonafide/extension/triage/triage.html";
  listeners["connect"]?.({ name: "popup", sender: { id: "bonafide", url: page } });
  listeners["alarm"]?.({ name: "another" });
  assert.equal(connections, 0);
  listeners["connect"]?.({ name: "triage", sender: { id: "bonafide", url: page } });
  listeners["startup"]?.({});
  listeners["alarm"]?.({ name: "run" });
  assert.equal(connections, 1);

  const check = async (states: RunState[], expected: object[]): Promise<void> => {
    send({ type: "runs", runs: states.map((state) => ({ state })) } as Parameters<typeof send>[0]);
    await new Promise((done) => setImmediate(done));
    assert.deepEqual(alarms, expected, states.join());
  };
  const alarm = { name: "run", periodInMinutes: 0.5 };
  await check([], []);
  await check(["resolving"], [alarm]);
  await check(["paused", "running", "finished"], [alarm]);
  await check(["paused", "finished"], []);
  await check(["running"], [alarm]);
  await check(["stopped"], []);
});
