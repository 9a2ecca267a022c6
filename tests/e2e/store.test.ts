import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { click, enterToken, PATIENCE_MS, until } from "./browser.ts";
import { TOKENS } from "./github.ts";
import { browserTest, lookUp, readThrough, reportLevel, savedBy, settled, untilLevel } from "./harness.ts";
import {
  type Kept,
  keptPeople,
  keptRuns,
  makeUnreadable,
  plant,
  plantRuns,
  removeStore,
  spoilSettings,
} from "./store.ts";
import { clearDatabases, killWorker } from "./worker.ts";

const PULL = "/acme/web/pull/7";
const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;

/** README promises that no more people are kept. */
const MOST_PEOPLE = 5_000;

/** Somebody who was kept so long ago; what is known about them does not matter here. */
function keptAgo(key: string, agoMs: number): Kept {
  return { key, text: "{}", at: Date.now() - agoMs };
}

/** Waits until exactly these people are kept. */
async function untilKept(options: Page, expected: readonly string[]): Promise<void> {
  const wanted = expected.toSorted();
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const kept = (await keptPeople(options)).sort();
    if (kept.join() === wanted.join()) return;
    if (Date.now() > deadline) assert.deepEqual(kept, wanted);
  }
}

browserTest(
  "a worker that starts deletes whoever was kept and what was begun more than a week ago, and nothing else",
  async (bonafide) => {
    const store = await bonafide.storePage();
    await killWorker(bonafide);
    await plant(store, [
      keptAgo("long-ago", 10 * WEEK_MS),
      keptAgo("a-week-ago", WEEK_MS + MINUTE_MS),
      keptAgo("nearly-a-week-ago", WEEK_MS - 5 * MINUTE_MS),
      keptAgo("just-now", 0),
    ]);
    const [old, young] = [WEEK_MS + MINUTE_MS, WEEK_MS - 5 * MINUTE_MS].map((ago) => {
      const run = Date.now() - ago;
      return [`${run} 0`, `${run} head`, `record ${run} ada acme/web`];
    });
    await plantRuns(store, [...(old ?? []), ...(young ?? [])]);
    assert.equal((await keptPeople(store)).length, 4);
    await bonafide.openPopup();
    // The runs are tidied before the people.
    await untilKept(store, ["nearly-a-week-ago", "just-now"]);
    assert.deepEqual(await keptRuns(store), young);
  },
  { token: true },
);

browserTest(
  "of more people than may be kept, the oldest are deleted, after those who are too old",
  async (bonafide) => {
    const store = await bonafide.storePage();
    await killWorker(bonafide);
    const young = Array.from({ length: MOST_PEOPLE + 2 }, (_, index) =>
      keptAgo(`young-${index}`, index * 1_000),
    );
    await plant(store, [...young, keptAgo("old-1", 2 * WEEK_MS), keptAgo("old-2", 3 * WEEK_MS)]);
    await bonafide.openPopup();
    await untilKept(
      store,
      young.slice(0, MOST_PEOPLE).map(({ key }) => key),
    );
  },
  { token: true },
);

for (const [what, settings, kept] of [
  [
    "no JSON",
    `{"people":[{"login":"ada-steady"}],"token":"${TOKENS.classic}`,
    '{"people":[{"login":"ada-steady"}],"token":"',
  ],
  ["JSON of something else", '[{"token":7,"policy":["balanced"]}]', '[{"token":7,"policy":["balanced"]}]'],
  ["no text", 42, "42"],
] as const) {
  browserTest(
    `settings that are ${what} count as none: no token, which is said, and one can be saved again`,
    async (bonafide) => {
      const { openOptions, openPopup, control } = bonafide;
      const store = await bonafide.storePage();
      await killWorker(bonafide);
      await spoilSettings(store, settings);
      await control.clearLog();

      const popup = await openPopup();
      await until(popup, () => document.querySelector<HTMLElement>("#hint")?.hidden === false);
      assert.equal(await lookUp(popup, "newcomer-nia"), "clear");
      const { calls } = await control.log();
      assert.deepEqual([...new Set(calls.map(({ tokenName }) => tokenName))], [null]);

      const again = await openOptions();
      await until(
        again,
        () => document.querySelector<HTMLElement>("#token-status")?.dataset["state"] === "none",
      );
      await enterToken(again, TOKENS.classic);
      await until(
        again,
        () => document.querySelector<HTMLElement>("#token-status")?.dataset["state"] === "accepted",
      );
      await killWorker(bonafide);
      assert.equal(await lookUp(popup, "patchy-pat"), "caution");
      assert.ok((await control.log()).calls.some(({ tokenName }) => tokenName === "classic"));

      // What could not be read is kept, and can be saved as a file.
      await again.waitForSelector("#set-aside", { visible: true });
      assert.equal(await savedBy(again, "#export-set-aside"), kept);
    },
    { token: true },
  );
}

