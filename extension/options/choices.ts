/** The current choices, and changing them: each section changes its own part. */
import { element } from "../shared/element.js";
import type { Choices } from "../shared/messages.js";
import { say, t } from "../shared/words.js";
import { listen, send } from "./session.js";

let current: Choices | undefined;
/** The choices that are being saved, and the status that confirms them. */
let unconfirmed: { readonly choices: string; readonly status: HTMLElement } | undefined;

/** Calls `show` with the choices, now and after every change. */
export function onChoices(show: (choices: Choices) => void): void {
  listen((message) => {
    if (message.type !== "status") return;
    current = message.choices;
    // Where nothing is kept, that is said at the top of the page.
    if (message.isKept && unconfirmed?.choices === canonical(message.choices)) {
      unconfirmed.status.replaceChildren(t("ui_saved"));
      unconfirmed = undefined;
    }
    show(message.choices);
  });
}

/** The choices as they would be with this change. */
export function withChange(change: Partial<Choices>): Choices | undefined {
  return current === undefined ? undefined : { ...current, ...change };
}

/** Saves this change. `status` says what is wrong with it and, with `isConfirmed`, that it is saved. */
export function saveChange(change: Partial<Choices>, status: HTMLElement, isConfirmed = false): void {
  const choices = withChange(change);
  status.replaceChildren();
  if (choices === undefined) return;
  current = choices;
  unconfirmed = isConfirmed ? { choices: canonical(choices), status } : undefined;
  send({ setChoices: { choices } }, (sentence) => {
    unconfirmed = undefined;
    status.replaceChildren(element("span", { role: "alert" }, say(sentence)));
  });
}

/** The same text for equal choices, whatever the order of their fields. */
function canonical(choices: Choices): string {
  return JSON.stringify(Object.entries(choices).sort(([a], [b]) => (a < b ? -1 : 1)));
}
