/** A badge: one element beside an author's name, with all its parts in a shadow root of its own. */
import { applyStyles } from "../shared/apply-styles.js";
import { BADGE_STYLES } from "../shared/badge-styles.js";
import { element } from "../shared/element.js";
import { icon } from "../shared/icons.js";
import type { Level, Mark, Shown } from "../shared/messages.js";

/** What every badge on the page can be found by. */
export const BADGES = "[data-bonafide-login]";

/** A name of its own: no style of GitHub's is meant for it, and the browser finds it faster than any attribute. */
export const BADGE_NAME = "bonafide-badge";

/**
 * A badge on the page. Its width never changes, so nothing moves when its level does.
 *
 * It is drawn when its place comes near the window: a page has hundreds of
 * badges, and few of them are ever seen.
 */
export interface Badge {
  /** The one element that stands in GitHub's page. */
  readonly host: HTMLElement;
  /** Shows this of this person; where it is hidden it keeps its place, so that nothing moves. */
  show(login: string, shown: Shown, isHidden: boolean): void;
  /** Draws the badge, which so far is attributes alone. */
  draw(): void;
  /** Tells a screen reader whether the card of this badge is open. */
  setExpanded(isExpanded: boolean): void;
  /** Moves the focus to the badge. */
  focus(): void;
}

/** `content.css` hides what has it. */
const HIDDEN = "data-bonafide-hidden";

/** `content.css` shows what has it only to whoever points at its row. */
const ON_REQUEST = "data-bonafide-on-request";

/** Makes a badge; on lists it stays out of the tab order, as the names beside it do. `labelOf` says what it is called. */
export function createBadge(isTabbable: boolean, labelOf: (login: string, shown: Shown) => string): Badge {
  const host = document.createElement(BADGE_NAME);
  let button: HTMLButtonElement | undefined;
  let shownLogin = "";
  let shownLevel: Level = "pending";
  let shownMark: Mark | undefined;
  let shownReason: string | undefined;
  let drawnLevel: Level | undefined;

  const redraw = (): void => {
    if (button === undefined) return;
    if (drawnLevel !== shownLevel) button.replaceChildren(iconOf(shownLevel));
    drawnLevel = shownLevel;
    const label = labelOf(shownLogin, { level: shownLevel, mark: shownMark, reason: shownReason });
    button.setAttribute("aria-label", label);
    button.title = label;
  };

  return {
    host,
    show(login, { level, mark, reason, isOnRequest = false }, isHidden) {
      if (isHidden !== host.hasAttribute(HIDDEN)) host.toggleAttribute(HIDDEN, isHidden);
      if (isOnRequest !== host.hasAttribute(ON_REQUEST)) host.toggleAttribute(ON_REQUEST, isOnRequest);
      if (shownLogin === login && shownLevel === level && shownMark === mark && shownReason === reason)
        return;
      shownReason = reason;
      if (shownMark !== mark) {
        if (mark === undefined) host.removeAttribute("data-bonafide-mark");
        else host.setAttribute("data-bonafide-mark", mark);
      }
      shownMark = mark;
      if (shownLevel !== level || shownLogin === "") host.setAttribute("data-bonafide-level", level);
      if (shownLogin !== login) host.setAttribute("data-bonafide-login", login);
      shownLogin = login;
      shownLevel = level;
      redraw();
    },
    draw() {
      if (button !== undefined) return;
      const root = host.attachShadow({ mode: "open" });
      applyStyles(root, BADGE_STYLES);
      button = buttonOf(isTabbable);
      root.append(button);
      redraw();
    },
    setExpanded(isExpanded) {
      button?.setAttribute("aria-expanded", String(isExpanded));
      // The open card says it all; no tooltip stands over it.
      if (isExpanded) button?.removeAttribute("title");
      else redraw();
    },
    focus() {
      button?.focus();
    },
  };
}

// What all badges have in common is made once: a page has hundreds of them.
const buttons = new Map<boolean, HTMLButtonElement>();
const icons = new Map<Level, SVGSVGElement>();

function buttonOf(isTabbable: boolean): HTMLButtonElement {
  let button = buttons.get(isTabbable);
  if (button === undefined) {
    button = element("button", {
      type: "button",
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
      tabindex: isTabbable ? undefined : "-1",
    });
    buttons.set(isTabbable, button);
  }
  return button.cloneNode(true) as HTMLButtonElement;
}

/** A picture of the level. */
export function iconOf(level: Level): Node {
  let drawn = icons.get(level);
  if (drawn === undefined) {
    drawn = icon(level);
    icons.set(level, drawn);
  }
  return drawn.cloneNode(true);
}
