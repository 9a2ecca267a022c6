/** Fields for the thresholds of one policy: a line a finding, in the options and where a run is looked back on. */
import { element } from "./element.js";
import type { Choices, TunableThreshold, Tuned } from "./messages.js";
import { t } from "./words.js";

/** The lines of a table, and what stands in them. */
export interface ThresholdFields {
  readonly lines: HTMLElement[];
  /** The thresholds that differ from the policy's own, and those tuned for other policies. */
  tuned(): Tuned[];
}

/** The fields with the thresholds of these choices; `thresholds` may have those of other policies too. */
export function thresholdFields(choices: Choices, thresholds: readonly TunableThreshold[]): ThresholdFields {
  const presets = thresholds.filter(({ policy }) => policy === choices.policy);
  const rows = presets.map((preset) => {
    const isIts = (it: Tuned): boolean => it.policy === preset.policy && it.finding === preset.finding;
    const { caution, alert } = choices.tuned.find(isIts) ?? preset;
    const name = t(`finding_${preset.finding.replaceAll("-", "_")}_title`);
    return {
      preset,
      name,
      caution: field(t("ui_threshold_caution", name), caution),
      alert: field(t("ui_threshold_alert", name), alert),
    };
  });
  return {
    lines: rows.map(({ preset, name, caution, alert }) => line(preset, name, caution, alert)),
    tuned: () => [
      ...choices.tuned.filter(({ policy }) => policy !== choices.policy),
      ...rows.flatMap(({ preset, ...fields }) => {
        const caution = fields.caution.valueAsNumber;
        const alert = fields.alert.valueAsNumber;
        if (caution === preset.caution && alert === preset.alert) return [];
        return [{ policy: preset.policy, finding: preset.finding, caution, alert }];
      }),
    ],
  };
}

function field(label: string, value: number): HTMLInputElement {
  return element("input", {
    type: "number",
    min: 0,
    max: 10_000,
    step: 1,
    required: true,
    value,
    "aria-label": label,
  });
}

function line(
  preset: TunableThreshold,
  name: string,
  caution: HTMLInputElement,
  alert: HTMLInputElement,
): HTMLElement {
  const unit = preset.unit === "share" ? " %" : "";
  const sees = t(`finding_${preset.finding.replaceAll("-", "_")}_sees`);
  const key = preset.passedBy === "more" ? "ui_threshold_more" : "ui_threshold_no_more";
  return element(
    "tr",
    { "data-finding": preset.finding },
    element("th", { scope: "row" }, name, element("p", { class: "muted sees" }, sees)),
    element("td", {}, caution, unit),
    element("td", {}, alert, unit),
    element("td", { class: "muted" }, t(key, `${preset.caution}${unit}`, `${preset.alert}${unit}`)),
  );
}
