/** One shape for each level, so that no one depends on colour: one line on a 16 × 16 grid. */
import { svgElement } from "./element.js";
import type { FindingLevel, Level } from "./messages.js";

/** A level of a whole report, a group or one finding. */
export type AnyLevel = Level | FindingLevel;

/** What each level is drawn as. A dot is a circle so small that the line around it fills it. */
export const SHAPES: Readonly<Record<AnyLevel, string>> = {
  pending:
    "M3.15 8a.35.35 0 1 0 .7 0a.35.35 0 1 0-.7 0M7.65 8a.35.35 0 1 0 .7 0a.35.35 0 1 0-.7 0M12.15 8a.35.35 0 1 0 .7 0a.35.35 0 1 0-.7 0",
  known:
    "M1.2 14.2c0-3 2.1-4.9 4.8-4.9s4.8 1.9 4.8 4.9M6 7.2a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4M10.4 5.6l1.6 1.6 3-3.4",
  clear: "M3 8.6l3.2 3.2L13 4.6",
  quiet: "M3.2 8h9.6",
  caution: "M8 1.9l6.6 12H1.4zM8 6.2v3.6M7.65 11.9a.35.35 0 1 0 .7 0a.35.35 0 1 0-.7 0",
  alert:
    "M5.3 1.4h5.4l3.9 3.9v5.4l-3.9 3.9H5.3l-3.9-3.9V5.3zM8 4.4v4.4M7.65 11.3a.35.35 0 1 0 .7 0a.35.35 0 1 0-.7 0",
  unknown:
    "M8 14.6A6.6 6.6 0 1 0 8 1.4a6.6 6.6 0 0 0 0 13.2M6.1 6.3a1.9 1.9 0 1 1 2.7 1.8c-.6.3-.8.6-.8 1.2M7.65 11.6a.35.35 0 1 0 .7 0a.35.35 0 1 0-.7 0",
  bot: "M8 1.2l5.9 3.4v6.8L8 14.8l-5.9-3.4V4.6zM5.45 8a.35.35 0 1 0 .7 0a.35.35 0 1 0-.7 0M9.85 8a.35.35 0 1 0 .7 0a.35.35 0 1 0-.7 0",
  info: "M8 14.6A6.6 6.6 0 1 0 8 1.4a6.6 6.6 0 0 0 0 13.2M8 7.6v3.8M7.65 4.9a.35.35 0 1 0 .7 0a.35.35 0 1 0-.7 0",
};

/** Pictures on buttons. */
const DRAWINGS = {
  back: "M9.5 3L4.5 8l5 5",
  close: "M4 4l8 8M12 4l-8 8",
  fold: "M5.5 3.5L10 8l-4.5 4.5",
  gear: "M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4M8 1.4v2.2M8 12.4v2.2M1.4 8h2.2M12.4 8h2.2M3.3 3.3l1.6 1.6M11.1 11.1l1.6 1.6M3.3 12.7l1.6-1.6M11.1 4.9l1.6-1.6",
} as const;

/** Drawn once and copied: a page has hundreds of badges. */
const drawn = new Map<AnyLevel, SVGSVGElement>();

/** The shape of a level. It says nothing to a screen reader: words stand beside it. */
export function icon(level: AnyLevel): SVGSVGElement {
  const known = drawn.get(level) ?? drawLine(SHAPES[level], level === "alert");
  drawn.set(level, known);
  return known.cloneNode(true) as SVGSVGElement;
}

/** A picture on a button, which has a name of its own. */
export function drawing(name: keyof typeof DRAWINGS): SVGSVGElement {
  return drawLine(DRAWINGS[name]);
}

/** A line on the grid; where its first part is solid, the rest is cut out of it. */
export function drawLine(d: string, isSolid = false): SVGSVGElement {
  const [solid, rest] = isSolid ? d.split(/(?<=z)/) : [];
  return svgElement(
    "svg",
    {
      viewBox: "0 0 16 16",
      width: 16,
      height: 16,
      fill: "none",
      stroke: "currentColor",
      "stroke-width": 1.6,
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
      "aria-hidden": "true",
    },
    ...(rest === undefined
      ? [svgElement("path", { d })]
      : [
          svgElement("path", { d: solid, fill: "currentColor" }),
          svgElement("path", { d: rest, stroke: "var(--bg, Canvas)" }),
        ]),
  );
}
