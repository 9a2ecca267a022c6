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
  let isWorking = false;

  const slice = (): void => {
    isPaused = false;
    isWorking = true;
    try {
      work();
    } finally {
      isWorking = false;
    }
  };

  const work = (): void => {
    const end = performance.now() + SLICE_MS;
    for (let steps = waiting[0]; steps !== undefined && !signal.aborted; steps = waiting[0]) {
      // A step that throws ends its own work and no other.
      waiting.shift();
      while (steps.next().done !== true) {
        if (performance.now() < end) continue;
        waiting.unshift(steps);
        isPaused = true;
        setTimeout(slice);
        return;
      }
    }
  };

  return {
    add(steps) {
      waiting.push(steps);
      if (!isWorking && !isPaused) slice();
    },
  };
}
