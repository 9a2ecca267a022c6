/**
 * What the background writes for a card or the popup. It could be written
 * there, were the script that runs in every page of GitHub not to be small.
 */

import type { AuthorReport } from "./messages.js";
import { type AuthorCounts, writePeopleLine } from "./people-line.js";
import { CARD_STYLES } from "./report-styles.js";
import { asJson, asMarkdown } from "./report-text.js";
import type { TriageSubject } from "./triage-link.js";

/** What can be asked for: the styles of a card, the line above a list as JSON, or a report as text. */
export type TextRequest =
  | { readonly writeAs: "cardStyles" }
  | {
      readonly writeAs: "peopleLine";
      readonly counts: AuthorCounts;
      readonly subject: TriageSubject | undefined;
    }
  | { readonly writeAs: "json" | "markdown"; readonly report: AuthorReport };

/** The text that is asked for; nothing where something else is. */
export function textFor(request: TextRequest): string | undefined {
  switch (request.writeAs) {
    case "cardStyles":
      return CARD_STYLES;
    case "peopleLine":
      return JSON.stringify(writePeopleLine(request.counts, request.subject));
    case "json":
      return asJson(request.report);
    case "markdown":
      return asMarkdown(request.report);
    default:
      return undefined;
  }
}
