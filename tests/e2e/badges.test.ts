import assert from "node:assert/strict";
import { badges, browserTest, levels, readThrough, settled, untilLevel } from "./harness.ts";
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
      "quiet-quinn": "clear",
      "private-priya": "unknown",
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

browserTest(
  "each author link has one badge, right after it",
  async ({ openPage }) => {
    const page = await openPage(PULL);
    await readThrough(page);
    await settled(page);
    const places = Object.fromEntries(expectedPage(PULL).names.map(({ login, places }) => [login, places]));
    const drawn: Record<string, number> = {};
    for (const { login } of await badges(page)) drawn[login] = (drawn[login] ?? 0) + 1;
    for (const [login, most] of Object.entries(places)) {
      assert.ok((drawn[login] ?? 0) <= most, `${login} has ${drawn[login]} badges at ${most} places`);
    }
    const strays = await page.$$eval("[data-bonafide-login]:not([data-bonafide-report])", (badges) =>
      badges
        .filter((badge) => badge.previousElementSibling?.matches("a, strong, span") !== true)
        .map((badge) => badge.outerHTML),
    );
    assert.deepEqual(strays, []);
  },
  { token: true },
);

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
