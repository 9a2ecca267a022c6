/** A report as Markdown and as JSON. */
import { sayActivity } from "./activity-text.js";
import { sayAllTime } from "./draw-report-numbers.js";
import { sayThen } from "./draw-report-then.js";
import { codeInMarkdown, escaped, inMarkdown, linkInMarkdown, withoutReferences } from "./markdown.js";
import type { AuthorReport, Finding, Link, Sentence } from "./messages.js";
import { groupsOf, itemsOf, reasonsOf, sayHere, sayThresholds, searchesOf } from "./report-parts.js";
import { date, list, say, sayInPieces, t, titleBefore } from "./words.js";

/** Items named below a finding in Markdown: enough to judge by; its number leads to all. */
const ITEMS_PASTED = 3;

/** The report as it is, each sentence also in words. It calls nobody either. */
export function asJson(report: AuthorReport): string {
  const told = (sentence: Sentence): Sentence & { text: string } => ({ ...sentence, text: say(sentence) });
  const json = JSON.stringify(
    {
      ...report,
      // What nobody has asked for, or could not be had, is no part of the record.
      recordThen: report.recordThen?.state.type === "known" ? report.recordThen : undefined,
      reasons: report.reasons.map(told),
      adjustments: report.adjustments.map(told),
      findings: report.findings.map((finding) => ({ ...finding, sentence: told(finding.sentence) })),
    },
    null,
    2,
  );
  return withoutReferences(json);
}

/**
 * The report in neutral words, fit to paste into a comment. It mentions and
 * links nobody back: the login stands as code, and links lead over
 * redirect.github.com, since GitHub notes every direct link to an issue or
 * pull request on the page it leads to.
 */
export function asMarkdown(report: AuthorReport): string {
  const reason = report.shortReason == null ? "" : `, ${say(report.shortReason)}`;
  const blocks = [`### ${codeInMarkdown(report.login)}: ${inMarkdown(t(`level_${report.level}`) + reason)}`];
  const numbers = [report.activity == null ? undefined : sayActivity(report.activity), sayAllTime(report)];
  blocks.push(...numbers.flatMap((line) => (line === undefined ? [] : [inMarkdown(line)])));
  const here = sayHere(report)?.map((piece) =>
    typeof piece === "string"
      ? escaped(piece)
      : linked(piece.text, piece.finding && searchesOf(piece.finding)[0]),
  );
  if (here !== undefined) blocks.push(here.join(""));
  if (report.recordThen?.state.type === "known") blocks.push(inMarkdown(sayThen(report) ?? ""));
  const reasons = reasonsOf(report).map((it) => `- ${inMarkdown(say(it))}`);
  if (reasons.length > 0) blocks.push(reasons.join("\n"));
  // What is below its thresholds says nothing that the numbers do not.
  for (const { name, level, raised } of groupsOf(report)) {
    if (raised.length === 0) continue;
    const [title, levelName] = [t(`group_${name}`), t(`ui_group_${level}`)].map(inMarkdown);
    blocks.push(`**${title}** (${levelName})`, raised.map((it) => pointOf(it, ITEMS_PASTED)).join("\n"));
  }
  if (report.gaps.length > 0) {
    const missing = [...new Set(report.gaps.map((gap) => t(`part_${gap.part}`)))];
    blocks.push(inMarkdown(t("ui_gap", list(missing))));
  }
  const day = report.checkedAt == null ? undefined : date(report.checkedAt);
  const foot = t("ui_markdown_foot", t(`ui_policy_${report.policy}`), day ?? "–");
  return `${[...blocks, `<sub>${inMarkdown(foot)}</sub>`].join("\n\n")}\n`;
}

/** One finding as a point of a list, with the first of its items below. */
function pointOf(finding: Finding, most: number): string {
  const sentence = sayInPieces(finding.sentence).map((piece) =>
    typeof piece === "string" ? escaped(piece) : linked(piece.text, searchesOf(finding)[piece.place]),
  );
  const thresholds = sayThresholds(finding);
  const point = `- ${escaped(titleBefore(finding))}${sentence.join("")}${thresholds ? ` ${escaped(thresholds)}` : ""}`;
  const items = itemsOf(finding).slice(0, most);
  return [point, ...items.map((link) => `  - ${linked(link.label, link)}`)].join("\n");
}

function linked(text: string, link: Link | undefined): string {
  return link === undefined ? inMarkdown(text) : linkInMarkdown(text, link.url);
}
