// Rows that exist only while they are near the window, as on pages that GitHub virtualises.

import { useEffect, useState } from "react";

/** How far outside the window a row is still kept. */
const MARGIN_PX = 300;

/** How many rows the server draws, before anything is known about the window. */
const FIRST_ROWS = 6;

/** First and one-past-last of the rows to draw; all rows have the height given. */
export function useVisibleRows(
  count: number,
  heightPx: number,
  listId: string,
  isOn: boolean,
): readonly [number, number] {
  const [range, setRange] = useState<readonly [number, number]>([0, Math.min(count, FIRST_ROWS)]);
  useEffect(() => {
    if (!isOn) return;
    const measure = (): void => {
      const top = document.getElementById(listId)?.getBoundingClientRect().top ?? 0;
      const first = Math.max(0, Math.floor((-top - MARGIN_PX) / heightPx));
      const last = Math.min(count, Math.ceil((-top + innerHeight + MARGIN_PX) / heightPx));
      setRange((old) => (old[0] === first && old[1] === last ? old : [first, Math.max(first, last)]));
    };
    measure();
    addEventListener("scroll", measure, { passive: true });
    return () => removeEventListener("scroll", measure);
  }, [count, heightPx, listId, isOn]);
  return isOn ? range : [0, count];
}
