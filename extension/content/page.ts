/** Which of GitHub's pages this is, told by its address alone. */
import type { PageKind } from "../shared/page-kinds.js";
import { isLogin, isReserved } from "./login.js";

/** A page on which authors are named. */
export interface Page {
  readonly kind: PageKind;
  /** `owner/name` that "here" is meant in; none where the page is about several. */
  readonly repository: string | undefined;
  /** The number of the issue or pull request that the page shows. */
  readonly number: number | undefined;
  /** Many names in rows: only those in view are wanted, and all badges are one stop of the Tab key. */
  readonly isList: boolean;
}

/** The parts of an address that tell which page it is. */
export type Address = Pick<Location, "protocol" | "hostname" | "pathname" | "search">;

interface Kind {
  readonly kind: PageKind;
  /** What follows `/owner/name`, or the whole path where `isGlobal`. */
  readonly path: RegExp;
  /** What the query has to say, where the path alone does not tell. */
  readonly query?: (query: URLSearchParams) => boolean;
  readonly isList: boolean;
  readonly isGlobal?: true;
}

/** Every kind of page that names authors; the first that fits is taken. */
export const KINDS: readonly Kind[] = [
  { kind: "issue", path: /^\/issues\/\d+$/, isList: false },
  { kind: "pullCommits", path: /^\/pull\/\d+\/commits$/, isList: true },
  { kind: "files", path: /^\/pull\/\d+\/(?:files|changes|commits)(?:\/.*)?$/, isList: false },
  { kind: "pull", path: /^\/pull\/\d+(?:\/checks)?$/, isList: false },
  {
    kind: "issues",
    path: /^\/issues(?:\/(?:views\/\d+|(?:assigned|created_by|mentioned)\/[^/]+|(?!new$|templates$)[a-z\d-]+))?$/i,
    isList: true,
  },
  { kind: "pulls", path: /^\/pulls(?:\/[^/]+){0,2}$/, isList: true },
  { kind: "list", path: /^\/(?:labels\/[^/]+|milestones?\/\d+)$/, isList: true },
  { kind: "mergeQueue", path: /^\/queue(?:\/.+)?$/, isList: true },
  { kind: "discussion", path: /^\/discussions\/\d+$/, isList: false },
  { kind: "discussions", path: /^\/discussions(?:\/categories\/[^/]+)?$/, isList: true },
  { kind: "commits", path: /^\/commits(?:\/.*)?$/, isList: true },
  { kind: "commit", path: /^\/commit\/.+$/, isList: false },
  { kind: "compare", path: /^\/(?:compare\/.+|pull\/new\/.+)$/, isList: true },
  { kind: "releases", path: /^\/(?:tags|releases(?:\/(?:latest|tag\/.+))?)$/, isList: true },
  { kind: "advisory", path: /^\/security\/advisories\/GHSA(?:-[a-z\d]{4}){3}$/i, isList: false },
  { kind: "advisories", path: /^\/security\/advisories$/, isList: true },
  { kind: "orgDiscussion", path: /^\/orgs\/[^/]+\/discussions\/\d+$/, isList: false, isGlobal: true },
  {
    kind: "orgDiscussions",
    path: /^\/orgs\/[^/]+\/discussions(?:\/categories\/[^/]+)?$/,
    isList: true,
    isGlobal: true,
  },
  {
    kind: "projectItem",
    path: /^\/(?:orgs|users)\/[^/]+\/projects\/\d+(?:\/.*)?$/,
    // The board names nobody as an author; an item that is opened beside it does.
    query: (query) => query.get("pane") === "issue",
    isList: false,
    isGlobal: true,
  },
  {
    kind: "search",
    path: /^\/search$/,
    query: (query) => ["issues", "pullrequests"].includes(query.get("type")?.toLowerCase() ?? ""),
    isList: true,
    isGlobal: true,
  },
  { kind: "allIssues", path: /^\/issues(?:\/.*)?$/, isList: true, isGlobal: true },
  { kind: "allPulls", path: /^\/pulls(?:\/.*)?$/, isList: true, isGlobal: true },
];

/** The page at this address, or nothing where no author is named that concerns us. */
export function readPage(address: Address): Page | undefined {
  if (address.protocol !== "https:" || address.hostname !== "github.com") return undefined;
  const path = address.pathname.replace(/\/+$/, "");
  const query = new URLSearchParams(address.search);
  const [, owner = "", name = "", rest = ""] = /^\/([^/]+)\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  const isInRepository = isRepository(owner, name);
  for (const { kind, path: shape, query: fits, isList, isGlobal } of KINDS) {
    if (!(isGlobal ? shape.test(path) : isInRepository && shape.test(rest))) continue;
    if (fits !== undefined && !fits(query)) continue;
    const repository = isGlobal ? repositoryOfItem(kind, query) : `${owner}/${name}`;
    // The core takes 32 bits.
    const number = Number(/^\/(?:issues|pull)\/(\d{1,9})(?:\/|$)/.exec(rest)?.[1]) || undefined;
    return { kind, isList, repository, number };
  }
  return undefined;
}

/** The repository of the item beside a project's board, whose address says `issue=owner|name|number`. */
function repositoryOfItem(kind: PageKind, query: URLSearchParams): string | undefined {
  if (kind !== "projectItem") return undefined;
  const [owner = "", name = ""] = query.get("issue")?.split("|") ?? [];
  return isRepository(owner, name) ? `${owner}/${name}` : undefined;
}

function isRepository(owner: string, name: string): boolean {
  return isLogin(owner) && !isReserved(owner) && /^[\w.-]{1,100}$/.test(name);
}

/**
 * Whether the first names of a page opened here may be taken to be in view. A list asks about nobody who is not known
 * to be, and a tab in the background shows nobody.
 */
export function opensAtTop(page: Page, { hash }: Pick<Location, "hash">, isVisible: boolean): boolean {
  return isVisible && !page.isList && hash === "";
}
