/**
 * The table: thousands of rows, of which only those in view, and the one with
 * the focus, are elements. The lines are one stop of the Tab key; arrows move
 * along them, and the controls of the line with the focus come after it.
 */
import { element } from "../shared/element.js";
import type { TriageRow } from "../shared/messages.js";
import { t } from "../shared/words.js";
import { type Column, columnsFor } from "./columns.js";
import { CONTROLS, paintLine } from "./draw-line.js";
import { createHead } from "./grid-head.js";
import { lineAfter } from "./grid-keys.js";
import { HEAD_PX, LINE_PX, linesInView, linesToDraw, scrollFor, type View } from "./lines-in-view.js";
import { isHeading, type Line, type TableModel } from "./table-model.js";

/** The width of the column of boxes, in pixels. */
const SELECT_PX = 36;

/** What the table sets off. */
export interface GridOwner {
  /** Opens the card of this row. */
  open(row: TriageRow): void;
  /** Looks this row's author up again. */
  retry(row: TriageRow): void;
  /** Copies what is selected. */
  copy(): void;
  /** These rows are in view, by their index in the run. */
  viewed(rows: readonly number[]): void;
  /** The order, the selection or a fold has changed. */
  changed(): void;
}

/** The table on the page. */
export interface Grid {
  readonly element: HTMLElement;
  /** Draws what the model now has. */
  refresh(): void;
  /** Gives the focus to the line that had it, or to the row one step further; answers its row, where there is one. */
  focus(step?: number): TriageRow | undefined;
}

/** A line that is drawn, and what it was drawn from. */
interface Drawn {
  readonly place: HTMLElement;
  row: TriageRow;
  state: string;
}

