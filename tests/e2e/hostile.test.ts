// A page of GitHub's whose scripts are against the reader: it may see that Bonafide is there, and nothing else.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { type Bonafide, click, until } from "./browser.ts";
import {
  BADGE,
  browserTest,
  CARD,
  cardText,
  openCard,
  readThrough,
  reported,
  reportLevel,
  settled,
} from "./harness.ts";
import { untilRevealed } from "./shadow.ts";

const PULL = "/acme/web/pull/7";
const NOTE = "met at the quiet harbour";

/** Keeps something of somebody by the options' form. */
async function keep({ openOptions }: Bonafide, login: string, mark: string, note: string): Promise<void> {
  const options = await openOptions();
  await options.type("#person-login", login);
  await options.select("#person-mark", mark);
  await options.type("#person-note", note);
  await click(options, "#person-form button[type=submit]");
  await options.waitForSelector(`[data-person="${login}"]`);
  await options.close();
}

/** Has the page's own script do to all of ours whatever a reader could do. */
async function pretend(page: Page): Promise<void> {
  await page.evaluate(() => {
    const ours = [...document.querySelectorAll<HTMLElement>("[data-bonafide-login], [data-bonafide-card]")];
    for (const host of ours) {
      for (const kind of ["pointerover", "pointerdown", "pointerup", "click"])
        host.dispatchEvent(new PointerEvent(kind, { bubbles: true, composed: true, cancelable: true }));
      for (const key of ["Enter", " ", "Escape", "Tab"])
        host.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true }));
      host.dispatchEvent(new FocusEvent("focusin", { bubbles: true, composed: true }));
      host.tabIndex = 0;
      host.focus();
      host.removeAttribute("tabindex");
      host.click();
    }
    document.dispatchEvent(new Event("visibilitychange"));
  });
}

/** All that the page's own script can read of ours: its HTML, and what is in roots that are open. */
function readable(page: Page): Promise<string> {
  return page.evaluate(() => {
    // The tests themselves reveal roots by a property of each element's own; the browser's own getter does not lie.
    const shown = Object.getOwnPropertyDescriptor(Element.prototype, "shadowRoot")?.get;
    const roots = [...document.querySelectorAll("*")].flatMap(
      (element): ShadowRoot[] => shown?.call(element) ?? [],
    );
    return [document.documentElement.outerHTML, ...roots.map(({ innerHTML }) => innerHTML)].join("\n");
  });
}

browserTest(
  "a page that pretends to be the reader learns nothing and spends nothing",
  async (bonafide) => {
    await keep(bonafide, "patchy-pat", "watched", NOTE);
    const page = await bonafide.openPage(PULL);
    await readThrough(page);
    await settled(page);
    await reported(bonafide.control, "serial-sam");
    await bonafide.control.clearLog();

    await pretend(page);
    // What the page did has had its time once something that the reader does has come to its end.
    await openCard(page, "echo-eve");
    const { calls } = await bonafide.control.log();
    const asked = new Set(calls.flatMap(({ logins }) => logins));
    assert.ok(
      [...asked].every((login) => login === "echo-eve"),
      [...asked].join(),
    );
    assert.equal(await page.$$eval(CARD, (cards) => cards.length), 1);
    await page.keyboard.press("Escape");
    await page.waitForSelector(CARD, { hidden: true });

    // The card that the reader opens can be neither read nor pressed.
    await openCard(page, "patchy-pat");
    await reported(bonafide.control, "patchy-pat");
    await bonafide.control.clearLog();
    for (let round = 0; round < 100; round += 1) await pretend(page);
    await page.keyboard.press("Escape");
    await page.waitForSelector(CARD, { hidden: true });
    await openCard(page, "patchy-pat");
    assert.deepEqual((await bonafide.control.log()).calls, []);
    const seen = await readable(page);
    for (const secret of [NOTE, "watched", "Watched"]) assert.ok(!seen.includes(secret), secret);
    // It stood there all the while, for the reader.
    assert.match(await cardText(page), new RegExp(NOTE));
  },
  { token: true },
);

browserTest(
  "a page that takes the names and the functions we could use takes no badge away",
  async ({ browser }) => {
    const page = await browser.newPage();
    await page.evaluateOnNewDocument(() => {
      for (const name of ["bonafide-badge", "bonafide-line", "bonafide-card"])
        customElements.define(
          name,
          class extends HTMLElement {
            constructor() {
              super();
              this.attachShadow({ mode: "open" });
            }
          },
        );
      Element.prototype.attachShadow = () => {
        throw new Error("taken");
      };
      Object.defineProperty(Event.prototype, "isTrusted", { get: () => true });
    });
    await page.goto(`https://github.com${PULL}`);
    await until(page, () => document.querySelector("[data-bonafide-login]") !== null);
    await page.$eval(BADGE, (badge) => badge.scrollIntoView({ block: "center" }));
    await page.$eval(BADGE, (badge) => badge.setAttribute("data-first", ""));
    await untilRevealed(
      page,
      "[data-first]",
      () => document.querySelector("[data-first]")?.shadowRoot?.querySelector("svg") != null,
    );
  },
);

browserTest(
  "a page that names five thousand people spends its share, and the popup answers as ever",
  async ({ openPage, openPopup, control }) => {
    const page = await openPage(PULL);
    await until(page, () => document.querySelector("[data-bonafide-login]") !== null);
    await page.evaluate(() => {
      const names = document.createElement("div");
      names.style.cssText = "position: fixed; inset: 0 auto auto 0; block-size: 1px; overflow: hidden";
      for (let index = 0; index < 5_000; index += 1) {
        const link = document.createElement("a");
        link.className = "author";
        link.href = `/gen-${index}`;
        link.textContent = `gen-${index}`;
        link.setAttribute("data-hovercard-url", `/users/gen-${index}/hovercard`);
        const row = document.createElement("p");
        row.style.cssText = "position: absolute; inset: 0 auto auto 0";
        row.append(link);
        names.append(row);
      }
      document.body.append(names);
    });
    await until(page, () => document.querySelectorAll("[data-bonafide-login]").length > 5_000);
    const popup = await openPopup("patchy-pat");
    assert.equal(await reportLevel(popup), "caution");
    const { calls } = await control.log();
    const logins = new Set(calls.flatMap(({ logins }) => logins));
    // On lists, as which such a page counts, 30 look-ups a minute may begin; the page had its own before.
    assert.ok(logins.size < 100, `${logins.size} people were looked up`);
    assert.ok(calls.length < 250, `${calls.length} calls`);
  },
  { token: true },
);
