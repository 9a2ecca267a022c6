/** Work in slices: the page has its turn between any two of them. */

/** After this long the page has its turn. With the step that was begun, and what called for the work, 4 ms are kept. */
const SLICE_MS = 2.5;

/**
 * Does this in a turn of its own: what a reader does goes first, the page's own timers and drawing wait.
 *
 * Work that goes on while the processor still remembers it is cheaper by a tenth, and badges stand ten milliseconds
 * sooner on a page that is still being built.
 */
export function inTurn(act: () => void, delayMs = 0): void {
  void scheduler.postTask(act, { priority: "user-blocking", delay: delayMs });
}

/** Work that can be stopped after every step. */
export type Steps = Iterator<unknown, void, void>;

/** Names that make a step. One takes a tenth of a millisecond at most, and to stop after each costs as much again. */
const STEP = 4;

/** Does the same with each of many things. */
export function* each<Item>(items: readonly Item[], act: (item: Item) => void): Generator<void, void, void> {
  let done = 0;
  for (const item of items) {
    act(item);
    done += 1;
    if (done % STEP === 0) yield;
  }
}

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
        inTurn(slice);
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
