/** What tests need of a browser: a document, and messages as the browser would give them out. */
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

type Messages = Readonly<Record<string, { readonly message: string }>>;

let messages: Messages = {};

/** A page of GitHub with this body, and these elements in its head. */
export function githubPage(address: string, body: string, head = ""): Document {
  return new JSDOM(`<!doctype html><head>${head}</head><body>${body}</body>`, { url: address }).window
    .document;
}

/** Puts a browser's globals in place: what modules of the extension find when they run. */
export function becomeBrowser(language = "en-GB"): void {
  const folder = language.split("-")[0];
  messages = JSON.parse(readFileSync(`extension/_locales/${folder}/messages.json`, "utf8")) as Messages;
  const { window } = new JSDOM("<!doctype html><body></body>", { url: "https://github.com/acme/web/pull/7" });
  const { document, Document, Element, HTMLElement, HTMLDetailsElement, ShadowRoot, Node } = window;
  const chrome = { i18n: { getMessage, getUILanguage: () => language } };
  Object.assign(globalThis, {
    document,
    Document,
    Element,
    HTMLElement,
    HTMLDetailsElement,
    ShadowRoot,
    Node,
    chrome,
  });
}

/** A message as browsers give it out: `$1` to `$9` are filled, an unknown name gives nothing. */
function getMessage(name: string, substitutions: readonly string[] = []): string {
  const message = messages[name]?.message ?? "";
  return message.replace(/\$(\$|\d)/g, (_, place: string) =>
    place === "$" ? "$" : (substitutions[Number(place) - 1] ?? ""),
  );
}
