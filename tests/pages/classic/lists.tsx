// The classic list of pull requests, and the classic list of changed files.

import type { ReactNode } from "react";
import { ASSOCIATION_LABELS, listName, type Review, type Row, type Thread } from "../model";
import { avatarUrl, Paragraphs, When } from "../react/body";
import type { ListPayload } from "../react/list";
import { AssociationLabels, AvatarOnly, classicLink, StrongAuthor } from "./author";

function PullRow({ row, path }: { readonly row: Row; readonly path: string }): ReactNode {
  const author = row.by.kind === "app" ? `app%2F${row.by.login}` : row.by.login;
  const hovercard =
    row.by.kind === "app"
      ? {}
      : { "data-hovercard-type": "user", "data-hovercard-url": `/users/${row.by.login}/hovercard` };
  return (
    <div id={`issue_${row.number}`} className="Box-row js-navigation-item js-issue-row">
      <a
        className="Link--primary v-align-middle no-underline h4 js-navigation-open markdown-title"
        data-hovercard-type="pull_request"
        data-hovercard-url={`/${row.repository}/pull/${row.number}/hovercard`}
        data-turbo-frame="repo-content-turbo-frame"
        href={`/${row.repository}/pull/${row.number}`}
      >
        {row.title}
      </a>
      <div className="d-flex mt-1 text-small color-fg-muted">
        <span className="opened-by">
          #{row.number} opened <When at={row.at} /> by{" "}
          <a
            className="Link--muted"
            title={`Pull requests of ${row.by.login}`}
            {...hovercard}
            href={`${path.replace(/\/pulls$/, "/issues")}?q=is%3Apr+is%3Aopen+author%3A${author}`}
          >
            {listName(row.by)}
          </a>{" "}
          {row.association && (
            <span
              className="tooltipped tooltipped-n"
              aria-label={ASSOCIATION_LABELS[row.association].about}
            >
              <span className="Label ml-0">{ASSOCIATION_LABELS[row.association].label}</span>
            </span>
          )}
        </span>
      </div>
      <div className="AvatarStack AvatarStack--right">
        {(row.assignees ?? []).map((person) => (
          <a
            key={person.login}
            className="avatar avatar-user"
            aria-label={`Assigned to ${person.login}`}
            href={`${path}?q=assignee%3A${person.login}`}
          >
            <img className="from-avatar avatar-user" alt={`@${person.login}`} width={20} height={20} src={avatarUrl(person.login)} />
          </a>
        ))}
      </div>
    </div>
  );
}

export function ClassicPullList({ list }: { readonly list: ListPayload }): ReactNode {
  return (
    <div className="js-check-all-container">
      <h1>{list.heading}</h1>
      <div className="js-navigation-container js-active-navigation-container">
        {list.rows.map((row) => (
          <PullRow key={row.number} row={row} path={list.path} />
        ))}
      </div>
    </div>
  );
}

/** The opener in the header, which classic pages draw twice as well, with a hovercard. */
function ClassicHeader({ thread, className }: { readonly thread: Thread; readonly className: string }): ReactNode {
  return (
    <div className={className}>
      <span className={`State State--${thread.state}`}>{thread.state}</span>{" "}
      <a className="author Link--secondary text-bold css-truncate css-truncate-target" {...classicLink(thread.opener.by)}>
        {thread.opener.by.login}
      </a>{" "}
      wants to merge 2 commits into <span className="commit-ref base-ref">main</span>
    </div>
  );
}

export function ClassicFiles({ thread, reviews }: { readonly thread: Thread; readonly reviews: readonly Review[] }): ReactNode {
  return (
    <div className="pull-request-tab-content">
      <div id="partial-discussion-header" className="gh-header js-details-container">
        <h1 className="gh-header-title">
          <bdi className="js-issue-title markdown-title">{thread.title}</bdi>
        </h1>
        <ClassicHeader thread={thread} className="gh-header-meta" />
        <ClassicHeader thread={thread} className="gh-header-sticky js-sticky" />
      </div>
      <div id="files" className="diff-view js-diff-progressive-container">
        {reviews.map((review, at) => (
          <div key={at} className="file js-file js-details-container">
            <div className="file-header thread-file">{review.thread?.file}</div>
            <table className="diff-table">
              <tbody>
                <tr>
                  <td>
                    <pre className="diff">{review.thread?.lines.join("\n")}</pre>
                  </td>
                </tr>
                <tr className="inline-comments js-inline-comments-container">
                  <td>
                    <div className="js-comments-holder review-thread-component">
                      {review.thread?.comments.map((comment, index) => (
                        <div key={index} className="review-comment js-minimizable-comment-group">
                          <AvatarOnly by={comment.by} size={24} className="d-inline-block" />
                          <div className="js-comment">
                            <h3 className="f5 text-normal">
                              <StrongAuthor by={comment.by} />{" "}
                              <span className="Link--secondary">
                                <When at={comment.at} />
                              </span>
                            </h3>
                            <AssociationLabels
                              association={comment.association}
                              isAuthor={comment.by.login === thread.opener.by.login}
                            />
                            <div className="comment-body markdown-body js-comment-body">
                              <Paragraphs body={comment.body} />
                            </div>
                          </div>
                        </div>
                      ))}
                    </div>
                  </td>
                </tr>
              </tbody>
            </table>
          </div>
        ))}
      </div>
    </div>
  );
}
