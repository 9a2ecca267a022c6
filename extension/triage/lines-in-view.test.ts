import assert from "node:assert/strict";
import { test } from "node:test";
import { lineAfter } from "./grid-keys.js";
import { HEAD_PX, LINE_PX, linesInView, linesToDraw, scrollFor } from "./lines-in-view.js";

/** The headings and ten lines. */
const HEIGHT = HEAD_PX + 10 * LINE_PX;

test("lines in view, below the headings", () => {
  const check = (scrollTop: number, count: number, from: number, to: number): void =>
    assert.deepEqual(linesInView({ scrollTop, height: HEIGHT }, count), { from, to });
  check(0, 5_000, 0, 10);
  check(1, 5_000, 0, 11);
  check(100 * LINE_PX, 5_000, 100, 110);
  check(0, 3, 0, 3);
  check(0, 0, 0, 0);
  // Lines can be fewer than the reader has scrolled by.
  check(100 * LINE_PX, 20, 20, 20);
});

test("lines around those in view are drawn, and the one with the focus wherever it is", () => {
  const check = (from: number, to: number, stop: number | undefined, ...expected: [number, number]): void => {
    const lines = linesToDraw({ from, to }, 1_000, stop);
    assert.deepEqual([lines[0], lines.at(-1)], expected);
    assert.equal(new Set(lines).size, lines.length);
  };
  check(0, 10, undefined, 0, 21);
  check(100, 110, 105, 88, 121);
  check(100, 110, 3, 3, 121);
  check(100, 110, 900, 88, 900);
  check(990, 1_000, undefined, 978, 999);
  assert.deepEqual(linesToDraw({ from: 0, to: 0 }, 0, 0), []);
});

test("a line is scrolled to no further than need be", () => {
  const check = (index: number, scrollTop: number, expected: number): void =>
    assert.equal(scrollFor(index, { scrollTop, height: HEIGHT }), expected);
  check(5, 0, 0);
  check(10, 0, LINE_PX);
  check(2, 100 * LINE_PX, 2 * LINE_PX);
  check(105, 100 * LINE_PX, 100 * LINE_PX);
});

test("keys lead to lines that are there", () => {
  const check = (key: string, index: number, expected: number | undefined): void =>
    assert.equal(lineAfter(key, { index, count: 50, page: 10 }), expected, key);
  check("ArrowDown", 3, 4);
  check("ArrowDown", 49, 49);
  check("ArrowUp", 0, 0);
  check("PageDown", 3, 12);
  check("PageUp", 3, 0);
  check("Home", 30, 0);
  check("End", 3, 49);
  check("Enter", 3, undefined);
  assert.equal(lineAfter("End", { index: 0, count: 0, page: 10 }), undefined);
});
