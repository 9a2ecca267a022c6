/** The popup: looks up one author at a time, by whatever was typed or pasted. */
import { reportView } from "../shared/draw-report.js";
import { element } from "../shared/element.js";
import { find, setUpPage } from "../shared/extension-page.js";
import { drawing } from "../shared/icons.js";
import type { FromPopup, Sentence, TokenState, ToPopup } from "../shared/messages.js";
import type { PageKind } from "../shared/page-kinds.js";
import { watchPermission } from "../shared/permission.js";
import { lastLookUp, timelineView } from "../shared/timeline.js";
import { triagePath, triageWords } from "../shared/triage-link.js";
import { say, t } from "../shared/words.js";
import { type PageAndPeople, showPeopleOnPage } from "./people-list.js";
import { drawSelfCheck } from "./self-check.js";
import { isWaiting } from "./waiting.js";

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
const back = find("#back", HTMLButtonElement);
const gear = find("#gear", HTMLButtonElement);
const triage = find("#triage", HTMLElement);
const noPage = find("#no-page", HTMLElement);

/** The owner of the token. */
let viewer: string | undefined;
/** The page that the popup was opened on, and the people on it. */
let page: PageAndPeople = { repository: undefined, kind: undefined, number: undefined, people: [], more: 0 };
/** Logins offered as completions after those on the page: recent look-ups. */
let recent: readonly string[] = [];
let port: chrome.runtime.Port | undefined;
/** The message that asked for the report shown. */
let lookUpMessage: FromPopup | undefined;

const view = reportView({
  refresh: () => send("refresh"),
  openOptions,
  readPast: () => send("readPast"),
  setPerson: (login, mark, note) => send({ setPerson: { login, mark, note } }),
  redacted(isRedacted) {
    // The name is hidden wherever the popup shows it.
    input.value = isRedacted ? "" : (view.element.dataset["bonafideReport"] ?? "");
  },
});

const timeline = timelineView(() => send("timeline"));

/**
 * Opens a connection. Each look-up has its own, so that a late answer to the
 * one before it is never taken for an answer to this one.
 */
function connect(): chrome.runtime.Port {
  port?.disconnect();
  const opened = chrome.runtime.connect({ name: "popup" });
  port = opened;
  opened.onMessage.addListener((message: ToPopup) => {
    if (port === opened) onMessage(message);
  });
  opened.onDisconnect.addListener(() => {
    if (port !== opened) return;
    port = undefined;
    // The browser stops an idle worker; only somebody who waits needs to know.
    if (!resolving.hidden || (view.element.isConnected && isWaiting(view.element)))
      showError({ key: "ui_core_failed", args: [] });
  });
  return opened;
}

function send(message: FromPopup): void {
  const isNew = port === undefined;
  const connection = port ?? connect();
  // A new connection does not know which report is shown.
  if (isNew && lookUpMessage !== undefined && lookUpMessage !== message)
    connection.postMessage(lookUpMessage);
  connection.postMessage(message);
}

/** Looks up what was typed or picked; a login is meant in the repository of the page that the popup was opened on. */
function lookUp(target: string): void {
  if (target.trim() === "") {
    input.focus();
    return;
  }
  lookUpMessage = undefined;
  connect();
  refused.hidden = true;
  welcome.hidden = true;
  report.replaceChildren();
  explained.replaceChildren();
  resolving.replaceChildren(t("ui_resolving", target.trim().slice(0, 200)));
  resolving.hidden = false;
  back.hidden = false;
  const { repository, people } = page;
  const login = target.trim().replace(/^@/, "").toLowerCase();
  const named = people.find((person) => person.login.toLowerCase() === login);
  lookUpMessage = {
    lookUp: {
      target,
      repository,
      association: named?.association,
      number: named?.isOpener ? page.number : undefined,
      openedAt: named?.openedAt,
    },
  };
  send(lookUpMessage);
}

function onMessage(message: ToPopup): void {
  switch (message.type) {
    case "resolving":
      resolving.replaceChildren(t("ui_resolving", message.target));
      resolving.hidden = false;
      break;
    case "report":
      resolving.hidden = true;
      refused.hidden = true;
      welcome.hidden = true;
      if (!view.element.isConnected) report.replaceChildren(view.element, timeline.element);
      view.show(message.report, message.own ?? undefined);
      explained.replaceChildren(...(message.report.login === viewer ? [drawSelfCheck(message.report)] : []));
      offerTriage(message.report.repository ?? page.repository, page.kind);
      if (timeline.element.open) send("timeline");
      break;
    case "timeline":
      timeline.show(lastLookUp(message.calls, view.element.dataset["bonafideReport"] ?? ""));
      break;
    case "refused":
      showError(message.sentence);
      break;
    case "recent":
      recent = message.logins;
      fillCompletions();
      break;
    case "token":
      viewer = message.login ?? undefined;
      selfCheck.hidden = viewer === undefined;
      showToken(message.state);
      break;
  }
}

function showError(sentence: Sentence): void {
  resolving.hidden = true;
  report.replaceChildren();
  refused.replaceChildren(say(sentence));
  refused.hidden = false;
}

function fillCompletions(): void {
  const logins = new Set([...page.people.map(({ login }) => login), ...recent]);
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
  const action = state === "none" ? "ui_problem_add_token" : "ui_problem_replace_token";
  find("#open-options", HTMLButtonElement).replaceChildren(t(action));
}

/** Leads to everybody who has something open in this repository. */
function offerTriage(repository: string | undefined, kind: PageKind | undefined): void {
  triage.hidden = repository === undefined;
  if (repository === undefined) return;
  const link = find("#triage a", HTMLAnchorElement);
  link.href = chrome.runtime.getURL(triagePath({ repository, kind }));
  link.replaceChildren(triageWords({ repository, kind }));
}

function openOptions(): void {
  void chrome.runtime.openOptionsPage();
}

setUpPage();
watchPermission();
back.append(drawing("back"));
gear.append(drawing("gear"));
gear.addEventListener("click", openOptions);
find("#open-options", HTMLButtonElement).addEventListener("click", openOptions);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  lookUp(input.value);
});
const target = new URLSearchParams(location.search).get("target");
if (target !== null) {
  input.value = target;
  lookUp(target);
}
send("recent");
void showPeopleOnPage(
  ({ login }) => {
    input.value = login;
    lookUp(login);
  },
  (found) => {
    page = found;
    if (!welcome.hidden) offerTriage(page.repository, page.kind);
    noPage.hidden = found.people.length > 0;
    fillCompletions();
  },
);
/** Back to everybody who can be picked. */
function goBack(): void {
  lookUpMessage = undefined;
  connect();
  refused.hidden = true;
  resolving.hidden = true;
  report.replaceChildren();
  explained.replaceChildren();
  welcome.hidden = false;
  back.hidden = true;
  offerTriage(page.repository, page.kind);
}
back.addEventListener("click", () => {
  input.value = "";
  goBack();
  input.focus();
});
input.addEventListener("input", () => {
  // With nothing typed, everybody who could be picked is offered again.
  if (input.value === "" && welcome.hidden) goBack();
});
selfCheck.addEventListener("click", () => {
  input.value = viewer ?? "";
  lookUp(input.value);
});
input.focus();
