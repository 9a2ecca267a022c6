import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { enterToken, PATIENCE_MS, until } from "./browser.ts";
import { TOKENS } from "./github.ts";
import {
  browserTest,
  cardText,
  levels,
  lookUp,
  openCard,
  press,
  readThrough,
  reportLevel,
  settled,
} from "./harness.ts";
import { sayOnline } from "./worker.ts";

const PULL = "/acme/web/pull/7";

/** Those on the page whose badge needs a look-up that brings something. */
const RECORD = {
  "serial-sam": "alert",
  "rejected-rex": "alert",
  "echo-eve": "alert",
  "patchy-pat": "caution",
  "newcomer-nia": "clear",
  "quiet-quinn": "quiet",
};
const LOOKED_UP = Object.keys(RECORD);

function unknownTo(found: Record<string, string>): string[] {
  return LOOKED_UP.filter((login) => found[login] === "unknown");
}

/** Waits until everybody's badge shows what their record has, with nobody pressing anything. */
async function mended(page: Page): Promise<void> {
  await readThrough(page);
  await page.waitForFunction(
    (record) =>
      Object.entries(record).every(([login, level]) =>
        [...document.querySelectorAll(`[data-bonafide-login="${login}"]`)].every(
          (badge) => badge.getAttribute("data-bonafide-level") === level,
        ),
      ),
    { timeout: PATIENCE_MS, polling: 25 },
    RECORD,
  );
}

browserTest(
  "a token that GitHub refuses stops everything at once; a good one mends it without a reload",
  async ({ openPage, openPopup, openOptions, control, browser, name }) => {
    await control.faults([{ do: "401" }]);
    const page = await openPage(PULL);
    await readThrough(page);
    await settled(page);
    assert.deepEqual(unknownTo(await levels(page)), LOOKED_UP);
    // No more than had left before the first answer came: 16 at once, and one more for each good answer before.
    const calls = (await control.log()).calls.filter((call) => call.logins.length > 0);
    assert.ok(calls.length > 0 && calls.length <= 20, `${calls.length} calls`);
    for (const call of calls) assert.equal(call.tokenName, "classic");

    await openCard(page, "newcomer-nia");
    assert.match(await cardText(page), /rejected your token.*Replace token/);
    // Firefox tells nothing of tabs that an extension opens.
    if (name === "chromium") {
      const opened = browser.waitForTarget((target) => target.url().endsWith("options/options.html"), {
        timeout: PATIENCE_MS,
      });
      await press(page, "Replace token");
      await opened;
    }

    const popup = await openPopup();
    assert.equal(await lookUp(popup, "busy-bea"), "unknown");
    const told = await popup.$eval("[data-bonafide-report]", (report) => report.textContent ?? "");
    assert.match(told, /rejected your token.*Replace token/);
    await until(popup, () => {
      const hint = document.querySelector<HTMLElement>("#hint");
      return hint?.hidden === false && hint.getAttribute("role") === "alert" && hint.textContent !== "";
    });
    const after = await control.log();
    const forPeople = after.calls.filter((call) => call.logins.length > 0);
    assert.ok(forPeople.length <= 20, `${forPeople.length} calls for people`);

    await control.faults([]);
    const options = await openOptions();
    await enterToken(options, TOKENS.fineGrained);
    await mended(page);
    await until(popup, () => document.querySelector<HTMLElement>("#hint")?.hidden === true);
    await popup.waitForSelector('[data-bonafide-report]:not([data-bonafide-level="unknown"])');
    assert.notEqual(await reportLevel(popup), "unknown");
  },
  { token: true },
);

browserTest(
  "spent limits are told with the time, and not asked again",
  async ({ openPage, openPopup, control }) => {
    await control.limits({ graphql: { remaining: 0, resetInSeconds: 3_600 } });
    const popup = await openPopup("newcomer-nia");
    assert.equal(await reportLevel(popup), "unknown");
    const told = await popup.$eval("[data-bonafide-report]", (report) => report.textContent ?? "");
    assert.match(told, /limit/);
    assert.match(told, /in (1 hour|60 minutes|59 minutes)/);
    const { graphqlRequests } = await control.log();
    assert.ok(graphqlRequests <= 20, `${graphqlRequests} calls`);

    const page = await openPage(PULL);
    await readThrough(page);
    await settled(page);
    assert.deepEqual(unknownTo(await levels(page)), LOOKED_UP);
    assert.equal((await control.log()).graphqlRequests, graphqlRequests, "a spent limit was asked again");
    await openCard(page, "newcomer-nia");
    assert.match(await cardText(page), /in (1 hour|60 minutes|59 minutes)/);
  },
  { token: true },
);

browserTest(
  "without a network nothing is clear; once it is back everything mends by itself",
  async (bonafide) => {
    const { openPage, openPopup, control } = bonafide;
    await control.faults([{ do: "connection-reset" }]);
    const page = await openPage(PULL);
    await readThrough(page);
    await settled(page);
    assert.deepEqual(unknownTo(await levels(page)), LOOKED_UP);
    await openCard(page, "newcomer-nia");
    assert.match(await cardText(page), /could not be reached/);
    const popup = await openPopup("https://github.com/acme/web/pull/8");
    await until(popup, () => document.querySelector<HTMLElement>("#refused")?.hidden === false);

    await control.faults([]);
    await sayOnline(bonafide);
    await mended(page);
  },
  { token: true },
);

browserTest(
  "a call that is never answered is given up, and asked once more",
  async ({ openPopup, control }) => {
    await control.faults([{ match: { operation: "query PullRequests" }, times: 1, do: "hang" }]);
    const popup = await openPopup("newcomer-nia");
    // Twelve seconds by the browser's clock: the one test that waits for our timer and sees the call aborted.
    await popup.waitForSelector('[data-bonafide-report][data-bonafide-level="clear"]', {
      timeout: 2 * PATIENCE_MS,
    });
    const hanging = (await control.log()).calls.filter((call) => call.fault !== null);
    assert.equal(hanging.length, 1);
    assert.notEqual(hanging[0]?.endedMs, null, "the call goes on");
  },
  { token: true },
);
