/** What is chosen now, and changing it: each section changes its own part. */
import { element } from "../shared/element.js";
import type { Choices } from "../shared/messages.js";
import { say, t } from "../shared/words.js";
import { ask, listen } from "./desk.js";

let current: Choices | undefined;
/** Where it is said that what was chosen is kept. */
let saying: { readonly choices: string; readonly place: HTMLElement } | undefined;

/** Hears what is chosen, now and after every change. */
export function whenChosen(show: (choices: Choices) => void): void {
  listen((message) => {
    if (message.type !== "status") return;
    current = message.choices;
    if (saying?.choices === JSON.stringify(sorted(message.choices))) {
      saying.place.replaceChildren(t("ui_saved"));
      saying = undefined;
    }
    show(message.choices);
  });
}

/** What would be chosen with this change. */
export function changed(change: Partial<Choices>): Choices | undefined {
  return current === undefined ? undefined : { ...current, ...change };
}

/**
 * Chooses this besides all else that is chosen. What is wrong with it is said
 * in `place`, and with `isTold` also that it is kept.
 */
export function choose(change: Partial<Choices>, place: HTMLElement, isTold = false): void {
  const choices = changed(change);
  place.replaceChildren();
  if (choices === undefined) return;
  current = choices;
  saying = isTold ? { choices: JSON.stringify(sorted(choices)), place } : undefined;
  ask({ type: "setChoices", choices }, (sentence) => {
    saying = undefined;
    place.replaceChildren(element("span", { role: "alert" }, say(sentence)));
  });
}

/** The same in an order that does not hang on who wrote it down. */
function sorted(choices: Choices): unknown[] {
  return Object.entries(choices).sort(([a], [b]) => (a < b ? -1 : 1));
}
