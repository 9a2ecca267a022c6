/**
 * The picture of the window: a column a day, a mark for each pull request
 * above the line and for each issue below it, today at the right.
 *
 * The outcome is told by shape and by colour. All marks of one outcome are one
 * path, so that two hundred cost no more than two.
 */
import { sayPicture } from "./activity-text.js";
import { type Child, element, svgElement } from "./element.js";
import type { DayCount, ItemOutcome, RecentActivity } from "./messages.js";
import { dayAndMonth, t } from "./words.js";

/** The window's 21 days and today, as the core counts them. */
const DAYS = 22;

/** Width of a day and greatest height of each lane, in units of the picture. */
const COLUMN = 16;
const PULL_REQUESTS = 32;
const ISSUES = 16;

/** Marks in a row of a day: few and large where the busiest day has room for them, else smaller. */
const FEWEST_IN_A_ROW = 1;
const MOST_IN_A_ROW = 16;

/** A mark alone in its row would be larger than any letter beside the picture. */
const LARGEST_MARK = 10;

/** A mark's radius as a share of the square around it. */
const MARK_SHARE = 0.36;

/** From the line outwards, in the order of the numbers beside the picture. */
const ORDER: readonly ItemOutcome[] = [
  "merged",
  "withdrawn",
  "closedByOthers",
  "closed",
  "open",
  "notPlanned",
];

/** The picture with its two ends named; nothing where nothing was opened. */
export function drawStrip(activity: RecentActivity): Child {
  const { pullRequests, issues, since } = activity;
  if (pullRequests.length === 0 && issues.length === 0) return null;
  const width = DAYS * COLUMN;
  const above = laneOf(pullRequests, PULL_REQUESTS);
  const below = laneOf(issues, ISSUES);
  const picture = svgElement(
    "svg",
    {
      class: "strip",
      viewBox: `0 0 ${width} ${above.height + below.height + 2}`,
      role: "img",
      "aria-label": sayPicture(activity),
    },
    svgElement("path", { class: "axis", d: `M0 ${above.height}H${width}${ticks(above.height)}` }),
    ...drawLane(pullRequests, above, above.height, -1),
    ...drawLane(issues, below, above.height, 1),
  );
  return element(
    "div",
    { class: "window" },
    picture,
    element(
      "p",
      { class: "ends muted", "aria-hidden": "true" },
      element("span", {}, dayAndMonth(since)),
      element("span", {}, t("ui_today")),
    ),
  );
}

/** A mark as it stands in the picture, to name its number by. */
export function drawMark(outcome: ItemOutcome): SVGSVGElement {
  return svgElement(
    "svg",
    { class: "legend", viewBox: "0 0 10 10", width: 10, height: 10, "aria-hidden": "true" },
    drawPath(outcome, shapeOf(outcome, 5, 5, 3.6), 3.6),
  );
}

/** A tick for each week before today. */
function ticks(line: number): string {
  return [7, 14, 21].map((days) => `M${(DAYS - days) * COLUMN} ${line - 2}v4`).join("");
}

/** How the marks of a lane are laid out. */
interface Lane {
  readonly inRow: number;
  /** The side of the square around a mark. */
  readonly size: number;
  /** Marks of one day that there is room for. */
  readonly most: number;
  readonly height: number;
}

/** The marks of one lane, a path an outcome; `direction` is where a day's marks grow from the line. */
function drawLane(
  counts: readonly DayCount[],
  { inRow, size, most }: Lane,
  line: number,
  direction: 1 | -1,
): SVGElement[] {
  const radius = size * MARK_SHARE;
  const taken = new Map<number, number>();
  const paths = new Map<ItemOutcome, string>();
  for (const outcome of ORDER) {
    for (const { day, count } of counts.filter((it) => it.outcome === outcome)) {
      for (let mark = 0; mark < count; mark += 1) {
        const place = taken.get(day) ?? 0;
        if (place >= most) break;
        taken.set(day, place + 1);
        const x = day * COLUMN + ((place % inRow) + 0.5) * (COLUMN / inRow);
        const y = line + direction * (Math.floor(place / inRow) + 0.5) * size;
        paths.set(outcome, (paths.get(outcome) ?? "") + shapeOf(outcome, x, y, radius));
      }
    }
  }
  return [...paths].map(([outcome, path]) => drawPath(outcome, path, radius));
}

/** The largest marks with which the busiest day still fits; the lane is no higher than that day. */
function laneOf(counts: readonly DayCount[], highest: number): Lane {
  const days = new Map<number, number>();
  for (const { day, count } of counts) days.set(day, (days.get(day) ?? 0) + count);
  const busiest = Math.max(0, ...days.values());
  const sizeFor = (inRow: number): number => Math.min(LARGEST_MARK, COLUMN / inRow);
  const mostFor = (inRow: number): number => inRow * Math.floor(highest / sizeFor(inRow));
  let inRow = FEWEST_IN_A_ROW;
  while (inRow < MOST_IN_A_ROW && mostFor(inRow) < busiest) inRow += 1;
  const size = sizeFor(inRow);
  const most = mostFor(inRow);
  return { inRow, size, most, height: Math.ceil(Math.min(busiest, most) / inRow) * size };
}

function drawPath(outcome: ItemOutcome, d: string, radius: number): SVGPathElement {
  return svgElement("path", {
    class: `mark ${outcome}`,
    d,
    "stroke-width": Math.min(1.6, Math.max(0.6, radius * 0.5)),
  });
}

/** The shape of an outcome around a point; only merged ones are filled. */
function shapeOf(outcome: ItemOutcome, x: number, y: number, r: number): string {
  const [left, right, top, bottom] = [x - r, x + r, y - r, y + r].map(short);
  switch (outcome) {
    case "merged":
    case "open":
      return `M${left} ${short(y)}a${short(r)} ${short(r)} 0 1 0 ${short(2 * r)} 0a${short(r)} ${short(r)} 0 1 0 ${short(-2 * r)} 0z`;
    case "closedByOthers":
      return `M${left} ${top}L${right} ${bottom}M${right} ${top}L${left} ${bottom}`;
    case "withdrawn":
      return `M${left} ${short(y)}H${right}`;
    case "closed":
      return `M${left} ${top}H${right}V${bottom}H${left}z`;
    case "notPlanned":
      return `M${left} ${bottom}L${right} ${top}`;
  }
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
