import assert from "node:assert/strict";
import { test } from "node:test";
import { triageRow } from "../testing/triage-page.js";
import { spansOf } from "./pictures.js";

const at = (createdAt: string | undefined, level: "alert" | "clear" = "clear") =>
  triageRow(0, { createdAt, level });

test("spans have equal lengths, no gaps, and hold every row whose opening is known", () => {
  const spans = spansOf([
    at("2026-11-03T23:59:59Z", "alert"),
    at("2026-11-01T00:00:00Z"),
    at("2026-11-03T00:00:00Z"),
    at(undefined),
    at("no moment"),
  ]);
  assert.deepEqual(
    spans.map(({ from, counts }) => [new Date(from).toISOString().slice(0, 10), Object.fromEntries(counts)]),
    [
      ["2026-11-01", { clear: 1 }],
      ["2026-11-02", {}],
      ["2026-11-03", { alert: 1, clear: 1 }],
    ],
  );
});

test("the longer the time, the longer a span", () => {
  const check = (last: string, bars: number): void =>
    assert.equal(spansOf([at("2020-01-01T00:00:00Z"), at(last)]).length, bars, last);
  check("2020-01-01T12:00:00Z", 1);
  check("2020-02-09T00:00:00Z", 40);
  check("2020-02-10T00:00:00Z", 6);
  check("2021-01-01T00:00:00Z", 13);
  check("2026-01-01T00:00:00Z", 25);
  // Longer than GitHub has been there.
  check("2099-01-01T00:00:00Z", 40);
  assert.deepEqual(spansOf([]), []);
});
