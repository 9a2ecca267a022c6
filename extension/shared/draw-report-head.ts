/** The head of a report: who, the level, and what is said of it that stands nowhere else. */
import { type Child, element, words } from "./element.js";
import { icon } from "./icons.js";
import type { AuthorReport, GapReason } from "./messages.js";
import { reasonsOf } from "./report-parts.js";
import { list, relative, say, t } from "./words.js";

/** Who it is about, at which level, and the lines that belong to the level itself. */
export function drawHead(report: AuthorReport): HTMLElement {
  const name = report.about?.name;
  // One line each. Whatever else is to be known of the person before any finding has its place here.
  const lines = reasonsOf(report).map((reason) => element("li", {}, say(reason)));
  return element(
    "header",
    {},
    element(
      "p",
      { class: "who" },
      element("bdi", { class: "login clip" }, report.login),
      name != null && element("span", { class: "muted clip" }, words(name)),
    ),
    element("div", { class: "level" }, icon(report.level), element("h2", {}, t(`level_${report.level}`))),
    lines.length > 0 && element("ul", { class: "lines" }, ...lines),
  );
}

/** What could not be had: one line a reason, naming its parts, so that a spent limit is told once. */
export function drawGaps(report: AuthorReport): Child {
  if (report.gaps.length === 0) return null;
  const byReason = new Map<string, { reason: GapReason; until: string | undefined; parts: string[] }>();
  for (const gap of report.gaps) {
    const key = `${gap.reason} ${gap.until ?? ""}`;
    const known = byReason.get(key) ?? { reason: gap.reason, until: gap.until ?? undefined, parts: [] };
    known.parts.push(t(`part_${gap.part}`));
    byReason.set(key, known);
  }
  const lines = [...byReason.values()].map(({ reason, until, parts }) => {
    const when = until === undefined ? undefined : relative(until, Date.now());
    return element(
      "li",
      {},
      t("ui_gap", list([...new Set(parts)])),
      ` ${sayGap(reason)}`,
      when !== undefined && ` ${t("ui_gap_until", when)}`,
    );
  });
  return element("ul", { class: "note", "data-bonafide-gaps": true }, ...lines);
}

/** The core names its reasons in camel case, and their sentences as all messages are named. */
function sayGap(reason: GapReason): string {
  return t(`reason_gap_${reason.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`);
}
