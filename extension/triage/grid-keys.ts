/** Which line a key leads to. */

/** Where the focus is, and how far it can go. */
export interface Place {
  readonly index: number;
  readonly count: number;
  /** Lines that fit into the view. */
  readonly page: number;
}

/** The line that a key leads to; nothing where the key does not move. */
export function lineAfter(key: string, { index, count, page }: Place): number | undefined {
  const within = (next: number): number => Math.max(0, Math.min(count - 1, next));
  if (count === 0) return undefined;
  switch (key) {
    case "ArrowDown":
      return within(index + 1);
    case "ArrowUp":
      return within(index - 1);
    case "PageDown":
      return within(index + Math.max(1, page - 1));
    case "PageUp":
      return within(index - Math.max(1, page - 1));
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
