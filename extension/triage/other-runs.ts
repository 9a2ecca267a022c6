/** The runs that this tab does not show; a press shows one. */
import { element } from "../shared/element.js";
import { find } from "../shared/extension-page.js";
import type { FromTriage, TriageRun } from "../shared/messages.js";
import { percentage, t } from "../shared/words.js";
import { sayTitle } from "./progress.js";

/** Lists the runs but for the shown one. */
export interface OtherRuns {
  show(runs: readonly TriageRun[], shown: number | undefined): void;
}

/** Sets the list up. */
export function setUpOtherRuns(send: (message: FromTriage) => void): OtherRuns {
  const section = find("#others", HTMLElement);
  const list = find("#others ul", HTMLElement);
  const buttons = new Map<number, HTMLButtonElement>();

  const buttonOf = (run: TriageRun): HTMLButtonElement => {
    const known = buttons.get(run.id);
    if (known !== undefined) return known;
    const button = element("button", { type: "button", "data-run": run.id });
    button.addEventListener("click", () => send({ show: { run: run.id, repository: undefined } }));
    buttons.set(run.id, button);
    return button;
  };
  return {
    show(runs, shown) {
      const others = runs.filter(({ id }) => id !== shown);
      section.hidden = others.length === 0;
      const ids = others.map(({ id }) => id);
      // Only where others come or go: whoever is on a button keeps the focus there.
      if (ids.join() !== [...buttons.keys()].join()) {
        for (const id of buttons.keys()) if (!ids.includes(id)) buttons.delete(id);
        list.replaceChildren(...others.map((run) => element("li", {}, buttonOf(run))));
      }
      for (const run of others) {
        const text = sayRun(run);
        const button = buttonOf(run);
        if (button.textContent !== text) button.textContent = text;
      }
    },
  };
}

/** A run and how far it is, in a few words. */
export function sayRun(run: TriageRun): string {
  const { done, people } = run.totals;
  return t(`ui_triage_other_${run.state}`, sayTitle(run), percentage(done / Math.max(1, people)));
}
