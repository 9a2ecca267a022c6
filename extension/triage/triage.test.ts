import assert from "node:assert/strict";
import { before, mock, test } from "node:test";
import type { FromTriage, OfRun, TriageRun } from "../shared/messages.js";
import { report } from "../testing/report.js";
import {
  choices,
  openTriagePage,
  type TriagePage,
  type TriagePort,
  triageRow,
  triageRun,
} from "../testing/triage-page.js";

let page: TriagePage;

// One page for all tests, which follow each other as a reader's steps do.
before(async () => {
  page = openTriagePage("?repository=acme/web");
  await import("./triage.js");
});

function port(): TriagePort {
  const last = page.ports.at(-1);
  if (last === undefined) throw new Error("The page is not connected.");
  return last;
}

/** What was sent since the last time. */
function sent(): FromTriage[] {
  return port().sent.splice(0);
}

function find(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`There is no ${selector}.`);
  return found;
}

/** A message about a run. */
const ofRun = (message: OfRun, run = 1): FromTriage => ({ ofRun: { run, message } });

function deliverRuns(runs: readonly TriageRun[]): void {
  port().deliver({ type: "runs", runs: [...runs], nextPlace: "free" });
}

const text = (selector: string): string => find(selector).textContent ?? "";
const rows = (): number => document.querySelectorAll("[data-bonafide-row]").length;

/** Rows are gathered before they are drawn, and what is in view is told after a pause. */
function pass(): void {
  // Long enough however slowly this machine draws.
  mock.timers.tick(60_000);
  mock.timers.tick(200);
}

test("the repository of the address is filled in, and nothing starts by itself", () => {
  assert.equal((find("#repository") as HTMLInputElement).value, "acme/web");
  assert.equal(page.ports.length, 1);
  assert.deepEqual(sent(), [{ show: { run: undefined, repository: "acme/web" } }]);
  assert.equal(find("#rows").hidden, true);
  port().deliver(
    { type: "runs", runs: [], nextPlace: "free" },
    { type: "run", run: triageRun({ id: 0, state: "empty" }) },
  );
  assert.equal(find("#run").hidden, true);
  assert.equal(find("#others").hidden, true);
});

test("Start sends what was chosen, and a refusal stands beside it", () => {
  const which = find("#which") as HTMLSelectElement;
  which.value = "lastOpened";
  which.dispatchEvent(new page.window.Event("change", { bubbles: true }));
  assert.equal(find("#count-field").hidden, false);
  const count = find("#count") as HTMLInputElement;
  count.value = "5001";
  find("#start").click();
  assert.match(text("#source-problem [role=alert]"), /1 to 5,000/);
  assert.deepEqual(sent(), []);
  count.value = "25";
  find("#start").click();
  const repository = {
    repository: "acme/web",
    items: "pullRequests",
    which: { lastOpened: { count: 25 } },
  } as const;
  assert.deepEqual(sent(), [{ start: { source: { repository }, replaces: undefined } }]);
  port().deliver({ type: "refused", sentence: { key: "reason_gap_offline", args: [] } });
  assert.notEqual(text("#source-problem [role=alert]"), "");
});

test("a run has a bar, its numbers, what it waits for, and controls", () => {
  port().deliver({
    type: "run",
    run: triageRun({
      waiting: {
        sentence: { key: "reason_gap_offline", args: [] },
        until: new Date(Date.now() + 125_000).toISOString(),
      },
      ratePerMinute: 40,
      remainingSeconds: 3_700,
    }),
  });
  const bar = find("[role=progressbar]");
  assert.equal(bar.getAttribute("aria-valuenow"), "1");
  assert.equal(bar.getAttribute("aria-valuemax"), "4");
  assert.equal(bar.getAttribute("aria-valuetext"), "1 of 4 people done, 0 failed and 3 to go");
  assert.equal(text("#run-state"), "Looking up… GitHub could not be reached.");
  assert.match(
    text("#run-times"),
    /^Continues in 2 minutes\. 40 people per minute\. Should finish in 1 hour\./,
  );
  assert.equal(text("#run-title"), "Open pull requests of acme/web");
  find("#pause").click();
  port().deliver({ type: "run", run: triageRun({ state: "paused" }) });
  assert.equal(text("#pause"), "Resume");
  find("#pause").click();
  find("#stop").click();
  assert.deepEqual(sent(), [ofRun("pause"), ofRun("resume"), ofRun("stop")]);
  port().deliver({ type: "run", run: triageRun() });
});

