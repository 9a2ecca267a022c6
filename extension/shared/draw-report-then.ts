/** The record as it was when the item at hand was opened, beside what it is now: offered, being read, or told in a line. */
import { type Child, element } from "./element.js";
import type { AuthorReport, Level, RecordThen, Sentence } from "./messages.js";
import { dayAndMonth, say, t } from "./words.js";

/** What was told of the record then, for as long as the report is shown. */
export interface KeptThen {
  /** Asks for it. */
  ask(): void;
  /** The report, with what was told before where it is only offered. */
  keep(report: AuthorReport): AuthorReport;
}

/**
 * Keeps nothing yet. A background that has woken anew, or has many to keep, offers again what it told: `read` is asked
 * again only for what was being read, so that a report left open costs one reading.
 */
export function keptThen(read: () => void): KeptThen {
  let shown = "";
  let kept = "";
  let state: RecordThen["state"] | undefined;
  const ask = (): void => {
    kept = shown;
    state = { type: "reading" };
    read();
  };
  return {
    ask,
    keep(report) {
      const { login, policy, findings, recordThen: then } = report;
      if (then == null) return report;
      // By another policy or other thresholds it would be another level.
      shown = JSON.stringify([login, then.openedAt, policy, findings.map((it) => it.thresholds)]);
      if (then.state.type !== "offered") {
        kept = shown;
        state = then.state;
      } else if (kept === shown) {
        if (state?.type === "reading") ask();
        if (state?.type === "known") return { ...report, recordThen: { ...then, state } };
      }
      return report;
    },
  };
}

/** The line, with a button where it can be asked for; the focus stays in it whatever comes. */
export function drawThen(report: AuthorReport, read: () => void): Child {
  const { recordThen: then, checkedAt } = report;
  if (then == null) return null;
  const { state } = then;
  const mayAsk = state.type === "offered" || (state.type === "missing" && state.mayAsk);
  const label =
    state.type === "offered"
      ? t("ui_then_offer", dayAndMonth(then.openedAt, checkedAt))
      : t("ui_problem_retry");
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
export function sayThen({
  recordThen: then,
  level,
  shortReason,
  checkedAt,
}: AuthorReport): string | undefined {
  if (then == null || then.state.type === "offered") return undefined;
  const { state } = then;
  const day = dayAndMonth(then.openedAt, checkedAt);
  if (state.type === "reading") return t("ui_then_reading", day);
  if (state.type === "missing") return t("ui_then_missing", day, say(state.reason));
  const [was, is] = [sayLevel(state.level, state.reason), sayLevel(level, shortReason)];
  return was === is ? t("ui_then_same", day, was) : t("ui_then", day, was, is);
}

function sayLevel(level: Level, reason: Sentence | undefined): string {
  return t(`level_${level}`) + (reason == null ? "" : ` · ${say(reason)}`);
}
