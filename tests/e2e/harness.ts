// What a test is made of. The same files run in both browsers. The tests of a process share a browser and a GitHub, which
// are brought back to their start before each of them, so no test can lean on another.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import type { Page } from "puppeteer-core";
import {
  type Bonafide,
  type BrowserName,
  click,
  type LaunchOptions,
  launch,
  PATIENCE_MS,
  paste,
  USUAL_VIEWPORT,
  until,
  type Viewport,
} from "./browser.ts";
import { type Control, required } from "./github.ts";
import { reset } from "./reset.ts";
import { reveal, untilRevealed } from "./shadow.ts";

export type TestOptions = Omit<LaunchOptions, "profile" | "visible"> & {
  /** A good token is kept, as the options page has saved it. */
  readonly token?: boolean;
  readonly viewport?: Viewport;
  /** Why this test needs a browser that nobody has used before, and that nobody uses after it. */
  readonly fresh?: string;
  /** The one browser in which the test runs. README.md says why one is enough. */
  readonly only?: BrowserName;
};

/** The browser of this process; none before the first test and after one that went wrong. */
let shared: Bonafide | undefined;
/** A test that was given up for its time may still be at work in it. */
let isBusy = false;

/**
 * One test in a browser as it is when it has just been started. It fails, besides, where anything but GitHub was
 * contacted, or GitHub was asked for what the loopback GitHub has not.
 */
export function browserTest(
  sentence: string,
  body: (bonafide: Bonafide) => Promise<void>,
  options: TestOptions = {},
): void {
  const isElsewhere = options.only !== undefined && options.only !== required("BONAFIDE_BROWSER");
  const skip = isElsewhere && `in ${options.only} alone`;
  test(sentence, { timeout: 5 * PATIENCE_MS, skip }, async () => {
    const { scheme, contrast, fresh } = options;
    const isOwn = scheme !== undefined || contrast !== undefined || fresh !== undefined;
    const bonafide = isOwn ? await launch(options) : await sharedBrowser();
    if (!isOwn) isBusy = true;
    try {
      bonafide.setViewport(options.viewport ?? USUAL_VIEWPORT);
      if (!isOwn) await reset(bonafide, options.token === true);
      else if (options.token === true) {
        await bonafide.saveToken();
        await bonafide.control.clearLog();
      }
      await body(bonafide);
      const strange = await bonafide.strangeHosts();
      if (strange.length > 0) throw new Error(`contacted: ${strange.join(", ")}`);
      const { unimplemented } = await bonafide.control.log();
      if (unimplemented.length > 0)
        throw new Error(`not in the loopback GitHub: ${unimplemented.join(", ")}`);
      if (!isOwn) isBusy = false;
    } finally {
      if (isOwn) await bonafide.close();
      else if (isBusy) await closeShared();
    }
  });
}

async function sharedBrowser(): Promise<Bonafide> {
  if (isBusy) await closeShared();
  shared ??= await launch();
  return shared;
}

/** Ends the browser of this process; the next test gets a new one. */
export async function closeShared(): Promise<void> {
  const used = shared;
  shared = undefined;
  isBusy = false;
  await used?.close();
}

/** The badges that stand on a page, as `login: level`, in the page's order. */
export async function badges(page: Page): Promise<{ login: string; level: string }[]> {
  return page.$$eval("[data-bonafide-login][data-bonafide-level]:not([data-bonafide-report])", (found) =>
    found.map((badge) => ({
      login: badge.getAttribute("data-bonafide-login") ?? "",
      level: badge.getAttribute("data-bonafide-level") ?? "",
    })),
  );
}

/** The level that all badges of each login show; a login whose badges differ shows `mixed`. */
export async function levels(page: Page): Promise<Record<string, string>> {
  const levels: Record<string, string> = {};
  for (const { login, level } of await badges(page)) {
    levels[login] = (levels[login] ?? level) === level ? level : "mixed";
  }
  return levels;
}

/** Waits until there are badges and none of them is pending. */
export async function settled(page: Page): Promise<void> {
  await until(page, () => {
    const badges = [...document.querySelectorAll("[data-bonafide-login]")];
    return (
      badges.length > 0 && badges.every((badge) => badge.getAttribute("data-bonafide-level") !== "pending")
    );
  });
}

