// Run by `cargo xtask demo`: opens the extension on a page with authors of every level, for a person to try, or with
// `--screenshots DIR` takes pictures of it.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { type Bonafide, launch } from "./browser.ts";
import { openCard, readThrough, reportLevel, settled, untilInCard, untilItemInCard } from "./harness.ts";

const PAGE = "/acme/web/pull/7";
const SUBJECT = "serial-sam";
const SCHEMES = ["light", "dark"] as const;

/** A window for a person. It is over when the window is closed. */
async function show(): Promise<void> {
  const bonafide = await launch({ visible: true, latency: "model" });
  await bonafide.saveToken();
  await bonafide.openPage(PAGE);
  console.log(`
Chromium shows https://github.com${PAGE}, as a GitHub on this very machine serves it. Look at:

  the badges beside the names    each level has its own shape: an octagon for ${SUBJECT}, who opened the same pull
                                 request in 70 repositories, a person with a check for people known here
  the card                       point at a badge, or reach it with Tab and press Enter
  the popup                      Bonafide's button in the toolbar (or Alt+Shift+B): try patchy-pat, missing-maria
  the options                    right-click that button, Options: the token was pasted there for you

Close the window to end.`);
  await new Promise((closed) => bonafide.browser.once("disconnected", closed));
  await bonafide.close();
}

async function screenshots(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const bonafide = await launch({ latency: "model" });
  try {
    await bonafide.saveToken();
    for (const scheme of SCHEMES) {
      for (const [name, draw] of Object.entries(VIEWS)) {
        const path = join(folder, `${name}-${scheme}.png`) as `${string}.png`;
        const page = await draw(bonafide, (page) =>
          page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]),
        );
        await page.screenshot({ path });
        await page.close();
        console.log(path);
      }
    }
  } finally {
    await bonafide.close();
  }
}

type Dress = (page: Page) => Promise<void>;

const VIEWS: Record<string, (bonafide: Bonafide, dress: Dress) => Promise<Page>> = {
  async page(bonafide, dress) {
    const page = await bonafide.openPage(PAGE);
    await dress(page);
    await readThrough(page);
    await settled(page);
    // The header is React's, which takes its time.
    await page.waitForSelector(
      '[class*="HeaderSummary"] > [data-bonafide-level]:not([data-bonafide-level="pending"])',
    );
    await page.evaluate(() => window.scrollTo(0, 0));
    return page;
  },
  async card(bonafide, dress) {
    const page = await VIEWS["page"]?.(bonafide, dress);
    if (page === undefined) throw new Error("there is no page to open a card on");
    await openCard(page, SUBJECT);
    await untilItemInCard(page);
    // What the project's own list says comes with a call of its own, too.
    await untilInCard(
      page,
      () => document.querySelector("[data-bonafide-card]")?.shadowRoot?.querySelector(".lines a") != null,
    );
    return page;
  },
  async popup(bonafide, dress) {
    const page = await bonafide.openPopup(`https://github.com${PAGE}`);
    await page.setViewport({ width: 440, height: 600 });
    await dress(page);
    await reportLevel(page);
    await page.waitForSelector('[data-bonafide-item="pullRequest"]');
    return page;
  },
  async options(bonafide, dress) {
    const page = await bonafide.openOptions();
    await page.setViewport({ width: 900, height: 900 });
    await dress(page);
    await page.waitForSelector('#token-status[data-state="accepted"]');
    return page;
  },
};

const [flag, folder] = process.argv.slice(2);
if (flag === "--screenshots" && folder !== undefined) await screenshots(folder);
else await show();
