// The React shell of a pull request: it draws the header twice and leaves the rest to server HTML.

import { createContext, type ReactNode, useContext } from "react";
import type { Thread } from "../model";
import { accountLink } from "./issue";

/** The parts of the page that the server draws as classic HTML inside the shell. */
export type PartialName = "Body" | "Timeline" | "TimelineActions" | "Sidebar";

/**
 * The HTML of each part. On the server it is drawn; in the browser it is what already stands in the
 * document, so that hydration leaves it alone.
 */
export const Partials = createContext<(name: PartialName) => string>(() => "");

function RailsPartial({ name }: { readonly name: PartialName }): ReactNode {
  const html = useContext(Partials)(name);
  return (
    <rails-partial
      data-partial-name={`pullRequestsConversationsRoute.${name}`}
      className="RailsPartial-module__d-contents__t0"
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}

/** The sentence under the title. The author link has an address and nothing else. */
function Summary({ thread }: { readonly thread: Thread }): ReactNode {
  const { by } = thread.opener;
  return (
    <div className="fgColor-muted d-flex flex-items-center PullRequestHeaderSummary-module__summaryContainer__t1">
      <a
        className="text-bold prc-Link-Link-t2"
        data-component="Link"
        data-muted="true"
        data-inline="true"
        href={accountLink(by, false)["href"]}
      >
        {by.login}
      </a>{" "}
      {thread.state === "Merged" ? "merged" : "wants to merge"} 2 commits into
      <div className="branches">
        <a href={`/${thread.repository}/tree/main`} className="PullRequestBranchName-module__branchName__t3">
          main
        </a>
        <span>from </span>
        <a href={`/${by.login}/web/tree/topic`} className="PullRequestBranchName-module__branchName__t3">
          {by.login}:topic
        </a>
      </div>
    </div>
  );
}

type Tab = "conversation" | "commits" | "changes";

/** The header of a pull request, drawn twice, above the tab that is open. */
export function PullShell({
  thread,
  tab,
  children,
}: {
  readonly thread: Thread;
  readonly tab: Tab;
  readonly children: ReactNode;
}): ReactNode {
  const url = `/${thread.repository}/pull/${thread.number}`;
  const state = (
    <span className={`State State--${thread.state} prc-StateLabel-StateLabel-t4`}>{thread.state}</span>
  );
  const tabs: readonly (readonly [Tab, string, string])[] = [
    ["conversation", "Conversation", url],
    ["commits", "Commits", `${url}/commits`],
    ["changes", "Files changed", `${url}/changes`],
  ];
  return (
    <div data-component="SplitPageLayout" className="prc-PageLayout-PageLayoutRoot-t5">
      <header data-component="SplitPageLayout.Header" className="prc-PageLayout-Header-t6">
        <div data-component="PageHeader" className="PullRequestHeader-module__container__t7">
          <h1 data-component="PH_Title">
            <span className="markdown-title">{thread.title}</span>{" "}
            <span className="fgColor-muted f1-light">#{thread.number}</span>
          </h1>
          <div className="pull-summary">
            {state}
            <Summary thread={thread} />
          </div>
          <nav aria-label="Pull request" className="tabnav">
            {tabs.map(([name, label, href]) => (
              <a key={name} href={href} data-discover="true" {...(name === tab ? { "aria-current": "page" } : {})}>
                {label}
              </a>
            ))}
          </nav>
        </div>
        <div data-component="PageHeader" className="StickyPullRequestHeader-module__prHeader__t8">
          {state}
          <a href="#top" className="text-bold">
            {thread.title}
          </a>
          <Summary thread={thread} />
        </div>
      </header>
      {children}
    </div>
  );
}

export function PullView({ thread }: { readonly thread: Thread }): ReactNode {
  return (
    <PullShell thread={thread} tab="conversation">
      <div className="columns Conversations-module__content__t9">
        <div className="js-quote-selection-container" data-issue-and-pr-hovercards-enabled="true">
          <div className="js-discussion">
            <RailsPartial name="Body" />
            <RailsPartial name="Timeline" />
          </div>
          <RailsPartial name="TimelineActions" />
        </div>
        <div className="Conversations-module__pane__u0 side-bar">
          <RailsPartial name="Sidebar" />
        </div>
      </div>
    </PullShell>
  );
}
