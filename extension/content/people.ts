/** The people whom a page names, as the core is asked about them. */
import type { AuthorReport, Level, PersonOnPage } from "../shared/messages.js";
import { keyOf } from "./login.js";
import { associationAt, type Name, openerOn } from "./names.js";
import type { Page } from "./page.js";

/** One person and every link on the page that names them. */
export interface Person {
  readonly asked: Omit<PersonOnPage, "isInView">;
  readonly links: readonly Element[];
}

/** The people among these names, each once, in the order of the page; apps are nobody to ask about. */
export function gather(root: Document, names: readonly Name[], page: Page): Person[] {
  const opener = openerOn(root, page);
  const people = new Map<string, { asked: Person["asked"]; links: Element[] }>();
  for (const name of names) {
    if (name.isApp) continue;
    const key = keyOf(name.login);
    const known = people.get(key);
    const isOpener = opener !== undefined && keyOf(opener.login) === key;
    people.set(key, {
      asked: {
        login: known?.asked.login ?? name.login,
        isOpener,
        // Any label tells it for the whole page: not every place that names a person carries one.
        association: known?.asked.association ?? associationAt(name),
        openedAt: isOpener ? opener.openedAt : undefined,
      },
      links: [...(known?.links ?? []), name.link],
    });
  }
  return [...people.values()];
}

/** What a card shows until the core has answered; of an app that is all there is. */
export function reportMeanwhile(login: string, level: Level, page: Page | undefined): AuthorReport {
  const isApp = level === "bot";
  return {
    login,
    level: isApp ? "bot" : "pending",
    policy: "balanced",
    repository: page?.repository,
    checkedAt: undefined,
    reasons: [{ key: isApp ? "ui_app_explained" : "ui_being_looked_up", args: [] }],
    adjustments: [],
    groups: {},
    findings: [],
    gaps: [],
    coming: [],
    about: undefined,
    vouched: undefined,
  };
}
