/** A badge: one element beside an author's name, with all its parts in a shadow root of its own. */
import { element } from "../shared/element.js";
import { icon } from "../shared/icons.js";
import { BADGE_LOOK, dress } from "../shared/look.js";
import type { Level } from "../shared/messages.js";
import { t } from "../shared/words.js";

/** Drawn once and copied for each badge; a label said once serves all badges of a person. */
const icons = new Map<Level, SVGSVGElement>();
const labels = new Map<string, string>();

function iconOf(level: Level): Node {
  const drawn = icons.get(level) ?? icon(level);
  icons.set(level, drawn);
  return drawn.cloneNode(true);
}

function labelOf(login: string, level: Level): string {
  const key = `${login} ${level}`;
  const label = labels.get(key) ?? t("ui_badge", login, t(`level_${level}`));
  labels.set(key, label);
  return label;
}

/** What every badge on the page can be found by. */
export const BADGES = "[data-bonafide-login]";

/** A badge on the page. Its width never changes, so nothing moves when its level does. */
export interface Badge {
  /** The one element that stands in GitHub's page. */
  readonly host: HTMLElement;
  /** Shows this person at this level. */
  show(login: string, level: Level): void;
  /** Tells a screen reader whether the card of this badge is open. */
  setExpanded(isExpanded: boolean): void;
  /** Moves the focus to the badge. */
  focus(): void;
}

/** Makes a badge; on lists it stays out of the tab order, as the names beside it do. */
export function createBadge(isTabbable: boolean): Badge {
  const host = element("span");
  const button = element("button", {
    type: "button",
    "aria-haspopup": "dialog",
    "aria-expanded": "false",
    tabindex: isTabbable ? undefined : "-1",
  });
  const root = host.attachShadow({ mode: "open" });
  dress(root, BADGE_LOOK);
  root.append(button);
  let shownLevel: Level | undefined;
  return {
    host,
    show(login, level) {
      if (host.dataset["bonafideLogin"] === login && shownLevel === level) return;
      host.dataset["bonafideLogin"] = login;
      host.dataset["bonafideLevel"] = level;
      button.setAttribute("aria-label", labelOf(login, level));
      if (shownLevel !== level) button.replaceChildren(iconOf(level));
      shownLevel = level;
    },
    setExpanded(isExpanded) {
      button.setAttribute("aria-expanded", String(isExpanded));
    },
    focus() {
      button.focus();
    },
  };
}
