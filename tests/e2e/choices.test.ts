// What the reader chooses in the options: thresholds, kinds of page, hidden badges.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { click, until } from "./browser.ts";
import {
  BADGE,
  badges,
  browserTest,
  drawBadges,
  levels,
  readThrough,
  reportLevel,
  settled,
  untilLevel,
} from "./harness.ts";
import { untilRevealed } from "./shadow.ts";

const PULL = "/acme/web/pull/7";

/** Writes a number into a field, as a person does. */
async function write(page: Page, field: string, value: string): Promise<void> {
  await page.bringToFront();
  await page.$eval(field, (it) => (it as HTMLInputElement).select());
  await page.type(field, value);
}

/** The fields of the pull requests that others closed. */
const CAUTION = '[data-finding="prs-turned-down"] td:nth-of-type(1) input';
const ALERT = '[data-finding="prs-turned-down"] td:nth-of-type(2) input';

browserTest(
  "thresholds show what they would change before they are kept, and are kept",
  async ({ openOptions, openPage, openPopup }) => {
    const popup = await openPopup("patchy-pat");
    assert.equal(await reportLevel(popup), "caution");
    const options = await openOptions();
    await options.waitForSelector("#thresholds tr");
    await click(options, "#tuning summary");
    await write(options, CAUTION, "90");
    await write(options, ALERT, "95");
    await options.waitForSelector('[data-preview="patchy-pat"]');
    assert.match(
      await options.$eval('[data-preview="patchy-pat"]', (line) => line.textContent ?? ""),
      /Worth a look → .*Nothing of note/,
    );
    assert.equal(await reportLevel(popup), "caution");

    await click(options, "#thresholds-form button[type=submit]");
    await until(
      popup,
      () => document.querySelector("[data-bonafide-report]")?.getAttribute("data-bonafide-level") === "clear",
    );
    const again = await openOptions();
    await again.waitForSelector("#thresholds tr");
    assert.equal(await again.$eval(CAUTION, (field) => (field as HTMLInputElement).value), "90");
    await click(again, "#tuning summary");
    await click(again, "#reset-thresholds");
    await until(again, (field) => document.querySelector<HTMLInputElement>(field)?.value === "2", CAUTION);
    const page = await openPage(PULL);
    await readThrough(page);
    await untilLevel(page, "patchy-pat", "caution");
  },
  { token: true },
);

browserTest(
  "from how many merged pull requests somebody is known is kept, within its range, and has a default",
  async ({ openOptions }) => {
    const known = "#known-from-merged";
    const save = "#thresholds-form button[type=submit]";
    const isShown = (page: Page, value: string): Promise<void> =>
      until(
        page,
        (wanted) => document.querySelector<HTMLInputElement>("#known-from-merged")?.value === wanted,
        value,
      );
    const options = await openOptions();
    await options.waitForSelector("#thresholds tr");
    await isShown(options, "3");
    await click(options, "#tuning summary");
    await write(options, known, "51");
    await click(options, save);
    assert.equal(await options.$eval(known, (it) => it.matches(":invalid")), true);
    await write(options, known, "5");
    await click(options, save);
    await until(options, () => document.querySelector("#thresholds-status")?.textContent !== "");
    const again = await openOptions();
    await isShown(again, "5");
    await click(again, "#tuning summary");
    await click(again, "#reset-thresholds");
    await isShown(options, "3");
  },
  { token: true },
);

browserTest("thresholds in the wrong order are refused in a sentence", async ({ openOptions }) => {
  const options = await openOptions();
  await options.waitForSelector("#thresholds tr");
  await click(options, "#tuning summary");
  await write(options, CAUTION, "8");
  await write(options, ALERT, "3");
  // The preview moves the button while it is being drawn; a field's Enter key submits wherever it stands.
  await options.focus(ALERT);
  await options.keyboard.press("Enter");
  await options.waitForSelector("#thresholds-status [role=alert]");
  assert.match(
    await options.$eval("#thresholds-status", (it) => it.textContent ?? ""),
    /must not be reached before/,
  );
});

