import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import type { TriageRow } from "../shared/messages.js";
import { HOSTILE } from "../testing/report.js";
import { openTriagePage, type TriagePage, triageRow } from "../testing/triage-page.js";
import type { Grid } from "./grid.js";
import type { TableModel } from "./table-model.js";

const levels = ["alert", "caution", "clear"] as const;

let page: TriagePage;
let model: TableModel;
let grid: Grid;
let opened: string[];
let retried: number[];
let viewed: readonly number[];

async function show(rows: readonly TriageRow[]): Promise<void> {
  page = openTriagePage();
  // Imported now, since the modules take their globals when they run.
  const [{ createGrid }, { createTableModel }] = await Promise.all([
    import("./grid.js"),
    import("./table-model.js"),
  ]);
  [opened, retried, viewed] = [[], [], []];
  model = createTableModel();
  grid = createGrid(model, {
    open: (row) => opened.push(row.login ?? ""),
    retry: (row) => retried.push(row.index),
    copy: () => opened.push("copy"),
    viewed: (seen) => {
      viewed = seen;
    },
    changed: () => {},
  });
  document.querySelector("#table")?.replaceWith(grid.element);
  model.setRows(rows);
  grid.refresh();
}

const five = (): TriageRow[] =>
  Array.from({ length: 5 }, (_, index) => triageRow(index, { level: levels[index % 3] ?? "clear" }));

const lines = (): HTMLElement[] => [...grid.element.querySelectorAll<HTMLElement>(".lines > [role=row]")];
const logins = (): string[] => lines().map((line) => line.getAttribute("data-bonafide-row") ?? "");
const focused = (): string | null | undefined => document.activeElement?.getAttribute("data-bonafide-row");

function press(key: string, init: KeyboardEventInit = {}): void {
  const event = new page.window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init });
  document.activeElement?.dispatchEvent(event);
}

beforeEach(() => mock.timers.reset());

test("a row has its login and level, and a cell a column", async () => {
  await show(five());
  assert.deepEqual(logins(), ["person-0", "person-1", "person-2", "person-3", "person-4"]);
  assert.equal(lines()[1]?.getAttribute("data-bonafide-level"), "caution");
  const cells = lines()[0]?.querySelectorAll("[role=gridcell]").length;
  assert.equal(cells, Number(grid.element.getAttribute("aria-colcount")));
  assert.equal(grid.element.querySelectorAll("[role=columnheader]").length, cells);
  assert.equal(grid.element.getAttribute("aria-rowcount"), "6");
  assert.equal(lines()[4]?.getAttribute("aria-rowindex"), "6");
});

test("a number that is not known for sure says from where to where it is", async () => {
  const merged = triageRow(0).elsewhere?.merged ?? 0;
  const elsewhere = {
    merged,
    withdrawn: 0,
    closedByOthers: 0,
    closed: 2,
    open: 0,
    more: [
      { outcome: "merged", most: undefined },
      { outcome: "closed", most: 3 },
    ],
  } as const;
  await show([triageRow(0, { elsewhere: { ...elsewhere, more: [...elsewhere.more] } })]);
  const said = (column: string): string | null | undefined =>
    grid.element.querySelector(`[role=gridcell][data-column=${column}]`)?.textContent;
  assert.deepEqual(["merged", "closed", "open"].map(said), ["≥ 1", "2–5", "0"]);
});

test("somebody's words are text, and only https becomes a link", async () => {
  await show([triageRow(0, { title: HOSTILE, url: "javascript:alert(1)" })]);
  assert.equal(grid.element.querySelector("img"), null);
  assert.equal(grid.element.querySelector("[data-column=item] a"), null);
  assert.ok(grid.element.querySelector("[data-column=item]")?.textContent?.includes("<img"));
});

test("of thousands, only the lines around those in view are drawn, and which are in view is told", async () => {
  await show(Array.from({ length: 5_000 }, (_, index) => triageRow(index)));
  assert.equal(lines().length, 22);
  assert.equal(viewed.join(), "0,1,2,3,4,5,6,7,8,9");
  grid.element.scrollTop = 36 * 1_000;
  grid.element.dispatchEvent(new page.window.Event("scroll"));
  // The line that the Tab key leads to is still there.
  assert.equal(logins()[0], "person-0");
  assert.equal(logins()[1], "person-988");
  assert.equal(lines().length, 35);
  assert.equal(viewed[0], 1_000);
  assert.equal(grid.element.getAttribute("aria-rowcount"), "5001");
});

