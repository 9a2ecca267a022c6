/** What is stored, and deleting all of it. */
import { element } from "../shared/element.js";
import { find } from "../shared/extension-page.js";
import { say, t } from "../shared/words.js";
import { listen, send } from "./session.js";

/** Where GitHub lists tokens of the kind that the options lead to, and revokes them. */
const TOKENS = "https://github.com/settings/personal-access-tokens";

const cached = find("#cached", HTMLElement);
const wipe = find("#wipe", HTMLButtonElement);
const confirm = find("#wipe-confirm", HTMLElement);
const yes = find("#wipe-yes", HTMLButtonElement);
const status = find("#wipe-status", HTMLElement);

/** Sets the section up. */
export function setUpData(): void {
  listen((message) => {
    if (message.type === "status") {
      cached.replaceChildren(t("ui_people_cached", message.peopleCached));
      find("#store-shut", HTMLElement).hidden = message.isKept;
      find("#set-aside", HTMLElement).hidden = !message.isSetAside;
    }
    if (message.type !== "wiped") return;
    // The browser's database deletes in its own time; only a revoked token is worthless at once.
    const revoke = element(
      "a",
      { href: TOKENS, target: "_blank", rel: "noopener noreferrer" },
      t("ui_wiped_revoke"),
    );
    status.replaceChildren(t("ui_wiped"), " ", revoke);
    send("status");
  });
  wipe.addEventListener("click", () => {
    status.replaceChildren();
    confirm.hidden = false;
    yes.focus();
  });
  const closeConfirmation = (): void => {
    confirm.hidden = true;
    wipe.focus();
  };
  find("#wipe-no", HTMLButtonElement).addEventListener("click", closeConfirmation);
  confirm.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeConfirmation();
  });
  yes.addEventListener("click", () => {
    closeConfirmation();
    send("wipe", (sentence) => status.replaceChildren(element("span", { role: "alert" }, say(sentence))));
  });
}
