/** Work in slices: between any two of them whatever a reader does has its turn, and the page too after a few. */

/** After this long a slice ends. With the step that was begun, and what called for the work, 4 ms are kept. */
const SLICE_MS = 2.5;

/** So many slices may follow each other before the page's own timers and drawing: less than one frame at 60 Hz. */
const IN_A_ROW = 5;

/**
 * Does this in a turn of its own, before the page's own timers and drawing or, if it `yields`, among them; what a
 * reader does goes first in any case.
 *
 * Work that goes on while the processor still remembers it is cheaper by a tenth, and badges stand ten milliseconds
 * sooner on a page that is still being built.
 */
export function inTurn(act: () => void, delayMs = 0, yields = false): void {
  const attempt = (): void => {
    try {
      act();
    } catch (error) {
      // Else a promise of the page's own would tell the page of it.
      console.error(error);
    }
  };
  void scheduler.postTask(attempt, { priority: yields ? "user-visible" : "user-blocking", delay: delayMs });
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
  let pauses = 0;

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
        pauses += 1;
        inTurn(slice, 0, pauses % IN_A_ROW === 0);
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
