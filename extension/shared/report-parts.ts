/** What of a report is said in which place, so that each thing is said once: for the card and for its Markdown. */
import type { AuthorReport, Finding, FindingLevel, GroupName, Link, Sentence } from "./messages.js";
import { exactDays, number, percentage, sayInPieces, t } from "./words.js";

/** The reasons that stand nowhere else: the short reason, a finding, a number, a gap or the level says the others. */
export function reasonsOf(report: AuthorReport): Sentence[] {
  return report.reasons.filter((reason) => {
    if (reason.key === "reason_pending") return false;
    if (reason.key.startsWith("reason_gap_")) return report.gaps.length === 0;
    if (/^reason_(clear|outcomes|all_time)/.test(reason.key)) return report.activity == null;
    if (/^reason_(known|waits)/.test(reason.key) && report.shortReason != null) return false;
    if (reason.key.startsWith("reason_known_merged"))
      return !report.findings.some(({ id, measured }) => id === "here-merged" && measured != null);
    const told = JSON.stringify(reason);
    return !report.findings.some(({ sentence }) => JSON.stringify(sentence) === told);
  });
}

const STATES = ["merged", "closed", "open"] as const;

/** A piece of the line on this repository: words of its own, its name, or what one finding says. */
export type HerePiece = string | { readonly text: string; readonly finding: Finding | undefined };

/** The findings on this repository, in the order of `STATES`; nothing where no repository is meant. */
export function hereFindings(report: AuthorReport): readonly Finding[] | undefined {
  const found = STATES.flatMap((state) => report.findings.find(({ id }) => id === `here-${state}`) ?? []);
  return found.length < STATES.length ? undefined : found;
}

/** What the author did in this repository, in one line; nothing where no repository is meant. */
export function sayHere(report: AuthorReport): HerePiece[] | undefined {
  const found = hereFindings(report);
  if (found === undefined) return undefined;
  const counts = found.map(({ measured }) => measured ?? undefined);
  const [merged, closed, open] = counts;
  const isCounted = !counts.includes(undefined);
  const isAtLeast = found.some((finding) => finding.isAtLeast);
  const isNothingDone = !isAtLeast && merged === 0 && closed === 0;
  const phrases = STATES.map((state, index) => {
    const count = counts[index];
    const isWord = count === undefined || (isNothingDone && count === 0);
    return isWord ? t(`ui_here_word_${state}`) : t(`ui_here_${state}`, count);
  });
  const counted = isAtLeast ? "ui_here_at_least" : open === 0 ? "ui_here_nothing" : "ui_here_only_open";
  const uncounted = found.some(({ level }) => level === "pending") ? "ui_here_pending" : "ui_here_unknown";
  const key = !isCounted ? uncounted : isAtLeast || isNothingDone ? counted : "ui_here";
  const lookedAt = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const args = [...phrases, report.repository ?? "", lookedAt];
  return sayInPieces({ key, args }).map((piece) => {
    if (typeof piece === "string") return piece;
    return piece.place === args.length - 1 ? piece.text : { text: piece.text, finding: found[piece.place] };
  });
}

/** A group with all it found. */
export interface Group {
  readonly name: GroupName;
  readonly level: FindingLevel;
  /** The findings past a threshold, the worst first. */
  readonly raised: readonly Finding[];
  readonly others: readonly Finding[];
}

const GROUPS: readonly GroupName[] = ["pullRequests", "issues", "conduct", "profile"];

/** All groups below the line on this repository: what raised the level first, the account's own words last. */
export function groupsOf(report: AuthorReport): Group[] {
  const groups = GROUPS.flatMap((name) => {
    const level = report.groups[name];
    if (level === undefined) return [];
    const of = (...levels: FindingLevel[]): Finding[] =>
      report.findings.filter((it) => it.group === name && levels.includes(it.level));
    const others = of("info", "clear", "unknown", "pending");
    return [{ name, level, raised: [...of("alert"), ...of("caution")], others }];
  });
  const rank = ({ raised: [worst] }: Group): number => ["alert", "caution", undefined].indexOf(worst?.level);
  return groups.sort((a, b) => rank(a) - rank(b));
}

/** GitHub's own lists of what a finding counted: one for each of its numbers, in their order. */
export function searchesOf(finding: Finding): Link[] {
  return finding.links.filter(isSearch);
}

/** The very items that a finding counted, as far as it names them. */
export function itemsOf(finding: Finding): Link[] {
  return finding.links.filter((link) => !isSearch(link));
}

function isSearch(link: Link): boolean {
  return link.url.startsWith("https://github.com/search?");
}

/** What a finding was compared with; nothing where it is context or could not be measured. */
export function sayThresholds(finding: Finding): string | undefined {
  const { thresholds, measured, level } = finding;
  if (thresholds == null || level === "unknown" || level === "pending") return undefined;
  const isShare = Math.max(Math.abs(thresholds.caution), Math.abs(thresholds.alert)) < 1;
  const write = isShare ? percentage : finding.id === "account-age" ? exactDays : number;
  const rule = thresholds.passedBy === "more" ? "ui_thresholds_above" : "ui_thresholds_below";
  const limits = t(rule, write(thresholds.caution), write(thresholds.alert));
  // The sentence has said the number already, except where a share was measured.
  if (measured == null || finding.sentence.args[0] === measured) return limits;
  return `${t(finding.isAtLeast ? "ui_measured_at_least" : "ui_measured", write(measured))} ${limits}`;
}
