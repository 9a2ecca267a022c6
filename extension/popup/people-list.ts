/** The people on the page that the popup was opened on, the worst level first. */
import { element } from "../shared/element.js";
import { find } from "../shared/extension-page.js";
import { icon } from "../shared/icons.js";
import { LEVEL_ORDER } from "../shared/level-order.js";
import { PEOPLE_HERE, type PeopleHere, type PersonHere } from "../shared/people-here.js";
import { sayShown, t } from "../shared/words.js";

const section = find("#here", HTMLElement);
const list = find("#here ul", HTMLUListElement);
const unlisted = find("#here-more", HTMLElement);

/** A page, and the people that it names. */
export type PageAndPeople = PeopleHere;

/**
 * Lists the people on the active page, as long as the popup is open. `pick`
 * is called with the chosen person, `onPeople` with the page and its people.
 */
export async function showPeopleOnPage(
  pick: (person: PersonHere) => void,
  onPeople: (page: PageAndPeople) => void,
): Promise<void> {
  const tab = await activeTab();
  if (tab === undefined) return;
  const port = chrome.tabs.connect(tab, { name: PEOPLE_HERE });
  port.onMessage.addListener((here: PeopleHere) => {
    draw(here, pick);
    onPeople(here);
  });
  // A page without badges does not answer; reading the error keeps the browser from logging it.
  port.onDisconnect.addListener(() => void chrome.runtime.lastError);
}

function draw({ people, more }: PeopleHere, pick: (person: PersonHere) => void): void {
  const order = ({ mark, level }: PersonHere): number =>
    LEVEL_ORDER.indexOf(level) * 2 - (mark === "watched" ? 1 : 0);
  const sorted = [...people].sort((a, b) => order(a) - order(b));
  section.hidden = people.length === 0;
  unlisted.hidden = more === 0;
  unlisted.replaceChildren(t("ui_here_more", more));
  const focused = document.activeElement?.getAttribute("data-here");
  list.replaceChildren(
    ...sorted.map((person) => {
      const { login, level, mark, reason } = person;
      const button = element(
        "button",
        { type: "button", "data-here": login, "data-bonafide-level": level },
        icon(level),
        element("bdi", { class: "login" }, login),
        element("span", { class: "muted" }, sayShown({ level, mark, reason })),
      );
      button.addEventListener("click", () => pick(person));
      return element("li", {}, button);
    }),
  );
  // Redrawn as levels arrive; keyboard focus stays on its person.
  if (focused != null) list.querySelector<HTMLElement>(`[data-here="${CSS.escape(focused)}"]`)?.focus();
}

/** The active tab; if the popup is a tab itself, the last one used before it. */
async function activeTab(): Promise<number | undefined> {
  const own = await chrome.tabs.getCurrent();
  const tabs = await chrome.tabs.query({ currentWindow: true });
  const others = tabs.filter(({ id }) => id !== own?.id);
  const active = others.find((tab) => tab.active);
  const lastAccessed = (tab: chrome.tabs.Tab): number => tab.lastAccessed ?? 0;
  return (active ?? others.sort((a, b) => lastAccessed(b) - lastAccessed(a))[0])?.id;
}
