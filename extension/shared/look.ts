/**
 * How reports look, on GitHub and on our own pages.
 *
 * On GitHub its own variables (Primer) decide, so that a card follows every
 * theme, colour-blind ones included; elsewhere the fallbacks follow the system.
 */

/** Colours and measures. `light-dark()` follows the `color-scheme` of the page around. */
const TOKENS = `
:host, :root {
  --l-fg: light-dark(#1f2328, #f0f6fc);
  --l-muted: light-dark(#59636e, #9198a1);
  --l-bg: light-dark(#ffffff, #0d1117);
  --l-overlay: light-dark(#ffffff, #151b23);
  --l-inset: light-dark(#f6f8fa, #1c232c);
  --l-border: light-dark(#d1d9e0, #3d444d);
  --l-link: light-dark(#0969da, #4493f8);
  --l-known: light-dark(#1a7f37, #3fb950);
  --l-known-bg: light-dark(#dafbe1, #12261e);
  --l-caution: light-dark(#9a6700, #d29922);
  --l-caution-bg: light-dark(#fff8c5, #272115);
  --l-alert: light-dark(#d1242f, #f85149);
  --l-alert-bg: light-dark(#ffebe9, #25171c);
  --fg: var(--fgColor-default, var(--l-fg));
  --muted: var(--fgColor-muted, var(--l-muted));
  --bg: var(--bgColor-default, var(--l-bg));
  --overlay: var(--overlay-bgColor, var(--l-overlay));
  --inset: var(--bgColor-muted, var(--l-inset));
  --line: var(--borderColor-default, var(--l-border));
  --link: var(--fgColor-accent, var(--l-link));
  --focus: var(--focus-outlineColor, var(--l-link));
  --known: var(--fgColor-success, var(--l-known));
  --known-bg: var(--bgColor-success-muted, var(--l-known-bg));
  --caution: var(--fgColor-attention, var(--l-caution));
  --caution-bg: var(--bgColor-attention-muted, var(--l-caution-bg));
  --alert: var(--fgColor-danger, var(--l-alert));
  --alert-bg: var(--bgColor-danger-muted, var(--l-alert-bg));
  --font: -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif, "Apple Color Emoji", "Segoe UI Emoji";
}`;

const CONTROLS = `
*, *::before, *::after { box-sizing: border-box; }
a { color: var(--link); text-decoration: underline; text-underline-offset: .2em; }
button, .button {
  font: inherit; font-size: 12px; font-weight: 500; line-height: 20px;
  color: var(--fg); background: var(--inset);
  border: 1px solid var(--line); border-radius: 6px; padding: 3px 10px; cursor: pointer;
}
button:hover, .button:hover { border-color: var(--muted); }
button[aria-pressed="true"] { background: var(--line); }
button:disabled { opacity: .6; cursor: default; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
.sr { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } }
`;

