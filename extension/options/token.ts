/** The token: testing, saving, its status, deleting. */
import { type Child, element } from "../shared/element.js";
import { find } from "../shared/extension-page.js";
import type { LimitStatus, Sentence, TokenStatus } from "../shared/messages.js";
import { date, list, relative, say, t } from "../shared/words.js";
import { listen, send } from "./session.js";

/**
 * Opens GitHub's page for a new fine-grained token, filled in except for
 * permissions: without any it reads what everyone can read. The parameters are
 * those of "Pre-filling fine-grained personal access token details using URL
 * parameters" in GitHub's documentation; `expires_in` is in days.
 */
const NEW_TOKEN = `https://github.com/settings/personal-access-tokens/new?${new URLSearchParams({
  name: "Bonafide",
  description: t("ui_token_description"),
  expires_in: "90",
})}`;

const form = find("#token-form", HTMLFormElement);
const field = find("#token", HTMLInputElement);
const save = find("#save-token", HTMLButtonElement);
const showToken = find("#show-token", HTMLButtonElement);
const deleteToken = find("#delete-token", HTMLButtonElement);
const status = find("#token-status", HTMLElement);
const limits = find("#limits", HTMLElement);

/** The token being tested. */
let tested: string | undefined;

function show(token: TokenStatus): void {
  const isChecking = token.state === "checking";
  save.disabled = isChecking || tested !== undefined;
  status.dataset["state"] = token.state;
  status.toggleAttribute("data-needless", token.needlessScopes.length > 0);
  status.setAttribute("role", token.state === "refused" ? "alert" : "status");
  status.replaceChildren(...statusLines(token).map((line) => element("p", {}, line)));
  deleteToken.hidden = token.state === "none";
  limits.hidden = token.limits.length === 0;
  limits.replaceChildren(...token.limits.flatMap(limitLine));
}

/** Clears the field, unless something else was typed meanwhile. */
function onAccepted(): void {
  if (field.value === tested) field.value = "";
  tested = undefined;
  hideToken();
}

function statusLines(token: TokenStatus): Child[] {
  const lines: Child[] = [
    token.state === "accepted" && token.login != null
      ? t("ui_token_accepted", token.login)
      : t(`ui_token_state_${token.state}`),
  ];
  if (token.needlessScopes.length > 0) lines.push(t("ui_token_needless", list(token.needlessScopes)));
  if (token.expiresAt != null) {
    const when = relative(token.expiresAt, Date.now());
    const day = date(token.expiresAt);
    if (when !== undefined && day !== undefined) lines.push(t("ui_token_expires", when, day));
  }
  return lines;
}

function limitLine(limit: LimitStatus): HTMLElement[] {
  const key = `ui_limit_${limit.bucket}`;
  const name = ["core", "search", "graphql"].includes(limit.bucket) ? t(key) : limit.bucket;
  const when = relative(limit.resetAt, Date.now());
  return [
    element("dt", {}, name),
    element(
      "dd",
      {},
      t("ui_limit_left", limit.remaining, limit.limit),
      when !== undefined && ` ${t("ui_limit_reset", when)}`,
    ),
  ];
}

function showError(sentence: Sentence): void {
  save.disabled = false;
  tested = undefined;
  // A new element each time, so that a screen reader announces the same mistake again.
  status.dataset["state"] = "refused";
  status.setAttribute("role", "alert");
  status.replaceChildren(element("p", {}, say(sentence)));
  field.focus();
}

function hideToken(): void {
  field.type = "password";
  showToken.setAttribute("aria-pressed", "false");
  showToken.replaceChildren(t("ui_token_show"));
}

/** Sets the section up. */
export function setUpToken(): void {
  find("#make-token", HTMLAnchorElement).href = NEW_TOKEN;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save.disabled = true;
    tested = field.value;
    status.dataset["state"] = "checking";
    status.setAttribute("role", "status");
    status.replaceChildren(element("p", {}, t("ui_token_state_checking")));
    send({ saveToken: { token: field.value } }, showError);
  });
  showToken.addEventListener("click", () => {
    if (field.type === "text") return hideToken();
    field.type = "text";
    showToken.setAttribute("aria-pressed", "true");
    showToken.replaceChildren(t("ui_token_hide"));
  });
  deleteToken.addEventListener("click", () => send("deleteToken", showError));
  listen((message) => {
    if (message.type === "status") show(message.token);
    else if (message.type === "tokenSaved") onAccepted();
    else if (message.type === "wiped") field.value = "";
  });
}
