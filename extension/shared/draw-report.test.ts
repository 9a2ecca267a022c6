import assert from "node:assert/strict";
import { test } from "node:test";
import { becomeBrowser } from "../testing/browser.js";
import { finding, HOSTILE, here, report, SEARCH } from "../testing/report.js";
import { type ReportActions, reportView } from "./draw-report.js";
import { httpsOnly } from "./element.js";
import type { AuthorReport, Finding, GapReason, Level } from "./messages.js";

becomeBrowser();

const NO_ACTIONS: ReportActions = { refresh() {}, openOptions() {}, setPerson() {} };

function draw(given: Partial<AuthorReport>): HTMLElement {
  const view = reportView(NO_ACTIONS);
  view.show(report(given));
  return view.element;
}

test("the marks that others find a report by", () => {
  const drawn = draw({});
  assert.equal(drawn.getAttribute("data-bonafide-report"), "ada");
  assert.equal(drawn.getAttribute("data-bonafide-level"), "caution");
  const groups = [...drawn.querySelectorAll("[data-bonafide-group]")];
  const told = groups.map(
    (group) => `${group.getAttribute("data-bonafide-group")} ${group.getAttribute("data-bonafide-level")}`,
  );
  assert.deepEqual(
    told,
    ["here info", "pullRequests caution", "profile info"],
    "here first, then what raised the level",
  );
  const found = drawn.querySelector('[data-bonafide-finding="prs-closed-unmerged"]');
  assert.equal(found?.getAttribute("data-bonafide-level"), "caution");
  assert.match(found?.textContent ?? "", /3 of 9 pull requests.*33%.*20%.*50%/s);
});

test("what was done here is one line, each part of it a finding and a link", () => {
  const check = (findings: Finding[], expected: string, links = 3): void => {
    const drawn = draw({ findings }).querySelector('[data-bonafide-group="here"]');
    assert.equal(drawn?.querySelector("p")?.textContent, expected);
    const parts = [...(drawn?.querySelectorAll("[data-bonafide-finding]") ?? [])];
    const ids = parts.map((part) => part.getAttribute("data-bonafide-finding"));
    assert.deepEqual([...ids].sort(), ["here-closed", "here-merged", "here-open"], expected);
    for (const part of parts) {
      const state = part.getAttribute("data-bonafide-finding")?.replace("here-", "");
      if (links > 0) assert.ok(part.textContent?.endsWith(state ?? "?"), expected);
      const link = part.querySelector("a")?.getAttribute("href");
      assert.equal(link ?? undefined, links === 0 ? undefined : `${SEARCH}is:${state}`);
    }
  };
  check(here([3, 1, 6]), "In acme/web: 3 merged, 1 closed, 6 open");
  check(here([1, 0, 0]), "In acme/web: 1 merged, 0 closed, 0 open");
  check(here([0, 2, 0]), "In acme/web: 0 merged, 2 closed, 0 open");
  check(here([0, 0, 1]), "In acme/web: 1 open, none merged or closed");
  check(here([0, 0, 0]), "In acme/web: none merged, closed or open");
  check(here([1200, 1, 0]), "In acme/web: 1,200 merged, 1 closed, 0 open");
  check(
    here([88, 12, 0], { isAtLeast: true }),
    "In acme/web: more than 100 pull requests. Of the 100 checked: 88 merged, 12 closed, 0 open",
  );
  const behind = { links: [], measured: undefined };
  check(here([], { ...behind, level: "pending" }), "Looking up pull requests in acme/web…", 0);
  check(here([], { ...behind, level: "unknown" }), "Pull requests in acme/web could not be checked", 0);
  assert.equal(draw({ findings: [] }).querySelector('[data-bonafide-group="here"]'), null);
});

test("the line on this repository in German", (test) => {
  becomeBrowser("de");
  test.after(() => becomeBrowser());
  const check = (findings: Finding[], expected: string): void =>
    assert.equal(draw({ findings }).querySelector('[data-bonafide-group="here"] p')?.textContent, expected);
  check(here([3, 1, 6]), "In acme/web: 3 gemergt, 1 geschlossen, 6 offen");
  check(here([0, 0, 1]), "In acme/web: 1 offen, nichts gemergt oder geschlossen");
  check(here([0, 0, 0]), "In acme/web: nichts gemergt, geschlossen oder offen");
  check(
    here([1088, 12, 0], { isAtLeast: true }),
    "In acme/web: mehr als 1.100 Pull Requests. Von 1.100 geprüften: 1.088 gemergt, 12 geschlossen, 0 offen",
  );
});

