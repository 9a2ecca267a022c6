/**
 * Finds the authors that a page of GitHub names, and where each badge goes.
 *
 * Pure: reads the document, changes nothing. Few class names: GitHub's own
 * change with every release, while addresses and hovercards have stayed.
 */

import type { Association } from "../shared/messages.js";
import { keyOf } from "./login.js";
import { ACTOR, HEADER_SUMMARY, type Named, NOBODY, readLogin, textOf } from "./login-of-link.js";
import type { Page } from "./page.js";
import { each } from "./time-slicing.js";

/** One place where an author is named. */
export interface Name extends Named {
  /** The link or button that names the author. */
  readonly link: HTMLElement;
  /** The element right after which the badge goes. */
  readonly place: HTMLElement;
  /** The comment, row or event that the name belongs to: one badge for each login in it. */
  readonly scope: Element;
}

/**
 * Links that may name an author. One question that begins with the element's
 * name is answered ten times as fast as a list of questions asked of everything.
 */
const LINKS = `a:is(${[
  '[data-hovercard-url^="/users/"]',
  '[data-hovercard-type="user"]',
  '[data-hovercard-type="copilot"]',
  '[href*="/apps/"]',
  '[href*="author"]',
  ".author",
  ".opened-by > .user-mention",
  '[class*="eventActorLink"]',
  '[data-testid*="author"]',
  '[data-testid="avatar-link"]',
  '[data-testid="actor-link"]',
  '[data-testid="author-link"] > *',
  '[class*="PullRequestHeaderSummary"] > :first-child',
].join(", ")})`;

/** On lists across repositories buttons name authors too. */
const BUTTONS = 'button[data-testid="author-filter-link"]';

/** Where people are named who are not the authors of anything here. */
const ELSEWHERE = [
  "#repository-container-header",
  '[role="banner"]',
  'a[rel="author"]',
  ".markdown-body",
  ".comment-body",
  ".user-mention:not(.commit-author, .opened-by > .user-mention)",
  '[class*="LastEditedBy"]',
  "#partial-discussion-sidebar",
  'rails-partial[data-partial-name$=".Sidebar"]',
  '[data-testid^="issue-viewer-metadata"]',
  '[data-testid="sticky-sidebar"]',
  '[class*="ViewerMetadata"]',
  ".discussion-sidebar-item",
  ".Layout-sidebar",
  ".participation",
  '[class*="articipants"]',
  ".AvatarStack",
  '[data-component="AvatarStack"]',
  ".Popover",
  "[data-bonafide-login]",
].join(", ");

/** The same header on the classic tabs of a pull request. */
const CLASSIC_HEADER = ":is(.gh-header-meta, .gh-header-sticky) a.author";

/** What holds one event; its only author is whoever did it. */
const EVENTS = '.TimelineItem, [data-timeline-event-id], [class*="timelineRow"]';

/** What holds one comment, event or row. */
const SCOPES = [
  ".review-comment",
  ".timeline-comment-group",
  ".timeline-comment",
  '[data-testid^="comment-viewer-outer-box"]',
  ".react-issue-comment",
  '[data-testid="issue-body"]',
  '[data-testid="comment-header"]',
  '[data-testid="commit-row-item"]',
  ".js-issue-row",
  "li",
  EVENTS,
].join(", ");

/** The ancestors that decide what a name stands in. */
const CONTEXTS = `${ELSEWHERE}, ${SCOPES}`;

/** What a page names. */
export interface Found {
  /** Every author's name, in the page's order. */
  readonly names: Name[];
  /** Who opened the item shown, and when. */
  opener: Opener | undefined;
}

/** Who opened the item shown, and when. */
export interface Opener {
  readonly login: string;
  /** RFC 3339, where the page tells it. */
  readonly openedAt: string | undefined;
}

/**
 * Fills in what a page names. It stops again and again, so that whoever asks
 * can let the page have its turn.
 */
export function* find(root: Document, page: Page, found: Found): Generator<void, void, void> {
  const around: Around = {
    viewer: viewerOn(root),
    owner: keyOf(page.repository?.split("/")[0] ?? ""),
    seen: new Map(),
    surroundings: new Map(),
  };
  let isOpeningSeen = false;
  const links = [...root.querySelectorAll<HTMLElement>(LINKS)];
  if (page.isList) links.push(...root.querySelectorAll<HTMLElement>(BUTTONS));
  yield;
  yield* each(links, (link) => {
    const name = nameAt(link, around);
    if (name !== undefined) found.names.push(name);
    if (!page.isList && !isOpeningSeen) {
      isOpeningSeen = link.matches(OPENING);
      if (isOpeningSeen || found.opener === undefined)
        found.opener = openerAt(link, isOpeningSeen) ?? found.opener;
    }
  });
}

/** Who is signed in, spelled as by `keyOf`; nothing where nobody is. */
export function viewerOn(root: Document): string {
  return keyOf(root.head.querySelector<HTMLMetaElement>('meta[name="user-login"]')?.content ?? "");
}

/** Whether what came into the page, or left it, can have brought or taken away a name. */
export function holdsNames(element: Element): boolean {
  return [LINKS, BUTTONS].some((names) => element.matches(names) || element.querySelector(names) !== null);
}

interface Around {
  readonly viewer: string;
  readonly owner: string;
  /** The logins that have their badge, for each scope. */
  readonly seen: Map<Element, Set<string>>;
  readonly surroundings: Map<Element, Surroundings>;
}

/** What an element stands in. */
interface Surroundings {
  readonly isElsewhere: boolean;
  readonly scope: Element | undefined;
}

