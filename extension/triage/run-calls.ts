/** What the calls of a run took, of which there are thousands: a sentence, and how many were under way when. */
import { element, svgElement } from "../shared/element.js";
import type { RunCalls } from "../shared/messages.js";
import { number, t, took } from "../shared/words.js";

const MINUTE_MS = 60_000;

/** The picture's width and height in its own units. */
const WIDTH = 800;
const HEIGHT = 100;

/** What is shown of a run's calls; nothing before the first has ended. */
export function drawRunCalls(run: RunCalls | null | undefined): HTMLElement[] {
  if (run == null || run.calls.length === 0) return [];
  const said = sayRunCalls(run);
  const atOnce = callsAtOnce(run);
  const highest = Math.max(...atOnce);
  const width = WIDTH / atOnce.length;
  const bars = atOnce.map((calls, at) => {
    const height = highest === 0 ? 0 : (HEIGHT * calls) / highest;
    const place = { x: at * width + 0.5, y: HEIGHT - height, width: Math.max(1, width - 1), height };
    const bar = svgElement("rect", { class: "part", ...place });
    const title = svgElement("title");
    title.append(sayPeriod(run, at));
    bar.append(title);
    return bar;
  });
  return [
    element("p", { class: "sum" }, said),
    element(
      "figure",
      {},
      element("figcaption", {}, t("ui_triage_calls_at_once", number(Math.round(highest * 10) / 10))),
      svgElement(
        "svg",
        { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": said },
        ...bars,
      ),
    ),
    element("p", { class: "sum" }, t("ui_triage_calls_last")),
  ];
}

/** How many calls were under way at once in each period, on average. */
export function callsAtOnce({
  periodMinutes,
  tookMs,
  lastedMs,
}: Pick<RunCalls, "periodMinutes" | "tookMs" | "lastedMs">): number[] {
  const period = periodMinutes * MINUTE_MS;
  return tookMs.map((tookMs, at) => tookMs / Math.max(1, Math.min(period, lastedMs - at * period)));
}

function sayRunCalls({ calls, tookMs, waitedMs, lastedMs, slowest, slowestMs }: RunCalls): string {
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  return t(
    "ui_triage_calls_said",
    number(sum(calls)),
    took(lastedMs),
    took(sum(tookMs)),
    took(waitedMs / sum(calls)),
    took(slowestMs),
    t(`ui_call_${slowest}`),
  );
}

function sayPeriod({ periodMinutes, calls, tookMs }: RunCalls, at: number): string {
  const begin = took(at * periodMinutes * MINUTE_MS);
  return t("ui_triage_calls_period", begin, number(calls[at] ?? 0), took(tookMs[at] ?? 0));
}
