/** Tells the core which rows are in view, so that it looks them up first. */
import type { OfRun } from "../shared/messages.js";

/** What is in view is told after the reader has stopped there for so long, in milliseconds. */
const PAUSE_MS = 200;

/** Tells what is in view. */
export interface ViewReport {
  /** These rows are in view now, by index. */
  viewed(rows: readonly number[]): void;
  /** Another run is shown, of which nothing has been told. */
  forget(): void;
  /** What a background that has just woken must be told. */
  again(): OfRun[];
}

/** Begins with nothing in view; `isGoingOn` says whether anybody is still looked up. */
export function createViewReport(send: (message: OfRun) => void, isGoingOn: () => boolean): ViewReport {
  let rows: readonly number[] = [];
  let told = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    timer = undefined;
    const now = rows.join();
    if (now === told || now === "" || !isGoingOn()) return;
    told = now;
    send({ view: { rows: [...rows] } });
  };
  return {
    viewed(inView) {
      rows = inView;
      clearTimeout(timer);
      timer = setTimeout(tell, PAUSE_MS);
    },
    forget() {
      rows = [];
      told = "";
    },
    again: () => (rows.length > 0 && isGoingOn() ? [{ view: { rows: [...rows] } }] : []),
  };
}
