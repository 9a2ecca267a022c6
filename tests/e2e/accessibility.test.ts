import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { enterToken, until, type Viewport } from "./browser.ts";
import { TOKENS } from "./github.ts";
import {
  browserTest,
  CARD,
  openCard,
  readThrough,
  reportLevel,
  settled,
  type TestOptions,
  untilInCard,
} from "./harness.ts";
import { reveal } from "./shadow.ts";
import { violations } from "./violations.ts";

/** The element with the focus, within shadow roots too, as a selector-like word. */
async function focused(page: Page): Promise<string> {
  await reveal(page, ":focus");
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (element === null) return "";
    const id = element.id === "" ? "" : `#${element.id}`;
    return `${element.localName}${id} ${element.textContent?.trim() ?? ""}`.trim();
  });
}

/** Presses Tab until the focus comes round, and tells where it has been. */
async function tabThrough(page: Page, most = 80): Promise<string[]> {
  const been: string[] = [];
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press("Tab");
    been.push(await focused(page));
  }
  return been;
}

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
      await page.evaluate(
        (scheme) => document.documentElement.setAttribute("data-color-mode", scheme),
        options.scheme ?? "light",
      );
      // What differs from person to person is words and parts, not colours: one appearance sees them all.
      const isFirst = appearance === "light";
      for (const login of isFirst ? ["serial-sam", "ada-steady", "suspended-sid"] : ["serial-sam"]) {
        await openCard(page, login);
        assert.deepEqual(await violations(page, "[data-bonafide-card]"), [], `card of ${login}`);
        assert.deepEqual(await violations(page, `[data-bonafide-login='${login}']`), [], `badge of ${login}`);
        await unfold(page);
        assert.deepEqual(await violations(page, "[data-bonafide-card]"), [], `card of ${login}, unfolded`);
        await page.keyboard.press("Escape");
      }

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
      await opened.click("#person-form button[type=submit]");
      await opened.waitForSelector("[data-person]");
      await unfold(opened);
      assert.deepEqual(await violations(opened), [], "options");
      await enterToken(opened, TOKENS.revoked);
      await opened.waitForSelector('#token-status[role="alert"]');
      assert.deepEqual(await violations(opened), [], "options, refused token");
      await opened.click("#wipe");
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

/** What stands out of the window sideways: a page that scrolls, or a card that does not fit. */
const standsOut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const card = document.querySelector("[data-bonafide-card]");
    const report = card?.shadowRoot?.querySelector(".card") ?? document.documentElement;
    const { left, right } = (card ?? document.documentElement).getBoundingClientRect();
    const { clientWidth } = document.documentElement;
    const out = [...report.querySelectorAll("*:not(.sr)")].filter((element) => {
      const box = element.getBoundingClientRect();
      // A name too long is cut off; a table of many columns scrolls by itself, and the page does not.
      const isCut = element.closest(".clip, .scroll") !== null;
      return !isCut && box.width > 0 && (box.left < -1 || box.right > clientWidth + 1);
    });
    return [
      ...(left < 0 || right > clientWidth ? [`${left} to ${right} of ${clientWidth}`] : []),
      ...(report.scrollWidth > report.clientWidth ? ["scrolls sideways"] : []),
      ...out.map((element) => element.outerHTML.slice(0, 200)),
    ];
  });

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
  "a badge is reached and its card opened, walked through and closed by keyboard",
  async ({ openPage }) => {
    const page = await openPage("/acme/web/pull/7");
    await readThrough(page);
    await settled(page);
    await page.evaluate(() => window.scrollTo(0, 0));
    let presses = 0;
    while (!(await focused(page)).startsWith("button") || !(await onBadge(page, "serial-sam"))) {
      assert.ok(presses++ < 60, "Tab never reaches the badge");
      await page.keyboard.press("Tab");
    }
    // Walking onto the badge shows the card and leaves the focus where it is.
    await until(page, () => document.querySelector("[data-bonafide-card]") !== null);
    assert.match(await focused(page), /^button/, "the card takes the focus before it is asked for");
    await page.keyboard.press("Enter");
    await untilInCard(page, cardHasSettled);
    assert.match(await focused(page), /^div serial-sam/, "the focus is not in the card");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement?.matches("[data-bonafide-card]")));
    await page.keyboard.press("Escape");
    await until(page, () => document.querySelector("[data-bonafide-card]") === null);
    assert.ok(await onBadge(page, "serial-sam"), "the focus does not come back");

    await page.keyboard.press(" ");
    await untilInCard(page, cardHasSettled);
    // Through all that is in sight, the fold opened on the way, in the order of the card, and out of it back to the badge.
    const walked: string[] = [];
    do {
      await page.keyboard.press("Tab");
      walked.push(await focused(page));
      if (walked.at(-1) === "summary More") await page.keyboard.press("Enter");
      assert.ok(walked.length < 60, `Tab never leaves the card: ${walked.join(" | ")}`);
    } while (!(await onBadge(page, "serial-sam")));
    const wanted = [
      /^a 1 open$/,
      /^a merged$/,
      /^a closed$/,
      /^a #1$/,
      /^a mel-member$/,
      /^button Trust$/,
      /^button Watch$/,
      /^button Note$/,
      /^a Open profile$/,
      /^button Copy$/,
      /^summary More$/,
      /^a \d+$/,
      /^a acme\/web#7: Fix typo in README$/,
      /^summary \d+ more$/,
      /^summary \d+ other finding/,
      /^summary Issues elsewhere/,
      /^summary Account and profile/,
      /^a Pull requests here$/,
      /^a Block or report$/,
      /^button Refresh$/,
      /^button Copy as JSON$/,
      /^button Hide names$/,
    ];
    let walkedTo = 0;
    for (const name of wanted) {
      const place = walked.findIndex((been, at) => at >= walkedTo && name.test(been));
      assert.notEqual(place, -1, `${name} is not where it belongs: ${walked.join(" | ")}`);
      walkedTo = place + 1;
    }
    assert.ok(
      !walked.some((been) => /^a 0$/.test(been)),
      `what is folded is walked through: ${walked.join(" | ")}`,
    );

    // A fold is opened by a key, stays open when the report is drawn anew, and the focus stays where it was.
    await page.keyboard.press("Enter");
    await untilInCard(page, cardHasSettled);
    while ((await focused(page)) !== "summary More") await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    while (!(await focused(page)).startsWith("summary Issues elsewhere")) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    while ((await focused(page)) !== "button Refresh") await page.keyboard.press("Tab");
    await page.evaluate(() => {
      const report = document.querySelector("[data-bonafide-card]")?.shadowRoot?.querySelector("footer");
      report?.setAttribute("data-old", "");
    });
    await page.keyboard.press("Enter");
    await untilInCard(page, () => {
      const root = document.querySelector("[data-bonafide-card]")?.shadowRoot;
      return root?.querySelector("footer") !== null && root?.querySelector("footer[data-old]") === null;
    });
    await untilInCard(page, cardHasSettled);
    assert.equal(await focused(page), "button Refresh");
    const isOpen = await page.evaluate(() => {
      const root = document.querySelector("[data-bonafide-card]")?.shadowRoot;
      return root?.querySelector<HTMLDetailsElement>('[data-bonafide-group="issues"]')?.open;
    });
    assert.ok(isOpen, "what the reader has unfolded is folded again");
  },
  { token: true },
);

