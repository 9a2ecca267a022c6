/** Where on GitHub badges stand, and how often people are looked up. */
import { element } from "../shared/element.js";
import { find } from "../shared/extension-page.js";
import { PAGE_KINDS } from "../shared/page-kinds.js";
import { t } from "../shared/words.js";
import { choose, whenChosen } from "./choices.js";

const kinds = find("#page-kinds", HTMLElement);
const hidesClear = find("#hides-clear", HTMLInputElement);
const freshMinutes = find("#fresh-minutes", HTMLInputElement);
const listLookUps = find("#list-look-ups", HTMLInputElement);
const status = find("#pages-status", HTMLElement);

/** Brings the section to life. */
export function servePages(): void {
  const boxes = PAGE_KINDS.map((kind) =>
    element("input", { type: "checkbox", name: "page-kind", value: kind, checked: true }),
  );
  kinds.append(
    ...boxes.map((box) => element("label", { class: "check" }, box, ` ${t(`ui_kind_${box.value}`)}`)),
  );
  kinds.addEventListener("change", () => {
    const off = boxes.filter((box) => !box.checked).map((box) => box.value);
    choose({ pagesOff: off }, status);
  });
  hidesClear.addEventListener("change", () => choose({ hidesClear: hidesClear.checked }, status));
  for (const [field, change] of [
    [freshMinutes, (value: number) => ({ freshMinutes: value })],
    [listLookUps, (value: number) => ({ listLookUps: value })],
  ] as const) {
    field.addEventListener("change", () => {
      if (field.checkValidity()) choose(change(field.valueAsNumber), status);
      else status.replaceChildren(element("span", { role: "alert" }, t("choices_out_of_range")));
    });
  }
  whenChosen((choices) => {
    for (const box of boxes) box.checked = !choices.pagesOff.includes(box.value);
    hidesClear.checked = choices.hidesClear;
    for (const [field, value] of [
      [freshMinutes, choices.freshMinutes],
      [listLookUps, choices.listLookUps],
    ] as const) {
      // What is being typed is not taken away.
      if (document.activeElement !== field) field.value = String(value);
    }
  });
}
