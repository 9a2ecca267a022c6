/** The people whom the reader trusts or watches, and import and export. */
import { element } from "../shared/element.js";
import { find } from "../shared/extension-page.js";
import type { Mark, OwnPerson, Sentence } from "../shared/messages.js";
import { say, t } from "../shared/words.js";
import { listen, send } from "./session.js";

/** Rows shown; the filter finds the others. */
const MOST_SHOWN = 50;

/** The core refuses larger files, so they are not read. */
const MOST_BYTES = 4_000_000;

const form = find("#person-form", HTMLFormElement);
const login = find("#person-login", HTMLInputElement);
const mark = find("#person-mark", HTMLSelectElement);
const note = find("#person-note", HTMLInputElement);
const rows = find("#people", HTMLElement);
const count = find("#people-count", HTMLElement);
const status = find("#people-status", HTMLElement);
const file = find("#import-file", HTMLInputElement);
const download = find("#exported", HTMLAnchorElement);

let people: readonly OwnPerson[] = [];
/** The name of the file being exported. */
let fileName = "";
/** The login being saved; the fields are cleared once it is saved. */
let saving: string | undefined;

function showError(sentence: Sentence): void {
  saving = undefined;
  status.replaceChildren(element("span", { role: "alert" }, say(sentence)));
}

function draw(): void {
  const typed = login.value.trim().replace(/^@/, "").toLowerCase();
  const matching = people.filter((person) => person.login.toLowerCase().includes(typed));
  // A login that is new filters nothing: the list stays as it is.
  const fitting = matching.length > 0 ? matching : people;
  rows.replaceChildren(
    ...fitting.slice(0, MOST_SHOWN).map((person) =>
      element(
        "li",
        { "data-person": person.login },
        element("bdi", { class: "login" }, person.login),
        element("span", { class: "muted" }, t(`ui_mark_${person.mark ?? "none"}`)),
        element("bdi", { class: "note", dir: "auto" }, person.note),
        button("ui_person_change", person.login, () => fillIn(person)),
        button("ui_person_forget", person.login, () => {
          send({ setPerson: { login: person.login, mark: undefined, note: "" } }, showError);
          // The button disappears with its row.
          login.focus();
        }),
      ),
    ),
  );
  const more = fitting.length - MOST_SHOWN;
  count.replaceChildren(
    people.length === 0
      ? t("ui_people_none")
      : fitting.length < people.length
        ? t("ui_people_matching", fitting.length, people.length)
        : t("ui_people_count", people.length),
    more > 0 ? ` ${t("ui_people_more", more)}` : "",
  );
}

function button(key: string, who: string, act: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", "aria-label": `${t(key)}: ${who}` }, t(key));
  made.addEventListener("click", act);
  return made;
}

function fillIn(person: OwnPerson): void {
  login.value = person.login;
  mark.value = person.mark ?? "none";
  note.value = person.note;
  note.focus();
}

function save(): void {
  const chosen: Mark | undefined =
    mark.value === "trusted" ? "trusted" : mark.value === "watched" ? "watched" : undefined;
  if (chosen === undefined && note.value.trim() === "") {
    showError({ key: "ui_person_says_nothing", args: [] });
    return;
  }
  saving = login.value.trim().replace(/^@/, "").toLowerCase();
  send({ setPerson: { login: login.value, mark: chosen, note: note.value.trim() } }, showError);
}

function onSaved(): void {
  saving = undefined;
  status.replaceChildren(t("ui_saved"));
  login.value = "";
  note.value = "";
  login.focus();
}

async function importFile(chosen: File): Promise<void> {
  file.value = "";
  status.replaceChildren();
  if (chosen.size > MOST_BYTES) showError({ key: "import_too_large", args: [] });
  else send({ import: { text: await chosen.text() } }, showError);
}

function saveFile(text: string): void {
  URL.revokeObjectURL(download.href);
  download.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  download.download = fileName;
  download.click();
}

/** Sets the section up. */
export function setUpPeople(): void {
  listen((message) => {
    switch (message.type) {
      case "status":
        people = message.people;
        if (message.isKept && people.some((person) => person.login.toLowerCase() === saving)) onSaved();
        draw();
        break;
      case "imported":
        status.replaceChildren(say(message.sentence));
        break;
      case "exported":
        saveFile(message.text);
        break;
    }
  });
  login.addEventListener("input", draw);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  find("#import", HTMLButtonElement).addEventListener("click", () => file.click());
  file.addEventListener("change", () => {
    const [chosen] = file.files ?? [];
    if (chosen !== undefined) void importFile(chosen);
  });
  find("#export", HTMLButtonElement).addEventListener("click", () => {
    fileName = "bonafide.json";
    send("export", showError);
  });
  find("#export-set-aside", HTMLButtonElement).addEventListener("click", () => {
    fileName = "bonafide-set-aside.json";
    send("exportSetAside", showError);
  });
  find("#export-vouched", HTMLButtonElement).addEventListener("click", () => {
    fileName = "VOUCHED.td";
    send("exportVouched", showError);
  });
}
