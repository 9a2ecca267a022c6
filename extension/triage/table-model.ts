/** Which rows are shown in which order: sorted, filtered, grouped by author, selected. */
import {
  columnFilteringFeature,
  columnGroupingFeature,
  constructAggregationFn,
  constructTable,
  createColumnHelper,
  createExpandedRowModel,
  createFilteredRowModel,
  createGroupedRowModel,
  createSortedRowModel,
  type Row,
  rowAggregationFeature,
  rowExpandingFeature,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/table-core";
import { storeReactivityBindings } from "@tanstack/table-core/store-reactivity-bindings";
import type { Level, TriageRow } from "../shared/messages.js";
import { AUTHOR, COLUMNS, type SortValue, sayItem, sayReason } from "./columns.js";

const features = tableFeatures({
  coreReactivityFeature: storeReactivityBindings(),
  columnFilteringFeature,
  columnGroupingFeature,
  rowAggregationFeature,
  rowExpandingFeature,
  rowSelectionFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  groupedRowModel: createGroupedRowModel(),
  expandedRowModel: createExpandedRowModel(),
  sortedRowModel: createSortedRowModel(),
});

/** A line of the table: a row, or the heading of an author's rows. */
export type Line = Row<typeof features, TriageRow>;

/** Which rows are shown; all that is left out lets everything through. */
export interface RowFilter {
  /** Only these levels; with none, all. */
  readonly levels: readonly Level[];
  /** Words of the title, the author, the repository or the reason. */
  readonly text: string;
  /** Only authors of whom nothing had been merged here before. */
  readonly isFirstOnly: boolean;
  /** Only what nobody is assigned to. */
  readonly isUnassignedOnly: boolean;
}

/** The column that rows are sorted by. */
export interface Sorting {
  readonly column: string;
  readonly isDescending: boolean;
}

/** The rows as they are shown. */
export interface TableModel {
  setRows(rows: readonly TriageRow[]): void;
  /** All rows, let through or not. */
  rows(): readonly TriageRow[];
  setFilter(filter: RowFilter): void;
  setGrouped(isGrouped: boolean): void;
  /** Sorts by a column: rising, then falling, then in the order of the run. */
  sortBy(column: string): void;
  sorting(): Sorting | undefined;
  /** The lines, in their order. */
  lines(): readonly Line[];
  /** Rows that are let through, whether or not their author's group is folded. */
  shown(): readonly TriageRow[];
  /** Selected rows among those let through. */
  selected(): readonly TriageRow[];
  /** Selects the rows among these lines besides. */
  select(lines: readonly Line[]): void;
  /** Selects all that are let through, or nothing. */
  selectAll(isSelected: boolean): void;
}

/** A filter that lets everything through. */
export const NO_FILTER: RowFilter = { levels: [], text: "", isFirstOnly: false, isUnassignedOnly: false };

const collator = new Intl.Collator(undefined, { numeric: true });

/** What a group is sorted by: its worst level, its highest number, its first words. */
const strongest = constructAggregationFn<typeof features, TriageRow, SortValue, SortValue>({
  aggregate: ({ rows, getValue, columnId }) => {
    const values = rows.map((row) => getValue(row)).filter((value) => value !== undefined);
    const numbers = values.filter((value) => typeof value === "number");
    if (numbers.length === 0) return values[0];
    return columnId === "level" || columnId === "levelThen" ? Math.min(...numbers) : Math.max(...numbers);
  },
});

/** Begins without rows. */
export function createTableModel(): TableModel {
  const helper = createColumnHelper<typeof features, TriageRow>();
  const columns = helper.columns([
    ...COLUMNS.map(({ id, sortValue }) =>
      helper.accessor((row) => sortValue(row), {
        id,
        sortUndefined: "last",
        sortFn: (a, b, column) => compare(a.getValue<SortValue>(column), b.getValue<SortValue>(column)),
        aggregationFn: strongest,
        filterFn: (row, _column, levels: readonly Level[]) => levels.includes(row.original.level),
      }),
    ),
    helper.accessor((row) => searched(row), {
      id: "text",
      filterFn: (row, column, words: readonly string[]) =>
        words.every((word) => row.getValue<string>(column).includes(word)),
    }),
    helper.accessor((row) => row.isFirstHere, {
      id: "firstOnly",
      filterFn: (row) => row.original.isFirstHere === true,
    }),
    helper.accessor((row) => row.isAssigned, {
      id: "unassignedOnly",
      filterFn: (row) => row.original.isAssigned === false,
    }),
  ]);
  const table = constructTable({
    features,
    columns,
    data: [] as readonly TriageRow[],
    getRowId: (row) => String(row.index),
    initialState: { expanded: true },
    // New rows come all the time: what is folded stays folded.
    autoResetExpanded: false,
    enableMultiSort: false,
  });
  return {
    rows: () => table.options.data,
    setRows: (data) => table.setOptions((options) => ({ ...options, data })),
    setFilter: ({ levels, text, isFirstOnly, isUnassignedOnly }) =>
      table.setColumnFilters([
        ...(levels.length > 0 ? [{ id: "level", value: levels }] : []),
        ...(text.trim() !== "" ? [{ id: "text", value: text.trim().toLowerCase().split(/\s+/) }] : []),
        ...(isFirstOnly ? [{ id: "firstOnly", value: true }] : []),
        ...(isUnassignedOnly ? [{ id: "unassignedOnly", value: true }] : []),
      ]),
    setGrouped: (isGrouped) => table.setGrouping(isGrouped ? [AUTHOR] : []),
    sortBy(column) {
      const [sorted] = table.atoms.sorting.get();
      const next =
        sorted?.id !== column
          ? [{ id: column, desc: false }]
          : sorted.desc
            ? []
            : [{ id: column, desc: true }];
      table.setSorting(next);
    },
    sorting() {
      const [sorted] = table.atoms.sorting.get();
      return sorted && { column: sorted.id, isDescending: sorted.desc };
    },
    lines: () => table.getRowModel().rows,
    shown: () => table.getFilteredRowModel().rows.map((line) => line.original),
    selected: () => table.getFilteredSelectedRowModel().rows.map((line) => line.original),
    select: (lines) =>
      table.setRowSelection((before) => ({
        ...before,
        ...Object.fromEntries(lines.filter((line) => !isHeading(line)).map((line) => [line.id, true])),
      })),
    selectAll(isSelected) {
      if (isSelected) table.toggleAllRowsSelected(true);
      else table.resetRowSelection(true);
    },
  };
}

/** Whether a line is the heading of an author's rows. */
export function isHeading(line: Line): boolean {
  return line.getIsGrouped();
}

/** All that the text filter looks at. */
function searched(row: TriageRow): string {
  return [sayItem(row), row.login, row.repository, sayReason(row)].join(" ").toLowerCase();
}

function compare(a: SortValue, b: SortValue): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return collator.compare(String(a), String(b));
}
