import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { until } from "./browser.ts";
import { browserTest, levels, settled } from "./harness.ts";
import { ask, assertNoRepairs, order, untilRight } from "./lab.ts";

const APP = "/acme/web/issues/900";
const PARTIAL = "/acme/web/issues/901";

/** Whatever the page, or we on it, report as an error. */
function errorsOf(page: Page): string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    // The lab has no pictures of those whom it makes up.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      errors.push(message.text());
  });
  return errors;
}

for (const path of [APP, PARTIAL]) {
  browserTest(`nothing is written into ${path} before React has taken over`, async ({ openPage }) => {
    const page = await openPage(`${path}?hydrate=1200`);
    const errors = errorsOf(page);
    // Had a badge stood before, React would have found it and drawn everything anew.
    const wasEarly = await page.evaluate(async () => {
      const root = document.querySelector("react-app, react-partial");
      while (root?.classList.contains("loaded") === false) {
        if (document.querySelector("[data-bonafide-login]") !== null) return true;
        await new Promise((done) => requestAnimationFrame(done));
      }
      return false;
    });
    assert.equal(wasEarly, false);
    await untilRight(page);
    await assertNoRepairs(page);
    assert.deepEqual(errors, []);
  });
}

browserTest("what the server drew gets its badges even where React never comes", async ({ openPage }) => {
  const page = await openPage(`${APP}?hydrate=never`);
  await untilRight(page);
});

browserTest("badges follow whatever React does to the names", async ({ openPage }) => {
  const page = await openPage(APP);
  const errors = errorsOf(page);
  await untilRight(page);
  const first = await order(page);

  await ask(page, { do: "rerender" });
  await untilRight(page);
  assert.deepEqual(await order(page), first);

  await ask(page, { do: "reorder" });
  await untilRight(page);
  assert.deepEqual(await order(page), first.toReversed());

  await ask(page, { do: "reuse", at: 1, login: "rejected-rex" });
  await untilRight(page);
  assert.equal((await order(page))[1], "rejected-rex");

  await ask(page, { do: "replace", at: 2, login: "quiet-quinn" });
  await untilRight(page);
  assert.equal((await order(page))[2], "quiet-quinn");

  await ask(page, { do: "remove", at: 0 });
  await untilRight(page);
  assert.equal((await order(page)).length, first.length - 1);

  await ask(page, { do: "remount" });
  await untilRight(page);

  await ask(page, { do: "append", count: 200 });
  await untilRight(page);
  assert.equal((await order(page)).length, first.length - 1 + 200);

  // From here on rows come and go as one scrolls.
  await ask(page, { do: "virtualise" });
  await untilRight(page);
  const few = (await order(page)).length;
  assert.ok(few < 100, `${few} rows are there`);
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await until(page, () => document.querySelector('[data-bonafide-login="gen-205"]') !== null);
  await untilRight(page);
  await ask(page, { do: "virtualise" });
  await untilRight(page);

  await assertNoRepairs(page);
  assert.deepEqual(errors, []);
});

browserTest(
  "a link that is used for another person never keeps the level of the one before",
  async ({ openPage }) => {
    const page = await openPage(APP);
    await untilRight(page);
    await settled(page);
    assert.equal((await levels(page))["ada-steady"], "known");
    // What stands at the very moment of the change is looked at, not what comes of it later.
    const seen = await page.evaluate(async () => {
      const link = document.querySelectorAll("#lab-rows [data-testid='avatar-link']")[1];
      const badge = link?.nextElementSibling;
      const seen = new Set<string>();
      const note = (): void => {
        if (badge?.getAttribute("data-bonafide-login") === "serial-sam")
          seen.add(badge.getAttribute("data-bonafide-level") ?? "");
      };
      new MutationObserver(note).observe(badge as Element, { attributes: true });
      window.dispatchEvent(new CustomEvent("lab", { detail: { do: "reuse", at: 1, login: "serial-sam" } }));
      while (!seen.has("alert")) await new Promise((done) => requestAnimationFrame(done));
      return [...seen];
    });
    assert.deepEqual(seen, ["pending", "alert"]);
    await untilRight(page);
  },
  { token: true },
);

browserTest("a page that keeps taking badges out wins in the end", async ({ openPage }) => {
  const page = await openPage(APP);
  await untilRight(page);
  const names = (await order(page)).length;
  await ask(page, { do: "removeBadges" });
  const most = names * 6;
  await until(
    page,
    (most) => Number(document.documentElement.dataset["labRemoved"] ?? "0") >= Number(most),
    String(most),
  );
  // The page changes on, and yet nothing is put back.
  for (let step = 0; step < 5; step += 1) {
    await ask(page, { do: "rerender" });
    await ask(page, { do: "reorder" });
  }
  const removed = await page.evaluate(() => Number(document.documentElement.dataset["labRemoved"]));
  assert.equal(removed, most);
});
