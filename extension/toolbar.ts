/** Bonafide's button in the toolbar: it has a mark as long as the reader has to do something about the token. */
import type { Connect } from "./clients.js";
import type { TokenState, ToPopup } from "./shared/messages.js";
import { t } from "./shared/words.js";

/** What the button is called in each state that wants something of the reader; every other state has no mark. */
const WANTED: Partial<Record<TokenState, string>> = {
  none: "ui_toolbar_no_token",
  refused: "ui_hint_token_refused",
};

/** Keeps the mark as the token is. The core informs whoever is connected as a popup of every change. */
export function markToolbarButton(connect: Connect): void {
  connect(
    "popup",
    (message) => {
      if (message.type === "token") show((message as Extract<ToPopup, { type: "token" }>).state);
    },
    () => {},
  );
}

function show(state: TokenState): void {
  // A token that is being checked keeps the mark it has.
  if (state === "checking") return;
  const wanted = WANTED[state];
  void chrome.action.setBadgeText({ text: wanted === undefined ? "" : "!" });
  void chrome.action.setTitle({ title: wanted === undefined ? t("actionTitle") : t(wanted) });
}
