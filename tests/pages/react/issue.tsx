// An issue as the issues app draws it: server-rendered, hydrated late, author links with test ids.

import type { ReactNode } from "react";
import {
  ASSOCIATION_LABELS,
  type Association,
  type Comment,
  type Event,
  type Person,
  type Thread,
} from "../model";
import { avatarUrl, Paragraphs, When } from "./body";

/** Attributes of any link to an account. Apps have no hovercard, Copilot has one of its own. */
export function accountLink(person: Person, absolute: boolean): Record<string, string> {
  const host = absolute ? "https://github.com" : "";
  switch (person.kind) {
    case "app":
      return { href: `${host}/apps/${person.login}` };
    case "copilot":
      return {
        href: `${host}/apps/copilot-swe-agent`,
        "data-hovercard-type": "copilot",
        "data-hovercard-url": "/copilot/hovercard?bot=copilot-swe-agent",
      };
    case "mannequin":
      return { href: "#" };
    default:
      return { href: `${host}/${person.login}`, "data-hovercard-url": `/users/${person.login}/hovercard` };
  }
}

/** A link around a picture alone: it carries the hovercard of the text link beside it. */
function AvatarLink({
  by,
  size,
  absolute,
}: {
  readonly by: Person;
  readonly size: number;
  readonly absolute: boolean;
}): ReactNode {
  return (
    <a
      className={`Avatar-module__avatarLink--q1 ${size > 30 ? "Avatar-module__avatarOuter--q2" : ""} prc-Link-Link-q0`}
      aria-label={`Profile of @${by.login}`}
      aria-keyshortcuts="Alt+ArrowUp"
      {...accountLink(by, absolute)}
    >
      <img
        data-component="Avatar"
        data-testid="github-avatar"
        alt={`@${by.login}`}
        width={size}
        height={size}
        src={avatarUrl(by.login)}
      />
    </a>
  );
}

export function Labels({
  by,
  association,
  isAuthor,
}: {
  readonly by: Person;
  readonly association: Association | undefined;
  readonly isAuthor: boolean;
}): ReactNode {
  return (
    <div className="ActivityHeader-module__BadgesGroupContainer--q3">
      {by.kind === "app" && (
        <span className="prc-Label-Label--q4" data-variant="secondary">
          Bot
        </span>
      )}
      {association && (
        <span
          className="prc-Label-Label--q4"
          data-variant="secondary"
          data-testid="comment-author-association"
          aria-label={ASSOCIATION_LABELS[association].about}
        >
          {ASSOCIATION_LABELS[association].label}
        </span>
      )}
      {isAuthor && (
        <span className="prc-Label-Label--q4" data-variant="secondary" data-testid="comment-subject-author">
          Author
        </span>
      )}
    </div>
  );
}

function EditedBy({ person }: { readonly person: Person | undefined }): ReactNode {
  if (!person) return null;
  return (
    <span className="MarkdownLastEditedBy-module__lastEditInfoContainer--q5">
      <span> · </span>
      <span>
        edited by{" "}
        <a
          className="MarkdownLastEditedBy-module__mutedEditorLink--q6 prc-Link-Link-q0"
          href={`https://github.com/${person.login}`}
        >
          {person.login}
        </a>
      </span>
    </span>
  );
}

function OpeningComment({ thread }: { readonly thread: Thread }): ReactNode {
  const { by, at, association, body, editedBy } = thread.opener;
  const url = `https://github.com/${thread.repository}/issues/${thread.number}`;
  return (
    <div data-testid="issue-viewer-issue-container" className="LayoutHelpers-module__timelineElement--q7">
      <AvatarLink by={by} size={40} absolute />
      <div data-testid="issue-body" className="react-issue-body comment-box">
        <h2 className="sr-only">Description</h2>
        <div className="IssueBodyHeader-module__IssueBodyHeaderContainer--q8 ActivityHeader-module__activityHeader--q9">
          <div className="Avatar-module__avatarInner--r0">
            <AvatarLink by={by} size={24} absolute />
          </div>
          <div className="IssueBodyHeader-module__titleSection--r1">
            <a
              className="IssueBodyHeaderAuthor-module__authorLoginLink--r2 prc-Link-Link-q0"
              data-testid="issue-body-header-author"
              aria-keyshortcuts="Alt+ArrowUp"
              {...accountLink(by, true)}
            >
              {by.login}
            </a>
          </div>
          <div className="IssueBodyHeader-module__footerSection--r3">
            <span>opened </span>
            <a
              className="IssueBodyHeader-module__dateLink--r4 prc-Link-Link-q0"
              data-testid="issue-body-header-link"
              href={`${url}#issue-${thread.number}`}
            >
              <When at={at} />
            </a>
            <EditedBy person={editedBy} />
          </div>
          <Labels by={by} association={association} isAuthor={false} />
        </div>
        <div data-testid="issue-body-viewer">
          <div data-testid="markdown-body" className="markdown-body">
            <Paragraphs body={body} />
          </div>
        </div>
      </div>
    </div>
  );
}

