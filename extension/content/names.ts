/**
 * Finds the authors that a page of GitHub names, and where each badge goes.
 *
 * Pure: reads the document, changes nothing. Few class names: GitHub's own
 * change with every release, while addresses and hovercards have stayed.
 */

import type { Association } from "../shared/messages.js";
import { isLogin, isReserved, keyOf } from "./login.js";
import type { Page } from "./page.js";
import { each } from "./time-slicing.js";

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
  ".user-mention",
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

/** Whatever tells about the names inside it. */
const TELLING = `${ELSEWHERE}, ${SCOPES}`;

/** Logins that stand for nobody, or for GitHub's own helper. */
const NOBODY = "ghost";
const COPILOT = "copilot";

/** The address of the card over a user's name. */
const HOVERCARD = /^\/users\/([^/?]+)\/hovercard/;

/** The page of an app. */
const APP = /^(?:https:\/\/github\.com)?\/apps\/([^/?#]+)\/?$/;

/** What the API appends to the names of apps. */
const BOT_SUFFIX = "[bot]";

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

/** Names share most of what they stand in: what is around a scope is asked once. */
function surroundingsOf(element: Element, known: Around["surroundings"]): Surroundings {
  const told = known.get(element);
  if (told !== undefined) return told;
  const telling = element.closest(TELLING);
  const around = telling?.parentElement ?? null;
  const isElsewhere =
    telling !== null &&
    (telling.matches(ELSEWHERE) || (around !== null && surroundingsOf(around, known).isElsewhere));
  const surroundings = { isElsewhere, scope: isElsewhere ? undefined : (telling ?? undefined) };
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
  if (isElsewhere) return undefined;
  const known = seen.get(scope) ?? new Set<string>();
  if (known.has(key)) return undefined;
  seen.set(scope, known.add(key));
  return { ...read, link, scope, place: placeOf(link) };
}

/** Classic pages put a name into a `<strong>`, with the label of an app after it. */
function placeOf(link: HTMLElement): HTMLElement {
  const parent = link.parentElement;
  return parent?.localName === "strong" && parent.firstElementChild === link ? parent : link;
}

/** Whom GitHub's card at this address is about; nobody where it is about something else, or somebody never looked up. */
export function hovercardLogin(address: string): string | undefined {
  const read = person(decoded(HOVERCARD.exec(address)?.[1] ?? ""));
  return read === undefined || read.isApp || keyOf(read.login) === NOBODY ? undefined : read.login;
}

type Read = Pick<Name, "login" | "isApp">;

/** Who a candidate names; the first attribute that tells is believed, text only where none does. */
function readLogin(link: HTMLElement, text: string, owner: string): Read | undefined {
  const hovercard = link.getAttribute("data-hovercard-url");
  const hovercardType = link.getAttribute("data-hovercard-type");
  if (hovercardType === COPILOT) return { login: "Copilot", isApp: true };
  if (hovercard !== null) {
    return person(decoded(HOVERCARD.exec(hovercard)?.[1] ?? ""));
  }
  if (hovercardType !== null && hovercardType !== "user") return undefined;

  const app = APP.exec(link.getAttribute("href") ?? "")?.[1];
  if (app !== undefined) return { login: decoded(app), isApp: true };
  const address = addressOf(link);
  if (address === undefined) return link.localName === "button" ? person(text) : undefined;
  const segments = address.pathname.split("/").filter((segment) => segment !== "");
  const [first = ""] = segments;
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
  if (
    !isOpening &&
    !(link.matches(HEADER_SUMMARY) && /wants? to merge/.test(link.parentElement?.textContent ?? ""))
  )
    return undefined;
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
