/** The token: pasted, tested, told about, deleted. */
import { type Child, element } from "../shared/element.js";
import { find } from "../shared/extension-page.js";
import type { LimitStatus, Sentence, TokenStatus } from "../shared/messages.js";
import { date, list, relative, say, t } from "../shared/words.js";
import { ask, listen } from "./desk.js";

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
const token = find("#token", HTMLInputElement);
const save = find("#save-token", HTMLButtonElement);
const showToken = find("#show-token", HTMLButtonElement);
const deleteToken = find("#delete-token", HTMLButtonElement);
const status = find("#token-status", HTMLElement);
const limits = find("#limits", HTMLElement);

/** What is being tried. */
let tried: string | undefined;

function show(told: TokenStatus): void {
  const isChecking = told.state === "checking";
  save.disabled = isChecking || tried !== undefined;
  status.dataset["state"] = told.state;
  status.setAttribute("role", told.state === "refused" ? "alert" : "status");
  status.replaceChildren(...lines(told).map((line) => element("p", {}, line)));
  deleteToken.hidden = told.state === "none";
  limits.hidden = told.limits.length === 0;
  limits.replaceChildren(...told.limits.flatMap(limitLine));
}

/** The field is emptied of what was accepted, and of nothing else. */
function accepted(): void {
  if (token.value === tried) token.value = "";
  tried = undefined;
  hideToken();
}

function lines(told: TokenStatus): Child[] {
  const lines: Child[] = [
    told.state === "accepted" && told.login != null
      ? t("ui_token_accepted", told.login)
      : t(`ui_token_state_${told.state}`),
  ];
  if (told.needlessScopes.length > 0) lines.push(t("ui_token_needless", list(told.needlessScopes)));
  if (told.expiresAt != null) {
    const when = relative(told.expiresAt, Date.now());
    const day = date(told.expiresAt);
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

function refuse(sentence: Sentence): void {
  save.disabled = false;
  tried = undefined;
  // Put in anew each time, so that the same mistake made twice is also told twice.
  status.dataset["state"] = "refused";
  status.setAttribute("role", "alert");
  status.replaceChildren(element("p", {}, say(sentence)));
  token.focus();
}

function hideToken(): void {
  token.type = "password";
  showToken.setAttribute("aria-pressed", "false");
  showToken.replaceChildren(t("ui_token_show"));
}

/** Browsers let their users take back what an extension may talk to; without GitHub nothing can be looked up. */
const GITHUB = { origins: ["https://api.github.com/*"] };

async function showPermission(): Promise<void> {
  find("#permission", HTMLElement).hidden = await chrome.permissions.contains(GITHUB);
}

/** Brings the section to life. */
export function serveToken(): void {
  void showPermission();
  find("#allow", HTMLButtonElement).addEventListener("click", () => {
    void chrome.permissions.request(GITHUB).then(showPermission);
  });
  find("#make-token", HTMLAnchorElement).href = NEW_TOKEN;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save.disabled = true;
    tried = token.value;
    status.dataset["state"] = "checking";
    status.setAttribute("role", "status");
    status.replaceChildren(element("p", {}, t("ui_token_state_checking")));
    ask({ type: "saveToken", token: token.value }, refuse);
  });
  showToken.addEventListener("click", () => {
    if (token.type === "text") return hideToken();
    token.type = "text";
    showToken.setAttribute("aria-pressed", "true");
    showToken.replaceChildren(t("ui_token_hide"));
  });
  deleteToken.addEventListener("click", () => ask({ type: "deleteToken" }, refuse));
  listen((message) => {
    if (message.type === "status") show(message.token);
    else if (message.type === "tokenSaved") accepted();
    else if (message.type === "wiped") token.value = "";
  });
}
