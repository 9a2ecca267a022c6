// What others rely on: the selectors, attributes and addresses that do not change without notice.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { until } from "./browser.ts";
import { required } from "./github.ts";
import { browserTest, CARD, openCard, press, readThrough, reportLevel, settled } from "./harness.ts";
import { reveal } from "./shadow.ts";

const LEVELS = ["pending", "known", "clear", "quiet", "caution", "alert", "unknown", "bot"];
const FINDING_LEVELS = ["clear", "caution", "alert", "unknown", "info", "pending"];
const GROUPS = ["here", "pullRequests", "issues", "conduct", "profile"];

test("the package has its pages and its background where others look for them", () => {
  const files = [
    "manifest.json",
    "extension/background.js",
    "extension/popup/popup.html",
    "extension/options/options.html",
  ];
  assert.deepEqual(
    files.filter((file) => !existsSync(join(required("BONAFIDE_EXTENSION"), file))),
    [],
  );
});

/** What the attributes of a report say, wherever it stands. */
type Drawn = {
  readonly login: string | null;
  readonly level: string | null;
  readonly groups: readonly (readonly [name: string | null, level: string | null])[];
  readonly findings: readonly (readonly [id: string | null, level: string | null, group: string | null])[];
};

const readReport = (root: Document | ShadowRoot): Drawn => {
  const level = (element: Element): string | null => element.getAttribute("data-bonafide-level");
  const report = root.querySelector("[data-bonafide-report]");
  if (report === null) throw new Error("there is no report");
  return {
    login: report.getAttribute("data-bonafide-report"),
    level: level(report),
    groups: [...report.querySelectorAll("[data-bonafide-group]")].map((group) => [
      group.getAttribute("data-bonafide-group"),
      level(group),
    ]),
    findings: [...report.querySelectorAll("[data-bonafide-finding]")].map((finding) => [
      finding.getAttribute("data-bonafide-finding"),
      level(finding),
      finding.closest("[data-bonafide-group]")?.getAttribute("data-bonafide-group") ?? null,
    ]),
  };
};

function checkReport(
  { login, level, groups, findings }: Drawn,
  expected: { login: string; level: string },
): void {
  assert.deepEqual({ login, level }, expected);
  assert.ok(groups.length > 0);
  for (const [name, level] of groups) {
    assert.ok(GROUPS.includes(name ?? ""), `group ${name}`);
    assert.ok(FINDING_LEVELS.includes(level ?? ""), `${name} is ${level}`);
  }
  assert.ok(findings.length > 0);
  for (const [id, level, group] of findings) {
    assert.match(id ?? "", /^[a-z]+(-[a-z]+)*$/);
    assert.ok(FINDING_LEVELS.includes(level ?? ""), `${id} is ${level}`);
    assert.ok(GROUPS.includes(group ?? ""), `${id} stands in ${group}`);
  }
}

browserTest(
  "badges and cards can be found by their attributes, and nothing else on GitHub's page is changed",
  async ({ openPage }) => {
    const page = await openPage("/acme/web/pull/7");
    await readThrough(page);
    await settled(page);
    const shown = await page.$$eval("[data-bonafide-login]", (badges) =>
      badges.map((badge) => badge.getAttribute("data-bonafide-level")),
    );
    assert.deepEqual(
      shown.filter((level) => !LEVELS.includes(level ?? "")),
      [],
    );
    assert.deepEqual(
      await page.$$eval("*", (all) =>
        all
          .filter((element) => !element.matches("[data-bonafide-login]"))
          .filter((element) => [...element.attributes].some(({ name }) => /bonafide/i.test(name)))
          .map((element) => element.outerHTML),
      ),
      [],
    );

    await openCard(page, "serial-sam");
    await reveal(page, CARD);
    const card = (await page.evaluate(
      `(${readReport})(document.querySelector("[data-bonafide-card]").shadowRoot)`,
    )) as Drawn;
    checkReport(card, { login: "serial-sam", level: "alert" });
    assert.equal(card.groups[0]?.[0], "here");
    await page.keyboard.press("Escape");
    assert.equal(await page.$("[data-bonafide-card]"), null);
  },
  { token: true },
);

browserTest(
  "the popup's report and its JSON have what others read",
  async ({ openPopup }) => {
    const popup = await openPopup("https://github.com/acme/web/pull/7");
    assert.equal(await reportLevel(popup), "alert");
    const drawn = (await popup.evaluate(`(${readReport})(document)`)) as Drawn;
    checkReport(drawn, { login: "serial-sam", level: "alert" });

    // The clipboard of a browser without a window is not to be had.
    await popup.evaluate(() => {
      navigator.clipboard.writeText = async (text) => {
        document.documentElement.dataset["copied"] = text;
      };
    });
    await press(popup, "Copy as JSON");
    await until(popup, () => document.documentElement.dataset["copied"] !== undefined);
    const json: unknown = JSON.parse(
      await popup.evaluate(() => document.documentElement.dataset["copied"] ?? ""),
    );
    assert.ok(typeof json === "object" && json !== null);
    const report = json as Record<string, unknown>;
    const fixed = ["login", "level", "policy", "groups", "findings", "gaps", "checkedAt"];
    assert.deepEqual(
      fixed.filter((name) => !(name in report)),
      [],
    );
    assert.equal(report["login"], "serial-sam");
    assert.equal(report["level"], "alert");
    assert.equal(report["policy"], "balanced");
    assert.deepEqual(report["groups"], Object.fromEntries(drawn.groups));
    const findings = report["findings"] as { id: string; level: string; group: string }[];
    assert.deepEqual(
      findings.map(({ id, level, group }) => `${id} ${level} ${group}`).sort(),
      drawn.findings.map((finding) => finding.join(" ")).sort(),
    );
    assert.deepEqual(report["gaps"], []);
    assert.ok(!Number.isNaN(Date.parse(String(report["checkedAt"]))));
  },
  { token: true },
);

browserTest("the options can be found by their names", async ({ openOptions }) => {
  const options = await openOptions();
  for (const name of ["#token", "#save-token", "#token-status", "#policy", "#wipe"]) {
    assert.ok(await options.$(name), name);
  }
  assert.deepEqual(
    await options.$$eval("#policy option", (all) => all.map((option) => (option as HTMLOptionElement).value)),
    ["balanced", "classic"],
  );
});
