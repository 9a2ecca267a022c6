/** What can be done with a report: the steps in sight, and those behind the fold. */
import { type Child, element, outwardLink } from "./element.js";
import type { AuthorReport } from "./messages.js";
import type { TextRequest } from "./text-request.js";
import { relative, t } from "./words.js";

/** A status line beside buttons that copy, and what they do. */
export interface CopyButtons {
  readonly markdown: HTMLElement;
  readonly json: HTMLElement;
  readonly status: HTMLElement;
}

/** Buttons that copy this report. */
export function copyButtons(report: AuthorReport): CopyButtons {
  const status = element("span", { class: "muted", role: "status" });
  const copy = async (writeAs: "json" | "markdown"): Promise<void> => {
    const request: TextRequest = { writeAs, report };
    const hasCopied = await chrome.runtime
      .sendMessage(request)
      .then((text: string) => navigator.clipboard.writeText(text))
      .then(
        () => true,
        () => false,
      );
    status.replaceChildren(t(hasCopied ? "ui_copied" : "ui_not_copied"));
  };
  return {
    markdown: actionButton("ui_copy_markdown", () => void copy("markdown")),
    json: actionButton("ui_copy_json", () => void copy("json")),
    status,
  };
}

/** GitHub's own page of the author. */
export function profileLink({ login }: AuthorReport): HTMLElement {
  const link = outwardLink(`https://github.com/${encodeURIComponent(login)}`, t("ui_open_profile"));
  link.classList.add("button");
  link.dataset["keep"] = "ui_open_profile";
  return link;
}

/** GitHub's own next steps: what else the author has here, and its page for blocking and reporting. */
export function drawNextSteps({ login, repository }: AuthorReport): Child {
  const query = encodeURIComponent(`is:pr author:${login}`);
  const report = encodeURIComponent(login);
  return element(
    "p",
    { class: "next" },
    repository != null &&
      outwardLink(`https://github.com/${repository}/pulls?q=${query}`, t("ui_pull_requests_here")),
    " ",
    outwardLink(`https://github.com/contact/report-abuse?report=${report}`, t("ui_block_or_report")),
  );
}

/** How old the report is, and what is seldom needed. */
export function drawFoot(
  report: AuthorReport,
  buttons: readonly Child[],
  isRedacted: boolean,
  redact: () => void,
): HTMLElement {
  return element(
    "footer",
    {},
    element("p", { class: "muted" }, sayChecked(report)),
    element("div", { class: "actions" }, ...buttons, actionButton("ui_redact", redact, isRedacted)),
  );
}

/** A button that keeps the focus when the report is drawn anew. */
export function actionButton(key: string, act: () => void, isPressed?: boolean): HTMLElement {
  const attributes = { type: "button", "data-keep": key, "aria-pressed": isPressed?.toString() };
  const made = element("button", attributes, t(key));
  made.addEventListener("click", act);
  return made;
}

function sayChecked(report: AuthorReport): string {
  const checked = relative(report.checkedAt ?? "", Date.now());
  const policy = t(`ui_policy_${report.policy}`);
  return checked === undefined ? t("ui_policy_line", policy) : t("ui_checked_line", checked, policy);
}
