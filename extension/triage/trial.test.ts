import assert from "node:assert/strict";
import { before, mock, test } from "node:test";
import type { Choices, OfRun, ToTriage, TunableThreshold } from "../shared/messages.js";
import { choices, openTriagePage, type TriagePage } from "../testing/triage-page.js";
import type { TrialForm } from "./trial.js";

const sent: OfRun[] = [];
let page: TriagePage;
let trial: TrialForm;

before(async () => {
  page = openTriagePage();
  const { createTrialForm } = await import("./trial.js");
  trial = createTrialForm((message) => sent.push(message));
  document.body.append(trial.element);
});

const threshold: TunableThreshold = {
  policy: "balanced",
  finding: "prs-spread",
  unit: "count",
  passedBy: "more",
  caution: 10,
  alert: 20,
};

function told(
  by: Partial<Choices>,
  isTrial: boolean,
  right: number,
): Extract<ToTriage, { type: "lookBack" }> {
  const lookBack = { rows: [], right, decided: 4, falseAlarms: [], rules: [], unjudged: 0 };
  return {
    type: "lookBack",
    lookBack,
    limits: [],
    choices: choices(by),
    isTrial,
    thresholds: [threshold],
  };
}

function find<E extends HTMLElement>(selector: string): E {
  const found = document.querySelector<E>(`#trial ${selector}`);
  if (found === null) throw new Error(`There is no ${selector}.`);
  return found;
}

function type(value: string): void {
  const [field] = document.querySelectorAll<HTMLInputElement>("#trial td input");
  if (field === undefined) throw new Error("There is no field.");
  field.value = value;
  field.dispatchEvent(new page.window.Event("input", { bubbles: true }));
  mock.timers.tick(200);
}

const tuned = [{ policy: "balanced", finding: "prs-spread", caution: 5, alert: 20 }] as const;
const tried = choices({ tuned: [...tuned] });

test("a number that is changed is tried, and told beside what is in use", () => {
  trial.show(told({}, false, 2));
  type("5");
  assert.deepEqual(sent.splice(0), [{ lookBack: { choices: tried } }]);
  trial.show(told(tried, true, 3));
  assert.equal(
    find(".trial-status").textContent,
    "With these: 3 of 4 (75%) right. With yours: 2 of 4 (50%).",
  );
  // What was typed stays.
  assert.equal(find<HTMLInputElement>("td input").value, "5");
});

test("what is no number is not tried", () => {
  type("");
  assert.deepEqual(sent, []);
  assert.match(find(".trial-status").textContent ?? "", /^Each number/);
});

test("what was tried can be given up, or taken over", () => {
  find("button[type=button]").click();
  assert.deepEqual(sent.splice(0), [{ lookBack: { choices: undefined } }]);
  trial.show(told({}, false, 2));
  assert.equal(find<HTMLInputElement>("td input").value, "10");
  assert.equal(find<HTMLButtonElement>("[type=submit]").disabled, true);
  type("5");
  trial.show(told(tried, true, 3));
  sent.splice(0);
  find("[type=submit]").click();
  assert.deepEqual(sent, [{ takeOver: { choices: tried } }]);
  trial.show(told(tried, false, 3));
  assert.equal(find(".trial-status").textContent, "These thresholds are now in use.");
  assert.equal(find<HTMLInputElement>("td input").value, "5");
});
