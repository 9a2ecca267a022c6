/**
 * Finds the authors that a page of GitHub names, and where each badge goes.
 *
 * Pure: reads the document, changes nothing. Few class names: GitHub's own
 * change with every release, while addresses and hovercards have stayed.
 */

import type { Association } from "../shared/messages.js";
import { isLogin, isReserved, keyOf } from "./login.js";
import type { Page } from "./page.js";

/** One place where an author is named. */
export interface Name {
  /** The link or button that names the author. */
  readonly link: HTMLElement;
  /** The element right after which the badge goes. */
  readonly place: HTMLElement;
  /** The login as the page spells it. */
  readonly login: string;
  /** Whether it is an app, of which nothing is looked up. */
  readonly isApp: boolean;
  /** The comment, row or event that the name belongs to: one badge for each login in it. */
  readonly scope: Element;
}

/** Everything that may name an author. */
export const CANDIDATES = [
  'a[data-hovercard-url^="/users/"]',
  "a[data-hovercard-type]",
  'a[href^="/apps/"]',
  'a[href^="https://github.com/apps/"]',
  'a[href*="author"]',
  '[data-testid="author-filter-link"]',
  '[class*="PullRequestHeaderSummary"] > a:first-child',
  "a.author",
  '[data-testid="author-link"] a',
  'a[data-testid="avatar-link"]',
  'a[data-testid="issue-body-header-author"]',
  'a[data-testid="actor-link"]',
].join(", ");

/** Where people are named who are not the authors of anything here. */
const ELSEWHERE = [
  "#repository-container-header",
  '[role="banner"]',
  'a[rel="author"]',
  ".markdown-body",
  ".comment-body",
  ".user-mention",
  '[class*="LastEditedBy"]',
  "#partial-discussion-sidebar",
  'rails-partial[data-partial-name$=".Sidebar"]',
  '[data-testid="issue-viewer-metadata-container"]',
  '[data-testid="issue-viewer-metadata-pane"]',
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

/** Places made for an author, where even the repository's owner is one. */
const AUTHOR_PLACE =
  '.author, [data-testid*="author"], [data-testid="avatar-link"], [data-testid="actor-link"]';

const HEADER_SUMMARY = '[class*="PullRequestHeaderSummary"] > a:first-child';

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
  ".TimelineItem",
].join(", ");

/** Logins that stand for nobody, or for GitHub's own helper. */
const NOBODY = "ghost";
const COPILOT = "copilot";

/** What the API appends to the names of apps. */
const BOT_SUFFIX = "[bot]";

/**
 * Yields every author named on the page, in the page's order; yields nothing
 * (`undefined`) for a candidate that names none, so that whoever asks can stop
 * for breath at any time.
 */
export function* namesOn(root: Document, page: Page): Generator<Name | undefined, void, void> {
  const viewer = keyOf(root.querySelector<HTMLMetaElement>('meta[name="user-login"]')?.content ?? "");
  const owner = keyOf(page.repository?.split("/")[0] ?? "");
  const seen = new WeakMap<Element, Set<string>>();
  for (const link of root.querySelectorAll<HTMLElement>(CANDIDATES)) {
    yield nameAt(link, { viewer, owner, seen });
  }
}

interface Around {
  readonly viewer: string;
  readonly owner: string;
  readonly seen: WeakMap<Element, Set<string>>;
}

function nameAt(link: HTMLElement, { viewer, owner, seen }: Around): Name | undefined {
  const text = textOf(link);
  if (text === "" || link.closest(ELSEWHERE) !== null) return undefined;
  const read = readLogin(link, text, owner);
  if (read === undefined) return undefined;
  const key = keyOf(read.login);
  if (key === NOBODY || key === viewer) return undefined;
  const scope = link.closest(SCOPES) ?? link;
  const known = seen.get(scope) ?? new Set<string>();
  if (known.has(key)) return undefined;
  seen.set(scope, known.add(key));
  const parent = link.parentElement;
  return { ...read, link, scope, place: parent?.localName === "strong" ? parent : link };
}

type Read = Pick<Name, "login" | "isApp">;

