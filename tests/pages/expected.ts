// Which names a reader of the page should find, for tests that count found, missed and wrong.

import {
  type Association,
  type Comment,
  type CommitRow,
  type Discussion,
  type Person,
  type Review,
  type Row,
  type Thread,
  VIEWER,
} from "./model";

export type ExpectedName = {
  readonly login: string;
  readonly kind: "user" | "app";
  readonly role: "opener" | "other";
  /** What the page itself says about this person and the repository, if it says anything. */
  readonly association: Association | null;
  /**
   * How many author links stand on the page. A finder that draws one badge for a comment and
   * login may draw fewer, never more and never none.
   */
  readonly places: number;
};

/** A login that stands somewhere on the page where no badge belongs, and nowhere else. */
export type QuietName = {
  readonly login: string;
  readonly why:
    | "mention"
    | "event subject"
    | "sidebar"
    | "repository owner"
    | "last editor"
    | "ghost"
    | "viewer"
    | "copilot"
    | "mannequin"
    | "body link"
    | "reserved route";
};

export type Expected = {
  /** The repository that the names are about; null where the page is about several. */
  readonly repository: string | null;
  readonly viewer: string;
  readonly names: readonly ExpectedName[];
  readonly quiet: readonly QuietName[];
};

/** Gathers places into names; the first label seen for a login is its association. */
export class Gatherer {
  readonly #names = new Map<string, ExpectedName>();
  readonly #quiet = new Map<string, QuietName>();

  author(person: Person, role: "opener" | "other", association?: Association, places = 1): this {
    if (person.kind === "ghost") return this.quiet(person.login, "ghost");
    if (person.kind === "copilot") return this.quiet(person.login, "copilot");
    if (person.kind === "mannequin") return this.quiet(person.login, "mannequin");
    if (person.login === VIEWER) return this.quiet(person.login, "viewer");
    const key = person.login.toLowerCase();
    const known = this.#names.get(key);
    this.#names.set(key, {
      login: known?.login ?? person.login,
      kind: person.kind,
      role: known?.role === "opener" ? "opener" : role,
      association: known?.association ?? association ?? null,
      places: (known?.places ?? 0) + places,
    });
    return this;
  }

  quiet(login: string, why: QuietName["why"]): this {
    if (!this.#quiet.has(login)) this.#quiet.set(login, { login, why });
    return this;
  }

  done(repository: string | null): Expected {
    return {
      repository,
      viewer: VIEWER,
      names: [...this.#names.values()],
      quiet: [...this.#quiet.values()].filter((name) => !this.#names.has(name.login.toLowerCase())),
    };
  }
}

/** Author links of the opening comment, by where they are drawn; a header is drawn twice. */
const OPENING_PLACES = { none: 0, comment: 1, "comment and header": 3 } as const;

/** Names of an issue or pull request. */
export function expectedOfThread(thread: Thread, opening: keyof typeof OPENING_PLACES): Expected {
  const names = new Gatherer();
  const opener = thread.opener.by;
  const role = (person: Person): "opener" | "other" => (person.login === opener.login ? "opener" : "other");
  const mentions = (body: Thread["opener"]["body"]): void => {
    for (const piece of body.flat()) {
      if (typeof piece === "object" && "mention" in piece) names.quiet(piece.mention, "mention");
      if (typeof piece === "object" && "href" in piece) {
        const login = /^https:\/\/github\.com\/([^/]+)$/.exec(piece.href)?.[1];
        if (login !== undefined) names.quiet(login, "body link");
      }
    }
  };
  names.author(opener, "opener", thread.opener.association, OPENING_PLACES[opening]);
  mentions(thread.opener.body);
  if (thread.opener.editedBy) names.quiet(thread.opener.editedBy.login, "last editor");
  for (const item of thread.items) {
    switch (item.type) {
      case "comment":
        names.author(item.by, role(item.by), item.association);
        mentions(item.body);
        if (item.editedBy) names.quiet(item.editedBy.login, "last editor");
        break;
      case "review":
        names.author(item.by, role(item.by), item.association, item.body ? 2 : 1);
        if (item.body) mentions(item.body);
        for (const comment of item.thread?.comments ?? []) {
          names.author(comment.by, role(comment.by), comment.association);
          mentions(comment.body);
        }
        break;
      case "event":
        names.author(item.by, role(item.by));
        // Only who did it is an author: whoever it was done to is named like a mention.
        if (item.subject) names.quiet(item.subject.login, "event subject");
        break;
      case "commits":
        names.author(item.by, role(item.by));
        break;
    }
  }
  for (const person of [...thread.assignees, ...thread.participants]) names.quiet(person.login, "sidebar");
  for (const link of thread.links) if (/^\/[^/]+$/.test(link.href)) names.quiet(link.text, "reserved route");
  names.quiet(ownerOf(thread.repository), "repository owner");
  return names.done(thread.repository);
}

/** Names of a list; on a list everyone is the opener of their own row. */
export function expectedOfRows(
  rows: readonly Row[],
  repository: string | null,
  mentioned: readonly Person[] = [],
): Expected {
  const names = new Gatherer();
  for (const row of rows) {
    names.author(row.by, "opener", row.association);
    for (const person of row.assignees ?? []) names.quiet(person.login, "sidebar");
  }
  for (const person of mentioned) names.quiet(person.login, "mention");
  if (repository !== null) names.quiet(ownerOf(repository), "repository owner");
  return names.done(repository);
}

/** Names of the tabs of a pull request that show commits or changed files. */
export function expectedOfTab(
  thread: Thread,
  commits: readonly CommitRow[],
  reviews: readonly Review[],
): Expected {
  const names = new Gatherer();
  const opener = thread.opener.by;
  const role = (person: Person): "opener" | "other" => (person.login === opener.login ? "opener" : "other");
  names.author(opener, "opener", undefined, 2);
  for (const person of commits.flatMap((commit) => commit.by)) names.author(person, role(person));
  for (const comment of reviews.flatMap((review) => review.thread?.comments ?? [])) {
    names.author(comment.by, role(comment.by), comment.association);
  }
  return names.quiet(ownerOf(thread.repository), "repository owner").done(thread.repository);
}

/** Names of a list of commits, or of one commit and its comments; nobody opened anything here. */
export function expectedOfCommits(
  commits: readonly CommitRow[],
  comments: readonly Comment[],
  repository: string,
): Expected {
  const names = new Gatherer();
  for (const person of commits.flatMap((commit) => commit.by)) names.author(person, "other");
  for (const comment of comments) {
    names.author(comment.by, "other", comment.association);
    for (const piece of comment.body.flat()) {
      if (typeof piece === "object" && "mention" in piece) names.quiet(piece.mention, "mention");
    }
  }
  return names.quiet(ownerOf(repository), "repository owner").done(repository);
}

export function expectedOfDiscussion(discussion: Discussion): Expected {
  const names = new Gatherer();
  const opener = discussion.opener.by;
  names.author(opener, "opener", discussion.opener.association);
  for (const comment of discussion.threads.flatMap((thread) => [thread.comment, ...thread.replies])) {
    names.author(comment.by, comment.by.login === opener.login ? "opener" : "other", comment.association);
  }
  return names.quiet(discussion.organization, "repository owner").done(discussion.repository);
}

export const ownerOf = (repository: string): string => repository.split("/")[0] ?? repository;
