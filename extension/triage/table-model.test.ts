import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { TriageRow } from "../shared/messages.js";
import { becomeBrowser } from "../testing/browser.js";
import { triageRow } from "../testing/triage-page.js";
import { createTableModel, isHeading, NO_FILTER, type TableModel } from "./table-model.js";

before(() => becomeBrowser());

const ROWS = [
  triageRow(0, { login: "Bo", level: "quiet", title: "Fix the clock", isFirstHere: true, isAssigned: true }),
  triageRow(1, {
    login: "ada",
    level: "alert",
    createdAt: "2026-11-20T00:00:00Z",
    elsewhere: undefined,
    isAssigned: false,
  }),
  triageRow(2, {
    login: "Cy",
    level: "caution",
    elsewhere: {
      merged: 12,
      withdrawn: 0,
      closedByOthers: 6,
      closed: 0,
      open: 1,
      more: [{ outcome: "merged", most: undefined }],
    },
    reason: { key: "reason_gap_offline", args: [] },
  }),
  triageRow(3, { login: "ada", level: "clear", title: "A clock again", createdAt: undefined }),
];

function modelOf(rows: readonly TriageRow[] = ROWS): TableModel {
  const model = createTableModel();
  model.setRows(rows);
  return model;
}

function order(model: TableModel): string {
  return model
    .lines()
    .map((line) =>
      isHeading(line) ? `[${line.original.login} ${line.subRows.length}]` : line.original.index,
    )
    .join(" ");
}

test("rows stand in the order of the run, and a column sorts rising, falling, and not", () => {
  const model = modelOf();
  const check = (column: string, ...expected: readonly string[]): void => {
    for (const it of [...expected, "0 1 2 3"]) {
      model.sortBy(column);
      assert.equal(order(model), it, column);
    }
    assert.equal(model.sorting(), undefined);
  };
  assert.equal(order(model), "0 1 2 3");
  check("level", "1 2 3 0", "0 3 2 1");
  check("author", "1 3 0 2", "2 0 1 3");
  check("item", "0 1 2 3", "3 2 1 0");
  // What is not known comes last in either direction.
  check("closedByOthers", "0 3 2 1", "2 0 3 1");
  check("age", "1 0 2 3", "0 2 1 3");
});

test("another column sorts by itself alone", () => {
  const model = modelOf();
  model.sortBy("level");
  model.sortBy("author");
  assert.deepEqual(model.sorting(), { column: "author", isDescending: false });
});

test("filters: levels, every word of a text, first-timers, nobody assigned", () => {
  const model = modelOf();
  const check = (filter: object, expected: string): void => {
    model.setFilter({ ...NO_FILTER, ...filter });
    assert.equal(order(model), expected, JSON.stringify(filter));
  };
  check({ levels: ["alert", "caution"] }, "1 2");
  check({ text: "CLOCK" }, "0 3");
  check({ text: "clock ada" }, "3");
  check({ text: "#102" }, "2");
  check({ text: "nothing like it" }, "");
  check({ isFirstOnly: true }, "0");
  check({ isUnassignedOnly: true }, "1 2 3");
  check({ levels: ["clear"], text: "clock" }, "3");
  check({}, "0 1 2 3");
});

test("groups: one heading an author, sorted by their worst level, folded one by one", () => {
  const model = modelOf();
  model.setGrouped(true);
  assert.equal(order(model), "[Bo 1] 0 [ada 2] 1 3 [Cy 1] 2");
  model.sortBy("level");
  assert.equal(order(model), "[ada 2] 1 3 [Cy 1] 2 [Bo 1] 0");
  model.lines()[0]?.toggleExpanded(false);
  assert.equal(order(model), "[ada 2] [Cy 1] 2 [Bo 1] 0");
  // Rows that come in do not unfold it.
  model.setRows(ROWS.map((row) => ({ ...row })));
  assert.equal(order(model), "[ada 2] [Cy 1] 2 [Bo 1] 0");
  assert.equal(model.shown().length, 4);
  model.setGrouped(false);
  assert.equal(order(model), "1 2 3 0");
});

test("what is selected stays with its row, and counts only where it is let through", () => {
  const model = modelOf();
  const selected = (): string =>
    model
      .selected()
      .map((row) => row.index)
      .join();
  model.lines()[1]?.toggleSelected(true);
  model.sortBy("author");
  model.setRows(ROWS.map((row) => ({ ...row })));
  assert.equal(selected(), "1");
  model.setFilter({ ...NO_FILTER, levels: ["clear", "quiet"] });
  assert.equal(selected(), "");
  model.selectAll(true);
  assert.equal(selected(), "0,3");
  model.setFilter(NO_FILTER);
  assert.equal(selected(), "0,1,3");
  model.selectAll(false);
  assert.equal(selected(), "");
});

test("5,000 rows are sorted, filtered and grouped", () => {
  const levels = ["alert", "caution", "clear", "quiet"] as const;
  const rows = Array.from({ length: 5_000 }, (_, index) =>
    triageRow(index, { login: `person-${index % 1_200}`, level: levels[index % 4] ?? "clear" }),
  );
  const model = modelOf(rows);
  model.sortBy("level");
  model.setGrouped(true);
  assert.equal(model.lines().length, 6_200);
  model.setFilter({ ...NO_FILTER, text: "person-7" });
  assert.equal(model.shown().length, rows.filter((row) => row.login?.includes("person-7")).length);
});
