/** Levels as of the opening against what became of the items: how well they would have told. */
import { element, isolated, outwardLink } from "../shared/element.js";
import { find } from "../shared/extension-page.js";
import type { FalseAlarm, OfRun, RuleCount, ToTriage, TriageRow, TriageRun } from "../shared/messages.js";
import { list, number, percentage, say, t } from "../shared/words.js";
import { sayItem } from "./columns.js";
import { outcomeTable } from "./outcome-table.js";
import { createTrialForm } from "./trial.js";

/** False alarms listed by name; the rest is a number. */
const MOST_SHOWN = 100;

/** The part of the page that looks back. */
export interface LookBackView {
  /** Offers it for runs about closed items, and asks again when such a run comes to another state. */
  follow(run: TriageRun): void;
  show(message: Extract<ToTriage, { type: "lookBack" }>): void;
}

/** Sets the part up; `rowOf` tells a row by its index. */
export function setUpLookBack(
  send: (message: OfRun) => void,
  rowOf: (index: number) => TriageRow | undefined,
): LookBackView {
  const section = find("#look-back", HTMLDetailsElement);
  const place = element("div", {});
  const trial = createTrialForm(send);
  find("#look-back div", HTMLElement).append(place, trial.element);
  let asked = "";
  let followed = "";
  const ask = (): void => {
    if (!section.open || section.hidden || asked === followed) return;
    asked = followed;
    trial.reset();
    send({ lookBack: { choices: undefined } });
  };
  section.addEventListener("toggle", () => {
    // Each unfolding asks anew: more may be known by now.
    asked = "";
    ask();
  });
  return {
    follow({ id, state, which }) {
      section.hidden = which == null || which === "open" || !("closedSince" in which);
      followed = `${id} ${state}`;
      ask();
    },
    show(message) {
      const { lookBack, limits } = message;
      trial.show(message);
      const { right, decided, unjudged, falseAlarms, rules } = lookBack;
      const levels = lookBack.rows.map(({ level, counts }) => ({
        level,
        counts: new Map(counts.map(({ outcome, count }) => [outcome, count])),
      }));
      const more = falseAlarms.length - MOST_SHOWN;
      place.replaceChildren(
        element(
          "p",
          { class: "sum" },
          decided === 0
            ? t("ui_triage_look_back_none")
            : t("ui_triage_look_back_right", number(right), number(decided), percentage(right / decided)),
          unjudged > 0 && ` ${t("ui_triage_look_back_unjudged", unjudged)}`,
        ),
        ...(levels.length > 0 ? [outcomeTable(t("ui_triage_look_back_table"), levels)] : []),
        ...(rules.length > 0 ? [drawRules(rules)] : []),
        ...(falseAlarms.length > 0
          ? [
              element("h3", {}, t("ui_triage_false_alarms")),
              element(
                "ul",
                { class: "alarms" },
                ...falseAlarms.slice(0, MOST_SHOWN).map((alarm) => drawAlarm(alarm, rowOf(alarm.row))),
                more > 0 && element("li", {}, t("ui_and_more", more)),
              ),
            ]
          : []),
        ...(limits.length > 0
          ? [
              element("h3", {}, t("ui_triage_limits")),
              element("ul", { class: "limits muted" }, ...limits.map((it) => element("li", {}, say(it)))),
            ]
          : []),
      );
    },
  };
}

function drawRules(rules: readonly RuleCount[]): HTMLElement {
  return element(
    "div",
    { class: "scroll", role: "group", tabindex: 0, "aria-label": t("ui_triage_rules") },
    element(
      "table",
      { class: "rules" },
      element("caption", {}, t("ui_triage_rules")),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          element("th", { scope: "col" }, t("ui_triage_rule")),
          element("th", { scope: "col", class: "number" }, t("ui_triage_rule_right")),
          element("th", { scope: "col", class: "number" }, t("ui_triage_rule_wrong")),
        ),
      ),
      element(
        "tbody",
        {},
        ...rules.map(({ finding, right, wrong }) =>
          element(
            "tr",
            { "data-finding": finding },
            element("th", { scope: "row" }, titleOf(finding)),
            element("td", { class: "number" }, number(right)),
            element("td", { class: "number" }, number(wrong)),
          ),
        ),
      ),
    ),
  );
}

function drawAlarm({ row: index, login, findings }: FalseAlarm, row: TriageRow | undefined): HTMLElement {
  return element(
    "li",
    { "data-alarm": index },
    isolated(login),
    ...(row?.number == null ? [] : [": ", outwardLink(row.url, isolated(sayItem(row)))]),
    findings.length > 0 && element("span", { class: "muted" }, ` ${list(findings.map(titleOf))}`),
  );
}

function titleOf(finding: string): string {
  return t(`finding_${finding.replaceAll("-", "_")}_title`);
}
