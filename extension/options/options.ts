/** The options: the token, the policy, and what is kept. Everything has a default that needs no visit. */
import { type Child, element } from "../shared/element.js";
import { find, speak } from "../shared/extension-page.js";
import type {
  FromOptions,
  LimitStatus,
  PolicyName,
  Sentence,
  TokenStatus,
  ToOptions,
} from "../shared/messages.js";
import { date, list, relative, say, t } from "../shared/words.js";

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
const policy = find("#policy", HTMLSelectElement);
const policyAbout = find("#policy-about", HTMLElement);
const cached = find("#cached", HTMLElement);
const wipe = find("#wipe", HTMLButtonElement);
const wipeConfirm = find("#wipe-confirm", HTMLElement);
const wipeYes = find("#wipe-yes", HTMLButtonElement);
const wipeStatus = find("#wipe-status", HTMLElement);

let port: chrome.runtime.Port | undefined;
/** What was asked last, so that an answer is put where the reader looks for it. */
let asked: FromOptions["type"] = "status";

function ask(message: FromOptions): void {
  if (message.type !== "status") asked = message.type;
  port ??= connect();
  port.postMessage(message);
}

function connect(): chrome.runtime.Port {
  const opened = chrome.runtime.connect({ name: "options" });
  opened.onMessage.addListener((message: ToOptions) => heard(message));
  opened.onDisconnect.addListener(() => {
    if (port !== opened) return;
    port = undefined;
    // The browser stops a worker that rests; only somebody who waits needs to know.
    if (save.disabled) refuse({ key: "ui_core_failed", args: [] });
  });
  return opened;
}

function heard(message: ToOptions): void {
  switch (message.type) {
    case "status":
      showStatus(message.token);
      showPolicy(message.policy);
      cached.replaceChildren(t("ui_people_cached", message.peopleCached));
      break;
    case "refused":
      refuse(message.sentence);
      break;
    case "wiped":
      wipeStatus.replaceChildren(t("ui_wiped"));
      token.value = "";
      ask({ type: "status" });
      break;
  }
}

function showStatus(told: TokenStatus): void {
  const isChecking = told.state === "checking";
  save.disabled = isChecking;
  if (told.state === "accepted" && asked === "saveToken") {
    token.value = "";
    hideToken();
  }
  status.dataset["state"] = told.state;
  status.setAttribute("role", told.state === "refused" ? "alert" : "status");
  status.replaceChildren(...statusLines(told).map((line) => element("p", {}, line)));
  deleteToken.hidden = told.state === "none";
  limits.hidden = told.limits.length === 0;
  limits.replaceChildren(...told.limits.flatMap(limitLine));
}

function statusLines(told: TokenStatus): Child[] {
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

function showPolicy(name: PolicyName): void {
  policy.value = name;
  policyAbout.replaceChildren(t(`ui_policy_${name}_about`));
}

function refuse(sentence: Sentence): void {
  save.disabled = false;
  if (asked === "wipe") {
    wipeStatus.replaceChildren(element("span", { role: "alert" }, say(sentence)));
    return;
  }
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

speak();
void showPermission();
find("#allow", HTMLButtonElement).addEventListener("click", () => {
  void chrome.permissions.request(GITHUB).then(showPermission);
});
find("#make-token", HTMLAnchorElement).href = NEW_TOKEN;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  save.disabled = true;
  status.dataset["state"] = "checking";
  status.setAttribute("role", "status");
  status.replaceChildren(element("p", {}, t("ui_token_state_checking")));
  ask({ type: "saveToken", token: token.value });
});
showToken.addEventListener("click", () => {
  if (token.type === "text") return hideToken();
  token.type = "text";
  showToken.setAttribute("aria-pressed", "true");
  showToken.replaceChildren(t("ui_token_hide"));
});
deleteToken.addEventListener("click", () => ask({ type: "deleteToken" }));
policy.addEventListener("change", () => {
  const name: PolicyName = policy.value === "classic" ? "classic" : "balanced";
  showPolicy(name);
  ask({ type: "setPolicy", policy: name });
});
wipe.addEventListener("click", () => {
  wipeStatus.replaceChildren();
  wipeConfirm.hidden = false;
  wipeYes.focus();
});
const endWipe = (): void => {
  wipeConfirm.hidden = true;
  wipe.focus();
};
find("#wipe-no", HTMLButtonElement).addEventListener("click", endWipe);
wipeConfirm.addEventListener("keydown", (event) => {
  if (event.key === "Escape") endWipe();
});
wipeYes.addEventListener("click", () => {
  endWipe();
  ask({ type: "wipe" });
});
ask({ type: "status" });
