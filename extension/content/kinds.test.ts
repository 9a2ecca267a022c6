// Whom the finder finds, misses and takes for an author on each kind of page, counted on pages in GitHub's shapes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import { drawPage } from "../../tests/pages/draw";
import type { Page as DrawnPage } from "../../tests/pages/pages";
import { PAGES } from "../../tests/pages/pages";
import { keyOf } from "./login.js";
import { associationAt, type Found, find } from "./names.js";
import { KINDS, readPage } from "./page.js";

type Count = { found: number; missed: string[]; wrong: string[] };

/** Everybody whose name stands as an author's, apps and Copilot among them. */
function expectedOn({ expected }: DrawnPage): string[] {
  const copilot = expected.quiet.filter(({ why }) => why === "copilot");
  return [...expected.names, ...copilot].map(({ login }) => keyOf(login));
}

function look(drawn: DrawnPage): Count {
  const address = `https://github.com${drawn.path}`;
  const dom = new JSDOM(drawPage(drawn), { url: address });
  const { document } = dom.window;
  const page = readPage(new URL(address));
  assert.ok(page, `${drawn.path} is of no kind`);
  assert.equal(page.repository ?? null, drawn.expected.repository, drawn.path);
  const found: Found = { names: [], opener: undefined };
  for (const _ of find(document, page, found));

  // Rows that come only when they are scrolled to stand in no HTML yet.
  for (const data of document.querySelectorAll("script")) data.remove();
  const html = keyOf(dom.serialize());
  const expected = expectedOn(drawn).filter((login) => html.includes(login));
  const logins = found.names.map(({ login }) => keyOf(login));
  for (const { login, places, association, kind } of drawn.expected.names) {
    const of = found.names.filter((name) => keyOf(name.login) === keyOf(login));
    assert.ok(of.length <= places, `${drawn.path}: ${login} has ${of.length} badges at ${places} places`);
    assert.ok(
      of.every(({ isApp }) => isApp === (kind === "app")),
      `${drawn.path}: what ${login} is`,
    );
    if (kind === "user" && !page.isList)
      assert.equal(
        of.map(associationAt).find((it) => it !== undefined) ?? null,
        association,
        `${drawn.path}: ${login}`,
      );
  }
  const openers = drawn.expected.names.filter(({ role }) => role === "opener").map(({ login }) => login);
  // Without a token nobody but the opener is looked up, whom the classic tab with the files names otherwise. On a list
  // of commits each row is somebody's own.
  const isToldThere =
    drawn.kind !== "lab" &&
    ["issue", "pull", "discussion", "files"].includes(page.kind) &&
    openers.length > 0;
  if (isToldThere || found.opener !== undefined) assert.equal(found.opener?.login, openers[0], drawn.path);
  return {
    found: logins.filter((login) => expected.includes(login)).length,
    missed: expected.filter((login) => !logins.includes(login)).map((login) => `${drawn.path}: ${login}`),
    wrong: logins.filter((login) => !expected.includes(login)).map((login) => `${drawn.path}: ${login}`),
  };
}

test("on every kind of page every author is found, and nobody else", (context) => {
  const counts = new Map<string, Count>(KINDS.map(({ kind }) => [kind, { found: 0, missed: [], wrong: [] }]));
  // Cut off in the middle, a page cannot hold all whom its table promises; thousands of the same say nothing new.
  for (const drawn of PAGES.filter(
    (page) => page.cutOffAt === undefined && page.expected.names.length < 200,
  )) {
    const kind = readPage(new URL(`https://github.com${drawn.path}`))?.kind ?? "none";
    const count = counts.get(kind);
    assert.ok(count, `${drawn.path} is of no kind`);
    const { found, missed, wrong } = look(drawn);
    count.found += found;
    count.missed.push(...missed);
    count.wrong.push(...wrong);
  }
  for (const [kind, { found, missed, wrong }] of counts) {
    context.diagnostic(`${kind.padEnd(14)} ${found} found, ${missed.length} missed, ${wrong.length} wrong`);
    assert.ok(found > 0, `there is no page of the kind ${kind}`);
    assert.deepEqual({ missed, wrong }, { missed: [], wrong: [] }, kind);
  }
});
