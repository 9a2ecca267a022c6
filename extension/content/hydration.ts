/**
 * Tells when a part of the page can be written to.
 *
 * Where React has yet to take over what the server drew, an element put in
 * between makes it throw everything away and draw anew. GitHub marks the
 * roots that React has taken over by a class; the mark comes a little before
 * the work is done, so one idle moment is waited for after it.
 */

const ROOTS = 'react-app[data-ssr="true"], react-partial[data-ssr="true"]';

/** HTML that React holds but does not look into. */
const OWN_HTML = "rails-partial";

/** Whatever decides it for what is inside. */
const DECIDING = `${OWN_HTML}, ${ROOTS}`;

/** A root whose mark never comes is taken as ready this long after the page has loaded. */
const PATIENCE_MS = 2_500;

/** An idle moment that does not come by itself is taken after this long. */
const IDLE_MS = 500;

/** Answers whether there may be written beside an element. */
export interface Hydration {
  isReady(near: Element): boolean;
}

/** `changed` is called whenever a part has become ready. */
export function hydration(changed: () => void, signal: AbortSignal): Hydration {
  const ready = new WeakSet<Element>();
  const waiting = new WeakSet<Element>();

  const settle = (root: Element): void => {
    if (ready.has(root)) return;
    const done = (): void => {
      if (signal.aborted || ready.has(root)) return;
      ready.add(root);
      changed();
    };
    requestIdleCallback(done, { timeout: IDLE_MS });
  };

  const marks = new MutationObserver((records) => {
    for (const { target } of records) if (isTakenOver(target as Element)) settle(target as Element);
  });
  signal.addEventListener("abort", () => marks.disconnect(), { once: true });

  const wait = (root: Element): void => {
    if (waiting.has(root)) return;
    waiting.add(root);
    if (isTakenOver(root)) {
      settle(root);
      return;
    }
    marks.observe(root, { attributes: true, attributeFilter: ["class"] });
    const giveUpWaiting = (): void => {
      setTimeout(settle, PATIENCE_MS, root);
    };
    if (document.readyState === "complete") giveUpWaiting();
    else window.addEventListener("load", giveUpWaiting, { once: true, signal });
  };

  return {
    isReady(near) {
      const root = near.closest(DECIDING);
      if (root === null || root.localName === OWN_HTML || ready.has(root)) return true;
      wait(root);
      return false;
    },
  };
}

/** Whether React has said so by its mark. */
function isTakenOver(root: Element): boolean {
  return root.classList.contains("loaded");
}
