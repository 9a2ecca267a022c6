// The line above a list that sums up its authors, in the whole content script.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ContentPage } from "../testing/content-page.js";

const PULLS = "https://github.com/acme/web/pulls";

/** A row of a list, as React draws it on GitHub. */
const row = (login: string): string =>
  `<li data-testid="pull-request-row"><h3><a href="/acme/web/pull/1">A title</a></h3>
  <a data-testid="author-filter-link" href="/acme/web/pulls?q=author%3A${login}">${login}</a></li>`;

/** A list with a row by each of these, all in view. */
async function list(logins: readonly string[], address = PULLS): Promise<ContentPage> {
  const page = new ContentPage(address, `<section><ul>${logins.map(row).join("")}</ul></section>`);
  await page.start();
  await page.showInView();
  return page;
}

const lineOf = (page: ContentPage): Element | null => page.document.querySelector("[data-bonafide-people]");

/** The parts that are shown, with a star at the filter that is on. */
function parts(page: ContentPage): string[] {
  const [...all] = page.shadowOf(lineOf(page)).querySelectorAll<HTMLElement>("[role=group] > *");
  return all
    .filter((part) => !part.hidden)
    .map((part) => `${part.ariaPressed === "true" ? "*" : ""}${(part.lastElementChild ?? part).textContent}`);
}

function filter(page: ContentPage, name: string): HTMLButtonElement {
  const button = page.shadowOf(lineOf(page)).querySelector<HTMLButtonElement>(`[data-filter="${name}"]`);
  assert.ok(button);
  return button;
}

/** The rows that are dimmed, by their number from 0. */
function dimmed(page: ContentPage): number[] {
  const rows = [...page.document.querySelectorAll("li")];
  return rows.flatMap((it, at) => (it.hasAttribute("data-bonafide-dimmed") ? [at] : []));
}

const LOGINS = ["sam", "ada", "eve", "sam", "nia"];

async function answered(): Promise<ContentPage> {
  const page = await list(LOGINS);
  await page.answer({ sam: "alert", ada: "clear", eve: "caution" });
  return page;
}

test("the authors are counted, each once, above the list", async () => {
  const page = await answered();
  assert.deepEqual(parts(page), [
    "4 authors",
    "1 strong signal",
    "1 worth a look",
    "1 more than once",
    "1 not looked up yet",
    "Triage",
  ]);
  assert.equal(lineOf(page)?.nextElementSibling?.localName, "ul");
  page.port.deliver({
    type: "badges",
    badges: [{ login: "nia", level: "quiet", mark: undefined, isNewHere: true }],
  });
  await page.settle();
  assert.deepEqual(parts(page).slice(3), ["1 new here", "1 more than once", "Triage"]);
});

test("a filter dims the other rows, and ends as it began or by Escape", async () => {
  const page = await answered();
  page.act(filter(page, "alert"), "click");
  assert.deepEqual(dimmed(page), [1, 2, 4]);
  assert.ok(parts(page).includes("*1 strong signal"));
  page.act(filter(page, "caution"), "click");
  assert.deepEqual(dimmed(page), [0, 1, 3, 4]);
  page.act(filter(page, "caution"), "click");
  assert.deepEqual(dimmed(page), []);
  page.act(filter(page, "several"), "click");
  assert.deepEqual(dimmed(page), [1, 2, 4]);
  page.act(page.document.body, "keydown", { key: "Escape" });
  assert.deepEqual(dimmed(page), []);
  assert.ok(parts(page).every((part) => !part.startsWith("*")));
});

test("Escape closes an open card first", async () => {
  const page = await answered();
  page.act(filter(page, "alert"), "click");
  const [host] = page.hosts("ada");
  page.act(page.button(host), "click");
  page.act(page.document.body, "keydown", { key: "Escape" });
  assert.equal(page.card(), null);
  assert.notDeepEqual(dimmed(page), []);
});

test("a filter follows the levels, and ends where nobody is left", async () => {
  const page = await answered();
  page.act(filter(page, "caution"), "click");
  await page.answer({ ada: "caution" });
  assert.deepEqual(dimmed(page), [0, 3, 4]);
  await page.answer({ ada: "clear", eve: "clear" });
  assert.deepEqual(dimmed(page), []);
});

