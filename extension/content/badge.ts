/**
 * A badge: one element beside an author's name, with all its parts in a closed
 * shadow root of its own.
 *
 * The page's scripts can see the login and the level, which are attributes of
 * the element, and nothing else of a person. Whatever the reader keeps of one
 * stands inside of the root.
 */

import { applyStyles } from "../shared/apply-styles.js";
import { BADGE_STYLES } from "../shared/badge-styles.js";
import { element } from "../shared/element.js";
import type { Level, Mark, Shown } from "../shared/messages.js";

/**
 * What every badge on the page can be found by. The element is a plain `<span>`: a name of its own would be a custom
 * element's, which a page can define first, and then no shadow root can be attached.
 */
export const BADGES = "span[data-bonafide-login]";

/** The badge at which this event happened. */
export function badgeHostAt({ target }: Event): HTMLElement | undefined {
  return target instanceof HTMLElement ? (target.closest<HTMLElement>(BADGES) ?? undefined) : undefined;
}

/**
 * A badge on the page. Its width never changes, so nothing moves when its level does.
 *
 * It is drawn when its place comes near the window: a page has hundreds of
 * badges, and few of them are ever seen.
 */
export interface Badge {
  /** The one element that stands in GitHub's page. */
  readonly host: HTMLElement;
  /** Whether it stands on a list, where the Tab key stops at one badge only. */
  readonly isOnList: boolean;
  /** Shows this of this person. A hidden badge keeps its place, so that nothing moves, and is seen where it has a mark. */
  show(login: string, shown: Shown, isHidden: boolean): void;
  /** The login that is shown. */
  login(): string;
  /** The level that is shown. */
  level(): Level;
  /** Draws the badge, which so far is attributes alone. */
  draw(): void;
  /** Whether the Tab key stops here. */
  setTabbable(isTabbable: boolean): void;
  /** Tells a screen reader whether the card of this badge is open. */
  setExpanded(isExpanded: boolean): void;
  /** Whether the focus is on the badge and came by keyboard. */
  isFocusVisible(): boolean;
  /** Moves the focus to the badge, which is drawn for it. */
  focus(): void;
}

/** `content.css` hides what has it. */
const HIDDEN = "data-bonafide-hidden";

/** What a badge is drawn with. */
export interface BadgeDrawing {
  /** What it is called, to a screen reader and to a mouse that rests on it. */
  labelOf(login: string, shown: Shown): string;
  /** A picture of the level. */
  icon(level: Level): Node;
}

/** Makes a badge. */
export function createBadge(isOnList: boolean, { labelOf, icon }: BadgeDrawing): Badge {
  const host = document.createElement("span");
  let root: ShadowRoot | undefined;
  let button: HTMLButtonElement | undefined;
  let login = "";
  let level: Level = "pending";
  let mark: Mark | undefined;
  let reason: string | undefined;
  let times: number | undefined;
  let isExpanded = false;
  let isHidden = false;
  let isOnRequest = false;
  let isTabbable = !isOnList;
  let drawnLevel: Level | undefined;

  const redraw = (): void => {
    if (button === undefined) return;
    if (drawnLevel !== level) button.replaceChildren(icon(level));
    drawnLevel = level;
    const label = labelOf(login, { level, mark, reason, times });
    button.setAttribute("aria-label", label);
    button.setAttribute("aria-expanded", String(isExpanded));
    // The open card says it all; no tooltip stands over it.
    button.title = isExpanded ? "" : label;
    button.tabIndex = isTabbable ? 0 : -1;
    if (mark === undefined) delete button.dataset["mark"];
    else button.dataset["mark"] = mark;
    button.toggleAttribute("data-on-request", isOnRequest);
  };

  const draw = (): void => {
    if (button !== undefined) return;
    root = host.attachShadow({ mode: "closed" });
    applyStyles(root, BADGE_STYLES);
    button = newButton();
    root.append(button);
    redraw();
  };

  return {
    host,
    isOnList,
    show(itsLogin, shown, hides) {
      const onRequest = shown.isOnRequest === true;
      if (isHidden !== hides) host.toggleAttribute(HIDDEN, hides);
      isHidden = hides;
      const isSaid =
        mark === shown.mark && reason === shown.reason && times === shown.times && isOnRequest === onRequest;
      if (login === itsLogin && level === shown.level && isSaid) return;
      isOnRequest = onRequest;
      if (level !== shown.level || login === "") host.setAttribute("data-bonafide-level", shown.level);
      if (login !== itsLogin) host.setAttribute("data-bonafide-login", itsLogin);
      login = itsLogin;
      ({ level, mark, reason, times } = shown);
      redraw();
    },
    login: () => login,
    level: () => level,
    draw,
    setTabbable(stops) {
      isTabbable = stops;
      if (button !== undefined) button.tabIndex = stops ? 0 : -1;
    },
    setExpanded(expands) {
      isExpanded = expands;
      redraw();
    },
    isFocusVisible: () => root?.activeElement?.matches(":focus-visible") ?? false,
    focus() {
      draw();
      button?.focus();
    },
  };
}

// What all badges have in common is made once: a page has hundreds of them.
let commonButton: HTMLButtonElement | undefined;
function newButton(): HTMLButtonElement {
  commonButton ??= element("button", {
    type: "button",
    "aria-haspopup": "dialog",
    "aria-expanded": "false",
  });
  return commonButton.cloneNode(true) as HTMLButtonElement;
}
