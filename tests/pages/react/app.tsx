// What each `react-app` draws, from the JSON embedded beside it. Used by the build and in the page.

import type { ReactNode } from "react";
import type { Comment, CommitRow, Review, Thread } from "../model";
import { ChangesView } from "./changes";
import { CommitList, CommitView } from "./commits";
import { IssueView } from "./issue";
import { LabView } from "./lab";
import { IssueList, type ListPayload, PullList } from "./list";
import { PullShell, PullView } from "./pull";

export type Payload =
  | { readonly route: "issue"; readonly thread: Thread }
  | { readonly route: "lab"; readonly thread: Thread }
  | { readonly route: "issue-list"; readonly list: ListPayload }
  | { readonly route: "pull"; readonly thread: Thread }
  | { readonly route: "pull-commits"; readonly thread: Thread; readonly commits: readonly CommitRow[] }
  | { readonly route: "pull-changes"; readonly thread: Thread; readonly reviews: readonly Review[] }
  | { readonly route: "pull-list"; readonly list: ListPayload; readonly isGlobal: boolean }
  | { readonly route: "commits"; readonly repository: string; readonly commits: readonly CommitRow[] }
  | {
      readonly route: "commit";
      readonly repository: string;
      readonly commit: CommitRow;
      readonly comments: readonly Comment[];
    };

/** The `app-name` of each: pages of one app follow each other without leaving React. */
export const APP_NAMES: Readonly<Record<Payload["route"], string>> = {
  issue: "issues-react",
  lab: "issues-react",
  "issue-list": "issues-react",
  pull: "pull-requests",
  "pull-commits": "pull-requests",
  "pull-changes": "pull-requests",
  "pull-list": "pull-requests-list",
  commits: "commits",
  commit: "commits",
};

export function App({ payload }: { readonly payload: Payload }): ReactNode {
  switch (payload.route) {
    case "issue":
      return <IssueView thread={payload.thread} />;
    case "lab":
      return <LabView thread={payload.thread} />;
    case "issue-list":
      return <IssueList list={payload.list} />;
    case "pull":
      return <PullView thread={payload.thread} />;
    case "pull-commits":
      return (
        <PullShell thread={payload.thread} tab="commits">
          <CommitList commits={payload.commits} repository={payload.thread.repository} />
        </PullShell>
      );
    case "pull-changes":
      return (
        <PullShell thread={payload.thread} tab="changes">
          <ChangesView reviews={payload.reviews} opener={payload.thread.opener.by.login} />
        </PullShell>
      );
    case "pull-list":
      return <PullList list={payload.list} isGlobal={payload.isGlobal} />;
    case "commits":
      return <CommitList commits={payload.commits} repository={payload.repository} />;
    case "commit":
      return (
        <CommitView commit={payload.commit} comments={payload.comments} repository={payload.repository} />
      );
  }
}
