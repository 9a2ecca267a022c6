/** The reader's own mark and note on a person, stored in this browser only. */
import { element } from "../shared/element.js";
import type { Mark, OwnPerson } from "../shared/messages.js";
import { t } from "../shared/words.js";

const MARKS = ["none", "trusted", "watched"] as const;

/** The form below a report. */
export interface MarkAndNoteForm {
  readonly element: HTMLElement;
  /** Shows what is stored on this person, unless the reader is typing. */
  show(login: string, own: OwnPerson | undefined): void;
}

/** Makes the form; `save` is called with what is to be stored. */
export function markAndNoteForm(
  save: (login: string, mark: Mark | undefined, note: string) => void,
): MarkAndNoteForm {
  const mark = element(
    "select",
    { id: "own-mark" },
    ...MARKS.map((it) => element("option", { value: it }, t(`ui_mark_${it}`))),
  );
  const note = element("input", {
    id: "own-note",
    type: "text",
    maxlength: 500,
    dir: "auto",
    autocomplete: "off",
  });
  const status = element("p", { role: "status", class: "muted" });
  const form = element(
    "form",
    {},
    element("label", { for: "own-mark" }, t("ui_own_mark")),
    mark,
    element("label", { for: "own-note" }, t("ui_person_note")),
    element("div", { class: "row" }, note, element("button", { type: "submit" }, t("ui_person_keep"))),
    status,
  );
  const root = element("details", { class: "own" }, element("summary", {}, t("ui_own_title")), form);
  let shownLogin = "";
  let isTyped = false;
  form.addEventListener("input", () => {
    isTyped = true;
    status.replaceChildren();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    isTyped = false;
    status.replaceChildren(t("ui_saved"));
    save(
      shownLogin,
      MARKS.find((it) => it === mark.value && it !== "none") as Mark | undefined,
      note.value.trim(),
    );
  });
  return {
    element: root,
    show(login, own) {
      if (login.toLowerCase() !== shownLogin.toLowerCase()) {
        isTyped = false;
        status.replaceChildren();
        root.open = false;
      }
      shownLogin = login;
      if (isTyped) return;
      mark.value = own?.mark ?? "none";
      note.value = own?.note ?? "";
    },
  };
}
