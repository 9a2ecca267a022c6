/**
 * The line above a list of issues or pull requests: how many authors it has, and
 * how many of them have a strong signal, are worth a look, are new here, or stand
 * there more than once. Each of these is a filter, which dims the other rows.
 *
 * It sums up what the badges know and has nobody looked up. As with badges, all
 * parts stand in a closed root, and only the reader's own events count. A filter
 * puts one attribute on rows of the page, which goes with it.
 */
import { applyStyles } from "../shared/apply-styles.js";
import { element } from "../shared/element.js";
import { drawLine } from "../shared/icons.js";
import type { Shown } from "../shared/messages.js";
import type { AuthorCounts, Counted, PeopleLineText } from "../shared/people-line.js";
import type { TextRequest } from "../shared/text-request.js";
import type { OpenTriage, TriageSubject } from "../shared/triage-link.js";
import { keyOf } from "./login.js";
import type { Name } from "./names.js";
import type { Page } from "./page.js";
import { onTrusted } from "./trusted.js";

/** Badges go first. An idle moment that does not come by itself is taken after this long. */
const IDLE_MS = 500;

/** `content.css` dims what has it. */
const DIMMED = "data-bonafide-dimmed";

/** What the line needs of the page around it. */
export interface PeopleLineOwner {
  /** Whether this page has such a line. */
  isWanted(): boolean;
  page(): Page | undefined;
  /** What the badges of this person say. */
  shownOf(login: string): Shown;
  /** Whether the page may be written to here. */
  isReady(place: Element): boolean;
}

/** The line of the page. */
export interface PeopleLine {
  /** Puts the line right: for these names, or after something about those on the page has changed. */
  update(names?: readonly Name[]): void;
  /** What a badge says, with how often its person is named on the list where that is more than once. */
  counted(login: string, shown: Shown): Shown;
  /** Removes the line and ends the filter. */
  clear(): void;
}

/** No line yet; the one that stands when `signal` aborts is removed. */
export function createPeopleLine(owner: PeopleLineOwner, signal: AbortSignal): PeopleLine {
  let names: readonly Name[] = [];
  /** The rows of each author, by the key of the login. */
  const rows = new Map<string, Element[]>();
  const lists = new Set<Element>();
  const dimmed = new Set<Element>();
  let filter: Counted | undefined;
  let line: Line | undefined;
  let text: PeopleLineText | undefined;
  /** The counts and the subject that `text` is about, or will be, as JSON. */
  let written = "";
  let isWriting = false;
  let isDue = false;

  const group = (): void => {
    rows.clear();
    lists.clear();
    if (!owner.isWanted()) return;
    for (const { login, isApp, link, scope } of names) {
      // A name without a row of its own has nothing that could be dimmed.
      if (scope === link || scope.parentElement === null) continue;
      lists.add(scope.parentElement);
      const key = keyOf(login);
      if (!isApp) rows.set(key, [...(rows.get(key) ?? []), scope]);
    }
  };

  const counts = (): AuthorCounts => {
    const counts = { authors: 0, alert: 0, caution: 0, newHere: 0, several: 0, unknown: 0 };
    for (const author of rows.keys()) for (const it of countedIn(author)) counts[it] += 1;
    return counts;
  };

  const countedIn = (author: string): Counted[] => {
    const { level, isNewHere, isOnRequest } = owner.shownOf(author);
    const its: Counted[] = ["authors"];
    if (level === "alert" || level === "caution") its.push(level);
    if (isNewHere) its.push("newHere");
    if (rowsOf(author).length > 1) its.push("several");
    if (level === "pending" || isOnRequest) its.push("unknown");
    return its;
  };

  const rowsOf = (author: string): readonly Element[] => rows.get(author) ?? [];

  const subject = (): TriageSubject | undefined => {
    const { repository, kind } = owner.page() ?? {};
    return repository === undefined ? undefined : { repository, kind };
  };

  const write = async (counts: AuthorCounts): Promise<void> => {
    isWriting = true;
    const request: TextRequest = { writeAs: "peopleLine", counts, subject: subject() };
    const json = await chrome.runtime.sendMessage<TextRequest, string>(request).catch(() => undefined);
    isWriting = false;
    // Where the extension was replaced under an open page nobody answers.
    if (json === undefined || signal.aborted) return;
    text = JSON.parse(json);
    settle();
  };

  const dim = (): void => {
    const kept = new Set<Element>();
    for (const author of rows.keys())
      if (filter && countedIn(author).includes(filter)) for (const row of rowsOf(author)) kept.add(row);
    const others = [...lists].flatMap((list) => (filter ? [...list.children] : []));
    const wanted = new Set(others.filter((row) => !kept.has(row)));
    for (const row of new Set([...dimmed, ...wanted])) row.toggleAttribute(DIMMED, wanted.has(row));
    dimmed.clear();
    for (const row of wanted) dimmed.add(row);
  };

  const settle = (): void => {
    const now = counts();
    const [list] = lists;
    const hasFilters = now.alert + now.caution + now.newHere + now.several > 0;
    const isShown = list !== undefined && now.authors > 1 && hasFilters && owner.isReady(list);
    if (!isShown || (filter && now[filter] === 0)) filter = undefined;
    if (!isShown) line?.remove();
    else {
      const json = JSON.stringify([now, subject()]);
      if (json !== written && !isWriting) {
        written = json;
        void write(now);
      }
      if (text !== undefined && !isWriting) {
        line ??= createLine(press, triage);
        line.show(now, text, filter);
        line.putAbove(list);
      }
    }
    dim();
  };

  const press = (pressed: Counted): void => {
    filter = pressed === filter ? undefined : pressed;
    settle();
  };
  const triage = (): void => {
    const openTriage = subject();
    if (openTriage === undefined) return;
    void chrome.runtime.sendMessage<OpenTriage>({ openTriage }).catch(() => {});
  };
  onTrusted(
    "keydown",
    ({ key, defaultPrevented }) => {
      // An open card is what Escape closes first.
      if (key === "Escape" && filter !== undefined && !defaultPrevented) press(filter);
    },
    signal,
  );

  const settleWhenIdle = (): void => {
    if (isDue) return;
    isDue = true;
    requestIdleCallback(
      () => {
        isDue = false;
        if (!signal.aborted) settle();
      },
      { timeout: IDLE_MS },
    );
  };

  const clear = (): void => {
    names = [];
    group();
    settle();
  };
  signal.addEventListener("abort", clear);

  return {
    update(next = names) {
      names = next;
      group();
      // Where it was switched off, it is gone at once.
      if (rows.size === 0) settle();
      else settleWhenIdle();
    },
    counted(login, shown) {
      const times = rowsOf(keyOf(login)).length;
      return times > 1 ? { ...shown, times } : shown;
    },
    clear,
  };
}

