import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "puppeteer-core";
import { enterToken, until } from "./browser.ts";
import { TOKENS } from "./github.ts";
import { browserTest, openCard, readThrough, reportLevel, settled } from "./harness.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong on a page or in one part of it, as `rule: element`. */
async function violations(page: Page, part?: string): Promise<string[]> {
  await page.evaluate(AXE);
  return (await page.evaluate(`
    axe.run(${JSON.stringify(part ?? null)} ?? document, { resultTypes: ["violations"] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ": " + html.slice(0, 200) + " " + failureSummary)))
  `)) as string[];
}

/** The element with the focus, within shadow roots too, as a selector-like word. */
async function focused(page: Page): Promise<string> {
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

for (const scheme of ["light", "dark"] as const) {
  browserTest(
    `axe finds nothing in card, popup and options, ${scheme}`,
    async ({ openPage, openPopup, openOptions }) => {
      const page = await openPage("/acme/web/pull/7");
      await readThrough(page);
      await settled(page);
      await page.evaluate(
        (scheme) => document.documentElement.setAttribute("data-color-mode", scheme),
        scheme,
      );
      await openCard(page, "serial-sam");
      assert.deepEqual(await violations(page, "[data-bonafide-card]"), [], "card");
      assert.deepEqual(await violations(page, "[data-bonafide-login='serial-sam']"), [], "badge");

      const popup = await openPopup();
      const isDark = await popup.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
      assert.equal(isDark, scheme === "dark");
      assert.deepEqual(await violations(popup), [], "empty popup");
      for (const target of ["serial-sam", "hostile-hal", "private-priya", "github.com/settings"]) {
        const popup = await openPopup(target);
        if (target.includes("/")) await popup.waitForSelector("#refused:not([hidden])");
        else await reportLevel(popup);
        assert.deepEqual(await violations(popup), [], `popup, ${target}`);
        await popup.close();
      }

      const options = await openOptions();
      await until(
        options,
        () => document.querySelector<HTMLElement>("#token-status")?.dataset["state"] === "accepted",
      );
      assert.deepEqual(await violations(options), [], "options");
      await enterToken(options, TOKENS.revoked);
      await options.waitForSelector('#token-status[role="alert"]');
      assert.deepEqual(await violations(options), [], "options, refused token");
      await options.click("#wipe");
      assert.deepEqual(await violations(options), [], "options, wiping");
    },
    { token: true, scheme },
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
    await until(page, cardHasSettled);
    assert.match(await focused(page), /^div serial-sam/, "the focus is not in the card");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement?.matches("[data-bonafide-card]")));
    await page.keyboard.press("Escape");
    await until(page, () => document.querySelector("[data-bonafide-card]") === null);
    assert.ok(await onBadge(page, "serial-sam"), "the focus does not come back");

    await page.keyboard.press(" ");
    await until(page, cardHasSettled);
    const walked = await tabThrough(page, 40);
    for (const wanted of [/^summary/, /^a .*(acme|See)/, /^button Refresh/, /^button Copy as JSON/]) {
      assert.ok(
        walked.some((name) => wanted.test(name)),
        `${wanted} is not reached: ${walked.join(" | ")}`,
      );
    }
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
    const reached = await tabThrough(popup, 50);
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
    await options.keyboard.press("Tab");
    assert.match(await focused(options), /^button#wipe/);
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
    const inOptions = await tabThrough(options, 12);
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
