import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { type Bonafide, enterToken, until } from "./browser.ts";
import { TOKENS } from "./github.ts";
import {
  browserTest,
  levels,
  lookUp,
  press,
  readThrough,
  refusal,
  reportLevel,
  settled,
  wipe,
} from "./harness.ts";

/** Back to an empty store, with a token. */
async function afresh(options: Page): Promise<void> {
  await wipe(options);
  await enterToken(options, TOKENS.classic);
  await until(
    options,
    () => document.querySelector<HTMLElement>("#token-status")?.dataset["state"] === "accepted",
  );
}

/** What is done after a call that failed: it is made again, another way to the same is tried, both, or neither. */
type After = "again" | "search" | "again, then search" | "nothing";

/** How often a part of the record is asked for at most, where each answer fails. */
const MOST_TRIES: Readonly<Record<After, number>> = {
  nothing: 1,
  again: 2,
  search: 2,
  "again, then search": 4,
};

/** What GitHub may answer to one call, and what becomes of it where it is the answer each time. */
// What strikes others too has a test of its own: a stream that breaks can break its connection, and after some 500s and
// 503s Chromium lets an extension's requests to the same address fail for a while without sending them. A null in the
// wrong place costs one item and not the answer, which `crate/core/tests/engine` looks at.
const ROWS: readonly { readonly fault: string; readonly after: After; readonly told: RegExp }[] = [
  { fault: "502", after: "again, then search", told: /not respond in time/ },
  { fault: "504", after: "again, then search", told: /not respond in time/ },
  { fault: "something-went-wrong", after: "again, then search", told: /not respond in time/ },
  { fault: "service-unavailable", after: "again", told: /server error/ },
  { fault: "resource-limits", after: "again, then search", told: /not respond in time/ },
  { fault: "malformed-json", after: "again", told: /could not be read/ },
  { fault: "insufficient-scopes", after: "search", told: /lacks a permission/ },
  { fault: "not-accessible", after: "search", told: /lacks a permission/ },
  { fault: "saml", after: "search", told: /organization does not allow your token/ },
  { fault: "unsearchable", after: "nothing", told: /private/ },
  { fault: "bad-request", after: "nothing", told: /bug in Bonafide/ },
  { fault: "451", after: "nothing", told: /legal reasons/ },
];

/** One row for each of so many people, of whom the popup asks alone: nobody's fault strikes another. */
const PEOPLE = ROWS.map((row, index) => ({ ...row, login: `gen-${index + 1}` }));

/** Everybody's level in the popup, one after another. */
async function lookUpAll(popup: Page): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { login } of PEOPLE) found[login] = await lookUp(popup, login);
  return found;
}

browserTest(
  "each way to fail, once: the level is as without it, or unknown where asking again is no use",
  async ({ openPopup, openOptions, control }) => {
    const popup = await openPopup();
    const record = await lookUpAll(popup);
    assert.ok(!Object.values(record).includes("unknown"), JSON.stringify(record));
    // While the popup shows somebody, they would be looked up again at once.
    await refusal(popup, "two words");
    await afresh(await openOptions());

    await control.faults(
      PEOPLE.map(({ login, fault }) => ({
        match: { kind: "graphql", operation: "on PullRequestConnection", login },
        times: 1,
        do: fault,
      })),
    );
    const expected = { ...record };
    for (const { login, after } of PEOPLE) if (after === "nothing") expected[login] = "unknown";
    assert.deepEqual(await lookUpAll(popup), expected);
    const met = (await control.log()).calls.filter((call) => call.fault !== null);
    assert.equal(met.length, PEOPLE.length, "not every fault was met");
  },
  { token: true },
);

browserTest(
  "each way to fail, each time: unknown with the reason, and a bounded number of calls",
  async ({ openPopup, control }) => {
    const popup = await openPopup();
    // Pull requests alone, by connection and by search: too many failures in a row hold back everything.
    await control.faults(
      PEOPLE.flatMap(({ login, fault }) =>
        ["on PullRequestConnection", "query SearchPullRequests"].map((operation) => ({
          match: { kind: "graphql" as const, operation, login },
          do: fault,
        })),
      ),
    );
    for (const { login, fault, after, told } of PEOPLE) {
      assert.equal(await lookUp(popup, login), "unknown", fault);
      const report = await popup.$eval("[data-bonafide-report]", (report) => report.textContent ?? "");
      assert.match(report, told, fault);
      const { calls } = await control.log();
      const met = calls.filter((call) => call.fault !== null && call.logins.includes(login));
      assert.ok(met.length > 0, `${fault} was never met`);
      assert.ok(met.length <= MOST_TRIES[after], `${fault} was met ${met.length} times`);
    }
  },
  { token: true },
);

