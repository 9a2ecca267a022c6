/**
 * How reports look, on GitHub and on our own pages.
 *
 * On GitHub its own variables (Primer) decide, so that a card follows every
 * theme, colour-blind ones included; elsewhere the fallbacks follow the system.
 */

/** Colours and measures. `light-dark()` follows the `color-scheme` of the page around. */
const TOKENS = `
:host, :root {
  --fg: var(--fgColor-default, light-dark(#1f2328, #f0f6fc));
  --muted: var(--fgColor-muted, light-dark(#59636e, #9198a1));
  --bg: var(--bgColor-default, light-dark(#fff, #0d1117));
  --overlay: var(--overlay-bgColor, light-dark(#fff, #151b23));
  --inset: var(--bgColor-muted, light-dark(#f6f8fa, #1c232c));
  --line: var(--borderColor-default, light-dark(#d1d9e0, #3d444d));
  --link: var(--fgColor-accent, light-dark(#0969da, #4493f8));
  --focus: var(--focus-outlineColor, light-dark(#0969da, #4493f8));
  --known: var(--fgColor-success, light-dark(#1a7f37, #3fb950));
  --known-bg: var(--bgColor-success-muted, light-dark(#dafbe1, #12261e));
  --caution: var(--fgColor-attention, light-dark(#9a6700, #d29922));
  --caution-bg: var(--bgColor-attention-muted, light-dark(#fff8c5, #272115));
  --alert: var(--fgColor-danger, light-dark(#d1242f, #f85149));
  --alert-bg: var(--bgColor-danger-muted, light-dark(#ffebe9, #25171c));
  --font: -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif;
}`;

/** The colours of each level that has some, for what a selector finds by its level. */
function tones(selector: (level: string) => string): string {
  const tone = (level: string, colour: string, background: string): string =>
    `${selector(level)} { --tone: var(--${colour}); --tone-bg: var(--${background}); }`;
  return (
    tone("known", "known", "known-bg") +
    tone("clear", "known", "inset") +
    tone("caution", "caution", "caution-bg") +
    tone("alert", "alert", "alert-bg")
  );
}

const CONTROLS = `
*, *::before, *::after { box-sizing: border-box; }
a { color: var(--link); text-decoration: underline; text-underline-offset: .2em; }
button, .button {
  font: inherit; font-size: 12px; font-weight: 500; line-height: 20px; text-decoration: none;
  color: var(--fg); background: var(--inset);
  border: 1px solid var(--line); border-radius: 6px; padding: 3px 10px; cursor: pointer;
}
button:hover, .button:hover { border-color: var(--muted); }
button[aria-pressed="true"] { background: var(--line); border-width: 2px; padding: 2px 9px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
.sr { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } }
`;

