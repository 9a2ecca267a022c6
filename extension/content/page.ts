/** Which of GitHub's pages this is, told by its address alone. */
import type { PageKind } from "../shared/page-kinds.js";
import { isLogin, isReserved } from "./login.js";

/** A page on which authors are named. */
export interface Page {
  readonly kind: PageKind;
  /** `owner/name` that "here" is meant in; none where the page is about several. */
  readonly repository: string | undefined;
  /** Many names in rows: only those in view are wanted, and badges stay out of the tab order. */
  readonly isList: boolean;
}

interface Kind {
  readonly kind: PageKind;
  /** What follows `/owner/name`, or the whole path where `isGlobal`. */
  readonly path: RegExp;
  readonly isList: boolean;
  readonly isGlobal?: true;
}

/** Every kind of page that names authors; the first that fits is taken. */
export const KINDS: readonly Kind[] = [
  { kind: "issue", path: /^\/issues\/\d+$/, isList: false },
  { kind: "pullCommits", path: /^\/pull\/\d+\/commits$/, isList: true },
  { kind: "files", path: /^\/pull\/\d+\/(?:files|changes|commits)(?:\/.*)?$/, isList: false },
  { kind: "pull", path: /^\/pull\/\d+(?:\/checks)?$/, isList: false },
  { kind: "issues", path: /^\/issues(?:\/(?:views\/\d+|(?:assigned|created_by)\/[^/]+))?$/, isList: true },
  { kind: "pulls", path: /^\/pulls(?:\/[^/]+)?$/, isList: true },
  { kind: "list", path: /^\/(?:labels\/[^/]+|milestones?\/\d+)$/, isList: true },
  { kind: "discussion", path: /^\/discussions\/\d+$/, isList: false },
  { kind: "commits", path: /^\/commits(?:\/.*)?$/, isList: true },
  { kind: "commit", path: /^\/commit\/[\da-f]{7,40}$/i, isList: false },
  { kind: "orgDiscussion", path: /^\/orgs\/[^/]+\/discussions\/\d+$/, isList: false, isGlobal: true },
  { kind: "allIssues", path: /^\/issues(?:\/.*)?$/, isList: true, isGlobal: true },
  { kind: "allPulls", path: /^\/pulls(?:\/.*)?$/, isList: true, isGlobal: true },
];

/** The page at this address, or nothing where no author is named that concerns us. */
export function readPage(address: Pick<Location, "protocol" | "hostname" | "pathname">): Page | undefined {
  if (address.protocol !== "https:" || address.hostname !== "github.com") return undefined;
  const path = address.pathname.replace(/\/+$/, "");
  const [, owner = "", name = "", rest = ""] = /^\/([^/]+)\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  const isInRepository = isLogin(owner) && !isReserved(owner) && /^[\w.-]{1,100}$/.test(name);
  for (const { kind, path: shape, isList, isGlobal } of KINDS) {
    if (isGlobal ? shape.test(path) : isInRepository && shape.test(rest)) {
      return { kind, isList, repository: isGlobal ? undefined : `${owner}/${name}` };
    }
  }
  return undefined;
}

/**
 * Whether the first names of a page opened here may be taken to be in view. A list asks about nobody who is not known
 * to be, and a tab in the background shows nobody.
 */
export function opensAtTop(page: Page, { hash }: Pick<Location, "hash">, isVisible: boolean): boolean {
  return isVisible && !page.isList && hash === "";
}
