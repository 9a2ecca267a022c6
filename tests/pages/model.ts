// What a page holds, before anyone decides how it is drawn. Pages are drawn from this and
// the expected names are computed from this, so the two cannot drift apart.

/** Who stands behind a name, in the kinds that GitHub draws differently. */
export type PersonKind = "user" | "app" | "copilot" | "mannequin" | "ghost";

export type Person = {
  readonly login: string;
  readonly kind: PersonKind;
  /** A full name, which lists show as `Full Name (login)`. */
  readonly fullName?: string;
};

/** GitHub's `author_association`, for those values that a page shows as a label. */
export type Association = "OWNER" | "MEMBER" | "COLLABORATOR" | "CONTRIBUTOR" | "FIRST_TIME_CONTRIBUTOR";

/** The words on the label, and the sentence that a screen reader is given. */
export const ASSOCIATION_LABELS: Readonly<Record<Association, { label: string; about: string }>> = {
  OWNER: { label: "Owner", about: "Owns this repository." },
  MEMBER: { label: "Member", about: "Belongs to the organization behind this repository." },
  COLLABORATOR: { label: "Collaborator", about: "Was invited to work on this repository." },
  CONTRIBUTOR: { label: "Contributor", about: "Has commits in this repository." },
  FIRST_TIME_CONTRIBUTOR: { label: "First-time contributor", about: "Opens a first pull request here." },
};

export type Inline =
  | string
  | { readonly mention: string }
  | { readonly code: string }
  | { readonly href: string; readonly text: string };

/** Paragraphs of inline pieces. Text is always text: nothing here is ever parsed as HTML. */
export type Body = readonly (readonly Inline[])[];

export type Comment = {
  readonly type: "comment";
  readonly by: Person;
  readonly association?: Association;
  readonly at: string;
  readonly body: Body;
  /** Someone named in the header as the last editor, who is not the author. */
  readonly editedBy?: Person;
};

export type Review = {
  readonly type: "review";
  readonly by: Person;
  readonly association?: Association;
  readonly at: string;
  readonly verdict: "approved these changes" | "requested changes" | "reviewed";
  readonly body?: Body;
  readonly thread?: {
    readonly file: string;
    readonly lines: readonly string[];
    readonly comments: readonly Comment[];
  };
};

export type Event = {
  readonly type: "event";
  readonly by: Person;
  readonly at: string;
  readonly what: string;
  /** A second person named in the sentence, such as a requested reviewer. */
  readonly subject?: Person;
};

export type Commits = {
  readonly type: "commits";
  readonly by: Person;
  readonly at: string;
  readonly messages: readonly string[];
};

export type TimelineItem = Comment | Review | Event | Commits;

/** An issue or a pull request with its conversation. */
export type Thread = {
  readonly repository: string;
  readonly ownerKind: "Organization" | "User";
  readonly number: number;
  readonly title: string;
  readonly state: "Open" | "Closed" | "Merged";
  readonly opener: Comment;
  readonly items: readonly TimelineItem[];
  readonly assignees: readonly Person[];
  readonly participants: readonly Person[];
  readonly labels: readonly string[];
  /** Links to other pages that are followed without loading a document. */
  readonly links: readonly { readonly href: string; readonly text: string }[];
};

/** One row of a list of issues or pull requests. */
export type Row = {
  readonly number: number;
  readonly kind: "issue" | "pull";
  readonly repository: string;
  readonly title: string;
  readonly by: Person;
  readonly association?: Association;
  readonly at: string;
  readonly assignees?: readonly Person[];
};

/** The login signed in on every page. */
export const VIEWER = "maintainer-max";

export const user = (login: string, fullName?: string): Person =>
  fullName === undefined ? { login, kind: "user" } : { login, kind: "user", fullName };
export const app = (login: string): Person => ({ login, kind: "app" });
export const GHOST: Person = { login: "ghost", kind: "ghost" };
export const COPILOT: Person = { login: "Copilot", kind: "copilot" };
export const mannequin = (login: string): Person => ({ login, kind: "mannequin" });

/** `Full Name (login)` where the person has set a name, else the login. */
export const listName = (person: Person): string =>
  person.fullName === undefined ? person.login : `${person.fullName} (${person.login})`;

/** Everyone who opened or commented, once each, in order of appearance. */
export function participantsOf(opener: Comment, items: readonly TimelineItem[]): readonly Person[] {
  const seen = new Map<string, Person>();
  for (const item of [opener, ...items]) seen.set(item.by.login, item.by);
  return [...seen.values()];
}

/** One commit of a list. Some links carry a hovercard, others only an address. */
export type CommitRow = {
  readonly sha: string;
  readonly message: string;
  readonly at: string;
  readonly by: readonly Person[];
  readonly hasHovercard: boolean;
  /** An author whose mail belongs to no account: a name, no link. */
  readonly unlinked?: string;
};

/** A discussion: comments in threads of two levels. */
export type Discussion = {
  /** `owner/name`, or null where an organization holds the discussion. */
  readonly repository: string | null;
  readonly organization: string;
  readonly number: number;
  readonly title: string;
  readonly hasHovercards: boolean;
  readonly opener: Comment;
  readonly threads: readonly { readonly comment: Comment; readonly replies: readonly Comment[] }[];
};
