// What runs inside a page to note when its badges, or the popup's report, stand.

import type { Page } from "puppeteer-core";

/** When something stood, in milliseconds since 1970; null for not yet. */
export type Watched = {
  /** The first badge or report, whatever it says. */
  readonly drawnAt: number | null;
  /** The first level that is not `pending`. */
  readonly levelAt: number | null;
  /** Everybody has a level, and nothing has been `pending` since. */
  readonly settledAt: number | null;
  /** The last change that was drawn. */
  readonly changedAt: number | null;
};

declare global {
  interface Window {
    bonafideWatched?: Watched;
  }
}

/**
 * Starts to note; is sent into the page as text, and so uses nothing from outside. It hears of a change in the very
 * turn in which it was made, so the times are of the change and not of a look at it.
 */
export function watch(people: number): void {
  const found: { -readonly [Moment in keyof Watched]: Watched[Moment] } = {
    drawnAt: null,
    levelAt: null,
    settledAt: null,
    changedAt: null,
  };
  window.bonafideWatched = found;
  const look = (): void => {
    const now = performance.timeOrigin + performance.now();
    const drawn = [...document.querySelectorAll("[data-bonafide-level]")];
    if (drawn.length === 0) return;
    found.drawnAt ??= now;
    found.changedAt = now;
    const names = new Set<string>();
    let pending = 0;
    let settled = 0;
    for (const element of drawn) {
      const name =
        element.getAttribute("data-bonafide-login") ?? element.getAttribute("data-bonafide-report");
      if (name !== null) names.add(name.toLowerCase());
      if (element.getAttribute("data-bonafide-level") === "pending") pending += 1;
      else if (name !== null) settled += 1;
    }
    if (settled > 0) found.levelAt ??= now;
    if (pending > 0 || names.size < people) found.settledAt = null;
    else found.settledAt ??= now;
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ["data-bonafide-level"],
  });
  look();
}

/** What has been noted so far. */
export async function watched(page: Page): Promise<Watched> {
  const found = await page.evaluate(() => window.bonafideWatched);
  if (found === undefined) throw new Error("the page is not watched");
  return found;
}

/** Waits until everybody has a level. */
export async function everybodySettled(page: Page, patienceMs: number): Promise<void> {
  await page.waitForFunction(() => typeof window.bonafideWatched?.settledAt === "number", {
    timeout: patienceMs,
    polling: 100,
  });
}
