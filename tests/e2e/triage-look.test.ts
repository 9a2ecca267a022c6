// The triage page as it looks: in every appearance and every width. A run that looks back has all its parts.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { click, until } from "./browser.ts";
import { browserTest, type TestOptions } from "./harness.ts";
import { standsOut } from "./stands-out.ts";
import { violations } from "./violations.ts";

/** Looks back on what was closed in a repository, and unfolds everything. */
async function lookBack(page: Page): Promise<void> {
  await page.select("#which", "closedSince");
  await page.$eval("#days", (days) => {
    (days as HTMLInputElement).value = "300";
  });
  await click(page, "#start");
  await until(
    page,
    () =>
      document.querySelector<HTMLButtonElement>("#pause")?.disabled === true &&
      document.querySelectorAll("[data-bonafide-row]").length > 0 &&
      document.querySelectorAll('[data-bonafide-row][data-bonafide-level="pending"]').length === 0,
  );
  await page.$$eval("details:not([hidden])", (all) => {
    for (const details of all) details.open = true;
  });
  await page.waitForSelector("#look-back .outcomes");
  await page.$$eval("#trial", ([trial]) => {
    (trial as HTMLDetailsElement).open = true;
  });
  await page.waitForSelector("#pictures figure");
  await until(page, () => document.querySelectorAll("#calls li").length > 0);
}

/** Opens the card of the first row that has one, and waits for its report. */
async function openFirstCard(page: Page): Promise<void> {
  await page.focus("[data-bonafide-row]");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#card [data-bonafide-report]");
}

const LOOKS: Record<string, TestOptions> = {
  // Colours: the same style sheet answers the same questions in both browsers, but for those that a browser forces.
  dark: { scheme: "dark", only: "chromium" },
  "forced colours": { contrast: "forced", scheme: "dark" },
  "320 px wide": { viewport: { width: 320, height: 640 } },
  "at 200 %": { viewport: { width: 640, height: 450, deviceScaleFactor: 2 }, only: "chromium" },
};

for (const [look, options] of Object.entries(LOOKS)) {
  browserTest(
    `axe finds nothing on the triage page, and nothing stands out of it, ${look}`,
    async ({ openTriage }) => {
      const page = await openTriage("acme/web");
      await lookBack(page);
      assert.deepEqual(await violations(page), []);
      for (const direction of ["rtl", "ltr"]) {
        await page.evaluate((direction) => {
          document.documentElement.dir = direction;
        }, direction);
        assert.deepEqual(await standsOut(page), [], direction);
      }
      await openFirstCard(page);
      assert.deepEqual(await violations(page, "#card"), [], "card");
    },
    { token: true, ...options },
  );
}

browserTest(
  "thresholds are tried on what was looked back on, and taken over",
  async ({ openTriage, openOptions, control }) => {
    const page = await openTriage("acme/web");
    await lookBack(page);
    const { calls } = await control.log();
    const change = (value: string): Promise<void> =>
      page.$eval(
        '#trial [data-finding="prs-turned-down"] input',
        (field, value) => {
          (field as HTMLInputElement).value = value;
          field.dispatchEvent(new Event("input", { bubbles: true }));
        },
        value,
      );
    await change("1");
    await until(
      page,
      () => document.querySelector<HTMLButtonElement>("#trial [type=submit]")?.disabled === false,
    );
    await click(page, "#trial [type=submit]");
    await until(
      page,
      () => document.querySelector<HTMLButtonElement>("#trial [type=submit]")?.disabled === true,
    );
    assert.equal((await control.log()).calls.length, calls.length, "nobody is asked for again");

    const options = await openOptions();
    await until(
      options,
      () =>
        document.querySelector<HTMLInputElement>('#thresholds [data-finding="prs-turned-down"] input')
          ?.value === "1",
    );
  },
  { token: true },
);