test("rows appear as they come, and those in view are told", () => {
  port().deliver(
    { type: "rows", rows: [triageRow(1), triageRow(0, { level: "pending" })] },
    { type: "rows", rows: [triageRow(0, { level: "alert" }), triageRow(2), triageRow(3)] },
  );
  pass();
  assert.equal(rows(), 4);
  assert.equal(find("[data-bonafide-row]").getAttribute("data-bonafide-level"), "alert");
  assert.deepEqual(sent(), [ofRun({ view: { rows: [0, 1, 2, 3] } })]);
  assert.equal(text("#rows-shown"), "4 rows.");
});

test("a level filters, and how many are left is told", () => {
  find("[data-filter=alert]").click();
  assert.equal(rows(), 1);
  assert.equal(text("#rows-shown"), "1 of 4 rows.");
  const filter = find("#filter-text") as HTMLInputElement;
  filter.value = "nobody";
  filter.dispatchEvent(new page.window.Event("input", { bubbles: true }));
  assert.equal(rows(), 0);
  assert.equal(find("#rows-none").hidden, false);
  filter.value = "";
  filter.dispatchEvent(new page.window.Event("input", { bubbles: true }));
  find("[data-filter=alert]").click();
  assert.equal(rows(), 4);
});

test("the card opens by Enter, shows its own report alone, and gives the focus back", () => {
  const line = find("[data-bonafide-row=person-1]");
  line.focus();
  line.dispatchEvent(new page.window.KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  assert.deepEqual(sent(), [ofRun({ open: { row: 1 } })]);
  port().deliver({ type: "report", row: 3, report: report({ login: "person-3" }), own: undefined });
  assert.equal(document.querySelector("[data-bonafide-report]"), null);
  port().deliver({ type: "report", row: 1, report: report({ login: "person-1" }), own: undefined });
  assert.equal(find("#card [data-bonafide-report]").getAttribute("data-bonafide-report"), "person-1");
  find("#card-next").click();
  assert.deepEqual(sent(), [ofRun({ open: { row: 2 } })]);
  find("#card-close").click();
  assert.deepEqual(sent(), ["close"]);
  assert.equal(document.activeElement?.getAttribute("data-bonafide-row"), "person-2");
});

test("a file is asked for in a format, and saved under the name that the core gives", () => {
  (find("#export-format") as HTMLSelectElement).value = "markdown";
  find("#hides-names").click();
  find("#export").click();
  assert.deepEqual(sent(), [ofRun({ export: { format: "markdown", hidesNames: true } })]);
  const part = { type: "exported", format: "markdown", name: "acme-web.md" } as const;
  port().deliver({ ...part, text: "| a |", leftOut: undefined });
  assert.equal((find("#exported") as HTMLAnchorElement).download, "");
  port().deliver({ ...part, text: "| b |", leftOut: 2 });
  assert.equal((find("#exported") as HTMLAnchorElement).download, "acme-web.md");
  assert.match(text("#take-away-status"), /^Saved as acme-web\.md\. 2 rows have no record/);
});

test("what is selected is copied as Markdown that mentions nobody", async () => {
  port().deliver({ type: "rows", rows: [triageRow(0, { level: "alert", title: "Hello @ada [x](y)" })] });
  pass();
  find("[data-bonafide-row=person-0] input").click();
  find("#copy").click();
  await Promise.resolve();
  assert.deepEqual(page.copied, [
    "- [#\u200b100 Hello @\u200bada \\[x\\]\\(y\\)](https://redirect.github.com/acme/web/pull/100) · `person-0` · Strong signal\n",
  ]);
});

test("rows that failed can be tried again, all or alone", () => {
  const failed = triageRow(3, { level: "unknown", failed: { key: "reason_gap_offline", args: [] } });
  port().deliver(
    { type: "rows", rows: [failed] },
    { type: "run", run: triageRun({ totals: { items: 4, people: 4, done: 4, failed: 1, pending: 0 } }) },
  );
  pass();
  sent();
  find("#retry").click();
  find("[data-control=retry]").click();
  assert.deepEqual(sent(), [ofRun({ retry: { rows: [3] } }), ofRun({ retry: { rows: [3] } })]);
});

test("what cannot be read of a text is listed by line, as text", () => {
  const reason = { key: "reason_gap_offline", args: [] };
  port().deliver({
    type: "unread",
    count: 120,
    entries: [{ line: 7, text: "<b>no login", reason }],
  });
  assert.equal(find("#unread").hidden, false);
  assert.match(text("#unread li"), /^Line 7: <b>no login /);
  assert.match(text("#unread li:last-child"), /119/);
});

test("while the run goes on, a page that is disconnected connects again and says what is in view", () => {
  deliverRuns([triageRun()]);
  port().drop();
  mock.timers.tick(250);
  assert.equal(page.ports.length, 2);
  assert.deepEqual(sent(), [
    { show: { run: 1, repository: "acme/web" } },
    ofRun({ view: { rows: [0, 1, 2, 3] } }),
  ]);
  deliverRuns([triageRun({ state: "finished" })]);
  port().drop();
  mock.timers.tick(60_000);
  // Nothing is to come: the worker may rest.
  assert.equal(page.ports.length, 2);
  find("#export").click();
  assert.equal(page.ports.length, 3);
});

test("another run has other rows", () => {
  port().deliver({ type: "run", run: triageRun({ id: 2, repository: undefined, items: undefined }) });
  pass();
  assert.equal(rows(), 0);
  assert.equal(find("#unread").hidden, true);
  assert.equal(text("#run-title"), "A list of 4 entries");
});

test("the other runs are told with how far they are, and a press shows one", () => {
  const list = triageRun({ id: 3, repository: undefined, state: "paused" });
  const crowd = triageRun({ id: 4, repository: "acme/crowd", state: "finished" });
  deliverRuns([triageRun({ id: 2 }), triageRun(), list, crowd]);
  const others = [...document.querySelectorAll<HTMLButtonElement>("#others button")];
  assert.deepEqual(
    others.map((it) => it.textContent),
    [
      "Open pull requests of acme/web, 25%",
      "A list of 4 entries, paused at 25%",
      "Open pull requests of acme/crowd, finished",
    ],
  );
  others[1]?.focus();
  deliverRuns([triageRun({ id: 2 }), triageRun({ state: "stopped" }), list, crowd]);
  assert.equal(document.activeElement, others[1]);
  assert.equal(others[0]?.textContent, "Open pull requests of acme/web, stopped at 25%");
  sent();
  others[1]?.click();
  assert.deepEqual(sent(), [{ show: { run: 3, repository: undefined } }]);
  port().deliver({ type: "run", run: list });
  assert.equal(location.search, "?run=3");
  assert.equal(document.querySelector("#others [data-run='3']"), null);
  assert.equal(document.querySelectorAll("#others [data-run='2']").length, 1);
  port().deliver({ type: "run", run: triageRun({ id: 2 }) });
});

test("the form says whose place the next run takes, and when there is none", () => {
  const runs = [1, 2, 3, 4].map((id) => triageRun({ id, state: id === 3 ? "stopped" : "running" }));
  const start = find("#start") as HTMLButtonElement;
  port().deliver({ type: "runs", runs, nextPlace: { replaces: { run: 3 } } });
  assert.match(text("#source-place"), /deletes .*: Open pull requests of acme\/web, stopped at 25%\.$/);
  assert.equal(start.disabled, false);
  sent();
  start.click();
  const [started] = sent();
  assert.equal(typeof started === "object" && "start" in started && started.start.replaces, 3);
  port().deliver({ type: "refused", sentence: { key: "triage_other_place", args: [] } });
  port().deliver({ type: "runs", runs, nextPlace: "nowhere" });
  assert.match(text("#source-place"), /^Four runs /);
  assert.equal(start.disabled, true);
  port().deliver({ type: "runs", runs: [], nextPlace: "free" });
  assert.equal(find("#source-place").hidden, true);
  assert.equal(start.disabled, false);
});

test("a run is deleted after a question", () => {
  sent();
  find("#delete").click();
  assert.equal(find("#delete-confirm").hidden, false);
  find("#delete-no").click();
  assert.equal(document.activeElement, find("#delete"));
  assert.deepEqual(sent(), []);
  find("#delete").click();
  find("#delete-yes").click();
  assert.deepEqual(sent(), [ofRun("delete", 2)]);
  assert.equal(document.activeElement, find("#start"));
});

test("nothing is said about a run that is gone", () => {
  port().deliver({ type: "run", run: triageRun({ id: 0, state: "empty" }) });
  find("#delete-yes").click();
  find("#export").click();
  assert.deepEqual(sent(), []);
  // The run that was deleted stays in the address, so that no other is shown in its place.
  assert.equal(location.search, "?repository=acme%2Fweb&run=2");
});

test("a pasted text is sent as it is; an empty one is not", () => {
  port().deliver({ type: "run", run: triageRun({ id: 2, state: "stopped" }) });
  const text = find("#people-text") as HTMLTextAreaElement;
  const kind = find("[name=kind][value=text]") as HTMLInputElement;
  kind.click();
  assert.equal(find("#source-text").hidden, false);
  find("#start").click();
  assert.equal(document.activeElement, text);
  text.value = "ada, bo";
  sent();
  find("#start").click();
  assert.deepEqual(sent(), [{ start: { source: { text: { text: "ada, bo" } }, replaces: undefined } }]);
});

test("pictures are drawn when they are unfolded, with numbers beside them", () => {
  port().deliver(
    { type: "run", run: triageRun({ id: 3, state: "finished", which: { closedSince: { days: 30 } } }) },
    {
      type: "rows",
      rows: [
        triageRow(0, { level: "alert", outcome: "closedByOthers" }),
        triageRow(1, { level: "alert", outcome: "merged" }),
        triageRow(2, { outcome: "merged" }),
      ],
    },
  );
  pass();
  const pictures = find("#pictures") as HTMLDetailsElement;
  assert.equal(pictures.hidden, false);
  pictures.open = true;
  pictures.dispatchEvent(new page.window.Event("toggle"));
  assert.match(
    find("#pictures [role=img]").getAttribute("aria-label") ?? "",
    /1 Nov.*Strong signal 2, Nothing of note 1/,
  );
  assert.equal(text("#pictures [data-level=alert] th"), "Strong signal");
  assert.equal(
    [...document.querySelectorAll("#pictures tr[data-level=alert] td.number")]
      .map((cell) => cell.textContent)
      .join(),
    "1 50%,1 50%",
  );
});

test("looking back is asked for when it is unfolded, and told in numbers, names and limits", () => {
  const section = find("#look-back") as HTMLDetailsElement;
  assert.equal(section.hidden, false);
  sent();
  section.open = true;
  section.dispatchEvent(new page.window.Event("toggle"));
  assert.deepEqual(sent(), [ofRun({ lookBack: { choices: undefined } }, 3)]);
  port().deliver({
    type: "lookBack",
    lookBack: {
      rows: [{ level: "alert", counts: [{ outcome: "merged", count: 1 }] }],
      right: 2,
      decided: 3,
      falseAlarms: [{ row: 1, login: "person-1", findings: ["prs-spread"] }],
      rules: [{ finding: "prs-spread", right: 1, wrong: 1 }],
      unjudged: 4,
    },
    limits: [{ key: "reason_gap_offline", args: [] }],
    choices: choices(),
    isTrial: false,
    thresholds: [],
  });
  assert.match(text("#look-back .sum"), /^2 of 3 right \(67%\).* 4 are not looked up yet\.$/);
  assert.match(text("[data-alarm='1']"), /^person-1: #101 Change 1 /);
  assert.equal(document.querySelector("[data-alarm='1'] a")?.getAttribute("href"), triageRow(1).url);
  assert.equal(text("#look-back .limits"), "GitHub could not be reached.");
  assert.equal([...document.querySelectorAll(".rules td")].map((cell) => cell.textContent).join(), "1,1");
  // Runs about what is open have nothing to look back on.
  port().deliver({ type: "run", run: triageRun({ id: 3, which: "open" }) });
  assert.equal(section.hidden, true);
});

test("the card says the level as of the opening, where that is known", () => {
  const reasonThen = { key: "reason_gap_offline", args: [] };
  port().deliver({ type: "rows", rows: [triageRow(1, { login: "bo", levelThen: "caution", reasonThen })] });
  pass();
  const open = (login: string): string => {
    find(`[data-bonafide-row=${login}] [data-column=author]`).click();
    const told = text("#card-then");
    find("#card-close").click();
    return told;
  };
  assert.equal(open("bo"), "When opened: Worth a look, GitHub could not be reached.");
  assert.equal(open("person-2"), "");
});

test("the calls of late are asked for when they are unfolded", () => {
  sent();
  const timeline = find("#calls details") as HTMLDetailsElement;
  timeline.open = true;
  timeline.dispatchEvent(new page.window.Event("toggle"));
  assert.ok(sent().includes("timeline"));
  const call = { name: "issues", logins: ["ada"], bucket: "graphql", size: 1, result: "200", unreadable: [] };
  const calls = [{ ...call, wantedMs: 0, sentMs: 5, endedMs: 90 }];
  const took = { tookMs: [90_000, 60_000], waitedMs: 400_000, lastedMs: 90_000 };
  const run = { periodMinutes: 1, calls: [60, 40], ...took, slowest: "closers", slowestMs: 9_100 };
  port().deliver({ type: "timeline", calls, run });
  assert.equal(document.querySelectorAll("#calls li").length, 1);
  const said =
    "100 requests in 1.5 minutes. One after another they would have taken 2.5 minutes; on average each waited 4 seconds for its turn. The slowest took 9.1 seconds (Who closed).";
  assert.equal(text("#calls .sum"), said);
  assert.equal(find("#calls figure svg").getAttribute("aria-label"), said);
  assert.deepEqual(
    [...document.querySelectorAll("#calls figure title")].map((title) => title.textContent),
    [
      "After 0 seconds: 60 requests, 1.5 minutes one after another",
      "After 1 minute: 40 requests, 1 minute one after another",
    ],
  );
  // Of a run that has not asked for anything there is nothing to say.
  port().deliver({ type: "timeline", calls: [], run: { ...run, calls: [], tookMs: [] } });
  assert.equal(document.querySelectorAll("#calls figure").length, 0);
});
