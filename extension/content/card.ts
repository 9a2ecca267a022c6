/**
 * The card: the report of one person, opened from a badge.
 *
 * It stands outside of everything that GitHub draws, in the top layer, and is
 * on the page only while it is open.
 */

import { applyStyles } from "../shared/apply-styles.js";
import { reportView } from "../shared/draw-report.js";
import { element } from "../shared/element.js";
import type { AuthorReport, FromPage, Level, OwnPerson } from "../shared/messages.js";
import type { TextRequest } from "../shared/text-request.js";
import { t } from "../shared/words.js";
import { type Badge, badgeHostAt } from "./badge.js";
import { keyOf } from "./login.js";
import { onTrusted } from "./trusted.js";

/** Resting on a badge for this long opens its card: longer than passing over it takes. */
const HOVER_MS = 300;

/** Time to cross from the badge to the card. */
const LEAVE_MS = 250;

const GAP_PX = 6;
const MARGIN_PX = 8;

/** What the card needs of the page around it. */
export interface CardOwner {
  /** Sends a message to the background. */
  send(message: FromPage): void;
  /** What is shown of a person until the core has answered. */
  reportMeanwhile(login: string, level: Level): AuthorReport;
  /** The badge that is this element; the page can make elements that look like one. */
  badgeAt(host: HTMLElement): Badge | undefined;
  /** A badge of this person. */
  badgeOf(login: string): Badge | undefined;
}

/** The page's one card. */
export interface Card {
  /** Shows a report if it is about the person whose card is open. */
  show(report: AuthorReport, own: OwnPerson | undefined): void;
  /** The login of the person whose card is open. */
  openLogin(): string | undefined;
  /** Corrects the card after the page has changed: it follows its badge, or closes with it. */
  settle(): void;
  /** Closes the card. */
  close(): void;
}

interface Open {
  readonly login: string;
  readonly box: HTMLElement;
  readonly dialog: HTMLElement;
  readonly view: ReturnType<typeof reportView>;
  badge: Badge;
  /** Whether the reader asked for it by a click or a key, so that leaving it with the mouse keeps it. */
  isPinned: boolean;
}

/** Listens to all badges of the page until `signal` ends it. */
export function createCard(owner: CardOwner, signal: AbortSignal): Card {
  let open: Open | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** While a closed card gives the focus back, which must not open it again. */
  let isReturning = false;

  const close = (focusBadge = false): void => {
    clearTimeout(timer);
    if (open === undefined) return;
    const { badge, login, box } = open;
    open = undefined;
    box.remove();
    badge.setExpanded(false);
    owner.send({ close: { login } });
    if (focusBadge) {
      isReturning = true;
      badge.focus();
      isReturning = false;
    }
  };

  const openFor = (badge: Badge, isPinned: boolean): void => {
    clearTimeout(timer);
    const login = badge.login();
    if (open?.badge === badge && open.login === login) {
      open.isPinned ||= isPinned;
      if (isPinned) open.dialog.focus();
      return;
    }
    close();
    const view = reportView({
      refresh: () => owner.send({ refresh: { login } }),
      openOptions: () => owner.send("openOptions"),
      readPast: () => owner.send({ readPast: { login } }),
      setPerson: (login, mark, note) => owner.send({ setPerson: { login, mark, note } }),
    });
    const dialog = element(
      "div",
      { class: "card", role: "dialog", tabindex: "-1", "aria-label": t("ui_card", login) },
      view.element,
    );
    // The words have a direction of their own, whatever the page around them has.
    const box = element("div", { "data-bonafide-card": true, popover: "manual", dir: t("ui_direction") });
    const root = box.attachShadow({ mode: "closed" });
    root.append(dialog);
    // What is typed in the card is no shortcut of GitHub's, whose scripts see only that the card has the focus.
    for (const kind of ["keydown", "keypress", "keyup"])
      box.addEventListener(kind, (event) => event.stopPropagation());
    box.style.opacity = "0";
    void cardStyles().then((styles) => {
      applyStyles(root, styles);
      box.style.opacity = "";
      if (open?.box === box) place(open);
    });
    open = { login, box, dialog, view, badge, isPinned };
    const meanwhile = owner.reportMeanwhile(login, badge.level());
    view.show(meanwhile);
    document.documentElement.append(box);
    box.showPopover?.();
    place(open);
    badge.setExpanded(true);
    if (meanwhile.level !== "bot") owner.send({ open: { login } });
    if (isPinned) dialog.focus();
  };

  const closeSoon = (): void => {
    clearTimeout(timer);
    if (open !== undefined && !open.isPinned) timer = setTimeout(() => close(), LEAVE_MS);
  };

  const listen = <Kind extends keyof WindowEventMap>(
    kind: Kind,
    act: (event: WindowEventMap[Kind]) => void,
  ): void => onTrusted(kind, act, signal);

  const badgeAtEvent = (event: Event): Badge | undefined => {
    const host = badgeHostAt(event);
    return host && owner.badgeAt(host);
  };

  listen("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const badge = badgeAtEvent(event);
    if (badge !== undefined) {
      clearTimeout(timer);
      if (open?.badge !== badge) timer = setTimeout(() => openFor(badge, false), HOVER_MS);
    } else if (isInCard(event, open)) {
      clearTimeout(timer);
    }
  });
  listen("pointerout", (event) => {
    if (badgeAtEvent(event) !== undefined || isInCard(event, open)) closeSoon();
  });
  // Who walks along the page by keyboard sees what one with a mouse sees; the focus stays on the badge.
  listen("focusin", (event) => {
    const badge = badgeAtEvent(event);
    if (badge === undefined || isReturning || !badge.isFocusVisible()) return;
    clearTimeout(timer);
    // As with the mouse, passing over a badge on the way to another asks for nothing.
    timer = setTimeout(() => openFor(badge, false), HOVER_MS);
  });
  listen("focusout", (event) => {
    const badge = badgeAtEvent(event);
    if (badge === undefined) return;
    clearTimeout(timer);
    if (open?.badge === badge && !open.isPinned) close();
  });
  listen("click", (event) => {
    const badge = badgeAtEvent(event);
    if (badge !== undefined) {
      // Rows of lists are links of their own to GitHub's scripts: a click on a badge is for the badge.
      event.preventDefault();
      event.stopPropagation();
      if (open?.badge === badge && open.isPinned) close(true);
      else openFor(badge, true);
    }
  });
  listen("pointerdown", (event) => {
    if (badgeAtEvent(event) === undefined && !isInCard(event, open)) close();
    else if (isInCard(event, open) && open !== undefined) open.isPinned = true;
  });
  listen("keydown", (event) => {
    const badge = badgeAtEvent(event);
    // While a note is being typed, Escape ends the typing and not the card.
    const isTyping = open?.dialog.querySelector("input:focus") != null;
    if (event.key === "Escape" && open !== undefined && !isTyping) {
      event.preventDefault();
      event.stopPropagation();
      close(open.isPinned || badge === open.badge);
      return;
    }
    // Enter and Space press the badge; GitHub's own keys for the row around it must not fire too.
    if (badge !== undefined && (event.key === "Enter" || event.key === " ")) event.stopPropagation();
    if (event.key === "Tab" && open !== undefined && isInCard(event, open))
      leaveByTab(event, open, () => close(true));
  });
  listen("scroll", () => {
    if (open !== undefined) place(open);
    if (open !== undefined && isOutOfSight(open.badge.host)) close();
  });
  listen("resize", () => {
    if (open !== undefined) place(open);
  });
  signal.addEventListener("abort", () => close());

  return {
    close,
    show(report, own) {
      if (open === undefined || keyOf(report.login) !== keyOf(open.login)) return;
      open.view.show(report, own);
      place(open);
    },
    openLogin: () => open?.login,
    settle() {
      if (open === undefined) return;
      const { login, badge } = open;
      if (!badge.host.isConnected || badge.login() !== login) {
        const other = owner.badgeOf(login);
        if (other === undefined) return close();
        open.badge = other;
        other.setExpanded(true);
      }
      place(open);
    },
  };
}

