import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { until } from "./browser.ts";
import { browserTest, levels, readThrough, settled } from "./harness.ts";
import { badged, expectedPage } from "./pages.ts";
import { untilRevealed } from "./shadow.ts";

const PULL = "/acme/web/pull/7";

/** Follows a link of the page, as a press on it does. */
async function follow(page: Page, path: string): Promise<void> {
  await page.$eval(`a[href="${path}"]`, (link) => (link as HTMLElement).click());
  await at(page, path);
}

/** Waits until the page at this path stands with everybody's badge, and nobody else's. */
async function at(page: Page, path: string): Promise<void> {
  await until(page, (path) => location.pathname === path, path);
  await until(
    page,
    (expected) => {
      const logins = new Set(
        [...document.querySelectorAll("[data-bonafide-login]")].map((badge) =>
          badge.getAttribute("data-bonafide-login"),
        ),
      );
      return [...logins].sort().join() === expected;
    },
    badged(expectedPage(path)).join(),
  );
}

/** Badges that do not stand right after a name, and names with two. */
function strays(page: Page): Promise<string[]> {
  return page.$$eval("[data-bonafide-login]", (badges) =>
    badges
      .filter((badge) => badge.previousElementSibling?.matches("a, strong, button") !== true)
      .map((badge) => badge.outerHTML),
  );
}

browserTest(
  "badges are right on every page on the way, back and forward",
  async ({ openPage, browser }) => {
    const page = await openPage(PULL);
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await at(page, PULL);
    for (const path of ["/acme/web/issues", "/acme/web/pulls"]) {
      await follow(page, path);
      assert.deepEqual(await strays(page), []);
    }
    for (const [step, path] of [
      [-1, "/acme/web/issues"],
      [-1, PULL],
      [1, "/acme/web/issues"],
      [1, "/acme/web/pulls"],
    ] as const) {
      await page.evaluate((step) => history.go(step), step);
      await at(page, path);
      assert.deepEqual(await strays(page), [], `on the way to ${path}`);
    }
    await readThrough(page);
    await settled(page);
    assert.equal((await levels(page))["mel-member"], "known");
    assert.deepEqual(errors, []);
    assert.ok(browser.connected);
  },
  { token: true },
);

browserTest("the copy of a page that GitHub keeps holds no badge", async ({ openPage }) => {
  const page = await openPage("/acme/web/issues");
  await at(page, "/acme/web/issues");
  const left = await page.evaluate(() => {
    document.documentElement.dispatchEvent(new CustomEvent("turbo:before-cache", { bubbles: true }));
    return document.querySelectorAll("[data-bonafide-login], [data-bonafide-card]").length;
  });
  assert.equal(left, 0);
});

browserTest("HTML that holds copies of badges gets badges that work", async ({ openPage }) => {
  const page = await openPage(PULL);
  await at(page, PULL);
  await page.evaluate(() => {
    for (const body of document.querySelectorAll(".timeline-comment-header")) {
      const html = body.cloneNode(true);
      body.replaceWith(html);
    }
  });
  await untilRevealed(page, ".timeline-comment-header [data-bonafide-login]", () => {
    const badges = [...document.querySelectorAll(".timeline-comment-header [data-bonafide-login]")];
    return badges.length > 0 && badges.slice(0, 2).every((badge) => badge.shadowRoot !== null);
  });
  await at(page, PULL);
  assert.deepEqual(await strays(page), []);
});

browserTest("a page of no business of ours is left alone", async ({ openPage }) => {
  const page = await openPage("/about");
  await page.evaluate(() => {
    document.body.insertAdjacentHTML(
      "beforeend",
      '<a class="author" data-hovercard-type="user" data-hovercard-url="/users/ada-steady/hovercard" href="/ada-steady">ada-steady</a>',
    );
    history.pushState({}, "", "/acme/web/pull/7");
  });
  // The same link has a badge as soon as the address is one that names authors, so it was the address alone.
  await until(page, () => document.querySelector('[data-bonafide-login="ada-steady"]') !== null);
  await page.evaluate(() => history.pushState({}, "", "/about"));
  await until(page, () => document.querySelector("[data-bonafide-login]") === null);
});

browserTest(
  "switching the extension off leaves nothing behind",
  async ({ openPage, uninstall, name }) => {
    const page = await openPage(PULL);
    await at(page, PULL);
    await page.evaluate(() =>
      document.querySelector(".timeline-comment [data-bonafide-login]")?.scrollIntoView(),
    );
    const isSeen = (): boolean =>
      [...document.querySelectorAll<HTMLElement>("[data-bonafide-login]")].some(
        (badge) => badge.offsetWidth > 0,
      );
    await until(page, isSeen);
    await page.click(".timeline-comment [data-bonafide-login]");
    const isCardSeen = (): boolean =>
      document.querySelector("[data-bonafide-card]")?.checkVisibility({ visibilityProperty: true }) === true;
    await until(page, isCardSeen);
    await uninstall();
    await until(
      page,
      () =>
        document.querySelector("[data-bonafide-card]")?.checkVisibility({ visibilityProperty: true }) !==
        true,
    );
    // Firefox stops us before anything can be taken out, and takes back the style without which nothing is seen.
    await until(page, () =>
      [...document.querySelectorAll<HTMLElement>("[data-bonafide-login]")].every(
        (badge) => badge.offsetWidth === 0,
      ),
    );
    if (name === "chromium")
      await until(page, () => document.querySelector("[data-bonafide-login]") === null);
  },
  { fresh: "the extension is gone after it" },
);
