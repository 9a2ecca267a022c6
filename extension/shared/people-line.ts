/**
 * The words and styles of the line above a list that sums up its authors. The
 * background writes them (`text-request.ts`): the script that runs in every page
 * of GitHub has to be small, and asks the browser for no message.
 */
import { tones } from "./badge-styles.js";
import { SHAPES } from "./icons.js";
import { TOKENS } from "./report-styles.js";
import { type TriageSubject, triageWords } from "./triage-link.js";
import { t } from "./words.js";

/** What is counted of the authors of a list, in the order of the line. */
export const COUNTED = ["authors", "alert", "caution", "newHere", "several", "unknown"] as const;

/** One thing that is counted. All but the first and the last are filters of the list. */
export type Counted = (typeof COUNTED)[number];

/** How many authors it is. */
export type AuthorCounts = Readonly<Record<Counted, number>>;

/** One part of the line. */
export interface PeopleLinePart {
  readonly text: string;
  /** A picture, as a path; only what can be pressed has one. */
  readonly shape?: string;
}

/** What the line says and how it looks. */
export interface PeopleLineText {
  readonly parts: Readonly<Record<Counted, PeopleLinePart>>;
  /** What opens the triage page, on a list of one repository. */
  readonly triage: (Required<PeopleLinePart> & { readonly hint: string }) | undefined;
  /** What the line is called. */
  readonly title: string;
  /** What each filter does. */
  readonly hint: string;
  readonly direction: string;
  readonly styles: string;
}

/** Writes the line for these counts. */
export function writePeopleLine(counts: AuthorCounts, subject?: TriageSubject): PeopleLineText {
  return {
    parts: {
      authors: { text: t("ui_people_line_authors", counts.authors) },
      alert: { text: t("ui_people_line_alert", counts.alert), shape: SHAPES.alert },
      caution: { text: t("ui_people_line_caution", counts.caution), shape: SHAPES.caution },
      newHere: { text: t("ui_people_line_new_here", counts.newHere), shape: "M8 3v10M3 8h10" },
      several: {
        text: t("ui_people_line_several", counts.several),
        shape: "M5.6 5.6h7.8v7.8H5.6zM2.6 10.4V2.6h7.8",
      },
      unknown: { text: t("ui_people_line_unknown", counts.unknown) },
    },
    triage: subject && {
      text: t("ui_people_line_triage"),
      shape: "M2.5 3.5h11v9h-11zM2.5 7h11M6.5 3.5v9",
      hint: triageWords(subject),
    },
    title: t("ui_people_line_title"),
    hint: t("ui_people_line_hint"),
    direction: t("ui_direction"),
    styles: STYLES,
  };
}

/** The line has its place where `content/content.css` says so. */
const STYLES = `${TOKENS}
:host { display: none; container-type: inline-size; }
[role="group"] {
  box-sizing: border-box; display: flex; align-items: center; gap: 5px; block-size: 20px; margin-inline-start: auto;
  padding-inline: 4px; border: 1px solid var(--line); border-radius: 10px; background: var(--bg); color: var(--muted);
  font: 12px/18px var(--font); white-space: nowrap; pointer-events: auto;
}
[role="group"] > span { padding-inline: 6px; }
button {
  all: unset; display: inline-flex; align-items: center; gap: 4px; block-size: 18px; padding-inline: 6px;
  border-radius: 9px; color: var(--tone, var(--fg)); cursor: pointer;
}
button:hover { background: var(--inset); }
button[aria-pressed="true"] { background: var(--tone-bg, var(--inset)); box-shadow: inset 0 0 0 1.5px; }
button:focus-visible { outline: 2px solid var(--focus); }
${tones((level) => `[data-filter="${level}"]`)}
svg { inline-size: 14px; block-size: 14px; }
b, [hidden] { display: none; }
/* Where words have no room, a shape and a number are left of each filter, which keeps its name. */
@container (max-width: 840px) {
  [role="group"] > span { display: none; }
  button > span { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
  b { display: inline; font-weight: inherit; }
}
@media (forced-colors: active) {
  button[aria-pressed="true"] { outline: 2px solid; outline-offset: -2px; }
}
`;
