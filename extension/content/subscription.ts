/**
 * The page's subscription: whom the background is asked about, and the levels
 * it has answered.
 */
import type { FromPage, Level, PersonOnPage, Shown, ToPage } from "../shared/messages.js";
import { type Connection, createConnection } from "./connection.js";
import { keyOf } from "./login.js";
import type { Page } from "./page.js";
import type { Person } from "./people.js";

/** However fast somebody scrolls, the background is not asked more often than this. */
const UPDATE_PAUSE_MS = 100;

/** How many of the first people count as in view until the browser reports who is. */
const ASSUMED_IN_VIEW = 8;

/**
 * A page that names more people than this is treated as a list: only those in view are asked about, and so many in a
 * minute. The longest conversations of GitHub's have some hundreds; a page that names thousands wants something else.
 */
export const MOST_PEOPLE = 1_000;

const PENDING: Shown = { level: "pending", mark: undefined };

/** What the subscription needs of the page around it. */
export interface SubscriptionHost {
  page(): Page | undefined;
  /** Whether the first names may be taken to be in view. */
  isAtTop(): boolean;
  /** Whether this link is in view, or soon will be. */
  isInView(link: Element): boolean;
  /** Whose card is open. */
  openLogin(): string | undefined;
  /** Whether anything waits to learn how the reader wants badges, even where nobody is asked about. */
  isDisplayAwaited(): boolean;
  /** A message has come. Levels have been taken over already. */
  receive(message: ToPage): void;
  /** The extension is gone. */
  orphaned(): void;
}

/** Who is asked about, and what was answered. */
export interface Subscription {
  /** What is known of somebody. */
  shownOf(login: string): Shown;
  /** Everybody whom the page names. */
  people(): readonly Person[];
  setPeople(people: readonly Person[]): void;
  /** Whose name GitHub's own card is open for. */
  setHovered(login: string | undefined): void;
  /** Connects, so that the background is awake when there is something to ask. */
  connect(): void;
  /** Sends any other message. */
  send(message: FromPage): void;
  /** Asks about those who are wanted now: at once, or when the pause is over. Asks nothing that was asked last. */
  update(): void;
  /** Asks when the pause is over. */
  updateLater(): void;
  /** Holds updates back while it is not known who is on the page. */
  hold(): void;
  /** Ends a hold. */
  release(): void;
  /** Has the next update asked even where nothing has changed. */
  invalidate(): void;
  /** Ends the conversation: levels belong to one repository, and answers still on their way are dropped. */
  reset(): void;
}

/** Subscribes nobody yet. All ends when `signal` aborts. */
export function createSubscription(host: SubscriptionHost, signal: AbortSignal): Subscription {
  const levels = new Map<string, Shown>();
  let connection: Connection | undefined;
  let people: readonly Person[] = [];
  let hovered: string | undefined;
  /** The last request, as JSON; empty where none was made. */
  let lastRequest = "";
  let lastUpdateAt = Number.NEGATIVE_INFINITY;
  let isHeld = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const shownOf = (login: string): Shown => levels.get(keyOf(login)) ?? PENDING;
  const levelOf = (login: string): Level => shownOf(login).level;

  /** On a list only those in view are asked about; whoever a card is open for is asked about in any case. */
  const request = (): Extract<FromPage, { people: unknown }> => {
    const page = host.page();
    const asked: PersonOnPage[] = [];
    const hoveredKey = hovered === undefined ? undefined : keyOf(hovered);
    const openLogin = host.openLogin();
    const openKey = openLogin === undefined ? undefined : keyOf(openLogin);
    const topEnd = host.isAtTop() ? ASSUMED_IN_VIEW : 0;
    const isInViewOnly = page?.isList === true || people.length > MOST_PEOPLE;
    let isHoveredNamed = false;
    for (const [index, { asked: person, links }] of people.entries()) {
      const key = keyOf(person.login);
      isHoveredNamed ||= key === hoveredKey;
      const isInView = key === hoveredKey || key === openKey || index < topEnd || links.some(host.isInView);
      if ((isInView || !isInViewOnly) && asked.length < MOST_PEOPLE) asked.push({ ...person, isInView });
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
      people: {
        repository: page?.repository,
        kind: page?.kind ?? "",
        number: page?.number,
        people: asked,
        isList: isInViewOnly,
      },
    };
  };

  const sendRequest = (): void => {
    const next = request();
    const json = JSON.stringify(next);
    const isWanted = next.people.people.length > 0 || lastRequest !== "" || host.isDisplayAwaited();
    if (json === lastRequest || !isWanted) return;
    lastRequest = json;
    connection?.send(next);
  };

  // An update that waits is not put off by another: while somebody scrolls, one comes with every frame.
  const updateIn = (pause: number): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      update();
    }, pause);
  };

  const update = (): void => {
    if (isHeld) return;
    const pause = lastUpdateAt + UPDATE_PAUSE_MS - performance.now();
    if (pause > 0) {
      updateIn(pause);
      return;
    }
    clearTimeout(timer);
    timer = undefined;
    if (host.page() === undefined || signal.aborted) return;
    // What is only assumed is corrected as soon as it is known, without a pause.
    if (people.length > 0 && !host.isAtTop()) lastUpdateAt = performance.now();
    sendRequest();
  };

  const connectNow = (): Connection =>
    createConnection({
      receive(message) {
        if (message.type === "badges")
          for (const { login, level, mark, reason, isOnRequest, isNewHere } of message.badges)
            levels.set(keyOf(login), { level, mark: mark ?? undefined, reason, isOnRequest, isNewHere });
        host.receive(message);
      },
      greeting: request,
      unanswered() {
        const again = request();
        const openLogin = host.openLogin();
        const isWaiting =
          host.isDisplayAwaited() || again.people.people.some(({ login }) => levelOf(login) === "pending");
        if (!isWaiting && openLogin === undefined) return [];
        return openLogin === undefined ? [again] : [again, { open: { login: openLogin } }];
      },
      orphaned: host.orphaned,
    });

  const reset = (): void => {
    connection?.close();
    connection = undefined;
    levels.clear();
    people = [];
    hovered = undefined;
    lastRequest = "";
  };

  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    reset();
  });

  return {
    shownOf,
    people: () => people,
    setPeople(named) {
      people = named;
    },
    setHovered(login) {
      hovered = login;
    },
    connect() {
      connection ??= connectNow();
      connection.open();
    },
    send: (message) => connection?.send(message),
    update,
    updateLater: () => updateIn(UPDATE_PAUSE_MS),
    hold() {
      isHeld = true;
    },
    release() {
      isHeld = false;
    },
    invalidate() {
      lastRequest = "";
    },
    reset,
  };
}
