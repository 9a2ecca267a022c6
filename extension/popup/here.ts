/** Who stands on the page in front of which the popup was opened: told by that page, the worst first. */
import { element } from "../shared/element.js";
import { find } from "../shared/extension-page.js";
import { icon } from "../shared/icons.js";
import type { Level } from "../shared/messages.js";
import { PEOPLE_HERE, type PeopleHere, type PersonHere } from "../shared/people-here.js";
import { sayShown } from "../shared/words.js";

const section = find("#here", HTMLElement);
const list = find("#here ul", HTMLUListElement);

/** The worst first; who needs no look comes last. */
const ORDER: readonly Level[] = ["alert", "caution", "unknown", "pending", "clear", "known", "bot"];

/**
 * Lists the people of the page in front, as long as the popup is open. `pick`
 * is called with whoever is chosen, `told` with everybody there is.
 */
export async function listPeopleHere(
  pick: (person: PersonHere, repository: string | undefined) => void,
  told: (logins: readonly string[]) => void,
): Promise<void> {
  const tab = await tabInFront();
  if (tab === undefined) return;
  const port = chrome.tabs.connect(tab, { name: PEOPLE_HERE });
  port.onMessage.addListener((here: PeopleHere) => {
    draw(here, pick);
    told(here.people.map(({ login }) => login));
  });
  // A page without badges does not answer; to look at the error is to say that this is no news.
  port.onDisconnect.addListener(() => void chrome.runtime.lastError);
}

function draw(
  { people, repository }: PeopleHere,
  pick: (person: PersonHere, repository: string | undefined) => void,
): void {
  const rank = ({ mark, level }: PersonHere): number =>
    ORDER.indexOf(level) * 2 - (mark === "watched" ? 1 : 0);
  const sorted = [...people].sort((a, b) => rank(a) - rank(b));
  section.hidden = people.length === 0;
  const focused = document.activeElement?.getAttribute("data-here");
  list.replaceChildren(
    ...sorted.map((person) => {
      const { login, level, mark } = person;
      const button = element(
        "button",
        { type: "button", "data-here": login, "data-bonafide-level": level },
        icon(level),
        element("bdi", { class: "login" }, login),
        element("span", { class: "muted" }, sayShown({ level, mark: mark ?? undefined })),
      );
      button.addEventListener("click", () => pick(person, repository));
      return element("li", {}, button);
    }),
  );
  // The list is drawn anew as levels come in; whoever walks along it by keyboard stays where they are.
  if (focused != null) list.querySelector<HTMLElement>(`[data-here="${CSS.escape(focused)}"]`)?.focus();
}

/** The tab in front; where the popup was opened as a tab of its own, the one before it. */
async function tabInFront(): Promise<number | undefined> {
  const own = await chrome.tabs.getCurrent();
  const tabs = await chrome.tabs.query({ currentWindow: true });
  const others = tabs.filter(({ id }) => id !== own?.id);
  const inFront = others.find(({ active }) => active);
  const lastAccessed = (tab: chrome.tabs.Tab): number => tab.lastAccessed ?? 0;
  return (inFront ?? others.sort((a, b) => lastAccessed(b) - lastAccessed(a))[0])?.id;
}
