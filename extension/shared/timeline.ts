/**
 * How calls went: a row a call, with a bar for when it waited and when it ran.
 * It shows why something is slow, and that calls overlap.
 */
import { element, svgElement } from "./element.js";
import type { TimedCall } from "./messages.js";
import { number, t } from "./words.js";

/** Calls further apart than this belong to different look-ups. */
const PAUSE_MS = 3_000;

/** The picture, folded until somebody wants to know. */
export interface TimelineView {
  readonly element: HTMLDetailsElement;
  /** Shows these calls. */
  show(calls: readonly TimedCall[]): void;
}

/** Makes the picture; `opened` is called when somebody unfolds it. */
export function timelineView(opened: () => void): TimelineView {
  const rows = element("ol", { class: "calls" });
  const sum = element("p", { class: "sum" });
  const copy = element("button", { type: "button" }, t("ui_copy_bug_report"));
  const copied = element("span", { class: "muted", role: "status" });
  const view = element(
    "details",
    { class: "timeline" },
    element("summary", {}, t("ui_timeline")),
    rows,
    sum,
    element("div", { class: "actions" }, copy, copied),
  );
  let shown: readonly TimedCall[] = [];
  copy.addEventListener("click", () => {
    navigator.clipboard.writeText(bugReport(shown, chrome.runtime.getManifest().version)).then(
      () => copied.replaceChildren(t("ui_copied")),
      () => copied.replaceChildren(t("ui_not_copied")),
    );
  });
  view.addEventListener("toggle", () => {
    if (view.open) opened();
  });
  return {
    element: view,
    show(calls) {
      shown = calls;
      const from = Math.min(...shown.map((call) => call.wantedMs));
      const to = Math.max(...shown.map(endOf));
      const slowest = Math.max(...shown.map(lengthOf));
      const one = (call: TimedCall): HTMLElement => row(call, from, to, lengthOf(call) === slowest);
      rows.replaceChildren(...shown.map(one));
      const together = to - Math.min(...shown.map((call) => call.sentMs));
      const inTurn = shown.reduce((total, call) => total + lengthOf(call), 0);
      sum.replaceChildren(
        shown.length === 0
          ? t("ui_timeline_none")
          : t("ui_timeline_sum", number(shown.length), number(Math.round(together)), number(inTurn)),
      );
    },
  };
}

/**
 * The calls as text for a bug report: what was asked, how it went, and what of the answers could not be read. It names
 * nobody and holds neither the token nor anything that GitHub answered.
 */
export function bugReport(calls: readonly TimedCall[], version: string): string {
  const lines = calls.flatMap((call) => [
    `${call.name} (${call.bucket}): ${call.result ?? "in progress"}, ${lengthOf(call)} ms, ${call.size ?? 0} bytes`,
    ...call.unreadable.map((error) => `  ${error}`),
  ]);
  return [`Bonafide ${version}`, ...lines].join("\n");
}

/** The calls about a person that were made in one go, the last of such goes. */
export function lastLookUp(calls: readonly TimedCall[], login: string): TimedCall[] {
  const key = login.toLowerCase();
  const about = calls.filter((call) => call.logins.some((it) => it.toLowerCase() === key));
  let start = 0;
  let end = Number.NEGATIVE_INFINITY;
  about.forEach((call, index) => {
    if (call.wantedMs - end > PAUSE_MS) start = index;
    end = Math.max(end, endOf(call));
  });
  return about.slice(start);
}

function endOf(call: TimedCall): number {
  return call.endedMs ?? call.sentMs;
}

function lengthOf(call: TimedCall): number {
  return endOf(call) - call.sentMs;
}

function row(call: TimedCall, from: number, to: number, isSlowest: boolean): HTMLElement {
  const share = (ms: number): number => (100 * ms) / Math.max(1, to - from);
  const bar = (kind: string, start: number, end: number): SVGRectElement =>
    svgElement("rect", { class: kind, x: share(start - from), width: share(end - start), y: 0, height: 4 });
  const picture = svgElement(
    "svg",
    { viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
    bar("waited", call.wantedMs, call.sentMs),
    bar(isSlowest ? "ran slowest" : "ran", call.sentMs, endOf(call)),
  );
  const name = t(`ui_call_${call.name}`);
  const told =
    call.endedMs === undefined || call.endedMs === null
      ? t("ui_timeline_running", name)
      : t("ui_timeline_call", name, number(lengthOf(call)), call.result ?? "");
  return element("li", {}, element("span", {}, isSlowest ? t("ui_timeline_slowest", told) : told), picture);
}