/** Who a candidate names; the first attribute that tells is believed, text only where none does. */
function readLogin(link: HTMLElement, text: string, owner: string): Read | undefined {
  const hovercard = link.getAttribute("data-hovercard-url");
  const hovercardType = link.getAttribute("data-hovercard-type");
  if (hovercardType === COPILOT) return { login: "Copilot", isApp: true };
  if (hovercard !== null) {
    return person(decoded(/^\/users\/([^/]+)\/hovercard/.exec(hovercard)?.[1] ?? ""));
  }
  if (hovercardType !== null && hovercardType !== "user") return undefined;

  const address = addressOf(link);
  if (address === undefined) return link.localName === "button" ? person(text) : undefined;
  const segments = address.pathname.split("/").filter((segment) => segment !== "");
  const [first = "", second = ""] = segments;
  if (first === "apps" && segments.length === 2) return { login: decoded(second), isApp: true };
  if (segments.length === 1 && address.search === "") {
    const isHeader = link.matches(HEADER_SUMMARY);
    const isAuthorPlace = isHeader || link.closest(AUTHOR_PLACE) !== null;
    const isNamed = isHeader || keyOf(text) === keyOf(first);
    if (!isNamed || isReserved(first) || (keyOf(first) === owner && !isAuthorPlace)) return undefined;
    return person(first);
  }
  const author = address.searchParams.get("author");
  if (author !== null) {
    return /^commits by /i.test(link.getAttribute("aria-label") ?? "") ? person(author) : undefined;
  }
  const login = /(?:^|\s)author:"?@?([^\s"]+)/.exec(address.searchParams.get("q") ?? "")?.[1];
  if (login === undefined) return undefined;
  const slug = login.replace(/^app\//, "");
  if (keyOf(text) !== keyOf(slug) && !keyOf(text).endsWith(`(${keyOf(slug)})`)) return undefined;
  return login.startsWith("app/") ? { login: slug, isApp: true } : person(login);
}

function person(login: string): Read | undefined {
  if (login.endsWith(BOT_SUFFIX)) return { login: login.slice(0, -BOT_SUFFIX.length), isApp: true };
  if (keyOf(login) === COPILOT) return { login, isApp: true };
  return isLogin(login) ? { login, isApp: false } : undefined;
}

/** Text of a link; one that holds nothing but a picture has none. */
function textOf(link: HTMLElement): string {
  return (link.textContent ?? "").trim();
}

function addressOf(link: HTMLElement): URL | undefined {
  const href = link.getAttribute("href");
  if (href === null || href.startsWith("#")) return undefined;
  try {
    const address = new URL(href, "https://github.com");
    return address.hostname === "github.com" && address.protocol === "https:" ? address : undefined;
  } catch {
    return undefined;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The words on GitHub's labels, in lower case, and what they stand for. */
const ASSOCIATIONS: ReadonlyMap<string, Association> = new Map([
  ["owner", "OWNER"],
  ["member", "MEMBER"],
  ["collaborator", "COLLABORATOR"],
  ["contributor", "CONTRIBUTOR"],
  ["first-time contributor", "FIRST_TIME_CONTRIBUTOR"],
  ["first time contributor", "FIRST_TIME_CONTRIBUTOR"],
  ["first-timer", "FIRST_TIMER"],
]);

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
    const association = ASSOCIATIONS.get((label.textContent ?? "").trim().toLowerCase());
    if (association !== undefined) return association;
  }
  return undefined;
}

/** Who opened the item shown, and when. */
export interface Opener {
  readonly login: string;
  /** RFC 3339, where the page tells it. */
  readonly openedAt: string | undefined;
}

/** Where the opening words of an item stand. */
const OPENING = [
  'a[data-testid="issue-body-header-author"]',
  'rails-partial[data-partial-name$="ConversationsRoute.Body"] .timeline-comment-header a.author',
  '[id^="pullrequest-"] .timeline-comment-header a.author',
  ".js-discussion .timeline-comment-header a.author",
  ".discussion .timeline-comment-header-text a.author",
].join(", ");

/**
 * The opener of the item shown. The header of a merged pull request names who
 * merged it, so it is asked only where the opening comment is not on the page.
 */
export function openerOn(root: Document, page: Page): Opener | undefined {
  if (page.isList) return undefined;
  const opening = root.querySelector<HTMLElement>(OPENING);
  const link = opening ?? headerOpener(root);
  const read = link === null ? undefined : readLogin(link, textOf(link), "");
  if (read === undefined) return undefined;
  return { login: read.login, openedAt: opening === null ? undefined : openedAt(opening) };
}

function headerOpener(root: Document): HTMLElement | null {
  const link = root.querySelector<HTMLElement>(HEADER_SUMMARY);
  return link !== null && /wants? to merge/.test(link.parentElement?.textContent ?? "") ? link : null;
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
