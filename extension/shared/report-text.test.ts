import assert from "node:assert/strict";
import { test } from "node:test";
import { becomeBrowser } from "../testing/browser.js";
import { finding, HOSTILE, here, report, SEARCH } from "../testing/report.js";
import { redact } from "./redact.js";
import { asJson, asMarkdown } from "./report-text.js";
import { type TextRequest, textFor } from "./text-request.js";

becomeBrowser();

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

/** Titles with which somebody might call others, close or link issues, from whatever page the report is pasted into. */
const CALLS = [
  "@octocat",
  "@acme/team",
  "@@octocat",
  "x@octocat",
  "(@octocat)",
  "\\@octocat",
  "@\u202eoctocat",
  "&commat;octocat",
  "&#64;octocat",
  "&#x40;octocat",
  "&#X40;octocat",

  "@&#111;ctocat",
  "a@example.com",
  "#1",
  "fixes #1",
  "\\#1",
  "&num;1",
  "fixes &num;1",
  "&#35;1",
  "&#x23;1",
  "fixes &#35;&#49;",
  "acme/web#1",
  "web#1",
  "closes acme/web#1",
  "closes acme/web&num;1",
  "#\u20661",
  "GH-1",
  "closes GH-1",
  "gh-1",
  "resolves gh-1",
  "GH&hyphen;1",
  "GH&#45;1",
  "GH&dash;1",
  "ABC-123",
  "https://github.com/acme/web/issues/1",
  "fixes https://github.com/acme/web/issues/1",
  "https&colon;//github.com/acme/web/issues/1",
  "HTTPS://GITHUB.COM/a/b/pull/1",
  "https:&sol;&sol;github.com/acme/web/pull/1",
  "http&#58;//github.com/acme/web/pull/1",
  "www.github.com/acme/web/issues/1",
  "www&period;github.com/acme/web/issues/1",
  "WWW.github.com/acme/web/pull/1",
  "<https://github.com/acme/web/pull/1>",
  "[x](https://github.com/acme/web/pull/1)",
  "![x](https://github.com/acme/web/pull/1)",
  "<a href=https://github.com/a/b/pull/1>x</a>",
  "a5c3785ed8d6a35868bc169f07e40e889087fd2e",
  "a5c3785",
  "acme/web@a5c3785ed8d6a35868bc169f07e40e889087fd2e",
  "$@octocat$",
  "`@octocat`",
  "<!-- @octocat -->",
  "> [!NOTE] @octocat",
  "ftp://github.com/acme",
];

/** The text that GitHub looks for calls in: entities are read, and what has a backslash before it stands for itself. */
function asRead(markdown: string): string {
  const entities: Readonly<Record<string, string>> = {
    commat: "@",
    num: "#",
    colon: ":",
    sol: "/",
    period: ".",
    hyphen: "-",
    dash: "-",
    amp: "&",
  };
  return markdown.replace(
    /\\([\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e])|&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi,
    (
      whole,
      plain: string | undefined,
      hex: string | undefined,
      decimal: string | undefined,
      name: string | undefined,
    ) => {
      if (plain !== undefined) return plain;
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      return entities[name ?? ""] ?? whole;
    },
  );
}

test("what is pasted calls nobody, closes nothing and links to nothing but what it says", () => {
  const calling = [/@\w/, /#\d/, /[a-z]-\d/i, /:\/\//, /www\.\w/i, /\b[\da-f]{7,64}\b/i];
  const own = asRead(asMarkdown(report({}))).match(/[a-z]-\d/gi);
  assert.equal(own, null);
  for (const call of CALLS) {
    assert.ok(
      calling.some((it) => it.test(asRead(call.replaceAll("\u2066", "").replaceAll("\u202e", "")))),
      `${call} calls`,
    );
    const links = [{ label: call, url: "https://github.com/a/b/pull/1" }];
    const given = report({
      reasons: [{ key: "target_app", args: [call] }],
      repository: call,
      findings: [finding({ links }), ...here([3, 1, 0])],
    });
    const markdown = asMarkdown(given);
    const said = markdown.replace(/\]\(https:\/\/redirect\.github\.com\/[^()]*\)/g, "]");
    for (const it of calling) assert.doesNotMatch(asRead(said), it, `${call}: ${markdown}`);
    assert.doesNotMatch(said, /(?<!\\)(?:\]\(|<(?!\/?sub>)|!\[)/, call);
    const json = asJson(given);
    for (const it of [/@/, /#/, /:\/\//, /\bgh-\d/i]) assert.doesNotMatch(json, it, call);
    assert.deepEqual((JSON.parse(json) as { findings: { links: unknown }[] }).findings[0]?.links, links);
  }
});

test("Markdown says what the card says, in its order", () => {
  const links = [
    { label: "is:closed", url: `${SEARCH}is:closed` },
    ...[1, 2, 3, 4].map((n) => ({ label: `a/b#${n}: Tidy`, url: `https://github.com/a/b/pull/${n}` })),
  ];
  const text = asMarkdown(
    report({
      groups: { pullRequests: "caution", issues: "clear", here: "info" },
      findings: [
        finding({ id: "issues-not-planned", group: "issues", level: "clear", thresholds: undefined }),
        finding({ links }),
        ...here([3, 1, 0], { links: [] }),
      ],
      gaps: [{ part: "email", reason: "offline", until: undefined }],
      shortReason: { key: "short_prs_closed_unmerged", args: [3, 9] },
      activity: {
        since: "2026-10-31",
        pullRequests: [
          { day: 3, outcome: "merged", count: 2 },
          { day: 4, outcome: "closedByOthers", count: 3 },
        ],
        issues: [],
        isAtLeast: false,
      },
    }),
  );
  const at = "https://redirect.github.com";
  assert.equal(
    text,
    `### \`ada\`: Worth a look, 3 of 9 closed unmerged

Elsewhere in 21 days: 2 merged, 3 closed by others

In acme/web: 3 merged, 1 closed, 0 open

**Pull requests elsewhere** (worth a look)

- [3](${at}/search?q=is:closed) of 9 pull requests elsewhere were closed without merging. That is 33%. More than 20% is worth a look, more than 50% a strong signal.
  - [a/b#\u200b1: Tidy](${at}/a/b/pull/1)
  - [a/b#\u200b2: Tidy](${at}/a/b/pull/2)
  - [a/b#\u200b3: Tidy](${at}/a/b/pull/3)

Not available: public email.

<sub>From the public record on GitHub. Balanced rules, checked 21 November 2026. Facts about activity, not about the person.</sub>
`,
  );
});

test("JSON holds the report as it is, with each sentence in words", () => {
  const told = JSON.parse(asJson(report({}))) as Record<string, unknown>;
  for (const key of ["login", "level", "policy", "groups", "findings", "gaps", "checkedAt"])
    assert.ok(key in told, key);
  assert.match(JSON.stringify(told["findings"]), /3 of 9 pull requests elsewhere/);
});

test("the background writes what is asked for, and nothing else", () => {
  const given = report({});
  assert.equal(textFor({ writeAs: "json", report: given }), asJson(given));
  assert.equal(textFor({ writeAs: "markdown", report: given }), asMarkdown(given));
  assert.match(textFor({ writeAs: "cardStyles" }) ?? "", /:host.*\.report \{/s);
  assert.equal(textFor({ writeAs: "poem" } as unknown as TextRequest), undefined);
});
