import assert from "node:assert/strict";
import { test } from "node:test";
import { reportView } from "../shared/draw-report.js";
import type { AuthorReport, RecordThen } from "../shared/messages.js";
import { becomeBrowser } from "../testing/browser.js";
import { report } from "../testing/report.js";
import { isWaiting } from "./waiting.js";

becomeBrowser();

test("who looks at a report waits for its level and for the record then, and for nothing else", () => {
  const view = reportView({ refresh() {}, openOptions() {}, setPerson() {} });
  const isWaitingFor = (given: Partial<AuthorReport>): boolean => {
    view.show(report({ thisItem: { kind: "pullRequest", lines: [] }, ...given }));
    return isWaiting(view.element);
  };
  const then = (state: RecordThen["state"]): Partial<AuthorReport> => ({
    recordThen: { openedAt: "2026-10-03T08:00:00Z", state },
  });
  assert.equal(isWaitingFor({}), false);
  assert.equal(isWaitingFor({ level: "pending" }), true);
  assert.equal(isWaitingFor(then({ type: "offered" })), false);
  assert.equal(isWaitingFor(then({ type: "reading" })), true);
  assert.equal(isWaitingFor(then({ type: "known", level: "clear", reason: undefined })), false);
});
