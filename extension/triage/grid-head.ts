/** The table's headings: a button a column that sorts, one stop of the Tab key for all. */
import { element } from "../shared/element.js";
import { t } from "../shared/words.js";
import type { Column } from "./columns.js";
import type { Sorting } from "./table-model.js";

/** What the headings set off. */
export interface HeadOwner {
  sortBy(column: string): void;
  selectAll(isSelected: boolean): void;
}

/** The row of headings. */
export interface GridHead {
  readonly element: HTMLElement;
  /** Shows these columns, the one that rows are sorted by, and whether all rows are selected. */
  show(columns: readonly Column[], sorting: Sorting | undefined, isAllSelected: boolean): void;
}

/** Makes the row without columns. */
export function createHead(owner: HeadOwner): GridHead {
  const all = element("input", { type: "checkbox", "aria-label": t("ui_triage_select_all") });
  const row = element("div", { role: "row", class: "line head", "aria-rowindex": 1 });
  const buttons = new Map<string, HTMLButtonElement>();
  let shown: readonly Column[] | undefined;

  const draw = (columns: readonly Column[]): void => {
    buttons.clear();
    row.replaceChildren(
      element("div", { role: "columnheader", class: "select" }, all),
      ...columns.map(({ id, heading, isNumeric }) => {
        const label = t(heading);
        const button = element("button", { type: "button", "data-sort": id, title: label }, label);
        button.addEventListener("click", () => owner.sortBy(id));
        buttons.set(id, button);
        return element(
          "div",
          { role: "columnheader", class: isNumeric === true ? "number" : undefined },
          button,
        );
      }),
    );
    makeStop(buttons.values().next().value);
  };
  const makeStop = (stop: HTMLElement | undefined): void => {
    for (const button of buttons.values()) button.tabIndex = button === stop ? 0 : -1;
  };
  all.addEventListener("change", () => owner.selectAll(all.checked));
  row.addEventListener("keydown", (event) => {
    const order: readonly EventTarget[] = [...buttons.values()];
    const at = event.target === null ? -1 : order.indexOf(event.target);
    const next = at < 0 ? undefined : order[headingAfter(event.key, at, order.length)];
    if (!(next instanceof HTMLElement) || next === event.target) return;
    event.preventDefault();
    makeStop(next);
    next.focus();
  });
  return {
    element: row,
    show(columns, sorting, isAllSelected) {
      if (shown?.map(({ id }) => id).join() !== columns.map(({ id }) => id).join()) draw(columns);
      shown = columns;
      all.checked = isAllSelected;
      for (const [id, button] of buttons) {
        const isSorted = sorting?.column === id;
        button.parentElement?.setAttribute(
          "aria-sort",
          !isSorted ? "none" : sorting.isDescending ? "descending" : "ascending",
        );
      }
    },
  };
}

function headingAfter(key: string, at: number, count: number): number {
  const forward = document.documentElement.dir === "rtl" ? -1 : 1;
  const step = key === "ArrowRight" ? forward : key === "ArrowLeft" ? -forward : 0;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return Math.max(0, Math.min(count - 1, at + step));
}
