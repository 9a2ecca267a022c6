import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { becomeBrowser } from "../testing/browser.js";
import { PAGE_KINDS } from "./page-kinds.js";
import { age, isSayable, list, percentage, relative, say, sayFinding, t, took } from "./words.js";

becomeBrowser();

const NOW = Date.parse("2026-11-21T12:00:00Z");

test("how long something took is said in the largest unit that it fills", () => {
  const check = (milliseconds: number, expected: string): void =>
    assert.equal(took(milliseconds), expected, `${milliseconds}`);
  check(0, "0 seconds");
  check(449, "0.4 seconds");
  check(9_100, "9.1 seconds");
  check(59_400, "59 seconds");
  check(60_000, "1 minute");
  check(23.4 * 60_000, "23 minutes");
  check(5_400_000, "1.5 hours");
  check(30 * 3_600_000, "30 hours");
});

test("plural forms follow the first number", () => {
  assert.equal(t("ui_people_cached", 1), "1 author is stored in this browser.");
  assert.equal(t("ui_people_cached", 1234), "1,234 authors are stored in this browser.");
  assert.equal(t("ui_people_cached", 0), "0 authors are stored in this browser.");
});

test("a message that is missing is seen", () => {
  assert.equal(say({ key: "no_such_message", args: ["a", 2] }), "no_such_message a 2");
});

test("what could not be counted is named", () => {
  const check = (key: string, args: number[], expected: string): void =>
    assert.equal(sayFinding({ id: "profile-fields", sentence: { key, args } }), expected);
  check("finding_profile_fields", [2], "2 profile fields are filled in.");
  check("finding_profile_fields_at_least", [1], "At least 1 profile field is filled in.");
  check("finding_none_seen", [], "Profile: None seen, but not everything was checked.");
  check("finding_unknown", [], "Profile: Not enough data to tell.");
});

test("dollar signs in somebody's words are only dollar signs", () => {
  assert.equal(t("ui_announce", "$2", "Worth a look"), "$2: Worth a look");
});

test("ages", () => {
  const check = (since: string, expected: string | undefined): void =>
    assert.equal(age(since, NOW), expected, since);
  check("2026-11-21T11:59:00Z", "1 day");
  check("2026-11-09T12:00:00Z", "12 days");
  check("2026-08-01T00:00:00Z", "3 months");
  check("2018-11-01T00:00:00Z", "8 years");
  check("no moment", undefined);
});

test("moments", () => {
  const check = (at: string, expected: string | undefined): void =>
    assert.equal(relative(at, NOW), expected, at);
  check("2026-11-21T11:57:00Z", "3 minutes ago");
  check("2026-11-21T12:12:30Z", "in 12 minutes");
  check("2026-11-21T12:00:00Z", "now");
  check("2026-11-20T11:00:00Z", "yesterday");
  check("", undefined);
});

test("lists and shares", () => {
  assert.equal(list(["a", "b", "c"]), "a, b and c");
  assert.equal(percentage(1 / 3), "33%");
});

test("messages are sorted, and none is empty", () => {
  const messages = JSON.parse(readFileSync("extension/_locales/en/messages.json", "utf8")) as Record<
    string,
    { message: string }
  >;
  const names = Object.keys(messages);
  assert.deepEqual(names, [...names].sort());
  for (const [name, { message }] of Object.entries(messages)) assert.notEqual(message.trim(), "", name);
});

test("every message that the extension's own parts name exists", () => {
  const messages = JSON.parse(readFileSync("extension/_locales/en/messages.json", "utf8")) as Record<
    string,
    unknown
  >;
  const files = readdirSync("extension", { recursive: true, encoding: "utf8" }).filter(
    (name) => /(?<!\.test)\.ts$|\.html$/.test(name) && !name.startsWith("generated"),
  );
  assert.ok(files.includes("shared/draw-report.ts"));
  for (const file of files) {
    const named = readFileSync(`extension/${file}`, "utf8").match(
      /(?<=["'])(?:ui|level|group|gap|part)_[a-zA-Z_]*[a-zA-Z](?=["'])/g,
    );
    for (const name of named ?? []) {
      assert.ok(name in messages || `${name}_other` in messages, `${file} names ${name}`);
    }
  }
});

test("every finding that counts against somebody says when it is wrong and what would explain it", () => {
  const names = Object.keys(
    JSON.parse(readFileSync("extension/_locales/en/messages.json", "utf8")) as Record<string, unknown>,
  );
  const between = (start: string, end: string): string[] =>
    names
      .filter((name) => name.startsWith(start) && name.endsWith(end))
      .map((name) => name.slice(start.length, name.length - end.length))
      .sort();
  // The core's tests hold that each finding with thresholds, and no other, says what it sees.
  const findings = between("finding_", "_sees");
  assert.ok(findings.length > 0);
  assert.deepEqual(between("ui_caveat_", ""), findings);
  assert.deepEqual(between("ui_explain_", ""), findings);
});

test("every kind of page has a name", () => {
  for (const kind of PAGE_KINDS) assert.ok(isSayable(`ui_kind_${kind}`), kind);
});
