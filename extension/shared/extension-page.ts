/** What our own pages share: their styles, their words, and finding their parts. */
import { applyStyles } from "./apply-styles.js";
import { PAGE_STYLES, REPORT_STYLES } from "./report-styles.js";
import { t } from "./words.js";

/** An element that the page's HTML surely has. */
export function find<Kind extends Element>(
  selector: string,
  kind: abstract new (...args: never) => Kind,
): Kind {
  const found = document.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the page has no ${selector}`);
  return found;
}

/** Applies the styles and fills in the message of every element that names one in `data-message`, as its text, or in `data-message-label`, as its name. */
export function setUpPage(): void {
  applyStyles(document, REPORT_STYLES + PAGE_STYLES);
  document.documentElement.lang = t("ui_language");
  document.documentElement.dir = t("ui_direction");
  for (const named of document.querySelectorAll<HTMLElement>("[data-message]")) {
    named.replaceChildren(t(named.dataset["message"] ?? ""));
  }
  for (const named of document.querySelectorAll<HTMLElement>("[data-message-label]")) {
    const label = t(named.dataset["messageLabel"] ?? "");
    named.setAttribute("aria-label", label);
    if (named instanceof HTMLInputElement) named.placeholder = label;
    else named.title = label;
  }
}
