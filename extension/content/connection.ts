/** The page's line to the background, which may hang up at any time: the browser stops idle workers. */
import type { FromPage, ToPage } from "../shared/messages.js";

/** What a page does with its line. */
export interface Connection {
  /** Calls already, so that the other side is awake when there is something to say. */
  open(): void;
  /** Says something, calling again first where the other side has hung up. */
  send(message: FromPage): void;
  /** Hangs up; what is still on its way is never heard. */
  close(): void;
}

/** What happens on the line. */
export interface Listener {
  /** Something was said. */
  heard(message: ToPage): void;
  /** What whoever answers a new call must know before anything else. */
  greeting(): FromPage;
  /**
   * The other side hung up. Answers what it must be told again at once, or
   * nothing where all has been answered: then nobody is called until there is
   * something to say, and the worker may rest.
   */
  lost(): readonly FromPage[];
  /** The extension was switched off, removed or renewed: this page's part of it must go. */
  orphaned(): void;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;

/** Prepares a line; nobody is called yet. */
export function openConnection(listener: Listener): Connection {
  let port: chrome.runtime.Port | undefined;
  let pause = FIRST_PAUSE_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  /** Whether the other side knows who is on the page. */
  let isGreeted = false;

  /** Where the extension is gone, says so and is done. */
  const isOrphaned = (): boolean => {
    if (isAlive()) return false;
    isClosed = true;
    listener.orphaned();
    return true;
  };

  const call = (): chrome.runtime.Port | undefined => {
    if (isOrphaned()) return undefined;
    const called = chrome.runtime.connect({ name: "page" });
    isGreeted = false;
    called.onMessage.addListener((message: ToPage) => {
      // The background's own words do not show that the core is well.
      if (message.type !== "labels") pause = FIRST_PAUSE_MS;
      if (port === called) listener.heard(message);
    });
    called.onDisconnect.addListener(() => {
      if (port !== called) return;
      port = undefined;
      if (isOrphaned()) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        // Chrome hangs up a little before it lets go of an extension that was switched off.
        if (isClosed || port !== undefined || isOrphaned()) return;
        for (const message of listener.lost()) send(message);
      }, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    });
    return called;
  };

  const post = (message: FromPage | undefined): void => {
    port ??= call();
    if (message === undefined) return;
    if (!isGreeted && message.type !== "people") port?.postMessage(listener.greeting());
    isGreeted = true;
    port?.postMessage(message);
  };

  const send = (message?: FromPage): void => {
    if (isClosed) return;
    try {
      post(message);
    } catch {
      // A line can break between two looks at it, and an extension can be gone: call once more, then let it be.
      port = undefined;
      try {
        if (!isClosed) post(message);
      } catch {
        port = undefined;
      }
    }
  };

  return {
    open: () => send(),
    send,
    close() {
      isClosed = true;
      clearTimeout(timer);
      port?.disconnect();
      port = undefined;
    },
  };
}

/** Whether the extension that this script belongs to is still there. */
function isAlive(): boolean {
  try {
    return chrome.runtime?.id !== undefined;
  } catch {
    return false;
  }
}
