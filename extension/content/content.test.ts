// The whole content script in a page, as a reader uses it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ContentPage, comment } from "../testing/content-page.js";
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
  page.port.deliver({ type: "look", pagesOff: ["pull"], hidesClear: false });
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
