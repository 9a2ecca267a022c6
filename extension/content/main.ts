/**
 * What runs in GitHub's pages: sees who is named, asks, and draws badges.
 *
 * It knows no token, fetches nothing and stores nothing. The page must not
 * feel it: work is done in slices, and on pages that name nobody there is none.
 */
import type { FromPage, Level, PersonOnPage, ToPage } from "../shared/messages.js";
import { BADGES, type Badge, createBadge } from "./badge.js";
import { createCard } from "./card.js";
import { type Connection, openConnection } from "./connection.js";
import { hydration } from "./hydration.js";
import { keyOf } from "./login.js";
import { CANDIDATES, type Name, namesOn } from "./names.js";
import { type Page, readPage } from "./page.js";
import { gather, type Person, reportMeanwhile } from "./people.js";

/** Changes of the page are gathered for this long before it is looked at. */
const GATHER_MS = 20;

/** The core is not told more often than this who is in view, however fast somebody scrolls. */
const TELL_PAUSE_MS = 100;

/** No slice of work is longer, so that the page keeps its frames. */
const SLICE_MS = 3;

/** Looked up before they are scrolled to, by about a third of a window. */
const AHEAD_PX = 300;

/** A page that keeps removing a badge wins after this many returns in this time. */
const RETURNS = 5;
const RETURNS_MS = 10_000;

/** Events after which GitHub may show another page without having loaded one. */
const NAVIGATION = ["turbo:render", "turbo:load", "soft-nav:end", "soft-nav:react-done", "soft-nav:payload"];

interface Placed {
  readonly badge: Badge;
  readonly name: Name;
  /** When the badge was put back, of late. */
  returns: number[];
}

