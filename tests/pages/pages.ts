// The one table of pages: where each is, what kind it is, what it holds, whom it names.

import { type Expected, expectedOfThread } from "./expected";
import type { Thread } from "./model";
import { crowd, issue1, issue2, ownIssue, pull7, pull8 } from "./threads";

/** What is drawn at an address. */
export type Content =
  | { readonly draw: "issue"; readonly thread: Thread }
  | { readonly draw: "pull"; readonly thread: Thread };

export type Page = {
  readonly path: string;
  /** The kind of page, in the words that `expected.json` carries. */
  readonly kind: string;
  readonly content: Content;
  readonly expected: Expected;
};

const issue = (thread: Thread): Page => ({
  path: `/${thread.repository}/issues/${thread.number}`,
  kind: "issue",
  content: { draw: "issue", thread },
  expected: expectedOfThread(thread, 0),
});

const pull = (thread: Thread): Page => ({
  path: `/${thread.repository}/pull/${thread.number}`,
  kind: "pull-conversation",
  content: { draw: "pull", thread },
  expected: expectedOfThread(thread, 2),
});

export const PAGES: readonly Page[] = [
  issue(issue1),
  issue(issue2),
  issue(ownIssue),
  pull(pull7),
  pull(pull8),
  ...[8, 25, 60, 100].map((authors) => pull(crowd(1000 + authors, authors))),
];
