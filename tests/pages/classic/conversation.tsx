// The conversation of a pull request: classic HTML, which stands inside the React shell.

import type { ReactNode } from "react";
import type { Comment, Commits, Event, Review, Thread, TimelineItem } from "../model";
import { avatarUrl, Paragraphs, When } from "../react/body";
import { AssociationLabels, Author, AvatarOnly, classicLink, StrongAuthor } from "./author";

function CommentBox({
  thread,
  comment,
  id,
  verb,
  anchor,
}: {
  readonly thread: Thread;
  readonly comment: Comment;
  readonly id: number;
  readonly verb: string;
  readonly anchor: string;
}): ReactNode {
  const isOpening = comment === thread.opener;
  return (
    <div
      className="timeline-comment-group js-minimizable-comment-group js-targetable-element TimelineItem-body my-0"
      id={`${anchor}-${id}`}
    >
      <div className="timeline-comment unminimized-comment comment js-comment timeline-comment--caret comment-box">
        <div className="timeline-comment-header clearfix d-flex flex-row flex-items-start">
          <h3 className="f5 text-normal py-2">
            <div className="d-flex flex-items-center flex-wrap gap-1">
              <span className="d-inline-flex d-md-none">
                <img
                  src={avatarUrl(comment.by.login)}
                  alt={`@${comment.by.login}`}
                  width={24}
                  height={24}
                  className="avatar circle mr-2"
                />
              </span>
              <StrongAuthor by={comment.by} /> {verb}{" "}
              <a href={`#${anchor}-${id}`} className="Link--secondary js-timestamp">
                <When at={comment.at} />
              </a>
              {comment.editedBy && (
                <span className="js-comment-edit-history">
                  <details className="details-overlay details-reset d-inline-block dropdown">
                    <summary className="btn-link color-fg-muted">
                      · edited by {comment.editedBy.login}
                    </summary>
                  </details>
                </span>
              )}
            </div>
          </h3>
          <AssociationLabels
            association={comment.association}
            isAuthor={!isOpening && comment.by.login === thread.opener.by.login}
          />
        </div>
        <div className="edit-comment-hide">
          <task-lists>
            <div className="comment-body markdown-body js-comment-body soft-wrap user-select-contain d-block">
              <Paragraphs body={comment.body} />
            </div>
          </task-lists>
        </div>
      </div>
    </div>
  );
}

function CommentItem({
  thread,
  comment,
  id,
  anchor,
}: {
  readonly thread: Thread;
  readonly comment: Comment;
  readonly id: number;
  readonly anchor: string;
}): ReactNode {
  return (
    <div className="TimelineItem js-comment-container">
      <AvatarOnly by={comment.by} size={40} className="TimelineItem-avatar d-none d-md-block" />
      <CommentBox thread={thread} comment={comment} id={id} verb="commented" anchor={anchor} />
    </div>
  );
}

