/** Levels against outcomes: a line a level with its counts, and a bar of their shares. */
import { element, svgElement } from "../shared/element.js";
import type { ItemOutcome, Level } from "../shared/messages.js";
import { number, percentage, t } from "../shared/words.js";
import { drawLevel } from "./columns.js";

/** Outcomes in the order of columns and bars: from what others took to what they turned down. */
const OUTCOMES: readonly ItemOutcome[] = [
  "merged",
  "open",
  "withdrawn",
  "closed",
  "notPlanned",
  "closedByOthers",
];

/** What became of the items of one level. */
export interface LevelOutcomes {
  readonly level: Level;
  readonly counts: ReadonlyMap<ItemOutcome, number>;
}

/** The table; outcomes that none has are left out. */
export function outcomeTable(caption: string, levels: readonly LevelOutcomes[]): HTMLElement {
  const shown = OUTCOMES.filter((outcome) => levels.some(({ counts }) => (counts.get(outcome) ?? 0) > 0));
  const heading = (text: string, kind?: string): HTMLElement =>
    element("th", { scope: "col", class: kind }, text);
  return element(
    "div",
    // A narrow window scrolls it sideways, by keyboard too.
    { class: "scroll", role: "group", tabindex: 0, "aria-label": caption },
    element(
      "table",
      { class: "outcomes" },
      element("caption", {}, caption),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          heading(t("ui_triage_column_level")),
          // The bar says nothing that the numbers beside it do not.
          element("td", {}),
          ...shown.map((outcome) => heading(t(`ui_triage_outcome_${outcome}`), "number")),
        ),
      ),
      element("tbody", {}, ...levels.map((it) => line(it, shown))),
    ),
  );
}

function line({ level, counts }: LevelOutcomes, shown: readonly ItemOutcome[]): HTMLElement {
  const all = shown.reduce((sum, outcome) => sum + (counts.get(outcome) ?? 0), 0);
  const share = (outcome: ItemOutcome): number => (counts.get(outcome) ?? 0) / Math.max(1, all);
  let from = 0;
  const parts = shown.map((outcome) => {
    const width = 100 * share(outcome);
    const part = svgElement("rect", { class: `part ${outcome}`, x: from, y: 0, width, height: 10 });
    from += width;
    return part;
  });
  return element(
    "tr",
    { "data-level": level },
    element("th", { scope: "row" }, ...drawLevel(level)),
    element(
      "td",
      { class: "shares" },
      svgElement(
        "svg",
        { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
        ...parts,
      ),
    ),
    ...shown.map((outcome) =>
      element(
        "td",
        { class: "number" },
        number(counts.get(outcome) ?? 0),
        element("span", { class: "muted" }, ` ${percentage(share(outcome))}`),
      ),
    ),
  );
}
