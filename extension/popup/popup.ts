/** The popup: looks up one author at a time, by whatever was typed or pasted. */
import { reportView } from "../shared/draw-report.js";
import { element } from "../shared/element.js";
import { find, speak } from "../shared/extension-page.js";
import type { Association, FromPopup, Sentence, TokenState, ToPopup } from "../shared/messages.js";
import { say, t } from "../shared/words.js";
import { listPeopleHere } from "./here.js";
import { ownView } from "./own.js";
import { drawSelfCheck } from "./self-check.js";
import { timelineView } from "./timeline.js";

const form = find("#ask", HTMLFormElement);
const input = find("#target", HTMLInputElement);
const refused = find("#refused", HTMLElement);
const resolving = find("#resolving", HTMLElement);
const report = find("#report", HTMLElement);
const welcome = find("#welcome", HTMLElement);
const hint = find("#hint", HTMLElement);
const known = find("#known-logins", HTMLDataListElement);
const selfCheck = find("#self-check", HTMLButtonElement);
const explained = find("#explained", HTMLElement);

/** Whose the token is. */
let viewer: string | undefined;
/** Logins to complete what is typed: those on the page first, then those looked up of late. */
let here: readonly string[] = [];
let recent: readonly string[] = [];
let port: chrome.runtime.Port | undefined;
/** What the report shown was asked with. */
let asked: FromPopup | undefined;

const view = reportView(
  {
    refresh: () => ask({ type: "refresh" }),
    openOptions,
  },
  true,
);

const own = ownView((login, mark, note) => ask({ type: "setPerson", login, mark, note }));

const timeline = timelineView(() => ask({ type: "timeline" }));

/**
 * Opens a line. Each question has one of its own: an answer to the question
 * before it can then never be taken for an answer to this one.
 */
function connect(): chrome.runtime.Port {
  port?.disconnect();
  const opened = chrome.runtime.connect({ name: "popup" });
  port = opened;
  opened.onMessage.addListener((message: ToPopup) => {
    if (port === opened) heard(message);
  });
  opened.onDisconnect.addListener(() => {
    if (port !== opened) return;
    port = undefined;
    // The browser stops a worker that rests: nothing is lost then, unless somebody was waiting.
    const isWaiting = !resolving.hidden || view.element.dataset["bonafideLevel"] === "pending";
    if (isWaiting) refuse({ key: "ui_core_failed", args: [] });
  });
  return opened;
}

function ask(message: FromPopup): void {
  const isNew = port === undefined;
  const line = port ?? connect();
  // Whoever answers a new line knows nothing of the report that is shown.
  if (isNew && asked !== undefined && asked !== message) line.postMessage(asked);
  line.postMessage(message);
}

/** Looks up what was typed, or who was picked from a page about a repository. */
function lookUp(target: string, repository?: string, association?: Association): void {
  if (target.trim() === "") {
    input.focus();
    return;
  }
  asked = undefined;
  connect();
  refused.hidden = true;
  welcome.hidden = true;
  report.replaceChildren();
  explained.replaceChildren();
  resolving.replaceChildren(t("ui_resolving", target.trim().slice(0, 200)));
  resolving.hidden = false;
  asked = { type: "lookUp", target, repository, association };
  ask(asked);
}

function heard(message: ToPopup): void {
  switch (message.type) {
    case "resolving":
      resolving.replaceChildren(t("ui_resolving", message.target));
      resolving.hidden = false;
      break;
    case "report":
      resolving.hidden = true;
      refused.hidden = true;
      welcome.hidden = true;
      if (!view.element.isConnected) report.replaceChildren(view.element, own.element, timeline.element);
      view.show(message.report, message.own);
      own.show(message.report.login, message.own ?? undefined);
      explained.replaceChildren(...(message.report.login === viewer ? [drawSelfCheck(message.report)] : []));
      if (timeline.element.open) ask({ type: "timeline" });
      break;
    case "timeline":
      timeline.show(message.calls, view.element.dataset["bonafideReport"] ?? "");
      break;
    case "refused":
      refuse(message.sentence);
      break;
    case "recent":
      recent = message.logins;
      complete();
      break;
    case "token":
      viewer = message.login ?? undefined;
      selfCheck.hidden = viewer === undefined;
      showToken(message.state);
      break;
  }
}

function refuse(sentence: Sentence): void {
  resolving.hidden = true;
  report.replaceChildren();
  // The view forgets a report that was still coming, so that nothing seems to be waited for.
  view.element.removeAttribute("data-bonafide-level");
  refused.replaceChildren(say(sentence));
  refused.hidden = false;
}

function complete(): void {
  const logins = new Set([...here, ...recent]);
  known.replaceChildren(...[...logins].map((login) => element("option", { value: login })));
}

function showToken(state: TokenState): void {
  const key =
    state === "none" ? "ui_hint_no_token" : state === "refused" ? "ui_hint_token_refused" : undefined;
  hint.hidden = key === undefined;
  if (key === undefined) return;
  if (state === "refused") hint.setAttribute("role", "alert");
  else hint.removeAttribute("role");
  find("#hint span", HTMLElement).replaceChildren(t(key));
}

function openOptions(): void {
  void chrome.runtime.openOptionsPage();
}

speak();
find("#open-options", HTMLButtonElement).addEventListener("click", openOptions);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  lookUp(input.value);
});
const wanted = new URLSearchParams(location.search).get("target");
if (wanted !== null) {
  input.value = wanted;
  lookUp(wanted);
}
ask({ type: "recent" });
void listPeopleHere(
  ({ login, association }, repository) => {
    input.value = login;
    lookUp(login, repository, association);
  },
  (logins) => {
    here = logins;
    complete();
  },
);
input.addEventListener("input", () => {
  // With nothing typed, everybody who could be picked is offered again.
  if (input.value !== "" || !welcome.hidden) return;
  asked = undefined;
  connect();
  view.element.removeAttribute("data-bonafide-level");
  refused.hidden = true;
  resolving.hidden = true;
  report.replaceChildren();
  explained.replaceChildren();
  welcome.hidden = false;
});
selfCheck.addEventListener("click", () => {
  input.value = viewer ?? "";
  lookUp(input.value);
});
input.focus();
