// The triage page as a maintainer uses it. What a run does in every order of events is tried in simulated time, in
// crate/core/tests/engine/triage.rs; here, that the page and the core of a real browser talk to each other.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { click, paste, until } from "./browser.ts";
import { browserTest, savedBy } from "./harness.ts";
import { makeOlder } from "./store.ts";
import { violations } from "./violations.ts";
import { killWorker } from "./worker.ts";

/** The rows that are drawn, as `login level`, in the page's order. */
const rows = (page: Page): Promise<string[]> =>
  page.$$eval("[data-bonafide-row]", (rows) =>
    rows.map((row) => `${row.getAttribute("data-bonafide-row")} ${row.getAttribute("data-bonafide-level")}`),
  );

/** Starts the run that the form is filled in for, and waits until everybody has been looked up. */
async function runToTheEnd(page: Page): Promise<void> {
  await click(page, "#start");
  await finished(page);
}

async function finished(page: Page): Promise<void> {
  await until(page, () => {
    const rows = [...document.querySelectorAll("[data-bonafide-row]")];
    return (
      rows.length > 0 &&
      document.querySelector<HTMLButtonElement>("#pause")?.disabled === true &&
      rows.every((row) => row.getAttribute("data-bonafide-level") !== "pending")
    );
  });
}

browserTest(
  "a repository's open pull requests are looked up, read by keyboard, and exported",
  async ({ openTriage, control }) => {
    const page = await openTriage("acme/web");
    await runToTheEnd(page);
    const done = await rows(page);
    assert.ok(done.includes("serial-sam alert"), done.join());
    const bar = await page.$eval('[role="progressbar"]', (bar) => [
      bar.getAttribute("aria-valuenow"),
      bar.getAttribute("aria-valuemax"),
    ]);
    assert.equal(bar[0], bar[1]);
    assert.deepEqual(await violations(page), []);

    // Enter opens the card of the row with the focus, Escape closes it and gives the focus back.
    await page.focus('[data-bonafide-row="serial-sam"]');
    await page.keyboard.press("Enter");
    await page.waitForSelector('#card [data-bonafide-report="serial-sam"][data-bonafide-level="alert"]');
    assert.deepEqual(await violations(page), [], "with a card");
    await page.keyboard.press("Escape");
    await until(page, () => document.querySelector<HTMLDialogElement>("#card")?.open === false);
    const focused = await page.evaluate(() => document.activeElement?.getAttribute("data-bonafide-row"));
    assert.equal(focused, "serial-sam");

    const saved = await savedBy(page, "#export");
    assert.equal(saved.trim().split("\n").length, done.length + 1, saved);
    assert.ok(saved.includes("serial-sam"), saved);

    await page.$$eval("details:not([hidden])", (all) => {
      for (const details of all) details.open = true;
    });
    await page.waitForSelector("#pictures figure");
    await until(page, () => document.querySelectorAll("#calls li").length > 0);
    assert.deepEqual(await violations(page), [], "unfolded");

    // Another page is told of the run there is, and nobody is asked for again.
    const { calls } = await control.log();
    const again = await openTriage();
    await finished(again);
    assert.deepEqual((await rows(again)).sort(), done.sort());
    assert.equal((await control.log()).calls.length, calls.length);
  },
  { token: true },
);

browserTest(
  "a run is paused and goes on",
  async ({ openTriage, control }) => {
    // One person's answers do not come, so that there is something to pause.
    await control.faults([{ match: { login: "serial-sam" }, do: "hang" }]);
    const page = await openTriage("acme/web");
    await click(page, "#start");
    await until(page, () => document.querySelector<HTMLButtonElement>("#pause")?.disabled === false);
    await click(page, "#pause");
    await until(page, () => document.querySelector("#pause")?.textContent === "Resume");
    await control.faults([]);
    await click(page, "#pause");
    await finished(page);
    assert.ok((await rows(page)).includes("serial-sam alert"), (await rows(page)).join());
  },
  // It waits until the call that hangs is given up.
  { token: true, only: "chromium" },
);

