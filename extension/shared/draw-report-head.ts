/** The head of a report: who, the level and its reason, and what stands nowhere else. */

import { problemOf } from "./draw-report-problem.js";
import { type Child, element, isolated, outwardLink } from "./element.js";
import { icon } from "./icons.js";
import type { AuthorReport, OwnPerson } from "./messages.js";
import { reasonsOf } from "./report-parts.js";
import { say, sayInPieces, t } from "./words.js";

/** Who it is about, at which level and why, and the lines that belong to the level itself. */
export function drawHead(report: AuthorReport, own: OwnPerson | undefined): HTMLElement {
  const name = report.about?.name;
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
    element(
      "div",
      { class: "level" },
      icon(report.level),
      element("h2", {}, t(`level_${report.level}`)),
      // Where a problem is the reason, it stands right below with what helps.
      report.shortReason != null &&
        (report.level !== "unknown" || problemOf(report) === undefined) &&
        element("p", { class: "reason" }, say(report.shortReason)),
    ),
    lines.length > 0 && element("ul", { class: "lines" }, ...lines),
  );
}

/** The reader's own note; their mark is a pressed button. */
function drawOwn(own: OwnPerson | undefined): Child[][] {
  return own?.note ? [[t("ui_own_note"), " ", isolated(own.note)]] : [];
}

/** What the repository's own list says: its word, neither ours nor a finding. That it names somebody not says little. */
function drawVouched({ vouched, repository }: AuthorReport): Child[][] {
  if (vouched == null || vouched.standing === "notListed") return [];
  const pieces = sayInPieces({
    key: `ui_vouched_${vouched.standing}`,
    args: ["VOUCHED.td", repository ?? ""],
  });
  const line: Child[] = pieces.map((piece) => {
    if (typeof piece === "string") return piece;
    return piece.place === 0 ? outwardLink(vouched.url, piece.text) : isolated(piece.text);
  });
  return [vouched.details === "" ? line : [...line, " ", element("q", { dir: "auto" }, vouched.details)]];
}
