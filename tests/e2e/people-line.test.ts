// The line above a list that sums up its authors.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { click, PATIENCE_MS, until } from "./browser.ts";
import { browserTest, settled, untilLevel } from "./harness.ts";
import { reveal, untilRevealed } from "./shadow.ts";
import { violations } from "./violations.ts";

const LIST = "/acme/web/pulls/everybody";
const LINE = "[data-bonafide-people]";

/** Opens the list, and waits until everybody on it has been looked up and the line says so. */
async function openList(openPage: (path: string) => Promise<Page>): Promise<Page> {
  const page = await openPage(LIST);
  await settled(page);
  await untilRevealed(page, LINE, () => {
    const root = document.querySelector("[data-bonafide-people]")?.shadowRoot;
    const spans = root?.querySelectorAll<HTMLElement>("[role=group] > span");
    return spans !== undefined && [...spans].at(-1)?.hidden === true;
  });
  return page;
}

/** The logins of the rows that are not dimmed, as long as any is. */
const left = (page: Page): Promise<string[]> =>
  page.$$eval("li:not([data-bonafide-dimmed]) [data-bonafide-login]", (badges) =>
    document.querySelector("[data-bonafide-dimmed]") === null
      ? []
      : badges.map((badge) => badge.getAttribute("data-bonafide-login") ?? ""),
  );

/** Where each row begins and ends, and how high the page is. */
const places = (page: Page): Promise<number[]> =>
  page.evaluate(() => [
    document.documentElement.scrollHeight,
    ...[...document.querySelectorAll("li")].flatMap((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return [top, bottom];
    }),
  ]);

/** What can be pressed on the page and is covered by the line by more than its rim. */
const covered = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const host = document.querySelector("[data-bonafide-people]");
    const line = host?.shadowRoot?.querySelector("[role=group]")?.getBoundingClientRect();
    if (line === undefined) throw new Error("there is no line");
    return [...document.querySelectorAll("main a, main button")].flatMap((it) => {
      const box = it.getBoundingClientRect();
      const width = Math.min(box.right, line.right) - Math.max(box.left, line.left);
      const height = Math.min(box.bottom, line.bottom) - Math.max(box.top, line.top);
      return width > 0 && height > 2 ? [`${it.textContent} by ${height} px`] : [];
    });
  });

for (const width of [1280, 390]) {
  browserTest(
    `the authors of a list are summed up and filtered by keyboard, and nothing moves, ${width} pixels wide`,
    async ({ openPage, openOptions }) => {
      const page = await openList(openPage);
      const names = await page.$eval(LINE, ({ shadowRoot }) =>
        [...(shadowRoot?.querySelectorAll("[data-filter]:not([hidden])") ?? [])].map(
          (button) => button.querySelector("span")?.textContent ?? "",
        ),
      );
      assert.deepEqual(
        names.map((name) => name.replace(/\d+ /, "")),
        ["strong signals", "worth a look", "new here", "more than once"],
      );
      assert.deepEqual(await covered(page), []);
      assert.deepEqual(await violations(page, LINE), []);

      const before = await places(page);
      const focused = (): Promise<string | undefined> =>
        page.evaluate(() => {
          const host = document.activeElement;
          return host?.shadowRoot?.activeElement?.getAttribute("data-filter") ?? undefined;
        });
      await page.bringToFront();
      for (let presses = 0; (await focused()) !== "several"; presses += 1) {
        assert.ok(presses < 100, "the filter cannot be reached");
        await page.keyboard.press("Tab");
      }
      await page.keyboard.press("Enter");
      const several = await left(page);
      assert.ok(several.filter((login) => login === "flood-finn").length === 4, several.join());
      assert.ok(several.includes("ada-steady") && !several.includes("serial-sam"), several.join());
      assert.deepEqual(await violations(page, LINE), [], "with a filter");
      assert.deepEqual(await places(page), before, "a filter moves nothing");
      await page.keyboard.press("Escape");
      assert.deepEqual(await left(page), []);
      assert.equal(await focused(), "several", "the focus stays");
      await page.keyboard.press(" ");
      assert.notDeepEqual(await left(page), []);

      const options = await openOptions();
      await options.waitForSelector("#thresholds tr");
      await click(options, "#shows-people-line");
      await until(page, () => document.querySelector("[data-bonafide-people]") === null);
      assert.deepEqual(await left(page), []);
      assert.deepEqual(await places(page), before, "it leaves no trace");
      await click(options, "#shows-people-line");
      await page.waitForSelector(LINE);
    },
    // So high that everybody is in view, and is looked up.
    { token: true, viewport: { width, height: 3000 } },
  );
}

