import type { Level } from "./messages.js";

/** Levels in the order of a list: the worst first; people who need no look come last. */
export const LEVEL_ORDER: readonly Level[] = [
  "alert",
  "caution",
  "unknown",
  "pending",
  "clear",
  "quiet",
  "known",
  "bot",
];
