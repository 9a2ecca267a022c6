import assert from "node:assert/strict";
import { test } from "node:test";
import { becomeBrowser } from "../testing/browser.js";
import { HOSTILE, report } from "../testing/report.js";
import { reportView } from "./draw-report.js";
import type { AuthorReport, ItemKind, ItemNote } from "./messages.js";

becomeBrowser();

function draw(given: Partial<AuthorReport>): HTMLElement {
  const view = reportView({ refresh() {}, openOptions() {}, setPerson() {} });
  view.show(report(given));
  return view.element;
}

const WEB = "https://github.com/acme/web";

const note = (key: string, args: (string | number)[], urls: string[]): ItemNote => ({
  sentence: { key, args },
  links: urls.map((url) => ({ label: url, url })),
});

const NOTES = [
  note("item_closes_assigned", ["#1", "mel-member"], [`${WEB}/issues/1`, "https://github.com/mel-member"]),
  note("item_rivals", [2], [`${WEB}/issues/1`]),
  note("item_draft", [], [`${WEB}/pull/7`]),
  note("item_size", [1200, 40, 2], [`${WEB}/pull/7/files`]),
];

const PULL = { thisItem: { kind: "pullRequest" as const, lines: [NOTES.slice(0, 2), NOTES.slice(2)] } };

test("the item at hand is a line of its own, and each part of it a link", () => {
  const drawn = draw(PULL).querySelector('[data-bonafide-item="pullRequest"]');
  assert.equal(drawn?.querySelector("h3")?.textContent, "This pull request");
  assert.deepEqual(
    [...(drawn?.querySelectorAll("p") ?? [])].map((line) => line.textContent),
    ["Closes #1 (assigned to mel-member) · 2 others close it too", "draft · 1,200 files, +40 −2"],
  );
  const links = [...(drawn?.querySelectorAll("a") ?? [])];
  assert.deepEqual(
    links.map((link) => `${link.textContent} ${link.getAttribute("href")}`),
    [
      `#1 ${WEB}/issues/1`,
      "mel-member https://github.com/mel-member",
      `2 ${WEB}/issues/1`,
      `draft ${WEB}/pull/7`,
      `1,200 ${WEB}/pull/7/files`,
    ],
  );
  assert.equal(drawn?.closest("details"), null, "it stands in the first view");
  assert.equal(drawn?.querySelector("[data-bonafide-level]"), null, "it has no level");
});

test("an issue has its own title", () => {
  const linked = [note("item_unassigned", [], [`${WEB}/issues/1`])];
  const thisItem = { kind: "issue" as const, lines: [linked] };
  const drawn = draw({ thisItem }).querySelector('[data-bonafide-item="issue"]');
  assert.match(drawn?.textContent ?? "", /This issue.*No one assigned/);
});

test("what is coming or missing is told as that", () => {
  const said = (kind: ItemKind, key: string): string | undefined =>
    draw({ thisItem: { kind, lines: [[note(key, [], [])]] } }).querySelector(
      `[data-bonafide-item="${kind}"] p`,
    )?.textContent ?? undefined;
  assert.match(said("pending", "item_pending") ?? "", /^Looking up this/);
  assert.match(said("unknown", "item_unknown") ?? "", /could not be checked/);
  assert.equal(draw({}).querySelector("[data-bonafide-item]"), null, "no item is at hand");
});

test("words of others are text, and leave with the names", () => {
  const thisItem = {
    kind: "pullRequest" as const,
    lines: [
      [
        note("item_closes_assigned", ["#1", HOSTILE], ["javascript:alert(1)", "https://github.com/x"]),
        note("item_rivals", [2], [`${WEB}/issues/1`]),
      ],
    ],
  };
  const drawn = draw({ thisItem });
  assert.equal(drawn.querySelector("img"), null);
  assert.equal(drawn.querySelector('a[href^="javascript"]'), null);
  const hide = [...drawn.querySelectorAll("button")].find((it) => it.textContent === "Hide names");
  hide?.click();
  const item = drawn.querySelector("[data-bonafide-item]");
  assert.equal(item?.querySelector("p")?.textContent, "Closes ••• (assigned to •••) · 2 others close it too");
  assert.equal(item?.querySelector("a"), null);
});
