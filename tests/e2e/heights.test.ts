// A badge never changes the height of a line: rows and headers are measured with badges and without them. It has a
// width, though, and where a window is too narrow for one word more a line wraps, as it does after a longer name: there
// badges are compared with empty words of their width.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { until } from "./browser.ts";
import { browserTest } from "./harness.ts";

const PAGES = [
  "/acme/web/pulls",
  "/acme/next/pulls",
  "/acme/web/issues",
  "/acme/web/commits/main",
  "/acme/web/compare/main...next",
  "/acme/web/discussions",
  "/acme/web/releases",
  "/acme/web/pull/7",
  "/acme/web/pull/7/files",
  "/acme/web/issues/1",
];

/** What holds a line with a badge and is higher or lower without it, as `text: with → without`. */
function grown(page: Page, isWidthKept: boolean): Promise<string[]> {
  return page.evaluate((isWidthKept) => {
    const badges = [...document.querySelectorAll<HTMLElement>("[data-bonafide-login]")];
    const lines = new Set(
      badges.flatMap((badge) => {
        let line = badge.parentElement;
        while (line !== null && getComputedStyle(line).display.startsWith("inline"))
          line = line.parentElement;
        return line === null ? [] : [line];
      }),
    );
    const heights = (): Map<HTMLElement, number> =>
      new Map([...lines].map((line) => [line, line.getBoundingClientRect().height]));
    const before = heights();
    for (const badge of badges) {
      badge.style.setProperty("display", "none", "important");
      if (!isWidthKept) continue;
      const word = document.createElement("i");
      word.style.cssText =
        "display: inline-block; inline-size: 24px; block-size: 0; margin: 0 4px; flex: none";
      badge.after(word);
    }
    const after = heights();
    return [...lines]
      .filter((line) => Math.abs((before.get(line) ?? 0) - (after.get(line) ?? 0)) > 0.01)
      .map((line) => `${line.textContent?.trim().slice(0, 60)}: ${before.get(line)} → ${after.get(line)}`);
  }, isWidthKept);
}

for (const width of [1280, 768, 390]) {
  browserTest(
    `no badge changes the height of a line in a window of ${width} pixels`,
    async ({ openPage }) => {
      for (const path of PAGES) {
        const page = await openPage(path);
        await until(page, () => document.querySelector("[data-bonafide-login]") !== null);
        assert.deepEqual(await grown(page, width < 1000), [], path);
        await page.close();
      }
    },
    { viewport: { width, height: 900 } },
  );
}
