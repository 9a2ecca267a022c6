/** The record as it was when the item at hand was opened, beside what it is now: offered, being read, or told in a line. */
import { type Child, element } from "./element.js";
import type { AuthorReport, Level, Sentence } from "./messages.js";
import { dayAndMonth, say, t } from "./words.js";

/** The line, with a button where it can be asked for; the focus stays in it whatever comes. */
export function drawThen(report: AuthorReport, read: () => void): Child {
  const { recordThen: then } = report;
  if (then == null) return null;
  const { state } = then;
  const mayAsk = state.type === "offered" || (state.type === "missing" && state.mayAsk);
  const label =
    state.type === "offered" ? t("ui_then_offer", dayAndMonth(then.openedAt)) : t("ui_problem_retry");
  const button = element("button", { type: "button", class: "text", "data-keep": "then" }, label);
  button.addEventListener("click", read);
  const said = sayThen(report);
  const limits = { class: "muted", title: `${t("triage_limit_profiles")} ${t("triage_limit_reopened")}` };
  return element(
    "p",
    { "data-bonafide-then": state.type, ...(!mayAsk && { "data-keep": "then", tabindex: -1 }) },
    said && `${said} `,
    mayAsk && button,
    state.type === "known" && element("span", limits, t("ui_then_limits")),
  );
}

/** What is known of the record then, against now; nothing where nobody has asked. */
export function sayThen({ recordThen: then, level, shortReason }: AuthorReport): string | undefined {
  if (then == null || then.state.type === "offered") return undefined;
  const { state } = then;
  const day = dayAndMonth(then.openedAt);
  if (state.type === "reading") return t("ui_then_reading", day);
  if (state.type === "missing") return t("ui_then_missing", day, say(state.reason));
  const [was, is] = [sayLevel(state.level, state.reason), sayLevel(level, shortReason)];
  return was === is ? t("ui_then_same", day, was) : t("ui_then", day, was, is);
}

function sayLevel(level: Level, reason: Sentence | undefined): string {
  return t(`level_${level}`) + (reason == null ? "" : ` · ${say(reason)}`);
}
