/** How the run stands: its bar, what it waits for, what the reader should know, and its controls. */
import { element, isolated } from "../shared/element.js";
import { find } from "../shared/extension-page.js";
import type { OfRun, RunState, ToTriage, TriageRun } from "../shared/messages.js";
import { list, number, relative, say, t } from "../shared/words.js";

/** How often times like "in 3 minutes" are said anew, in milliseconds. */
const SAY_AGAIN_MS = 10_000;

/** The part of the page about the run. */
export interface Progress {
  /** Shows how the run stands. */
  show(run: TriageRun): void;
  /** Lists what could not be read of a text. */
  showUnread(unread: Extract<ToTriage, { type: "unread" }>): void;
  /** Says that something was not done, and why. */
  refuse(sentence: string): void;
}

/** Whether a run goes on or could go on. */
export function isActive(state: RunState | undefined): boolean {
  return state === "resolving" || state === "running" || state === "paused";
}

/** Whether a run makes calls. */
export function isGoing({ state }: TriageRun): boolean {
  return state === "resolving" || state === "running";
}

/** Sets the part up; `failed` tells the rows that failed. */
export function setUpProgress(send: (message: OfRun) => void, failed: () => number[]): Progress {
  const section = find("#run", HTMLElement);
  const title = find("#run-title", HTMLElement);
  const bar = find("#bar", HTMLElement);
  const fill = find("#bar div", HTMLElement);
  const numbers = find("#run-numbers", HTMLElement);
  const state = find("#run-state", HTMLElement);
  const times = find("#run-times", HTMLElement);
  const notes = find("#run-notes", HTMLElement);
  const problem = find("#run-problem", HTMLElement);
  const pause = find("#pause", HTMLButtonElement);
  const stop = find("#stop", HTMLButtonElement);
  const retry = find("#retry", HTMLButtonElement);
  const remove = find("#delete", HTMLButtonElement);
  const confirm = find("#delete-confirm", HTMLElement);
  const unread = find("#unread", HTMLDetailsElement);
  let shown: TriageRun | undefined;

  const sayAgain = (): void => {
    if (shown !== undefined) setText(times, sayTimes(shown, Date.now()));
  };
  // Only while somebody looks: a page in the background says it when it is seen again.
  setInterval(() => {
    if (!document.hidden && isActive(shown?.state)) sayAgain();
  }, SAY_AGAIN_MS);

  pause.addEventListener("click", () => {
    problem.replaceChildren();
    send(shown?.state === "paused" ? "resume" : "pause");
  });
  stop.addEventListener("click", () => {
    problem.replaceChildren();
    send("stop");
  });
  retry.addEventListener("click", () => send({ retry: { rows: failed() } }));
  const closeConfirmation = (): void => {
    confirm.hidden = true;
    remove.focus();
  };
  remove.addEventListener("click", () => {
    confirm.hidden = false;
    find("#delete-yes", HTMLButtonElement).focus();
  });
  find("#delete-no", HTMLButtonElement).addEventListener("click", closeConfirmation);
  confirm.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") closeConfirmation();
  });
  find("#delete-yes", HTMLButtonElement).addEventListener("click", () => {
    confirm.hidden = true;
    send("delete");
    // The part that was pressed goes away.
    find("#start", HTMLButtonElement).focus();
  });

  return {
    show(run) {
      if (shown?.id !== run.id) {
        unread.hidden = true;
        confirm.hidden = true;
        problem.replaceChildren();
      }
      shown = run;
      section.hidden = run.state === "empty";
      const { done, people, items, failed: failedCount } = run.totals;
      setText(title, sayTitle(run));
      const isCounted = people > 0;
      bar.setAttribute("aria-valuemax", String(Math.max(1, people)));
      if (isCounted) bar.setAttribute("aria-valuenow", String(done));
      else bar.removeAttribute("aria-valuenow");
      bar.toggleAttribute("data-counting", run.state === "resolving");
      fill.style.inlineSize = `${(100 * done) / Math.max(1, people)}%`;
      const told = list([
        t("ui_triage_done", number(done), number(people)),
        t("ui_triage_failed", number(failedCount)),
        t("ui_triage_pending", number(run.totals.pending)),
      ]);
      bar.setAttribute("aria-valuetext", told);
      setText(numbers, items > 0 && run.items != null ? `${told}. ${t("ui_triage_items", items)}` : told);
      setText(state, sayState(run));
      sayAgain();
      notes.replaceChildren(...run.notes.map((note) => element("li", {}, say(note))));
      const canGoOn = isActive(run.state);
      pause.disabled = !canGoOn;
      stop.disabled = !canGoOn;
      setText(pause, t(run.state === "paused" ? "ui_triage_resume" : "ui_triage_pause"));
      retry.hidden = failedCount === 0 || run.state === "paused";
      setText(retry, t("ui_triage_retry_all", failedCount));
    },
    showUnread({ entries, count }) {
      unread.hidden = count === 0;
      find("#unread summary", HTMLElement).replaceChildren(t("ui_triage_unread", count));
      const more = count - entries.length;
      find("#unread ul", HTMLElement).replaceChildren(
        ...entries.map((entry) =>
          element(
            "li",
            {},
            t("ui_triage_line", entry.line),
            " ",
            element("code", {}, isolated(entry.text)),
            " ",
            say(entry.reason),
          ),
        ),
        ...(more > 0 ? [element("li", {}, t("ui_and_more", more))] : []),
      );
    },
    refuse(sentence) {
      problem.replaceChildren(element("p", { role: "alert" }, sentence));
    },
  };
}

/** What a run is about. */
export function sayTitle({ repository, items, which, totals }: TriageRun): string {
  if (repository == null || items == null || which == null) return t("ui_triage_run_text", totals.items);
  if (which === "open") return t(`ui_triage_run_open_${items}`, repository);
  if ("lastOpened" in which) return t(`ui_triage_run_last_${items}`, which.lastOpened.count, repository);
  return t(`ui_triage_run_closed_${items}`, which.closedSince.days, repository);
}

/** The state in words, and what the run waits for: what a screen reader announces. */
function sayState({ state, waiting }: TriageRun): string {
  return [t(`ui_triage_state_${state}`), ...(waiting == null ? [] : [say(waiting.sentence)])].join(" ");
}

/** When it goes on, how fast it is, when it will be done, and how long it is kept. */
function sayTimes(run: TriageRun, now: number): string {
  const { waiting, ratePerMinute, remainingSeconds } = run;
  const until = waiting?.until == null ? undefined : relative(waiting.until, now);
  const goes = isGoing(run);
  const end =
    remainingSeconds == null
      ? undefined
      : relative(new Date(now + remainingSeconds * 1_000).toISOString(), now);
  const kept = relative(run.keptUntil, now);
  return [
    until !== undefined && t("ui_triage_goes_on", until),
    goes && ratePerMinute > 0 && t("ui_triage_rate", ratePerMinute),
    goes && end !== undefined && t("ui_triage_ends", end),
    !goes && kept !== undefined && t("ui_triage_kept", kept),
  ]
    .filter((it) => it !== false)
    .join(" ");
}

/** Changes a text only where it is another, so that a screen reader does not say the same again. */
function setText(place: HTMLElement, text: string): void {
  if (place.textContent !== text) place.textContent = text;
}