test("each thing is said once", () => {
  const count = (given: Partial<AuthorReport>, told: RegExp): number =>
    [...(draw(given).textContent?.matchAll(new RegExp(told, "g")) ?? [])].length;
  assert.equal(count({}, /3 of 9 pull requests/), 1, "what raised the level");
  const known: Partial<AuthorReport> = {
    level: "known",
    reasons: [{ key: "reason_known_merged", args: [3] }],
    findings: here([3, 0, 0]),
  };
  assert.equal(count(known, /merged/), 1, "why somebody is known");
  const { findings: _, ...withoutHere } = known;
  assert.equal(count({ ...withoutHere, findings: [] }, /3 pull requests merged/), 1);
  const gone: Partial<AuthorReport> = {
    level: "unknown",
    reasons: [{ key: "reason_gap_offline", args: [] }],
    gaps: [{ part: "issues", reason: "offline", until: undefined }],
  };
  assert.equal(count(gone, /could not be reached/), 1, "what could not be had");
  assert.equal(count({ reasons: [{ key: "reason_known_owner", args: [] }] }, /Owns this repository/), 1);
  assert.equal(
    count({ level: "pending", reasons: [{ key: "reason_pending", args: [] }] }, /ooking up|ooked up/),
    2,
  );
});

test("items that several findings come from are listed once", () => {
  const links = [
    { label: "is:pr", url: `${SEARCH}is:pr` },
    { label: "a/b#1: x", url: "https://github.com/a/b/pull/1" },
  ];
  const drawn = draw({
    findings: [finding({ links }), finding({ id: "prs-spread-in-a-day", links })],
  });
  assert.equal(drawn.querySelectorAll('a[href$="/a/b/pull/1"]').length, 1);
});

test("a number is a link to GitHub's own list of what it counts", () => {
  const links = ["is:closed", "is:pr"].map((query) => ({ label: query, url: SEARCH + query }));
  const linked = (given: Partial<Finding>): string[] =>
    [...draw({ findings: [finding(given)] }).querySelectorAll(".finding p:first-of-type a")].map(
      (link) => `${link.textContent} ${link.getAttribute("href")?.slice(SEARCH.length)}`,
    );
  assert.deepEqual(linked({ links }), ["3 is:closed", "9 is:pr"]);
  assert.deepEqual(linked({ links: links.slice(0, 1) }), ["3 is:closed"]);
  assert.deepEqual(linked({}), []);
  const open: Partial<Finding> = { level: "unknown", sentence: { key: "finding_unknown", args: [] }, links };
  assert.deepEqual(linked(open), ["View on GitHub is:closed"], "where no number is known");
});

test("what the reader keeps and what the project's list says stand first, and go with the names", () => {
  const view = reportView(NO_ACTIONS);
  const lines = (): (string | null)[] =>
    [...view.element.querySelectorAll(".lines li")].map((line) => line.textContent);
  const vouched = {
    standing: "denounced",
    details: HOSTILE.trim(),
    url: "https://github.com/acme/web/x",
  } as const;
  const own = { login: "ada", mark: "watched", note: "ask <b>Max</b>" } as const;
  view.show(report({ reasons: [{ key: "reason_known_owner", args: [] }], vouched }), own);
  assert.deepEqual(lines(), [
    "Your note: ask <b>Max</b>",
    `acme/web lists this account as denounced in its VOUCHED.td. ${HOSTILE.trim()}`,
    "Owns this repository.",
  ]);
  assert.equal(view.element.querySelector<HTMLAnchorElement>(".lines a")?.href, vouched.url);
  const names = [...view.element.querySelectorAll("button")].find((it) => it.textContent === "Hide names");
  names?.click();
  assert.deepEqual(lines(), [
    "••• lists this account as denounced in its VOUCHED.td.",
    "Owns this repository.",
  ]);
  assert.equal(view.element.querySelector(".lines a"), null);
  view.show(report({ reasons: [] }));
  assert.deepEqual(lines(), []);
});

test("ages are said in years, their thresholds exactly", () => {
  const drawn = draw({
    policy: "classic",
    groups: { profile: "alert" },
    findings: [
      finding({
        id: "account-age",
        group: "profile",
        level: "alert",
        sentence: { key: "finding_account_age", args: [80] },
        measured: 80,
        thresholds: { passedBy: "noMore", caution: 1095, alert: 90 },
      }),
    ],
  });
  assert.match(drawn.textContent ?? "", /The account is 2 months old\..*3 years or less.*90 days or less/s);
});

