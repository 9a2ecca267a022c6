/** The options page's connection to the core: refusals go to the sender, everything else to every listener. */
import type { FromOptions, Sentence, ToOptions } from "../shared/messages.js";

type OnRefused = (sentence: Sentence) => void;

const listeners: ((message: ToOptions) => void)[] = [];
let port: chrome.runtime.Port | undefined;
/** The refusal handler of the last message that can be refused. */
let onRefused: OnRefused = () => {};
/** Whether such a message has not been answered yet. */
let isWaiting = false;

/** Listens to every message but refusals. */
export function listen(listener: (message: ToOptions) => void): void {
  listeners.push(listener);
}

/** Sends a message; a refusal, or a background that stops before it answers, goes to the last handler given. */
export function send(message: FromOptions, whenRefused?: OnRefused): void {
  if (whenRefused !== undefined) {
    onRefused = whenRefused;
    isWaiting = true;
  }
  port ??= connect();
  port.postMessage(message);
}

function connect(): chrome.runtime.Port {
  const opened = chrome.runtime.connect({ name: "options" });
  opened.onMessage.addListener((message: ToOptions) => {
    isWaiting = message.type === "status" && message.token.state === "checking" && isWaiting;
    if (message.type === "refused") onRefused(message.sentence);
    else for (const listener of listeners) listener(message);
  });
  opened.onDisconnect.addListener(() => {
    if (port !== opened) return;
    port = undefined;
    // The browser stops an idle worker; only somebody who waits needs to know.
    if (isWaiting) onRefused({ key: "ui_core_failed", args: [] });
    isWaiting = false;
  });
  return opened;
}
