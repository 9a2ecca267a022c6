import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { click, enterToken, until, type Viewport } from "./browser.ts";
import { TOKENS } from "./github.ts";
import {
  browserTest,
  CARD,
  openCard,
  readThrough,
  reportLevel,
  settled,
  type TestOptions,
  untilItemInCard,
} from "./harness.ts";
import { reveal } from "./shadow.ts";
import { standsOut } from "./stands-out.ts";
import { violations } from "./violations.ts";

const APPEARANCES: Record<string, TestOptions> = {
  light: {},
  // The same style sheet answers the same questions in both browsers.
  dark: { scheme: "dark", only: "chromium" },
  "more contrast": { contrast: "more", only: "chromium" },
  // The usual kind: white on black.
  "forced colours": { contrast: "forced", scheme: "dark" },
};

/** What the browser says of how pages are to look. */
const asked = (page: Page): Promise<Record<string, boolean>> =>
  page.evaluate(() => ({
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    more: matchMedia("(prefers-contrast: more)").matches,
    forced: matchMedia("(forced-colors: active)").matches,
  }));

for (const [appearance, options] of Object.entries(APPEARANCES)) {
  browserTest(
    `axe finds nothing in card, popup and options, ${appearance}`,
    async ({ openPage, openPopup, openOptions }) => {
      const page = await openPage("/acme/web/pull/7");
      assert.deepEqual(await asked(page), {
        dark: options.scheme === "dark",
        more: options.contrast !== undefined,
        forced: options.contrast === "forced",
      });
      await readThrough(page);
      await settled(page);
      const dress = (page: Page): Promise<void> =>
        page.evaluate(
          (scheme) => document.documentElement.setAttribute("data-color-mode", scheme),
          options.scheme ?? "light",
        );
      await dress(page);
      // What differs from person to person is words and parts, not colours: one appearance sees them all.
      const isFirst = appearance === "light";
      for (const login of isFirst ? ["serial-sam", "ada-steady", "suspended-sid"] : ["serial-sam"]) {
        await openCard(page, login);
        if (login === "serial-sam") await untilItemInCard(page);
        assert.deepEqual(await violations(page, "[data-bonafide-card]"), [], `card of ${login}`);
        assert.deepEqual(await violations(page, `[data-bonafide-login='${login}']`), [], `badge of ${login}`);
        await unfold(page);
        assert.deepEqual(await violations(page, "[data-bonafide-card]"), [], `card of ${login}, unfolded`);
        await page.keyboard.press("Escape");
      }

      const list = await openPage("/acme/web/pulls/everybody");
      await dress(list);
      // It stands there as soon as it has something to say.
      await list.waitForSelector("[data-bonafide-people]");
      assert.deepEqual(await violations(list, "[data-bonafide-people]"), [], "the line above a list");
      await list.close();

      await page.bringToFront();
      const empty = await openPopup();
      await empty.waitForSelector("[data-here]");
      assert.deepEqual(await violations(empty), [], "popup with the people of the page");
      await empty.close();
      for (const target of isFirst
        ? ["serial-sam", "hostile-hal", "suspended-sid", "github.com/settings"]
        : ["suspended-sid", "github.com/settings"]) {
        const popup = await openPopup(target);
        if (target.includes("/")) await popup.waitForSelector("#refused:not([hidden])");
        else await reportLevel(popup);
        await unfold(popup);
        assert.deepEqual(await violations(popup), [], `popup, ${target}`);
        await popup.close();
      }

      const opened = await openOptions();
      await until(
        opened,
        () => document.querySelector<HTMLElement>("#token-status")?.dataset["state"] === "accepted",
      );
      await opened.type("#person-login", "ada-steady");
      await opened.type("#person-note", "reviews well");
      await click(opened, "#person-form button[type=submit]");
      await opened.waitForSelector("[data-person]");
      await unfold(opened);
      assert.deepEqual(await violations(opened), [], "options");
      await enterToken(opened, TOKENS.revoked);
      await opened.waitForSelector('#token-status[role="alert"]');
      assert.deepEqual(await violations(opened), [], "options, refused token");
      await click(opened, "#wipe");
      await opened.waitForSelector("#wipe-yes", { visible: true });
      assert.deepEqual(await violations(opened), [], "options, wiping");
    },
    { token: true, ...options },
  );
}

/** Opens all that is folded, in the card or on a page of ours. */
async function unfold(page: Page): Promise<void> {
  await reveal(page, CARD);
  await page.evaluate(() => {
    const root = document.querySelector("[data-bonafide-card]")?.shadowRoot ?? document;
    for (const details of root.querySelectorAll("details")) details.open = true;
  });
}

const WINDOWS: Record<string, TestOptions & { readonly viewport: Viewport }> = {
  "320 px wide": { viewport: { width: 320, height: 640 } },
  "at 200 %": { viewport: { width: 640, height: 450, deviceScaleFactor: 2 }, only: "chromium" },
};

for (const [size, window] of Object.entries(WINDOWS)) {
  browserTest(
    `nothing stands out of a window ${size}, whichever way it is read`,
    async ({ openPage, openPopup, openOptions }) => {
      const check = async (page: Page, name: string, open?: () => Promise<void>): Promise<void> => {
        for (const direction of ["ltr", "rtl"]) {
          await page.evaluate((direction) => {
            document.documentElement.dir = direction;
          }, direction);
          await open?.();
          await unfold(page);
          assert.deepEqual(await standsOut(page), [], `${name}, ${direction}`);
          const part = open === undefined ? undefined : "[data-bonafide-card]";
          assert.deepEqual(await violations(page, part), [], `${name}, ${direction}`);
        }
      };
      const page = await openPage("/acme/web/pull/7");
      assert.equal(await page.evaluate(() => innerWidth), window.viewport.width);
      await readThrough(page);
      await settled(page);
      for (const login of ["serial-sam", "suspended-sid"]) {
        await check(page, `card of ${login}`, async () => {
          await page.keyboard.press("Escape");
          await openCard(page, login);
          if (login === "serial-sam") await untilItemInCard(page);
        });
      }
      for (const target of ["serial-sam", "hostile-hal", "github.com/settings"]) {
        const popup = await openPopup(target);
        if (target.includes("/")) await popup.waitForSelector("#refused:not([hidden])");
        else await reportLevel(popup);
        await check(popup, `popup, ${target}`);
        await popup.close();
      }
      const options = await openOptions();
      await until(
        options,
        () => document.querySelector<HTMLElement>("#token-status")?.dataset["state"] === "accepted",
      );
      await check(options, "options");
    },
    { token: true, ...window },
  );
}

browserTest(
  "the popup is as wide as it is drawn for",
  async ({ browser, openPage }) => {
    const page = await openPage("/acme/web/pull/7");
    await page.bringToFront();
    const background = await browser.waitForTarget((target) => target.type() === "service_worker");
    await (await background.worker())?.evaluate(() => chrome.action.openPopup());
    const target = await browser.waitForTarget((target) => target.url().endsWith("/popup/popup.html"));
    const popup = await target.asPage();
    await until(popup, () => innerWidth >= 400 && innerWidth <= 500);
    await popup.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>("#target");
      if (input !== null) input.value = "two words";
      document.querySelector("form")?.requestSubmit();
    });
    await popup.waitForSelector("#refused:not([hidden])");
    await until(popup, () => innerWidth >= 400 && innerWidth <= 500);
  },
  // Only Chromium can be told to open a popup as its button does.
  { only: "chromium", fresh: "a popup closes with its window, not as a page does" },
);