/**
 * Waits until GitHub has answered all that a whole report takes: an opener's, and that of an open card or popup.
 * Its level is shown earlier. Only where a repository is known is there anything to be asked about it.
 */
export async function reported(
  control: Control,
  login: string,
  where: "in a repository" | "anywhere" = "in a repository",
): Promise<void> {
  const whole = ["Counts", `/users/${login}/social_accounts`];
  if (where === "in a repository") whole.push("Here");
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const { calls } = await control.log();
    const answered = calls.filter(({ endedMs, logins }) => endedMs !== null && logins.includes(login));
    const has = (what: string) => answered.some(({ operation }) => operation === what);
    if (whole.every(has)) return;
    if (Date.now() > deadline) throw new Error(`the report of ${login} is not whole`);
  }
}

/** Reads again and again until what is read is this; what is read arrives when it arrives. */
export async function eventually<T>(read: () => Promise<T>, expected: T): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const actual = await read();
    if (isDeepStrictEqual(actual, expected)) return;
    if (Date.now() > deadline) assert.deepEqual(actual, expected);
  }
}

/**
 * Scrolls to each badge of this login and waits until it is drawn. A badge that was passed quickly is a place without a
 * picture, and none is drawn in a tab that stands behind another.
 */
export async function drawBadges(page: Page, login: string): Promise<void> {
  await page.bringToFront();
  const badges = `[data-bonafide-login="${login}"]`;
  const count = await page.$$eval(badges, (found) => found.length);
  for (let at = 0; at < count; at += 1) {
    // A name that the page does not show, as in a header that comes with scrolling, gets no picture either.
    const isShown = await page.$$eval(
      badges,
      (found, at) => {
        found[at]?.scrollIntoView({ block: "center" });
        return found[at]?.parentElement?.checkVisibility() === true;
      },
      at,
    );
    if (!isShown) continue;
    await untilRevealed(
      page,
      badges,
      (badges, at) =>
        document.querySelectorAll(badges)[Number(at)]?.shadowRoot?.querySelector("button") != null,
      badges,
      String(at),
    );
  }
}

/** Waits until every badge of this login shows this level. */
export async function untilLevel(page: Page, login: string, level: string): Promise<void> {
  await until(
    page,
    (login, level) => {
      const badges = [...document.querySelectorAll("[data-bonafide-login]")].filter(
        (badge) => badge.getAttribute("data-bonafide-login")?.toLowerCase() === login.toLowerCase(),
      );
      return (
        badges.length > 0 && badges.every((badge) => badge.getAttribute("data-bonafide-level") === level)
      );
    },
    login,
    level,
  );
}

/** Waits for the popup's report to settle and gives its level. */
export async function reportLevel(page: Page): Promise<string> {
  await until(page, () => {
    const report = document.querySelector("[data-bonafide-report]");
    const level = report?.getAttribute("data-bonafide-level");
    return level !== undefined && level !== null && level !== "pending";
  });
  return page.$eval("[data-bonafide-report]", (report) => report.getAttribute("data-bonafide-level") ?? "");
}

/** Moves through the whole page, so that everything has been in view once. */
export async function readThrough(page: Page): Promise<void> {
  // Behind another tab there are no frames.
  await page.bringToFront();
  await page.evaluate(async () => {
    for (let top = 0; top <= document.documentElement.scrollHeight; top += window.innerHeight / 2) {
      window.scrollTo(0, top);
      // Two frames: one to scroll, one for what watches the view.
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }
  });
}

/** Pastes a target into the open popup, presses Enter, and gives the level of the report that comes. */
export async function lookUp(popup: Page, login: string): Promise<string> {
  await enterTarget(popup, login);
  await until(
    popup,
    (login) => {
      const level = document
        .querySelector(`[data-bonafide-report="${login}"]`)
        ?.getAttribute("data-bonafide-level");
      return level !== undefined && level !== null && level !== "pending";
    },
    login,
  );
  return reportLevel(popup);
}

