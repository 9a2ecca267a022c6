// Lists of issues and pull requests as React draws them.

import type { ReactNode } from "react";
import { listName, type Row } from "../model";
import { When } from "./body";

export type ListPayload = {
  readonly heading: string;
  /** The address of the list itself, to which author filters lead. */
  readonly path: string;
  readonly rows: readonly Row[];
};

const rowUrl = (row: Row): string => `/${row.repository}/${row.kind === "pull" ? "pull" : "issues"}/${row.number}`;

/** The search that an author link leads to: `author:login`, and `author:app/name` for apps. */
function filterUrl(path: string, row: Row): string {
  const author = row.by.kind === "app" ? `app/${row.by.login}` : row.by.login;
  const kind = row.kind === "pull" ? "pr" : "issue";
  return `${path}?q=${encodeURIComponent(`is:${kind} state:open author:${author}`)}`;
}

function Title({ row }: { readonly row: Row }): ReactNode {
  return (
    <div className="Title-module__container--w0" data-listview-item-title-container="true">
      <h3 className="Title-module__heading--w1">
        <a
          className="Title-module__anchor--w2"
          data-testid="issue-pr-title-link"
          data-discover="true"
          href={rowUrl(row)}
        >
          <span>{row.title}</span>
        </a>
      </h3>
    </div>
  );
}

function Assignees({ row }: { readonly row: Row }): ReactNode {
  return (
    <div className="MetadataContainer-module__container--w3" data-testid="list-row-assignees">
      {(row.assignees ?? []).map((person) => (
        <a
          key={person.login}
          aria-label={`${person.login} is assigned`}
          data-hovercard-url={`/users/${person.login}/hovercard`}
          href={`/${row.repository}/issues?q=assignee%3A${person.login}`}
        >
          <img alt={`@${person.login}`} width={20} height={20} src={`/assets/avatars/${person.login}.svg`} />
        </a>
      ))}
    </div>
  );
}

/** A row of an issue list: a hovercard on a link whose address is a search. */
function IssueRow({ row, path }: { readonly row: Row; readonly path: string }): ReactNode {
  const hovercard =
    row.by.kind === "app"
      ? {}
      : { "data-hovercard-url": `/users/${row.by.login}/hovercard`, "data-hovercard-type": "user" };
  return (
    <li className="ListItem-module__listItem--w4" tabIndex={-1}>
      <Title row={row} />
      <div className="Description-module__container--w5" data-testid="list-row-repo-name-and-number">
        <span>
          {row.repository}#{row.number}
        </span>
        <div data-testid="created-at" className="IssueItem-module__timestampContainer--w6">
          <span>· </span>
          <a
            className="IssueItem-module__authorCreatedLink--w7 prc-Link-Link-q0"
            data-component="Link"
            href={filterUrl(path, row)}
            {...hovercard}
          >
            {row.by.fullName === undefined ? (
              row.by.login
            ) : (
              <>
                {row.by.fullName} ({row.by.login})
              </>
            )}
          </a>
          <span> opened </span>
          <When at={row.at} />
        </div>
      </div>
      <Assignees row={row} />
    </li>
  );
}

/** What stands above the rows: how many there are, and menus at the right. */
function Header({ list }: { readonly list: ListPayload }): ReactNode {
  return (
    <div className="ListHeader-module__header--x1">
      <span>
        <b>{list.rows.length}</b> Open
      </span>
      <div>
        {["Author", "Labels", "Sort"].map((menu) => (
          <button key={menu} type="button">
            {menu} ▾
          </button>
        ))}
      </div>
    </div>
  );
}

export function IssueList({ list }: { readonly list: ListPayload }): ReactNode {
  return (
    <div className="ListView-module__container--w8">
      <h1>{list.heading}</h1>
      <div className="ListBox-module__box--x2">
        <Header list={list} />
        <ul className="list-rows">
          {list.rows.map((row) => (
            <IssueRow key={`${row.repository}#${row.number}`} row={row} path={list.path} />
          ))}
        </ul>
      </div>
    </div>
  );
}

/**
 * A list of pull requests: the author is a filter. In a repository it is a link whose address names
 * the login, on the list of all repositories a button with nothing but its text.
 */
export function PullList({
  list,
  isGlobal,
}: {
  readonly list: ListPayload;
  readonly isGlobal: boolean;
}): ReactNode {
  return (
    <div className="ListView-module__container--w8">
      <h1>{list.heading}</h1>
      {!isGlobal && (
        <a data-testid="author-filter-link" href={`${list.path}?q=is%3Apr+author%3A%40me`}>
          Created by you
        </a>
      )}
      <div className="ListBox-module__box--x2">
        <Header list={list} />
        <ul className="list-rows">
          {list.rows.map((row) => (
            <li
              key={`${row.repository}#${row.number}`}
              className="PullRequestRow-module__row--w9"
              data-testid="pull-request-row"
            >
              <Title row={row} />
              <div className="PullRequestRow-module__description--x0">
                <span>
                  {row.repository}#{row.number}{" "}
                </span>
                <span>opened by </span>
                {isGlobal ? (
                  <button
                    type="button"
                    data-testid="author-filter-link"
                    aria-label={`Filter by author ${botName(row.by)}`}
                  >
                    {row.by.fullName ?? row.by.login}
                  </button>
                ) : (
                  <a data-testid="author-filter-link" href={filterUrl(list.path, row)}>
                    {botName(row.by)}
                  </a>
                )}{" "}
                <When at={row.at} />
              </div>
              <Assignees row={row} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** Lists of pull requests write apps by the name that the API has for them. */
function botName(by: Row["by"]): string {
  return by.kind === "app" ? `${by.login}[bot]` : listName(by);
}
