/** Draws one line of the table: a row with its cells, or the heading of an author's rows. */
import { element, isolated } from "../shared/element.js";
import { drawing } from "../shared/icons.js";
import { LEVEL_ORDER } from "../shared/level-order.js";
import { t } from "../shared/words.js";
import { type Column, drawLevel, sayItem } from "./columns.js";
import { isHeading, type Line } from "./table-model.js";

/** What can have the focus in a line besides the line itself. */
export const CONTROLS = "a, button, input";

/** Draws the line's cells and attributes anew; the element, and the focus in it, stay. */
export function paintLine(place: HTMLElement, line: Line, columns: readonly Column[]): void {
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  const kept = focused?.getAttribute("data-control");
  if (isHeading(line)) paintHeading(place, line, columns.length);
  else paintRow(place, line, columns);
  if (kept != null) (place.querySelector<HTMLElement>(`[data-control="${kept}"]`) ?? place).focus();
}

function paintRow(place: HTMLElement, line: Line, columns: readonly Column[]): void {
  const row = line.original;
  const isSelected = line.getIsSelected();
  place.className = "line";
  setOrRemove(place, {
    "data-bonafide-row": row.login ?? "",
    "data-bonafide-level": row.level,
    "aria-selected": String(isSelected),
    "aria-level": line.depth > 0 ? "2" : undefined,
    "aria-expanded": undefined,
  });
  const box = element("input", {
    type: "checkbox",
    "data-control": "select",
    "aria-label": t("ui_triage_select", sayItem(row)),
  });
  box.checked = isSelected;
  place.replaceChildren(
    element("div", { role: "gridcell", class: "select" }, box),
    ...columns.map((column) => {
      const attributes = {
        role: "gridcell",
        "data-column": column.id,
        class: column.isNumeric === true ? "number" : undefined,
      };
      const cell = element("div", attributes, ...column.draw(row));
      cell.querySelector("a")?.setAttribute("data-control", "item");
      if (column.id === "reason" && row.failed != null) {
        const label = `${t("ui_triage_retry")}: ${row.login ?? sayItem(row)}`;
        cell.classList.add("failed");
        cell.prepend(
          element(
            "button",
            { type: "button", "data-control": "retry", "aria-label": label },
            t("ui_triage_retry"),
          ),
        );
      }
      // What a narrow cell cuts off is told in full.
      if (column.id === "reason" || column.id === "item" || column.id === "author")
        cell.title = cell.textContent ?? "";
      return cell;
    }),
  );
}

function paintHeading(place: HTMLElement, line: Line, columns: number): void {
  const rows = line.subRows.map((it) => it.original);
  const { login } = line.original;
  const level = LEVEL_ORDER[Math.min(...rows.map((row) => LEVEL_ORDER.indexOf(row.level)))] ?? "pending";
  const open = rows.filter((row) => row.outcome === "open").length;
  const isExpanded = line.getIsExpanded();
  place.className = "line heading";
  setOrRemove(place, {
    "data-bonafide-row": undefined,
    "data-bonafide-level": undefined,
    "data-group": login ?? "",
    "aria-selected": undefined,
    "aria-level": "1",
    "aria-expanded": String(isExpanded),
  });
  place.replaceChildren(
    element(
      "div",
      { role: "gridcell", "aria-colspan": columns + 1 },
      element("span", { class: "fold" }, drawing("fold")),
      element("strong", {}, isolated(login ?? t("ui_triage_author_unknown"))),
      element("span", { class: "group-level" }, ...drawLevel(level)),
      element(
        "span",
        { class: "muted" },
        open > 0 ? t("ui_triage_group_open", open) : t("ui_triage_group_rows", rows.length),
      ),
    ),
  );
}

function setOrRemove(place: HTMLElement, attributes: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) place.removeAttribute(name);
    else place.setAttribute(name, value);
  }
}
