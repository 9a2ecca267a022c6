/**
 * Which lines are in view. A kept library for lists of any kind of lines has
 * 33 KB, a fifth of what the page's script may have; with lines of one height
 * it is this arithmetic.
 */

/** The height of every line, in pixels, as in `triage.css`. */
export const LINE_PX = 36;

/** The height of the headings, which may have two lines each, in pixels, as in `triage.css`. */
export const HEAD_PX = 44;

/** Lines drawn above and below those in view, so that scrolling finds them there. */
const MARGIN = 12;

/** Where the reader has scrolled to, in pixels; the headings cover the top of the view. */
export interface View {
  readonly scrollTop: number;
  readonly height: number;
}

/** Lines by index, the last one excluded. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** The lines of `count` that are in view, at least in part. */
export function linesInView({ scrollTop, height }: View, count: number): LineRange {
  const within = (index: number): number => Math.max(0, Math.min(count, index));
  return {
    from: within(Math.floor(scrollTop / LINE_PX)),
    to: within(Math.ceil((scrollTop + height - HEAD_PX) / LINE_PX)),
  };
}

/** The lines to draw: those in view, some around them, and the one that the Tab key leads to. */
export function linesToDraw({ from, to }: LineRange, count: number, stop: number | undefined): number[] {
  const first = Math.max(0, from - MARGIN);
  const last = Math.min(count, to + MARGIN);
  const lines = Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at);
  if (stop === undefined || stop >= count) return lines;
  if (stop < first) return [stop, ...lines];
  return stop >= last ? [...lines, stop] : lines;
}

/** Where to scroll so that a line is in view; as far as need be and no further. */
export function scrollFor(index: number, { scrollTop, height }: View): number {
  const top = index * LINE_PX;
  const least = top + LINE_PX + HEAD_PX - height;
  return Math.min(top, Math.max(scrollTop, least));
}
