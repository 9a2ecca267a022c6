/** The page's connection to the background, which may end at any time: the browser stops idle workers. */
import type { FromPage, ToPage } from "../shared/messages.js";

/** What a page does with its connection. */
export interface Connection {
  /** Connects already, so that the background is awake when there is something to ask. */
  open(): void;
  /** Sends a message, connecting again first where the background has disconnected. */
  send(message: FromPage): void;
  /** Disconnects; messages still on their way are dropped. */
  close(): void;
}

/** What a connection needs of its owner. */
export interface ConnectionOwner {
  /** A message has come. */
  receive(message: ToPage): void;
  /** The message that a new connection begins with: a background that has just woken knows nobody on the page. */
  greeting(): FromPage;
  /**
   * The background disconnected. Answers the messages to send again, or none
   * where everything has been answered: then nothing is connected until there
   * is something to send, and the worker may rest.
   */
  unanswered(): readonly FromPage[];
  /** The extension was switched off, removed or updated: this page's part of it must go. */
  orphaned(): void;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;

/** Prepares a connection that `open` or the first `send` makes. */
export function createConnection(owner: ConnectionOwner): Connection {
  let port: chrome.runtime.Port | undefined;
  let pause = FIRST_PAUSE_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  /** Whether the other side knows who is on the page. */
  let isGreeted = false;

  /** Where the extension is gone, closes and informs the owner. */
  const isOrphaned = (): boolean => {
    if (isExtensionAlive()) return false;
    isClosed = true;
    owner.orphaned();
    return true;
  };

  const connect = (): chrome.runtime.Port | undefined => {
    if (isOrphaned()) return undefined;
    const connected = chrome.runtime.connect({ name: "page" });
    isGreeted = false;
    connected.onMessage.addListener((message: ToPage) => {
      // Labels come from the background itself and do not show that the core is well.
      if (message.type !== "labels") pause = FIRST_PAUSE_MS;
      if (port === connected) owner.receive(message);
    });
    connected.onDisconnect.addListener(() => {
      if (port !== connected) return;
      port = undefined;
      if (isOrphaned()) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        // Chrome disconnects a little before it lets go of an extension that was switched off.
        if (isClosed || port !== undefined || isOrphaned()) return;
        for (const message of owner.unanswered()) send(message);
      }, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    });
    return connected;
  };

  const post = (message: FromPage | undefined): void => {
    port ??= connect();
    if (message === undefined) return;
    if (!isGreeted && !isRequest(message)) port?.postMessage(owner.greeting());
    isGreeted = true;
    port?.postMessage(message);
  };

  const send = (message?: FromPage): void => {
    if (isClosed) return;
    try {
      post(message);
    } catch {
      // A port can be closed, and an extension gone, without an event so far: connect once more, then give up.
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
function isExtensionAlive(): boolean {
  try {
    return chrome.runtime?.id !== undefined;
  } catch {
    return false;
  }
}

function isRequest(message: FromPage): boolean {
  return typeof message === "object" && "people" in message;
}
