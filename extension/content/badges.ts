/** The badges on the page: which stand where, and how often the page has removed them. */
import type { Level, Shown } from "../shared/messages.js";
import { BADGES, type Badge, type BadgeDrawing, createBadge } from "./badge.js";
import type { Direction } from "./list-keyboard.js";
import type { Name } from "./names.js";
import { each, type Steps } from "./time-slicing.js";

/** A page that keeps removing a badge wins after this many reinsertions in this time. */
const REINSERTIONS = 5;
const REINSERTIONS_MS = 10_000;

/** All badges of the page. */
export interface Badges {
  /** Puts a badge beside a name, or corrects the one there; waits where the page must not be written to yet. */
  put(name: Name, isOnList: boolean): void;
  /** Puts the badges that had to wait for a part of the page. */
  putWaiting(): Steps;
  /** Whether any badge waits for the page. */
  isWaiting(): boolean;
  /** Removes every badge but those beside these links. */
  retain(links: ReadonlySet<Element>): void;
  /** Shows the levels as they are now. */
  updateLevels(): Steps;
  /** Draws the badges that have come into view. */
  drawInView(): Steps;
  /** The badge that is this element. */
  badgeAt(host: HTMLElement): Badge | undefined;
  /** A badge of this person. */
  badgeOf(login: string): Badge | undefined;
  /** On a list: moves the focus from this badge to another. */
  moveFocus(from: HTMLElement, direction: Direction): void;
  /** On a list: the Tab key stops at this badge and at no other. */
  setTabStop(host: HTMLElement): void;
  /** Removes every badge. */
  clear(): void;
}

interface Placed {
  readonly badge: Badge;
  name: Name;
  /** When the badge was inserted again, within the last `REINSERTIONS_MS`. */
  reinsertedAt: readonly number[];
}

/** What the badges need of the page around them. */
export interface BadgesOwner extends BadgeDrawing {
  /** What the badge of this name says. */
  shownOf(name: Name): Shown;
  /** Whether this link is in view, or soon will be. */
  isInView(link: Element): boolean;
  /** Whether the page may be written to here, and it is known how. */
  isReady(link: HTMLElement): boolean;
  /** Whether the reader wants badges of this level left out, but for those with a mark. */
  isHidden(level: Level): boolean;
}

/** No badges yet; those that stand when `signal` aborts are removed. */
export function createBadges(owner: BadgesOwner, signal: AbortSignal): Badges {
  const { shownOf, isInView, isReady, isHidden } = owner;
  const placed = new Map<HTMLElement, Placed>();
  const waiting = new Map<Name, boolean>();
  /** The one badge of a list at which the Tab key stops. */
  let tabStop: Badge | undefined;

  const remove = (link: HTMLElement, { badge }: Placed): void => {
    badge.host.remove();
    placed.delete(link);
  };

  const show = ({ badge, name }: Placed): void => {
    const shown = shownOf(name);
    badge.show(name.login, shown, isHidden(shown.level));
  };

  const badgeAt = (host: HTMLElement): Badge | undefined =>
    [...placed.values()].find(({ badge }) => badge.host === host)?.badge;

  const setTabStop = (badge: Badge): void => {
    if (badge === tabStop) return;
    tabStop?.setTabbable(false);
    tabStop = badge;
    badge.setTabbable(true);
  };

  const draw = ({ badge }: Placed): void => {
    badge.draw();
    // The first badge that can be seen, until the reader moves the focus to another.
    if (badge.isOnList && tabStop?.host.isConnected !== true) setTabStop(badge);
  };

  const put = (name: Name, isOnList: boolean): void => {
    if (!name.link.isConnected) return;
    if (!isReady(name.link)) {
      waiting.set(name, isOnList);
      return;
    }
    const known = placed.get(name.link);
    const its = known ?? { badge: createBadge(isOnList, owner), name, reinsertedAt: [] };
    placed.set(name.link, its);
    its.name = name;
    // GitHub reuses a link for another person at times: the badge must never speak of the one before.
    show(its);
    if (isInView(name.link)) draw(its);
    if (name.place.nextElementSibling === its.badge.host) return;
    if (known !== undefined) {
      const now = Date.now();
      its.reinsertedAt = its.reinsertedAt.filter((at) => at > now - REINSERTIONS_MS);
      if (its.reinsertedAt.length >= REINSERTIONS) return;
      its.reinsertedAt = [...its.reinsertedAt, now];
    }
    name.place.after(its.badge.host);
  };

  const clear = (): void => {
    waiting.clear();
    for (const [link, its] of placed) remove(link, its);
    for (const left of document.querySelectorAll(BADGES)) left.remove();
  };
  signal.addEventListener("abort", clear);

  return {
    put,
    *putWaiting() {
      // Copied when the work begins: a pass before it may have removed some.
      const names = [...waiting];
      waiting.clear();
      yield* each(names, ([name, isOnList]) => put(name, isOnList));
    },
    isWaiting: () => waiting.size > 0,
    retain(links) {
      waiting.clear();
      for (const [link, its] of placed) if (!links.has(link) || !link.isConnected) remove(link, its);
      const ours = new Set<Element>([...placed.values()].map(({ badge }) => badge.host));
      for (const host of document.querySelectorAll(BADGES)) {
        // A page that writes back its own HTML writes back empty copies of our badges.
        if (!ours.has(host)) host.remove();
      }
    },
    updateLevels: () => each([...placed.values()], show),
    drawInView: () =>
      each([...placed.values()], (its) => {
        if (isInView(its.name.link)) draw(its);
      }),
    badgeAt,
    badgeOf: (login) =>
      [...placed.values()].find(({ badge }) => badge.login() === login && badge.host.isConnected)?.badge,
    setTabStop(host) {
      const badge = badgeAt(host);
      if (badge !== undefined) setTabStop(badge);
    },
    moveFocus(from, direction) {
      const hosts = [...document.querySelectorAll<HTMLElement>(BADGES)];
      const at = hosts.indexOf(from);
      const to = { next: at + 1, previous: at - 1, first: 0, last: hosts.length - 1 }[direction];
      const host = hosts[to];
      const badge = host && badgeAt(host);
      if (badge === undefined) return;
      setTabStop(badge);
      badge.focus();
    },
    clear,
  };
}
