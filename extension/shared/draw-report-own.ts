/** The reader's own mark and note on a person, as buttons: they stay while the report around them is drawn anew. */
import { element } from "./element.js";
import type { Mark, OwnPerson } from "./messages.js";
import { t } from "./words.js";

const MARKS: readonly Mark[] = ["trusted", "watched"];

/** The buttons, and the field for the note below them. */
export interface OwnControls {
  readonly buttons: readonly HTMLElement[];
  readonly form: HTMLElement;
  /** Shows what is stored on this person; what is being typed stays, and what was just saved. */
  show(login: string, own: OwnPerson | undefined): void;
}

/** Makes the controls; `save` is called with what is to be stored. */
export function ownControls(
  save: (login: string, mark: Mark | undefined, note: string) => void,
): OwnControls {
  let login = "";
  let mark: Mark | undefined;
  let storedNote = "";
  /** What was stored before changes that no report has told yet. Reports that were on their way then still say so. */
  const replaced = new Set<string>();
  const asText = (mark: Mark | undefined, note: string): string => JSON.stringify([mark ?? null, note]);
  const change = (newMark: Mark | undefined, newNote: string): void => {
    replaced.add(asText(mark, storedNote));
    mark = newMark;
    storedNote = newNote;
    press();
    save(login, mark, storedNote);
  };
  const toggles = MARKS.map((it) => {
    const button = element("button", { type: "button", "data-keep": `mark ${it}` }, t(`ui_own_${it}`));
    button.addEventListener("click", () => change(mark === it ? undefined : it, storedNote));
    return { it, button };
  });
  const press = (): void => {
    for (const { it, button } of toggles) button.setAttribute("aria-pressed", String(mark === it));
  };
  const note = element("input", {
    class: "own-note",
    type: "text",
    maxlength: 500,
    dir: "auto",
    autocomplete: "off",
    "aria-label": t("ui_person_note"),
    placeholder: t("ui_person_note"),
  });
  const form = element(
    "form",
    { class: "own", hidden: true },
    note,
    element("button", { type: "submit" }, t("ui_person_keep")),
  );
  const opener = element(
    "button",
    { type: "button", "aria-expanded": "false", "data-keep": "note" },
    t("ui_own_note_button"),
  );
  const unfold = (isOpen: boolean): void => {
    form.hidden = !isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) note.focus();
  };
  opener.addEventListener("click", () => unfold(form.hidden === true));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    change(mark, note.value.trim());
    unfold(false);
    opener.focus();
  });
  form.addEventListener("keydown", (event) => {
    // Escape ends the typing, not the card around it.
    if (event.key !== "Escape") return;
    event.stopPropagation();
    note.value = storedNote;
    unfold(false);
    opener.focus();
  });
  return {
    buttons: [...toggles.map(({ button }) => button), opener],
    form,
    show(shownLogin, own) {
      if (shownLogin.toLowerCase() !== login.toLowerCase()) {
        unfold(false);
        note.value = "";
        replaced.clear();
      }
      login = shownLogin;
      const told = asText(own?.mark ?? undefined, own?.note ?? "");
      if (!replaced.has(told) || told === asText(mark, storedNote)) {
        replaced.clear();
        mark = own?.mark ?? undefined;
        storedNote = own?.note ?? "";
      }
      press();
      if (form.hidden) note.value = storedNote;
    },
  };
}
