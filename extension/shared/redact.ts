import type { Arg, AuthorReport, ItemNote, Sentence } from "./messages.js";

const BLANK = "•••";

/**
 * The report with names, titles and links taken out, for screenshots and
 * talks. Text in sentences goes too, whatever it says: better a blank too
 * many than a name. So does the record as of an opening, whose day helps to
 * find it.
 */
export function redact({ recordThen: _, ...report }: AuthorReport): AuthorReport {
  const sentence = (told: Sentence): Sentence => ({ ...told, args: told.args.map(redactArg) });
  const note = (told: ItemNote): ItemNote => ({ sentence: sentence(told.sentence), links: [] });
  return {
    ...report,
    login: BLANK,
    repository: report.repository == null ? report.repository : BLANK,
    reasons: report.reasons.map(sentence),
    shortReason: report.shortReason && sentence(report.shortReason),
    adjustments: report.adjustments.map(sentence),
    findings: report.findings.map((finding) => ({
      ...finding,
      sentence: sentence(finding.sentence),
      links: [],
    })),
    ...(report.thisItem && {
      thisItem: {
        ...report.thisItem,
        lines: report.thisItem.lines.map((line) => line.map(note)),
      },
    }),
    vouched: report.vouched && { ...report.vouched, details: "", url: "" },
    about: report.about && {
      ...report.about,
      // The year is enough to judge an age by and too little to find the account again.
      createdAt: `${report.about.createdAt.slice(0, 4)}-01-01T00:00:00Z`,
      name: blanked(report.about.name),
      company: blanked(report.about.company),
      website: blanked(report.about.website),
      location: blanked(report.about.location),
      bio: blanked(report.about.bio),
      organizations: report.about.organizations?.map(() => BLANK),
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
