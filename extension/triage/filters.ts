/** What the table lets through: levels, words, first-timers, what nobody is assigned to; and whether it is grouped. */
import { element } from "../shared/element.js";
import { find } from "../shared/extension-page.js";
import { icon } from "../shared/icons.js";
import { LEVEL_ORDER } from "../shared/level-order.js";
import type { Level, TriageRow } from "../shared/messages.js";
import { number, t } from "../shared/words.js";
import { NO_FILTER, type RowFilter, type TableModel } from "./table-model.js";

/** The filters above the table. */
export interface Filters {
  /** Shows how many rows have each level, and how many are shown and selected. */
  count(rows: readonly TriageRow[]): void;
}

/** Sets the filters up; `changed` is called after each change of the model's. */
export function setUpFilters(model: TableModel, changed: () => void): Filters {
  const levels = find("#filter-levels", HTMLElement);
  const text = find("#filter-text", HTMLInputElement);
  const first = find("#filter-first", HTMLInputElement);
  const unassigned = find("#filter-unassigned", HTMLInputElement);
  const grouped = find("#grouped", HTMLInputElement);
  const shown = find("#rows-shown", HTMLElement);
  const none = find("#rows-none", HTMLElement);
  let filter: RowFilter = NO_FILTER;

  const apply = (change: Partial<RowFilter>): void => {
    filter = { ...filter, ...change };
    model.setFilter(filter);
    changed();
  };
  const counts = new Map<Level, HTMLElement>();
  const buttons = LEVEL_ORDER.map((level) => {
    const count = element("span", { class: "count" });
    counts.set(level, count);
    const button = element(
      "button",
      { type: "button", "data-filter": level, "data-level": level, "aria-pressed": "false", hidden: true },
      icon(level),
      ` ${t(`level_${level}`)} `,
      count,
    );
    button.addEventListener("click", () => {
      const isChosen = filter.levels.includes(level);
      button.setAttribute("aria-pressed", String(!isChosen));
      apply({
        levels: isChosen ? filter.levels.filter((it) => it !== level) : [...filter.levels, level],
      });
    });
    return button;
  });
  levels.replaceChildren(...buttons);
  text.addEventListener("input", () => apply({ text: text.value }));
  first.addEventListener("change", () => apply({ isFirstOnly: first.checked }));
  unassigned.addEventListener("change", () => apply({ isUnassignedOnly: unassigned.checked }));
  grouped.addEventListener("change", () => {
    model.setGrouped(grouped.checked);
    changed();
  });

  return {
    count(rows) {
      const byLevel = new Map<Level, number>();
      for (const { level } of rows) byLevel.set(level, (byLevel.get(level) ?? 0) + 1);
      for (const [index, level] of LEVEL_ORDER.entries()) {
        const count = byLevel.get(level) ?? 0;
        counts.get(level)?.replaceChildren(number(count));
        const button = buttons[index];
        // One that is chosen can be taken back.
        if (button !== undefined) button.hidden = count === 0 && !filter.levels.includes(level);
      }
      find("#filter-first-label", HTMLElement).hidden = !rows.some((row) => row.isFirstHere != null);
      find("#filter-unassigned-label", HTMLElement).hidden = !rows.some((row) => row.isAssigned === true);
      const visible = model.shown().length;
      const selected = model.selected().length;
      const told = [
        visible === rows.length
          ? t("ui_triage_rows", rows.length)
          : t("ui_triage_rows_of", number(visible), number(rows.length)),
        selected > 0 && t("ui_triage_selected", selected),
      ];
      const said = told.filter((it) => it !== false).join(" ");
      if (shown.textContent !== said) shown.textContent = said;
      none.hidden = visible > 0 || rows.length === 0;
    },
  };
}
