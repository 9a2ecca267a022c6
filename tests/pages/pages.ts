// The one table of pages: where each is, what kind it is, what it holds, whom it names.

import {
  type Expected,
  expectedOfCommits,
  expectedOfDiscussion,
  expectedOfRows,
  expectedOfTab,
  expectedOfThread,
} from "./expected";
import * as lists from "./lists";
import { MENTIONED, type RowShape, type RowsView } from "./classic/more";
import type { CommitRow, Discussion, Review, Row, Thread } from "./model";
import { CUT_OFF_AT, crowd, cutOff, issue1, issue2, LONG_WINDED, lab, labPartial, oddLogins, oldPull, ownIssue, pull7, pull8, rightToLeft } from "./threads";
import type { Payload } from "./react/app";

/** What is drawn at an address: a React app, or classic HTML. */
export type Content =
  | { readonly draw: "react"; readonly payload: Payload; readonly element?: "react-partial" }
  /** The React shell of a pull request and the classic HTML inside it. */
  | { readonly draw: "pull"; readonly thread: Thread }
  | { readonly draw: "classic-pulls"; readonly heading: string; readonly rows: readonly Row[] }
  | { readonly draw: "classic-files"; readonly thread: Thread; readonly reviews: readonly Review[] }
  | { readonly draw: "discussion"; readonly discussion: Discussion }
  | { readonly draw: "rows"; readonly view: RowsView }
  | {
      readonly draw: "comparison";
      readonly heading: string;
      readonly repository: string;
      readonly commits: readonly CommitRow[];
    }
  | { readonly draw: "advisory"; readonly row: Row };

export type Page = {
  /** The path, with a query where that is part of what the page is. */
  readonly path: string;
  /** The kind of page, in the words that `expected.json` carries. */
  readonly kind: string;
  readonly title: string;
  readonly content: Content;
  readonly expected: Expected;
  readonly isRightToLeft?: boolean;
  /** Everything from this text on is not sent. */
  readonly cutOffAt?: string;
};

const issue = (thread: Thread): Page => ({
  path: `/${thread.repository}/issues/${thread.number}`,
  kind: "issue",
  title: `${thread.title} · Issue #${thread.number} · ${thread.repository}`,
  content: { draw: "react", payload: { route: "issue", thread } },
  expected: expectedOfThread(thread, "comment"),
});

const pull = (thread: Thread): Page => ({
  path: `/${thread.repository}/pull/${thread.number}`,
  kind: "pull-conversation",
  title: `${thread.title} · Pull Request #${thread.number} · ${thread.repository}`,
  content: { draw: "pull", thread },
  expected: expectedOfThread(thread, "comment and header"),
});

const pullTab = (tab: string, kind: string, content: Content, expected: Expected): Page => ({
  path: `/acme/web/pull/7/${tab}`,
  kind,
  title: `${pull7.title} · Pull Request #7 · acme/web`,
  content,
  expected,
});

const issueList = (path: string, heading: string, kind: string, rows: readonly Row[], repository: string | null): Page => ({
  path,
  kind,
  title: heading,
  content: { draw: "react", payload: { route: "issue-list", list: { heading, path, rows } } },
  expected: expectedOfRows(rows, repository),
});

const pullList = (path: string, kind: string, rows: readonly Row[], repository: string | null): Page => ({
  path,
  kind,
  title: "Pull requests",
  content: {
    draw: "react",
    payload: { route: "pull-list", isGlobal: repository === null, list: { heading: "Pull requests", path, rows } },
  },
  expected: expectedOfRows(rows, repository),
});

const commitPage = (): Page[] => {
  const repository = "acme/web";
  return lists.commits.slice(0, 1).map((commit): Page => ({
    path: `/${repository}/commit/${commit.sha}`,
    kind: "commit",
    title: commit.message,
    content: { draw: "react", payload: { route: "commit", repository, commit, comments: lists.commitComments } },
    expected: expectedOfCommits([commit], lists.commitComments, repository),
  }));
};

const discussionPage = (path: string, kind: string, discussion: Discussion): Page => ({
  path,
  kind,
  title: discussion.title,
  content: { draw: "discussion", discussion },
  expected: expectedOfDiscussion(discussion),
});

/** A page of rows in a shape of its own; of several repositories where `repository` is null. */
const rowsPage = (
  path: string,
  shape: RowShape,
  heading: string,
  rows: readonly Row[],
  repository: string | null,
): Page => ({
  path,
  kind: shape,
  title: heading,
  content: { draw: "rows", view: { shape, heading, rows } },
  expected: expectedOfRows(rows, repository, shape === "releases" ? [MENTIONED] : []),
});

const comparison = (path: string): Page => ({
  path,
  kind: "comparison",
  title: "Comparing branches",
  content: {
    draw: "comparison",
    heading: "Comparing branches",
    repository: "acme/web",
    commits: lists.comparedCommits,
  },
  expected: expectedOfCommits(lists.comparedCommits, [], "acme/web"),
});

