import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { type Bonafide, enterToken, until } from "./browser.ts";
import { type Fault, TOKENS } from "./github.ts";
import {
  browserTest,
  cardText,
  levels,
  lookUp,
  openCard,
  press,
  readThrough,
  refusal,
  reportLevel,
  settled,
  wipe,
} from "./harness.ts";
import { expectedPage } from "./pages.ts";

/** Back to an empty store, with a token. */
async function afresh(options: Page): Promise<void> {
  await wipe(options);
  await enterToken(options, TOKENS.classic);
  await until(
    options,
    () => document.querySelector<HTMLElement>("#token-status")?.dataset["state"] === "accepted",
  );
}

/** A pull request with 25 authors of whom each answer can be broken in a way of its own. */
const CROWD = "/acme/web/pull/1025";

/** What GitHub may answer to one call, and what becomes of it where it is the answer each time. */
// What strikes others too has a test of its own: a stream that breaks can break its connection, and after some 500s and
// 503s Chromium lets an extension's requests to the same address fail for a while without sending them.
const ROWS: readonly {
  readonly fault: string;
  /** The question is put once more, and the second answer is as good as a first. */
  readonly isAskedAgain: boolean;
  readonly told: RegExp;
}[] = [
  { fault: "502", isAskedAgain: true, told: /not respond in time/ },
  { fault: "504", isAskedAgain: true, told: /not respond in time/ },
  { fault: "something-went-wrong", isAskedAgain: true, told: /not respond in time/ },
  { fault: "service-unavailable", isAskedAgain: true, told: /server error/ },
  { fault: "resource-limits", isAskedAgain: true, told: /not respond in time/ },
  { fault: "malformed-json", isAskedAgain: true, told: /could not be read/ },
  { fault: "null-where-non-null", isAskedAgain: true, told: /could not be read/ },
  { fault: "insufficient-scopes", isAskedAgain: false, told: /lacks a permission/ },
  { fault: "not-accessible", isAskedAgain: false, told: /lacks a permission/ },
  { fault: "saml", isAskedAgain: false, told: /does not show this to your token/ },
  { fault: "unsearchable", isAskedAgain: false, told: /private/ },
  { fault: "bad-request", isAskedAgain: false, told: /bug in Bonafide/ },
  { fault: "451", isAskedAgain: false, told: /legal reasons/ },
];

/** Whatever is asked of somebody's activity, by connection or by search; whoever shared the request is asked for alone. */
function faultOf(login: string, fault: string, times?: number): Fault {
  const match = { kind: "graphql", operation: "title state", login } as const;
  return times === undefined ? { match, do: fault } : { match, times, do: fault };
}

async function crowdLevels(page: Page): Promise<Record<string, string>> {
  await readThrough(page);
  await settled(page);
  return levels(page);
}

browserTest(
  "each way to fail, once: the level is as without it, or unknown where asking again is no use",
  async (bonafide) => {
    const { openPage, openOptions, control } = bonafide;
    const first = await openPage(CROWD);
    const record = await crowdLevels(first);
    await first.close();
    const people = Object.keys(record).filter((login) => record[login] !== "unknown");
    const rows = ROWS.map((row, index) => ({ ...row, login: people[index] ?? "" }));
    await afresh(await openOptions());

    await control.faults(rows.map(({ login, fault }) => faultOf(login, fault, 1)));
    const found = await crowdLevels(await openPage(CROWD));
    const expected = { ...record };
    for (const { login, isAskedAgain } of rows) if (!isAskedAgain) expected[login] = "unknown";
    assert.deepEqual(found, expected);
    const met = (await control.log()).calls.filter((call) => call.fault !== null);
    assert.equal(met.length, rows.length, "not every fault was met");
  },
  { token: true },
);

browserTest(
  "each way to fail, each time: unknown with the reason, and a bounded number of calls",
  async ({ openPage, control }) => {
    const people = expectedPage(CROWD).names.map(({ login }) => login);
    const rows = ROWS.map((row, index) => ({ ...row, login: people[index] ?? "" }));
    await control.faults(rows.map(({ login, fault }) => faultOf(login, fault)));
    const page = await openPage(CROWD);
    const found = await crowdLevels(page);
    const { calls } = await control.log();
    for (const { login, fault, isAskedAgain, told } of rows) {
      assert.equal(found[login], "unknown", fault);
      await openCard(page, login);
      assert.match(await cardText(page), told, fault);
      await page.keyboard.press("Escape");
      // Three searches: pull requests, issues, and pull requests here.
      const met = calls.filter((call) => call.fault !== null && call.logins.includes(login));
      assert.ok(met.length > 0, `${fault} was never met`);
      assert.ok(met.length <= 3 * (isAskedAgain ? 2 : 1), `${fault} was met ${met.length} times`);
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
    // Eleven people with at most six parts each, each asked for at most twice.
    assert.ok(calls.length <= 132, `${calls.length} calls`);
    const record: Record<string, string> = {
      "serial-sam": "alert",
      "rejected-rex": "alert",
      "echo-eve": "alert",
      "patchy-pat": "caution",
      "private-priya": "unknown",
      "suspended-sid": "unknown",
    };
    const found = await levels(page);
    for (const [login, level] of Object.entries(record)) {
      assert.ok([level, "unknown"].includes(found[login] ?? ""), `${login} is ${found[login]}`);
    }
  },
  { token: true, fresh: HELD_BACK },
);