browserTest(
  "badges stand only on the kinds of page that are chosen, and come and go in open tabs",
  async ({ openOptions, openPage }) => {
    const page = await openPage(PULL);
    await settled(page);
    const options = await openOptions();
    await options.waitForSelector('[name="page-kind"]');
    const pull = '[name="page-kind"][value="pull"]';
    await click(options, pull);
    await until(page, () => document.querySelector("[data-bonafide-login]") === null);
    const files = await openPage("/acme/web/pull/7/files");
    await until(files, () => document.querySelector("[data-bonafide-login]") !== null);
    const other = await openPage(PULL);
    await other.bringToFront();
    await until(other, () => document.readyState === "complete");

    await options.bringToFront();
    await click(options, pull);
    await until(options, (pull) => document.querySelector<HTMLInputElement>(pull)?.checked === true, pull);
    for (const tab of [page, other]) {
      await tab.bringToFront();
      await until(tab, () => document.querySelector("[data-bonafide-login]") !== null);
    }
  },
  { token: true },
);

browserTest(
  "with badges of nothing of note left out, the others stay and nothing moves",
  async ({ openOptions, openPage }) => {
    const page = await openPage(PULL);
    await readThrough(page);
    await settled(page);
    await drawBadges(page, "newcomer-nia");
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    const options = await openOptions();
    await options.waitForSelector("#thresholds tr");
    await click(options, "#hides-clear");
    const hidden = (): Promise<string[]> =>
      page.$$eval("[data-bonafide-login]", (found) => [
        ...new Set(
          found
            .filter((badge) => getComputedStyle(badge).visibility === "hidden")
            .map((badge) => badge.getAttribute("data-bonafide-level") ?? ""),
        ),
      ]);
    await until(page, () => document.querySelector("[data-bonafide-hidden]") !== null);
    assert.deepEqual((await hidden()).sort(), ["clear", "quiet"]);
    // Inside the root, where the page does not see it, a badge with a mark is seen all the same.
    const untilSeen = (visibility: string): Promise<void> =>
      untilRevealed(
        page,
        BADGE,
        (visibility) => {
          const badges = [...document.querySelectorAll('[data-bonafide-login="newcomer-nia"]')];
          return badges.every(({ shadowRoot }) => {
            const button = shadowRoot?.querySelector("button");
            return button != null && getComputedStyle(button).visibility === visibility;
          });
        },
        visibility,
      );
    await untilSeen("hidden");
    await options.bringToFront();
    await options.type("#person-login", "newcomer-nia");
    await options.select("#person-mark", "watched");
    await click(options, "#person-form button[type=submit]");
    await untilRevealed(
      page,
      '[data-bonafide-login="newcomer-nia"]',
      () =>
        document
          .querySelector('[data-bonafide-login="newcomer-nia"]')
          ?.shadowRoot?.querySelector("[data-mark]") != null,
    );
    await untilSeen("visible");
    assert.deepEqual((await hidden()).sort(), ["clear", "quiet"]);
    assert.ok((await badges(page)).some(({ level }) => level === "alert"));
    assert.equal(await page.evaluate(() => document.documentElement.scrollHeight), height);
    await options.bringToFront();
    await click(options, "#hides-clear");
    await until(page, () => document.querySelector("[data-bonafide-hidden]") === null);
    assert.deepEqual(await hidden(), []);
    assert.equal((await levels(page))["newcomer-nia"], "clear");
  },
  { token: true },
);

browserTest("numbers out of their range are refused and not kept", async ({ openOptions }) => {
  const options = await openOptions();
  await options.waitForSelector("#thresholds tr");
  await write(options, "#list-look-ups", "0");
  await options.keyboard.press("Tab");
  await options.waitForSelector("#pages-status [role=alert]");
  const again = await openOptions();
  await until(again, () => document.querySelector<HTMLInputElement>("#list-look-ups")?.value === "30");
});
