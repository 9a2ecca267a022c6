/** The rules: the policy, its thresholds, from when an author is known, and a preview of what other thresholds would change. */
import { element } from "../shared/element.js";
import { find } from "../shared/extension-page.js";
import { icon } from "../shared/icons.js";
import type { Choices, LevelChange, PolicyName, TunableThreshold } from "../shared/messages.js";
import { type ThresholdFields, thresholdFields } from "../shared/threshold-fields.js";
import { say, t } from "../shared/words.js";
import { onChoices, saveChange, withChange } from "./choices.js";
import { listen, send } from "./session.js";

/** The preview waits for a pause in typing of this length. */
const PAUSE_MS = 200;

/** Changes listed by name; the rest is a number. */
const MOST_SHOWN = 10;

const policy = find("#policy", HTMLSelectElement);
const policyAbout = find("#policy-about", HTMLElement);
const form = find("#thresholds-form", HTMLFormElement);
const knownFromMerged = find("#known-from-merged", HTMLInputElement);
const rows = find("#thresholds", HTMLTableSectionElement);
const reset = find("#reset-thresholds", HTMLButtonElement);
const preview = find("#preview", HTMLElement);
const status = find("#thresholds-status", HTMLElement);

let thresholds: readonly TunableThreshold[] = [];
let chosen: Choices | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

let fields: ThresholdFields | undefined;

function show(choices: Choices): void {
  const rules = ({ policy, tuned, knownFromMerged }: Choices): string =>
    JSON.stringify([policy, tuned, knownFromMerged]);
  const isSame = chosen !== undefined && rules(chosen) === rules(choices);
  chosen = choices;
  policy.value = choices.policy;
  policyAbout.replaceChildren(t(`ui_policy_${choices.policy}_about`));
  // Rows are drawn only when the rules change, so that nobody loses what they are typing.
  if (isSame && fields !== undefined) return;
  knownFromMerged.value = String(choices.knownFromMerged);
  drawRows(choices);
}

function drawRows(choices: Choices): void {
  preview.replaceChildren();
  fields = thresholdFields(choices, thresholds);
  rows.replaceChildren(...fields.lines);
}

function requestPreview(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const choices = form.checkValidity() ? withChange({ tuned: fields?.tuned() ?? [] }) : undefined;
    if (choices === undefined) preview.replaceChildren();
    else send({ preview: { choices } }, (sentence) => preview.replaceChildren(say(sentence)));
  }, PAUSE_MS);
}

function showPreview(people: number, changes: readonly LevelChange[]): void {
  const more = changes.length - MOST_SHOWN;
  preview.replaceChildren(
    element("p", {}, t("ui_preview", changes.length, people)),
    element(
      "ul",
      {},
      ...changes
        .slice(0, MOST_SHOWN)
        .map(({ login, from, to }) =>
          element(
            "li",
            { "data-preview": login },
            element("bdi", {}, login),
            ": ",
            mark(from),
            ` ${t(`level_${from}`)} → `,
            mark(to),
            ` ${t(`level_${to}`)}`,
          ),
        ),
      more > 0 && element("li", {}, t("ui_and_more", more)),
    ),
  );
}

function mark(level: LevelChange["from"]): HTMLElement {
  return element("span", { class: "mark", "data-level": level }, icon(level));
}

/** Sets the section up. */
export function setUpLevels(): void {
  listen((message) => {
    if (message.type === "status") thresholds = message.thresholds;
    else if (message.type === "preview") showPreview(message.people, message.changes);
  });
  onChoices(show);
  policy.addEventListener("change", () => {
    const name: PolicyName = policy.value === "classic" ? "classic" : "balanced";
    saveChange({ policy: name }, status);
  });
  form.addEventListener("input", ({ target }) => {
    // The preview judges people outside any repository, where nobody is known.
    if (target !== knownFromMerged) requestPreview();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const merged = knownFromMerged.valueAsNumber;
    saveChange({ tuned: fields?.tuned() ?? [], knownFromMerged: merged }, status, true);
  });
  reset.addEventListener("click", () => {
    if (chosen === undefined) return;
    const { policy: name } = chosen;
    const tuned = chosen.tuned.filter((it) => it.policy !== name);
    // What was typed and not saved goes too, whether or not anything was tuned.
    clearTimeout(timer);
    drawRows({ ...chosen, tuned });
    knownFromMerged.value = knownFromMerged.defaultValue;
    saveChange({ tuned, knownFromMerged: knownFromMerged.valueAsNumber }, status, true);
  });
}
