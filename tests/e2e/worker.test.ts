import assert from "node:assert/strict";
import { PATIENCE_MS, until } from "./browser.ts";
import type { Call, Control } from "./github.ts";
import { browserTest, levels, lookUp, readThrough, reported, settled, untilLevel } from "./harness.ts";
import { killWorker } from "./worker.ts";

const PULL = "/acme/web/pull/7";

/** Somebody of whose record nothing is of note: a level that a fault must never bring about by itself. */
const SUBJECT = "newcomer-nia";

/** Whatever is asked of her activity, by connection or by search. */
const MATCH = { kind: "graphql", operation: "title state", login: SUBJECT } as const;

/**
 * Alone, pull requests and issues are each asked for at most twice by connection and twice by search, pull requests here
 * at most twice. Before that a request that others share is asked in halves: at most four times for the eleven people of
 * the page, for pull requests and for issues.
 */
const MOST_CALLS = 18;

/** Calls that have met a fault since the one with this number. */
async function metSince(control: Control, last: number): Promise<Call[]> {
  const { calls } = await control.log();
  return calls.filter((call) => call.fault !== null && call.id > last);
}

/** Waits until a call later than this one has met a fault, and gives its number. */
async function underWay(control: Control, last = -1): Promise<number> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const met = await metSince(control, last);
    if (met.length > 0) return Math.max(...met.map(({ id }) => id));
    if (Date.now() > deadline) throw new Error("no call is under way");
  }
}

browserTest(
  "a worker killed in the middle of look-ups is started again, and what it had is not asked anew",
  async (bonafide) => {
    const { openPage, control } = bonafide;
    await control.faults([{ match: { operation: "title state", login: "rejected-rex" }, do: "hang" }]);
    const page = await openPage(PULL);
    const other = await openPage(PULL);
    for (const tab of [page, other]) await readThrough(tab);
    await untilLevel(page, "serial-sam", "alert");
    await until(
      page,
      () =>
        document.querySelectorAll('[data-bonafide-level="pending"]:not([data-bonafide-login="rejected-rex"])')
          .length === 0,
    );
    assert.equal((await levels(page))["rejected-rex"], "pending");
    await reported(control, "serial-sam");
    await control.faults([]);
    await control.clearLog();

    await killWorker(bonafide);
    for (const tab of [page, other]) {
      await untilLevel(tab, "rejected-rex", "alert");
      await settled(tab);
      assert.equal((await levels(tab))["serial-sam"], "alert");
    }
    const people = new Set((await control.log()).calls.flatMap(({ logins }) => logins));
    assert.deepEqual([...people], ["rejected-rex"]);
  },
  { token: true },
);

browserTest(
  "a worker killed while a call hangs, again and again: the badge ends as unknown where nothing comes, and is never better",
  async (bonafide) => {
    const { openPage, control } = bonafide;
    const page = await openPage("/");
    await page.evaluateOnNewDocument((login) => {
      const seen = new Set<string>();
      Object.assign(window, { seenLevels: seen });
      new MutationObserver(() => {
        for (const badge of document.querySelectorAll(`[data-bonafide-login="${login}"]`))
          seen.add(badge.getAttribute("data-bonafide-level") ?? "");
      }).observe(document, { subtree: true, childList: true, attributes: true });
    }, SUBJECT);
    await control.faults([{ match: MATCH, do: "hang" }]);
    await page.goto(`https://github.com${PULL}`, { waitUntil: "domcontentloaded" });
    await readThrough(page);
    let last = -1;
    for (let kill = 0; kill < 2; kill += 1) {
      last = await underWay(control, last);
      await killWorker(bonafide);
    }
    // That a call which hangs is given up takes its time, and is tried elsewhere.
    last = await underWay(control, last);
    await control.faults([{ match: MATCH, do: "502" }]);
    await killWorker(bonafide);
    await page.waitForSelector(`[data-bonafide-login="${SUBJECT}"][data-bonafide-level="unknown"]`);
    await settled(page);
    const seen = await page.evaluate(() => [
      ...(window as unknown as { seenLevels: Set<string> }).seenLevels,
    ]);
    assert.deepEqual(seen.sort(), ["pending", "unknown"]);
    const met = await metSince(control, last);
    assert.ok(met.length > 0 && met.length <= MOST_CALLS, `${met.length} calls`);
  },
  { token: true },
);

browserTest(
  "a popup whose worker is killed says so, and the next question is answered",
  async (bonafide) => {
    const { openPopup, control } = bonafide;
    await control.faults([{ match: MATCH, do: "hang" }]);
    const popup = await openPopup(SUBJECT);
    await underWay(control);
    await killWorker(bonafide);
    await until(popup, () => document.querySelector<HTMLElement>("#refused")?.hidden === false);
    assert.equal(await popup.$eval("#refused", (told) => told.getAttribute("role")), "alert");
    assert.equal(await popup.$('[data-bonafide-report][data-bonafide-level="pending"]'), null);
    await control.faults([]);
    assert.equal(await lookUp(popup, SUBJECT), "clear");
  },
  { token: true },
);
