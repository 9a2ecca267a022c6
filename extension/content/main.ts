/**
 * What runs in GitHub's pages: sees who is named, asks, and draws badges.
 *
 * It knows no token, fetches nothing and stores nothing. The page must not
 * feel it: work is done in slices, and on pages of other kinds there is none.
 */
import { type Labels, labelOf } from "../shared/labels.js";
import type { FromPage, Level, PersonOnPage, Shown, ToPage } from "../shared/messages.js";
import { BADGE_NAME } from "./badge.js";
import { createBadges } from "./badges.js";
import type { CardBundle } from "./card-bundle.js";
import { type Connection, openConnection } from "./connection.js";
import { createHovercard } from "./hovercard.js";
import { hydration } from "./hydration.js";
import { keyOf } from "./login.js";
import { type Found, find, holdsNames } from "./names.js";
import { opensAtTop, type Page, readPage } from "./page.js";
import { gatherer, type Person, reportMeanwhile } from "./people.js";
import { servePeopleHere } from "./people-here.js";
import { createWorkQueue, each, postTask } from "./time-slicing.js";
import { watchViewport } from "./viewport.js";

/** Changes of the page are gathered for this long before it is looked at; when it is new, it is looked at at once. */
const GATHER_MS = 20;

/** A page that changes all the time is looked at for at most a tenth of that time, and yet this often. */
const REST_SHARE = 10;
const LONGEST_REST_MS = 250;

/** The core is not told more often than this who is in view, however fast somebody scrolls. */
const TELL_PAUSE_MS = 100;

/** Until the browser has drawn a page that opens at its top, so many people from there are taken to be in view. */
const AT_TOP = 8;

/** Events after which GitHub may show another page without having loaded one, for browsers that do not tell it themselves. */
const NAVIGATION = [
  "popstate",
  "turbo:render",
  "turbo:load",
  "soft-nav:end",
  "soft-nav:react-done",
  "soft-nav:payload",
];

const OBSERVED: MutationObserverInit = {
  subtree: true,
  childList: true,
  attributes: true,
  attributeFilter: ["data-hovercard-url", "data-hovercard-target-url", "href"],
};

const PENDING: Shown = { level: "pending", mark: undefined };
const APP: Shown = { level: "bot", mark: undefined };

