/**
 * Passes over the page: each finds the names and puts a badge beside each.
 *
 * A pass is due when the page has changed, and when the reader has gone to
 * another page.
 */
import { BADGES } from "./badge.js";
import { holdsNames } from "./names.js";
import { postTask, type Steps, type WorkQueue } from "./time-slicing.js";

/** Changes of the page are gathered for this long before the next pass; the first pass begins at once. */
const GATHER_MS = 20;

/**
 * After a pass the next one waits this many times as long as the last one took, so that passes take a tenth of the time
 * on a page that changes all the time; but never longer than this.
 */
const PAUSE_FACTOR = 10;
const LONGEST_PAUSE_MS = 250;

/** Events after which GitHub may show another page without a load, for browsers that lack the navigation API. */
const NAVIGATION_EVENTS = [
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

/** What passes need of the page around them. */
export interface PassesHost {
  /** Looks at the whole page. */
  pass(): Steps;
  /** A pass begins; until it has ended nobody knows who is on the page. */
  began(): void;
  /** A pass has ended. */
  ended(): void;
  /** Whether the address has changed since the last pass. */
  hasMoved(): boolean;
  /** Whether this change is one of GitHub's own card over a name, and thus none of the page's names. */
  isOfHovercard(change: MutationRecord): boolean;
  /** GitHub's own card has changed. */
  hovercardChanged(): void;
}

/** The passes over one page. */
export interface Passes {
  /** Has a pass run soon. */
  schedule(): void;
  /** Watches the page for changes. */
  observe(): void;
  /** Stops watching the page; a new address still leads to a pass. */
  unobserve(): void;
}

/** Schedules passes until `signal` aborts. */
export function createPasses(host: PassesHost, work: WorkQueue, signal: AbortSignal): Passes {
  let isScheduled = false;
  let pauseMs = 0;

  function* run(): Generator<unknown, void, void> {
    // Changes from here on are for the next pass.
    isScheduled = false;
    const began = performance.now();
    host.began();
    try {
      const steps = host.pass();
      while (steps.next().done !== true) yield;
    } finally {
      host.ended();
    }
    pauseMs = Math.min(Math.max(GATHER_MS, (performance.now() - began) * PAUSE_FACTOR), LONGEST_PAUSE_MS);
  }

  const schedule = (): void => {
    if (isScheduled || signal.aborted) return;
    isScheduled = true;
    postTask(() => work.add(run()), pauseMs);
  };

  const changes = new MutationObserver((records) => {
    let isHovercard = false;
    let isNames = false;
    for (const record of records) {
      if (host.isOfHovercard(record)) isHovercard = true;
      else isNames ||= concernsNames(record);
    }
    if (isHovercard) host.hovercardChanged();
    if (isNames) schedule();
  });

  // As long as the address stays, whatever is new on the page is observed as a change of it.
  const navigated = (): void => {
    if (host.hasMoved()) schedule();
  };
  if (window.navigation !== undefined)
    window.navigation.addEventListener("currententrychange", navigated, { signal });
  else
    for (const kind of NAVIGATION_EVENTS) window.addEventListener(kind, navigated, { capture: true, signal });
  window.addEventListener("pageshow", ({ persisted }) => persisted && schedule(), { signal });
  signal.addEventListener("abort", () => changes.disconnect());

  return {
    schedule,
    observe: () => changes.observe(document.documentElement, OBSERVED),
    unobserve: () => changes.disconnect(),
  };
}

/** Whether a change of the page can have brought, changed or removed a name or a badge. */
function concernsNames({ type, target, addedNodes, removedNodes }: MutationRecord): boolean {
  if (type === "attributes") return target instanceof HTMLElement && target.localName === "a";
  for (const node of addedNodes) {
    if (node instanceof Element && !node.matches(BADGES) && holdsNames(node)) return true;
  }
  for (const node of removedNodes) {
    if (node instanceof Element && (holdsBadge(node) || holdsNames(node))) return true;
  }
  return false;
}

function holdsBadge(element: Element): boolean {
  return element.matches(BADGES) || element.querySelector(BADGES) !== null;
}
