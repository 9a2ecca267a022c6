/**
 * The keyboard on lists. All badges of a list are one stop of the Tab key, and
 * the arrow keys, Home and End move along them ("roving tabindex" in the ARIA
 * Authoring Practices): a list of a hundred rows stays short to tab through,
 * and still every card can be opened without a mouse.
 */
import { badgeHostAt } from "./badge.js";
import { onTrusted } from "./trusted.js";

/** Where the focus can go from a badge. */
export type Direction = "next" | "previous" | "first" | "last";

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowDown: "next",
  ArrowUp: "previous",
  Home: "first",
  End: "last",
};

/** What the keyboard needs of the page around it. */
export interface ListKeyboardOwner {
  /** Whether the page is a list. */
  isList(): boolean;
  /** Moves the focus from this badge. */
  moveFocus(from: HTMLElement, direction: Direction): void;
  /** The focus is on this badge: the Tab key stops here from now on. */
  focused(host: HTMLElement): void;
}

/** Listens until `signal` aborts. */
export function listenToListKeyboard(owner: ListKeyboardOwner, signal: AbortSignal): void {
  onTrusted(
    "keydown",
    (event) => {
      const host = badgeHostAt(event);
      const direction = DIRECTIONS[event.key];
      const isModified = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
      if (host === undefined || direction === undefined || isModified || !owner.isList()) return;
      event.preventDefault();
      event.stopPropagation();
      owner.moveFocus(host, direction);
    },
    signal,
  );
  onTrusted(
    "focusin",
    (event) => {
      const host = badgeHostAt(event);
      if (host !== undefined && owner.isList()) owner.focused(host);
    },
    signal,
  );
}
