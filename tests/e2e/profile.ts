// What the extension's script costs a page, as the browser's own performance trace tells it. Chromium alone can be
// asked.

import type { CDPSession, Page } from "puppeteer-core";

/** What of a trace is our content script's, with all that it calls. Times are of the processor, not of the clock: what other programs do meanwhile is no cost of ours. */
export type Cost = {
  readonly totalMs: number;
  /** What of it began before the last badge stood. */
  readonly standingMs: number;
  /** Each time that the script had its turn, in the order of time. */
  readonly slices: readonly { readonly ms: number; readonly what: string }[];
};

/** One row of the trace. Times are in microseconds. */
type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Time of the thread on the processor. */
  readonly tdur?: number;
  readonly args?: {
    readonly data?: {
      readonly url?: string;
      readonly functionName?: string;
      readonly lineNumber?: number;
      readonly columnNumber?: number;
    };
  };
};

/** Marks in the trace each moment at which a badge comes to stand. */
const STANDS = "a badge stands";

/** Runs in the page, ahead of all that the page does; is sent there as text. */
function markBadges(mark: string): void {
  new MutationObserver((records) => {
    const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
    if (added.some((node) => node instanceof Element && node.hasAttribute("data-bonafide-login")))
      performance.mark(mark);
  }).observe(document, { childList: true, subtree: true });
}

/** Starts to trace what the page shows next; the function given back ends it and tells the cost. */
export async function profile(page: Page): Promise<() => Promise<Cost>> {
  await page.evaluateOnNewDocument(markBadges, STANDS);
  const session: CDPSession = await page.browser().target().createCDPSession();
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: {
      includedCategories: ["devtools.timeline", "blink.user_timing"],
      excludedCategories: ["*"],
    },
  });
  return async () => {
    const ended = new Promise((done) => session.once("Tracing.tracingComplete", done));
    await session.send("Tracing.end");
    await ended;
    await session.detach();
    return costOf(events);
  };
}

/** Adds up the turns that belong to the content script; a turn inside another counts once. */
export function costOf(events: readonly TraceEvent[]): Cost {
  const turns = events
    .filter(({ ph, args }) => ph === "X" && args?.data?.url?.includes("/extension/content/") === true)
    .sort((a, b) => a.ts - b.ts);
  const stood = Math.max(...events.filter(({ name }) => name === STANDS).map(({ ts }) => ts));
  const slices: { ms: number; what: string }[] = [];
  let standingMs = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const { name, ts, dur = 0, tdur = dur, args } of turns) {
    if (ts < end) continue;
    end = ts + dur;
    if (ts < stood) standingMs += tdur / 1000;
    slices.push({
      ms: tdur / 1000,
      what: `${name} ${args?.data?.url?.split("/").at(-1)} ${args?.data?.functionName ?? ""}:${args?.data?.columnNumber ?? ""}`,
    });
  }
  return { totalMs: slices.reduce((sum, { ms }) => sum + ms, 0), standingMs, slices };
}
