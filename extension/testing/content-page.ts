/** A page of GitHub for the content script to run in: jsdom, and what jsdom lacks of a browser, driven by hand. */
import { mock } from "node:test";
import { type DOMWindow, JSDOM } from "jsdom";
import type { CardBundle } from "../content/card-bundle.js";
import type { FromPage, ToPage } from "../shared/messages.js";
import { type TextRequest, textFor } from "../shared/text-request.js";
import type { OpenTriage, TriageSubject } from "../shared/triage-link.js";
import { becomeBrowser } from "./browser.js";

/** The background's end of a connection. */
export class BackgroundPort {
  readonly sent: FromPage[] = [];
  readonly name: string;
  isOpen = true;
  readonly #onMessage: ((message: unknown) => void)[] = [];
  readonly #onDisconnect: (() => void)[] = [];
  readonly onMessage = { addListener: (act: (message: unknown) => void) => this.#onMessage.push(act) };
  readonly onDisconnect = { addListener: (act: () => void) => this.#onDisconnect.push(act) };

  constructor(name: string) {
    this.name = name;
  }
  postMessage(message: FromPage): void {
    if (!this.isOpen) throw new Error("Attempting to use a disconnected port object");
    this.sent.push(structuredClone(message));
  }
  disconnect(): void {
    this.isOpen = false;
  }
  /** The background sends this. */
  deliver(message: ToPage): void {
    for (const act of this.#onMessage) act(message);
  }
  /** The background disconnects. */
  drop(): void {
    this.isOpen = false;
    for (const act of this.#onDisconnect) act();
  }
  /** The last request for people. */
  get request(): Extract<FromPage, { people: unknown }>["people"] | undefined {
    const requests = this.sent.flatMap((message) =>
      typeof message === "object" && "people" in message ? [message.people] : [],
    );
    return requests.at(-1);
  }
}

/** No labels: these tests look at logins and levels, not at words. */
const LABELS: ToPage = { type: "labels", labels: {} };

export class ContentPage {
  readonly window: DOMWindow;
  readonly document: Document;
  readonly ports: BackgroundPort[] = [];
  /** What a popup's connection is given to, while the page listens for popups. */
  readonly popupListeners = new Set<(port: BackgroundPort) => void>();
  /** For what the reader has had the triage page opened. */
  readonly opened: TriageSubject[] = [];
  readonly observers = new Set<ViewportObserver>();
  readonly #roots = new WeakMap<Element, ShadowRoot>();
  #tasks: (() => void)[] = [];
  readonly runtime: { id: string | undefined };

  /** Puts the globals of a page at this address in place. */
  constructor(address: string, body: string, head = "") {
    becomeBrowser();
    const dom = new JSDOM(`<!doctype html><head>${head}</head><body>${body}</body>`, {
      url: address,
      pretendToBeVisual: true,
    });
    const { window } = dom;
    this.window = window;
    this.document = window.document;
    const { attachShadow } = window.Element.prototype;
    const roots = this.#roots;
    window.Element.prototype.attachShadow = function (this: Element, init) {
      const root = attachShadow.call(this, init);
      roots.set(this, root);
      return root;
    };
    mock.timers.reset();
    mock.timers.enable({ apis: ["setTimeout", "Date"] });
    mock.restoreAll();
    mock.method(performance, "now", () => Date.now());
    const ports = this.ports;
    const runtime = {
      id: "bonafide" as string | undefined,
      connect: ({ name }: { name: string }) => {
        const port = new BackgroundPort(name);
        ports.push(port);
        return port;
      },
      // The card's styles are more than jsdom can read.
      sendMessage: async (request: TextRequest | OpenTriage) => {
        if ("openTriage" in request) return this.opened.push(request.openTriage);
        return request.writeAs === "peopleLine" ? textFor(request) : "";
      },
      onConnect: {
        addListener: (act: (port: BackgroundPort) => void) => this.popupListeners.add(act),
        removeListener: (act: (port: BackgroundPort) => void) => this.popupListeners.delete(act),
      },
    };
    this.runtime = runtime;
    const { chrome } = globalThis as unknown as { chrome: object };
    const page = this;
    Object.assign(globalThis, {
      chrome: { ...chrome, runtime },
      window,
      document: window.document,
      location: window.location,
      Document: window.Document,
      Element: window.Element,
      HTMLElement: window.HTMLElement,
      HTMLDetailsElement: window.HTMLDetailsElement,
      ShadowRoot: window.ShadowRoot,
      Node: window.Node,
      AbortController: window.AbortController,
      MutationObserver: window.MutationObserver,
      getComputedStyle: window.getComputedStyle.bind(window),
      requestIdleCallback: (act: () => void) => this.#tasks.push(act),
      scheduler: {
        postTask: async (act: () => void) => {
          this.#tasks.push(act);
        },
      },
      // Nothing has a size here.
      ResizeObserver: class {
        observe(): void {}
        disconnect(): void {}
      },
      IntersectionObserver: class extends ViewportObserver {
        constructor(report: IntersectionObserverCallback) {
          super(report);
          page.observers.add(this);
        }
      },
    });
  }

  /** Starts the content script; the background answers how badges are wanted. */
  async start(display: Partial<Extract<ToPage, { type: "display" }>> = {}): Promise<AbortController> {
    // Imported now, since the modules take their globals when they run.
    const [{ startContent }, { createCard }, { createPeopleLine }, { icon }, { sayShown, t }] =
      await Promise.all([
        import("../content/content.js"),
        import("../content/card.js"),
        import("../content/people-line.js"),
        import("../shared/icons.js"),
        import("../shared/words.js"),
      ]);
    const bundle: CardBundle = { createCard, createPeopleLine, icon, sayShown, t };
    const ending = new AbortController();
    startContent(bundle, ending);
    await this.settle();
    this.ports[0]?.deliver(LABELS);
    this.ports[0]?.deliver({
      type: "display",
      pagesOff: [],
      hidesClear: false,
      showsPeopleLine: true,
      ...display,
    });
    await this.settle();
    return ending;
  }

  /** Runs whatever is due, timers aside, until nothing is. */
  async settle(): Promise<void> {
    for (let rounds = 0; rounds < 50; rounds += 1) {
      // Observers of changes run between tasks.
      await new Promise((done) => setImmediate(done));
      const tasks = this.#tasks;
      if (tasks.length === 0) return;
      this.#tasks = [];
      for (const task of tasks) task();
    }
    throw new Error("The page never settles.");
  }

  /** Lets this much time pass, then settles. */
  async tick(ms: number): Promise<void> {
    mock.timers.tick(ms);
    await this.settle();
  }

  /** The browser reports that these are in view, or, with nothing given, that everything is. */
  async showInView(isInView: (element: Element) => boolean = () => true): Promise<void> {
    for (const observer of this.observers) observer.reportOn(isInView);
    await this.settle();
  }

  /** The last connection to the background. */
  get port(): BackgroundPort {
    const port = this.ports.at(-1);
    if (port === undefined) throw new Error("There is no connection to the background.");
    return port;
  }

  /** The background answers with these levels. */
  async answer(levels: Readonly<Record<string, "alert" | "caution" | "clear" | "known">>): Promise<void> {
    this.port.deliver({
      type: "badges",
      badges: Object.entries(levels).map(([login, level]) => ({ login, level, mark: undefined })),
    });
    await this.settle();
  }

  /** What is inside an element of ours, however closed its root is. */
  shadowOf(host: Element | null | undefined): ShadowRoot {
    const root = host && this.#roots.get(host);
    if (!root) throw new Error("There is no shadow root.");
    return root;
  }

  isDrawn(host: Element): boolean {
    return this.#roots.has(host);
  }

  /** All badges in the page's order, as `login level`. */
  badges(): string[] {
    return this.hosts().map(
      (host) => `${host.getAttribute("data-bonafide-login")} ${host.getAttribute("data-bonafide-level")}`,
    );
  }

  hosts(login?: string): HTMLElement[] {
    return [
      ...this.document.querySelectorAll<HTMLElement>(
        login === undefined ? "[data-bonafide-login]" : `[data-bonafide-login="${login}"]`,
      ),
    ];
  }

  button(host: Element | undefined): HTMLButtonElement {
    const button = this.shadowOf(host).querySelector("button");
    if (button === null) throw new Error("The badge has no button.");
    return button;
  }

  card(): Element | null {
    return this.document.querySelector("[data-bonafide-card]");
  }

  /** Does what a reader does: jsdom calls only its own events trusted. */
  act(target: Element, kind: string, init: KeyboardEventInit = {}): Event {
    const Kind = kind.startsWith("key") ? this.window.KeyboardEvent : this.window.MouseEvent;
    const event = new Kind(kind, { bubbles: true, composed: true, cancelable: true, ...init });
    const inner = <T>(it: T): { isTrusted: boolean; _dispatch(event: unknown): void } => {
      const [symbol] = Object.getOwnPropertySymbols(it).filter((key) => key.description === "impl");
      return (it as Record<symbol, never>)[symbol ?? Symbol()] as never;
    };
    inner(event).isTrusted = true;
    inner(target)._dispatch(inner(event));
    return event;
  }
}

/** An IntersectionObserver that reports when a test says so. */
class ViewportObserver {
  readonly watched = new Set<Element>();
  readonly #report: IntersectionObserverCallback;
  constructor(report: IntersectionObserverCallback) {
    this.#report = report;
  }
  observe(element: Element): void {
    this.watched.add(element);
  }
  unobserve(element: Element): void {
    this.watched.delete(element);
  }
  disconnect(): void {
    this.watched.clear();
  }
  reportOn(isInView: (element: Element) => boolean): void {
    const entries = [...this.watched].map((target) => ({ target, isIntersecting: isInView(target) }));
    if (entries.length > 0)
      this.#report(
        entries as unknown as IntersectionObserverEntry[],
        this as unknown as IntersectionObserver,
      );
  }
}

/** A comment of the classic kind by somebody. */
export const comment = (login: string): string => `
  <div class="TimelineItem"><div class="timeline-comment"><div class="timeline-comment-header"><h3><strong>
  <a class="author" data-hovercard-type="user" data-hovercard-url="/users/${login}/hovercard" href="/${login}">${login}</a>
  </strong></h3></div></div></div>`;
