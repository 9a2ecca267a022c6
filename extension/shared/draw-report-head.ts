/** The head of a report: who, the level, and what is said of it that stands nowhere else. */
import { type Child, element, isolated, outwardLink } from "./element.js";
import { icon } from "./icons.js";
import type { AuthorReport, GapReason, OwnPerson } from "./messages.js";
import { reasonsOf } from "./report-parts.js";
import { list, relative, say, sayInPieces, t } from "./words.js";

/** Who it is about, at which level, and the lines that belong to the level itself. */
export function drawHead(report: AuthorReport, own: OwnPerson | undefined): HTMLElement {
  const name = report.about?.name;
  // One line each. Whatever else is to be known of an account before any finding has its place here.
  const lines = [...drawOwn(own), ...drawVouched(report), ...reasonsOf(report).map((it) => [say(it)])].map(
    (line) => element("li", {}, ...line),
  );
  return element(
    "header",
    {},
    element(
      "p",
      { class: "who" },
      element("bdi", { class: "login clip" }, report.login),
      name != null && element("span", { class: "muted clip" }, isolated(name)),
    ),
    element("div", { class: "level" }, icon(report.level), element("h2", {}, t(`level_${report.level}`))),
    lines.length > 0 && element("ul", { class: "lines" }, ...lines),
  );
}

/** What the reader keeps of this account. */
function drawOwn(own: OwnPerson | undefined): Child[][] {
  return [
    ...(own?.mark == null ? [] : [[t(`ui_own_${own.mark}`)]]),
    ...(own?.note ? [[t("ui_own_note"), " ", isolated(own.note)]] : []),
  ];
}

/** What the repository's own list says: its word, neither ours nor a finding. */
function drawVouched({ vouched, repository }: AuthorReport): Child[][] {
  if (vouched == null) return [];
  const told = sayInPieces({ key: `ui_vouched_${vouched.standing}`, args: ["VOUCHED.td", repository ?? ""] });
  const line: Child[] = told.map((piece) => {
    if (typeof piece === "string") return piece;
    return piece.place === 0 ? outwardLink(vouched.url, piece.text) : isolated(piece.text);
  });
  return [vouched.details === "" ? line : [...line, " ", element("q", { dir: "auto" }, vouched.details)]];
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
