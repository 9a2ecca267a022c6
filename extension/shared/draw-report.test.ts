import assert from "node:assert/strict";
import { test } from "node:test";
import { becomeBrowser } from "../testing/browser.js";
import { reportView } from "./draw-report.js";
import { httpsOnly } from "./element.js";
import type { AuthorReport, Finding } from "./messages.js";
import { asJson, asMarkdown, redact } from "./report-text.js";

becomeBrowser();

const HOSTILE = '<img src=x onerror="alert(1)">\u202e@someone #1 [x](y) `code` ';

const finding = (given: Partial<Finding>): Finding => ({
  id: "prs-closed-unmerged",
  group: "pullRequests",
  level: "caution",
  sentence: { key: "finding_prs_closed_unmerged", args: [3, 9] },
  measured: 1 / 3,
  isAtLeast: false,
  thresholds: { passedBy: "more", caution: 0.2, alert: 0.5 },
  links: [],
  ...given,
});

const report = (given: Partial<AuthorReport>): AuthorReport => ({
  login: "ada",
  level: "caution",
  policy: "balanced",
  repository: "acme/web",
  checkedAt: "2026-11-21T12:00:00Z",
  reasons: [{ key: "finding_prs_closed_unmerged", args: [3, 9] }],
  adjustments: [],
  groups: { pullRequests: "caution", here: "info", profile: "info" },
  findings: [finding({})],
  gaps: [],
  coming: [],
  about: undefined,
  ...given,
});

function draw(given: Partial<AuthorReport>): HTMLElement {
  const view = reportView({ refresh: () => {}, openOptions: () => {} });
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

test("what raised the level stands open, the rest is folded", () => {
  const isOpen = (name: string): boolean | undefined =>
    draw({
      groups: { here: "info", pullRequests: "alert", issues: "clear" },
    }).querySelector<HTMLDetailsElement>(`[data-bonafide-group="${name}"]`)?.open;
  assert.equal(isOpen("here"), true);
  assert.equal(isOpen("pullRequests"), true);
  assert.equal(isOpen("issues"), false);
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
      organisations: [HOSTILE],
      socialAccounts: [{ provider: "generic", url: "http://example.org" }],
      followers: undefined,
      pullRequests: undefined,
      mergedPullRequests: undefined,
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
  assert.equal(lines.length, 2);
  assert.match(lines[0] ?? "", /pull requests and issues.*limit/);
  assert.ok([...drawn.querySelectorAll("button")].some((button) => button.textContent === "Open options"));
});

test("what the reader has unfolded stays so when the report changes", () => {
  const view = reportView({ refresh: () => {}, openOptions: () => {} });
  view.show(report({ groups: { pullRequests: "clear" } }));
  const group = (): HTMLDetailsElement | null =>
    view.element.querySelector('details[data-bonafide-group="pullRequests"]');
  group()?.querySelector("summary")?.click();
  assert.equal(group()?.open, true);
  view.show(report({ groups: { pullRequests: "clear" }, coming: ["here"] }));
  assert.equal(group()?.open, true);
});

test("a report without names has none", () => {
  const named = report({
    login: "secret-sue",
    reasons: [
      { key: "reason_clear", args: [4, 1] },
      { key: "target_app", args: ["secret-sue"] },
    ],
    findings: [
      finding({ links: [{ label: "secret-sue/x#1", url: "https://github.com/secret-sue/x/pull/1" }] }),
    ],
    repository: "secret-sue/web",
  });
  for (const text of [asJson(redact(named)), asMarkdown(redact(named))])
    assert.doesNotMatch(text, /secret-sue/);
});

test("Markdown calls nobody and leaves no trace on the pages it names", () => {
  const text = asMarkdown(
    report({ findings: [finding({ links: [{ label: HOSTILE, url: "https://github.com/a/b/pull/1" }] })] }),
  );
  assert.doesNotMatch(text, /@someone/);
  assert.doesNotMatch(text, /(?<!\\)<img/);
  assert.doesNotMatch(text, /\u202e/);
  assert.doesNotMatch(text, /\]\(y\)/);
  assert.doesNotMatch(text, /\(https:\/\/github\.com/);
  assert.match(text, /\(https:\/\/redirect\.github\.com\/a\/b\/pull\/1\)/);
});

test("JSON holds the report as it is, with each sentence in words", () => {
  const told = JSON.parse(asJson(report({}))) as Record<string, unknown>;
  for (const key of ["login", "level", "policy", "groups", "findings", "gaps", "checkedAt"])
    assert.ok(key in told, key);
  assert.match(JSON.stringify(told["findings"]), /3 of 9 pull requests to other people’s repositories/);
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
