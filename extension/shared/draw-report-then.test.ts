import assert from "node:assert/strict";
import { test } from "node:test";
import { becomeBrowser } from "../testing/browser.js";
import { report } from "../testing/report.js";
import { type ReportView, reportView } from "./draw-report.js";
import type { RecordThen, Sentence } from "./messages.js";
import { asJson, asMarkdown } from "./report-text.js";
import { say } from "./words.js";

becomeBrowser();

const OPENED = "2026-10-03T08:00:00Z";
const NOW: Sentence = { key: "short_prs_turned_down", args: [5, 6] };
const THEN: Sentence = { key: "short_merged_elsewhere", args: [3] };

const at = (state: RecordThen["state"], openedAt = OPENED): ReturnType<typeof report> =>
  report({
    shortReason: NOW,
    thisItem: { kind: "pullRequest", lines: [[{ sentence: { key: "item_draft", args: [] }, links: [] }]] },
    recordThen: { openedAt, state },
  });

/** A view on a page, and how often the record then was asked for. */
function viewed(): { view: ReportView; asked(): number; line(): HTMLElement; status(): string } {
  let asked = 0;
  const view = reportView({
    refresh() {},
    openOptions() {},
    readPast: () => {
      asked += 1;
    },
    setPerson() {},
  });
  document.body.replaceChildren(view.element);
  const found = (selector: string): HTMLElement => {
    const element = view.element.querySelector<HTMLElement>(selector);
    assert.ok(element);
    return element;
  };
  return {
    view,
    asked: () => asked,
    line: () => found("[data-bonafide-then]"),
    status: () => found('[role="status"]').textContent ?? "",
  };
}

test("the record then is offered, read once it is asked for, and told beside that of now", () => {
  const { view, asked, line, status } = viewed();
  view.show(at({ type: "offered" }));
  assert.equal(line().textContent, "Show the level when this was opened (3 Oct)");
  assert.equal(line().closest("details"), null, "it stands in the first view");
  assert.doesNotMatch(status(), /3 Oct/);
  const button = line().querySelector("button");
  button?.focus();
  button?.click();
  assert.equal(asked(), 1);

  view.show(at({ type: "reading" }));
  assert.equal(line().textContent?.trim(), "Reading the record as of 3 Oct…");
  assert.equal(document.activeElement, line(), "the focus stays where it was");

  view.show(at({ type: "known", level: "clear", reason: THEN }));
  const told = `When opened (3 Oct): Nothing of note · ${say(THEN)}; now: Worth a look · ${say(NOW)}.`;
  assert.equal(line().textContent?.startsWith(told), true, line().textContent ?? "");
  assert.match(line().textContent ?? "", /as of today\.$/);
  assert.ok(status().endsWith(told), "a screen reader hears it");
  assert.equal(view.element.dataset["bonafideLevel"], "caution", "the level is that of now");
  assert.equal(line().querySelector("[data-bonafide-level]"), null);
  assert.equal(asked(), 1);

  view.show(at({ type: "known", level: "caution", reason: NOW }));
  assert.match(line().textContent ?? "", /: Worth a look · [^;]*, as now\./);
});

test("what could not be had is no level, and asked for again where that may help", () => {
  const { view, asked, line } = viewed();
  const reason = { key: "reason_gap_timed_out", args: [] };
  view.show(at({ type: "missing", reason, mayAsk: true }));
  const told = "When opened (3 Oct): not known. GitHub did not respond in time.";
  assert.equal(line().textContent, `${told} Try again`);
  line().querySelector("button")?.click();
  assert.equal(asked(), 1);
  const longAgo = { key: "then_long_ago", args: [] };
  view.show(at({ type: "missing", reason: longAgo, mayAsk: false }, "2025-10-03T08:00:00Z"));
  assert.equal(
    line().textContent?.trim(),
    "When opened (3 Oct 2025): not known. Bonafide reads back one year at most.",
  );
  assert.equal(line().querySelector("button"), null);
});

test("a background that has woken anew is asked again for what was being read, and only about that item", () => {
  const { view, asked, line } = viewed();
  view.show(at({ type: "offered" }));
  view.show(at({ type: "offered" }));
  assert.equal(asked(), 0, "nobody has asked");
  line().querySelector("button")?.click();
  view.show(at({ type: "offered" }));
  assert.equal(asked(), 2, "the last one did not hear of it");
  view.show(at({ type: "reading" }));
  view.show(at({ type: "offered" }));
  assert.equal(asked(), 3);
  view.show(at({ type: "offered" }, "2026-09-01T08:00:00Z"));
  view.show({ ...at({ type: "offered" }), login: "bob" });
  const reason = { key: "reason_gap_timed_out", args: [] };
  view.show(at({ type: "missing", reason, mayAsk: true }));
  view.show(at({ type: "offered" }));
  assert.equal(asked(), 3, "what could not be had is not tried again by itself");
  assert.match(line().textContent ?? "", /^Show the level/);
});

test("what was read once stays told for an hour of backgrounds that die every 30 s, and nothing is asked", () => {
  const { view, asked, line } = viewed();
  view.show(at({ type: "offered" }));
  line().querySelector("button")?.click();
  view.show(at({ type: "reading" }));
  view.show(at({ type: "known", level: "clear", reason: THEN }));
  const told = line().textContent;
  assert.match(told ?? "", /^When opened/);
  for (let woken = 0; woken < 120; woken += 1) {
    // The item itself is not stored: it is known only after a while.
    view.show(report({ shortReason: NOW }));
    view.show(at({ type: "offered" }));
    assert.equal(line().textContent, told);
  }
  assert.equal(asked(), 1);
  // By other choices it would be another level.
  view.show({ ...at({ type: "offered" }), policy: "classic" });
  view.show({ ...at({ type: "offered" }), findings: [] });
  assert.match(line().textContent ?? "", /^Show the level/);
  assert.equal(asked(), 1);
});

test("it is copied where it is known, and hidden with the names", () => {
  const known = at({ type: "known", level: "clear", reason: undefined });
  assert.match(asMarkdown(known), /When opened .*3 Oct.*: Nothing of note; now: Worth a look/);
  assert.match(asJson(known), /"recordThen"/);
  const offered = at({ type: "offered" });
  assert.doesNotMatch(asMarkdown(offered), /When opened/);
  assert.doesNotMatch(asJson(offered), /recordThen/);
  const { view } = viewed();
  view.show(known);
  const hide = [...view.element.querySelectorAll("button")].find((it) => it.textContent === "Hide names");
  hide?.click();
  assert.equal(view.element.querySelector("[data-bonafide-then]"), null);
});
