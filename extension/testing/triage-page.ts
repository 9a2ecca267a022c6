/** The triage page for unit tests: its own HTML in jsdom, and rows to fill it with. */
import { readFileSync } from "node:fs";
import { mock } from "node:test";
import { type DOMWindow, JSDOM } from "jsdom";
import type { Choices, FromTriage, ToTriage, TriageRow, TriageRun } from "../shared/messages.js";
import { HEAD_PX, LINE_PX } from "../triage/lines-in-view.js";
import { becomeBrowser } from "./browser.js";

/** The height that the table's view has, in pixels: its headings and ten lines. */
const VIEW_PX = HEAD_PX + 10 * LINE_PX;

/** The background's end of the page's connection. */
export class TriagePort {
  readonly sent: FromTriage[] = [];
  readonly #onMessage: ((message: ToTriage) => void)[] = [];
  readonly #onDisconnect: (() => void)[] = [];
  readonly onMessage = { addListener: (act: (message: ToTriage) => void) => this.#onMessage.push(act) };
  readonly onDisconnect = { addListener: (act: () => void) => this.#onDisconnect.push(act) };

  postMessage(message: FromTriage): void {
    this.sent.push(structuredClone(message));
  }
  /** The background sends this. */
  deliver(...messages: ToTriage[]): void {
    for (const message of messages) for (const act of this.#onMessage) act(message);
  }
  /** The background disconnects. */
  drop(): void {
    for (const act of this.#onDisconnect) act();
  }
}

/** An open triage page. */
export interface TriagePage {
  readonly window: DOMWindow;
  /** Connections in the order in which the page made them. */
  readonly ports: TriagePort[];
  /** What the page has put on the clipboard. */
  readonly copied: string[];
}

/** Puts the page's globals in place, with its HTML. Timers pass as `mock.timers` says. */
export function openTriagePage(search = ""): TriagePage {
  becomeBrowser();
  const html = readFileSync("extension/triage/triage.html", "utf8");
  const { window } = new JSDOM(html, {
    url: `https://extension.example/extension/triage/triage.html${search}`,
    pretendToBeVisual: true,
  });
  Object.defineProperty(window.HTMLElement.prototype, "clientHeight", { get: () => VIEW_PX });
  // jsdom has no dialogs that open.
  window.HTMLDialogElement.prototype.showModal = function (): void {
    this.open = true;
  };
  window.HTMLDialogElement.prototype.close = function (): void {
    this.open = false;
    this.dispatchEvent(new window.Event("close"));
  };
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const ports: TriagePort[] = [];
  const copied: string[] = [];
  const { chrome } = globalThis as unknown as { chrome: object };
  const clipboard = {
    writeText: async (text: string) => {
      copied.push(text);
    },
  };
  Object.defineProperty(globalThis, "navigator", { value: { clipboard }, configurable: true });
  Object.assign(globalThis, {
    chrome: {
      ...chrome,
      runtime: {
        connect: () => {
          const port = new TriagePort();
          ports.push(port);
          return port;
        },
        openOptionsPage: async () => {},
      },
      permissions: {
        contains: async () => true,
        onAdded: { addListener: () => {} },
        onRemoved: { addListener: () => {} },
      },
    },
    window,
    document: window.document,
    location: window.location,
    history: window.history,
    FormData: window.FormData,
    CSSStyleSheet: window.CSSStyleSheet,
    ResizeObserver: class {
      observe(): void {}
    },
  });
  for (const name of Object.getOwnPropertyNames(window)) {
    if (/^(HTML\w*Element|Element|Node|Document|ShadowRoot|\w*Event)$/.test(name))
      Object.assign(globalThis, { [name]: (window as unknown as Record<string, unknown>)[name] });
  }
  return { window, ports, copied };
}

/** A row, but for what is given. */
export const triageRow = (index: number, given: Partial<TriageRow> = {}): TriageRow => ({
  index,
  repository: "acme/web",
  number: 100 + index,
  isIssue: false,
  url: `https://github.com/acme/web/pull/${100 + index}`,
  title: `Change ${index}`,
  login: `person-${index}`,
  level: "clear",
  reason: undefined,
  here: { merged: 0, closed: 0 },
  elsewhere: { merged: 1, withdrawn: 0, closedByOthers: 0, closed: 0, open: 0, more: [] },
  createdAt: "2026-11-01T00:00:00Z",
  closedAt: undefined,
  mergedAt: undefined,
  outcome: "open",
  isFirstHere: false,
  isAssigned: false,
  isDraft: false,
  failed: undefined,
  levelThen: undefined,
  reasonThen: undefined,
  ...given,
});

/** A run that goes on, but for what is given. */
export const triageRun = (given: Partial<TriageRun> = {}): TriageRun => ({
  id: 1,
  state: "running",
  repository: "acme/web",
  items: "pullRequests",
  which: "open",
  totals: { items: 4, people: 4, done: 1, failed: 0, pending: 3 },
  waiting: undefined,
  notes: [],
  ratePerMinute: 0,
  remainingSeconds: undefined,
  startedAt: "2026-11-21T12:00:00Z",
  keptUntil: "2026-11-28T12:00:00Z",
  ...given,
});

/** The choices of somebody who has changed nothing, but for these. */
export function choices(own: Partial<Choices> = {}): Required<Choices> {
  return {
    policy: "balanced",
    tuned: [],
    pagesOff: [],
    hidesClear: false,
    showsPeopleLine: true,
    freshMinutes: 45,
    listLookUps: 30,
    knownFromMerged: 3,
    ...own,
  };
}
