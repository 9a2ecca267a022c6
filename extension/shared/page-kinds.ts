/** Every kind of GitHub's pages that names authors, by the names under which badges can be switched off there. */
export const PAGE_KINDS = [
  "issue",
  "pull",
  "files",
  "pullCommits",
  "issues",
  "pulls",
  "list",
  "allIssues",
  "allPulls",
  "search",
  "projectItem",
  "mergeQueue",
  "discussion",
  "discussions",
  "orgDiscussion",
  "orgDiscussions",
  "commits",
  "commit",
  "compare",
  "releases",
  "advisory",
  "advisories",
] as const;

/** A kind of page on which authors are named. */
export type PageKind = (typeof PAGE_KINDS)[number];
