import assert from "node:assert/strict";
import { test } from "node:test";
import { all } from "github-reserved-names";
import { isReserved, RESERVED } from "./login.js";
import { readPage } from "./page.js";

/** Pages of GitHub's that are younger than the list of reserved names. */
const YOUNGER = ["codespaces", "discussions", "mcp", "models", "sessions", "solutions"];

test("a name that is taken for GitHub's own is one that nobody can have", () => {
  const known = new Set([...all, ...YOUNGER]);
  assert.deepEqual(
    [...RESERVED].filter((name) => !known.has(name)),
    [],
  );
  assert.ok(isReserved("Settings"));
  assert.ok(!isReserved("ada"));
});

test("no page of GitHub's own looks like one that names authors", () => {
  for (const name of all) {
    for (const rest of ["", "/web", "/new", "/123"]) {
      const page = readPage(new URL(`https://github.com/${name}${rest}`));
      assert.equal(page?.repository, undefined, `${name}${rest}`);
    }
  }
});
