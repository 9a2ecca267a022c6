// The issue or pull request at hand: a group of its own on its author's card and in the popup, context beside the level.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { click, until } from "./browser.ts";
import { browserTest, CARD, openCard, press, reportLevel, settled, untilItemInCard } from "./harness.ts";
import { reveal } from "./shadow.ts";
import { violations } from "./violations.ts";

/** What stands in the group, wherever the report is drawn, and where its links lead. */
async function item(page: Page): Promise<{ kind: string; text: string; links: string[] } | undefined> {
  await reveal(page, CARD);
  return page.evaluate(() => {
    const root = document.querySelector("[data-bonafide-card]")?.shadowRoot ?? document;
    const group = root.querySelector("[data-bonafide-item]");
    if (group === null) return undefined;
    return {
      kind: group.getAttribute("data-bonafide-item") ?? "",
      text: group.textContent ?? "",
      links: [...group.querySelectorAll("a")].map(({ href }) => href),
    };
  });
}

/** A card's first view covers no more of the page than this, in pixels. */
const MOST_HIGH = 360;

const OF_SEVEN = /Closes #1 \(assigned to mel-member\) · 2 others close it too.*review unanswered · 8 files/;

const OF_THEN = /^When opened .*; now: Worth a look · /;

browserTest(
  "the card of who opened a pull request tells what it closes, and nobody else's does",
  async ({ openPage, control }) => {
    const page = await openPage("/acme/web/pull/7");
    await settled(page);
    await openCard(page, "serial-sam");
    await untilItemInCard(page);
    const told = await item(page);
    assert.match(told?.text ?? "", OF_SEVEN);
    for (const link of told?.links ?? []) assert.match(link, /^https:\/\/github\.com\//);
    assert.equal(told?.links[0], "https://github.com/acme/web/issues/1");
    const height = await page.$eval(CARD, (card) => card.getBoundingClientRect().height);
    assert.ok(height <= MOST_HIGH, `the first view is ${height} pixels high`);
    await page.keyboard.press("Escape");
    await openCard(page, "mel-member");
    assert.equal(await item(page), undefined);
    const { calls } = await control.log();
    assert.equal(calls.filter(({ operation }) => operation === "ThisItem").length, 1);
  },
  { token: true },
);

browserTest(
  "the popup tells it of the address that was pasted, for an issue too, and hides it with the names",
  async ({ openPopup }) => {
    const popup = await openPopup("https://github.com/acme/web/pull/7");
    assert.equal(await reportLevel(popup), "alert");
    await until(popup, () => document.querySelector('[data-bonafide-item="pullRequest"]') !== null);
    assert.match((await item(popup))?.text ?? "", OF_SEVEN);
    await press(popup, "Hide names");
    const hidden = await item(popup);
    assert.match(hidden?.text ?? "", /Closes ••• \(assigned to •••\)/);
    assert.deepEqual(hidden?.links, []);
    await popup.close();

    const issue = await openPopup("https://github.com/acme/web/issues/1");
    await until(issue, () => document.querySelector('[data-bonafide-item="issue"]') !== null);
    assert.match(
      (await item(issue))?.text ?? "",
      /Assigned to mel-member.*3 open pull requests would close it/,
    );
  },
  { token: true },
);

/** What stands of the record as of the opening, once it is of this kind. */
async function recordThen(page: Page, state: string): Promise<string> {
  await reveal(page, CARD);
  await until(
    page,
    (state) => {
      const root = document.querySelector("[data-bonafide-card]")?.shadowRoot ?? document;
      return root.querySelector(`[data-bonafide-then="${state}"]`) !== null;
    },
    state,
  );
  return page.evaluate(() => {
    const root = document.querySelector("[data-bonafide-card]")?.shadowRoot ?? document;
    return root.querySelector("[data-bonafide-then]")?.textContent ?? "";
  });
}

browserTest(
  "what the record was when the item was opened is read on request, and then known to the popup too",
  async ({ openPage, openPopup, control }) => {
    const page = await openPage("/acme/web/pull/903");
    await settled(page);
    await openCard(page, "patchy-pat");
    assert.match(await recordThen(page, "offered"), /^Show the level when this was opened/);
    assert.deepEqual(await violations(page, CARD), [], "offered");
    // The focus is in the card, and the keyboard reaches the button in it.
    await reveal(page, CARD);
    await page.evaluate(() => {
      const root = document.querySelector("[data-bonafide-card]")?.shadowRoot;
      root?.querySelector<HTMLElement>("[data-bonafide-then] button")?.focus();
    });
    await page.keyboard.press("Enter");
    assert.match(await recordThen(page, "known"), OF_THEN);
    assert.deepEqual(await violations(page, CARD), [], "known");
    const height = await page.$eval(CARD, (card) => card.getBoundingClientRect().height);
    assert.ok(height <= MOST_HIGH, `the first view is ${height} pixels high`);
    const popup = await openPopup("https://github.com/acme/web/pull/903");
    assert.match(await recordThen(popup, "known"), OF_THEN);
    assert.equal(await reportLevel(popup), "caution");
    const { calls } = await control.log();
    assert.equal(calls.filter(({ operation }) => operation === "Activity").length, 1);
  },
  { token: true },
);

browserTest(
  "whoever opened the page has it in the popup too when picked from the list, and nobody else",
  async ({ openPage, openPopup }) => {
    await settled(await openPage("/acme/web/pull/7"));
    const popup = await openPopup();
    const pick = async (login: string): Promise<void> => {
      await click(popup, `[data-here="${login}"]`);
      await until(
        popup,
        (login) => document.querySelector(`[data-bonafide-report="${login}"] .more`) !== null,
        login,
      );
    };
    await pick("serial-sam");
    await until(popup, () => document.querySelector('[data-bonafide-item="pullRequest"]') !== null);
    assert.match((await item(popup))?.text ?? "", OF_SEVEN);
    await click(popup, "#back");
    await pick("patchy-pat");
    assert.equal(await reportLevel(popup), "caution");
    assert.equal(await item(popup), undefined);
  },
  { token: true },
);

browserTest(
  "what GitHub cannot tell of it is said, and the level stands",
  async ({ openPopup, control }) => {
    await control.faults([{ match: { operation: "ThisItem" }, do: "502" }]);
    const popup = await openPopup("https://github.com/acme/web/pull/7");
    await until(popup, () => document.querySelector('[data-bonafide-item="unknown"]') !== null);
    assert.match((await item(popup))?.text ?? "", /could not be checked/);
    assert.equal(await reportLevel(popup), "alert");
  },
  { token: true },
);
