import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { type BrowserName, until } from "./browser.ts";
import { badges, browserTest, levels, readThrough, reported, settled, untilLevel } from "./harness.ts";
import { badged, expectedPage } from "./pages.ts";

const PULL = "/acme/web/pull/7";

browserTest(
  "everybody on a pull request gets a badge with the level that their record has",
  async ({ openPage }) => {
    const page = await openPage(PULL);
    await readThrough(page);
    await settled(page);
    const found = await levels(page);

    assert.deepEqual(Object.keys(found).sort(), badged(expectedPage(PULL)));

    const expected = {
      "serial-sam": "alert",
      "rejected-rex": "alert",
      "echo-eve": "alert",
      "patchy-pat": "caution",
      "ada-steady": "known",
      "mel-member": "known",
      "owen-owner": "known",
      "newcomer-nia": "clear",
      "quiet-quinn": "quiet",
      "private-priya": "clear",
      "suspended-sid": "unknown",
      dependabot: "bot",
      Copilot: "bot",
    };
    assert.deepEqual(
      Object.fromEntries(Object.keys(expected).map((login) => [login, found[login]])),
      expected,
    );
  },
  { token: true },
);

/** How many badges each login has on a page. */
async function counts(page: Page): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { login } of await badges(page)) counts[login] = (counts[login] ?? 0) + 1;
  return counts;
}

/** Badges that do not stand right after a name of the person that they are about. */
function strays(page: Page): Promise<string[]> {
  return page.$$eval("[data-bonafide-login]:not([data-bonafide-report])", (badges) =>
    badges
      .filter((badge) => {
        const before = badge.previousElementSibling;
        const name = before?.localName === "strong" ? before.firstElementChild : before;
        const login = badge.getAttribute("data-bonafide-login")?.toLowerCase() ?? "";
        // Full names, addresses of searches and cards: somewhere the link says the login.
        return name?.matches("a, button") !== true || !name.outerHTML.toLowerCase().includes(login);
      })
      .map((badge) => `${badge.previousElementSibling?.outerHTML.slice(0, 200)} ${badge.outerHTML}`),
  );
}

for (const [kind, path, only] of [
  ["a pull request", PULL],
  ["an issue that React draws", "/acme/web/issues/1"],
  // Where names are is read from the page alone, and by the same code in both browsers.
  ["a person's repository", "/demo-own/tool/issues/3", "chromium"],
  ["a classic list of pull requests", "/acme/web/pulls", "chromium"],
  ["React's list of pull requests", "/acme/next/pulls", "chromium"],
  ["a list of issues", "/acme/web/issues", "chromium"],
  ["the reader's pull requests", "/pulls", "chromium"],
  ["the reader's issues", "/issues", "chromium"],
  ["commits of a pull request", "/acme/web/pull/7/commits", "chromium"],
  ["changed files", "/acme/web/pull/7/files", "chromium"],
  ["commits", "/acme/web/commits/main", "chromium"],
  ["a commit", "/acme/web/commit/c0ffee0", "chromium"],
  ["a discussion", "/acme/web/discussions/12", "chromium"],
  ["an organization's discussion", "/orgs/acme/discussions/5", "chromium"],
] as const satisfies readonly (readonly [string, string, BrowserName?])[]) {
  browserTest(
    `on ${kind} each name has one badge right after it, and nothing else has one`,
    async ({ openPage }) => {
      const { names, quiet } = expectedPage(path);
      const expected = Object.fromEntries(names.map(({ login, places }) => [login, places]));
      const page = await openPage(path);
      await until(
        page,
        (wanted) => document.querySelectorAll("[data-bonafide-login]").length >= Number(wanted),
        String(names.reduce((sum, { places }) => sum + places, 0)),
      );
      await readThrough(page);
      await settled(page);
      const { Copilot: ofCopilot = 0, ...found } = await counts(page);
      assert.deepEqual(found, expected);
      // An app like others, which the page's own list of names leaves out.
      assert.equal(
        ofCopilot > 0,
        quiet.some(({ why }) => why === "copilot"),
      );
      assert.deepEqual(await strays(page), []);
    },
    only === undefined ? {} : { only },
  );
}

browserTest(
  "an issue page that React draws gets its badges",
  async ({ openPage }) => {
    const path = "/acme/web/issues/1";
    const page = await openPage(path);
    await readThrough(page);
    await settled(page);
    const found = await levels(page);
    assert.deepEqual(Object.keys(found).sort(), badged(expectedPage(path)));
    assert.equal(found["patchy-pat"], "caution");
  },
  { token: true },
);

browserTest(
  "the same page again makes no call",
  async ({ openPage, control }) => {
    const first = await openPage(PULL);
    await readThrough(first);
    await settled(first);
    await reported(control, "serial-sam");
    const cold = await control.log();
    assert.ok(cold.calls.length > 0, "the first time nothing was called");
    const before = await levels(first);
    await first.close();
    await control.clearLog();

    const again = await openPage(PULL);
    await readThrough(again);
    await settled(again);
    assert.deepEqual(await levels(again), before);
    const { calls } = await control.log();
    assert.deepEqual(
      calls.map(({ url, operation, logins }) => ({ url, operation, logins })),
      [],
    );
  },
  { token: true },
);

browserTest("without a token only the opener is looked up", async ({ openPage, control }) => {
  const page = await openPage(PULL);
  await untilLevel(page, "serial-sam", "alert");
  const { calls, graphqlRequests } = await control.log();
  assert.equal(graphqlRequests, 0);
  assert.deepEqual([...new Set(calls.flatMap(({ logins }) => logins))], ["serial-sam"]);
});
