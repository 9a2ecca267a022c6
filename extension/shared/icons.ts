/** One shape for each level, so that no one depends on colour. Drawn on a 16 × 16 grid. */
import { svgElement } from "./element.js";
import type { FindingLevel, Level } from "./messages.js";

/** A level of a whole report, a group or one finding. */
export type AnyLevel = Level | FindingLevel;

type Shape = Readonly<{
  outline?: string;
  strokes?: string;
  dots?: readonly (readonly [x: number, y: number])[];
}>;

const SHAPES: Readonly<Record<AnyLevel, Shape>> = {
  pending: {
    dots: [
      [3.5, 8],
      [8, 8],
      [12.5, 8],
    ],
  },
  known: {
    outline: "M1.2 14.2c0-3 2.1-4.9 4.8-4.9s4.8 1.9 4.8 4.9M6 7.2a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4",
    strokes: "M10.4 5.6l1.6 1.6 3-3.4",
  },
  clear: { strokes: "M3 8.6l3.2 3.2L13 4.6" },
  caution: { outline: "M8 1.9l6.6 12H1.4z", strokes: "M8 6.2v3.6", dots: [[8, 11.9]] },
  alert: {
    outline: "M5.3 1.4h5.4l3.9 3.9v5.4l-3.9 3.9H5.3l-3.9-3.9V5.3z",
    strokes: "M8 4.4v4.4",
    dots: [[8, 11.3]],
  },
  unknown: {
    outline: "M8 14.6A6.6 6.6 0 1 0 8 1.4a6.6 6.6 0 0 0 0 13.2",
    strokes: "M6.1 6.3a1.9 1.9 0 1 1 2.7 1.8c-.6.3-.8.6-.8 1.2",
    dots: [[8, 11.6]],
  },
  bot: {
    outline: "M8 1.2l5.9 3.4v6.8L8 14.8l-5.9-3.4V4.6z",
    dots: [
      [5.8, 8],
      [10.2, 8],
    ],
  },
  info: {
    outline: "M8 14.6A6.6 6.6 0 1 0 8 1.4a6.6 6.6 0 0 0 0 13.2",
    strokes: "M8 7.6v3.8",
    dots: [[8, 4.9]],
  },
};

/** The shape of a level. It says nothing to a screen reader: words stand beside it. */
export function icon(level: AnyLevel): SVGSVGElement {
  const shape = SHAPES[level];
  const line = {
    fill: "none",
    stroke: "currentColor",
    "stroke-width": 1.5,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  };
  const parts: SVGElement[] = [];
  if (shape.outline !== undefined) parts.push(svgElement("path", { ...line, d: shape.outline }));
  if (shape.strokes !== undefined)
    parts.push(svgElement("path", { ...line, "stroke-width": 1.75, d: shape.strokes }));
  for (const [cx, cy] of shape.dots ?? [])
    parts.push(svgElement("circle", { cx, cy, r: 1.1, fill: "currentColor" }));
  return svgElement(
    "svg",
    { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", focusable: "false" },
    ...parts,
  );
}