function ReviewItem({
  thread,
  review,
  id,
}: {
  readonly thread: Thread;
  readonly review: Review;
  readonly id: number;
}): ReactNode {
  const { by, at, body } = review;
  return (
    <div className="js-comment-container">
      <div className="TimelineItem TimelineItem--review">
        <AvatarOnly by={by} size={40} className="TimelineItem-avatar d-none d-md-block" />
        <div className="TimelineItem-badge" data-verdict={review.verdict} />
        <div className="TimelineItem-body d-flex flex-column flex-md-row flex-justify-start">
          <div className="flex-auto flex-md-self-center">
            <StrongAuthor by={by} /> {review.verdict}{" "}
            <span className="color-fg-muted">
              <a href={`#pullrequestreview-${id}`} className="js-timestamp Link--secondary">
                <When at={at} />
              </a>
            </span>
          </div>
          <AssociationLabels association={review.association} isAuthor={false} />
        </div>
      </div>
      {body && (
        <div className="TimelineItem pt-0">
          <CommentBox
            thread={thread}
            comment={{ type: "comment", by, at, body }}
            id={id}
            verb="left a comment"
            anchor="pullrequestreview"
          />
        </div>
      )}
      {review.thread && (
        <div className="TimelineItem pt-0">
          <div className="TimelineItem-body my-0">
            <turbo-frame id={`review-thread-${id}`} target="_top">
              <review-thread-collapsible className="review-thread-component js-comment-container border rounded-2 d-block">
                <div className="thread-file">
                  <a
                    href={`/${thread.repository}/pull/${thread.number}/files#diff`}
                    className="text-mono text-small Link--primary"
                  >
                    {review.thread.file}
                  </a>
                </div>
                <pre className="diff">{review.thread.lines.join("\n")}</pre>
                {review.thread.comments.map((comment, at) => (
                  <div
                    key={at}
                    className="review-comment js-minimizable-comment-group js-targetable-element"
                    id={`discussion_r${id}${at}`}
                  >
                    <AvatarOnly by={comment.by} size={24} className="d-inline-block" />
                    <div className="js-comment">
                      <h4 className="f5 text-normal d-inline">
                        <StrongAuthor by={comment.by} />{" "}
                        <a href={`#discussion_r${id}${at}`} className="Link--secondary js-timestamp">
                          <When at={comment.at} />
                        </a>
                      </h4>
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
              </review-thread-collapsible>
            </turbo-frame>
          </div>
        </div>
      )}
    </div>
  );
}

function EventItem({ event, id }: { readonly event: Event; readonly id: number }): ReactNode {
  return (
    <div className="TimelineItem TimelineItem--condensed">
      <div className="TimelineItem-badge" />
      <div className="TimelineItem-body" id={`event-${id}`}>
        <AvatarOnly by={event.by} size={20} className="d-inline-block" />{" "}
        <Author by={event.by} className="author Link--primary text-bold" /> {event.what}{" "}
        {event.subject && (
          <a className="Link--primary text-bold" {...classicLink(event.subject)}>
            {event.subject.login}
          </a>
        )}{" "}
        <a href={`#event-${id}`} className="Link--secondary">
          <When at={event.at} />
        </a>
      </div>
    </div>
  );
}

function CommitsItem({
  commits,
  repository,
}: {
  readonly commits: Commits;
  readonly repository: string;
}): ReactNode {
  return (
    <div>
      <div className="TimelineItem TimelineItem--condensed">
        <div className="TimelineItem-badge" />
        <div className="TimelineItem-body">
          <Author by={commits.by} className="author Link--primary text-bold" /> added{" "}
          {commits.messages.length} commits{" "}
          <a href="#commits-pushed" className="Link--inTextBlock Link--secondary">
            <When at={commits.at} />
          </a>
        </div>
      </div>
      {commits.messages.map((message, at) => (
        <div key={message} className="TimelineItem TimelineItem--condensed">
          <div className="TimelineItem-badge" />
          <div className="TimelineItem-body commit-line">
            <div className="AvatarStack">
              <div className="AvatarStack-body">
                <AvatarOnly by={commits.by} size={20} className="avatar avatar-user" />
              </div>
            </div>
            <code>
              <a className="Link--secondary markdown-title" href={`/${repository}/commit/c0ffee${at}`}>
                {message}
              </a>
            </code>
          </div>
        </div>
      ))}
    </div>
  );
}

export function Body({ thread }: { readonly thread: Thread }): ReactNode {
  return <CommentItem thread={thread} comment={thread.opener} id={thread.number} anchor="issue" />;
}

function Item({
  thread,
  item,
  id,
}: {
  readonly thread: Thread;
  readonly item: TimelineItem;
  readonly id: number;
}): ReactNode {
  switch (item.type) {
    case "comment":
      return <CommentItem thread={thread} comment={item} id={id} anchor="issuecomment" />;
    case "review":
      return <ReviewItem thread={thread} review={item} id={id} />;
    case "event":
      return <EventItem event={item} id={id} />;
    case "commits":
      return <CommitsItem commits={item} repository={thread.repository} />;
  }
}

export function Timeline({ thread }: { readonly thread: Thread }): ReactNode {
  return thread.items.map((item, at) => (
    <div
      key={at}
      className="js-timeline-item js-timeline-progressive-focus-container"
      data-gid={`${item.type}_${at}`}
    >
      <Item thread={thread} item={item} id={thread.number * 10000 + at} />
    </div>
  ));
}

export function Actions({ thread }: { readonly thread: Thread }): ReactNode {
  return (
    <div id="issue-comment-box">
      <nav aria-label="Related" className="related">
        {thread.links.map((link) => (
          <a key={link.href} href={link.href}>
            {link.text}
          </a>
        ))}
      </nav>
    </div>
  );
}

export function Sidebar({ thread }: { readonly thread: Thread }): ReactNode {
  return (
    <div id="partial-discussion-sidebar">
      <div className="discussion-sidebar-item sidebar-assignee js-discussion-sidebar-item">
        <h3 className="discussion-sidebar-heading text-bold">Assignees</h3>
        {thread.assignees.map((person) => (
          <p key={person.login}>
            <AvatarOnly by={person} size={20} className="d-inline-block" />{" "}
            <a className="assignee Link--primary css-truncate-target width-fit" {...classicLink(person)}>
              {person.login}
            </a>
          </p>
        ))}
      </div>
      <div className="discussion-sidebar-item">
        <h3 className="discussion-sidebar-heading text-bold">Labels</h3>
        <div className="js-issue-labels">
          {thread.labels.map((label) => (
            <span key={label} className="IssueLabel">
              {label}
            </span>
          ))}
        </div>
      </div>
      <div id="partial-users-participants" className="discussion-sidebar-item">
        <div className="participation">
          <h3 className="discussion-sidebar-heading text-bold">{thread.participants.length} participants</h3>
          <div className="participation-avatars d-flex flex-wrap">
            {thread.participants.map((person) => (
              <AvatarOnly key={person.login} by={person} size={26} className="participant-avatar" />
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}
