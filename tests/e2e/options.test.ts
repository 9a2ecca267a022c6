import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { enterToken, until } from "./browser.ts";
import { TOKENS } from "./github.ts";
import { browserTest } from "./harness.ts";

/** What the options say of the token, once they say the word that is waited for. */
async function statusHolding(page: Page, words: string): Promise<string> {
  await until(
    page,
    (words) => document.querySelector("#token-status")?.textContent?.includes(words) === true,
    words,
  );
  return page.$eval("#token-status", (status) => status.textContent ?? "");
}

async function refusal(page: Page): Promise<string> {
  await until(page, () => {
    const status = document.querySelector("#token-status");
    return status?.getAttribute("role") === "alert" && status.textContent !== "";
  });
  return page.$eval("#token-status", (status) => status.textContent ?? "");
}

browserTest("a good token is accepted, says whose it is, and stays", async ({ openOptions, control }) => {
  const page = await openOptions();
  await enterToken(page, TOKENS.classic);
  await statusHolding(page, "maintainer-max");
  const { calls } = await control.log();
  assert.ok(calls.length > 0);
  for (const call of calls) assert.equal(call.tokenName, "classic", call.url);

  const again = await openOptions();
  await statusHolding(again, "maintainer-max");
  // The field is for pasting: the token is never shown again.
  assert.equal(await again.$eval("#token", (field) => (field as HTMLInputElement).value), "");
});

browserTest("a token with spaces around it is accepted", async ({ openOptions }) => {
  const page = await openOptions();
  await enterToken(page, `  ${TOKENS.fineGrained} `);
  await statusHolding(page, "maintainer-max");
});

browserTest("a token with too many rights is accepted with advice", async ({ openOptions }) => {
  const page = await openOptions();
  await enterToken(page, TOKENS.classicRepo);
  const status = await statusHolding(page, "maintainer-max");
  assert.match(status, /repo/);
});

browserTest("a refused token is told and not kept", async ({ openOptions, openPopup, control }) => {
  const page = await openOptions();
  await enterToken(page, TOKENS.revoked);
  assert.notEqual(await refusal(page), "");
  await control.clearLog();

  const popup = await openPopup("newcomer-nia");
  await popup.waitForSelector("[data-bonafide-report]:not([data-bonafide-level='pending'])");
  const { calls } = await control.log();
  assert.ok(calls.length > 0);
  for (const call of calls) assert.equal(call.tokenName, null, call.url);
});

browserTest("what is no token of GitHub's is refused without a call", async ({ openOptions, control }) => {
  for (const token of ["glpat-0123456789abcdefghij", "ghp_short", "two words"]) {
    const page = await openOptions();
    await enterToken(page, token);
    assert.notEqual(await refusal(page), "", token);
    await page.close();
  }
  assert.deepEqual((await control.log()).calls, []);
});

browserTest(
  "the token reaches no page of GitHub's and no content script",
  async ({ openPage }) => {
    const page = await openPage("/acme/web/pull/7");
    await page.waitForSelector("[data-bonafide-login]");
    const text = await page.evaluate(() => document.documentElement.outerHTML + JSON.stringify(localStorage));
    assert.ok(!text.includes(TOKENS.classic));
  },
  { token: true },
);
