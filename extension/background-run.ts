/**
 * Lets runs of the triage page go on when their pages are closed: an alarm wakes
 * the worker as long as anything is left to do.
 */
import { type Connect, clientKindOf } from "./clients.js";
import type { ToTriage } from "./shared/messages.js";

/** The alarm's name. */
const ALARM = "run";
/** The shortest period that Chrome grants, which is also how long it lets an idle worker live. */
const PERIOD_MINUTES = 0.5;

let isWatching = false;

/** Watches the runs when a page may begin one, when the alarm rings and when the browser starts. */
export function keepRunGoing(connect: Connect): void {
  const watch = (): void => {
    if (isWatching) return;
    isWatching = true;
    connect("triage", onMessage, () => {
      isWatching = false;
    });
  };
  chrome.runtime.onConnect.addListener((port) => {
    if (clientKindOf(port) === "triage") watch();
  });
  chrome.runtime.onStartup.addListener(watch);
  chrome.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) watch();
  });
}

function onMessage(message: { readonly type: string }): void {
  if (message.type !== "runs") return;
  const { runs } = message as Extract<ToTriage, { type: "runs" }>;
  if (runs.some(({ state }) => state === "running" || state === "resolving")) {
    void chrome.alarms.get(ALARM).then((alarm) => {
      if (alarm === undefined) void chrome.alarms.create(ALARM, { periodInMinutes: PERIOD_MINUTES });
    });
  } else {
    void chrome.alarms.clear(ALARM);
  }
}
