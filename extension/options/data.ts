/** What is kept, and deleting all of it. */
import { element } from "../shared/element.js";
import { find } from "../shared/extension-page.js";
import { say, t } from "../shared/words.js";
import { ask, listen } from "./desk.js";

const cached = find("#cached", HTMLElement);
const wipe = find("#wipe", HTMLButtonElement);
const confirm = find("#wipe-confirm", HTMLElement);
const yes = find("#wipe-yes", HTMLButtonElement);
const status = find("#wipe-status", HTMLElement);

/** Brings the section to life. */
export function serveData(): void {
  listen((message) => {
    if (message.type === "status") {
      cached.replaceChildren(t("ui_people_cached", message.peopleCached));
      find("#store-shut", HTMLElement).hidden = message.isKept;
    }
    if (message.type !== "wiped") return;
    status.replaceChildren(t("ui_wiped"));
    ask({ type: "status" });
  });
  wipe.addEventListener("click", () => {
    status.replaceChildren();
    confirm.hidden = false;
    yes.focus();
  });
  const end = (): void => {
    confirm.hidden = true;
    wipe.focus();
  };
  find("#wipe-no", HTMLButtonElement).addEventListener("click", end);
  confirm.addEventListener("keydown", (event) => {
    if (event.key === "Escape") end();
  });
  yes.addEventListener("click", () => {
    end();
    ask({ type: "wipe" }, (sentence) =>
      status.replaceChildren(element("span", { role: "alert" }, say(sentence))),
    );
  });
}
