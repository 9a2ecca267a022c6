import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { createWorkQueue, each } from "./time-slicing.js";

let now = 0;
let posted: { act: () => void; priority: string; delay: number }[] = [];
mock.method(performance, "now", () => now);
Object.assign(globalThis, {
  scheduler: {
    postTask: async (act: () => void, options: { priority: string; delay: number }) => {
      posted.push({ act, ...options });
    },
  },
});

/** Work of so many steps, each of which takes this long and is noted. */
function* steps(name: string, count: number, ms: number, log: string[]): Generator<void, void, void> {
  for (let step = 0; step < count; step += 1) {
    now += ms;
    log.push(`${name}${step}`);
    yield;
  }
}

/** Runs what was posted, and gives how long it took and by what priority it ran. */
function runNext(): { ms: number; priority: string } | undefined {
  const task = posted.shift();
  const began = now;
  task?.act();
  return task && { ms: now - began, priority: task.priority };
}

test("a slice ends after 2.5 ms, and the page has its turn after five", () => {
  const log: string[] = [];
  posted = [];
  createWorkQueue(new AbortController().signal).add(steps("a", 30, 1, log));
  assert.equal(log.length, 3);
  const slices: { ms: number; priority: string }[] = [];
  for (let slice = runNext(); slice !== undefined; slice = runNext()) slices.push(slice);
  assert.equal(log.length, 30);
  assert.ok(slices.every(({ ms }) => ms <= 3));
  assert.deepEqual(
    slices.map(({ priority }) => priority === "user-visible"),
    [false, false, false, false, true, false, false, false, false, true],
  );
});

test("one piece of work follows the other", () => {
  const log: string[] = [];
  posted = [];
  const queue = createWorkQueue(new AbortController().signal);
  queue.add(steps("a", 4, 1, log));
  queue.add(steps("b", 1, 1, log));
  while (runNext() !== undefined);
  assert.deepEqual(log, ["a0", "a1", "a2", "a3", "b0"]);
});

test("after its end nothing goes on", () => {
  const log: string[] = [];
  posted = [];
  const ending = new AbortController();
  createWorkQueue(ending.signal).add(steps("a", 30, 1, log));
  ending.abort();
  while (runNext() !== undefined);
  assert.equal(log.length, 3);
});

test("each item is visited once, with a pause after every fourth", () => {
  const visited: number[] = [];
  const pauses: number[] = [];
  for (const _ of each([...Array(10).keys()], (item) => visited.push(item))) pauses.push(visited.length);
  assert.deepEqual(visited, [...Array(10).keys()]);
  assert.deepEqual(pauses, [4, 8]);
});