test("the lines are one stop of the Tab key, and keys lead along them", async () => {
  await show(Array.from({ length: 60 }, (_, index) => triageRow(index)));
  assert.equal(lines().filter((line) => line.tabIndex === 0).length, 1);
  grid.focus();
  assert.equal(focused(), "person-0");
  const check = (key: string, expected: string): void => {
    press(key);
    assert.equal(focused(), expected, key);
    const stops = grid.element.querySelectorAll(".lines [tabindex='0']");
    // The line, its box and its link.
    assert.equal(stops.length, 3, key);
  };
  check("ArrowDown", "person-1");
  check("PageDown", "person-10");
  check("End", "person-59");
  check("ArrowUp", "person-58");
  check("Home", "person-0");
});

test("Enter opens the card, and a click beside the links does", async () => {
  await show(five());
  grid.focus(1);
  press("Enter");
  lines()[3]?.querySelector<HTMLElement>("[data-column=author]")?.click();
  assert.deepEqual(opened, ["person-1", "person-3"]);
});

test("an item whose author is not known has no card", async () => {
  await show([triageRow(0, { login: undefined })]);
  grid.focus();
  press("Enter");
  assert.deepEqual(opened, []);
});

test("Space, Shift and arrows, Ctrl+A and the boxes select", async () => {
  await show(five());
  const selected = (): string =>
    model
      .selected()
      .map((row) => row.index)
      .join();
  grid.focus();
  press(" ");
  assert.equal(selected(), "0");
  assert.equal(lines()[0]?.getAttribute("aria-selected"), "true");
  press(" ");
  press("ArrowDown", { shiftKey: true });
  assert.equal(selected(), "0,1");
  press("c", { ctrlKey: true });
  assert.deepEqual(opened, ["copy"]);
  press("a", { ctrlKey: true });
  assert.equal(selected(), "0,1,2,3,4");
  const all = grid.element.querySelector<HTMLInputElement>("[role=columnheader] input");
  assert.equal(all?.checked, true);
  all?.click();
  assert.equal(selected(), "");
  const boxes = [...grid.element.querySelectorAll<HTMLInputElement>("[data-control=select]")];
  boxes[1]?.click();
  const shiftClick = new page.window.MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: true });
  lines()[3]?.querySelector("input")?.dispatchEvent(shiftClick);
  assert.equal(selected(), "1,2,3");
});

test("a heading sorts, and says how", async () => {
  await show(five());
  const sort = (): string => {
    const button = grid.element.querySelector<HTMLButtonElement>("[data-sort=level]");
    button?.click();
    return button?.parentElement?.getAttribute("aria-sort") ?? "";
  };
  assert.equal(sort(), "ascending");
  assert.deepEqual(logins(), ["person-0", "person-3", "person-1", "person-4", "person-2"]);
  assert.equal(sort(), "descending");
  assert.equal(sort(), "none");
  const first = grid.element.querySelector<HTMLElement>("[data-sort=item]");
  first?.focus();
  press("ArrowRight");
  assert.equal(document.activeElement?.getAttribute("data-sort"), "author");
  assert.equal(first?.tabIndex, -1);
});

test("the focus stays on its row when rows change, and goes to a neighbour when its row goes", async () => {
  await show(five());
  grid.focus(2);
  model.setRows(five().map((row) => ({ ...row, level: "alert" as const })));
  grid.refresh();
  assert.equal(focused(), "person-2");
  lines()[2]?.querySelector<HTMLElement>("a")?.focus();
  model.setRows(five());
  grid.refresh();
  assert.equal(document.activeElement?.getAttribute("data-control"), "item");
  lines()[2]?.focus();
  model.setFilter({ levels: [], text: "person-4", isFirstOnly: false, isUnassignedOnly: false });
  grid.refresh();
  assert.equal(focused(), "person-4");
});

test("grouped by author, arrows fold and unfold", async () => {
  await show([
    triageRow(0, { login: "ada" }),
    triageRow(1, { login: "bo" }),
    triageRow(2, { login: "ada", level: "alert" }),
  ]);
  model.setGrouped(true);
  grid.refresh();
  assert.equal(grid.element.getAttribute("role"), "treegrid");
  const heading = lines()[0];
  assert.equal(heading?.getAttribute("data-group"), "ada");
  assert.match(heading?.textContent ?? "", /ada.*Strong signal.*2 open here/);
  heading?.focus();
  press("ArrowLeft");
  assert.equal(lines()[0]?.getAttribute("aria-expanded"), "false");
  assert.equal(lines().length, 3);
  press("Enter");
  assert.equal(lines().length, 5);
});

test("a failed row says why and can be tried again alone", async () => {
  await show([triageRow(0, { level: "unknown", failed: { key: "reason_gap_offline", args: [] } })]);
  const cell = lines()[0]?.querySelector("[data-column=reason]");
  assert.match(cell?.textContent ?? "", /^RetryGitHub could not be reached/);
  cell?.querySelector("button")?.click();
  assert.deepEqual(retried, [0]);
  assert.deepEqual(opened, []);
});
