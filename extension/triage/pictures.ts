/** Pictures of all rows: levels over the time of opening, and outcomes by level. */
import { element, svgElement } from "../shared/element.js";
import { find } from "../shared/extension-page.js";
import { LEVEL_ORDER } from "../shared/level-order.js";
import type { ItemOutcome, Level, TriageRow } from "../shared/messages.js";
import { dayAndMonth, number, t } from "../shared/words.js";
import { drawLevel } from "./columns.js";
import { outcomeTable } from "./outcome-table.js";

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Widths of a bar, in days, the narrowest first. */
const SPANS: readonly number[] = [1, 7, 30, 91, 365];

/** More bars than this are too narrow to tell apart. */
const MOST_BARS = 40;

/** The picture's width and height in its own units. */
const WIDTH = 800;
const HEIGHT = 140;

/** The items that were opened within one span. */
export interface Span {
  /** When it begins, in milliseconds since 1970. */
  readonly from: number;
  readonly counts: ReadonlyMap<Level, number>;
}

/** Sets the pictures up; answers how to draw them anew, which is done only while they are unfolded. */
export function setUpPictures(rows: () => readonly TriageRow[]): () => void {
  const section = find("#pictures", HTMLDetailsElement);
  const place = find("#pictures div", HTMLElement);
  let drawn: readonly TriageRow[] | undefined;
  const draw = (): void => {
    const now = rows();
    section.hidden = !now.some((row) => row.createdAt != null);
    if (!section.open || section.hidden || drawn === now) return;
    drawn = now;
    place.replaceChildren(drawOverTime(now), drawOutcomes(now));
  };
  section.addEventListener("toggle", draw);
  return draw;
}

/** Rows by the time of opening, in spans of equal length without a gap, the oldest first. */
export function spansOf(rows: readonly Pick<TriageRow, "createdAt" | "level">[]): Span[] {
  const opened = rows.flatMap(({ createdAt, level }) => {
    const at = createdAt == null ? Number.NaN : Date.parse(createdAt);
    return Number.isNaN(at) ? [] : [{ day: Math.floor(at / DAY_MS), level }];
  });
  if (opened.length === 0) return [];
  const days = opened.map(({ day }) => day);
  const first = days.reduce((a, b) => Math.min(a, b));
  const last = days.reduce((a, b) => Math.max(a, b));
  const barsFor = (width: number): number => Math.floor((last - first) / width) + 1;
  const span =
    SPANS.find((width) => barsFor(width) <= MOST_BARS) ?? Math.ceil((last - first + 1) / MOST_BARS);
  const spans = Array.from({ length: barsFor(span) }, (_, at) => ({
    from: (first + at * span) * DAY_MS,
    counts: new Map<Level, number>(),
  }));
  for (const { day, level } of opened) {
    const counts = spans[Math.floor((day - first) / span)]?.counts;
    counts?.set(level, (counts.get(level) ?? 0) + 1);
  }
  return spans;
}

function drawOverTime(rows: readonly TriageRow[]): HTMLElement {
  const spans = spansOf(rows);
  const totalOf = ({ counts }: Span): number => [...counts.values()].reduce((a, b) => a + b, 0);
  const highest = Math.max(1, ...spans.map(totalOf));
  const width = WIDTH / Math.max(1, spans.length);
  const levels = LEVEL_ORDER.filter((level) => spans.some(({ counts }) => counts.has(level)));
  const total = (level: Level): number =>
    spans.reduce((sum, { counts }) => sum + (counts.get(level) ?? 0), 0);
  const bars = spans.flatMap(({ counts }, at) => {
    let y = HEIGHT;
    return levels.flatMap((level) => {
      const height = (HEIGHT * (counts.get(level) ?? 0)) / highest;
      y -= height;
      const place = { x: at * width + 0.5, y, width: Math.max(1, width - 1), height };
      return height === 0 ? [] : [svgElement("rect", { class: "part", "data-level": level, ...place })];
    });
  });
  const day = (span: Span | undefined): string =>
    span === undefined ? "" : dayAndMonth(new Date(span.from).toISOString());
  const told = levels.map((level) => `${t(`level_${level}`)} ${number(total(level))}`).join(", ");
  const title = t("ui_triage_over_time");
  return element(
    "figure",
    {},
    element(
      "figcaption",
      {},
      title,
      element("span", { class: "muted" }, ` ${t("ui_triage_highest", highest)}`),
    ),
    svgElement(
      "svg",
      {
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
        preserveAspectRatio: "none",
        role: "img",
        "aria-label": t("ui_triage_over_time_said", title, day(spans[0]), day(spans.at(-1)), told),
      },
      ...bars,
    ),
    element(
      "p",
      { class: "ends muted" },
      element("span", {}, day(spans[0])),
      element("span", {}, day(spans.at(-1))),
    ),
    element(
      "ul",
      { class: "legend-list" },
      ...levels.map((level) =>
        element(
          "li",
          { "data-level": level },
          svgElement(
            "svg",
            { viewBox: "0 0 10 10", width: 10, height: 10, "aria-hidden": "true" },
            svgElement("rect", { class: "part", "data-level": level, width: 10, height: 10 }),
          ),
          " ",
          ...drawLevel(level),
          ` ${number(total(level))}`,
        ),
      ),
    ),
  );
}

function drawOutcomes(rows: readonly TriageRow[]): HTMLElement {
  const levels = LEVEL_ORDER.map((level) => {
    const counts = new Map<ItemOutcome, number>();
    for (const row of rows)
      if (row.level === level && row.outcome != null)
        counts.set(row.outcome, (counts.get(row.outcome) ?? 0) + 1);
    return { level, counts };
  });
  return outcomeTable(
    t("ui_triage_outcomes"),
    levels.filter(({ counts }) => counts.size > 0),
  );
}