const REPORT = `
.report { font: 14px/1.45 var(--font); color: var(--fg); overflow-wrap: anywhere; text-align: start; }
.report h2, .report h3, .report p, .report ul, .report dl, .report dd { margin: 0; padding: 0; }
.report ul { list-style: none; }
.report svg { flex: none; vertical-align: -3px; }
.report .who { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 8px; }
.report .who .login { font-weight: 600; font-size: 15px; }
.report .muted { color: var(--muted); font-size: 12px; }
.report .clip { display: inline-block; max-inline-size: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; vertical-align: bottom; }
.report .level {
  display: flex; align-items: center; gap: 8px; margin-block: 10px 6px; padding: 7px 10px;
  border: 1px solid var(--line); border-inline-start: 4px solid var(--tone, var(--muted)); border-radius: 6px; background: var(--tone-bg, var(--inset));
}
.report .level h2 { font-size: 15px; font-weight: 600; }
.report .level svg, .report .mark { color: var(--tone, var(--muted)); }
.report[data-bonafide-level="known"], .report [data-bonafide-level="known"] { --tone: var(--known); --tone-bg: var(--known-bg); }
.report[data-bonafide-level="clear"], .report [data-bonafide-level="clear"] { --tone: var(--known); --tone-bg: var(--inset); }
.report[data-bonafide-level="caution"], .report [data-bonafide-level="caution"] { --tone: var(--caution); --tone-bg: var(--caution-bg); }
.report[data-bonafide-level="alert"], .report [data-bonafide-level="alert"] { --tone: var(--alert); --tone-bg: var(--alert-bg); }
.report [data-bonafide-level="unknown"], .report [data-bonafide-level="info"], .report [data-bonafide-level="pending"] { --tone: var(--muted); --tone-bg: var(--inset); }
.report .reasons { display: grid; grid-template-columns: minmax(0, 1fr); gap: 3px; }
.report .note { margin-block-start: 8px; padding: 8px 10px; border-radius: 6px; background: var(--inset); font-size: 13px; }
.report .note li + li, .report .note p + p { margin-block-start: 4px; }
.report .group { margin-block-start: 10px; border-block-start: 1px solid var(--line); padding-block-start: 10px; }
.report summary, .report summary h3 { font-size: 13px; font-weight: 600; }
.report summary h3 { display: inline; }
.report summary { cursor: pointer; }
.report summary .muted { font-weight: 400; }
.report .group > ul, .report .group details > ul { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; margin-block-start: 8px; }
.report .finding { display: grid; grid-template-columns: 16px minmax(0, 1fr); gap: 0 8px; font-size: 13px; }
.report .links { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1px; margin-block-start: 2px; font-size: 12px; }
.report .see { font-size: 12px; white-space: nowrap; }
.report dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 3px 12px; margin-block-start: 8px; font-size: 13px; }
.report dt { color: var(--muted); }
.report .bio { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; }
.report footer { margin-block-start: 12px; border-block-start: 1px solid var(--line); padding-block-start: 10px; }
.report .actions { display: flex; flex-wrap: wrap; gap: 6px; margin-block-start: 8px; }
.report[data-bonafide-level="pending"] .level svg circle { animation: bonafide-wait 1.2s ease-in-out infinite; }
.report[data-bonafide-level="pending"] .level svg circle:nth-of-type(2) { animation-delay: .2s; }
.report[data-bonafide-level="pending"] .level svg circle:nth-of-type(3) { animation-delay: .4s; }
@keyframes bonafide-wait { 50% { opacity: .25; } }
@media (forced-colors: active) { .report .level, .report .note { border: 1px solid CanvasText; } }
@media (max-width: 340px) { .report dl { grid-template-columns: minmax(0, 1fr); } .report dd { margin-block-end: 4px; } }
`;

/** What both the card and our own pages wear. */
export const LOOK = TOKENS + CONTROLS + REPORT;

/** What a badge needs of it. */
export const BADGE_LOOK = `${TOKENS}
:host { display: inline-flex; vertical-align: middle; margin-inline: 4px; line-height: 1; }
button {
  all: unset; box-sizing: border-box; display: inline-grid; place-items: center; cursor: pointer;
  inline-size: 24px; block-size: 20px; border: 1px solid var(--line); border-radius: 10px;
  color: var(--tone, var(--muted)); background: var(--tone-bg, transparent);
}
button:hover { border-color: currentColor; }
button:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
svg { inline-size: 14px; block-size: 14px; display: block; }
:host([data-bonafide-level="pending"]) button { border-style: dashed; opacity: .75; }
:host([data-bonafide-level="known"]) button { --tone: var(--known); --tone-bg: var(--known-bg); }
:host([data-bonafide-level="clear"]) button { --tone: var(--known); }
:host([data-bonafide-level="caution"]) button { --tone: var(--caution); --tone-bg: var(--caution-bg); border-color: var(--caution); }
:host([data-bonafide-level="alert"]) button { --tone: var(--alert); --tone-bg: var(--alert-bg); border-color: var(--alert); }
@media print { :host { display: none; } }
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
