import assert from "node:assert/strict";
import { test } from "node:test";
import { becomeBrowser } from "../testing/browser.js";
import { sayActivity } from "./activity-text.js";
import type { DayCount, ItemOutcome, RecentActivity } from "./messages.js";
import { drawStrip } from "./strip.js";

becomeBrowser();

function activity(pullRequests: DayCount[], issues: DayCount[] = [], isAtLeast = false): RecentActivity {
  return { since: "2026-10-31", pullRequests, issues, isAtLeast };
}

function on(day: number, outcome: ItemOutcome, count: number): DayCount {
  return { day, outcome, count };
}

/** How many marks of an outcome are drawn, and whether all lie within the picture. */
function marks(drawn: Element, outcome: ItemOutcome): number {
  const path = drawn.querySelector(`.${outcome}`)?.getAttribute("d") ?? "";
  const shapes = {
    merged: /M[^M]*a/g,
    open: /M[^M]*a/g,
    withdrawn: /M/g,
    closedByOthers: /M[^M]*M/g,
  } as const;
  const shape = shapes[outcome as keyof typeof shapes] ?? /M/g;
  for (const [, x, y] of path.matchAll(/M([\d.-]+) ([\d.-]+)/g)) {
    assert.ok(Number(x) >= 0 && Number(x) <= 352, `${outcome} at ${x}`);
    assert.ok(Number(y) >= 0 && Number(y) <= 50, `${outcome} at ${y}`);
  }
  return [...path.matchAll(shape)].length;
}

test("there is a mark for each item, however many a day has", () => {
  const check = (counts: DayCount[]): void => {
    const drawn = drawStrip(activity(counts)) as HTMLElement;
    for (const { outcome } of counts) {
      const expected = counts.filter((it) => it.outcome === outcome).reduce((sum, it) => sum + it.count, 0);
      assert.equal(marks(drawn, outcome), expected, outcome);
    }
  };
  check([on(21, "merged", 1)]);
  check([on(0, "merged", 1), on(3, "withdrawn", 2), on(3, "closedByOthers", 3), on(21, "open", 4)]);
  check([on(9, "closedByOthers", 200)]);
  check(Array.from({ length: 22 }, (_, day) => on(day, "merged", 9)));
});

test("each outcome has a shape of its own, and issues stand below the line", () => {
  const outcomes: ItemOutcome[] = ["merged", "withdrawn", "closedByOthers", "closed", "open"];
  const drawn = drawStrip(
    activity(
      outcomes.map((outcome, day) => on(day, outcome, 1)),
      [on(1, "notPlanned", 1)],
    ),
  ) as HTMLElement;
  const paths = outcomes.map((outcome) => {
    const path = drawn.querySelector(`.${outcome}`);
    return path?.getAttribute("d")?.replace(/[\d. -]+/g, "") + (outcome === "merged" ? " filled" : "");
  });
  assert.equal(new Set(paths).size, outcomes.length, paths.join());
  const y = Number(drawn.querySelector(".notPlanned")?.getAttribute("d")?.split(/[ L]/)[1]);
  assert.ok(y > 10, `${y}`);
});

test("the picture has a sentence, and the numbers are said in a line", () => {
  const many = activity(
    [on(1, "merged", 2), on(9, "closedByOthers", 3), on(9, "open", 1)],
    [on(2, "open", 1)],
  );
  const picture = (drawStrip(many) as HTMLElement).querySelector("[role=img]");
  assert.equal(
    picture?.getAttribute("aria-label"),
    "Opened elsewhere from 31 Oct to today: 2 merged, 3 closed by others, 1 open, 1 issue. Most pull requests on 9 Nov: 4.",
  );
  assert.equal(sayActivity(many), "Elsewhere in 21 days: 2 merged, 3 closed by others, 1 open, 1 issue");
  assert.equal(sayActivity(activity([])), "No public pull requests or issues elsewhere in the last 21 days.");
  assert.equal(
    sayActivity(activity([], [], true)),
    "Nothing seen elsewhere in 21 days, but not everything could be checked",
  );
  assert.equal(drawStrip(activity([])), null);
});
