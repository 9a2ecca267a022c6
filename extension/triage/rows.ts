/** The run and its rows, as the core has sent them so far. */
import type { ToTriage, TriageRow, TriageRun } from "../shared/messages.js";

/** What is known of the run there is. */
export interface RunRows {
  /** How the run stands; none until the core has said so. */
  run(): TriageRun | undefined;
  /** All rows in their order in the run; the same array until one changes. */
  rows(): readonly TriageRow[];
  /** The row of this index. */
  row(index: number): TriageRow | undefined;
  /** Rows whose look-up failed, by index. */
  failed(): number[];
  /** Takes how a run stands. The rows of any other run are gone; answers whether there was another. */
  takeRun(run: TriageRun): boolean;
  /** Takes rows that are new or have changed. */
  takeRows(rows: Extract<ToTriage, { type: "rows" }>["rows"]): void;
}

/** Begins with no run. */
export function createRunRows(): RunRows {
  const byIndex = new Map<number, TriageRow>();
  let run: TriageRun | undefined;
  let sorted: readonly TriageRow[] | undefined;
  return {
    run: () => run,
    rows() {
      sorted ??= [...byIndex.values()].sort((a, b) => a.index - b.index);
      return sorted;
    },
    row: (index) => byIndex.get(index),
    failed: () => [...byIndex.values()].filter((row) => row.failed != null).map((row) => row.index),
    takeRun(next) {
      const isOther = run?.id !== next.id;
      run = next;
      if (isOther) {
        byIndex.clear();
        sorted = undefined;
      }
      return isOther;
    },
    takeRows(rows) {
      for (const row of rows) byIndex.set(row.index, row);
      sorted = undefined;
    },
  };
}
