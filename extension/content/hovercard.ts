/**
 * One line of ours in the card that GitHub shows over a user's name.
 *
 * GitHub has one such element, which it fills again for each person; what it
 * is about stands in an attribute. The line cannot be pressed: where it leads
 * to, the badge beside the name leads as well.
 */
import { applyStyles } from "../shared/apply-styles.js";
import { BADGE_STYLES } from "../shared/badge-styles.js";
import { element } from "../shared/element.js";
import type { Level, Shown } from "../shared/messages.js";
import { keyOf } from "./login.js";
import { hovercardLogin } from "./login-of-link.js";
import { viewerOn } from "./names.js";

const CONTENT = ".Popover-message";
const TARGET = "data-hovercard-target-url";

/** What the line in GitHub's card needs of the page around it. */
export interface HovercardOwner {
  shownOf(login: string): Shown;
  /** The card is about this person now; nothing where it is about nobody who is looked up. */
  turned(login: string | undefined): void;
  /** The words of the line. */
  textOf(shown: Shown): string;
  /** A picture of the level. */
  icon(level: Level): Node;
  /** The direction of these words, `ltr` or `rtl`. */
  direction(): string;
}

/** The line in GitHub's card. */
export interface Hovercard {
  /** Whether this change is one of the card. */
  concerns(change: MutationRecord): boolean;
  /** Corrects the line after the card, or a level, has changed. */
  settle(): void;
  /** Removes the line. */
  clear(): void;
}

/** No line yet; the one that stands when `signal` aborts is removed. */
export function createHovercard(owner: HovercardOwner, signal: AbortSignal): Hovercard {
  let card: Element | undefined;
  let login: string | undefined;
  let line: Line | undefined;

  const turn = (next: string | undefined): void => {
    if (next === login) return;
    login = next;
    owner.turned(next);
  };

  const clear = (): void => {
    line?.host.remove();
    login = undefined;
  };
  signal.addEventListener("abort", clear);

  return {
    concerns({ attributeName, target }) {
      // The card needs no search: it is what gets this attribute, whenever somebody rests on a name.
      if (attributeName === TARGET) card = target as Element;
      return card?.contains(target) === true;
    },
    settle() {
      const content = card?.querySelector(CONTENT);
      const next = hovercardLogin(card?.getAttribute(TARGET) ?? "");
      // What is still empty is still being filled, and what is hidden for now is about nobody yet.
      const isFilled = content != null && [...content.children].some((child) => child !== line?.host);
      turn(isFilled && next !== undefined && keyOf(next) !== viewerOn(document) ? next : undefined);
      if (login === undefined || content == null) {
        line?.host.remove();
        return;
      }
      line ??= createLine(owner);
      line.show(login, owner.shownOf(login));
      if (content.lastElementChild !== line.host) content.append(line.host);
    },
    clear,
  };
}

interface Line {
  readonly host: HTMLElement;
  show(login: string, shown: Shown): void;
}

/** The badge as it stands beside names, out of reach, and what it means. */
function createLine(owner: HovercardOwner): Line {
  const host = element("div", { dir: owner.direction() });
  const badge = element("button", { inert: true });
  const text = document.createTextNode("");
  const root = host.attachShadow({ mode: "closed" });
  applyStyles(root, BADGE_STYLES);
  root.append(badge, text);
  return {
    host,
    show(login, shown) {
      const { level } = shown;
      host.setAttribute("data-bonafide-hovercard", login);
      text.data = owner.textOf(shown);
      if (host.getAttribute("data-bonafide-level") === level) return;
      host.setAttribute("data-bonafide-level", level);
      badge.replaceChildren(owner.icon(level));
    },
  };
}