test("a page that pretends to be the reader filters nothing, and sees no part of the line", async () => {
  const page = await answered();
  filter(page, "alert").click();
  assert.deepEqual(dimmed(page), []);
  page.act(filter(page, "alert"), "click");
  const Escape = new page.window.KeyboardEvent("keydown", { key: "Escape", bubbles: true });
  page.document.body.dispatchEvent(Escape);
  assert.notDeepEqual(dimmed(page), []);
  assert.equal(lineOf(page)?.shadowRoot, null);
  assert.equal(lineOf(page)?.childNodes.length, 0);
});

/** The button that is no filter. */
const triage = (page: ContentPage): HTMLElement | null =>
  page.shadowOf(lineOf(page)).querySelector<HTMLElement>("button:not([data-filter])");

test("the line leads to the triage page of its repository", async () => {
  const page = await answered();
  const button = triage(page);
  assert.equal(button?.title, "All open pull requests of acme/web");
  assert.ok(button);
  button.click();
  assert.deepEqual(page.opened, [], "a page cannot press it");
  page.act(button, "click");
  assert.deepEqual(page.opened, [{ repository: "acme/web", kind: "pulls" }]);
  assert.deepEqual(dimmed(page), []);
});

test("a list of several repositories has no such button", async () => {
  const page = await list(LOGINS, "https://github.com/pulls");
  await page.answer({ sam: "alert" });
  assert.ok(parts(page).includes("1 strong signal"));
  assert.equal(triage(page), null);
});

test("whoever stands on the list more than once has it in the badge's name", async () => {
  const page = new ContentPage(PULLS, `<ul>${LOGINS.map(row).join("")}</ul>`);
  await page.start();
  page.port.deliver({
    type: "labels",
    labels: {
      "clear undefined": "{login}: Nothing of note, {reason}. Show the evidence.",
      several: "{times} on this page",
    },
  });
  await page.showInView();
  await page.answer({ sam: "clear", ada: "clear" });
  const label = (login: string): string => page.button(page.hosts(login)[0]).title;
  assert.equal(label("sam"), "sam: Nothing of note, 2 on this page. Show the evidence.");
  assert.equal(label("ada"), "ada: Nothing of note. Show the evidence.");
});

test("a list of one author, or with nothing to filter by, has no line; nor have other pages", async () => {
  const one = await list(["sam", "sam"]);
  await one.answer({ sam: "alert" });
  assert.equal(lineOf(one), null);
  const plain = await list(["ada", "nia"]);
  await plain.answer({ ada: "clear" });
  assert.equal(lineOf(plain), null);
  const commits = await list(LOGINS, "https://github.com/acme/web/commits/main");
  await commits.answer({ sam: "alert" });
  assert.equal(lineOf(commits), null);
});

test("switched off, it is gone without a trace at once, and comes back", async () => {
  const page = await answered();
  page.act(filter(page, "alert"), "click");
  const display = (showsPeopleLine: boolean): void =>
    page.port.deliver({ type: "display", pagesOff: [], hidesClear: false, showsPeopleLine });
  display(false);
  await page.settle();
  assert.equal(lineOf(page), null);
  assert.deepEqual(dimmed(page), []);
  display(true);
  await page.settle();
  assert.equal(parts(page)[0], "4 authors");
  assert.deepEqual(dimmed(page), []);
});

test("rows that come later are counted, and dimmed where a filter is on", async () => {
  const page = await answered();
  page.act(filter(page, "alert"), "click");
  page.document.querySelector("ul")?.insertAdjacentHTML("beforeend", row("bo"));
  await page.settle();
  assert.equal(parts(page)[0], "5 authors");
  assert.deepEqual(dimmed(page), [1, 2, 4, 5]);
});

test("it ends with the extension", async () => {
  const page = new ContentPage(PULLS, `<ul>${LOGINS.map(row).join("")}</ul>`);
  const ending = await page.start();
  await page.showInView();
  await page.answer({ sam: "alert" });
  page.act(filter(page, "alert"), "click");
  ending.abort();
  assert.equal(lineOf(page), null);
  assert.deepEqual(dimmed(page), []);
});
