import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { enterToken, launch, PATIENCE_MS, until } from "./browser.ts";
import { type Call, TOKENS } from "./github.ts";
import {
  browserTest,
  levels,
  readThrough,
  refusal,
  reported,
  reportLevel,
  settled,
  wipe,
} from "./harness.ts";

const PULL = "/acme/web/pull/7";

/** Whether anything is asked about whom GitHub does not know depends on which answer comes first. */
const NOBODY = "suspended-sid";

/** Operations that bring pages of activity. Which people and which pages share a request is a matter of the moment. */
const ACTIVITY = ["Activity", "PullRequests", "Issues"];

/** What was asked about whom, each as often as it was; a request names a person once for each page of activity. */
function questions(calls: readonly Call[]): string[] {
  return calls
    .flatMap(({ operation, logins }) => {
      const what = ACTIVITY.includes(operation ?? "") ? "Activity" : operation;
      return logins.map((login) => `${login}: ${what}`);
    })
    .filter((question) => !question.startsWith(NOBODY))
    .sort();
}

browserTest(
  "one person in two tabs and the popup at once is looked up once",
  async ({ openPage, openPopup, openOptions, control }) => {
    // What there is to ask at all, found out one after another.
    const popup = await openPopup("patchy-pat");
    await reportLevel(popup);
    const page = await openPage(PULL);
    await readThrough(page);
    await settled(page);
    await reported(control, "patchy-pat", "anywhere");
    await reported(control, "serial-sam");
    const once = questions((await control.log()).calls);
    assert.ok(once.includes("patchy-pat: Activity"));
    await page.close();
    await refusal(popup, "two words");
    const options = await openOptions();
    await wipe(options);
    assert.equal(
      await options.$eval("#wipe-status a", (link) => (link as HTMLAnchorElement).href),
      "https://github.com/settings/personal-access-tokens",
      "where a token is revoked that the disk may still hold",
    );
    await enterToken(options, TOKENS.classic);
    await until(
      options,
      () => document.querySelector<HTMLElement>("#token-status")?.dataset["state"] === "accepted",
    );
    await control.latency("model");
    await control.clearLog();

    const [second, ...tabs] = await Promise.all([openPopup("patchy-pat"), openPage(PULL), openPage(PULL)]);
    for (const tab of tabs) await readThrough(tab);
    await Promise.all([reportLevel(second), ...tabs.map(settled)]);
    for (const tab of tabs) assert.equal((await levels(tab))["patchy-pat"], "caution");
    await reported(control, "patchy-pat", "anywhere");
    await reported(control, "serial-sam");
    const { calls } = await control.log();
    assert.deepEqual(questions(calls), once);

    await control.clearLog();
    assert.equal(await reportLevel(await openPopup("Patchy-Pat")), "caution");
    assert.deepEqual(questions((await control.log()).calls), []);
  },
  { token: true },
);

test("after a restart of the browser the same page makes no call", { timeout: 8 * PATIENCE_MS }, async () => {
  const profile = mkdtempSync(join(tmpdir(), "bonafide-profile-"));
  try {
    const first = await launch({ profile });
    let before: Record<string, string>;
    try {
      await first.saveToken();
      const page = await first.openPage(PULL);
      await readThrough(page);
      await settled(page);
      await reported(first.control, "serial-sam");
      before = await levels(page);
      assert.equal(before["serial-sam"], "alert");
    } finally {
      await first.close();
    }
    const second = await launch({ profile });
    try {
      const page = await second.openPage(PULL);
      await readThrough(page);
      await settled(page);
      assert.deepEqual(await levels(page), before);
      assert.deepEqual(questions((await second.control.log()).calls), []);
    } finally {
      await second.close();
    }
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
});