const cardHasSettled = (): boolean => {
  const report = document
    .querySelector("[data-bonafide-card]")
    ?.shadowRoot?.querySelector('[data-bonafide-report="serial-sam"]');
  return report?.getAttribute("data-bonafide-level") === "alert";
};

async function onBadge(page: Page, login: string): Promise<boolean> {
  return page.evaluate(
    (login) => document.activeElement?.getAttribute("data-bonafide-login") === login,
    login,
  );
}

browserTest(
  "popup and options are used by keyboard alone",
  async ({ openPopup, openOptions }) => {
    const popup = await openPopup();
    await until(popup, () => document.activeElement?.id === "target");
    await popup.keyboard.type("patchy-pat");
    await popup.keyboard.press("Enter");
    assert.equal(await reportLevel(popup), "caution");
    const reached: string[] = [];
    while (reached.at(-1) !== "summary More") {
      assert.ok(reached.length < 60, `Tab never reaches the fold: ${reached.join(" | ")}`);
      await popup.keyboard.press("Tab");
      reached.push(await focused(popup));
    }
    await popup.keyboard.press("Enter");
    reached.push(...(await tabThrough(popup, 50)));
    for (const wanted of [/^button Look up/, /^summary/, /^a/, /^button Refresh/, /^button Hide names/]) {
      assert.ok(
        reached.some((name) => wanted.test(name)),
        `${wanted} is not reached: ${reached.join(" | ")}`,
      );
    }

    const options = await openOptions();
    await until(
      options,
      () => document.querySelector<HTMLElement>("#token-status")?.dataset["state"] === "accepted",
    );
    await options.focus("#policy");
    await options.keyboard.press("ArrowDown");
    await until(options, () =>
      /gh-profiler/.test(document.querySelector("#policy-about")?.textContent ?? ""),
    );
    for (let presses = 0; !(await focused(options)).startsWith("button#wipe"); presses++) {
      assert.ok(presses < 60, "Tab never reaches the button that deletes everything");
      await options.keyboard.press("Tab");
    }
    await options.keyboard.press("Enter");
    await until(options, () => document.activeElement?.id === "wipe-yes");
    await options.keyboard.press("Escape");
    await until(options, () => document.activeElement?.id === "wipe");
    await options.keyboard.press("Enter");
    await options.keyboard.press("Enter");
    await until(
      options,
      () => document.querySelector<HTMLElement>("#token-status")?.dataset["state"] === "none",
    );
    await options.focus("#token");
    await options.keyboard.type(TOKENS.classic);
    await options.keyboard.press("Enter");
    await until(
      options,
      () => document.querySelector<HTMLElement>("#token-status")?.dataset["state"] === "accepted",
    );

    // Tab may lead on to the browser's own controls, so the walk through all comes last.
    const inOptions = await tabThrough(options, 60);
    for (const wanted of [
      "a#make-token",
      "input#token",
      "button#show-token",
      "button#save-token",
      "button#delete-token",
      "select#policy",
      "button#wipe",
    ]) {
      assert.ok(
        inOptions.some((name) => name.startsWith(wanted)),
        `${wanted} is not reached: ${inOptions.join(" | ")}`,
      );
    }
  },
  { token: true },
);

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