interface Line {
  show(counts: AuthorCounts, text: PeopleLineText, pressed: Counted | undefined): void;
  putAbove(list: Element): void;
  remove(): void;
}

function createLine(press: (filter: Counted) => void, openTriage: () => void): Line {
  const host = element("div", { "data-bonafide-people": true });
  const root = host.attachShadow({ mode: "closed" });
  const box = element("div", { role: "group" });
  root.append(box);
  const parts = new Map<Counted, HTMLElement>();
  let triage: HTMLElement | undefined;
  // The line is in no flow, so that it moves nothing, and has to be told how wide the list is.
  const widths = new ResizeObserver(([entry]) => {
    host.style.inlineSize = `${entry?.borderBoxSize[0]?.inlineSize ?? 0}px`;
  });

  const createButton = (act: () => void, ...children: Element[]): HTMLElement => {
    const button = element("button", { type: "button" }, ...children, element("span"));
    button.addEventListener("click", ({ isTrusted }) => {
      if (isTrusted) act();
    });
    return button;
  };
  const createPart = (name: Counted, shape: string | undefined): HTMLElement => {
    if (shape === undefined) return element("span");
    const picture = drawLine(shape, name === "alert");
    const filter = createButton(() => press(name), picture, element("b", { "aria-hidden": "true" }));
    filter.setAttribute("data-filter", name);
    return filter;
  };
  const showTriage = (button: PeopleLineText["triage"]): void => {
    if (button !== undefined) triage ??= createButton(openTriage, drawLine(button.shape));
    if (triage === undefined) return;
    triage.hidden = button === undefined;
    triage.title = button?.hint ?? "";
    triage.lastElementChild?.replaceChildren(button?.text ?? "");
    // Only now, so that it is the last.
    if (!triage.isConnected) box.append(triage);
  };

  return {
    show(counts, text, pressed) {
      if (parts.size === 0) applyStyles(root, text.styles);
      box.ariaLabel = text.title;
      box.dir = text.direction;
      for (const [key, { text: words, shape }] of Object.entries(text.parts)) {
        const name = key as Counted;
        let part = parts.get(name);
        if (part === undefined) {
          part = createPart(name, shape);
          parts.set(name, part);
          box.append(part);
        }
        part.hidden = counts[name] === 0;
        const [, number, label = part] = part.children;
        label.textContent = words;
        if (number === undefined) continue;
        number.textContent = String(counts[name]);
        part.title = text.hint;
        part.ariaPressed = String(name === pressed);
      }
      showTriage(text.triage);
    },
    putAbove(list) {
      if (host.isConnected && host.parentNode === list.parentNode) return;
      const top = (): number => list.getBoundingClientRect().top;
      const before = top();
      list.before(host);
      // A style of the page's may hang on who stands beside whom.
      if (top() !== before) list.parentElement?.prepend(host);
      widths.disconnect();
      widths.observe(list);
    },
    remove() {
      host.remove();
      widths.disconnect();
    },
  };
}
