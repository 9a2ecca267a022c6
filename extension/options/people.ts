/** The reader's own people, and all that is chosen, as files. */
import { element } from "../shared/element.js";
import { find } from "../shared/extension-page.js";
import type { Mark, OwnPerson, Sentence } from "../shared/messages.js";
import { say, t } from "../shared/words.js";
import { ask, listen } from "./desk.js";

/** As many as one looks through; the field above finds the others. */
const MOST_SHOWN = 50;

/** What the core takes; a larger file need not be read to be refused. */
const MOST_BYTES = 2_000_000;

const form = find("#person-form", HTMLFormElement);
const login = find("#person-login", HTMLInputElement);
const mark = find("#person-mark", HTMLSelectElement);
const note = find("#person-note", HTMLInputElement);
const rows = find("#people", HTMLElement);
const count = find("#people-count", HTMLElement);
const status = find("#people-status", HTMLElement);
const file = find("#import-file", HTMLInputElement);
const saved = find("#exported", HTMLAnchorElement);

let people: readonly OwnPerson[] = [];
/** The name of the file that was asked for. */
let fileName = "";
/** Who is on the way to be kept; the fields are emptied when they are, and not before. */
let keeping: string | undefined;

function refuse(sentence: Sentence): void {
  keeping = undefined;
  status.replaceChildren(element("span", { role: "alert" }, say(sentence)));
}

function draw(): void {
  const typed = login.value.trim().replace(/^@/, "").toLowerCase();
  const fitting = people.filter((person) => person.login.toLowerCase().includes(typed));
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
          ask({ type: "setPerson", login: person.login, mark: undefined, note: "" }, refuse);
          // The button goes with its row.
          login.focus();
        }),
      ),
    ),
  );
  const more = fitting.length - MOST_SHOWN;
  count.replaceChildren(
    people.length === 0 ? t("ui_people_none") : t("ui_people_count", people.length),
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

function keep(): void {
  const chosen: Mark | undefined =
    mark.value === "trusted" ? "trusted" : mark.value === "watched" ? "watched" : undefined;
  if (chosen === undefined && note.value.trim() === "") {
    refuse({ key: "ui_person_says_nothing", args: [] });
    return;
  }
  keeping = login.value.trim().replace(/^@/, "").toLowerCase();
  ask({ type: "setPerson", login: login.value, mark: chosen, note: note.value.trim() }, refuse);
}

function kept(): void {
  keeping = undefined;
  status.replaceChildren(t("ui_saved"));
  login.value = "";
  note.value = "";
  login.focus();
}

async function takeOver(chosen: File): Promise<void> {
  file.value = "";
  status.replaceChildren();
  if (chosen.size > MOST_BYTES) refuse({ key: "import_too_large", args: [] });
  else ask({ type: "import", text: await chosen.text() }, refuse);
}

function offer(text: string): void {
  URL.revokeObjectURL(saved.href);
  saved.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  saved.download = fileName;
  saved.click();
}

/** Brings the section to life. */
export function servePeople(): void {
  listen((message) => {
    switch (message.type) {
      case "status":
        people = message.people;
        if (people.some((person) => person.login.toLowerCase() === keeping)) kept();
        draw();
        break;
      case "imported":
        status.replaceChildren(say(message.sentence));
        break;
      case "exported":
        offer(message.text);
        break;
    }
  });
  login.addEventListener("input", draw);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep();
  });
  find("#import", HTMLButtonElement).addEventListener("click", () => file.click());
  file.addEventListener("change", () => {
    const [chosen] = file.files ?? [];
    if (chosen !== undefined) void takeOver(chosen);
  });
  find("#export", HTMLButtonElement).addEventListener("click", () => {
    fileName = "bonafide.json";
    ask({ type: "export" }, refuse);
  });
  find("#export-vouched", HTMLButtonElement).addEventListener("click", () => {
    fileName = "VOUCHED.td";
    ask({ type: "exportVouched" }, refuse);
  });
}
