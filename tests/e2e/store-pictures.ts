// Run by `cargo xtask store` with a folder: the pictures that the browsers' stores ask for, taken of the demo's people.
//
// Chrome Web Store: screenshots of 1280×800, a tile of 440×280, and an icon of 128×128 whose picture is 96×96 with
// 16 pixels around it (https://developer.chrome.com/docs/webstore/images). Firefox takes the same screenshots.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { type Bonafide, launch, until } from "./browser.ts";
import { openCard, readThrough, settled, untilInCard, untilItemInCard } from "./harness.ts";
import { reveal, untilRevealed } from "./shadow.ts";

const LIST = "/acme/web/pulls/everybody";
const PULL = "/acme/web/pull/7";
const SUBJECT = "serial-sam";
const LINE = "[data-bonafide-people]";
const TEAL = "#1f6f6b";

type Scheme = "light" | "dark";

const dress = (page: Page, scheme: Scheme): Promise<void> =>
  page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);

/** The list, with everybody in the window looked up. */
async function list({ openPage }: Bonafide, scheme: Scheme): Promise<Page> {
  const page = await openPage(LIST);
  await dress(page, scheme);
  await until(page, () =>
    [...document.querySelectorAll("[data-bonafide-login]")].every(
      (badge) =>
        badge.getBoundingClientRect().top > innerHeight ||
        badge.getAttribute("data-bonafide-level") !== "pending",
    ),
  );
  // The line follows the badges: it says of as many as have no level that they are not looked up yet.
  await untilRevealed(page, LINE, () => {
    const pending = document.querySelectorAll<HTMLElement>('[data-bonafide-level="pending"]');
    const many = new Set([...pending].map((badge) => badge.dataset["bonafideLogin"])).size;
    const line = document.querySelector("[data-bonafide-people]")?.shadowRoot?.querySelector("[role=group]");
    const last = line?.querySelector<HTMLElement>(":scope > span:last-of-type");
    return last != null && (last.hidden ? many === 0 : last.textContent?.startsWith(`${many} `) === true);
  });
  return page;
}

const VIEWS: Readonly<Record<string, (bonafide: Bonafide) => Promise<Page>>> = {
  "1-list": (bonafide) => list(bonafide, "light"),
  "2-card": (bonafide) => card(bonafide, "light"),
  async "3-filter"(bonafide) {
    const page = await list(bonafide, "dark");
    await page.bringToFront();
    await reveal(page, LINE);
    await page.$eval(LINE, ({ shadowRoot }) =>
      shadowRoot?.querySelector<HTMLElement>('[data-filter="several"]')?.focus(),
    );
    await page.keyboard.press("Enter");
    await page.waitForSelector("[data-bonafide-dimmed]");
    return page;
  },
  "4-card-dark": (bonafide) => card(bonafide, "dark"),
  async "5-options"({ openOptions }) {
    const page = await openOptions();
    await dress(page, "light");
    await page.waitForSelector('#token-status[data-state="accepted"]');
    return page;
  },
};

async function card({ openPage }: Bonafide, scheme: Scheme): Promise<Page> {
  const page = await openPage(PULL);
  await dress(page, scheme);
  await readThrough(page);
  await settled(page);
  await openCard(page, SUBJECT);
  await untilItemInCard(page);
  // What the project's own list says comes with a call of its own, too.
  await untilInCard(
    page,
    () => document.querySelector("[data-bonafide-card]")?.shadowRoot?.querySelector(".lines a") != null,
  );
  return page;
}

/** The tile: the icon, the name, and some rows of the list, whose lines have room at this width and whose rim is cut off. */
async function tile(bonafide: Bonafide): Promise<Page> {
  bonafide.setViewport({ width: 520, height: 700, deviceScaleFactor: 2 });
  const rows = await list(bonafide, "light");
  const { x, top, width } = await rows.$eval("li", (row) => {
    const { x, top, width } = row.getBoundingClientRect();
    return { x, top, width };
  });
  const picture = await rows.screenshot({
    encoding: "base64",
    // In the proportions of `main` below.
    clip: { x, y: top - 13, width, height: (width * 190) / 400 },
  });
  await rows.close();
  const icon = Buffer.from(readFileSync("extension/icons/icon.svg")).toString("base64");
  const page = await bonafide.browser.newPage();
  await page.setViewport({ width: 440, height: 280 });
  await page.setContent(`<!doctype html><style>
    body { margin: 0; background: ${TEAL}; color: #fff; font: 600 34px/1 system-ui, sans-serif; }
    header { display: flex; align-items: center; gap: 14px; padding: 20px 20px 16px; }
    header img { inline-size: 56px; }
    main { margin: 0 20px; block-size: 190px; border-radius: 10px 10px 0 0; overflow: hidden; background: #fff; }
    main img { display: block; inline-size: 100%; }
  </style><header><img src="data:image/svg+xml;base64,${icon}" alt="">Bonafide</header>
  <main><img src="data:image/png;base64,${picture}" alt=""></main>`);
  return page;
}

/** The part of the icon that is seen, as left, top, right and bottom. */
async function drawn({ browser }: Bonafide): Promise<string> {
  const page = await browser.newPage();
  const icon = readFileSync("extension/icons/128.png").toString("base64");
  const edges = await page.evaluate(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas?.drawImage(image, 0, 0);
    const { data = [] } = canvas?.getImageData(0, 0, image.width, image.height) ?? {};
    // Less than a sixteenth is the smoothing of an edge.
    const seen = [...data.keys()].filter((at) => at % 4 === 3 && (data[at] ?? 0) > 15).map((at) => at >> 2);
    const x = seen.map((at) => at % image.width);
    const y = seen.map((at) => Math.floor(at / image.width));
    const of = (pick: (...all: number[]) => number, all: number[]): number =>
      all.reduce((a, b) => pick(a, b));
    return [of(Math.min, x), of(Math.min, y), of(Math.max, x) + 1, of(Math.max, y) + 1].join(" ");
  }, `data:image/png;base64,${icon}`);
  await page.close();
  return edges;
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("say into which folder");
const bonafide = await launch();
try {
  const edges = await drawn(bonafide);
  if (edges !== "16 16 112 112") throw new Error(`the icon of 128×128 is drawn in ${edges}`);
  await bonafide.saveToken();
  for (const [name, open] of Object.entries({ ...VIEWS, tile })) {
    bonafide.setViewport({ width: 1280, height: 800 });
    const page = await open(bonafide);
    await page.bringToFront();
    await page.screenshot({ path: join(folder, `${name}.png`) as `${string}.png` });
    await page.close();
  }
} finally {
  await bonafide.close();
}
