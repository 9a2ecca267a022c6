// Further pages that name authors: rows of GitHub's server-rendered HTML, each kind in its own shape.

import type { ReactNode } from "react";
import { type CommitRow, listName, type Person, type Row, user } from "../model";
import { Paragraphs, When } from "../react/body";
import { Author, AvatarOnly, classicLink } from "./author";

/** What holds the rows of a page, by the page that they stand on. */
export type RowShape =
  | "discussions"
  | "releases"
  | "search"
  | "merge-queue"
  | "advisories";

export type RowsView = { readonly shape: RowShape; readonly heading: string; readonly rows: readonly Row[] };

/** Somebody mentioned in the words of a row, who is no author of anything. */
export const MENTIONED: Person = user("mia-watcher");

const DRAW: Readonly<Record<RowShape, (row: Row) => ReactNode>> = {
  discussions: (row) => (
    <li className="Box-row js-socket-channel">
      <a className="Link--primary" href={`/${row.repository}/discussions/${row.number}`}>
        {row.title}
      </a>
      <div className="text-small color-fg-muted">
        <a className="Link--muted text-bold" {...classicLink(row.by)}>
          {row.by.login}
        </a>{" "}
        asked <When at={row.at} /> in <a href={`/${row.repository}/discussions/categories/q-a`}>Questions</a>
      </div>
      <div className="AvatarStack">
        <AvatarOnly by={MENTIONED} size={20} className="avatar avatar-user" />
      </div>
    </li>
  ),
  releases: (row) => (
    <section aria-label={row.title}>
      <div className="mr-md-0 d-flex text-small color-fg-muted">
        <AvatarOnly by={row.by} size={20} className="d-inline-block" />{" "}
        <a className="color-fg-muted wb-break-all" {...classicLink(row.by)}>
          {row.by.login}
        </a>{" "}
        released this <When at={row.at} />
      </div>
      <h2>
        <a className="Link--primary Link" href={`/${row.repository}/releases/tag/v${row.number}`}>
          {row.title}
        </a>
      </h2>
      <div className="markdown-body">
        <Paragraphs body={[["Thanks to ", { mention: MENTIONED.login }, "."]]} />
      </div>
    </section>
  ),
  search: (row) => (
    <div className="search-title-module__result--r1" data-testid="search-result">
      <a href={`/${row.repository}/issues/${row.number}`}>{row.title}</a>
      <div className="text-small color-fg-muted">
        <a className="prc-Link-Link-q0" {...classicLink(row.by)}>
          {row.by.login}
        </a>{" "}
        · opened <When at={row.at} /> · #{row.number}
      </div>
    </div>
  ),
  "merge-queue": (row) => (
    <li className="Box-row">
      <a href={`/${row.repository}/pull/${row.number}`}>{row.title}</a>
      <span className="opened-by text-small color-fg-muted">
        #{row.number} added by{" "}
        <a className="user-mention" href={`/${row.by.login}`}>
          {row.by.login}
        </a>{" "}
        <When at={row.at} />
      </span>
    </li>
  ),
  advisories: (row) => (
    <li className="Box-row">
      <a className="Link--primary" href={`/${row.repository}/security/advisories/GHSA-ab12-cd34-ef${row.number}`}>
        {row.title}
      </a>
      <div className="text-small color-fg-muted">
        GHSA-ab12-cd34-ef{row.number} published <When at={row.at} /> by{" "}
        <Author by={row.by} className="author Link--muted" />
      </div>
    </li>
  ),
};

export function Rows({ shape, heading, rows }: RowsView): ReactNode {
  return (
    <div className="Box">
      <h1>{heading}</h1>
      <ul className="rows">
        {rows.map((row) => (
          <Row key={row.number} row={row} shape={shape} />
        ))}
      </ul>
    </div>
  );
}

function Row({ row, shape }: { readonly row: Row; readonly shape: RowShape }): ReactNode {
  return DRAW[shape](row);
}

/** The commits between two branches, in the shape that commit lists had before React. */
export function Comparison({
  heading,
  repository,
  commits,
}: {
  readonly heading: string;
  readonly repository: string;
  readonly commits: readonly CommitRow[];
}): ReactNode {
  return (
    <div className="repository-content">
      <h1>{heading}</h1>
      <ol>
        {commits.map((commit) => (
          <li key={commit.sha} className="js-commits-list-item Box-row">
            <a href={`/${repository}/commit/${commit.sha}`}>{commit.message}</a>
            <div className="text-small color-fg-muted">
              {commit.by.map((person) => (
                <CommitAuthor key={person.login} by={person} repository={repository} />
              ))}
              {commit.unlinked} committed <When at={commit.at} />
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

function CommitAuthor({ by, repository }: { readonly by: Person; readonly repository: string }): ReactNode {
  const author = by.kind === "app" ? `${by.login}%5Bbot%5D` : by.login;
  return (
    <>
      <a
        className="commit-author user-mention"
        title={`View all commits by ${by.login}`}
        href={`/${repository}/commits?author=${author}`}
      >
        {listName(by)}
      </a>{" "}
    </>
  );
}

/** An advisory: who reported it, and who has published it since. */
export function Advisory({ row }: { readonly row: Row }): ReactNode {
  return (
    <div className="js-discussion">
      <h1>{row.title}</h1>
      <div className="gh-header-meta">
        <Author by={row.by} className="author text-bold Link--secondary" /> published GHSA-ab12-cd34-ef56{" "}
        <When at={row.at} />
      </div>
      <div className="markdown-body comment-body">
        <Paragraphs body={[["Found by ", { mention: MENTIONED.login }, "."]]} />
      </div>
    </div>
  );
}
