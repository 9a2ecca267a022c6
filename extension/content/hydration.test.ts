import assert from "node:assert/strict";
import { test } from "node:test";
import { ContentPage } from "../testing/content-page.js";
import { hydration } from "./hydration.js";

const BODY = `
  <p id="classic"></p>
  <react-app data-ssr="true"><p id="drawn"></p><rails-partial><p id="partial"></p></rails-partial></react-app>
  <react-app><p id="not-drawn-by-the-server"></p></react-app>`;

function open(): {
  page: ContentPage;
  isReady(id: string): boolean;
  changes(): number;
  ending: AbortController;
} {
  const page = new ContentPage("https://github.com/acme/web/issues/1", BODY);
  const ending = new AbortController();
  let changes = 0;
  const { isReady } = hydration(() => {
    changes += 1;
  }, ending.signal);
  return {
    page,
    ending,
    changes: () => changes,
    isReady: (id) => isReady(page.document.getElementById(id) as Element),
  };
}

test("only what the server drew for React has to be waited for", () => {
  const { isReady } = open();
  assert.equal(isReady("classic"), true);
  assert.equal(isReady("partial"), true);
  assert.equal(isReady("not-drawn-by-the-server"), true);
  assert.equal(isReady("drawn"), false);
});

test("it is ready after React's mark and an idle moment", async () => {
  const { page, isReady, changes } = open();
  assert.equal(isReady("drawn"), false);
  page.document.querySelector("react-app")?.classList.add("loaded");
  await new Promise((done) => setImmediate(done));
  assert.equal(isReady("drawn"), false);
  await page.settle();
  assert.equal(isReady("drawn"), true);
  assert.equal(changes(), 1);
});

test("where the mark never comes it is ready some time after the page has loaded", async () => {
  const { page, isReady, changes } = open();
  isReady("drawn");
  page.window.dispatchEvent(new page.window.Event("load"));
  await page.tick(2_499);
  assert.equal(isReady("drawn"), false);
  await page.tick(1);
  assert.equal(isReady("drawn"), true);
  assert.equal(changes(), 1);
});

test("after its end nothing becomes ready", async () => {
  const { page, isReady, changes, ending } = open();
  isReady("drawn");
  ending.abort();
  page.document.querySelector("react-app")?.classList.add("loaded");
  page.window.dispatchEvent(new page.window.Event("load"));
  await page.tick(10_000);
  assert.equal(changes(), 0);
});
