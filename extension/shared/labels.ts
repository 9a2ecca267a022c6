/**
 * What badges are called, in words.
 *
 * A page that asks the browser for its first message waits until the browser
 * has read all of them; the background has them at hand.
 */
import type { Level, Mark, Shown } from "./messages.js";
import { sayShown, t } from "./words.js";

/** What a badge is called, by `keyOf` of what it shows. */
export type Labels = Readonly<Record<string, string>>;

/** Stands for the login in a label. */
const SOMEBODY = "{login}";

/** Stands for the short reason, which only some have. */
const REASON = "{reason}";

/** What is added to the label of whoever is named on a list more than once. */
const SEVERAL = "several";

/** Stands for how often. */
const TIMES = "{times}";

const LEVELS: readonly Level[] = ["pending", "bot", "known", "clear", "quiet", "caution", "alert", "unknown"];
const MARKS: readonly (Mark | undefined)[] = [undefined, "trusted", "watched"];

/** All that badges can be called. */
export function labels(): Labels {
  const shown = LEVELS.flatMap((level) => MARKS.map((mark) => ({ level, mark, reason: REASON })));
  return Object.fromEntries([
    ...shown.map((it) => [keyOf(it), t("ui_badge", SOMEBODY, sayShown(it))]),
    [SEVERAL, t("ui_badge_several", TIMES)],
  ]);
}

/** What somebody's badge is called; no name at all where there are no labels. */
export function labelOf(login: string, shown: Shown, known: Labels): string {
  const { reason, times } = shown;
  const several = times && known[SEVERAL]?.replace(TIMES, String(times));
  const more = [reason, several].map((it) => (it ? `, ${it}` : "")).join("");
  const label = known[keyOf(shown)]?.replace(`, ${REASON}`, () => more);
  return label?.replace(SOMEBODY, () => login) ?? login;
}

function keyOf({ level, mark }: Shown): string {
  return `${level} ${mark}`;
}
