// The badge, the card, the popup and the options by keyboard alone.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { until } from "./browser.ts";
import { TOKENS } from "./github.ts";
import { browserTest, readThrough, reportLevel, settled, untilInCard } from "./harness.ts";
import { reveal } from "./shadow.ts";

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
