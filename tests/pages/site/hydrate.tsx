// Hydrates every `react-app` and `react-partial` of the document, late, as GitHub does when its scripts arrive.

import { type ReactNode, useEffect } from "react";
import { hydrateRoot, type Root } from "react-dom/client";
import { App, type Payload } from "../react/app";
import { type PartialName, Partials } from "../react/pull";

/** Time from this script's start until hydration, unless the address says `?hydrate=MS`. */
const HYDRATION_DELAY_MS = 300;

const asked = new URLSearchParams(location.search).get("hydrate");
/** `?hydrate=never` leaves the server's HTML as it is for good. */
const isNever = asked === "never";
const delayMs = asked === null || isNever ? HYDRATION_DELAY_MS : Number(asked);

const roots = new Map<Element, Root>();

function payloadOf(element: ParentNode): Payload {
  const script = element.querySelector('script[data-target$=".embeddedData"]');
  return (JSON.parse(script?.textContent ?? "") as { payload: Payload }).payload;
}

/** Says on the element that React has taken over, once it really has. */
function Loaded({
  element,
  children,
}: {
  readonly element: Element;
  readonly children: ReactNode;
}): ReactNode {
  useEffect(() => {
    element.classList.add("loaded");
  }, [element]);
  return children;
}

/** What stands in the document already; a part that is new stays empty. */
function partialsOf(source: ParentNode): (name: PartialName) => string {
  const html = new Map<string, string>();
  for (const part of source.querySelectorAll("rails-partial[data-partial-name]")) {
    html.set(part.getAttribute("data-partial-name") ?? "", part.innerHTML);
  }
  return (name) => html.get(`pullRequestsConversationsRoute.${name}`) ?? "";
}

function tree(element: Element, payload: Payload, source: ParentNode): ReactNode {
  return (
    <Partials value={partialsOf(source)}>
      <Loaded element={element}>
        <App payload={payload} />
      </Loaded>
    </Partials>
  );
}

/** Counts what React had to repair, where a test can read it: `data-react-errors` on `<html>`. */
function countError(error: unknown): void {
  const root = document.documentElement;
  root.dataset["reactErrors"] = String(Number(root.dataset["reactErrors"] ?? "0") + 1);
  reportError(error);
}

function hydrate(element: Element): void {
  const container = element.querySelector('[data-target$=".reactRoot"]');
  if (container === null || roots.has(element) || !element.isConnected) return;
  roots.set(
    element,
    hydrateRoot(container, tree(element, payloadOf(element), element), {
      onRecoverableError: countError,
      onUncaughtError: countError,
    }),
  );
}

export function hydrateLater(): void {
  if (isNever) return;
  setTimeout(() => {
    for (const element of document.querySelectorAll("react-app, react-partial")) hydrate(element);
  }, delayMs);
}

/** Lets go of the apps of a page that is left, before its HTML is replaced. */
export function forgetRoots(): void {
  for (const element of roots.keys()) if (!element.isConnected) roots.delete(element);
}

/**
 * Draws another page's content in the app that is running, so that React reuses elements for it.
 * False where the app does not run yet or the other page belongs to another app.
 */
export function renderInPlace(next: Document): boolean {
  const target = next.querySelector("react-app");
  const element = document.querySelector("react-app.loaded");
  const root = element === null ? undefined : roots.get(element);
  if (target === null || element === null || root === undefined) return false;
  if (target.getAttribute("app-name") !== element.getAttribute("app-name")) return false;
  root.render(tree(element, payloadOf(target), target));
  // A copy of this page, put back later, must start from what it shows.
  const script = element.querySelector('script[data-target$=".embeddedData"]');
  if (script !== null) script.textContent = JSON.stringify({ payload: payloadOf(target) });
  return true;
}
