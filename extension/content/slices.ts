/** Work in slices: the page has its turn between any two of them. */

/** No slice is longer, so that the page keeps its frames. GitHub's own promise to us would be 4 ms. */
const SLICE_MS = 3;

/** Work that can be stopped after every step. */
export type Steps = Iterator<unknown, void, void>;

/** One thing is done after the other. */
export interface Work {
  /** Begins at once where nothing else is being done. */
  add(steps: Steps): void;
}

/** What is still to be done when `signal` ends it is never done. */
export function openWork(signal: AbortSignal): Work {
  const waiting: Steps[] = [];
  let isPaused = false;

  const slice = (): void => {
    isPaused = false;
    const end = performance.now() + SLICE_MS;
    for (let steps = waiting[0]; steps !== undefined && !signal.aborted; steps = waiting[0]) {
      while (steps.next().done !== true) {
        if (performance.now() < end) continue;
        isPaused = true;
        setTimeout(slice);
        return;
      }
      waiting.shift();
    }
  };

  return {
    add(steps) {
      waiting.push(steps);
      if (waiting.length === 1 && !isPaused) slice();
    },
  };
}
