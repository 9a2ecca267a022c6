/** Which page the reader is on, and how the reader wants badges on it. */
import type { Level, ToPage } from "../shared/messages.js";
import type { PageKind } from "../shared/page-kinds.js";
import { type Address, opensAtTop, type Page, readPage } from "./page.js";

/** How the reader wants badges. */
export type Display = Extract<ToPage, { type: "display" }>;

/** Levels that say nothing of note, and the one that may still become such. */
const HIDEABLE: ReadonlySet<Level> = new Set(["clear", "quiet", "pending"]);

/** Lists of issues and pull requests. */
const SUMMED_UP: ReadonlySet<PageKind> = new Set([
  "issues",
  "pulls",
  "list",
  "allIssues",
  "allPulls",
  "search",
]);

/** What a new address means for what is known of the page. */
export type Move =
  /** The same kind of page of the same repository. */
  | "same"
  /** Another kind of page of the same repository. */
  | "kind"
  /** Another repository, or a page without badges: nothing known before holds any more. */
  | "conversation";

/** The state of the page as its address and the reader's choices tell it. */
export interface PageState {
  /** The page, where badges are wanted. */
  page(): Page | undefined;
  /** Whether the address has changed since it was last read. */
  hasMoved(): boolean;
  /** Reads the address. */
  readAddress(): Move;
  /** Takes over how the reader wants badges; answers whether that takes them off this page. */
  setDisplay(display: Display): boolean;
  /** Whether it is known how the reader wants badges; none is put before that. */
  isDisplayKnown(): boolean;
  /** Forgets how the reader wants badges, so that the address has to be read again. */
  forgetDisplay(): void;
  /** Whether the reader wants badges of this level left out, but for those with a mark. */
  isHidden(level: Level): boolean;
  /** Whether the authors of this page are to be summed up above its list. */
  isPeopleLineWanted(): boolean;
  /** The browser has reported who is in view at this address. */
  setViewportKnown(): void;
  /** Whether the first names may be taken to be in view, since the browser has yet to report who is. */
  isAtTop(): boolean;
}

/** Reads nothing yet. */
export function createPageState(
  location: Address & Pick<Location, "href" | "hash">,
  isVisible: () => boolean,
): PageState {
  let address: string | undefined;
  let page: Page | undefined;
  let display: Display | undefined;
  let isViewportKnown = false;

  return {
    page: () => page,
    hasMoved: () => location.href !== address,
    readAddress() {
      if (location.href === address) return "same";
      address = location.href;
      isViewportKnown = false;
      const read = readPage(location);
      const next = read !== undefined && display?.pagesOff.includes(read.kind) ? undefined : read;
      const isSameRepository = next?.repository === page?.repository;
      const isSame = isSameRepository && next?.kind === page?.kind;
      page = next;
      if (isSame) return "same";
      return page !== undefined && isSameRepository ? "kind" : "conversation";
    },
    setDisplay(wanted) {
      display = wanted;
      const isOff = page !== undefined && display.pagesOff.includes(page.kind);
      if (isOff) address = undefined;
      return isOff;
    },
    isDisplayKnown: () => display !== undefined,
    forgetDisplay() {
      display = undefined;
      address = undefined;
    },
    isHidden: (level) => display?.hidesClear === true && HIDEABLE.has(level),
    isPeopleLineWanted: () =>
      display?.showsPeopleLine === true && page !== undefined && SUMMED_UP.has(page.kind),
    setViewportKnown() {
      isViewportKnown = true;
    },
    isAtTop: () => !isViewportKnown && page !== undefined && opensAtTop(page, location, isVisible()),
  };
}
