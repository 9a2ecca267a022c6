/** The kinds of page with badges, and how often people are looked up. */
import { element } from "../shared/element.js";
import { find } from "../shared/extension-page.js";
import { PAGE_KINDS } from "../shared/page-kinds.js";
import { t } from "../shared/words.js";
import { onChoices, saveChange } from "./choices.js";

const kinds = find("#page-kinds", HTMLElement);
const hidesClear = find("#hides-clear", HTMLInputElement);
const showsPeopleLine = find("#shows-people-line", HTMLInputElement);
const freshMinutes = find("#fresh-minutes", HTMLInputElement);
const listLookUps = find("#list-look-ups", HTMLInputElement);
const status = find("#pages-status", HTMLElement);

/** Sets the section up. */
export function setUpPages(): void {
  const boxes = PAGE_KINDS.map((kind) =>
    element("input", { type: "checkbox", name: "page-kind", value: kind, checked: true }),
  );
  kinds.append(
    ...boxes.map((box) => element("label", { class: "check" }, box, ` ${t(`ui_kind_${box.value}`)}`)),
  );
  kinds.addEventListener("change", () => {
    const off = boxes.filter((box) => !box.checked).map((box) => box.value);
    saveChange({ pagesOff: off }, status);
  });
  hidesClear.addEventListener("change", () => saveChange({ hidesClear: hidesClear.checked }, status));
  showsPeopleLine.addEventListener("change", () =>
    saveChange({ showsPeopleLine: showsPeopleLine.checked }, status),
  );
  for (const [field, change] of [
    [freshMinutes, (value: number) => ({ freshMinutes: value })],
    [listLookUps, (value: number) => ({ listLookUps: value })],
  ] as const) {
    field.addEventListener("change", () => {
      if (field.checkValidity()) saveChange(change(field.valueAsNumber), status);
      else status.replaceChildren(element("span", { role: "alert" }, t("choices_out_of_range")));
    });
  }
  onChoices((choices) => {
    for (const box of boxes) box.checked = !choices.pagesOff.includes(box.value);
    hidesClear.checked = choices.hidesClear;
    showsPeopleLine.checked = choices.showsPeopleLine;
    for (const [field, value] of [
      [freshMinutes, choices.freshMinutes],
      [listLookUps, choices.listLookUps],
    ] as const) {
      // A field keeps what is being typed.
      if (document.activeElement !== field) field.value = String(value);
    }
  });
}