function start({ createCard, sayShown, t }: CardBundle): void {
  const ending = new AbortController();
  const { signal } = ending;
  const shown = new Map<string, Shown>();
  /** How the reader wants badges, and what they are called; none are put before both are known. */
  let look: Extract<ToPage, { type: "look" }> | undefined;
  let labels: Labels | undefined;
  let page: Page | undefined;
  let address = "";
  let connection: Connection | undefined;
  let people: readonly Person[] = [];
  let hovered: string | undefined;
  let told = "";
  /** Whether it is not known yet who is in view at this address. */
  let isUndrawn = true;

  const send = (message: FromPage): void => connection?.send(message);
  const shownOf = (login: string): Shown => shown.get(keyOf(login)) ?? PENDING;
  const levelOf = (login: string): Level => shownOf(login).level;

  const work = createWorkQueue(signal);
  const hydrated = hydration(() => work.add(badges.putWaiting()), signal);
  const viewport = watchViewport(() => {
    work.add(badges.drawInView());
    if (!viewport.isSettled()) return;
    isUndrawn = false;
    tell();
  }, signal);
  const badges = createBadges({
    shownOf: (name) => (name.isApp ? APP : shownOf(name.login)),
    labelOf: (login, shown) => labelOf(login, shown, labels ?? {}),
    isInView: viewport.isInView,
    isReady: (link) => look !== undefined && labels !== undefined && hydrated.isReady(link),
    isHidden: ({ level, mark }) =>
      look?.hidesClear === true && mark === undefined && (level === "clear" || level === "pending"),
  });
  const hovercard = createHovercard({
    shownOf,
    turned: (login) => {
      hovered = login;
      if (login !== undefined) tell();
    },
    say: (shown) => t("ui_hovercard", sayShown(shown)),
    direction: () => t("ui_direction"),
  });
  const card = createCard(
    {
      send,
      reportMeanwhile: ({ dataset }) =>
        reportMeanwhile(dataset["bonafideLogin"] ?? "", dataset["bonafideLevel"] === "bot", page),
      expanded: (host, isExpanded) => badges.badgeAt(host)?.setExpanded(isExpanded),
      focusBadge: (host) => badges.badgeAt(host)?.focus(),
    },
    signal,
  );

  const heard = (message: ToPage): void => {
    switch (message.type) {
      case "labels":
        labels = message.labels;
        work.add(badges.putWaiting());
        break;
      case "badges":
        for (const { login, level, mark } of message.badges)
          shown.set(keyOf(login), { level, mark: mark ?? undefined });
        work.add(badges.updateLevels());
        hovercard.settle();
        peopleHere.notify();
        break;
      case "report":
        card.show(message.report, message.own);
        break;
      case "look":
        look = message;
        if (page !== undefined && look.pagesOff.includes(page.kind)) {
          lookAnew();
          break;
        }
        work.add(badges.putWaiting());
        work.add(badges.updateLevels());
        break;
    }
  };

  const peopleHere = servePeopleHere(
    () => ({
      repository: page?.repository,
      people: people.map(({ asked: { login, association } }) => ({ login, association, ...shownOf(login) })),
    }),
    signal,
  );

  /** Where nobody is asked about, a badge of an app may still wait to hear how badges are wanted. */
  const isAppWaiting = (): boolean => look === undefined && badges.isWaiting();

  const connect = (): Connection =>
    openConnection({
      heard,
      greeting: peopleMessage,
      lost: () => {
        const open = card.openMessage();
        const asked = peopleMessage();
        const isWaiting = isAppWaiting() || asked.people.some(({ login }) => levelOf(login) === "pending");
        return isWaiting || open !== undefined ? [asked, ...(open ? [open] : [])] : [];
      },
      orphaned: () => ending.abort(),
    });

  /** Whether those at the top may be taken to be in view. */
  const isAtTop = (): boolean =>
    isUndrawn && page !== undefined && opensAtTop(page, location, document.visibilityState === "visible");

  /** Who is asked about: on a list, those in view alone; and whoever GitHub's own card is open for. */
  const peopleMessage = (): FromPage & { type: "people" } => {
    const asked: PersonOnPage[] = [];
    const hoveredKey = hovered === undefined ? undefined : keyOf(hovered);
    const openKey = card.openLogin();
    const topEnd = isAtTop() ? AT_TOP : 0;
    let isHoveredNamed = false;
    for (const [index, { asked: person, links }] of people.entries()) {
      const isHovered = keyOf(person.login) === hoveredKey;
      isHoveredNamed ||= isHovered;
      const isInView =
        isHovered || keyOf(person.login) === openKey || index < topEnd || links.some(viewport.isInView);
      if (isInView || page?.isList !== true) asked.push({ ...person, isInView });
    }
    if (hovered !== undefined && !isHoveredNamed)
      asked.push({
        login: hovered,
        isOpener: false,
        isInView: true,
        association: undefined,
        openedAt: undefined,
      });
    return {
      type: "people",
      repository: page?.repository,
      kind: page?.kind ?? "",
      people: asked,
      isList: page?.isList ?? false,
    };
  };

  const tellPeople = (): void => {
    const message = peopleMessage();
    const now = JSON.stringify(message);
    const isNews = message.people.length > 0 || told !== "" || isAppWaiting();
    if (now === told || !isNews) return;
    told = now;
    send(message);
  };

  let tellTimer: ReturnType<typeof setTimeout> | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;
  /** Tells at once, or when the pause is over; while the page is being looked at, nobody knows who is on it. */
  const tell = (): void => {
    if (isPassing) return;
    const pause = toldAt + TELL_PAUSE_MS - performance.now();
    if (pause > 0) {
      tellIn(pause);
      return;
    }
    clearTimeout(tellTimer);
    tellTimer = undefined;
    if (page === undefined || signal.aborted) return;
    // What was taken to be so is put right as soon as it is known.
    if (people.length > 0 && !isAtTop()) toldAt = performance.now();
    tellPeople();
  };
  // Not put off by what comes meanwhile: while somebody scrolls, something comes with every frame.
  const tellIn = (pause: number): void => {
    tellTimer ??= setTimeout(() => {
      tellTimer = undefined;
      tell();
    }, pause);
  };

  /** Has the page looked at as if it were new. */
  const lookAnew = (): void => {
    address = "";
    schedule();
  };

  /** Looks at where we are: another repository or kind of page is another conversation. */
  const settlePage = (): void => {
    if (location.href === address) return;
    address = location.href;
    isUndrawn = true;
    const known = readPage(location);
    const next = known !== undefined && look?.pagesOff.includes(known.kind) ? undefined : known;
    if (next?.repository === page?.repository && next?.kind === page?.kind) return;
    const isOtherRepository = next?.repository !== page?.repository;
    page = next;
    if (page === undefined || isOtherRepository) {
      // A level is meant for one repository: answers still on their way must not be heard.
      card.close();
      connection?.close();
      connection = undefined;
      shown.clear();
      people = [];
      hovered = undefined;
      told = "";
    }
    if (page === undefined) {
      changes.disconnect();
      removeAll();
    } else {
      connection ??= connect();
      connection.open();
      changes.observe(document.documentElement, OBSERVED);
    }
  };

  /** Looks for names, then puts badges and questions right. */
  function* pass(): Generator<void, void, void> {
    settlePage();
    if (page === undefined) return;
    yield;
    const { isList } = page;
    const found: Found = { names: [], opener: undefined };
    yield* find(document, page, found);
    const links = new Set(found.names.map(({ link }) => link));
    badges.retain(links);
    viewport.retain(links);
    yield;
    const gathered = gatherer(found.opener);
    yield* each(found.names, (name) => {
      gathered.add(name);
      viewport.watch(name.link);
      badges.put(name, !isList);
    });
    people = gathered.people();
    peopleHere.notify();
    card.settle();
  }

  let isPassing = false;
  let isScheduled = false;
  let restMs = 0;
  const schedule = (): void => {
    if (isScheduled || signal.aborted) return;
    isScheduled = true;
    postTask(() => {
      // What changes from here on is for the next look.
      work.add(
        (function* () {
          isScheduled = false;
          isPassing = true;
          const began = performance.now();
          try {
            yield* pass();
          } finally {
            isPassing = false;
          }
          // Who is in view is known with the next frame; a tab that is not looked at has none.
          if (viewport.isSettled()) isUndrawn = false;
          if (viewport.isSettled() || isAtTop()) tell();
          else tellIn(TELL_PAUSE_MS);
          restMs = Math.min(Math.max(GATHER_MS, (performance.now() - began) * REST_SHARE), LONGEST_REST_MS);
        })(),
      );
    }, restMs);
  };

  const removeAll = (): void => {
    card.close();
    badges.clear();
    hovercard.clear();
    viewport.retain(new Set());
    people = [];
  };

  const changes = new MutationObserver((records) => {
    let isHovercard = false;
    let isNames = false;
    for (const record of records) {
      if (hovercard.concerns(record)) isHovercard = true;
      else isNames ||= concernsNames(record);
    }
    if (isHovercard) hovercard.settle();
    if (isNames) schedule();
  });

  // As long as the address stays, whatever is new on the page is seen as a change of it.
  const moved = (): void => {
    if (location.href !== address) schedule();
  };
  if (window.navigation !== undefined)
    window.navigation.addEventListener("currententrychange", moved, { signal });
  else for (const kind of NAVIGATION) window.addEventListener(kind, moved, { capture: true, signal });
  window.addEventListener("pageshow", ({ persisted }) => persisted && schedule(), { signal });
  document.addEventListener("turbo:before-cache", removeAll, { signal });
  document.addEventListener(
    "visibilitychange",
    () => {
      // Whoever comes back from the options has perhaps saved a token or chosen where badges stand: ask again; what is
      // fresh costs no call.
      if (document.visibilityState !== "visible") return;
      told = "";
      if (page !== undefined) tell();
      else if (look !== undefined) {
        look = undefined;
        lookAnew();
      }
    },
    { signal },
  );
  signal.addEventListener("abort", () => {
    changes.disconnect();
    connection?.close();
    clearTimeout(tellTimer);
    removeAll();
  });
  schedule();
}

/** Whether a change of the page can have brought, changed or taken away a name or a badge. */
function concernsNames({ type, target, addedNodes, removedNodes }: MutationRecord): boolean {
  if (type === "attributes") return target instanceof HTMLElement && target.localName === "a";
  for (const node of addedNodes) {
    if (node instanceof Element && node.localName !== BADGE_NAME && holdsNames(node)) return true;
  }
  for (const node of removedNodes) {
    if (node instanceof Element && (isBadge(node) || holdsNames(node))) return true;
  }
  return false;
}

function isBadge(element: Element): boolean {
  return element.localName === BADGE_NAME || element.getElementsByTagName(BADGE_NAME).length > 0;
}

start((globalThis as unknown as { bonafideCardBundle: CardBundle }).bonafideCardBundle);
