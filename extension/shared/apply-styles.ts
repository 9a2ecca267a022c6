/** Applies styles to a document or a shadow root. */
const sheets = new Map<string, CSSStyleSheet>();

/**
 * One sheet serves all badges of a page. Where a content script may not share
 * one (Firefox keeps its world apart from the page's), each root gets its own
 * `<style>`.
 */
export function applyStyles(root: Document | ShadowRoot, styles: string): void {
  try {
    let sheet = sheets.get(styles);
    if (sheet === undefined) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(styles);
      sheets.set(styles, sheet);
    }
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    const style = document.createElement("style");
    style.textContent = styles;
    (root instanceof Document ? root.head : root).append(style);
  }
}