browserTest(
  "what is kept of a person and of the limits and cannot be read is asked for anew",
  async (bonafide) => {
    const { openPopup, control } = bonafide;
    const store = await bonafide.storePage();
    await killWorker(bonafide);
    await plant(store, [
      { key: "newcomer-nia", text: '{"known":', at: Date.now() },
      { key: "patchy-pat", text: '{"login":"patchy-pat","known":[[{}]]}', at: Date.now() },
    ]);
    await store.evaluate(() => chrome.storage.session.set({ rate_limiter: '{"learned":[7' }));
    await control.clearLog();
    const popup = await openPopup("newcomer-nia");
    assert.equal(await reportLevel(popup), "clear");
    assert.equal(await lookUp(popup, "patchy-pat"), "caution");
    const asked = new Set((await control.log()).calls.flatMap(({ logins }) => logins));
    assert.ok(asked.has("newcomer-nia") && asked.has("patchy-pat"), [...asked].join());
  },
  { token: true },
);

browserTest(
  "a store that cannot be opened is told in the options; look-ups go on from memory, without a token",
  async (bonafide) => {
    const { openOptions, openPage, openPopup, control } = bonafide;
    const store = await bonafide.storePage();
    await killWorker(bonafide);
    await makeUnreadable(store);
    await control.clearLog();

    const page = await openPage(PULL);
    await readThrough(page);
    await settled(page);
    await untilLevel(page, "newcomer-nia", "unknown");
    const popup = await openPopup("newcomer-nia");
    assert.equal(await reportLevel(popup), "clear");
    for (const call of (await control.log()).calls) assert.equal(call.tokenName, null);
    const again = await openOptions();
    await again.waitForSelector("#store-shut", { visible: true });

    await killWorker(bonafide);
    await removeStore(store);
    const after = await openOptions();
    await after.waitForSelector("#cached:not(:empty)");
    assert.equal(await after.$eval("#store-shut", (told) => (told as HTMLElement).hidden), true);
  },
  { token: true },
);

browserTest(
  "a store that takes nothing any more is told in the options as soon as something is to be kept",
  async (bonafide) => {
    const options = await bonafide.openOptions();
    await options.waitForSelector("#cached:not(:empty)");
    assert.equal(await options.$eval("#store-shut", (told) => (told as HTMLElement).hidden), true);
    await clearDatabases(bonafide);
    await click(options, "#hides-clear");
    await options.waitForSelector("#store-shut", { visible: true });
    assert.equal(await options.$eval("#hides-clear", (box) => (box as HTMLInputElement).checked), true);
  },
  { token: true },
);

browserTest(
  "what the browser clears beneath a running worker stops nothing: it is asked for anew",
  async (bonafide) => {
    const { openPopup, control } = bonafide;
    const popup = await openPopup("newcomer-nia");
    assert.equal(await reportLevel(popup), "clear");
    await clearDatabases(bonafide);
    assert.equal(await lookUp(popup, "patchy-pat"), "caution");
    assert.equal(await lookUp(popup, "newcomer-nia"), "clear");

    // What could not be kept is gone with the worker, and with it the token.
    await killWorker(bonafide);
    await control.clearLog();
    // Without a token nobody tells who closed what; the repeated titles of her issues show all the same.
    assert.equal(await lookUp(popup, "echo-eve"), "alert");
    await until(popup, () => document.querySelector<HTMLElement>("#hint")?.hidden === false);
    const { calls } = await control.log();
    assert.ok(calls.some(({ logins }) => logins.includes("echo-eve")));
    for (const call of calls) assert.equal(call.tokenName, null);
  },
  { token: true },
);
