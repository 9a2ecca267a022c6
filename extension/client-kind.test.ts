import assert from "node:assert/strict";
import { test } from "node:test";
import { clientKindOf } from "./client-kind.js";

const OURS = "chrome-extension://bonafide";
Object.assign(globalThis, {
  chrome: { runtime: { id: "bonafide", getURL: (path: string) => `${OURS}/${path}` } },
});

function check(name: string, sender: object | undefined, expected: string | undefined): void {
  const kind = clientKindOf({ name, sender: sender as chrome.runtime.MessageSender });
  assert.equal(kind, expected, `${name} ${JSON.stringify(sender)}`);
}

const id = "bonafide";
const tab = { id: 1 };
const popup = `${OURS}/extension/popup/popup.html`;
const options = `${OURS}/extension/options/options.html`;

test("each client is what its sender is", () => {
  check("page", { id, tab, url: "https://github.com/acme/web/pull/7" }, "page");
  check("popup", { id, url: popup }, "popup");
  check("popup", { id, tab, url: `${popup}?target=ada#x` }, "popup");
  check("options", { id, tab, url: options }, "options");
});

test("nobody is more than that, whatever they say", () => {
  check("page", undefined, undefined);
  check("page", { id: "another", tab, url: "https://github.com/acme/web/pull/7" }, undefined);
  check("page", { id, url: "https://github.com/acme/web/pull/7" }, undefined);
  check("page", { id, tab }, undefined);
  check("page", { id, tab, url: "https://github.com.example/acme/web/pull/7" }, undefined);
  check("page", { id, tab, url: "http://github.com/acme/web/pull/7" }, undefined);
  check("options", { id, tab, url: "https://github.com/extension/options/options.html" }, undefined);
  check("options", { id, url: popup }, undefined);
  check("popup", { id, url: options }, undefined);
  check("popup", { id, tab, url: "https://github.com/acme/web/pull/7" }, undefined);
  check("core", { id, url: options }, undefined);
});