browserTest(
  "a pasted list is looked up, and what cannot be read is listed with its line",
  async ({ openTriage }) => {
    const page = await openTriage();
    await click(page, '[name="kind"][value="text"]');
    await paste(
      page,
      "#people-text",
      "@Serial-Sam, serial-sam\nnot a login!\nhttps://github.com/acme/web/pull/7\n",
    );
    await runToTheEnd(page);
    const done = await rows(page);
    // The login, however it is written, and the pull request.
    assert.deepEqual(
      done.map((row) => row.toLowerCase()),
      ["serial-sam alert", "serial-sam alert"],
    );
    assert.match(await page.$eval("#unread li", (line) => line.textContent ?? ""), /^Line 2: not a login! /);
  },
  { token: true },
);

browserTest(
  "two tabs have a run each, a reloaded tab keeps its own, and one is deleted",
  async ({ openTriage }) => {
    const web = await openTriage("acme/web");
    await click(web, "#start");
    const list = await openTriage("acme/next");
    await click(list, '[name="kind"][value="text"]');
    await paste(list, "#people-text", "newcomer-nia, patchy-pat\n");
    await runToTheEnd(list);
    await finished(web);
    const others = (page: Page, told: string): Promise<void> =>
      until(page, (told) => document.querySelector("#others ul")?.textContent === told, told);
    await others(web, "A list of 2 entries, finished");
    await others(list, "Open pull requests of acme/web, finished");
    const own = await rows(list);
    assert.deepEqual(own.map((row) => row.split(" ")[0]).sort(), ["newcomer-nia", "patchy-pat"]);
    assert.ok((await rows(web)).includes("serial-sam alert"));

    // Firefox tells the driver nothing of an extension page that is loaded again.
    await list.evaluate(() => {
      document.body.id = "before";
      location.reload();
    });
    await until(
      list,
      () => document.body.id !== "before" && document.querySelector("[data-bonafide-row]") !== null,
    );
    await finished(list);
    assert.deepEqual((await rows(list)).sort(), own.sort());

    // A press shows the other run in this tab; deleted here, it is gone from the list there.
    await click(web, "#others button");
    await until(web, () => document.querySelectorAll("[data-bonafide-row]").length === 2);
    await click(list, "#delete");
    await click(list, "#delete-yes");
    await until(list, () => document.querySelector<HTMLElement>("#run")?.hidden === true);
    await others(web, "Open pull requests of acme/web, finished");
  },
  { token: true },
);

browserTest(
  "a run that the version before kept is still there, with what people were judged by",
  async (bonafide) => {
    const { openTriage, storePage, control } = bonafide;
    const before = await openTriage("acme/web");
    await runToTheEnd(before);
    const done = await rows(before);
    await before.select("#export-format", "jsonLines");
    const records = await savedBy(before, "#export");
    assert.ok(records.includes("serial-sam"), records);
    await before.close();
    const store = await storePage();
    await killWorker(bonafide);
    await makeOlder(store);

    const { calls } = await control.log();
    const after = await openTriage("acme/web");
    await finished(after);
    assert.deepEqual((await rows(after)).sort(), done.sort());
    await after.select("#export-format", "jsonLines");
    assert.equal(await savedBy(after, "#export"), records);
    assert.equal((await control.log()).calls.length, calls.length);
  },
  { token: true },
);

browserTest(
  "a repository that is not there is answered by a sentence",
  async ({ openTriage }) => {
    const page = await openTriage("acme/nowhere");
    await click(page, "#start");
    await until(page, () => /acme\/nowhere/.test(document.querySelector("#run-notes")?.textContent ?? ""));
  },
  { token: true, only: "chromium" },
);

browserTest(
  "the popup leads to the open pull requests of the repository that it is about",
  async ({ openPopup }) => {
    const popup = await openPopup("github.com/acme/web/pull/7");
    await popup.waitForSelector("#triage:not([hidden]) a");
    const link = await popup.$eval("#triage a", (link) => (link as HTMLAnchorElement).href);
    assert.ok(link.endsWith("/extension/triage/triage.html?repository=acme%2Fweb"), link);
  },
  { token: true, only: "chromium" },
);
