// Run by `cargo xtask bench`: uses the extension as people do and writes down what the browser and the loopback GitHub
// saw. It judges nothing; what the numbers mean is worked out in crate/xtask/src/bench.

import { writeFileSync } from "node:fs";
import type { Page } from "puppeteer-core";
import { type Bonafide, launch } from "../e2e/browser.ts";
import { type Log, required } from "../e2e/github.ts";
import { badged, expectedPage } from "../e2e/pages.ts";
import { ofAccount, ofRepository, type ProgramRun } from "./gh-profiler.ts";
import { coreStarts, keepPeople, type Memory, memoryOfMany, stopWorker } from "./many.ts";
import { type Assessed, assessInWasm } from "./reports.ts";
import { type Killed, runKilled, runTriage, type Scrolled, scrollTriage, type TriageRun } from "./triage.ts";
import { everybodySettled, type Watched, watch, watched } from "./watch.ts";

/** What one look at a page or one popup showed. Moments are in milliseconds since 1970. */
type Observation = Watched & {
  readonly scenario: "popup" | "page" | "again" | "after";
  /** People who were not known before, except where a page is opened again. */
  readonly authors: number;
  readonly openedAt: number;
  /** When the page's HTML had been read. */
  readonly parsedAt: number;
  readonly log: Log;
};

/** Pages whose calls fit into a minute of GitHub's; they are measured several times. */
const SHORT = [1, 8, 25, 60];

/** The page that takes nearly all that the ledger gives in a minute. What it takes is no chance: once is enough. */
const LONG = 100;

/** A page of so many others, opened as soon as everybody on one of 25 has a level: both want the same minute. */
const AFTER = { authors: 60, path: "/acme/web/pull/1160", first: 25 };

/** The newest open pull requests that gh-profiler makes a table of, and where. */
const BULK = { repository: "acme/crowd", pullRequests: 25 };

/** The page that is opened a second time. */
const AGAIN = 25;

/** How often in each browser; the first visit alone tells as much of a browser that was started a moment ago. */
const VISITS_AGAIN = 5;

/** Pull requests of a run that is measured several times, one whose worker is killed too, and those that take long. */
const ROWS = { short: 25, killed: 200, long: [1_000, 3_000] };

/** Whom the popup looks up, and gh-profiler. */
const SUBJECT = "gen-7";

/** Look-ups after which the worker is weighed. */
const MANY = 2_000;

/** As many own people as the core keeps. */
const OWN_PEOPLE = 20_000;

/** How long the largest page may take before the benchmark gives up. */
const PATIENCE_MS = 8 * 60_000;

/** How often a stopped worker is woken in each browser. */
const WAKINGS = 3;

/** How long after the last answer it is sure that nothing more is drawn. */
const QUIET_MS = 400;

const observations: Observation[] = [];
const firstStarts: number[] = [];
const starts: number[] = [];
const startsWithOwnPeople: number[] = [];
const startsForPopup: number[] = [];
const assessed: Assessed[] = [];
const compared: ProgramRun[] = [];
const bulk: ProgramRun[] = [];
let memory: Memory[] = [];
const triageRuns: TriageRun[] = [];
let scrolled: Scrolled | null = null;
let killed: Killed | null = null;

type Use = (bonafide: Bonafide) => Promise<void>;

/** A browser that knows nobody yet, with a token. */
async function fresh(use: Use, latency: "model" | "none"): Promise<void> {
  const bonafide = await launch({ latency });
  try {
    await bonafide.saveToken();
    await over(bonafide);
    await bonafide.control.clearLog();
    await use(bonafide);
  } finally {
    await bonafide.close();
  }
}

/** The same, and how long the core took to start there. */
async function cold(use: Use, latency: "model" | "none"): Promise<void> {
  await fresh(async (bonafide) => {
    await use(bonafide);
    if (bonafide.name === "chromium") {
      firstStarts.push(...(await coreStarts(bonafide)));
      await stopWorker(bonafide);
      await rest(QUIET_MS);
      const popup = await bonafide.openPopup();
      await rest(QUIET_MS);
      startsForPopup.push(...(await coreStarts(bonafide)));
      await popup.close();
      starts.push(...(await startsAgain(bonafide)));
    }
  }, latency);
}

/** How long the core takes to start, a few times, when a stopped worker is woken. */
async function startsAgain(bonafide: Bonafide): Promise<number[]> {
  const options = await bonafide.openOptions();
  const took: number[] = [];
  for (let waking = 0; waking < WAKINGS; waking += 1) {
    await rest(QUIET_MS);
    await stopWorker(bonafide);
    await rest(QUIET_MS);
    // Whoever calls wakes it: here a page that has nothing else to do.
    await options.evaluate(() => void chrome.runtime.connect({ name: "options" }));
    await rest(QUIET_MS);
    took.push(...(await coreStarts(bonafide)));
  }
  return took;
}

/** The same where the reader keeps as many people as can be kept. */
async function withOwnPeople(): Promise<number[]> {
  const bonafide = await launch({ latency: "none" });
  try {
    await bonafide.saveToken();
    await keepPeople(await bonafide.openOptions(), OWN_PEOPLE);
    return await startsAgain(bonafide);
  } finally {
    await bonafide.close();
  }
}

