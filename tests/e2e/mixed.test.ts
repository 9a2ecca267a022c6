import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { type Bonafide, click, enterToken, PATIENCE_MS, until } from "./browser.ts";
import { TOKENS } from "./github.ts";
import { browserTest, levels, readThrough, settled, wipe } from "./harness.ts";

/** A pull request of people with every level. */
const PAGE = "/acme/web/pull/7";

/** However much goes wrong, nobody stays pending for longer. */
const BOUND_MS = 60_000;

/** Eleven people with at most six parts each, each asked for at most twice, and two of them by search as well. */
const MOST_CALLS = 176;

const KINDS = [
  "502",
  "malformed-json",
  "connection-reset",
  "slow:1500",
  "cut-off",
  "something-went-wrong",
] as const;

/** With this seed one of the first eight calls is broken at 5 % already. */
const FIRST_SEED = 13;

/** What a badge may show, by what the record shows: the same, or less where something could not be had. */
const ALLOWED: Record<string, readonly string[]> = {
  // Where the history here cannot be had, the rest still stands (`crate/core/tests/engine/laws.rs`).
  known: ["known", "clear", "unknown"],
  clear: ["clear", "unknown"],
  quiet: ["quiet", "unknown"],
  caution: ["caution", "unknown"],
  alert: ["alert", "caution", "unknown"],
  unknown: ["unknown"],
  bot: ["bot"],
};

/** Looks everybody up with nothing in the way, and forgets it again. */
async function truth({ openPage, openOptions, control }: Bonafide): Promise<Record<string, string>> {
  const page = await openPage(PAGE);
  const record = await levelsOf(page);
  await page.close();
  const options = await openOptions();
  await wipe(options);
  await enterToken(options, TOKENS.classic);
  await accepted(options);
  await options.close();
  await control.clearLog();
  return record;
}

async function levelsOf(page: Page): Promise<Record<string, string>> {
  await readThrough(page);
  await settled(page);
  return levels(page);
}

/** Waits until everybody has a level, as long as that may take at most. */
async function everybodySettled(page: Page, record: Record<string, string>): Promise<void> {
  await readThrough(page);
  await page.waitForFunction(
    (people) => {
      const badges = [...document.querySelectorAll("[data-bonafide-login]")];
      const names = new Set(badges.map((badge) => badge.getAttribute("data-bonafide-login")));
      return (
        names.size === people &&
        badges.every((badge) => badge.getAttribute("data-bonafide-level") !== "pending")
      );
    },
    { timeout: BOUND_MS, polling: 25 },
    Object.keys(record).length,
  );
}

async function accepted(options: Page): Promise<void> {
  await until(
    options,
    () => document.querySelector<HTMLElement>("#token-status")?.dataset["state"] === "accepted",
  );
}

for (const share of [0.05, 0.2, 0.5]) {
  browserTest(
    `with ${100 * share} % of all answers broken, each in another way and out of order, all settle and nobody too well`,
    async (bonafide) => {
      const { openPage, control } = bonafide;
      const record = await truth(bonafide);
      assert.ok(Object.values(record).some((level) => level === "alert" || level === "caution"));

      // A rule is tried where those before it have let the call pass.
      const probability = 1 - (1 - share) ** (1 / KINDS.length);
      await control.latency("model", 0.5, 0.9);
      await control.faults(
        KINDS.map((kind, index) => ({ match: { probability, seed: FIRST_SEED + index }, do: kind })),
      );
      const page = await openPage(PAGE);
      await everybodySettled(page, record);
      const { calls } = await control.log();
      const found = await levels(page);

      assert.ok(
        calls.some((call) => call.fault !== null),
        "nothing was broken",
      );
      assert.ok(
        calls.some(({ startedMs, endedMs }) =>
          calls.some((other) => other.startedMs > startedMs && (other.endedMs ?? Infinity) < (endedMs ?? 0)),
        ),
        "every answer came in its turn",
      );
      assert.ok(calls.length <= MOST_CALLS, `${calls.length} calls`);
      for (const [login, level] of Object.entries(record)) {
        const shown = found[login] ?? "nothing";
        assert.ok(ALLOWED[level]?.includes(shown), `${login} is ${level} and shown as ${shown}`);
      }
    },
    // What the engine makes of faults is the same in both; what is a fault at all the worst share shows in each.
    { token: true, ...(share < 0.5 ? { only: "chromium" } : {}) },
  );
}

browserTest(
  "a token replaced while the old one's calls are on their way, some of them to be refused: nobody hears of it",
  async (bonafide) => {
    const { openPage, openOptions, openPopup, control } = bonafide;
    const record = await truth(bonafide);
    const options = await openOptions();
    await options.waitForSelector("#token");
    await options.type("#token", TOKENS.fineGrained);
    await control.clearLog();

    // The searches that leave now take more than 4 s, whatever is said of latency later.
    await control.latency("model", 4);
    await control.faults([{ match: { operation: "query Activity" }, times: 3, do: "401" }]);
    const page = await openPage(PAGE);
    await atLeast(control, 3);
    await control.latency("none");
    await options.bringToFront();
    await click(options, "#save-token");
    // The status is of the old token until the new one has been looked at.
    await options.waitForFunction(() => document.querySelector<HTMLInputElement>("#token")?.value === "", {
      timeout: PATIENCE_MS,
      polling: 25,
    });
    await accepted(options);
    const refused = (await control.log()).calls.filter((call) => call.fault === "401");
    assert.deepEqual(
      refused.map((call) => call.endedMs),
      [null, null, null],
      "the old token was refused before the new one was there",
    );

    // The slow calls use up the response time that GitHub allows in a minute, so the next may have to wait for it.
    await everybodySettled(page, record);
    assert.deepEqual(await levels(page), record);
    const { calls } = await control.log();
    const names = new Set(calls.map((call) => call.tokenName));
    assert.ok(names.has("classic") && names.has("fine-grained"), [...names].join());
    const popup = await openPopup();
    await until(popup, () => document.querySelector<HTMLElement>("#hint")?.hidden === true);
    await accepted(await openOptions());
  },
  { token: true },
);

/** Waits until so many calls have met a fault. */
async function atLeast(control: Bonafide["control"], met: number): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const { calls } = await control.log();
    if (calls.filter((call) => call.fault !== null).length >= met) return;
    if (Date.now() > deadline) throw new Error(`fewer than ${met} calls met a fault`);
  }
}
