/**
 * The styles of badges, and the colours of everything.
 *
 * On GitHub its own variables (Primer) decide, so that a card follows every
 * theme, colour-blind ones included; elsewhere the fallbacks follow the system.
 */

/** The colours of badges. `light-dark()` follows the `color-scheme` of the page around. */
export const BADGE_TOKENS = `
:host, :root {
  --muted: var(--fgColor-muted, light-dark(#59636e, #9198a1));
  --bg: var(--bgColor-default, light-dark(#fff, #0d1117));
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
}`;

/** The colours of each level that has some, for what a selector finds by its level. */
export function tones(selector: (level: string) => string): string {
  const tone = (level: string, colour: string, background: string): string =>
    `${selector(level)} { --tone: var(--${colour}); --tone-bg: var(--${background}); }`;
  return (
    tone("known", "known", "known-bg") +
    tone("clear", "known", "inset") +
    tone("caution", "caution", "caution-bg") +
    tone("alert", "alert", "alert-bg")
  );
}

/**
 * The styles of a badge. It is seen, and has its place, where `content/content.css` says so. A badge with a mark is
 * seen even where badges of its level are hidden; the page, which sees only the host, does not learn it.
 */
export const BADGE_STYLES = `${BADGE_TOKENS}
:host { display: none; line-height: 1; }
button {
  all: unset; box-sizing: border-box; display: inline-grid; place-items: center; cursor: pointer;
  inline-size: 24px; block-size: 20px; border: 1px solid var(--line); border-radius: 10px;
  color: var(--tone, var(--muted)); background: var(--tone-bg, transparent);
}
button:hover { border-color: currentColor; }
button:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
[data-mark] { visibility: visible; position: relative; border-color: currentColor; }
[data-mark]::after {
  content: ""; position: absolute; inset-block-start: -5px; inset-inline-end: -5px;
  inline-size: 8px; block-size: 8px; border: 1.5px solid var(--bg); background: var(--link);
}
[data-mark="trusted"]::after { border-radius: 50%; }
[data-mark="watched"]::after { transform: rotate(45deg); background: var(--caution); }
[data-on-request] { opacity: var(--bonafide-on-request, 1); }
svg { inline-size: 14px; block-size: 14px; display: block; }
@media (forced-colors: active) { button { background: Canvas; } }
:host([data-bonafide-level="pending"]) button { border-style: dashed; opacity: .75; }
${tones((level) => `:host([data-bonafide-level="${level}"]) button`)}
:host(:is([data-bonafide-level="caution"], [data-bonafide-level="alert"])) button { border-color: var(--tone); }
`;
