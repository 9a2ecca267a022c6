// Lists of commits, and one commit with what was said about it.

import type { ReactNode } from "react";
import { type Comment, type CommitRow, listName } from "../model";
import { avatarUrl, Paragraphs, When } from "./body";
import { accountLink } from "./issue";

function Attribution({ commit, repository }: { readonly commit: CommitRow; readonly repository: string }): ReactNode {
  return (
    <div className="CommitAttribution-module__CommitAttributionContainer--y0">
      <span data-component="AvatarStack">
        {commit.by.map((person) => (
          <img
            key={person.login}
            data-testid="commit-stack-avatar"
            alt={person.login}
            width={16}
            height={16}
            src={avatarUrl(person.login)}
          />
        ))}
      </span>
      {commit.by.map((person, at) => (
        <span key={person.login}>
          {at > 0 && <span className="pl-1">and</span>}
          <div data-testid="author-link" className="AuthorLink-module__authorLinkContainer--y1">
            <a
              className="AuthorLink-module__authorNameLink--y2 prc-Link-Link-q0"
              data-component="Link"
              href={`/${repository}/commits?author=${encodeURIComponent(person.kind === "app" ? `${person.login}[bot]` : person.login)}`}
              aria-label={`commits by ${person.login}${person.kind === "app" ? "[bot]" : ""}`}
              {...(commit.hasHovercard && person.kind === "user"
                ? { "data-hovercard-url": `/users/${person.login}/hovercard`, "data-hovercard-type": "user" }
                : {})}
            >
              {person.kind === "app" ? `${person.login}[bot]` : listName(person)}
            </a>
          </div>
        </span>
      ))}
      {commit.unlinked !== undefined && (
        <div data-testid="author-link" className="AuthorLink-module__authorLinkContainer--y1">
          <span>{commit.unlinked}</span>
        </div>
      )}
      <span className="pl-1">committed</span> <When at={commit.at} />
    </div>
  );
}

export function CommitList({ commits, repository }: { readonly commits: readonly CommitRow[]; readonly repository: string }): ReactNode {
  return (
    <ul className="list-rows" data-testid="commits-list">
      {commits.map((commit) => (
        <li
          key={commit.sha}
          className="CommitRow-module__ListItem--y3"
          data-testid="commit-row-item"
          data-commit-link={`/${repository}/commit/${commit.sha}`}
        >
          <h4>
            <a className="Title-module__anchor--w2" href={`/${repository}/commit/${commit.sha}`}>
              {commit.message}
            </a>
          </h4>
          <Attribution commit={commit} repository={repository} />
        </li>
      ))}
    </ul>
  );
}

export function CommitView({
  commit,
  comments,
  repository,
}: {
  readonly commit: CommitRow;
  readonly comments: readonly Comment[];
  readonly repository: string;
}): ReactNode {
  return (
    <div className="CommitHeader-module__container--y4">
      <h1>{commit.message}</h1>
      <Attribution commit={commit} repository={repository} />
      <h2>Comments</h2>
      {comments.map((comment, at) => (
        <div key={at} data-testid="commit-comment" className="comment-box">
          <div data-testid="comment-header" className="ActivityHeader-module__activityHeader--q9">
            <a className="ActivityHeader-module__AuthorLink--r7 prc-Link-Link-q0" data-testid="avatar-link" {...accountLink(comment.by, false)}>
              {comment.by.login}
            </a>{" "}
            <When at={comment.at} />
          </div>
          <div className="markdown-body">
            <Paragraphs body={comment.body} />
          </div>
        </div>
      ))}
    </div>
  );
}
