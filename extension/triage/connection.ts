/**
 * The page's connection to the background, which may end at any time: the
 * browser stops idle workers. While something is to come, it is made again;
 * otherwise the worker may rest until there is something to send.
 */
import type { FromTriage, ToTriage } from "../shared/messages.js";

/** The connection. */
export interface Connection {
  /** Connects, and so learns of the run there is. */
  open(): void;
  /** Sends a message, connecting again first where the background has disconnected. */
  send(message: FromTriage): void;
}

/** What a connection needs of its owner. */
export interface ConnectionOwner {
  receive(message: ToTriage): void;
  /** Whether something is still to come, so that the page connects again by itself. */
  isWaiting(): boolean;
  /** What a background that has just woken must know. */
  greeting(): readonly FromTriage[];
  /** The background stopped while the page waited for it. */
  lost(): void;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;

/** Prepares a connection that `open` or the first `send` makes. */
export function createConnection(owner: ConnectionOwner): Connection {
  let port: chrome.runtime.Port | undefined;
  let pause = FIRST_PAUSE_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const connect = (): chrome.runtime.Port => {
    clearTimeout(timer);
    const opened = chrome.runtime.connect({ name: "triage" });
    opened.onMessage.addListener((message: ToTriage) => {
      pause = FIRST_PAUSE_MS;
      if (port === opened) owner.receive(message);
    });
    opened.onDisconnect.addListener(() => {
      if (port !== opened) return;
      port = undefined;
      if (!owner.isWaiting()) return;
      // The first time may be the browser's stopping an idle worker, which comes back.
      if (pause > FIRST_PAUSE_MS) owner.lost();
      timer = setTimeout(() => {
        if (port === undefined) open();
      }, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    });
    return opened;
  };
  const open = (): void => {
    port = connect();
    for (const message of owner.greeting()) port.postMessage(message);
  };
  return {
    open,
    send(message) {
      if (port === undefined) open();
      port?.postMessage(message);
    },
  };
}