function start(): void {
  const ending = new AbortController();
  const { signal } = ending;
  const placed = new Map<HTMLElement, Placed>();
  const levels = new Map<string, Level>();
  const inView = new WeakSet<Element>();
  const watched = new Set<HTMLElement>();
  let page: Page | undefined;
  let connection: Connection | undefined;
  let people: readonly Person[] = [];
  let apps: ReadonlySet<string> = new Set();
  let told = "";
  let isPassing = false;
  let isScheduled = false;

  const send = (message: FromPage): void => connection?.send(message);

  const levelOf = (login: string): Level =>
    apps.has(keyOf(login)) ? "bot" : (levels.get(keyOf(login)) ?? "pending");

  const badgeOf = (host: HTMLElement): Badge | undefined =>
    [...placed.values()].find((it) => it.badge.host === host)?.badge;

  const card = createCard(
    {
      send,
      reportMeanwhile: (host) =>
        reportMeanwhile(
          host.dataset["bonafideLogin"] ?? "",
          levelOf(host.dataset["bonafideLogin"] ?? ""),
          page,
        ),
      expanded: (host, isExpanded) => badgeOf(host)?.setExpanded(isExpanded),
      focusBadge: (host) => badgeOf(host)?.focus(),
    },
    signal,
  );

  const heard = (message: ToPage): void => {
    switch (message.type) {
      case "badges":
        for (const { login, level } of message.badges) levels.set(keyOf(login), level);
        for (const { badge, name } of placed.values()) badge.show(name.login, levelOf(name.login));
        break;
      case "report":
        card.show(message.report, message.own);
        break;
      case "look":
        break;
    }
  };

  const connect = (): Connection =>
    openConnection({
      heard,
      greeting: peopleMessage,
      lost: () => {
        const open = card.openMessage();
        const isWaiting = people.some(({ asked }) => levelOf(asked.login) === "pending");
        return isWaiting || open !== undefined ? [peopleMessage(), ...(open ? [open] : [])] : [];
      },
      orphaned: () => ending.abort(),
    });

  const peopleMessage = (): FromPage => ({
    type: "people",
    repository: page?.repository,
    isList: page?.isList ?? false,
    people: people.map(
      ({ asked, links }): PersonOnPage => ({ ...asked, isInView: links.some((link) => inView.has(link)) }),
    ),
  });

  const tellPeople = (): void => {
    const message = peopleMessage();
    const now = JSON.stringify(message);
    if (now === told || (people.length === 0 && told === "")) return;
    told = now;
    send(message);
  };

  /** Looks at where we are: another repository or kind of page is another conversation. */
  const settlePage = (): void => {
    const next = readPage(new URL(location.href));
    if (next?.repository === page?.repository && next?.kind === page?.kind) return;
    const isOtherRepository = next?.repository !== page?.repository;
    page = next;
    if (page === undefined || isOtherRepository) {
      // A level is meant for one repository: answers still on their way must not be heard.
      card.close();
      connection?.close();
      connection = undefined;
      levels.clear();
      people = [];
      told = "";
    }
    if (page === undefined) {
      changes.disconnect();
      removeAll();
    } else {
      connection ??= connect();
      changes.observe(document.documentElement, OBSERVED);
    }
  };

  /** Looks for names in slices, then puts badges and questions right. */
  const pass = async (): Promise<void> => {
    settlePage();
    if (page === undefined) return;
    const found: Name[] = [];
    let sliceEnd = performance.now() + SLICE_MS;
    for (const name of namesOn(document, page)) {
      if (name !== undefined) found.push(name);
      if (performance.now() > sliceEnd) {
        await breath();
        if (signal.aborted) return;
        sliceEnd = performance.now() + SLICE_MS;
      }
    }
    people = gather(document, found, page);
    apps = new Set(found.filter((name) => name.isApp).map((name) => keyOf(name.login)));
    watch(found);
    await putBadges(found, page);
    tellSoon();
    card.settle();
  };

  const putBadges = async (found: readonly Name[], { isList }: Page): Promise<void> => {
    const links = new Set(found.map((name) => name.link));
    for (const [link, { badge }] of placed) {
      if (!links.has(link) || !link.isConnected) {
        badge.host.remove();
        placed.delete(link);
      }
    }
    const ours = new Set([...placed.values()].map(({ badge }) => badge.host));
    for (const badge of document.querySelectorAll<HTMLElement>(BADGES)) {
      // A page that puts back HTML which it has read from itself puts back empty copies of our badges.
      if (!ours.has(badge)) badge.remove();
    }
    let sliceEnd = performance.now() + SLICE_MS;
    for (const name of found) {
      putBadge(name, isList);
      if (performance.now() > sliceEnd) {
        await breath();
        if (signal.aborted) return;
        sliceEnd = performance.now() + SLICE_MS;
      }
    }
  };

  const putBadge = (name: Name, isList: boolean): void => {
    if (!name.link.isConnected || !hydrated.isReady(name.link)) return;
    const known = placed.get(name.link);
    const badge = known?.badge ?? createBadge(!isList);
    // GitHub uses one link for another person at times: the badge must never speak of the one before.
    badge.show(name.login, levelOf(name.login));
    if (name.place.nextElementSibling !== badge.host || badge.host.parentNode !== name.place.parentNode) {
      const now = Date.now();
      const returns = (known?.returns ?? []).filter((at) => at > now - RETURNS_MS);
      placed.set(name.link, { badge, name, returns: known === undefined ? returns : [...returns, now] });
      if (returns.length >= RETURNS) return;
      name.place.after(badge.host);
    } else {
      placed.set(name.link, { badge, name, returns: known?.returns ?? [] });
    }
  };

  const watch = (found: readonly Name[]): void => {
    const links = new Set(found.map((name) => name.link));
    for (const link of watched) {
      if (!links.has(link)) {
        sight.unobserve(link);
        watched.delete(link);
      }
    }
    for (const link of links) {
      if (watched.has(link)) continue;
      watched.add(link);
      sight.observe(link);
    }
  };

  let tellTimer: ReturnType<typeof setTimeout> | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;
  const tellSoon = (): void => {
    // Not put off by what comes meanwhile: while somebody scrolls, something comes with every frame.
    const pause = Math.max(GATHER_MS, toldAt + TELL_PAUSE_MS - performance.now());
    tellTimer ??= setTimeout(() => {
      tellTimer = undefined;
      toldAt = performance.now();
      if (page !== undefined && !signal.aborted) tellPeople();
    }, pause);
  };

  const schedule = (): void => {
    if (isScheduled || signal.aborted) return;
    isScheduled = true;
    setTimeout(async () => {
      if (isPassing) {
        isScheduled = false;
        schedule();
        return;
      }
      isScheduled = false;
      isPassing = true;
      try {
        await pass();
      } finally {
        isPassing = false;
      }
    }, GATHER_MS);
  };

  const removeAll = (): void => {
    card.close();
    for (const { badge } of placed.values()) badge.host.remove();
    for (const left of document.querySelectorAll(BADGES)) left.remove();
    placed.clear();
    for (const link of watched) sight.unobserve(link);
    watched.clear();
    people = [];
  };

  const changes = new MutationObserver((records) => {
    if (records.some(concernsNames)) schedule();
  });
  const sight = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) inView.add(target);
        else inView.delete(target);
      }
      tellSoon();
    },
    { rootMargin: `${AHEAD_PX}px 0px` },
  );
  const hydrated = hydration(schedule, signal);

  for (const kind of NAVIGATION) document.addEventListener(kind, schedule, { signal });
  // Whatever GitHub's own events leave out, where the browser tells it.
  window.navigation?.addEventListener("currententrychange", schedule, { signal });
  window.addEventListener("popstate", schedule, { signal });
  window.addEventListener("pageshow", schedule, { signal });
  document.addEventListener("turbo:before-cache", removeAll, { signal });
  document.addEventListener(
    "visibilitychange",
    () => {
      // Whoever comes back from the options has perhaps saved a token: ask again; what is fresh costs no call.
      if (document.visibilityState !== "visible" || page === undefined) return;
      told = "";
      tellSoon();
    },
    { signal },
  );
  signal.addEventListener("abort", () => {
    changes.disconnect();
    sight.disconnect();
    connection?.close();
    clearTimeout(tellTimer);
    removeAll();
  });
  schedule();
}

const OBSERVED: MutationObserverInit = {
  subtree: true,
  childList: true,
  attributes: true,
  attributeFilter: ["data-hovercard-url", "href"],
};

/** Whether a change of the page can have brought, changed or taken away a name or a badge. */
function concernsNames(record: MutationRecord): boolean {
  if (record.type === "attributes")
    return record.target instanceof HTMLElement && record.target.localName === "a";
  return holds(record.addedNodes, CANDIDATES) || holds(record.removedNodes, `${CANDIDATES}, ${BADGES}`);
}

function holds(nodes: NodeList, selector: string): boolean {
  for (const node of nodes) {
    if (node instanceof Element && (node.matches(selector) || node.querySelector(selector) !== null))
      return true;
  }
  return false;
}

/** Lets the page have its turn. */
function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

start();
