import assert from "node:assert/strict";
import { test } from "node:test";
import type { Connect } from "./clients.js";
import type { TokenState } from "./shared/messages.js";
import { becomeBrowser } from "./testing/browser.js";
import { markToolbarButton } from "./toolbar.js";

becomeBrowser();
const shown = { text: "?", title: "?" };
const { chrome } = globalThis as unknown as { chrome: object };
Object.assign(globalThis, {
  chrome: {
    ...chrome,
    action: {
      setBadgeText: async ({ text }: { text: string }) => {
        shown.text = text;
      },
      setTitle: async ({ title }: { title: string }) => {
        shown.title = title;
      },
    },
  },
});

test("the button has a mark until there is a token, and when it is refused", () => {
  let send: Parameters<Connect>[1] = () => {};
  markToolbarButton((kind, given) => {
    assert.equal(kind, "popup");
    send = given;
    return { receive() {}, disconnect() {} };
  });
  const check = (state: TokenState, text: string, title: RegExp): void => {
    send({ type: "token", state, login: undefined });
    assert.equal(shown.text, text, state);
    assert.match(shown.title, title, state);
  };
  check("none", "!", /token/);
  check("checking", "!", /token/);
  check("accepted", "", /^Look up a GitHub author$/);
  check("checking", "", /^Look up/);
  check("refused", "!", /rejected your token/);
  check("unchecked", "", /^Look up/);
});
