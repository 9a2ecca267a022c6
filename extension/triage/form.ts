/** Whom a run is to be about: a repository, or a text that is pasted, dropped or chosen. */
import { element } from "../shared/element.js";
import { find } from "../shared/extension-page.js";
import type { NextPlace, TriageRun, TriageSource, TriageWhich } from "../shared/messages.js";
import { t } from "../shared/words.js";
import { sayRun } from "./other-runs.js";
import { readTextFile } from "./text-file.js";

/** The form on the page. */
export interface SourceForm {
  /** Shows what is wrong with what was entered. */
  refuse(sentence: string): void;
  /** Says whose place the next run takes, where none is free. */
  showPlace(place: NextPlace, runs: readonly TriageRun[]): void;
}

/** Sets the form up; `start` is called with what was entered and the run that is deleted for it, as the form says. */
export function setUpForm(start: (source: TriageSource, replaces: number | undefined) => void): SourceForm {
  const form = find("#source", HTMLFormElement);
  const repository = find("#repository", HTMLInputElement);
  const items = find("#items", HTMLSelectElement);
  const which = find("#which", HTMLSelectElement);
  const count = find("#count", HTMLInputElement);
  const days = find("#days", HTMLInputElement);
  const text = find("#people-text", HTMLTextAreaElement);
  const file = find("#people-file", HTMLInputElement);
  const submit = find("#start", HTMLButtonElement);
  const problem = find("#source-problem", HTMLElement);
  const note = find("#source-place", HTMLElement);
  /** The run that the form says is deleted. */
  let replaced: TriageRun | undefined;

  const kind = (): string => new FormData(form).get("kind")?.toString() ?? "repository";
  const showFields = (): void => {
    const isText = kind() === "text";
    find("#source-repository", HTMLElement).hidden = isText;
    find("#source-text", HTMLElement).hidden = !isText;
    find("#count-field", HTMLElement).hidden = which.value !== "lastOpened";
    find("#days-field", HTMLElement).hidden = which.value !== "closedSince";
    problem.replaceChildren();
  };
  const refuse = (sentence: string): void => {
    // A new element each time, so that a screen reader announces the same mistake again.
    problem.replaceChildren(element("p", { role: "alert" }, sentence));
  };
  /** Whether a number of the form is one that the core takes; says so where it is not. */
  const isNumberGood = (field: HTMLInputElement): boolean => {
    if (field.value !== "" && field.checkValidity()) return true;
    refuse(t("ui_triage_number_out_of_range", Number(field.min), Number(field.max)));
    field.focus();
    return false;
  };
  const whichOf = (): TriageWhich | undefined => {
    switch (which.value) {
      case "lastOpened":
        return isNumberGood(count) ? { lastOpened: { count: count.valueAsNumber } } : undefined;
      case "closedSince":
        return isNumberGood(days) ? { closedSince: { days: days.valueAsNumber } } : undefined;
      default:
        return "open";
    }
  };
  const sourceOf = (): TriageSource | undefined => {
    if (kind() === "text") {
      if (text.value.trim() !== "") return { text: { text: text.value } };
      refuse(t("ui_triage_text_missing"));
      text.focus();
      return undefined;
    }
    if (repository.value.trim() === "") {
      refuse(t("ui_triage_repository_missing"));
      repository.focus();
      return undefined;
    }
    const chosen = whichOf();
    return (
      chosen && {
        repository: {
          repository: repository.value.trim(),
          items: items.value === "issues" ? "issues" : "pullRequests",
          which: chosen,
        },
      }
    );
  };
  const take = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    const read = await readTextFile(chosen);
    if ("problem" in read) {
      refuse(t(read.problem, chosen.name));
      return;
    }
    problem.replaceChildren();
    text.value = read.text;
    find("#file-name", HTMLElement).replaceChildren(t("ui_triage_file_read", chosen.name));
  };

  form.addEventListener("change", ({ target }) => {
    if (target !== file) showFields();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    problem.replaceChildren();
    const source = sourceOf();
    if (source !== undefined) start(source, replaced?.id);
  });
  find("#choose-file", HTMLButtonElement).addEventListener("click", () => file.click());
  file.addEventListener("change", () => {
    const [chosen] = file.files ?? [];
    void take(chosen).then(() => {
      // The same file can be chosen again after it was changed.
      file.value = "";
    });
  });
  text.addEventListener("dragover", (event) => event.preventDefault());
  text.addEventListener("drop", (event) => {
    const [dropped] = event.dataTransfer?.files ?? [];
    if (dropped === undefined) return;
    event.preventDefault();
    void take(dropped);
  });
  const asked = new URLSearchParams(location.search);
  repository.value = asked.get("repository") ?? "";
  if (asked.get("items") === "issues") items.value = "issues";
  showFields();
  return {
    refuse,
    showPlace(place, runs) {
      submit.disabled = place === "nowhere";
      replaced = typeof place === "object" ? runs.find(({ id }) => id === place.replaces.run) : undefined;
      const text =
        place === "nowhere"
          ? t("triage_no_place")
          : replaced === undefined
            ? ""
            : t("ui_triage_replaces", sayRun(replaced));
      note.hidden = text === "";
      if (note.textContent !== text) note.textContent = text;
    },
  };
}
