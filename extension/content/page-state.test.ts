import assert from "node:assert/strict";
import { test } from "node:test";
import { createPageState, type Display, type PageState } from "./page-state.js";

const DISPLAY: Display = { type: "display", pagesOff: [], hidesClear: false, showsPeopleLine: true };

/** A state that is led to addresses. */
function visit(path: string, isVisible = true): { state: PageState; go(path: string): string } {
  const location = { href: "", protocol: "", hostname: "", pathname: "", search: "", hash: "" };
  const state = createPageState(location, () => isVisible);
  const go = (next: string): string => {
    const { href, protocol, hostname, pathname, search, hash } = new URL(next, "https://github.com");
    Object.assign(location, { href, protocol, hostname, pathname, search, hash });
    return state.readAddress();
  };
  assert.equal(go(path), "conversation");
  return { state, go };
}

test("what a new address means", () => {
  const { state, go } = visit("/acme/web/pull/7");
  assert.equal(state.page()?.kind, "pull");
  assert.equal(go("/acme/web/pull/7#issuecomment-1"), "same");
  assert.equal(go("/acme/web/pull/8"), "same");
  assert.equal(state.page()?.number, 8, "the item is another");
  assert.equal(go("/acme/web/pull/8/files"), "kind");
  assert.equal(go("/acme/next/pull/8/files"), "conversation");
  assert.equal(go("/about"), "conversation");
  assert.equal(state.page(), undefined);
  assert.equal(go("/pricing"), "same");
});

test("an address is read once, unless it is forgotten", () => {
  const { state, go } = visit("/acme/web/pull/7");
  assert.equal(state.hasMoved(), false);
  assert.equal(go("/acme/web/pull/7"), "same");
  state.forgetDisplay();
  assert.equal(state.hasMoved(), true);
  assert.equal(state.readAddress(), "same");
});

test("a kind of page that is switched off is no page, on this address and on the next", () => {
  const { state, go } = visit("/acme/web/pull/7");
  assert.equal(state.setDisplay(DISPLAY), false);
  assert.equal(state.setDisplay({ ...DISPLAY, pagesOff: ["pull"] }), true);
  assert.equal(state.readAddress(), "conversation");
  assert.equal(state.page(), undefined);
  assert.equal(go("/acme/web/pull/8"), "same");
  assert.equal(state.page(), undefined);
  assert.equal(go("/acme/web/issues/1"), "conversation");
  assert.equal(state.page()?.kind, "issue");
});

test("badges that say nothing of note are hidden where the reader wants that", () => {
  const { state } = visit("/acme/web/pull/7");
  assert.equal(state.isDisplayKnown(), false);
  assert.equal(state.isHidden("clear"), false);
  state.setDisplay({ ...DISPLAY, hidesClear: true });
  assert.equal(state.isDisplayKnown(), true);
  for (const [level, isHidden] of [
    ["clear", true],
    ["quiet", true],
    ["pending", true],
    ["caution", false],
    ["unknown", false],
    ["known", false],
  ] as const) {
    assert.equal(state.isHidden(level), isHidden, level);
  }
});

test("the top is taken to be in view until the browser has reported, and again at a new address", () => {
  const { state, go } = visit("/acme/web/pull/7");
  assert.equal(state.isAtTop(), true);
  state.setViewportKnown();
  assert.equal(state.isAtTop(), false);
  go("/acme/web/pull/8");
  assert.equal(state.isAtTop(), true);
  go("/acme/web/pulls");
  assert.equal(state.isAtTop(), false);
  assert.equal(visit("/acme/web/pull/7", false).state.isAtTop(), false);
});