/** The same with a target of which no report can come, and gives the sentence that comes instead. */
export async function refusal(popup: Page, target: string): Promise<string> {
  await enterTarget(popup, target);
  await until(popup, () => {
    const alert = document.querySelector<HTMLElement>("#refused");
    return alert?.getAttribute("role") === "alert" && !alert.hidden && alert.textContent?.trim() !== "";
  });
  const report = await popup.$("[data-bonafide-report]");
  if (report !== null) throw new Error(`${target}: there is a report besides`);
  return popup.$eval("#refused", (alert) => alert.textContent ?? "");
}

async function enterTarget(popup: Page, target: string): Promise<void> {
  await popup.bringToFront();
  await paste(popup, "#target", target);
  await popup.keyboard.press("Enter");
}

/** Opens the card of a person on a page of GitHub by a click, and waits until its report has settled. */
export async function openCard(page: Page, login: string): Promise<void> {
  const badge = (await page.$$(`[data-bonafide-login="${login}"]`)).at(-1);
  if (badge === undefined) throw new Error(`${login} has no badge`);
  await page.bringToFront();
  await badge.evaluate((badge) => badge.scrollIntoView({ block: "center" }));
  await badge.click();
  await untilInCard(
    page,
    (login) => {
      const card = document.querySelector<HTMLElement>("[data-bonafide-card]");
      const level = card?.shadowRoot
        ?.querySelector(`[data-bonafide-report="${login}"]`)
        ?.getAttribute("data-bonafide-level");
      // It is not seen before it knows how to look.
      return level !== undefined && level !== null && level !== "pending" && card?.style.opacity === "";
    },
    login,
  );
}

/** The open card on a page of GitHub. */
export const CARD = "[data-bonafide-card]";

/** The badges on a page of GitHub. */
export const BADGE = "[data-bonafide-login]:not([data-bonafide-report])";

/** Waits until a condition that looks into the open card's shadow root holds. */
export function untilInCard(
  page: Page,
  condition: (...args: string[]) => boolean,
  ...args: string[]
): Promise<void> {
  return untilRevealed(page, CARD, condition, ...args);
}

/** Waits until the open card tells of the pull request at hand, which comes with a call of its own. */
export function untilItemInCard(page: Page): Promise<void> {
  return untilInCard(
    page,
    () =>
      document
        .querySelector("[data-bonafide-card]")
        ?.shadowRoot?.querySelector('[data-bonafide-item="pullRequest"]') != null,
  );
}

/** The words of the open card. */
export async function cardText(page: Page): Promise<string> {
  await reveal(page, CARD);
  return page.$eval("[data-bonafide-card]", (card) => card.shadowRoot?.textContent ?? "");
}

/** Presses a button that is named by its text, in the popup or, on a page of GitHub, in the card. */
export async function press(page: Page, name: string): Promise<void> {
  await reveal(page, CARD);
  await page.evaluate((name) => {
    const root = document.querySelector("[data-bonafide-card]")?.shadowRoot ?? document;
    const button = [...root.querySelectorAll("button")].find((button) => button.textContent === name);
    if (button === undefined) throw new Error(`there is no button “${name}”`);
    button.click();
  }, name);
}

/** What this button hands to the browser to be saved; the page itself may not fetch it. */
export async function savedBy(page: Page, button: string): Promise<string> {
  await page.evaluate(() => {
    document.body.removeAttribute("data-saved");
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob: Blob) => {
      void blob.text().then((text) => document.body.setAttribute("data-saved", text));
      return make.call(URL, blob);
    };
  });
  await click(page, button);
  await page.waitForSelector("body[data-saved]");
  return page.$eval("body", (body) => body.getAttribute("data-saved") ?? "");
}

/** Deletes everything through the open options page. */
export async function wipe(options: Page): Promise<void> {
  await click(options, "#wipe");
  await click(options, "#wipe-yes");
  await until(
    options,
    () =>
      document.querySelector("#wipe-status")?.textContent !== "" &&
      document.querySelector<HTMLElement>("#token-status")?.dataset["state"] === "none",
  );
}
