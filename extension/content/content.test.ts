// The whole content script in a page, as a reader uses it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PEOPLE_HERE, type PeopleHere } from "../shared/people-here.js";
import { BackgroundPort, ContentPage, comment } from "../testing/content-page.js";
import { report } from "../testing/report.js";

const PULL = "https://github.com/acme/web/pull/7";

/** A pull request with a comment by each of these, all in view. */
async function pull(...logins: readonly string[]): Promise<ContentPage> {
  const page = new ContentPage(PULL, logins.map(comment).join(""));
  await page.start();
  await page.showInView();
  return page;
}

/** Clicks the last badge of somebody, and gives it. */
function click(page: ContentPage, login: string): HTMLElement {
  const host = page.hosts(login).at(-1);
  assert.ok(host, `${login} has no badge`);
  page.act(page.button(host), "click");
  return host;
}

test("each name has a badge of its own, right after the strong element around it", async () => {
  const page = await pull("ada", "eve", "ada");
  assert.deepEqual(page.badges(), ["ada pending", "eve pending", "ada pending"]);
  for (const host of page.hosts()) assert.equal(host.previousElementSibling?.localName, "strong");
});

test("every badge of a person shows each level that comes", async () => {
  const page = await pull("ada", "eve", "ada");
  await page.answer({ Ada: "clear", eve: "alert" });
  assert.deepEqual(page.badges(), ["ada clear", "eve alert", "ada clear"]);
  await page.answer({ ada: "caution" });
  assert.deepEqual(page.badges(), ["ada caution", "eve alert", "ada caution"]);
});

test("a badge leaves with its link, and follows a link that is used for somebody else", async () => {
  const page = await pull("ada", "eve");
  await page.answer({ ada: "clear", eve: "alert" });
  const [first, second] = page.document.querySelectorAll("a");
  first?.parentElement?.replaceWith("nobody");
  await page.settle();
  assert.deepEqual(page.badges(), ["eve alert"]);
  second?.setAttribute("data-hovercard-url", "/users/mia/hovercard");
  await page.settle();
  assert.deepEqual(page.badges(), ["mia pending"]);
});

test("copies of badges that the page writes back are removed", async () => {
  const page = await pull("ada");
  const [host] = page.hosts();
  assert.ok(host);
  page.document.body.append(host.cloneNode(true));
  page.document.body.insertAdjacentHTML("beforeend", comment("eve"));
  await page.settle();
  assert.deepEqual(page.badges(), ["ada pending", "eve pending"]);
});

test("a click opens the card, Escape closes it and gives the focus back", async () => {
  const page = await pull("ada");
  const host = click(page, "ada");
  assert.ok(page.card());
  assert.deepEqual(page.port.sent.at(-1), { open: { login: "ada" } });
  assert.equal(page.button(host).getAttribute("aria-expanded"), "true");
  const event = page.act(page.document.body, "keydown", { key: "Escape" });
  assert.equal(event.defaultPrevented, true);
  assert.equal(page.card(), null);
  assert.equal(page.button(host).getAttribute("aria-expanded"), "false");
  assert.deepEqual(page.port.sent.at(-1), { close: { login: "ada" } });
  assert.equal(page.document.activeElement, host);
  assert.equal(page.shadowOf(host).activeElement, page.button(host));
});

test("a card shows the report of its own person only", async () => {
  const page = await pull("ada", "eve");
  click(page, "ada");
  const root = page.shadowOf(page.card());
  page.port.deliver({ type: "report", report: report({ login: "eve", level: "alert" }), own: undefined });
  assert.equal(root.querySelector("[data-bonafide-report]")?.getAttribute("data-bonafide-report"), "ada");
  page.port.deliver({ type: "report", report: report({ login: "Ada", level: "clear" }), own: undefined });
  assert.equal(root.querySelector("[data-bonafide-report]")?.getAttribute("data-bonafide-level"), "clear");
});

test("a page that pretends to be the reader opens nothing and spends nothing", async () => {
  const page = await pull("ada");
  const [host] = page.hosts();
  assert.ok(host);
  const before = page.port.sent.length;
  for (const kind of ["pointerover", "click", "focusin", "keydown"]) {
    host.dispatchEvent(new page.window.MouseEvent(kind, { bubbles: true, composed: true }));
    page.button(host).dispatchEvent(new page.window.MouseEvent(kind, { bubbles: true, composed: true }));
  }
  host.click();
  await page.tick(10_000);
  assert.equal(page.card(), null);
  assert.equal(page.port.sent.length, before);
  // A visibility that has not changed is no reason to ask again either.
  page.document.dispatchEvent(new page.window.Event("visibilitychange"));
  await page.tick(1_000);
  assert.equal(page.port.sent.length, before);
});

