import assert from "node:assert/strict";
import { test } from "node:test";
import { githubPage } from "../testing/browser.js";
import { type Found, find } from "./names.js";
import { readPage } from "./page.js";
import { gatherPeople } from "./people.js";

const PULL = "https://github.com/acme/web/pull/7";

const comment = (login: string, label = "", id = ""): string => `
  <div class="TimelineItem" id="${id}"><div class="timeline-comment"><div class="timeline-comment-header"><strong>
  <a class="author" data-hovercard-url="/users/${login}/hovercard" href="/${login}">${login}</a></strong>
  ${label && `<span class="Label">${label}</span>`}
  <relative-time datetime="2026-11-18T08:15:00Z"></relative-time></div></div></div>`;

function check(body: string, expected: readonly string[]): void {
  const page = readPage(new URL(PULL));
  assert.ok(page);
  const found: Found = { names: [], opener: undefined };
  for (const _ of find(githubPage(PULL, body), page, found));
  const gatherer = gatherPeople(found.opener);
  for (const name of found.names) gatherer.add(name);
  const people = gatherer.people().map(({ asked, links }) => {
    const opened = asked.isOpener && `opened ${asked.openedAt?.slice(0, 10)}`;
    return [asked.login, links.length, asked.association, opened].filter(Boolean).join(" ");
  });
  assert.deepEqual(people, expected);
}

test("each person is asked about once, in the order of the page", () => {
  check(comment("ada") + comment("eve") + comment("Ada"), ["ada 2", "eve 1"]);
});

test("any label tells the association for the whole page", () => {
  check(comment("ada") + comment("ada", "Member"), ["ada 2 MEMBER"]);
});

test("the opener is told from the others, with the moment", () => {
  check(comment("eve", "", "pullrequest-1") + comment("ada"), ["eve 1 opened 2026-11-18", "ada 1"]);
});

test("nobody asks about an app", () => {
  check(comment("dependabot[bot]") + comment("ada"), ["ada 1"]);
});