export const PAGES: readonly Page[] = [
  issue(issue1),
  issue(issue2),
  issue(ownIssue),
  pull(pull7),
  pull(pull8),
  ...[1, 8, 25, 60, 100].map((authors) => pull(crowd(1000 + authors, authors))),
  pull(crowd(1160, 60, 60, [], 101)),

  // Lists.
  issueList("/acme/web/issues", "Issues", "issue-list", lists.issueRows, "acme/web"),
  issueList("/acme/web/labels/bug", "Label: bug", "label-list", lists.labelledRows, "acme/web"),
  issueList("/acme/web/milestone/4", "Milestone: spring", "milestone-list", lists.milestoneRows, "acme/web"),
  issueList("/acme/web/issues/views/3", "View: mine", "issue-list", lists.issueRows, "acme/web"),
  issueList("/acme/long/issues", "Issues", "issue-list", lists.longRows, "acme/long"),
  issueList("/issues", "Your issues", "global-issue-list", lists.globalIssueRows, null),
  {
    path: "/acme/web/pulls",
    kind: "pull-list-classic",
    title: "Pull requests · acme/web",
    content: { draw: "classic-pulls", heading: "Pull requests", rows: lists.pullRows },
    expected: expectedOfRows(lists.pullRows, "acme/web"),
  },
  pullList("/acme/web/pulls/everybody", "pull-list-react", lists.busyRows, "acme/web"),
  pullList("/acme/next/pulls", "pull-list-react", lists.nextPullRows, "acme/next"),
  pullList("/pulls", "global-pull-list", lists.globalPullRows, null),

  // The other tabs of a pull request.
  pullTab(
    "commits",
    "pull-commits",
    { draw: "react", payload: { route: "pull-commits", thread: { ...pull7, items: [] }, commits: lists.pullCommits } },
    expectedOfTab(pull7, lists.pullCommits, []),
  ),
  pullTab(
    "files",
    "pull-files-classic",
    { draw: "classic-files", thread: pull7, reviews: lists.changes },
    expectedOfTab(pull7, [], lists.changes),
  ),
  pullTab(
    "changes",
    "pull-changes-react",
    { draw: "react", payload: { route: "pull-changes", thread: { ...pull7, items: [] }, reviews: lists.changes } },
    expectedOfTab(pull7, [], lists.changes),
  ),

  // Commits and discussions.
  {
    path: "/acme/web/commits/main",
    kind: "commits",
    title: "Commits · acme/web",
    content: { draw: "react", payload: { route: "commits", repository: "acme/web", commits: lists.commits } },
    expected: expectedOfCommits(lists.commits, [], "acme/web"),
  },
  ...commitPage(),
  discussionPage("/acme/web/discussions/12", "discussion", lists.discussion),
  discussionPage("/orgs/acme/discussions/5", "organization-discussion", lists.orgDiscussion),

  // Further pages that name authors.
  comparison("/acme/web/compare/main...next"),
  comparison("/acme/web/pull/new/next"),
  rowsPage("/acme/web/discussions", "discussions", "Discussions", lists.plainRows, "acme/web"),
  rowsPage("/acme/web/discussions/categories/q-a", "discussions", "Questions", lists.plainRows, "acme/web"),
  rowsPage("/orgs/acme/discussions", "discussions", "Discussions", lists.plainRows, null),
  rowsPage("/acme/web/releases", "releases", "Releases", lists.plainRows, "acme/web"),
  rowsPage("/acme/web/releases/tag/v2", "releases", "Release", lists.plainRows.slice(0, 1), "acme/web"),
  rowsPage("/search?q=is%3Aopen&type=issues", "search", "Search results", lists.foundRows, null),
  rowsPage("/acme/web/queue/main", "merge-queue", "Merge queue", lists.plainRows, "acme/web"),
  rowsPage("/acme/web/security/advisories", "advisories", "Advisories", lists.plainRows, "acme/web"),
  {
    path: "/acme/web/security/advisories/GHSA-ab12-cd34-ef56",
    kind: "advisory",
    title: "Advisory",
    content: { draw: "advisory", row: lists.advisoryRow },
    expected: expectedOfRows([lists.advisoryRow], "acme/web", [MENTIONED]),
  },
  {
    ...issue(issue1),
    path: "/orgs/acme/projects/3?pane=issue&itemId=5&issue=acme%7Cweb%7C1",
    kind: "project-item",
  },

  // Pages that are hard in one way or another.
  {
    path: "/acme/web/issues/900",
    kind: "lab",
    title: lab.title,
    content: { draw: "react", payload: { route: "lab", thread: lab } },
    expected: expectedOfThread(lab, "none"),
  },
  {
    path: "/acme/web/issues/901",
    kind: "lab",
    title: labPartial().title,
    content: { draw: "react", element: "react-partial", payload: { route: "lab", thread: labPartial() } },
    expected: expectedOfThread(labPartial(), "none"),
  },
  { ...issue(rightToLeft), isRightToLeft: true },
  pull(oldPull),
  { ...pull(cutOff), cutOffAt: CUT_OFF_AT },
  pull(oddLogins),
  ...[250, 500, 1000, 2000].map((comments) => pull(crowd(comments, 200, comments))),
  pull(crowd(1061, 60, 60, LONG_WINDED)),
];
