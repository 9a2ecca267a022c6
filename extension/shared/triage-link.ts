/** Where the triage page is opened from a page of GitHub, and for what. */
import type { PageKind } from "./page-kinds.js";
import { t } from "./words.js";

/** A page of GitHub that is about one repository. */
export interface TriageSubject {
  /** `owner/name`. */
  readonly repository: string;
  /** On pages of issues it is issues that are meant, on all others pull requests. */
  readonly kind: PageKind | undefined;
}

/** A line's button was pressed: the triage page is to be opened. */
export interface OpenTriage {
  readonly openTriage: TriageSubject;
}

/** The path of the triage page in the extension, with this filled in. */
export function triagePath(subject?: TriageSubject): string {
  const page = "extension/triage/triage.html";
  if (subject === undefined) return page;
  const { repository, kind } = subject;
  return `${page}?${new URLSearchParams({ repository, ...(isAboutIssues(kind) && { items: "issues" }) })}`;
}

/** What is listed there, in words. */
export function triageWords({ repository, kind }: TriageSubject): string {
  return t(isAboutIssues(kind) ? "ui_triage_open_all_issues" : "ui_triage_open_all", repository);
}

function isAboutIssues(kind: PageKind | undefined): boolean {
  return kind === "issue" || kind === "issues";
}
