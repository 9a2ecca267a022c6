// The page that does on request whatever React may do to an author link, and what must hold on it all the time.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import type { LabRequest } from "../pages/react/lab";
import { until } from "./browser.ts";

/** Asks the page to change, and waits until React has drawn the change. */
export async function ask(page: Page, request: LabRequest): Promise<void> {
  await page.evaluate(async (request) => {
    const root = document.documentElement;
    const step = root.dataset["labStep"];
    window.dispatchEvent(new CustomEvent("lab", { detail: request }));
    while (root.dataset["labStep"] === step) await new Promise((done) => requestAnimationFrame(done));
  }, request);
}

/** Waits until each author link has its badge right after it, and there is no other badge. */
export async function untilRight(page: Page): Promise<void> {
  await until(page, () => {
    const links = [...document.querySelectorAll("#lab-rows [data-testid='avatar-link']")];
    const badges = document.querySelectorAll("[data-bonafide-login]");
    return (
      links.length > 0 &&
      badges.length === links.length &&
      links.every((link) => link.nextElementSibling?.getAttribute("data-bonafide-login") === link.textContent)
    );
  });
}

/** The logins that have badges, in the page's order. */
export async function order(page: Page): Promise<(string | null)[]> {
  return page.$$eval("[data-bonafide-login]", (badges) =>
    badges.map((badge) => badge.getAttribute("data-bonafide-login")),
  );
}

/** Fails where React had to repair what it found. */
export async function assertNoRepairs(page: Page): Promise<void> {
  assert.equal(await page.evaluate(() => document.documentElement.dataset["reactErrors"] ?? "0"), "0");
}
