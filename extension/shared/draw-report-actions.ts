/** The foot of a report: how old it is, and what can be done with it. */

import { element, outwardLink } from "./element.js";
import type { AuthorReport } from "./messages.js";
import type { TextRequest } from "./text-request.js";
import { relative, t } from "./words.js";

/** What a reader can set off from a report. */
export interface ReportActions {
  /** Look up again, whatever is cached. */
  refresh(): void;
  /** Show the options page. */
  openOptions(): void;
}

/** Gaps that only the reader can close, in the options. */
const CLOSED_IN_OPTIONS: ReadonlySet<string> = new Set([
  "noToken",
  "onRequest",
  "tokenRefused",
  "missingRight",
  "noPermission",
]);

/** The foot of this report, which `redact` shows with names or without. */
export function drawActions(
  report: AuthorReport,
  actions: ReportActions,
  isRedacted: boolean,
  redact: () => void,
): HTMLElement {
  const done = element("span", { class: "muted", role: "status" });
  const copy = async (writeAs: "json" | "markdown"): Promise<void> => {
    const request: TextRequest = { writeAs, report };
    const hasCopied = await chrome.runtime
      .sendMessage(request)
      .then((text: string) => navigator.clipboard.writeText(text))
      .then(
        () => true,
        () => false,
      );
    done.replaceChildren(t(hasCopied ? "ui_copied" : "ui_not_copied"));
  };
  const button = (key: string, act: () => void, isPressed?: boolean): HTMLElement => {
    const attributes = { type: "button", "data-keep": key, "aria-pressed": isPressed?.toString() };
    const made = element("button", attributes, t(key));
    made.addEventListener("click", act);
    return made;
  };
  const profile = outwardLink(`https://github.com/${encodeURIComponent(report.login)}`, t("ui_open_profile"));
  profile.classList.add("button");
  profile.dataset["keep"] = "ui_open_profile";
  const wantsOptions = report.gaps.some((gap) => CLOSED_IN_OPTIONS.has(gap.reason));
  return element(
    "footer",
    {},
    element("p", { class: "muted" }, sayChecked(report)),
    element(
      "div",
      { class: "actions" },
      wantsOptions && button("ui_open_options", () => actions.openOptions()),
      button("ui_refresh", () => actions.refresh()),
      !isRedacted && profile,
      button("ui_copy_markdown", () => void copy("markdown")),
      button("ui_copy_json", () => void copy("json")),
      button("ui_redact", redact, isRedacted),
      done,
    ),
  );
}

function sayChecked(report: AuthorReport): string {
  const checked = report.checkedAt == null ? undefined : relative(report.checkedAt, Date.now());
  const policy = t(`ui_policy_${report.policy}`);
  return checked === undefined ? t("ui_policy_line", policy) : t("ui_checked_line", checked, policy);
}
