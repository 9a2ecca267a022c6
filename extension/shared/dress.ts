/** Puts a look on a part of a page. */
const sheets = new Map<string, CSSStyleSheet>();

/**
 * Dresses a document or a shadow root. One sheet serves all badges of a page;
 * where a content script may not share one (Firefox keeps its world apart from
 * the page's), each root gets its own `<style>`.
 */
export function dress(root: Document | ShadowRoot, look: string): void {
  try {
    let sheet = sheets.get(look);
    if (sheet === undefined) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(look);
      sheets.set(look, sheet);
    }
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    const style = document.createElement("style");
    style.textContent = look;
    (root instanceof Document ? root.head : root).append(style);
  }
}
