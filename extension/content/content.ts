/**
 * Composes what runs in GitHub's pages: finds who is named, asks about them,
 * and draws badges. Each part ends itself when the signal aborts.
 *
 * It knows no token, fetches nothing and stores nothing. The page must not
 * feel it: work is done in slices, and on pages of other kinds there is none.
 */
import { type Labels, labelOf } from "../shared/labels.js";
import type { Shown, ToPage } from "../shared/messages.js";
import { createBadges } from "./badges.js";
import type { CardBundle } from "./card-bundle.js";
import { createHovercard } from "./hovercard.js";
import { hydration } from "./hydration.js";
import { listenToListKeyboard } from "./list-keyboard.js";
import { type Found, find } from "./names.js";
import { createPageState } from "./page-state.js";
import { createPasses } from "./passes.js";
import { gatherPeople, reportMeanwhile } from "./people.js";
import { servePeopleHere } from "./people-here.js";
import { createSubscription, MOST_PEOPLE } from "./subscription.js";
import { createWorkQueue, each } from "./time-slicing.js";
import { watchViewport } from "./viewport.js";

const APP: Shown = { level: "bot", mark: undefined };

/** Starts all parts; `ending` ends them all, and is aborted when the extension is gone. */
export function startContent(
  { createCard, createPeopleLine, icon, sayShown, t }: CardBundle,
  ending: AbortController,
): void {
  const { signal } = ending;
  let labels: Labels | undefined;

  const isReady = (link: Element): boolean =>
    state.isDisplayKnown() && labels !== undefined && hydrated.isReady(link);
  const isVisible = (): boolean => document.visibilityState === "visible";
  const state = createPageState(location, isVisible);
  const work = createWorkQueue(signal);
  const hydrated = hydration(() => {
    work.add(badges.putWaiting());
    peopleLine.update();
  }, signal);
  const viewport = watchViewport(() => {
    work.add(badges.drawInView());
    if (!viewport.isSettled()) return;
    state.setViewportKnown();
    subscription.update();
  }, signal);
  const badges = createBadges(
    {
      shownOf: ({ login, isApp }) => (isApp ? APP : peopleLine.counted(login, subscription.shownOf(login))),
      icon,
      labelOf: (login, shown) => labelOf(login, shown, labels ?? {}),
      isInView: viewport.isInView,
      isReady,
      isHidden: state.isHidden,
    },
    signal,
  );
  const subscription = createSubscription(
    {
      page: state.page,
      isAtTop: state.isAtTop,
      isInView: viewport.isInView,
      openLogin: () => card.openLogin(),
      // Where nobody is asked about, the badge of an app may still wait.
      isDisplayAwaited: () => !state.isDisplayKnown() && badges.isWaiting(),
      receive,
      orphaned: () => ending.abort(),
    },
    signal,
  );
  const hovercard = createHovercard(
    {
      shownOf: subscription.shownOf,
      turned(login) {
        subscription.setHovered(login);
        if (login !== undefined) subscription.update();
      },
      textOf: (shown) => t("ui_hovercard", sayShown(shown)),
      icon,
      direction: () => t("ui_direction"),
    },
    signal,
  );
  const card = createCard(
    {
      send: subscription.send,
      reportMeanwhile: (login, level) => reportMeanwhile(login, level === "bot", state.page()),
      badgeAt: badges.badgeAt,
      badgeOf: badges.badgeOf,
    },
    signal,
  );
  const peopleLine = createPeopleLine(
    { isWanted: state.isPeopleLineWanted, page: state.page, shownOf: subscription.shownOf, isReady },
    signal,
  );
  listenToListKeyboard(
    {
      isList: () => state.page()?.isList ?? false,
      moveFocus: badges.moveFocus,
      focused: badges.setTabStop,
    },
    signal,
  );
  const peopleHere = servePeopleHere(() => {
    const people = subscription.people();
    const listed = people.slice(0, MOST_PEOPLE);
    const { repository, kind, number } = state.page() ?? {};
    return {
      repository,
      kind,
      number,
      people: listed.map(({ asked }) => ({ ...asked, ...subscription.shownOf(asked.login) })),
      more: people.length - listed.length,
    };
  }, signal);
  const passes = createPasses(
    {
      pass,
      began: subscription.hold,
      ended() {
        subscription.release();
        // The browser reports who is in view with the next frame; in a tab in the background it reports on nobody.
        if (viewport.isSettled()) state.setViewportKnown();
        if (viewport.isSettled() || state.isAtTop()) subscription.update();
        else subscription.updateLater();
      },
      hasMoved: state.hasMoved,
      isOfHovercard: hovercard.concerns,
      hovercardChanged: hovercard.settle,
    },
    work,
    signal,
  );

  function receive(message: ToPage): void {
    switch (message.type) {
      case "labels":
        labels = message.labels;
        work.add(badges.putWaiting());
        peopleLine.update();
        break;
      case "badges":
        work.add(badges.updateLevels());
        peopleLine.update();
        hovercard.settle();
        peopleHere.notify();
        break;
      case "report":
        card.show(message.report, message.own);
        break;
      case "display":
        if (state.setDisplay(message)) {
          passes.schedule();
          break;
        }
        peopleLine.update();
        work.add(badges.putWaiting());
        work.add(badges.updateLevels());
        break;
    }
  }

  /** Finds the names, then puts badges and subscription right. */
  function* pass(): Generator<void, void, void> {
    settlePage();
    const page = state.page();
    if (page === undefined) return;
    yield;
    const found: Found = { names: [], opener: undefined };
    yield* find(document, page, found);
    const links = new Set(found.names.map(({ link }) => link));
    badges.retain(links);
    viewport.retain(links);
    yield;
    peopleLine.update(found.names);
    const gatherer = gatherPeople(found.opener);
    yield* each(found.names, (name) => {
      gatherer.add(name);
      viewport.watch(name.link);
      badges.put(name, page.isList);
    });
    subscription.setPeople(gatherer.people());
    peopleHere.notify();
    card.settle();
  }

  function settlePage(): void {
    const move = state.readAddress();
    if (move === "same") return;
    if (move === "conversation") {
      card.close();
      subscription.reset();
    }
    if (state.page() === undefined) {
      passes.unobserve();
      removeAll();
    } else {
      subscription.connect();
      passes.observe();
    }
  }

  function removeAll(): void {
    card.close();
    badges.clear();
    peopleLine.clear();
    hovercard.clear();
    viewport.retain(new Set());
    subscription.setPeople([]);
  }

  // The copy of the page that GitHub keeps must hold nothing of ours.
  document.addEventListener("turbo:before-cache", removeAll, { signal });
  document.addEventListener(
    "visibilitychange",
    ({ isTrusted }) => {
      // A reader who comes back from the options may have saved a token or chosen where badges stand: ask again. What
      // is fresh costs no call.
      if (!isTrusted || !isVisible()) return;
      subscription.invalidate();
      if (state.page() !== undefined) subscription.update();
      else if (state.isDisplayKnown()) {
        state.forgetDisplay();
        passes.schedule();
      }
    },
    { signal },
  );
  passes.schedule();
}
