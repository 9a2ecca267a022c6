/** The people whom a page names, as the core is asked about them. */
import type { AuthorReport, PersonOnPage } from "../shared/messages.js";
import { keyOf } from "./login.js";
import { associationAt, type Name, type Opener } from "./names.js";
import type { Page } from "./page.js";

/** One person and every link on the page that names them. */
export interface Person {
  readonly asked: Omit<PersonOnPage, "isInView">;
  readonly links: readonly Element[];
}

/** Gathers the people among names, each once, in the order of the page; apps are nobody to ask about. */
export function gatherPeople(opener: Opener | undefined): { add(name: Name): void; people(): Person[] } {
  const openerKey = opener === undefined ? undefined : keyOf(opener.login);
  const people = new Map<string, { asked: Person["asked"]; links: Element[] }>();
  return {
    add(name) {
      if (name.isApp) return;
      const key = keyOf(name.login);
      const known = people.get(key);
      if (known === undefined) {
        const isOpener = key === openerKey;
        const openedAt = isOpener ? opener?.openedAt : undefined;
        people.set(key, {
          asked: { login: name.login, isOpener, association: associationAt(name), openedAt },
          links: [name.link],
        });
        return;
      }
      known.links.push(name.link);
      // Any label tells it for the whole page: not every place that names a person carries one.
      if (known.asked.association === undefined) {
        const association = associationAt(name);
        if (association !== undefined) known.asked = { ...known.asked, association };
      }
    },
    people: () => [...people.values()],
  };
}

/** What a card shows until the core has answered; of an app that is all there is. */
export function reportMeanwhile(login: string, isApp: boolean, page: Page | undefined): AuthorReport {
  return {
    login,
    level: isApp ? "bot" : "pending",
    policy: "balanced",
    repository: page?.repository,
    checkedAt: undefined,
    reasons: [{ key: isApp ? "ui_app_explained" : "ui_being_looked_up", args: [] }],
    shortReason: undefined,
    adjustments: [],
    groups: {},
    findings: [],
    activity: undefined,
    gaps: [],
    coming: [],
    about: undefined,
    vouched: undefined,
  };
}
