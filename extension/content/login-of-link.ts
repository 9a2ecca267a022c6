/**
 * Whom a link or button of GitHub's names, by its attributes; the text counts
 * only where no attribute says it.
 */
import { isLogin, isReserved, keyOf } from "./login.js";

/** A link to whoever did what an event reports. */
export const ACTOR = '.author, [data-testid="actor-link"], [class*="eventActorLink"]';

/** The link in the header of a pull request, which names who opened or who merged it. */
export const HEADER_SUMMARY = '[class*="PullRequestHeaderSummary"] > a:first-child';

/** Places made for an author, where even the repository's owner is one. */
const AUTHOR_PLACE = `${ACTOR}, .opened-by > .user-mention, [data-testid*="author"], [data-testid="avatar-link"]`;

/** The login of GitHub's account for deleted ones. */
export const NOBODY = "ghost";

/** GitHub's own helper; its apps share the name and the type of hovercard. */
const COPILOT = "copilot";

/** The address of the card over a user's name. */
const HOVERCARD = /^\/users\/([^/?]+)\/hovercard/;

/** The page of an app. */
const APP = /^(?:https:\/\/github\.com)?\/apps\/([^/?#]+)\/?$/;

/** The app whose account is called Copilot. */
const COPILOT_AGENT = "copilot-swe-agent";

/** The hovercard of an app of Copilot's. */
const COPILOT_HOVERCARD = /^\/copilot\/hovercard\?(?:.*&)?bot=([^&#]+)/;

/** What the buttons and links that filter a list by author are called: `Name (login)` or the login. */
const FILTER_LABEL = /^Filter by author (.+)$/i;

/** What the API appends to the names of apps. */
const BOT_SUFFIX = "[bot]";

/** Whom a link names. */
export interface Named {
  /** The login as the page spells it. */
  readonly login: string;
  /** Whether it is an app, of which nothing is looked up. */
  readonly isApp: boolean;
}

/** Whom GitHub's card at this address is about; nobody where it is about something else, or somebody never looked up. */
export function hovercardLogin(address: string): string | undefined {
  const read = person(decoded(HOVERCARD.exec(address)?.[1] ?? ""));
  return read === undefined || read.isApp || keyOf(read.login) === NOBODY ? undefined : read.login;
}

/** Whom a candidate names, in a repository of this owner. The first attribute that names somebody is believed; text counts only where none does. */
export function readLogin(link: HTMLElement, text: string, owner: string): Named | undefined {
  const hovercard = link.getAttribute("data-hovercard-url");
  const hovercardType = link.getAttribute("data-hovercard-type");
  if (hovercardType === COPILOT) return { login: copilotApp(link, hovercard), isApp: true };
  if (hovercard !== null) {
    return person(decoded(HOVERCARD.exec(hovercard)?.[1] ?? ""));
  }
  if (hovercardType !== null && hovercardType !== "user") return undefined;

  const app = APP.exec(link.getAttribute("href") ?? "")?.[1];
  if (app !== undefined) return { login: decoded(app), isApp: true };
  const address = addressOf(link);
  if (address === undefined) return link.localName === "button" ? readFilter(link, text) : undefined;
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
    const isNamed =
      link.matches(".commit-author") || /^commits by /i.test(link.getAttribute("aria-label") ?? "");
    return isNamed ? person(author) : undefined;
  }
  const filter = /(?:^|\s)author:"?@?([^\s"]+)/.exec(address.searchParams.get("q") ?? "")?.[1];
  if (filter === undefined) return undefined;
  const login = withoutSuffix(filter.replace(/^app\//, ""));
  const isNamed = [text, filterLabel(link) ?? ""].some((it) => names(it, login));
  if (!isNamed) return undefined;
  const isApp = filter.startsWith("app/") || filter.endsWith(BOT_SUFFIX) || text.endsWith(BOT_SUFFIX);
  return isApp ? { login, isApp: true } : person(login);
}

/** Whether a text is this login, or a name with this login after it, as in `Jo Doe (jodoe)`. */
function names(text: string, login: string): boolean {
  const key = keyOf(withoutSuffix(text));
  return key === keyOf(login) || key.endsWith(`(${keyOf(login)})`);
}

/** Whom a filter by author is about, by its label. */
function filterLabel(link: HTMLElement): string | undefined {
  return FILTER_LABEL.exec(link.getAttribute("aria-label") ?? "")?.[1]?.trim();
}

/** Whom a button that filters a list by author names. Its text may be a name alone, and counts where it has no label. */
function readFilter(link: HTMLElement, text: string): Named | undefined {
  const label = link.hasAttribute("aria-label") ? filterLabel(link) : text;
  return label === undefined ? undefined : person(/\(([^()\s]+)\)$/.exec(label)?.[1] ?? label);
}

/** The app of Copilot's that a link names: each has a slug of its own, and all share one text. */
function copilotApp(link: HTMLElement, hovercard: string | null): string {
  const slug = APP.exec(link.getAttribute("href") ?? "")?.[1] ?? COPILOT_HOVERCARD.exec(hovercard ?? "")?.[1];
  return slug === undefined || slug === COPILOT_AGENT ? "Copilot" : decoded(slug);
}

function withoutSuffix(login: string): string {
  return login.endsWith(BOT_SUFFIX) ? login.slice(0, -BOT_SUFFIX.length) : login;
}

function person(login: string): Named | undefined {
  if (login.endsWith(BOT_SUFFIX)) return { login: withoutSuffix(login), isApp: true };
  if (keyOf(login) === COPILOT) return { login, isApp: true };
  return isLogin(login) ? { login, isApp: false } : undefined;
}

/** Text of a link; one that holds nothing but a picture has none. */
export function textOf(link: Element): string {
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
