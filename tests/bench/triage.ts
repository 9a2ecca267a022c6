// Runs of the triage page over the loopback GitHub's `acme/crowd`: how fast they are and what they hold in memory, how
// the table scrolls, and what ten deaths of the worker cost.

import type { CDPSession, Page } from "puppeteer-core";
import { type Bonafide, click, paste } from "../e2e/browser.ts";
import type { Call, Log } from "../e2e/github.ts";
import { killWorker } from "../e2e/worker.ts";
import { type Memory, PLENTY, scales, weigh } from "./many.ts";

/** What a page saw of a run, in milliseconds since 1970; null for not yet. */
type Moments = {
  readonly pressedAt: number;
  /** Every row is drawn and has a level; never of more rows than are drawn. */
  readonly shownAt: number | null;
  /** The run is over. */
  readonly doneAt: number | null;
};

type Levels = Readonly<Record<string, number>>;

/** One run from the press on its button to its end. */
export type TriageRun = Moments & {
  readonly rows: number;
  /** How many rows have which level at the end. */
  readonly levels: Levels;
  readonly log: Log;
  /** What the page's JavaScript holds at the end, in bytes, and what the worker does; none where no browser tells. */
  readonly pageBytes: number | null;
  readonly worker: Memory | null;
};

/** How long each frame took while the table was scrolled from its top to its end, in milliseconds. */
export type Scrolled = { readonly rows: number; readonly framesMs: readonly number[] };

/** What a run whose worker dies asked for and showed, held against the same run in peace; calls are counted in parts of people. */
export type Killed = {
  readonly kills: number;
  /** On their way when the worker died, so that nobody knows their answers. */
  readonly inFlight: number;
  /** Asked for again although the worker had had the answer. */
  readonly repeated: number;
  /** Rows that have another level at the end, or none. */
  readonly lost: number;
};

declare global {
  interface Window {
    bonafideRun?: Moments;
  }
}

const REPOSITORY = "acme/crowd";

/** High enough for 25 rows at once. */
const HIGH = { width: 1280, height: 1_600 };

/** People in the list that is scrolled: as many as a run takes. */
const MOST_ROWS = 5_000;

/** Of them so many have been looked up when it is scrolled; the others come in meanwhile. */
const ROWS_BEFORE_SCROLLING = 500;

/** Pixels by which each frame scrolls: the whole list in half a minute. */
const STEP_PX = 100;

/** How often the worker is killed, and milliseconds between two deaths. */
const KILLS = 10;
const KILL_EVERY_MS = 7_000;

/** An answer that left the server so long before the worker died has reached it, and was kept. */
const KEPT_AFTER_MS = 250;

const LOOK_EVERY_MS = 250;

/** Makes a run of the newest pull requests, open or not. */
export async function runTriage(bonafide: Bonafide, rows: number): Promise<TriageRun> {
  const page = await begin(bonafide, rows);
  await end(page);
  const levels = await levelsOf(page, rows);
  // The table is drawn a little after the run is over.
  const moments = await end(page);
  const log = await bonafide.control.log();
  const isWeighed = bonafide.name === "chromium";
  const worker = isWeighed ? await weigh(await scales(bonafide), rows) : null;
  const pageBytes = isWeighed ? await heapOf(await page.createCDPSession()) : null;
  await page.close();
  console.log(`  triage, ${rows} rows: ${log.calls.length} calls`);
  return { ...moments, rows, levels, log, pageBytes, worker };
}

/** Makes the same run as one in peace, and kills the worker again and again. */
export async function runKilled(bonafide: Bonafide, calm: TriageRun): Promise<Killed> {
  const page = await begin(bonafide, calm.rows);
  const unanswered = new Map<string, number>();
  for (let kill = 0; kill < KILLS; kill += 1) {
    await rest(KILL_EVERY_MS);
    await killWorker(bonafide);
    const { calls, startedAt } = await bonafide.control.log();
    const killedMs = Date.now() - startedAt;
    // What is answered from now on is nobody's, and the page wakes the next worker within a second.
    const isUnheard = ({ startedMs, endedMs }: Call): boolean =>
      startedMs < killedMs && (endedMs === null || endedMs > killedMs - KEPT_AFTER_MS);
    count(calls.filter(isUnheard), unanswered);
  }
  await end(page);
  const levels = await levelsOf(page, calm.rows);
  await page.close();
  const wanted = count(calm.log.calls);
  let repeated = 0;
  for (const [login, parts] of count((await bonafide.control.log()).calls))
    repeated += Math.max(0, parts - (wanted.get(login) ?? 0) - (unanswered.get(login) ?? 0));
  let lost = 0;
  for (const [level, rows] of Object.entries(calm.levels)) lost += Math.max(0, rows - (levels[level] ?? 0));
  const inFlight = [...unanswered.values()].reduce((sum, parts) => sum + parts, 0);
  console.log(`  triage, ${KILLS} kills: ${inFlight} parts in flight`);
  return { kills: KILLS, inFlight, repeated, lost };
}