test("what raised the level stands open, the rest is folded", () => {
  const drawn = draw({
    groups: { here: "info", pullRequests: "caution", issues: "clear" },
    findings: [
      finding({}),
      finding({ id: "prs-spread", level: "clear" }),
      finding({ id: "issues-not-planned", group: "issues", level: "clear" }),
    ],
  });
  const isFolded = (id: string): boolean =>
    drawn.querySelector(`[data-bonafide-finding="${id}"]`)?.closest("details:not([open], .more)") !== null;
  assert.equal(isFolded("prs-closed-unmerged"), false);
  assert.equal(isFolded("prs-spread"), true);
  assert.equal(isFolded("issues-not-planned"), true);
  assert.match(
    drawn.querySelector('[data-bonafide-group="issues"] summary')?.textContent ?? "",
    /nothing of note/,
  );
});

test("nobody's words become markup, and only https leads anywhere", () => {
  const drawn = draw({
    findings: [
      finding({
        links: [
          { label: HOSTILE, url: "javascript:alert(1)" },
          { label: "to it", url: "https://github.com/acme/web/pull/1" },
        ],
      }),
    ],
    about: {
      createdAt: "2020-01-01T00:00:00Z",
      name: HOSTILE,
      company: HOSTILE,
      website: "data:text/html,x",
      location: HOSTILE,
      bio: HOSTILE.repeat(300),
      organizations: [HOSTILE],
      socialAccounts: [{ provider: "generic", url: "http://example.org" }],
      followers: undefined,
      pullRequests: undefined,
      mergedPullRequests: undefined,
      closedPullRequests: undefined,
      issues: undefined,
      ownRepositories: undefined,
    },
  });
  assert.equal(drawn.querySelector("img, script, iframe"), null);
  for (const link of drawn.querySelectorAll("a")) {
    assert.equal(link.protocol, "https:");
    assert.equal(link.hostname, "github.com");
    assert.match(link.rel, /noreferrer/);
  }
  assert.ok(drawn.textContent?.includes(HOSTILE));
});

test("gaps are told in plain words, one line a reason", () => {
  const drawn = draw({
    level: "unknown",
    gaps: [
      { part: "pullRequests", reason: "limitSpent", until: undefined },
      { part: "issues", reason: "limitSpent", until: undefined },
      { part: "account", reason: "tokenRefused", until: undefined },
    ],
  });
  const lines = [...drawn.querySelectorAll("[data-bonafide-gaps] li")].map((line) => line.textContent);
  assert.deepEqual(lines, [
    "Not available: pull requests and issues. GitHub’s rate limit is used up.",
    "Not available: account.",
  ]);
});

test("the problem that is in everybody's way is told first, with the one button that helps", () => {
  const check = (reasons: readonly GapReason[], expected: string, level: Level = "unknown"): void => {
    let pressed = "nothing";
    const view = reportView({
      refresh: () => {
        pressed = "refresh";
      },
      openOptions: () => {
        pressed = "options";
      },
      setPerson() {},
    });
    view.show(
      report({
        level,
        reasons: reasons.map((reason) => ({
          key: `reason_gap_${reason.replace(/[A-Z]/g, (it) => `_${it.toLowerCase()}`)}`,
          args: [],
        })),
        gaps: reasons.map((reason) => ({ part: "issues", reason, until: undefined })),
      }),
    );
    const problem = view.element.querySelector("[data-bonafide-problem]");
    const buttons = [...(problem?.querySelectorAll("button") ?? [])];
    buttons[0]?.click();
    assert.ok(buttons.length <= 1);
    const told = [problem?.querySelector("p")?.textContent, buttons[0]?.textContent, pressed];
    assert.equal(told.filter(Boolean).join(" | "), expected);
    const all = view.element.textContent ?? "";
    const sentence = problem?.querySelector("p")?.textContent ?? "nothing";
    assert.ok(all.split(sentence).length <= 2, `${sentence} is said twice`);
  };
  check(["noToken"], "Add a token to see everything. | Add a token | options");
  check(["serverError", "tokenRefused"], "GitHub rejected your token. | Replace token | options");
  check(["limitSpent"], "GitHub’s rate limit is used up. | Try again | refresh");
  check(["limitSpent"], "GitHub’s rate limit is used up. | Try again | refresh", "caution");
  check(["offline"], "GitHub could not be reached. | Try again | refresh");
  check(
    ["noPermission", "offline"],
    "Bonafide has no access to api.github.com, so look-ups can fail. | Allow access | options",
  );
  check(
    ["onRequest"],
    "Not looked up yet: without a token, GitHub allows only 60 requests an hour. | Look up | refresh",
  );
  check(
    ["notSearchable"],
    "GitHub’s search leaves out this account; the profile may be private. That says nothing about the person. | nothing",
  );
  check(["serverError"], "nothing", "caution");
  check(["offline"], "nothing", "pending");
});

