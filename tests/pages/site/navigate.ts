// Navigation without loading a document, with the events that GitHub's pages fire meanwhile.
//
// Three ways, as on GitHub: inside a running React app (`data-discover`), by replacing the
// repository's frame (`data-turbo-frame`), and by replacing the whole body (any other link).

import { forgetRoots, hydrateLater, renderInPlace } from "./hydrate";

type Way = "react" | "frame" | "body";

/** Turbo's copies of pages that were left, by address. */
const snapshots = new Map<string, { title: string; body: HTMLElement }>();
let current = location.href;

function fire(target: EventTarget, name: string, detail: unknown = {}): void {
  target.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
}

const root = (): HTMLElement => document.documentElement;

async function load(url: string): Promise<Document> {
  const response = await fetch(url);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/** Keeps a copy of the page for going back, after everyone had a chance to tidy it. */
function keepSnapshot(): void {
  fire(root(), "turbo:before-cache");
  const cacheControl = document.querySelector('meta[name="turbo-cache-control"]')?.getAttribute("content");
  if (cacheControl === "no-cache") return;
  const body = document.body.cloneNode(true) as HTMLElement;
  for (const app of body.querySelectorAll("react-app.loaded")) app.classList.remove("loaded");
  snapshots.set(current, { title: document.title, body });
}

/** Metadata that belongs to one page alone. */
function adoptMeta(next: Document): void {
  document.title = next.title;
  for (const name of ["turbo-cache-control", "octolytics-dimension-repository_nwo"]) {
    document.querySelector(`meta[name="${name}"]`)?.remove();
    const meta = next.querySelector(`meta[name="${name}"]`);
    if (meta !== null) document.head.append(document.adoptNode(meta));
  }
}

function finish(url: string): void {
  forgetRoots();
  fire(root(), "turbo:render", { renderMethod: "replace", isPreview: false });
  fire(root(), "turbo:load", { url });
  fire(document, "soft-nav:end", { mechanism: "turbo", url });
  hydrateLater();
}

async function byReact(url: string): Promise<boolean> {
  fire(document, "soft-nav:start", { mechanism: "react", url });
  const next = await load(url);
  fire(document, "soft-nav:payload", { url });
  if (!renderInPlace(next)) return false;
  document.title = next.title;
  fire(document, "soft-nav:react-done", { url });
  fire(document, "soft-nav:end", { mechanism: "react", url });
  return true;
}

async function byTurbo(url: string, way: "frame" | "body", isAdvance: boolean): Promise<void> {
  fire(root(), "turbo:visit", { url, action: isAdvance ? "advance" : "restore" });
  fire(document, "soft-nav:start", { mechanism: way === "frame" ? "turbo.frame" : "turbo", url });
  const next = await load(url);
  keepSnapshot();
  if (isAdvance) history.pushState({ way }, "", url);
  const frame = document.querySelector("turbo-frame#repo-content-turbo-frame");
  const nextFrame = next.querySelector("turbo-frame#repo-content-turbo-frame");
  adoptMeta(next);
  if (way === "frame" && frame !== null && nextFrame !== null) {
    fire(frame, "turbo:before-frame-render");
    frame.replaceChildren(...[...nextFrame.childNodes].map((node) => document.adoptNode(node)));
    fire(frame, "turbo:frame-render");
    fire(frame, "turbo:frame-load");
  } else {
    fire(root(), "turbo:before-render");
    document.body.replaceWith(document.adoptNode(next.body));
  }
  current = url;
  scrollTo(0, 0);
  finish(url);
}

/** Going back or forward: Turbo puts its copy back at once, React draws in place. */
async function restore(url: string, way: Way | undefined): Promise<void> {
  const left = current;
  if (way === "react" || wayTo.get(left) === "react") {
    current = url;
    if (await byReact(url)) return;
    current = left;
  }
  const snapshot = snapshots.get(url);
  if (snapshot === undefined) return byTurbo(url, "body", false);
  fire(root(), "turbo:visit", { url, action: "restore" });
  keepSnapshot();
  fire(root(), "turbo:before-render");
  document.title = snapshot.title;
  document.body.replaceWith(snapshot.body.cloneNode(true));
  current = url;
  finish(url);
}

/** How each address was last reached. */
const wayTo = new Map<string, Way>();

function wayOf(link: HTMLAnchorElement): Way {
  if (link.dataset["discover"] === "true" && link.closest("react-app.loaded") !== null) return "react";
  return link.dataset["turboFrame"] === "repo-content-turbo-frame" ? "frame" : "body";
}

function isPlainClick(event: MouseEvent): boolean {
  return (
    event.button === 0 &&
    !event.defaultPrevented &&
    !event.metaKey &&
    !event.ctrlKey &&
    !event.shiftKey &&
    !event.altKey
  );
}

async function follow(link: HTMLAnchorElement): Promise<void> {
  const url = link.href;
  const way = wayOf(link);
  wayTo.set(url, way);
  fire(link, "turbo:click", { url });
  if (way === "react") {
    const left = current;
    history.pushState({ way }, "", url);
    current = url;
    if (await byReact(url)) return;
    // The other page belongs to another app: GitHub falls back to Turbo for it.
    wayTo.set(url, "body");
    current = left;
    return byTurbo(url, "body", false);
  }
  return byTurbo(url, way, true);
}

export function startNavigation(): void {
  history.replaceState({ way: "body" satisfies Way }, "");
  document.addEventListener("click", (event) => {
    if (!isPlainClick(event) || !(event.target instanceof Element)) return;
    const link = event.target.closest("a[href]");
    if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin) return;
    if (link.pathname === location.pathname && link.search === location.search) return;
    event.preventDefault();
    void follow(link);
  });
  addEventListener("popstate", (event) => {
    if (location.href.split("#")[0] === current.split("#")[0]) return;
    void restore(location.href, (event.state as { way?: Way } | null)?.way);
  });
  fire(root(), "turbo:load", { url: current });
}
