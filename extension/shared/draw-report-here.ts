/**
 * What the author did in this repository, the strongest evidence there is, in one line.
 *
 * There is no bar of the share merged: most authors whom a maintainer wonders about have none to three pull requests
 * here, of which a bar would say less than the numbers do, or more than they can, and the first view has no room left.
 * Nor does a tick show a threshold: most rules have two conditions, and a tick shows one.
 */
import { drawNumber } from "./draw-report-links.js";
import { type Child, element, isolated } from "./element.js";
import type { AuthorReport, Finding } from "./messages.js";
import { type HerePiece, hereFindings, sayHere } from "./report-parts.js";
import { sayFinding, t } from "./words.js";

/** The line, each number a link to GitHub's own list. */
export function drawHere(report: AuthorReport): Child {
  const pieces = sayHere(report);
  if (pieces === undefined) return null;
  const level = report.groups.here ?? "info";
  return element(
    "section",
    { class: "here", "data-bonafide-group": "here", "data-bonafide-level": level },
    element("h3", { class: "sr" }, t("group_here")),
    element("p", {}, ...pieces.map(drawPiece)),
    ...unnamed(report, pieces).map((finding) => element("span", { ...marksOf(finding), hidden: true })),
  );
}

/** Findings that the sentence has no number of: they keep their marks, by which others find them. */
function unnamed(report: AuthorReport, pieces: readonly HerePiece[]): Finding[] {
  const named = pieces.map((piece) => (typeof piece === "string" ? undefined : piece.finding));
  return (hereFindings(report) ?? []).filter((finding) => !named.includes(finding));
}

function drawPiece(piece: HerePiece): Child {
  if (typeof piece === "string") return piece;
  const { finding, text } = piece;
  if (finding === undefined) return element("strong", {}, isolated(text));
  return element("span", marksOf(finding), drawNumber(text, finding, 0, sayFinding(finding)));
}

function marksOf(finding: Finding): Record<string, string> {
  return { "data-bonafide-finding": finding.id, "data-bonafide-level": finding.level };
}