test("the reader's mark is a pressed button, and a press stores it with the note", () => {
  const stored: unknown[] = [];
  const view = reportView({
    ...NO_ACTIONS,
    setPerson: (...person) => {
      stored.push(person);
    },
  });
  document.body.append(view.element);
  const button = (name: string): HTMLButtonElement | undefined =>
    [...view.element.querySelectorAll("button")].find((it) => it.textContent === name);
  const pressed = (): (string | null | undefined)[] =>
    ["Trust", "Watch"].map((name) => button(name)?.getAttribute("aria-pressed"));
  view.show(report({}), { login: "ada", mark: "watched", note: "ask Max" });
  assert.deepEqual(pressed(), ["false", "true"]);
  button("Trust")?.click();
  assert.deepEqual(pressed(), ["true", "false"]);
  button("Trust")?.click();
  button("Note")?.click();
  const field = view.element.querySelector<HTMLInputElement>(".own-note");
  assert.equal(field?.value, "ask Max");
  if (field != null) field.value = "asked Max ";
  // A new report takes nothing away from what is being typed.
  view.show(report({ coming: ["here"] }), { login: "ada", mark: undefined, note: "ask Max" });
  assert.equal(view.element.querySelector<HTMLInputElement>(".own-note")?.value, "asked Max ");
  button("Save")?.click();
  assert.deepEqual(stored, [
    ["ada", "trusted", "ask Max"],
    ["ada", undefined, "ask Max"],
    ["ada", undefined, "asked Max"],
  ]);
});

test("a report that was on its way when the reader pressed takes nothing back", () => {
  const stored: unknown[] = [];
  const view = reportView({ ...NO_ACTIONS, setPerson: (...person) => stored.push(person) });
  document.body.append(view.element);
  const button = (name: string): HTMLButtonElement | undefined =>
    [...view.element.querySelectorAll("button")].find((it) => it.textContent === name);
  const isWatched = (): boolean => button("Watch")?.getAttribute("aria-pressed") === "true";
  view.show(report({}));
  button("Watch")?.click();
  view.show(report({ coming: ["here"] }));
  assert.ok(isWatched());
  button("Note")?.click();
  const field = view.element.querySelector<HTMLInputElement>(".own-note");
  if (field != null) field.value = "asked twice";
  button("Save")?.click();
  view.show(report({}), { login: "ada", mark: "watched", note: "" });
  button("Trust")?.click();
  assert.deepEqual(stored.at(-1), ["ada", "trusted", "asked twice"]);
  view.show(report({}), { login: "ada", mark: "trusted", note: "asked twice" });
  // What another tab stores afterwards is shown.
  view.show(report({}));
  assert.ok(!isWatched() && button("Trust")?.getAttribute("aria-pressed") === "false");
});

test("what the reader has unfolded stays so when the report changes", () => {
  const view = reportView(NO_ACTIONS);
  const clear = { groups: { pullRequests: "clear" }, findings: [finding({ level: "clear" })] } as const;
  view.show(report({ ...clear, findings: [...clear.findings] }));
  const group = (): HTMLDetailsElement | null =>
    view.element.querySelector('details[data-bonafide-group="pullRequests"]');
  group()?.querySelector("summary")?.click();
  assert.equal(group()?.open, true);
  view.show(report({ ...clear, findings: [...clear.findings], coming: ["here"] }));
  assert.equal(group()?.open, true);
});

test("the focus stays on the link that it is on when the report changes", () => {
  const view = reportView(NO_ACTIONS);
  document.body.append(view.element);
  const links = [{ label: "acme/web#7", url: "https://github.com/acme/web/pull/7", kind: "item" }] as const;
  const raised = report({ findings: [finding({ level: "caution", links: [...links] })] });
  view.show(raised);
  const item = (): HTMLAnchorElement | null => view.element.querySelector(".items a");
  item()?.focus();
  assert.equal(document.activeElement, item());
  const before = item();
  view.show({ ...raised, coming: ["here"] });
  assert.notEqual(item(), before);
  assert.equal(document.activeElement, item());
  view.element.remove();
});

test("only https addresses are links", () => {
  const check = (address: string, expected: string | undefined): void =>
    assert.equal(httpsOnly(address), expected, address);
  check("https://example.org", "https://example.org/");
  check(" https://example.org/a b ", "https://example.org/a%20b");
  check("http://example.org", undefined);
  check("javascript:alert(1)", undefined);
  check(" java\nscript:alert(1)", undefined);
  check("//example.org", undefined);
  check("example.org", undefined);
  check("", undefined);
});