/** Makes the table of a model. It is scrolled by itself once it is on the page. */
export function createGrid(model: TableModel, owner: GridOwner): Grid {
  const changed = (): void => {
    refresh();
    owner.changed();
  };
  const head = createHead({
    sortBy(column) {
      model.sortBy(column);
      changed();
    },
    selectAll(isSelected) {
      model.selectAll(isSelected);
      changed();
    },
  });
  const body = element("div", { role: "rowgroup", class: "lines" });
  const root = element(
    "div",
    { class: "grid scroll", "aria-label": t("ui_triage_table"), "aria-multiselectable": "true" },
    element("div", { role: "rowgroup", class: "heads" }, head.element),
    body,
  );
  const drawn = new Map<string, Drawn>();
  let lines: readonly Line[] = [];
  let columns: readonly Column[] = [];
  let columnIds = "";
  /** The line that the Tab key leads to. */
  let active: { id: string; index: number } | undefined;

  const view = (): View => ({ scrollTop: root.scrollTop, height: root.clientHeight });

  const render = (): void => {
    const inView = linesInView(view(), lines.length);
    const wanted = linesToDraw(inView, lines.length, active?.index);
    const ids = new Set(wanted.map((index) => lines[index]?.id));
    for (const [id, { place }] of drawn) {
      if (ids.has(id)) continue;
      place.remove();
      drawn.delete(id);
    }
    let next = body.firstElementChild;
    for (const index of wanted) {
      const line = lines[index];
      if (line === undefined) continue;
      const place = placeOf(line);
      place.setAttribute("aria-rowindex", String(index + 2));
      place.style.transform = `translateY(${index * LINE_PX}px)`;
      if (place === next) next = next.nextElementSibling;
      else body.insertBefore(place, next);
    }
    const seen = lines.slice(inView.from, inView.to).filter((line) => !isHeading(line));
    owner.viewed(seen.map((line) => line.original.index));
  };

  /** The element of a line, drawn anew only where something about it has changed. */
  const placeOf = (line: Line): HTMLElement => {
    const known = drawn.get(line.id);
    const state = [
      line.getIsSelected(),
      line.getIsExpanded(),
      line.depth,
      isHeading(line) && line.subRows.map((it) => `${it.id} ${it.original.level}`).join(),
      columnIds,
    ].join();
    if (known?.row === line.original && known.state === state) return known.place;
    const place = known?.place ?? element("div", { role: "row", "data-line": line.id });
    drawn.set(line.id, { place, row: line.original, state });
    paintLine(place, line, columns);
    makeStop(place, line.id === active?.id);
    return place;
  };

  const makeStop = (place: HTMLElement, isStop: boolean): void => {
    place.tabIndex = isStop ? 0 : -1;
    for (const control of place.querySelectorAll<HTMLElement>(CONTROLS)) control.tabIndex = isStop ? 0 : -1;
  };

  const activate = (index: number): void => {
    const line = lines[index];
    const before = active;
    active = line && { id: line.id, index };
    if (before?.id === active?.id) return;
    const left = before && drawn.get(before.id);
    const entered = active && drawn.get(active.id);
    if (left !== undefined) makeStop(left.place, false);
    if (entered !== undefined) makeStop(entered.place, true);
  };

  const focusLine = (index: number): void => {
    activate(index);
    root.scrollTop = scrollFor(index, view());
    render();
    if (active !== undefined) drawn.get(active.id)?.place.focus({ preventScroll: true });
  };

  const refresh = (): void => {
    const hadFocus = body.contains(document.activeElement);
    lines = model.lines();
    columns = columnsFor(model.rows());
    columnIds = columns.map(({ id }) => id).join();
    root.hidden = lines.length === 0;
    const isGrouped = lines.some(isHeading);
    root.setAttribute("role", isGrouped ? "treegrid" : "grid");
    root.setAttribute("aria-rowcount", String(lines.length + 1));
    root.setAttribute("aria-colcount", String(columns.length + 1));
    const tracks = columns.map(({ least, share }) =>
      share === undefined ? `${least}px` : `minmax(${least}px, ${share}fr)`,
    );
    const least = columns.reduce((sum, column) => sum + column.least, SELECT_PX);
    root.style.setProperty("--columns", `${SELECT_PX}px ${tracks.join(" ")}`);
    root.style.setProperty("--least", `${least}px`);
    const shown = model.shown().length;
    head.show(columns, model.sorting(), shown > 0 && model.selected().length === shown);
    const at = lines.findIndex((line) => line.id === active?.id);
    activate(at >= 0 ? at : Math.min(active?.index ?? 0, lines.length - 1));
    body.style.blockSize = `${lines.length * LINE_PX}px`;
    render();
    if (hadFocus && !body.contains(document.activeElement) && active !== undefined) focusLine(active.index);
  };

  const lineOf = (target: EventTarget | null): number => {
    const place = target instanceof Element ? target.closest<HTMLElement>("[data-line]") : null;
    return place === null ? -1 : lines.findIndex((line) => line.id === place.dataset["line"]);
  };

  const openLine = (line: Line): void => {
    if (isHeading(line)) {
      line.toggleExpanded();
      changed();
    } else if (line.original.login != null) owner.open(line.original);
  };

  body.addEventListener("focusin", ({ target }) => {
    const index = lineOf(target);
    if (index >= 0) activate(index);
  });
  body.addEventListener("click", (event) => {
    const { target } = event;
    const line = lines[lineOf(target)];
    if (line === undefined || !(target instanceof Element)) return;
    const control = target.closest(CONTROLS)?.getAttribute("data-control");
    if (control === "select") {
      line.getToggleSelectedHandler()(event);
      changed();
    } else if (control === "retry") owner.retry(line.original);
    else if (control == null && document.getSelection()?.isCollapsed !== false) openLine(line);
  });
  body.addEventListener("keydown", (event) => {
    const index = lineOf(event.target);
    const line = lines[index];
    if (line === undefined) return;
    const isOnLine = event.target === drawn.get(line.id)?.place;
    const isCommand = event.ctrlKey || event.metaKey;
    const page = Math.floor((root.clientHeight - HEAD_PX) / LINE_PX);
    const next = lineAfter(event.key, { index, count: lines.length, page });
    if (next !== undefined) {
      if (event.shiftKey && next !== index) {
        model.select(lines.slice(Math.min(index, next), Math.max(index, next) + 1));
        changed();
      }
      focusLine(next);
    } else if (isCommand && event.key === "a") {
      model.selectAll(true);
      changed();
    } else if (isCommand && event.key === "c" && document.getSelection()?.isCollapsed !== false) owner.copy();
    else if (isOnLine && event.key === "Enter") openLine(line);
    else if (isOnLine && event.key === " ") {
      if (isHeading(line)) line.toggleExpanded();
      else line.toggleSelected();
      changed();
    } else if (isHeading(line) && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      const isForward = (event.key === "ArrowRight") === (document.documentElement.dir !== "rtl");
      line.toggleExpanded(isForward);
      changed();
    } else return;
    event.preventDefault();
  });
  root.addEventListener("scroll", render, { passive: true });
  new ResizeObserver(render).observe(root);

  return {
    element: root,
    refresh,
    focus(step = 0) {
      let index = (active?.index ?? 0) + step;
      // A step leads from row to row, over the headings between.
      for (let line = lines[index]; step !== 0 && line && isHeading(line); line = lines[index]) index += step;
      if (lines[index] === undefined) return undefined;
      focusLine(index);
      return lines[index]?.original;
    },
  };
}
