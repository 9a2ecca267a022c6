/** Which names are in the viewport, or soon will be. */

/** Names are looked up before they are scrolled to, by about a third of a window. */
const AHEAD_PX = 300;

/** Watches names come into the viewport and leave it. */
export interface Viewport {
  /** Watches this element too. */
  watch(link: Element): void;
  /** Stops watching every element but these. */
  retain(links: ReadonlySet<Element>): void;
  isInView(link: Element): boolean;
  /** Whether the browser has reported on every watched element. In a tab in the background it reports on none. */
  isSettled(): boolean;
}

/** `changed` is called whenever the browser has reported that elements came into the viewport or left it. */
export function watchViewport(changed: () => void, signal: AbortSignal): Viewport {
  const watched = new Set<Element>();
  const inView = new Set<Element>();
  const unreported = new Set<Element>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        unreported.delete(target);
        if (isIntersecting && watched.has(target)) inView.add(target);
        else inView.delete(target);
      }
      changed();
    },
    { rootMargin: `${AHEAD_PX}px 0px` },
  );
  signal.addEventListener("abort", () => observer.disconnect());
  return {
    watch(link) {
      if (watched.has(link)) return;
      watched.add(link);
      unreported.add(link);
      observer.observe(link);
    },
    retain(links) {
      for (const link of watched) {
        if (links.has(link)) continue;
        observer.unobserve(link);
        watched.delete(link);
        inView.delete(link);
        unreported.delete(link);
      }
    },
    isInView: (link) => inView.has(link),
    isSettled: () => unreported.size === 0,
  };
}
