/** The numbers that matter, a line each: the window by outcome, and all time. */
import { recentKey, sayActivity, totalsOf } from "./activity-text.js";
import { type Child, element } from "./element.js";
import type { AuthorReport } from "./messages.js";
import { drawMark } from "./strip.js";
import { age, sayInPieces, t } from "./words.js";

/** The lines; the marks before the numbers of the window name the marks of the picture. */
export function drawNumbers(report: AuthorReport): Child {
  const lines = [drawRecent(report), sayAllTime(report)].filter(Boolean);
  return (
    lines.length > 0 &&
    element("div", { class: "numbers" }, ...lines.map((line) => element("p", {}, ...[line].flat())))
  );
}

function drawRecent({ activity, level }: AuthorReport): Child[] | undefined {
  if (activity == null || level === "pending") return undefined;
  const totals = totalsOf(activity);
  if (totals.length === 0) return [sayActivity(activity)];
  const numbers = totals.flatMap(({ outcome, text }, index): Child[] => [
    index > 0 && " ",
    element("span", { class: "total" }, outcome && drawMark(outcome), text),
  ]);
  return sayInPieces({ key: recentKey(activity), args: [""] }).flatMap((piece): Child[] =>
    typeof piece === "string" ? [piece] : numbers,
  );
}

/** What there is of all time: pull requests merged, and the age of the account. */
export function sayAllTime({ about }: AuthorReport): string | undefined {
  if (about == null) return undefined;
  const { pullRequests, mergedPullRequests, createdAt } = about;
  const old = age(createdAt, Date.now());
  const parts = [
    pullRequests != null &&
      mergedPullRequests != null &&
      t("ui_numbers_ever", mergedPullRequests, pullRequests),
    old !== undefined && t("ui_numbers_age", old),
  ];
  return parts.filter(Boolean).join(" · ") || undefined;
}
