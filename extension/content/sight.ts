/** Which names are in view, or soon will be. */

/** Looked up before they are scrolled to, by about a third of a window. */
const AHEAD_PX = 300;

/** Watches names come into view and leave it. */
export interface Sight {
  /** Watches this element too. */
  watch(link: Element): void;
  /** Watches none but these from now on. */
  keep(links: ReadonlySet<Element>): void;
  isInView(link: Element): boolean;
  /** Whether it is known of all that are watched; in a tab that is not looked at it is known of none. */
  isSettled(): boolean;
}

/** `changed` is called whenever something came into view or left it. */
export function openSight(changed: () => void, signal: AbortSignal): Sight {
  const watched = new Set<Element>();
  const inView = new Set<Element>();
  const unknown = new Set<Element>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        unknown.delete(target);
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
      unknown.add(link);
      observer.observe(link);
    },
    keep(links) {
      for (const link of watched) {
        if (links.has(link)) continue;
        observer.unobserve(link);
        watched.delete(link);
        inView.delete(link);
        unknown.delete(link);
      }
    },
    isInView: (link) => inView.has(link),
    isSettled: () => unknown.size === 0,
  };
}
