import assert from "node:assert/strict";
import { test } from "node:test";
import { becomeBrowser } from "../testing/browser.js";
import type { TimedCall } from "./messages.js";
import { bugReport, lastLookUp, timelineView } from "./timeline.js";

function call(name: string, login: string, wantedMs: number, sentMs: number, endedMs: number): TimedCall {
  return {
    name,
    logins: [login],
    bucket: "graphql",
    wantedMs,
    sentMs,
    endedMs,
    size: 1,
    result: "200",
    unreadable: [],
  };
}

const CALLS = [
  call("issues", "Ada", 0, 0, 500),
  call("issues", "bo", 9_000, 9_000, 9_100),
  call("pullRequests", "ada", 10_000, 10_010, 10_710),
  call("issues", "ada", 10_000, 10_010, 10_670),
];

test("only the last look-up of the person counts", () => {
  assert.deepEqual(lastLookUp(CALLS, "ADA"), CALLS.slice(2));
  assert.deepEqual(lastLookUp(CALLS, "nobody"), []);
});

test("each call has a row, the slowest is named, and the sum tells what overlapping saved", () => {
  becomeBrowser();
  const view = timelineView(() => undefined);
  view.show(lastLookUp(CALLS, "ada"));
  const rows = [...view.element.querySelectorAll("li")];
  assert.deepEqual(
    rows.map((row) => row.textContent),
    ["Pull requests: 700 ms, status 200 (slowest)", "Issues: 660 ms, status 200"],
  );
  assert.match(view.element.querySelector(".sum")?.textContent ?? "", /^2 requests took 700 ms .* 1,360 ms/);
  const ran = rows[0]?.querySelector(".ran");
  assert.equal(Number(ran?.getAttribute("x")).toFixed(2), ((100 * 10) / 710).toFixed(2));
});

test("a bug report says what could not be read, and names nobody", () => {
  const broken = {
    ...call("issues", "ada", 0, 0, 500),
    unreadable: ["issues.nodes[3]: missing field `title`"],
  };
  assert.equal(
    bugReport([broken], "1.2.3"),
    "Bonafide 1.2.3\nissues (graphql): 200, 500 ms, 1 bytes\n  issues.nodes[3]: missing field `title`",
  );
});