/** A person of whose record nothing is of note: the badge that a fault must never bring about by itself. */
const SUBJECT = "newcomer-nia";

/** The search for her pull requests, without which nothing can be said of her. */
const MATCH = { kind: "graphql", operation: "query PullRequests", login: SUBJECT } as const;

/** Why what answers with 500 or 503 has a browser of its own. */
const HELD_BACK = "Chromium holds back an extension's requests for a while after these";

/** A fault, how often it strikes, the level after it, and how often it may be met at most. */
type Strike = readonly [fault: string, times: number | undefined, level: string, most: number];

async function strike(
  { openPopup, openOptions, control }: Bonafide,
  strikes: readonly Strike[],
): Promise<void> {
  const options = await openOptions();
  const popup = await openPopup();
  for (const [fault, times, level, most] of strikes) {
    await control.reset();
    // While the popup shows somebody, they would be looked up again at once.
    await refusal(popup, "two words");
    await afresh(options);
    await control.faults([{ match: MATCH, do: fault, ...(times === undefined ? {} : { times }) }]);
    assert.equal(await lookUp(popup, SUBJECT), level, fault);
    const met = (await control.log()).calls.filter((call) => call.fault !== null);
    assert.ok(met.length > 0, `${fault} was never met`);
    assert.ok(met.length <= most, `${fault} was met ${met.length} times`);
  }
}

browserTest(
  "GitHub is given the time it asks for, a bounded number of times",
  (bonafide) =>
    strike(bonafide, [
      ["graphql-rate-limited:1", 1, "clear", 1],
      ["403-secondary:1", 1, "clear", 1],
      ["graphql-rate-limited", undefined, "unknown", 1],
    ]),
  { token: true },
);

browserTest(
  "a broken connection or server is tried once more",
  (bonafide) =>
    strike(bonafide, [
      ["connection-reset", 1, "clear", 1],
      ["connection-reset", undefined, "unknown", 2],
      ["503", 1, "clear", 1],
      ["503", undefined, "unknown", 2],
      ["cut-off", 1, "clear", 1],
      ["cut-off", undefined, "unknown", 2],
    ]),
  { token: true, fresh: HELD_BACK },
);

browserTest(
  "what failed is had by a press of refresh once the cause is over",
  async ({ openPopup, control }) => {
    const popup = await openPopup();
    await control.faults([{ match: MATCH, do: "500" }]);
    assert.equal(await lookUp(popup, SUBJECT), "unknown");
    const report = await popup.$eval("[data-bonafide-report]", (report) => report.textContent ?? "");
    assert.match(report, /server error/);
    await control.faults([]);
    await press(popup, "Refresh");
    await popup.waitForSelector('[data-bonafide-report][data-bonafide-level="clear"]');

    // What was found stands, whatever else could not be had.
    await control.faults([
      { match: { ...MATCH, operation: "query Issues", login: "serial-sam" }, do: "500" },
    ]);
    assert.equal(await lookUp(popup, "serial-sam"), "alert");
    assert.equal(await reportLevel(popup), "alert");
  },
  { token: true, fresh: HELD_BACK },
);

browserTest(
  "with half of all answers broken nobody is shown better than their record",
  async ({ openPage, control }) => {
    const kinds = ["500", "502", "malformed-json", "cut-off", "connection-reset", "null-where-non-null"];
    await control.faults(
      kinds.map((kind, seed) => ({ match: { probability: 0.11, seed: seed + 1 }, do: kind })),
    );
    const page = await openPage("/acme/web/pull/7");
    await readThrough(page);
    await settled(page);
    const { calls } = await control.log();
    assert.ok(
      calls.some((call) => call.fault !== null),
      "nothing was broken",
    );
    // Eleven people with at most six parts each, each asked for at most twice, and two of them by search as well.
    assert.ok(calls.length <= 176, `${calls.length} calls`);
    const record: Record<string, string> = {
      "serial-sam": "alert",
      "rejected-rex": "alert",
      "echo-eve": "alert",
      "patchy-pat": "caution",
      "private-priya": "clear",
      "suspended-sid": "unknown",
    };
    const found = await levels(page);
    for (const [login, level] of Object.entries(record)) {
      assert.ok([level, "unknown"].includes(found[login] ?? ""), `${login} is ${found[login]}`);
    }
  },
  { token: true, fresh: HELD_BACK },
);
