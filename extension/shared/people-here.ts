/**
 * What a page of GitHub tells the popup that was opened in front of it: who is
 * named there. The page itself knows, so nobody else is asked.
 */
import type { Level, Mark, PersonOnPage } from "./messages.js";
import type { PageKind } from "./page-kinds.js";

/** The name of the line between them. */
export const PEOPLE_HERE = "people-here";

/** Everybody a page names. */
export interface PeopleHere {
  /** `owner/name` that the page is about. */
  readonly repository: string | undefined;
  readonly kind: PageKind | undefined;
  /** The number of the issue or pull request that it shows. */
  readonly number: number | undefined;
  readonly people: readonly PersonHere[];
  /** How many more it names, of a page that names more people than anybody reads. */
  readonly more: number;
}

/** Somebody a page names, and what their badge says. */
export interface PersonHere extends Omit<PersonOnPage, "isInView"> {
  readonly level: Level;
  readonly mark: Mark | undefined;
  /** The short reason, in words. */
  readonly reason?: string | undefined;
}
