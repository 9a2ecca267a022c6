/**
 * The styles of reports, on GitHub and on our own pages. It is not part of the
 * script that runs in every page of GitHub, which asks for it (`text-request.ts`).
 */
import { BADGE_TOKENS, tones } from "./badge-styles.js";

/** Colours and measures of all that is more than a badge. */
export const TOKENS = `${BADGE_TOKENS}
:host, :root {
  --fg: var(--fgColor-default, light-dark(#1f2328, #f0f6fc));
  --overlay: var(--overlay-bgColor, light-dark(#fff, #151b23));
  --done: var(--fgColor-done, light-dark(#8250df, #ab7df8));
  --font: -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif;
}`;

const CONTROLS = `
*, *::before, *::after { box-sizing: border-box; }
a { color: var(--link); text-decoration: underline; text-underline-offset: .2em; }
button, .button {
  font: inherit; font-size: 12px; font-weight: 500; line-height: 20px; text-decoration: none;
  color: var(--fg); background: var(--inset);
  border: 1px solid var(--line); border-radius: 6px; padding: 3px 10px; cursor: pointer;
}
button:hover, .button:hover { border-color: var(--muted); }
.text { min-block-size: 24px; padding: 0; border: 0; font-weight: 400; text-align: start; color: var(--link); background: none; text-decoration: underline; text-underline-offset: .2em; }
button[aria-pressed="true"] { background: var(--line); border-width: 2px; padding: 2px 9px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
.sr { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
/* The browser puts a plate behind words, which a button of another colour would show. */
@media (forced-colors: active) { button { color: CanvasText; background: Canvas; } }
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
    display: flex; flex-wrap: wrap; align-items: center; gap: 0 8px; margin-block-start: 6px; padding: 5px 10px;
    border: 1px solid var(--line); border-inline-start: 4px solid var(--tone); border-radius: 6px; background: var(--tone-bg);
  }
  h2 { font-size: 15px; font-weight: 600; }
  .level svg, .mark { color: var(--tone); }
  .reason { font-size: 13px; }
  .lines { gap: 3px; margin-block-start: 6px; font-size: 13px; }
  .numbers { margin-block-start: 6px; font-size: 13px; }
  .numbers p + p { color: var(--muted); font-size: 12px; }
  .total { white-space: nowrap; margin-inline-end: 6px; }
  .here, .item { margin-block-start: 4px; font-size: 13px; }
  .item { min-block-size: 37px; p::first-letter { text-transform: uppercase; } }
  .item p + p { color: var(--muted); font-size: 12px; &[data-bonafide-then] { color: inherit; } }
  .window { margin-block-start: 6px; }
  .strip, .legend { fill: none; stroke: currentColor; stroke-linecap: round; stroke-linejoin: round; vertical-align: baseline; }
  .strip { display: block; inline-size: 100%;  }
  .legend { margin-inline-end: 3px; }
  .axis { stroke: var(--line); }
  .merged { color: var(--done); fill: currentColor; stroke: none; }
  .open { color: var(--known); }
  .closedByOthers, .notPlanned { color: var(--alert); }
  .withdrawn, .closed { color: var(--muted); }
  .ends { display: flex; justify-content: space-between; font-size: 11px; }
  .note { gap: 4px; margin-block-start: 10px; padding: 8px 10px; border-radius: 6px; background: var(--inset); font-size: 13px; }
  .problem { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; margin-block-start: 6px; p { flex: 1 1 200px; } }
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
  .actions { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; margin-block-start: 8px; }
  .own { display: flex; gap: 6px; margin-block-start: 6px; &[hidden] { display: none; } }
  .own-note {
    flex: 1; min-inline-size: 0; font: inherit; font-size: 13px; color: inherit; background: var(--bg);
    border: 1px solid var(--line); border-radius: 6px; padding: 3px 8px;
  }
  .more { margin-block-start: 8px; > summary { font-weight: 600; color: var(--fg); } }
  .next { display: flex; flex-wrap: wrap; gap: 4px 14px; margin-block-start: 10px; font-size: 12px; }
  footer { margin-block-start: 10px; border-block-start: 1px solid var(--line); padding-block-start: 10px; }
  /* Pictures keep their own colours there, unless they are told; shapes say the same. */
  @media (forced-colors: active) { .level, .note { border: 1px solid; } svg, svg * { color: CanvasText !important; } }
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

/** The styles of our own pages, and of the card. */
export const REPORT_STYLES = TOKENS + CONTROLS + REPORT;

/** The styles of the card on GitHub: eight pixels from every edge of the window at the least. `content.css` lets it be seen. */
export const CARD_STYLES = `${REPORT_STYLES}
:host {
  all: initial; position: fixed; inset: auto; margin: 0; padding: 0; border: 0; background: none; overflow: visible;
  z-index: 2147483647; visibility: hidden; inline-size: min(400px, 100% - 16px); color-scheme: inherit;
}
.card {
  max-block-size: inherit; overflow: auto; overscroll-behavior: contain; scrollbar-width: thin; padding: 14px;
  color: var(--fg); border: 1px solid var(--line); border-radius: 12px;
  /* A shade at the lower edge says that there is more to scroll to; the end of the content covers it. */
  background:
    linear-gradient(var(--overlay) 0 0) bottom / 100% 12px no-repeat local,
    linear-gradient(transparent, rgb(1 4 9 / .2)) bottom / 100% 12px no-repeat,
    var(--overlay);
  box-shadow: 0 8px 24px rgb(1 4 9 / .25); outline-offset: -2px;
}
@media (forced-colors: active) { .card { border: 2px solid CanvasText; } }
`;

/** Further styles of our own pages: on GitHub its high-contrast themes, whose colours these are, do the same. */
export const PAGE_STYLES = `
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