let styles: string | undefined;

/**
 * The styles of a card. The background has them: the script that runs in every
 * page of GitHub has to be small, and few cards are opened.
 */
async function cardStyles(): Promise<string> {
  const request: TextRequest = { writeAs: "cardStyles" };
  // Where the extension was replaced under an open page nobody answers, and the words are all there is.
  styles ??= await chrome.runtime.sendMessage<TextRequest, string>(request).catch(() => undefined);
  return styles ?? "";
}

/** Beside the badge, below it where there is room, never over the edge of the window. */
function place({ box, badge: { host }, dialog }: Open): void {
  const anchor = host.getBoundingClientRect();
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const below = height - anchor.bottom - GAP_PX - MARGIN_PX;
  const above = anchor.top - GAP_PX - MARGIN_PX;
  const isBelow = below >= Math.min(dialog.scrollHeight, 320) || below >= above;
  const isRightToLeft = getComputedStyle(host).direction === "rtl";
  const start = isRightToLeft ? anchor.right - box.offsetWidth : anchor.left;
  const left = Math.max(MARGIN_PX, Math.min(start, width - box.offsetWidth - MARGIN_PX));
  box.style.maxHeight = `${Math.max(120, isBelow ? below : above)}px`;
  box.style.left = `${left}px`;
  box.style.top = isBelow ? `${anchor.bottom + GAP_PX}px` : "auto";
  box.style.bottom = isBelow ? "auto" : `${height - anchor.top + GAP_PX}px`;
}

function isOutOfSight(host: HTMLElement): boolean {
  const { top, bottom } = host.getBoundingClientRect();
  return bottom < 0 || top > document.documentElement.clientHeight;
}

/** The card is the last thing on the page, yet belongs beside its badge: leaving it by Tab leads back there. */
function leaveByTab(event: KeyboardEvent, { dialog }: Open, leave: () => void): void {
  const stops = [...dialog.querySelectorAll<HTMLElement>("a[href], button, input, summary")].filter(
    (it) => it.offsetParent !== null,
  );
  const root = dialog.getRootNode();
  const active = root instanceof ShadowRoot ? root.activeElement : null;
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (active === edge || (event.shiftKey && active === dialog)) {
    event.preventDefault();
    leave();
  }
}

function isInCard(event: Event, open: Open | undefined): boolean {
  return open !== undefined && event.composedPath().includes(open.box);
}
