// A discussion: classic HTML, replies nested in the comment they answer.

import type { ReactNode } from "react";
import type { Comment, Discussion } from "../model";
import { avatarUrl, Paragraphs, When } from "../react/body";
import { AssociationLabels, classicLink } from "./author";

/** Where a discussion's links have no hovercard, their address alone tells the login. */
function discussionLink(comment: Comment, hasHovercards: boolean): Record<string, string> {
  const { "data-hovercard-url": hovercard, ...link } = classicLink(comment.by);
  return hasHovercards && hovercard !== undefined ? { ...link, "data-hovercard-url": hovercard } : link;
}

function Entry({
  comment,
  discussion,
  id,
  children,
}: {
  readonly comment: Comment;
  readonly discussion: Discussion;
  readonly id: string;
  readonly children?: ReactNode;
}): ReactNode {
  const link = discussionLink(comment, discussion.hasHovercards);
  return (
    <div className="TimelineItem discussion-timeline-item mx-0 js-comment-container" id={`discussioncomment-${id}`}>
      <a className="d-inline-block" {...link}>
        <img className="avatar avatar-user" alt="" width={24} height={24} src={avatarUrl(comment.by.login)} />
      </a>
      <div className="timeline-comment-group js-minimizable-comment-group comment-box">
        <div className="timeline-comment unminimized-comment comment js-comment">
          <h3 className="timeline-comment-header-text text-normal f5 timeline-comment-header">
            <div className="d-flex flex-items-center Truncate">
              <a className="author Link--primary d-flex" {...link}>
                <img className="avatar circle" alt="" width={32} height={32} src={avatarUrl(comment.by.login)} />
                <div className="d-flex flex-column Truncate">
                  <span className="Truncate-text text-bold">{comment.by.login}</span>
                </div>
              </a>{" "}
              <a className="Link--secondary js-timestamp d-inline-block" href={`#discussioncomment-${id}`}>
                <When at={comment.at} />
              </a>
            </div>
            <AssociationLabels association={comment.association} isAuthor={false} />
          </h3>
          <div className="comment-body markdown-body js-comment-body">
            <Paragraphs body={comment.body} />
          </div>
        </div>
        {children}
      </div>
    </div>
  );
}

export function DiscussionView({ discussion }: { readonly discussion: Discussion }): ReactNode {
  return (
    <div className="discussion js-discussion">
      <h1 className="gh-header-title">
        <span className="js-issue-title markdown-title">{discussion.title}</span>{" "}
        <span className="f1-light">#{discussion.number}</span>
      </h1>
      <Entry comment={discussion.opener} discussion={discussion} id="0" />
      <div className="js-timeline-marker">
        {discussion.threads.map((thread, at) => (
          <div key={at} className="js-timeline-item js-timeline-progressive-focus-container">
            <Entry comment={thread.comment} discussion={discussion} id={`${at + 1}`}>
              <div className="js-timeline-marker color-bg-inset border-top" data-child-comments="">
                {thread.replies.map((reply, index) => (
                  <Entry key={index} comment={reply} discussion={discussion} id={`${at + 1}-${index}`} />
                ))}
              </div>
            </Entry>
          </div>
        ))}
      </div>
    </div>
  );
}
