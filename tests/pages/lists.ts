// The contents of lists, commits, changed files and discussions.

import { pull7 } from "./threads";
import { app, type Comment, type CommitRow, COPILOT, type Discussion, GHOST, type Review, type Row, user } from "./model";

const row = (number: number, kind: Row["kind"], by: Row["by"], title: string, more: Partial<Row> = {}): Row => ({
  number,
  kind,
  repository: "acme/web",
  title,
  by,
  at: "2026-11-17T09:00:00Z",
  ...more,
});

export const issueRows: readonly Row[] = [
  row(1, "issue", user("patchy-pat"), "Search forgets the filter when I go back", { assignees: [user("mia-watcher")] }),
  row(2, "issue", user("busy-bea", "Bea Busy"), "Dates are written in the wrong order"),
  row(11, "issue", user("echo-eve"), "Improve  README!"),
  row(12, "issue", user("notplanned-ned", "Ned (of the north)"), "Add a second logo"),
  row(13, "issue", app("dependabot"), "Dependencies to look at"),
  row(14, "issue", GHOST, "A question from long ago"),
];

export const pullRows: readonly Row[] = [
  row(7, "pull", user("serial-sam"), "Improve the wording of the start page", { association: "FIRST_TIME_CONTRIBUTOR" }),
  row(8, "pull", user("newcomer-nia", "Nia Newcomer"), "Add a test for the search filter"),
  row(21, "pull", user("mel-member", "Mel"), "Write the state before leaving", {
    association: "MEMBER",
    assignees: [user("mia-watcher")],
  }),
  row(22, "pull", app("dependabot"), "Bump the router"),
  row(23, "pull", user("rejected-rex"), "Fix the dates"),
];

export const labelledRows: readonly Row[] = [issueRows[0], issueRows[2]].filter((item) => item !== undefined);
export const milestoneRows: readonly Row[] = [
  row(1, "issue", user("patchy-pat"), "Search forgets the filter when I go back"),
  row(8, "pull", user("newcomer-nia", "Nia Newcomer"), "Add a test for the search filter"),
];
export const nextPullRows: readonly Row[] = pullRows.map((item) => ({ ...item, repository: "acme/next" }));

const elsewhere = (rows: readonly Row[]): readonly Row[] =>
  rows.map((item, at) => ({ ...item, repository: at % 2 === 0 ? "acme/web" : "demo-own/tool" }));
export const globalIssueRows = elsewhere(issueRows);
export const globalPullRows: readonly Row[] = elsewhere(pullRows);

/** A busy day: 25 pull requests, some people with several of them. */
export const busyRows: readonly Row[] = (
  [
    [7, user("serial-sam"), "Improve the wording of the start page"],
    [40, user("flood-finn"), "Use shorter names in the parser"],
    [41, user("flood-finn"), "Use shorter names in the printer"],
    [8, user("newcomer-nia", "Nia Newcomer"), "Add a test for the search filter"],
    [42, user("patchy-pat"), "Keep the filter when going back"],
    [22, app("dependabot"), "Bump the router from 4.1.0 to 4.2.0"],
    [43, user("ada-steady"), "Cache what the start page reads twice"],
    [44, user("flood-finn"), "Use shorter names in the reader"],
    [45, user("blank-bo"), "Correct a word in the guide"],
    [23, user("rejected-rex"), "Fix the dates"],
    [46, user("quiet-quinn"), "Say when a file cannot be read"],
    [47, user("busy-bea", "Bea Busy"), "Write dates in the reader's order"],
    [21, user("mel-member", "Mel"), "Write the state before leaving"],
    [48, user("flood-finn"), "Use shorter names in the tests"],
    [49, user("translator-tara"), "Translate the guide into Portuguese"],
    [50, user("ada-steady"), "Measure the start page"],
    [51, user("withdrawn-willa"), "Draw the list without a table"],
    [52, user("gen-12"), "Let the list be sorted by name"],
    [53, user("echo-eve"), "Improve README"],
    [54, user("stale-stan"), "Support the old format a little longer"],
    [55, user("many-orgs-mia"), "Read settings from one more place"],
    [56, app("dependabot"), "Bump the test runner from 2.0.1 to 2.0.3"],
    [57, user("patchy-pat"), "Remember the last search"],
    [58, user("org-olga"), "Document the flags of the command line"],
    [59, user("gen-31"), "Do not wait for the network at the start"],
  ] as const
).map(([number, by, title]) => row(number, "pull", by, title));

