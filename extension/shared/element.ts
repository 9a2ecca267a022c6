/** Attributes of an element; `false` and `undefined` leave the attribute out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** What an element can hold. Text is text: no part of it is ever read as HTML. */
export type Child = Node | string | null | undefined | false;

/** Makes an element by DOM calls alone, so that nobody's words can become markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  setAttributes(made, attributes);
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) made.append(child);
  }
  return made;
}

/** What can be unfolded: it stays as the reader left it when what holds it is drawn anew, known again by `key`. */
export function fold(
  key: string,
  title: readonly Child[],
  content: readonly Child[],
  attributes: Attributes = {},
): HTMLElement {
  return element(
    "details",
    { ...attributes, "data-keep": key },
    element("summary", {}, ...title),
    ...content,
  );
}

/** Makes an SVG element by DOM calls alone. */
export function svgElement<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly SVGElement[]
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

function setAttributes(target: Element, attributes: Attributes): void {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    target.setAttribute(key, value === true ? "" : String(value));
  }
}

/**
 * The address if it is an `https:` one, else nothing. Whatever a profile, a
 * title or a page says can only become a link by passing through here.
 */
export function httpsOnly(address: string): string | undefined {
  try {
    const url = new URL(address.trim());
    return url.protocol === "https:" ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** A link that opens in a new tab and tells the other side nothing; plain text where it is not `https:`. */
export function outwardLink(address: string, ...children: readonly Child[]): HTMLElement {
  const href = httpsOnly(address);
  if (href === undefined) return element("span", {}, ...children);
  return element("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

/** Somebody's words: isolated, so that a right-to-left name cannot turn the line around it. */
export function isolated(text: string): HTMLElement {
  return element("bdi", { dir: "auto" }, text);
}