async function popup(bonafide: Bonafide): Promise<Observation> {
  const page = await bonafide.openPopup(SUBJECT);
  // The first answer takes hundreds of milliseconds, so nothing is missed between opening and this.
  await page.evaluate(watch, 1);
  return note(bonafide, page, "popup", 1);
}

async function look(
  bonafide: Bonafide,
  scenario: "page" | "again" | "after",
  authors: number,
  path = `/acme/web/pull/${1_000 + authors}`,
): Promise<Observation> {
  const page = await bonafide.browser.newPage();
  await page.evaluateOnNewDocument(watch, badged(expectedPage(path)).length);
  await page.goto(`https://github.com${path}`, { waitUntil: "domcontentloaded" });
  return note(bonafide, page, scenario, authors);
}

async function note(
  bonafide: Bonafide,
  page: Page,
  scenario: Observation["scenario"],
  authors: number,
): Promise<Observation> {
  await everybodySettled(page, PATIENCE_MS);
  const log = await over(bonafide);
  await rest(QUIET_MS);
  const [openedAt, parsedAt] = await page.evaluate((): [number, number] => {
    const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    return [
      performance.timeOrigin,
      performance.timeOrigin + (navigation?.domContentLoadedEventStart ?? Number.NaN),
    ];
  });
  const observation = { scenario, authors, openedAt, parsedAt, ...(await watched(page)), log };
  await page.close();
  console.log(`  ${scenario}, ${authors}: ${log.calls.length} calls`);
  return observation;
}

/** Waits until no call is on its way. */
async function over({ control }: Bonafide): Promise<Log> {
  for (;;) {
    const log = await control.log();
    if (log.calls.every(({ endedMs }) => endedMs !== null)) return log;
    await rest(50);
  }
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}

const runs = Number(required("BONAFIDE_BENCH_RUNS"));
const isCompared = required("BONAFIDE_BENCH_GH_PROFILER") === "true";
const isShort = required("BONAFIDE_BENCH_SHORT") === "true";
const only = required("BONAFIDE_BENCH_ONLY");

/** Whether a part is asked for: each is, unless some are named. */
const isMeasured = (part: string): boolean => only === "" || only.split(",").includes(part);

for (let run = 1; run <= runs; run += 1) {
  console.log(`Run ${run} of ${runs}`);
  if (isMeasured("popup"))
    await cold(async (bonafide) => {
      observations.push(await popup(bonafide));
      assessed.push(await assessInWasm(bonafide.browser));
    }, "model");
  if (isCompared && isMeasured("gh-profiler")) compared.push(await ofAccount(SUBJECT));
  if (isMeasured("own-people") && required("BONAFIDE_BROWSER") === "chromium")
    startsWithOwnPeople.push(...(await withOwnPeople()));
  if (isMeasured("triage-25"))
    await fresh(async (bonafide) => {
      triageRuns.push(await runTriage(bonafide, ROWS.short));
    }, "model");
  for (const authors of SHORT.filter((authors) => isMeasured(`${authors}`))) {
    await cold(async (bonafide) => {
      observations.push(await look(bonafide, "page", authors));
      if (authors !== AGAIN) return;
      await bonafide.control.clearLog();
      for (let visit = 0; visit < VISITS_AGAIN; visit += 1)
        observations.push(await look(bonafide, "again", authors));
    }, "model");
  }
}
if (!isShort) {
  console.log("What takes long");
  const triage = async (rows: number): Promise<void> =>
    fresh(async (bonafide) => {
      triageRuns.push(await runTriage(bonafide, rows));
    }, "model");
  if (isMeasured("triage-200") || isMeasured("triage-kills")) await triage(ROWS.killed);
  const calm = triageRuns.find(({ rows }) => rows === ROWS.killed);
  if (calm !== undefined && isMeasured("triage-kills"))
    await fresh(async (bonafide) => {
      killed = await runKilled(bonafide, calm);
    }, "model");
  if (isMeasured("triage-scroll"))
    await fresh(async (bonafide) => {
      scrolled = await scrollTriage(bonafide);
    }, "none");
  // Half an hour: only where it is asked for.
  if (only.split(",").includes("triage-long")) for (const rows of ROWS.long) await triage(rows);
  if (isMeasured(`${LONG}`))
    await cold(async (bonafide) => {
      observations.push(await look(bonafide, "page", LONG));
    }, "model");
  if (isMeasured("after"))
    await cold(async (bonafide) => {
      await look(bonafide, "page", AFTER.first);
      observations.push(await look(bonafide, "after", AFTER.authors, AFTER.path));
    }, "model");
  if (isCompared && isMeasured("bulk")) bulk.push(await ofRepository(BULK.repository, BULK.pullRequests));
  if (isMeasured("memory") && required("BONAFIDE_BROWSER") === "chromium") {
    console.log(`${MANY} people by hand, to weigh the worker`);
    await cold(async (bonafide) => {
      memory = await memoryOfMany(bonafide, MANY);
    }, "none");
  }
}
writeFileSync(
  required("BONAFIDE_BENCH_OUT"),
  JSON.stringify({
    observations,
    firstStartsMs: firstStarts,
    coreStartsMs: starts,
    popupStartsMs: startsForPopup,
    ownPeopleStartsMs: startsWithOwnPeople,
    memory,
    assessed,
    ghProfiler: compared,
    ghProfilerBulk: bulk,
    triage: { runs: triageRuns, scrolled, killed },
  }),
);
