/** Other thresholds tried on a run that is looked back on, and taken over where they tell better. */
import { element } from "../shared/element.js";
import type { Choices, OfRun, ToTriage } from "../shared/messages.js";
import { type ThresholdFields, thresholdFields } from "../shared/threshold-fields.js";
import { number, percentage, t } from "../shared/words.js";

/** A trial waits for a pause in typing of this length. */
const PAUSE_MS = 200;

type LookBackMessage = Extract<ToTriage, { type: "lookBack" }>;

/** The form below the table. */
export interface TrialForm {
  readonly element: HTMLElement;
  /** Takes what was told: by the choices in use, or by those that were tried. */
  show(message: LookBackMessage): void;
  /** Another run, or other choices, may be told of next: what was typed is gone. */
  reset(): void;
}

/** Makes the form. */
export function createTrialForm(send: (message: OfRun) => void): TrialForm {
  const known = element("input", {
    id: "trial-known",
    type: "number",
    min: 1,
    max: 50,
    step: 1,
    required: true,
  });
  const lines = element("tbody", {});
  const status = element("p", { class: "trial-status", role: "status" });
  const takeOver = element(
    "button",
    { type: "submit", class: "primary", disabled: true },
    t("ui_triage_take_over"),
  );
  const back = element("button", { type: "button", disabled: true }, t("ui_triage_trial_back"));
  const heading = (text: string): HTMLElement => element("th", { scope: "col" }, text);
  const form = element(
    "form",
    { novalidate: true },
    element("p", { class: "muted" }, t("ui_triage_trial_about")),
    element("label", { class: "row", for: "trial-known" }, t("ui_known_from_merged"), known),
    element(
      "div",
      { class: "scroll", role: "group", tabindex: 0, "aria-label": t("ui_thresholds_title") },
      element(
        "table",
        { class: "thresholds" },
        element(
          "thead",
          {},
          element(
            "tr",
            {},
            heading(t("ui_thresholds_finding")),
            heading(t("level_caution")),
            heading(t("level_alert")),
            heading(t("ui_thresholds_default")),
          ),
        ),
        lines,
      ),
    ),
    element("div", { class: "row trial-end" }, takeOver, back, status),
  );
  const section = element("details", { id: "trial" }, element("summary", {}, t("ui_triage_trial")), form);
  /** The choices in use, the fields made of them, and how many they told right. */
  let used: { choices: Choices; fields: ThresholdFields; told: string } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tried = (): Choices | undefined =>
    used && form.checkValidity()
      ? { ...used.choices, tuned: used.fields.tuned(), knownFromMerged: known.valueAsNumber }
      : undefined;
  const fill = (message: LookBackMessage): void => {
    const fields = thresholdFields(message.choices, message.thresholds);
    known.value = String(message.choices.knownFromMerged);
    lines.replaceChildren(...fields.lines);
    used = { choices: message.choices, fields, told: rate(message) };
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const choices = tried();
      if (choices === undefined) status.replaceChildren(t("ui_triage_trial_invalid"));
      else send({ lookBack: { choices } });
    }, PAUSE_MS);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const choices = tried();
    if (choices !== undefined) send({ takeOver: { choices } });
  });
  const reset = (): void => {
    clearTimeout(timer);
    used = undefined;
  };
  back.addEventListener("click", () => {
    reset();
    send({ lookBack: { choices: undefined } });
  });
  return {
    element: section,
    reset,
    show(message) {
      // What is being typed stays: an answer about the choices in use comes when somebody else changes them too.
      if (!message.isTrial || used === undefined) fill(message);
      const wasUsed = !takeOver.disabled && !message.isTrial;
      takeOver.disabled = !message.isTrial;
      back.disabled = !message.isTrial;
      status.replaceChildren(
        message.isTrial && used !== undefined
          ? t("ui_triage_trial_told", rate(message), used.told)
          : wasUsed
            ? t("ui_triage_trial_used")
            : "",
      );
    },
  };
}

/** How many were told right, in short. */
function rate({ lookBack: { right, decided } }: LookBackMessage): string {
  return decided === 0
    ? "0"
    : t("ui_triage_trial_rate", number(right), number(decided), percentage(right / decided));
}
