/** What others see of the reader, and what the reader could explain. */
import { element } from "../shared/element.js";
import type { AuthorReport } from "../shared/messages.js";
import { isSayable, t } from "../shared/words.js";

/** Below the reader's own report: one line for each finding that others see raised. */
export function drawSelfCheck(report: AuthorReport): HTMLElement {
  const raised = report.findings.filter(({ level }) => level === "caution" || level === "alert");
  const lines = raised.flatMap(({ id }) => {
    const key = `ui_explain_${id.replaceAll("-", "_")}`;
    return isSayable(key) ? [element("li", { "data-explain": id }, t(key))] : [];
  });
  const isOver = report.level !== "pending" && report.level !== "unknown";
  return element(
    "section",
    { class: "self" },
    element("h2", {}, t("ui_self_title")),
    element("p", {}, t("ui_self_about")),
    lines.length > 0 && element("ul", {}, ...lines),
    raised.length === 0 && isOver && element("p", {}, t("ui_self_nothing")),
  );
}