export function CommentRow({
  thread,
  comment,
  id,
  link = { key: 0, className: "" },
}: {
  readonly thread: Thread;
  readonly comment: Comment;
  readonly id: number;
  /** Lets the lab make the author link anew, and change its class. */
  readonly link?: { readonly key: number; readonly className: string };
}): ReactNode {
  const { by } = comment;
  return (
    <div className="LayoutHelpers-module__timelineElement--q7" data-wrapper-timeline-id={`IC_${id}`}>
      <AvatarLink by={by} size={40} absolute />
      <div data-testid={`comment-viewer-outer-box-IC_${id}`} className="react-issue-comment comment-box">
        <div
          id={`issuecomment-${id}`}
          data-testid="comment-header"
          className="ActivityHeader-module__activityHeader--q9"
        >
          <h3 className="sr-only">
            {by.login} commented <When at={comment.at} />
          </h3>
          <div className="Avatar-module__avatarInner--r0">
            <AvatarLink by={by} size={24} absolute={false} />
          </div>
          <div
            data-testid="comment-header-left-side-items"
            className="ActivityHeader-module__CommentHeaderContentContainer--r5"
          >
            <div className="ActivityHeader-module__TitleContainer--r6">
              <a
                key={link.key}
                className={`ActivityHeader-module__AuthorLink--r7 prc-Link-Link-q0 ${link.className}`}
                data-testid="avatar-link"
                aria-keyshortcuts="Alt+ArrowUp"
                {...accountLink(by, false)}
              >
                {by.login}
              </a>
            </div>
            <div className="ActivityHeader-module__FooterContainer--r8">
              <a
                className="ActivityHeader-module__HeaderLink--r9 prc-Link-Link-q0"
                href={`https://github.com/${thread.repository}/issues/${thread.number}#issuecomment-${id}`}
              >
                <When at={comment.at} />
              </a>
              <EditedBy person={comment.editedBy} />
            </div>
          </div>
          <div data-testid="comment-header-right-side-items">
            <Labels
              by={by}
              association={comment.association}
              isAuthor={by.login === thread.opener.by.login}
            />
          </div>
        </div>
        <div data-testid="markdown-body" className="markdown-body">
          <Paragraphs body={comment.body} />
        </div>
      </div>
    </div>
  );
}

function EventRow({ event }: { readonly event: Event }): ReactNode {
  return (
    <div className="row-module__timelineRow--s0">
      <a
        className="row-module__eventActorLink--s1 prc-Link-Link-q0"
        data-testid="actor-link"
        {...accountLink(event.by, false)}
      >
        <img data-testid="github-avatar" alt="" width={20} height={20} src={avatarUrl(event.by.login)} />
        <span>{event.by.login}</span>
      </a>{" "}
      <span>{event.what} </span>
      {event.subject && (
        <a className="row-module__subjectLink--s2 prc-Link-Link-q0" {...accountLink(event.subject, false)}>
          {event.subject.login}
        </a>
      )}{" "}
      <When at={event.at} />
    </div>
  );
}

/** Pictures of people in the side bar: hovercards without a name, and assignees with one. */
function Sidebar({ thread }: { readonly thread: Thread }): ReactNode {
  return (
    <div
      data-testid="issue-viewer-metadata-container"
      className="IssueViewer-module__metadataSidebar--s3 side-bar"
    >
      <div data-testid="issue-viewer-metadata-pane">
        <h2 className="sr-only">Metadata</h2>
        <div data-testid="sidebar-section" className="Section-module__SectionContainer--s4">
          <h3>Assignees</h3>
          {thread.assignees.map((person) => (
            <a key={person.login} className="Assignees-module__assignee--s5" {...accountLink(person, false)}>
              <img alt="" width={20} height={20} src={avatarUrl(person.login)} />
              <span>{person.login}</span>
            </a>
          ))}
        </div>
        <div data-testid="sidebar-section" className="Section-module__SectionContainer--s4">
          <h3>Labels</h3>
          <div data-testid="issue-labels">
            {thread.labels.map((label) => (
              <span key={label} className="IssueLabel">
                {label}
              </span>
            ))}
          </div>
        </div>
        <div data-testid="sidebar-participants-section" className="Section-module__SectionContainer--s4">
          <h3>Participants</h3>
          <div className="participation-avatars">
            {thread.participants.map((person) => (
              <a
                key={person.login}
                className="participant-avatar"
                aria-label={`@${person.login}`}
                {...accountLink(person, false)}
              >
                <img alt={`@${person.login}`} width={26} height={26} src={avatarUrl(person.login)} />
              </a>
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

export function IssueView({ thread }: { readonly thread: Thread }): ReactNode {
  return (
    <div data-testid="issue-viewer-container" className="IssueViewer-module__issueViewerContainer--s6">
      <div aria-label="Header" role="region" data-testid="issue-header">
        <h1>
          <bdi className="markdown-title" data-testid="issue-title">
            {thread.title}
          </bdi>{" "}
          <span className="HeaderViewer-module__issueNumberText--s7">#{thread.number}</span>
        </h1>
        <div data-testid="issue-metadata-fixed">
          <span data-testid="header-state" className={`State State--${thread.state}`}>
            {thread.state}
          </span>
        </div>
      </div>
      <div className="IssueViewer-module__contentAndSidebarWrapper--s8 columns">
        <div className="IssueViewer-module__contentArea--s9">
          <OpeningComment thread={thread} />
          <div data-testid="issue-viewer-comments-container" className="react-comments-container">
            <h2 className="sr-only">Activity</h2>
            <div data-testid="issue-timeline-container">
              {thread.items.map((item, at) => {
                if (item.type === "comment")
                  return (
                    <CommentRow key={at} thread={thread} comment={item} id={thread.number * 10000 + at} />
                  );
                return item.type === "event" ? <EventRow key={at} event={item} /> : null;
              })}
            </div>
          </div>
          <nav aria-label="Related" className="related">
            {thread.links.map((link) => (
              <a key={link.href} href={link.href} data-discover="true">
                {link.text}
              </a>
            ))}
          </nav>
        </div>
        <Sidebar thread={thread} />
      </div>
    </div>
  );
}
