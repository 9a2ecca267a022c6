/** The numbers of the window in words: what was opened elsewhere, and what became of it. */
import type { DayCount, ItemOutcome, RecentActivity } from "./messages.js";
import { dayAndMonth, number, t } from "./words.js";

/** Outcomes of pull requests, from what others took to what they turned down. */
const PULL_REQUESTS: readonly ItemOutcome[] = ["merged", "withdrawn", "closedByOthers", "closed", "open"];

const DAY_MS = 24 * 60 * 60 * 1_000;

/** A number of the window, and the mark that stands for it in the picture. */
export interface Total {
  readonly outcome: ItemOutcome | undefined;
  readonly text: string;
}

/** Every number that is not zero: pull requests by outcome, then issues. */
export function totalsOf({ pullRequests, issues }: RecentActivity): Total[] {
  const totals = PULL_REQUESTS.flatMap((outcome): Total[] => {
    const count = countOf(pullRequests, outcome);
    return count === 0 ? [] : [{ outcome, text: t(`ui_outcome_${outcome}`, count) }];
  });
  const all = countOf(issues);
  const notPlanned = countOf(issues, "notPlanned");
  if (all > 0) totals.push({ outcome: undefined, text: t("ui_outcome_issues", all) });
  if (notPlanned > 0) totals.push({ outcome: "notPlanned", text: t("ui_outcome_notPlanned", notPlanned) });
  return totals;
}

/** The numbers of the window in one line; that there is nothing where nothing is. */
export function sayActivity(activity: RecentActivity): string {
  const totals = totalsOf(activity).map(({ text }) => text);
  if (totals.length === 0) return t(activity.isAtLeast ? "ui_numbers_none_seen" : "reason_clear_no_activity");
  return t(recentKey(activity), totals.join(", "));
}

/** The message before the numbers of the window. */
export function recentKey({ isAtLeast }: RecentActivity): string {
  return isAtLeast ? "ui_numbers_recent_at_least" : "ui_numbers_recent";
}

/** The picture of the window in a sentence, for whoever cannot see it. */
export function sayPicture(activity: RecentActivity): string {
  const { since, pullRequests } = activity;
  const days = new Map<number, number>();
  for (const { day, count } of pullRequests) days.set(day, (days.get(day) ?? 0) + count);
  const [busiest] = [...days].sort(([, a], [, b]) => b - a);
  const said = t(
    "ui_picture",
    dayAndMonth(since),
    totalsOf(activity)
      .map(({ text }) => text)
      .join(", "),
  );
  if (busiest === undefined) return said;
  const [day, count] = busiest;
  const date = new Date(Date.parse(since) + day * DAY_MS).toISOString();
  return `${said} ${t("ui_picture_busiest", dayAndMonth(date), number(count))}`;
}

function countOf(counts: readonly DayCount[], outcome?: ItemOutcome): number {
  return counts.reduce(
    (sum, it) => sum + (outcome === undefined || it.outcome === outcome ? it.count : 0),
    0,
  );
}