const REPORT = `
.report {
  font: 14px/1.45 var(--font); color: var(--fg); overflow-wrap: anywhere; text-align: start;
  h2, h3, p, ul, dl, dd { margin: 0; padding: 0; }
  ul { list-style: none; }
  ul, dl { display: grid; grid-template-columns: minmax(0, 1fr); }
  svg { flex: none; vertical-align: -3px; }
  .who { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 8px; }
  .login { font-weight: 600; font-size: 15px; }
  .muted { color: var(--muted); font-size: 12px; }
  .clip { display: inline-block; max-inline-size: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; vertical-align: bottom; }
  .level {
    display: flex; align-items: center; gap: 8px; margin-block-start: 10px; padding: 7px 10px;
    border: 1px solid var(--line); border-inline-start: 4px solid var(--tone); border-radius: 6px; background: var(--tone-bg);
  }
  h2 { font-size: 15px; font-weight: 600; }
  .level svg, .mark { color: var(--tone); }
  .lines { gap: 3px; margin-block-start: 8px; }
  .here { margin-block-start: 8px; }
  .note { gap: 4px; margin-block-start: 10px; padding: 8px 10px; border-radius: 6px; background: var(--inset); font-size: 13px; }
  .group { margin-block-start: 10px; border-block-start: 1px solid var(--line); padding-block-start: 10px; font-size: 13px; }
  .group + details.group { margin-block-start: 6px; border: 0; padding: 0; }
  h3 { font-size: 13px; font-weight: 600; }
  summary { font-size: 12px; color: var(--muted); cursor: pointer; }
  summary h3 { display: inline; color: var(--fg); }
  .group > ul, .group > details { margin-block-start: 8px; }
  .group ul { gap: 10px; }
  .group > details > ul, details.group > ul { gap: 6px; margin-block-start: 6px; }
  .finding { display: grid; grid-template-columns: 16px minmax(0, 1fr); gap: 0 8px; }
  .items { margin-block-start: 4px; font-size: 12px; ul { gap: 1px; } }
  .aside { margin-block-start: 6px; border-inline-start: 2px solid var(--line); padding-inline-start: 8px; }
  dl { grid-template-columns: max-content minmax(0, 1fr); gap: 3px 12px; margin-block-start: 8px; }
  dt { color: var(--muted); }
  .bio { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; }
  footer { margin-block-start: 12px; border-block-start: 1px solid var(--line); padding-block-start: 10px; }
  .actions { display: flex; flex-wrap: wrap; gap: 6px; margin-block-start: 8px; }
  @media (forced-colors: active) { .level, .note { border: 1px solid; } }
}
[data-bonafide-level] { --tone: var(--muted); --tone-bg: var(--inset); }
${tones((level) => `[data-bonafide-level="${level}"]`)}
[data-bonafide-level="pending"] .level circle {
  animation: wait 1.2s ease-in-out infinite;
  &:nth-of-type(2) { animation-delay: .2s; }
  &:nth-of-type(3) { animation-delay: .4s; }
}
@keyframes wait { 50% { opacity: .25; } }
`;

/** What both the card and our own pages wear. */
export const LOOK = TOKENS + CONTROLS + REPORT;

/** What our own pages wear besides: on GitHub its high-contrast themes, whose colours these are, do the same. */
export const PAGE_LOOK = `
button:disabled { opacity: .6; cursor: default; }
@media (prefers-contrast: more) {
  :root {
    --fgColor-muted: light-dark(#454c54, #b7bdc8);
    --borderColor-default: light-dark(#454c54, #b7bdc8);
    --fgColor-accent: light-dark(#023b95, #74b9ff);
    --fgColor-success: light-dark(#024c1a, #2bd853);
    --fgColor-attention: light-dark(#603700, #f0b72f);
    --fgColor-danger: light-dark(#86061d, #ff9492);
  }
}
@media (forced-colors: active) { :root { --fgColor-danger: CanvasText; } }
`;

/** What a badge needs of it. It is seen, and has its place, where `content/content.css` says so. */
export const BADGE_LOOK = `${TOKENS}
:host { display: none; line-height: 1; }
button {
  all: unset; box-sizing: border-box; display: inline-grid; place-items: center; cursor: pointer;
  inline-size: 24px; block-size: 20px; border: 1px solid var(--line); border-radius: 10px;
  color: var(--tone, var(--muted)); background: var(--tone-bg, transparent);
}
button:hover { border-color: currentColor; }
button:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
:host([data-bonafide-mark]) button { position: relative; border-color: currentColor; }
:host([data-bonafide-mark]) button::after {
  content: ""; position: absolute; inset-block-start: -4px; inset-inline-end: -4px;
  inline-size: 9px; block-size: 9px; border: 2px solid var(--bg); background: var(--link);
}
:host([data-bonafide-mark="trusted"]) button::after { border-radius: 50%; }
:host([data-bonafide-mark="watched"]) button::after { transform: rotate(45deg); background: var(--caution); }
svg { inline-size: 14px; block-size: 14px; display: block; }
:host([data-bonafide-level="pending"]) button { border-style: dashed; opacity: .75; }
${tones((level) => `:host([data-bonafide-level="${level}"]) button`)}
:host(:is([data-bonafide-level="caution"], [data-bonafide-level="alert"])) button { border-color: var(--tone); }
`;

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
