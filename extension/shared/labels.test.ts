import assert from "node:assert/strict";
import { test } from "node:test";
import { becomeBrowser } from "../testing/browser.js";
import { labelOf, labels } from "./labels.js";

becomeBrowser();

test("a badge is called by whom it is about and what it shows", () => {
  const all = labels();
  for (const [shown, expected] of [
    [{ level: "alert", mark: undefined }, "ada: Strong signal. Show the evidence."],
    [{ level: "caution", mark: "watched" }, "ada: Worth a look, Watched. Show the evidence."],
    [{ level: "known", mark: "trusted" }, "ada: Trusted. Show the evidence."],
    [
      { level: "alert", mark: "watched", reason: "70 repeated issue titles" },
      "ada: Strong signal, Watched, 70 repeated issue titles. Show the evidence.",
    ],
  ] as const)
    assert.equal(labelOf("ada", shown, all), expected);
  // Nobody's login is taken for more than text.
  assert.equal(
    labelOf("$&", { level: "clear", mark: undefined }, all),
    "$&: Nothing of note. Show the evidence.",
  );
  assert.equal(Object.keys(all).length, new Set(Object.values(all)).size);
});
