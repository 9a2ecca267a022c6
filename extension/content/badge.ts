/** A badge: one element beside an author's name, with all its parts in a shadow root of its own. */
import { element } from "../shared/element.js";
import { icon } from "../shared/icons.js";
import { BADGE_LOOK, dress } from "../shared/look.js";
import type { Level } from "../shared/messages.js";
import { t } from "../shared/words.js";

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
  /** Shows this person at this level. */
  show(login: string, level: Level): void;
  /** Draws what so far only its attributes tell. */
  draw(): void;
  /** Tells a screen reader whether the card of this badge is open. */
  setExpanded(isExpanded: boolean): void;
  /** Moves the focus to the badge. */
  focus(): void;
}

/** Makes a badge; on lists it stays out of the tab order, as the names beside it do. */
export function createBadge(isTabbable: boolean): Badge {
  const host = document.createElement(BADGE_NAME);
  let button: HTMLButtonElement | undefined;
  let shownLogin = "";
  let shownLevel: Level = "pending";
  let drawnLevel: Level | undefined;

  const redraw = (): void => {
    if (button === undefined) return;
    if (drawnLevel !== shownLevel) button.replaceChildren(iconOf(shownLevel));
    drawnLevel = shownLevel;
    button.setAttribute("aria-label", labelOf(shownLogin, shownLevel));
  };

  return {
    host,
    show(login, level) {
      if (shownLogin === login && shownLevel === level) return;
      if (shownLevel !== level || shownLogin === "") host.setAttribute("data-bonafide-level", level);
      if (shownLogin !== login) host.setAttribute("data-bonafide-login", login);
      shownLogin = login;
      shownLevel = level;
      redraw();
    },
    draw() {
      if (button !== undefined) return;
      const root = host.attachShadow({ mode: "open" });
      dress(root, BADGE_LOOK);
      button = buttonOf(isTabbable);
      root.append(button);
      redraw();
    },
    setExpanded(isExpanded) {
      button?.setAttribute("aria-expanded", String(isExpanded));
    },
    focus() {
      button?.focus();
    },
  };
}

// What all badges have in common is made once: a page has hundreds of them.
const buttons = new Map<boolean, HTMLButtonElement>();
const icons = new Map<Level, SVGSVGElement>();
const labels = new Map<Level, string>();

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

/** Stands for the login in a label, since asking the browser for a message takes longer than drawing a badge. */
const SOMEBODY = "{login}";

function labelOf(login: string, level: Level): string {
  let label = labels.get(level);
  if (label === undefined) {
    label = t("ui_badge", SOMEBODY, t(`level_${level}`));
    labels.set(level, label);
  }
  return label.replace(SOMEBODY, () => login);
}