/** Names share most of their ancestors, so what is around a scope is looked up once. */
function surroundingsOf(element: Element, known: Around["surroundings"]): Surroundings {
  const cached = known.get(element);
  if (cached !== undefined) return cached;
  const context = element.closest(CONTEXTS);
  const around = context?.parentElement ?? null;
  const isElsewhere =
    context !== null &&
    (context.matches(ELSEWHERE) || (around !== null && surroundingsOf(around, known).isElsewhere));
  const surroundings = { isElsewhere, scope: isElsewhere ? undefined : (context ?? undefined) };
  known.set(element, surroundings);
  return surroundings;
}

function nameAt(link: HTMLElement, { viewer, owner, seen, surroundings }: Around): Name | undefined {
  const text = textOf(link);
  if (text === "") return undefined;
  const read = readLogin(link, text, owner);
  if (read === undefined) return undefined;
  const key = keyOf(read.login);
  if (key === NOBODY || key === viewer) return undefined;
  const { isElsewhere, scope = link } = surroundingsOf(link, surroundings);
  if (isElsewhere || isSubject(link, scope)) return undefined;
  const known = seen.get(scope) ?? new Set<string>();
  if (known.has(key)) return undefined;
  seen.set(scope, known.add(key));
  return { ...read, link, scope, place: placeOf(link) };
}

/**
 * Whether an event names this person without their having done it, as in
 * "requested a review from". Whoever did it comes first.
 */
function isSubject(link: HTMLElement, scope: Element): boolean {
  if (scope !== link && !scope.matches(EVENTS)) return false;
  if (link.closest(HEADERS) !== null) return false;
  const actor = scope === link ? siblingBefore(link, ACTOR) : firstNamed(scope, ACTOR);
  if (actor === undefined || actor === link) return false;
  const before = link.previousElementSibling as HTMLElement | null;
  const isJoined = /^(?:,|and|, and)$/.test(link.previousSibling?.textContent?.trim() ?? "");
  // "A and B added commits": both did.
  return !(isJoined && before !== null && !isSubject(before, scope === link ? before : scope));
}

/** The first of these elements that holds more than a picture. */
function firstNamed(around: Element, selector: string): Element | undefined {
  for (const element of around.querySelectorAll(selector)) if (textOf(element) !== "") return element;
  return undefined;
}

function siblingBefore(element: Element, selector: string): Element | undefined {
  for (let it = element.previousElementSibling; it !== null; it = it.previousElementSibling)
    if (it.matches(selector)) return it;
  return undefined;
}

/** Classic pages put a name into a `<strong>`, with the label of an app after it. */
function placeOf(link: HTMLElement): HTMLElement {
  const parent = link.parentElement;
  return parent?.localName === "strong" && parent.firstElementChild === link ? parent : link;
}

/** GitHub's labels say these in words, as "First-time contributor". */
const ASSOCIATIONS: ReadonlySet<string> = new Set(
  "OWNER MEMBER COLLABORATOR CONTRIBUTOR FIRST_TIME_CONTRIBUTOR FIRST_TIMER".split(" "),
);

function associationOf(label: string): Association | undefined {
  const association = label.trim().toUpperCase().replaceAll(/[\s-]/g, "_");
  return ASSOCIATIONS.has(association) ? (association as Association) : undefined;
}

const LABELS = '[data-testid="comment-author-association"], .Label, .timeline-comment-label';

/** What holds the labels of the person whom a comment's header names. */
const HEADERS =
  '.timeline-comment-header, [data-testid="comment-header"], [data-testid="issue-body-header"], .opened-by';

/** The author's relation to the repository, where a label beside this name tells it. */
export function associationAt(name: Name): Association | undefined {
  const around = name.link.closest(HEADERS) ?? name.scope;
  for (const label of around.querySelectorAll(LABELS)) {
    // A review's row holds comments of others, with labels of their own.
    if (label.closest(SCOPES) !== name.scope) continue;
    const association = associationOf(label.textContent ?? "");
    if (association !== undefined) return association;
  }
  return undefined;
}

/** Where the opening words of an item stand. */
const OPENING = [
  'a[data-testid="issue-body-header-author"]',
  ':is(rails-partial[data-partial-name$=".Body"], [id^="pullrequest-"], .js-discussion) .timeline-comment-header a.author',
  ".discussion .timeline-comment-header-text a.author",
].join(", ");

/**
 * The opener, where this link names them. The header of a merged pull request
 * names who merged it, so it counts only where the opening comment is not on the page.
 */
function openerAt(link: HTMLElement, isOpening: boolean): Opener | undefined {
  const isHeader = (): boolean =>
    link.matches(`${HEADER_SUMMARY}, ${CLASSIC_HEADER}`) &&
    /wants? to merge/.test(link.parentElement?.textContent ?? "");
  if (!isOpening && !isHeader()) return undefined;
  const login = readLogin(link, textOf(link), "")?.login;
  return login === undefined ? undefined : { login, openedAt: isOpening ? openedAt(link) : undefined };
}

/** The moment beside the opening comment's author: the first one in the smallest part around both. */
function openedAt(link: HTMLElement): string | undefined {
  let around = link.parentElement;
  for (let levels = 0; around !== null && levels < 6; levels += 1, around = around.parentElement) {
    const moment = around.querySelector("relative-time[datetime]")?.getAttribute("datetime");
    if (moment != null) return Number.isNaN(Date.parse(moment)) ? undefined : moment;
  }
  return undefined;
}
