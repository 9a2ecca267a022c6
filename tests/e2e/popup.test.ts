import assert from "node:assert/strict";
import { click, until } from "./browser.ts";
import { browserTest, reportLevel } from "./harness.ts";

browserTest(
  "the popup opens on the report of its target",
  async ({ openPopup }) => {
    const targets: [target: string, login: string, level: string][] = [
      ["rejected-rex", "rejected-rex", "alert"],
      ["https://github.com/patchy-pat/", "patchy-pat", "caution"],
      ["github.com/acme/web/pull/7#issuecomment-1", "serial-sam", "alert"],
      ["missing-maria", "missing-maria", "unknown"],
    ];
    for (const [target, login, level] of targets) {
      const page = await openPopup(target);
      assert.equal(await reportLevel(page), level, target);
      const report = await page.$eval("[data-bonafide-report]", (report) =>
        report.getAttribute("data-bonafide-report"),
      );
      assert.equal(report, login, target);
      await page.close();
    }
  },
  { token: true },
);

browserTest(
  "what is typed by keyboard is looked up",
  async ({ openPopup }) => {
    const page = await openPopup();
    await page.waitForSelector("#target");
    await page.keyboard.type("patchy-pat");
    await page.keyboard.press("Enter");
    assert.equal(await reportLevel(page), "caution");
    const groups = await page.$$eval("[data-bonafide-group]", (groups) =>
      groups.map((group) => group.getAttribute("data-bonafide-group")),
    );
    assert.ok(groups.includes("pullRequests"), String(groups));
    const links = await page.$$eval("[data-bonafide-report] a[href]", (links) =>
      links.map((link) => (link instanceof HTMLAnchorElement ? link.href : "")),
    );
    assert.ok(links.length > 0, "the report has no link");
    for (const link of links) assert.match(link, /^https:\/\/github\.com\//);
  },
  { token: true },
);

browserTest("what is no target is answered by a sentence and by no call", async ({ openPopup, control }) => {
  for (const target of ["not a login", "https://example.com/octocat", "two_under_scores", "a".repeat(40)]) {
    const page = await openPopup(target);
    const sentence = await page.waitForSelector('[role="alert"]:not([hidden])', { visible: true });
    assert.ok(sentence);
    assert.notEqual(await sentence.evaluate((element) => element.textContent?.trim()), "");
    await page.close();
  }
  assert.deepEqual((await control.log()).calls, []);
});

browserTest(
  "the popup draws how the calls went",
  async ({ openPopup }) => {
    const popup = await openPopup("serial-sam");
    await until(
      popup,
      () => document.querySelector("[data-bonafide-report]")?.getAttribute("data-bonafide-level") === "alert",
    );
    await click(popup, ".timeline > summary");
    await until(popup, () => document.querySelectorAll(".timeline li").length >= 5);
    const text = await popup.$eval(".timeline", (it) => it.textContent ?? "");
    assert.match(text, /slowest/);
    assert.match(text, /one after another/);
  },
  { token: true },
);

browserTest(
  "with the names hidden, the popup shows them nowhere",
  async ({ openPopup }) => {
    const popup = await openPopup("serial-sam");
    assert.equal(await reportLevel(popup), "alert");
    await click(popup, ".more > summary");
    await click(popup, ".timeline > summary");
    const visible = (): Promise<string> =>
      popup.evaluate(() => document.querySelector("main")?.innerText ?? "");
    assert.match(await visible(), /serial-sam/i);
    const [hide] = await popup.$$('xpath///button[text()="Hide names"]');
    await hide?.click();
    await until(popup, () => document.querySelector("[data-bonafide-redacted]") !== null);
    assert.doesNotMatch(await visible(), /serial-sam/i);
    assert.equal(await popup.$eval("#target", (input) => (input as HTMLInputElement).value), "");
    assert.equal(await popup.$(".own-note"), null);
  },
  { token: true },
);
