import assert from "node:assert/strict";
import { test } from "node:test";
import { opensAtTop, readPage } from "./page.js";

function check(address: string, expected: string | undefined): void {
  const page = readPage(new URL(address));
  const told = page && `${page.kind}${page.isList ? " list" : ""} of ${page.repository ?? "several"}`;
  assert.equal(told, expected, address);
}

test("pages that name authors", () => {
  check("https://github.com/acme/web/issues/1", "issue of acme/web");
  check("https://github.com/acme/web/issues/1/", "issue of acme/web");
  check("https://github.com/acme/web/issues/1?x=1#issuecomment-2", "issue of acme/web");
  check("https://github.com/acme/web.js/pull/7", "pull of acme/web.js");
  check("https://github.com/acme/web/pull/7/checks", "pull of acme/web");
  check("https://github.com/acme/web/pull/7/commits", "pullCommits list of acme/web");
  check("https://github.com/acme/web/pull/7/commits/c0ffee0", "files of acme/web");
  check("https://github.com/acme/web/pull/7/files", "files of acme/web");
  check("https://github.com/acme/web/pull/7/changes", "files of acme/web");
  check("https://github.com/acme/web/pull/7/changes/c0ffee0..c0ffee1", "files of acme/web");
  check("https://github.com/acme/web/issues", "issues list of acme/web");
  check("https://github.com/acme/web/issues/views/3", "issues list of acme/web");
  check("https://github.com/acme/web/pulls", "pulls list of acme/web");
  check("https://github.com/acme/web/labels/good%20first", "list list of acme/web");
  check("https://github.com/acme/web/milestone/4", "list list of acme/web");
  check("https://github.com/acme/web/discussions/12", "discussion of acme/web");
  check("https://github.com/orgs/acme/discussions/5", "orgDiscussion of several");
  check("https://github.com/acme/web/commits/main/src", "commits list of acme/web");
  check("https://github.com/acme/web/commit/c0ffee0", "commit of acme/web");
  check("https://github.com/issues", "allIssues list of several");
  check("https://github.com/pulls/review-requested", "allPulls list of several");
  check("https://github.com/jo_acme/web/issues/1", "issue of jo_acme/web");
  check("https://github.com/old-one-/web/issues/1", "issue of old-one-/web");
});

test("all other pages", () => {
  for (const address of [
    "https://github.com/",
    "https://github.com/acme",
    "https://github.com/acme/web",
    "https://github.com/acme/web/tree/main/issues/1",
    "https://github.com/acme/web/issues/new",
    "https://github.com/acme/web/issues/1/edit",
    "https://github.com/settings/web/issues/1",
    "https://github.com/orgs/acme/issues/1",
    "https://github.com/a--b/web/issues/1",
    "https://gist.github.com/acme/web/issues/1",
    "https://github.com.example/acme/web/issues/1",
    "http://github.com/acme/web/issues/1",
  ]) {
    check(address, undefined);
  }
});

test("only a page that is looked at, is no list and whose address names no place on it is seen from its top", () => {
  const isAtTop = (address: string, isVisible: boolean): boolean => {
    const url = new URL(address);
    const page = readPage(url);
    assert.ok(page);
    return opensAtTop(page, url, isVisible);
  };
  assert.equal(isAtTop("https://github.com/acme/web/pull/7", true), true);
  assert.equal(isAtTop("https://github.com/acme/web/pull/7?notification_referrer_id=1", true), true);
  assert.equal(isAtTop("https://github.com/acme/web/pull/7", false), false);
  assert.equal(isAtTop("https://github.com/acme/web/pull/7#issuecomment-1", true), false);
  assert.equal(isAtTop("https://github.com/acme/web/pulls", true), false);
});
