/** What is chosen now, and changing it: each section changes its own part. */
import { element } from "../shared/element.js";
import type { Choices } from "../shared/messages.js";
import { say } from "../shared/words.js";
import { ask, listen } from "./desk.js";

let current: Choices | undefined;

/** Hears what is chosen, now and after every change. */
export function whenChosen(show: (choices: Choices) => void): void {
  listen((message) => {
    if (message.type !== "status") return;
    current = message.choices;
    show(message.choices);
  });
}

/** What would be chosen with this change. */
export function changed(change: Partial<Choices>): Choices | undefined {
  return current === undefined ? undefined : { ...current, ...change };
}

/** Chooses this besides all else that is chosen; what is wrong with it is said in `alert`. */
export function choose(change: Partial<Choices>, alert: HTMLElement): void {
  const choices = changed(change);
  alert.replaceChildren();
  if (choices === undefined) return;
  current = choices;
  ask({ type: "setChoices", choices }, (sentence) => {
    alert.replaceChildren(element("span", { role: "alert" }, say(sentence)));
  });
}