test("the page sees nothing of what the reader keeps of people", async () => {
  const page = await pull("ada", "eve");
  await page.answer({ ada: "clear", eve: "clear" });
  page.port.deliver({ type: "display", pagesOff: [], hidesClear: true, showsPeopleLine: true });
  await page.settle();
  const html = page.document.documentElement.outerHTML;
  page.port.deliver({ type: "badges", badges: [{ login: "ada", level: "clear", mark: "watched" }] });
  await page.settle();
  assert.equal(page.document.documentElement.outerHTML, html);
  const [ada, eve] = page.hosts();
  assert.ok(ada && eve);
  assert.equal(page.button(ada).dataset["mark"], "watched");
  assert.ok(ada.hasAttribute("data-bonafide-hidden") && eve.hasAttribute("data-bonafide-hidden"));
  click(page, "ada");
  page.port.deliver({
    type: "report",
    report: report({ login: "ada" }),
    own: { login: "ada", mark: "watched", note: "a note of the reader's" },
  });
  assert.ok(!page.document.documentElement.outerHTML.includes("note"));
  assert.match(page.shadowOf(page.card()).textContent ?? "", /a note of the reader's/);
  for (const host of [ada, eve, page.card()]) assert.equal(host?.shadowRoot, null);
});

test("a page that writes another login onto a badge, or makes one up, opens no card of its choice", async () => {
  const page = await pull("ada");
  const [host] = page.hosts();
  assert.ok(host);
  host.dataset["bonafideLogin"] = "eve";
  page.act(page.button(host), "click");
  assert.deepEqual(page.port.sent.at(-1), { open: { login: "ada" } });
  page.act(page.document.body, "keydown", { key: "Escape" });
  const fake = page.document.createElement("span");
  fake.dataset["bonafideLogin"] = "eve";
  page.document.body.append(fake);
  page.act(fake, "click");
  assert.equal(page.card(), null);
});

test("a page that defines our elements' names first takes no badge away", async () => {
  const page = new ContentPage(PULL, comment("ada"));
  await page.start();
  await page.showInView();
  for (const host of page.hosts()) {
    assert.ok(!host.localName.includes("-"), "a name with a hyphen is one that a page can define");
    assert.ok(page.button(host));
  }
});

test("on a list all badges are one stop of the Tab key, and the arrow keys move along them", async () => {
  const rows = ["ada", "eve", "mia"].map((login) => `<ul><li>${comment(login)}</li></ul>`).join("");
  const page = new ContentPage("https://github.com/acme/web/pulls", rows);
  await page.start();
  await page.showInView((link) => link.textContent !== "mia");
  const [ada, eve, mia] = page.hosts();
  assert.ok(ada && eve && mia);
  const stops = (): string[] =>
    page
      .hosts()
      .filter((host) => page.isDrawn(host) && page.button(host).tabIndex === 0)
      .map((host) => host.dataset["bonafideLogin"] ?? "");
  assert.deepEqual(stops(), ["ada"]);
  assert.equal(page.button(ada).title, page.button(ada).getAttribute("aria-label"));
  page.button(ada).focus();
  for (const [key, login] of [
    ["ArrowDown", "eve"],
    ["ArrowDown", "mia"],
    ["ArrowDown", "mia"],
    ["ArrowUp", "eve"],
    ["Home", "ada"],
    ["End", "mia"],
  ] as const) {
    const focused = page.document.activeElement;
    assert.ok(focused);
    const event = page.act(page.button(focused), "keydown", { key });
    assert.equal(event.defaultPrevented, true);
    assert.equal((page.document.activeElement as HTMLElement).dataset["bonafideLogin"], login, key);
    assert.deepEqual(stops(), [login]);
  }
  page.button(eve).focus();
  assert.deepEqual(stops(), ["eve"]);
  eve.previousElementSibling?.parentElement?.remove();
  await page.settle();
  page.document.body.insertAdjacentHTML("beforeend", comment("zoe"));
  await page.settle();
  await page.showInView();
  assert.equal(stops().length, 1);
});

test("a press elsewhere closes the card, one inside it does not", async () => {
  const page = await pull("ada", "eve");
  click(page, "ada");
  page.act(page.shadowOf(page.card()).querySelector(".card") as Element, "pointerdown");
  assert.ok(page.card());
  page.act(page.document.body, "pointerdown");
  assert.equal(page.card(), null);
});

test("another repository begins anew: no level is taken along, and late answers are dropped", async () => {
  const page = await pull("ada");
  await page.answer({ ada: "known" });
  const before = page.port;
  page.window.history.pushState({}, "", "/acme/other/pull/1");
  page.window.dispatchEvent(new page.window.Event("popstate"));
  await page.settle();
  assert.equal(before.isOpen, false);
  assert.deepEqual(page.badges(), ["ada pending"]);
  before.deliver({ type: "badges", badges: [{ login: "ada", level: "known", mark: undefined }] });
  await page.settle();
  assert.deepEqual(page.badges(), ["ada pending"]);
  await page.tick(100);
  assert.equal(page.port.request?.repository, "acme/other");
});

test("a page of no kind is left alone, and has no connection", async () => {
  const page = await pull("ada");
  page.window.history.pushState({}, "", "/about");
  page.window.dispatchEvent(new page.window.Event("popstate"));
  await page.settle();
  assert.deepEqual(page.badges(), []);
  assert.equal(page.port.isOpen, false);
  page.document.body.insertAdjacentHTML("beforeend", comment("eve"));
  await page.settle();
  assert.deepEqual(page.badges(), []);
});

test("a kind of page that is switched off loses its badges", async () => {
  const page = await pull("ada");
  page.port.deliver({ type: "display", pagesOff: ["pull"], hidesClear: false, showsPeopleLine: true });
  await page.settle();
  assert.deepEqual(page.badges(), []);
  assert.equal(page.port.isOpen, false);
});

test("the copy that GitHub keeps of a page holds nothing of ours", async () => {
  const page = await pull("ada");
  click(page, "ada");
  page.document.dispatchEvent(new page.window.Event("turbo:before-cache"));
  assert.deepEqual(page.badges(), []);
  assert.equal(page.card(), null);
});

test("badges are drawn only when they come near the window", async () => {
  const page = new ContentPage(PULL, comment("ada") + comment("eve"));
  await page.start();
  assert.deepEqual(
    page.hosts().map((host) => page.isDrawn(host)),
    [false, false],
  );
  await page.showInView((link) => link.textContent === "eve");
  assert.deepEqual(
    page.hosts().map((host) => page.isDrawn(host)),
    [false, true],
  );
});

test("the page sees a login and a level, and not who is looked up on request only", async () => {
  const page = await pull("ada", "eve");
  const badge = (login: string, isOnRequest: boolean) => ({
    login,
    level: "unknown" as const,
    mark: undefined,
    reason: "Not looked up",
    isOnRequest,
  });
  page.port.deliver({ type: "badges", badges: [badge("ada", true), badge("eve", false)] });
  await page.settle();
  for (const host of page.hosts())
    assert.deepEqual(host.getAttributeNames().sort(), ["data-bonafide-level", "data-bonafide-login"]);
  const isQuiet = (login: string) => page.button(page.hosts(login)[0]).hasAttribute("data-on-request");
  assert.deepEqual([isQuiet("ada"), isQuiet("eve")], [true, false]);
  await page.answer({ ada: "clear" });
  assert.equal(isQuiet("ada"), false);
});

test("the popup is given as many people as anybody reads, and how many more there are", async () => {
  const page = await pull(...Array.from({ length: 1_030 }, (_, index) => `gen-${index}`));
  const popup = new BackgroundPort(PEOPLE_HERE);
  for (const accept of page.popupListeners) accept(popup);
  const here = popup.sent.at(-1) as unknown as PeopleHere;
  assert.deepEqual([here.people.length, here.more], [1_000, 30]);
});

test("when the extension is gone, nothing of ours is left in the page and nothing listens", async () => {
  const page = await pull("ada", "eve");
  click(page, "ada");
  page.runtime.id = undefined;
  page.port.drop();
  await page.settle();
  assert.equal(page.document.querySelectorAll("[data-bonafide-login], [data-bonafide-card]").length, 0);
  assert.equal(page.popupListeners.size, 0);
  for (const { watched } of page.observers) assert.equal(watched.size, 0);
  page.document.body.insertAdjacentHTML("beforeend", comment("mia"));
  page.window.history.pushState({}, "", "/acme/other/pull/1");
  page.window.dispatchEvent(new page.window.Event("popstate"));
  page.document.dispatchEvent(new page.window.Event("visibilitychange"));
  page.act(page.document.body, "click");
  await page.tick(10_000);
  assert.deepEqual(page.badges(), []);
  assert.equal(page.ports.length, 1);
});
