import assert from "node:assert/strict";
import { test } from "node:test";
import { callsAtOnce } from "./run-calls.js";

test("calls at once are those of a period by its length, and the last period is as long as the run was", () => {
  const check = (periodMinutes: number, lastedMs: number, tookMs: number[], expected: number[]): void =>
    assert.deepEqual(callsAtOnce({ periodMinutes, lastedMs, tookMs }), expected);
  check(1, 90_000, [120_000, 15_000], [2, 0.5]);
  check(2, 240_000, [120_000, 360_000], [1, 3]);
  check(1, 2_000, [10_000], [5]);
  check(0, 0, [], []);
});