/** Scrolls a list of 5,000 from its top to its end, while its people are looked up. */
export async function scrollTriage(bonafide: Bonafide): Promise<Scrolled> {
  await bonafide.control.limits({ graphql: PLENTY, core: PLENTY, search: PLENTY });
  const page = await bonafide.openTriage();
  await click(page, '[name="kind"][value="text"]');
  await paste(page, "#people-text", Array.from({ length: MOST_ROWS }, (_, at) => `gen-${at}`).join("\n"));
  await click(page, "#start");
  while ((await done(page)) < ROWS_BEFORE_SCROLLING) await rest(LOOK_EVERY_MS);
  const scroller = await page.waitForFunction(() => {
    const isScrolled = (it: Element): boolean => it.scrollHeight > it.clientHeight + 10_000;
    return [...document.querySelectorAll("#table, #table *"), document.documentElement].find(isScrolled);
  });
  await page.evaluate(startToScroll, scroller, STEP_PX);
  for (;;) {
    await rest(LOOK_EVERY_MS);
    const framesMs = await page.evaluate(() => window.bonafideFrames);
    if (framesMs === undefined) continue;
    await page.close();
    console.log(`  triage, ${MOST_ROWS} rows scrolled: ${framesMs.length} frames`);
    return { rows: MOST_ROWS, framesMs };
  }
}

declare global {
  interface Window {
    /** How long each frame took, once the end was reached. */
    bonafideFrames?: number[];
  }
}

/** Scrolls on in each frame; is sent into the page as text, and so uses nothing from outside. */
function startToScroll(scroller: unknown, stepPx: number): void {
  const element = scroller as Element;
  const framesMs: number[] = [];
  let before: number | undefined;
  const frame = (at: number): void => {
    if (before !== undefined) framesMs.push(at - before);
    before = at;
    const top = element.scrollTop;
    element.scrollTop += stepPx;
    if (element.scrollTop > top) requestAnimationFrame(frame);
    else window.bonafideFrames = framesMs;
  };
  requestAnimationFrame(frame);
}

/** Fills the form in for the newest pull requests, and presses its button. */
async function begin(bonafide: Bonafide, rows: number): Promise<Page> {
  bonafide.setViewport(HIGH);
  const page = await bonafide.openTriage(REPOSITORY);
  await page.select("#which", "lastOpened");
  await page.$eval("#count", (count, rows) => ((count as HTMLInputElement).value = `${rows}`), rows);
  await page.evaluate(pressAndWatch, rows);
  return page;
}

/** Starts the run and notes what becomes of it; is sent into the page as text, and so uses nothing from outside. */
function pressAndWatch(rows: number): void {
  const now = (): number => performance.timeOrigin + performance.now();
  const found: { -readonly [Moment in keyof Moments]: Moments[Moment] } = {
    pressedAt: now(),
    shownAt: null,
    doneAt: null,
  };
  window.bonafideRun = found;
  let isGoing = false;
  new MutationObserver(() => {
    const drawn = [...document.querySelectorAll("[data-bonafide-row]")];
    const isPending = drawn.some((row) => row.getAttribute("data-bonafide-level") === "pending");
    if (drawn.length === rows && !isPending) found.shownAt ??= now();
    const canPause = document.querySelector<HTMLButtonElement>("#pause")?.disabled === false;
    isGoing ||= canPause;
    const bar = document.querySelector('[role="progressbar"]');
    const isFull = bar?.getAttribute("aria-valuenow") === bar?.getAttribute("aria-valuemax");
    if (isGoing && isFull && !canPause) found.doneAt ??= now();
  }).observe(document, { subtree: true, childList: true, attributes: true });
  document.querySelector<HTMLButtonElement>("#start")?.click();
}

/** Waits until a run is over. */
async function end(page: Page): Promise<Moments> {
  for (;;) {
    await rest(LOOK_EVERY_MS);
    const moments = await page.evaluate(() => window.bonafideRun);
    if (typeof moments?.doneAt === "number") return moments;
  }
}

/** How many rows the filters tell of each level, once each row has one: the table is drawn a little later. */
async function levelsOf(page: Page, rows: number): Promise<Levels> {
  for (;;) {
    const levels = await page.$$eval("[data-filter]", (filters): Record<string, number> => {
      const told = filters.map((it) => [
        it.getAttribute("data-level") ?? "",
        Number(it.querySelector(".count")?.textContent?.replaceAll(",", "")),
      ]);
      return Object.fromEntries(told);
    });
    const sum = Object.values(levels).reduce((a, b) => a + b, 0);
    if (sum === rows && !(levels["pending"] ?? 0)) return levels;
    await rest(LOOK_EVERY_MS);
  }
}

/** How many people have been looked up. */
async function done(page: Page): Promise<number> {
  return page.$eval('[role="progressbar"]', (bar) => Number(bar.getAttribute("aria-valuenow")));
}

/** Parts that calls ask for, by login. */
function count(calls: readonly Call[], parts = new Map<string, number>()): Map<string, number> {
  for (const login of calls.flatMap(({ logins }) => logins)) parts.set(login, (parts.get(login) ?? 0) + 1);
  return parts;
}

async function heapOf(client: CDPSession): Promise<number> {
  await client.send("HeapProfiler.collectGarbage");
  return (await client.send("Runtime.getHeapUsage")).usedSize;
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