export const longRows: readonly Row[] = Array.from({ length: 100 }, (_, at) =>
  row(3000 + at, "issue", user(`gen-${at + 1}`), `Question ${at + 1}`, { repository: "acme/long" }),
);

const commit = (at: number, message: string, by: CommitRow["by"], hasHovercard: boolean): CommitRow => ({
  sha: `c0ffee${at}`,
  message,
  at: "2026-11-17T10:00:00Z",
  by,
  hasHovercard,
});

export const commits: readonly CommitRow[] = [
  commit(0, "Write the state before leaving", [user("mel-member", "Mel")], true),
  commit(1, "Bump the router", [app("dependabot")], false),
  commit(2, "Shorten the first paragraph", [user("ada-steady"), user("newcomer-nia")], false),
  commit(3, "Draw the list once", [user("owen-owner", "Owen Owner"), COPILOT], false),
  { ...commit(4, "Move the old texts", [], false), unlinked: "Someone Without Account" },
];

export const pullCommits: readonly CommitRow[] = [
  commit(5, "Make the first paragraph shorter", [user("serial-sam")], false),
  commit(6, "Mend the links to the guide", [user("serial-sam"), user("ada-steady")], true),
];

const said = (by: Comment["by"], text: string, association?: Comment["association"]): Comment =>
  association === undefined
    ? { type: "comment", by, at: "2026-11-18T12:00:00Z", body: [[text]] }
    : { type: "comment", by, at: "2026-11-18T12:00:00Z", body: [[text]], association };

export const commitComments: readonly Comment[] = [
  { type: "comment", by: user("quiet-quinn"), at: "2026-11-18T12:00:00Z", body: [["Did ", { mention: "mia-watcher" }, " see this?"]] },
  said(app("dependabot"), "Nothing to update."),
];

const review = (file: string, comments: readonly Comment[]): Review => ({
  type: "review",
  by: user("ada-steady"),
  at: "2026-11-18T12:00:00Z",
  verdict: "reviewed",
  thread: { file, lines: ["- one line before", "+ one line after"], comments },
});

export const changes: readonly Review[] = [
  review("docs/start.md", [
    said(user("ada-steady"), "Could this point to the new address at once?", "CONTRIBUTOR"),
    said(pull7.opener.by, "Done.", "FIRST_TIME_CONTRIBUTOR"),
  ]),
  review("docs/guide.md", [said(user("owen-owner"), "A comma is missing.", "OWNER")]),
  ...Array.from({ length: 28 }, (_, at) => review(`docs/page-${at + 1}.md`, [said(user(`gen-${at + 1}`), `Note on page ${at + 1}.`)])),
];

export const discussion: Discussion = {
  repository: "acme/web",
  organization: "acme",
  number: 12,
  title: "What should the start page say?",
  hasHovercards: false,
  opener: said(user("newcomer-nia"), "I would like to write it for people who come here for the first time."),
  threads: [
    { comment: said(user("ada-steady"), "Start with what it is for.", "CONTRIBUTOR"), replies: [said(user("newcomer-nia"), "That is a good first sentence."), said(GHOST, "It was there once.")] },
    { comment: said(user("mel-member"), "And with a picture.", "MEMBER"), replies: [said(user("echo-eve"), "Please improve the readme as well.")] },
  ],
};

export const orgDiscussion: Discussion = {
  ...discussion,
  repository: null,
  number: 5,
  title: "Where do we meet next year?",
  hasHovercards: true,
};

/** Rows of pages that show neither associations nor assignees. */
export const plainRows: readonly Row[] = [
  row(2, "issue", user("busy-bea"), "How are dates written?"),
  row(8, "pull", user("newcomer-nia"), "A test for the search filter"),
  row(21, "pull", user("mel-member"), "The state is written before leaving"),
];
export const foundRows: readonly Row[] = elsewhere(plainRows);
export const advisoryRow: Row = row(56, "issue", user("mel-member"), "A filter lets markup through");

export const comparedCommits: readonly CommitRow[] = [
  commit(5, "Write the state before leaving", [user("mel-member")], false),
  commit(6, "Bump the router", [app("dependabot")], false),
  commit(7, "Shorten the first paragraph", [user("ada-steady"), user("newcomer-nia")], false),
];