browserTest(
  "where a style of the page hangs on who stands beside the list, nothing moves either",
  async ({ openPage, openOptions }) => {
    const page = await openPage("/acme/web/pulls");
    await settled(page);
    await page.waitForSelector(LINE);
    const rows = (): Promise<number[]> =>
      page.$$eval(".js-issue-row", (found) => found.map((row) => row.getBoundingClientRect().top));
    const before = await rows();
    const options = await openOptions();
    await options.waitForSelector("#thresholds tr");
    await click(options, "#shows-people-line");
    await until(page, () => document.querySelector("[data-bonafide-people]") === null);
    assert.deepEqual(await rows(), before);
  },
  { token: true },
);

browserTest(
  "whoever is named on a list more than once has it in the badge's name",
  async ({ openPage }) => {
    const page = await openPage(LIST);
    await untilLevel(page, "flood-finn", "alert");
    await untilRevealed(page, '[data-bonafide-login="flood-finn"]', () => {
      const badge = document.querySelector('[data-bonafide-login="flood-finn"]');
      const title = badge?.shadowRoot?.querySelector("button")?.title;
      return title?.includes("4 on this page") === true;
    });
    await reveal(page, '[data-bonafide-login="serial-sam"]');
    assert.doesNotMatch(
      await page.$eval(
        '[data-bonafide-login="serial-sam"]',
        ({ shadowRoot }) => shadowRoot?.querySelector("button")?.title ?? "",
      ),
      /on this page/,
    );
  },
  { token: true },
);

// Firefox tells nothing of tabs that an extension opens.
browserTest(
  "the line and the toolbar button's menu open the triage page for the repository at hand",
  async ({ openPage, browser }) => {
    const opened = async (by: () => Promise<void>): Promise<string[]> => {
      const target = browser.waitForTarget((target) => target.url().includes("/triage/triage.html"), {
        timeout: PATIENCE_MS,
      });
      await by();
      const triage = await (await target).page();
      assert.ok(triage);
      await until(triage, () => document.querySelector<HTMLInputElement>("#repository")?.value !== "");
      const filledIn = await triage.$$eval("#repository, #items", (fields) =>
        fields.map((field) => (field as HTMLInputElement | HTMLSelectElement).value),
      );
      await triage.close();
      return filledIn;
    };
    const page = await openPage("/acme/web/issues");
    await settled(page);
    await page.bringToFront();
    await untilRevealed(page, LINE, () => {
      const root = document.querySelector("[data-bonafide-people]")?.shadowRoot;
      const button = root?.querySelector<HTMLElement>("button:not([data-filter])");
      button?.focus();
      return button != null && root?.activeElement === button;
    });
    assert.deepEqual(await opened(() => page.keyboard.press("Enter")), ["acme/web", "issues"]);

    await page.goto("https://github.com/acme/web/pull/7");
    await page.waitForSelector("[data-bonafide-login]");
    const background = await browser.waitForTarget((target) => target.type() === "service_worker");
    const worker = await background.worker();
    assert.ok(worker);
    const press = async (): Promise<void> => {
      await worker.evaluate(async () => {
        // Nobody but a person can open the browser's own menu. This fails where the item is not in it.
        await chrome.contextMenus.update("triage", {});
        const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
        const clicked = chrome.contextMenus.onClicked as unknown as { dispatch(...given: unknown[]): void };
        clicked.dispatch({ menuItemId: "triage" }, tab);
      });
    };
    assert.deepEqual(await opened(press), ["acme/web", "pullRequests"]);
  },
  { token: true, only: "chromium" },
);
