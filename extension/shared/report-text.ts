/** A report as Markdown, as JSON, and with all names taken out. */
import type { Arg, AuthorReport, Finding, Sentence } from "./messages.js";
import { date, list, say, sayFinding, t } from "./words.js";

const BLANK = "•••";

/**
 * The report with names, titles and links taken out, for screenshots and
 * talks. Text in sentences goes too, whatever it says: better a blank too
 * many than a name.
 */
export function redact(report: AuthorReport): AuthorReport {
  const sentence = (told: Sentence): Sentence => ({ ...told, args: told.args.map(redactArg) });
  return {
    ...report,
    login: BLANK,
    repository: report.repository == null ? report.repository : BLANK,
    reasons: report.reasons.map(sentence),
    adjustments: report.adjustments.map(sentence),
    findings: report.findings.map((finding) => ({
      ...finding,
      sentence: sentence(finding.sentence),
      links: [],
    })),
    about: report.about && {
      ...report.about,
      // The year is enough to judge an age by and too little to find the account again.
      createdAt: `${report.about.createdAt.slice(0, 4)}-01-01T00:00:00Z`,
      name: blanked(report.about.name),
      company: blanked(report.about.company),
      website: blanked(report.about.website),
      location: blanked(report.about.location),
      bio: blanked(report.about.bio),
      organisations: report.about.organisations?.map(() => BLANK),
      socialAccounts: report.about.socialAccounts?.map(() => ({ provider: BLANK, url: "" })),
    },
  };
}

function redactArg(arg: Arg): Arg {
  return typeof arg === "number" || /^[\d\s.,%–-]+$/.test(arg) ? arg : BLANK;
}

function blanked(text: string | undefined): string | undefined {
  return text == null ? text : BLANK;
}

/** The report as it is, each sentence also in words. */
export function asJson(report: AuthorReport): string {
  const told = (sentence: Sentence): Sentence & { text: string } => ({ ...sentence, text: say(sentence) });
  return JSON.stringify(
    {
      ...report,
      reasons: report.reasons.map(told),
      adjustments: report.adjustments.map(told),
      findings: report.findings.map((finding) => ({ ...finding, sentence: told(finding.sentence) })),
    },
    null,
    2,
  );
}

/**
 * The report in neutral words, fit to paste into a comment. It mentions and
 * links nobody back: the login stands as code, and links lead over
 * redirect.github.com, since GitHub notes every direct link to an issue or
 * pull request on the page it leads to.
 */
export function asMarkdown(report: AuthorReport): string {
  const lines = [`### ${code(report.login)}: ${inMarkdown(t(`level_${report.level}`))}`, ""];
  lines.push(...report.reasons.map((reason) => `- ${inMarkdown(say(reason))}`));
  const groups = new Map<string, Finding[]>();
  for (const finding of report.findings)
    groups.set(finding.group, [...(groups.get(finding.group) ?? []), finding]);
  for (const [group, findings] of groups) {
    lines.push("", `**${inMarkdown(t(`group_${group}`))}**`, "");
    for (const finding of findings) {
      const links = finding.links
        .map((link) => `[${inMarkdown(link.label)}](${withoutBacklink(link.url)})`)
        .join(", ");
      lines.push(`- ${inMarkdown(sayFinding(finding))}${links && ` ${links}`}`);
    }
  }
  if (report.gaps.length > 0) {
    const missing = [...new Set(report.gaps.map((gap) => t(`part_${gap.part}`)))];
    lines.push("", inMarkdown(t("ui_markdown_gaps", list(missing))));
  }
  const day = report.checkedAt == null ? undefined : date(report.checkedAt);
  lines.push(
    "",
    `<sub>${inMarkdown(t("ui_markdown_foot", t(`ui_policy_${report.policy}`), day ?? "–"))}</sub>`,
    "",
  );
  return lines.join("\n");
}

function withoutBacklink(address: string): string {
  return address
    .replace(/^https:\/\/github\.com\//, "https://redirect.github.com/")
    .replace(/[()\s<>]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
}

/** Text that Markdown leaves alone, and in which GitHub finds nobody to notify. */
function inMarkdown(text: string): string {
  return text
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_{}[\]()<>#|~!]/g, "\\$&")
    .replace(/@(?=\w)/g, "@\u200b")
    .replace(/\\#(?=\d)/g, "#\u200b")
    .replaceAll("://", ":\u200b//");
}

function code(text: string): string {
  return `\`${text.replaceAll("`", "")}\``;
}
