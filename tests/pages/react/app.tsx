// What each `react-app` draws, from the JSON embedded beside it. Used by the build and in the page.

import type { ReactNode } from "react";
import type { Thread } from "../model";
import { IssueView } from "./issue";
import { PullView } from "./pull";

export type Payload =
  | { readonly route: "issue"; readonly thread: Thread }
  | { readonly route: "pull"; readonly thread: Thread };

/** The `app-name` that GitHub gives each kind of app. */
export const APP_NAMES: Readonly<Record<Payload["route"], string>> = {
  issue: "issues-react",
  pull: "pull-requests",
};

export function App({ payload }: { readonly payload: Payload }): ReactNode {
  switch (payload.route) {
    case "issue":
      return <IssueView thread={payload.thread} />;
    case "pull":
      return <PullView thread={payload.thread} />;
  }
}
