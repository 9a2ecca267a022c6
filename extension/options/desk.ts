/** The options' line to the core: who asks here is told what was refused, and everybody hears the rest. */
import type { FromOptions, Sentence, ToOptions } from "../shared/messages.js";

type Refused = (sentence: Sentence) => void;

const listeners: ((message: ToOptions) => void)[] = [];
let port: chrome.runtime.Port | undefined;
/** Whoever asked last for something that can be refused. */
let refused: Refused = () => {};
/** Whether something was asked for that has not been answered. */
let isWaiting = false;

/** Hears everything but refusals. */
export function listen(heard: (message: ToOptions) => void): void {
  listeners.push(heard);
}

/** Asks the core; a refusal goes to whoever asked last, and so does the news that nobody answers. */
export function ask(message: FromOptions, whenRefused?: Refused): void {
  if (whenRefused !== undefined) {
    refused = whenRefused;
    isWaiting = true;
  }
  port ??= connect();
  port.postMessage(message);
}

function connect(): chrome.runtime.Port {
  const opened = chrome.runtime.connect({ name: "options" });
  opened.onMessage.addListener((message: ToOptions) => {
    isWaiting = message.type === "status" && message.token.state === "checking" && isWaiting;
    if (message.type === "refused") refused(message.sentence);
    else for (const heard of listeners) heard(message);
  });
  opened.onDisconnect.addListener(() => {
    if (port !== opened) return;
    port = undefined;
    // The browser stops a worker that rests; only somebody who waits needs to know.
    if (isWaiting) refused({ key: "ui_core_failed", args: [] });
    isWaiting = false;
  });
  return opened;
}
