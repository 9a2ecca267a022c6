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
  check("https://github.com/acme/web/commit/main", "commit of acme/web");
  check("https://github.com/acme/web/commit/feature/x", "commit of acme/web");
  check("https://github.com/acme/web/commit/c0ffe", "commit of acme/web");
  check("https://github.com/acme/web/commit/c0ffee0/src/main.rs", "commit of acme/web");
  check("https://github.com/acme/web/issues/mentioned/ada", "issues list of acme/web");
  check("https://github.com/acme/web/issues/ada", "issues list of acme/web");
  check("https://github.com/acme/web/pulls/assigned/ada", "pulls list of acme/web");
  check("https://github.com/acme/web/pulls/review-requested/ada", "pulls list of acme/web");
  check("https://github.com/acme/web/compare/main...eve:web:next", "compare list of acme/web");
  check("https://github.com/acme/web/compare/v1.0...v1.1?expand=1", "compare list of acme/web");
  check("https://github.com/acme/web/pull/new/next", "compare list of acme/web");
  check("https://github.com/acme/web/discussions", "discussions list of acme/web");
  check("https://github.com/acme/web/discussions/categories/q-a", "discussions list of acme/web");
  check("https://github.com/orgs/acme/discussions", "orgDiscussions list of several");
  check("https://github.com/orgs/acme/discussions/categories/ideas?x=1", "orgDiscussions list of several");
  check("https://github.com/acme/web/releases", "releases list of acme/web");
  check("https://github.com/acme/web/releases/tag/v1.0/rc", "releases list of acme/web");
  check("https://github.com/acme/web/releases/latest", "releases list of acme/web");
  check("https://github.com/acme/web/tags", "releases list of acme/web");
  check("https://github.com/search?q=cla&type=issues", "search list of several");
  check("https://github.com/search?type=pullrequests&q=is%3Aopen", "search list of several");
  check("https://github.com/acme/web/queue/main", "mergeQueue list of acme/web");
  check("https://github.com/acme/web/security/advisories", "advisories list of acme/web");
  check("https://github.com/acme/web/security/advisories/GHSA-ab12-cd34-ef56", "advisory of acme/web");
  check(
    "https://github.com/orgs/acme/projects/3/views/2?pane=issue&itemId=5&issue=acme%7Cweb%7C12",
    "projectItem of acme/web",
  );
  check("https://github.com/users/ada/projects/3?pane=issue&itemId=5", "projectItem of several");
  check("https://github.com/jo_acme/web/issues/1", "issue of jo_acme/web");
  check("https://github.com/old-one-/web/issues/1", "issue of old-one-/web");
});

test("the item that a page shows", () => {
  const check = (path: string, expected: number | undefined): void =>
    assert.equal(readPage(new URL(path, "https://github.com"))?.number, expected, path);
  check("/acme/web/pull/7", 7);
  check("/acme/web/pull/7/files", 7);
  check("/acme/web/pull/7/commits/c0ffee0", 7);
  check("/acme/web/issues/1", 1);
  check("/acme/web/pulls", undefined);
  check("/acme/web/issues/views/3", undefined);
  check("/acme/web/discussions/12", undefined);
  check("/acme/web/commits/main", undefined);
  // The core reads numbers of 32 bits, and must not lose the page's people over one.
  check("/acme/web/pull/99999999999", undefined);
});

test("all other pages", () => {
  for (const address of [
    "https://github.com/",
    "https://github.com/acme",
    "https://github.com/acme/web",
    "https://github.com/acme/web/tree/main/issues/1",
    "https://github.com/acme/web/issues/new",
    "https://github.com/acme/web/issues/1/edit",
    "https://github.com/acme/web/issues/new/choose",
    "https://github.com/acme/web/compare",
    "https://github.com/acme/web/discussions/new",
    "https://github.com/acme/web/releases/new",
    "https://github.com/acme/web/releases/edit/v1",
    "https://github.com/acme/web/security",
    "https://github.com/acme/web/security/advisories/new",
    "https://github.com/orgs/acme/projects/3",
    "https://github.com/orgs/acme/projects/3?pane=info",
    "https://github.com/search?q=ada&type=users",
    "https://github.com/search?q=ada",
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
