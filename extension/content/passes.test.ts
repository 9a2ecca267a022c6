import assert from "node:assert/strict";
import { test } from "node:test";
import { ContentPage, comment } from "../testing/content-page.js";
import { createPasses, type Passes } from "./passes.js";
import { createWorkQueue } from "./time-slicing.js";

interface Watched {
  readonly browser: ContentPage;
  readonly passes: Passes;
  readonly ending: AbortController;
  /** How many passes there have been. */
  count(): number;
  change(html: string): Promise<void>;
}

async function watch(step: () => void = () => {}): Promise<Watched> {
  const browser = new ContentPage("https://github.com/acme/web/pull/7", comment("ada"));
  const ending = new AbortController();
  let count = 0;
  let isRunning = false;
  let address = location.href;
  const passes = createPasses(
    {
      *pass() {
        assert.equal(isRunning, true);
        count += 1;
        address = location.href;
        yield;
        step();
      },
      began: () => {
        isRunning = true;
      },
      ended: () => {
        isRunning = false;
      },
      hasMoved: () => location.href !== address,
      isOfHovercard: ({ target }) => (target as Element).id === "hovercard",
      hovercardChanged: () => {},
    },
    createWorkQueue(ending.signal),
    ending.signal,
  );
  passes.observe();
  passes.schedule();
  await browser.settle();
  assert.equal(count, 1);
  const change = async (html: string): Promise<void> => {
    browser.document.body.insertAdjacentHTML("beforeend", html);
    await browser.settle();
  };
  return { browser, passes, ending, count: () => count, change };
}

test("a pass follows what can have brought or removed a name, and nothing else", async () => {
  const { browser, count, change } = await watch();
  await change("<p>words</p>");
  await change('<p><a href="/acme/web">web</a></p>');
  assert.equal(count(), 1);
  await change(comment("eve"));
  assert.equal(count(), 2);
  browser.document.querySelector("a")?.setAttribute("data-hovercard-url", "/users/mia/hovercard");
  await browser.settle();
  assert.equal(count(), 3);
  browser.document.querySelector(".TimelineItem")?.remove();
  await browser.settle();
  assert.equal(count(), 4);
});

test("many changes lead to one pass", async () => {
  const { browser, count, passes } = await watch();
  for (let index = 0; index < 5; index += 1) {
    browser.document.body.insertAdjacentHTML("beforeend", comment("eve"));
    passes.schedule();
  }
  await browser.settle();
  assert.equal(count(), 2);
});

test("a new address leads to a pass even while the page is not observed, the same one to none", async () => {
  const { browser, count, passes } = await watch();
  passes.unobserve();
  browser.document.body.insertAdjacentHTML("beforeend", comment("eve"));
  const navigate = async (): Promise<void> => {
    browser.window.dispatchEvent(new browser.window.Event("turbo:render"));
    await browser.settle();
  };
  await navigate();
  assert.equal(count(), 1);
  browser.window.history.pushState({}, "", "/about");
  await navigate();
  assert.equal(count(), 2);
});

test("a pass that fails is ended, and the next one runs", async () => {
  let isBroken = true;
  const log = console.error;
  console.error = () => {};
  try {
    const { count, change } = await watch(() => {
      if (isBroken) throw new Error("broken");
    });
    isBroken = false;
    await change(comment("eve"));
    assert.equal(count(), 2);
  } finally {
    console.error = log;
  }
});

test("after its end nothing leads to a pass", async () => {
  const { browser, count, passes, ending, change } = await watch();
  ending.abort();
  await change(comment("eve"));
  browser.window.history.pushState({}, "", "/about");
  browser.window.dispatchEvent(new browser.window.Event("popstate"));
  passes.schedule();
  await browser.settle();
  assert.equal(count(), 1);
});
