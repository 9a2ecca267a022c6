/**
 * Whether the browser lets Bonafide work: both browsers let their users take
 * back access to a site, and Chrome can hold it back until a click.
 */
import { find } from "./extension-page.js";
import { t } from "./words.js";

/**
 * The sites without which something fails, and what to say of it, as a report does; the first that is missing is told.
 * GitHub's API lets every site ask, so that some calls work even without access.
 */
const NEEDED: readonly (readonly [origin: string, message: string])[] = [
  ["https://api.github.com/*", "reason_gap_no_permission"],
  ["https://github.com/*", "ui_permission_missing_pages"],
];

/** Shows the section `#permission` while access to a site is missing; its button asks for all of them. */
export function watchPermission(): void {
  const section = find("#permission", HTMLElement);
  const sentence = find("#permission p", HTMLElement);
  const show = async (): Promise<void> => {
    const has = await Promise.all(
      NEEDED.map(([origin]) => chrome.permissions.contains({ origins: [origin] })),
    );
    const missing = NEEDED[has.indexOf(false)];
    section.hidden = missing === undefined;
    if (missing !== undefined) sentence.replaceChildren(t(missing[1]));
  };
  void show();
  chrome.permissions.onAdded.addListener(() => void show());
  chrome.permissions.onRemoved.addListener(() => void show());
  // A page that is open in Firefox does not learn of it by that event (ESR 153); whoever comes back to it does.
  document.addEventListener("visibilitychange", () => void show());
  find("#permission button", HTMLButtonElement).addEventListener("click", () => {
    void chrome.permissions.request({ origins: NEEDED.map(([origin]) => origin) }).then(show, show);
  });
}
