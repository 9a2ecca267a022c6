import assert from "node:assert/strict";
import { test } from "node:test";
import { offerTriageInMenu } from "./open-triage.js";
import { becomeBrowser } from "./testing/browser.js";

type Act = (...given: object[]) => unknown;

/** An event whose listener `acts` keeps by this name. */
const acts: Record<string, Act> = {};
const event = (name: string): object => ({
  addListener: (act: Act) => {
    acts[name] = act;
  },
});

becomeBrowser();
const menu: object[] = [];
const opened: object[] = [];
const { chrome } = globalThis as unknown as { chrome: object };
Object.assign(globalThis, {
  chrome: {
    ...chrome,
    runtime: { getURL: (path: string) => `ours/${path}`, onInstalled: event("installed") },
    contextMenus: {
      removeAll: (then: () => void) => {
        menu.length = 0;
        then();
      },
      create: (item: object) => menu.push(item),
      onClicked: event("clicked"),
    },
    tabs: {
      connect: (_tab: number, { name }: { name: string }) => ({
        name,
        onMessage: event("message"),
        onDisconnect: event("disconnect"),
        disconnect() {},
      }),
      create: async (tab: object) => {
        opened.push(tab);
      },
    },
  },
});
offerTriageInMenu();

const TRIAGE = "ours/extension/triage/triage.html";

/** Presses an item of the menu in the fourth tab, whose page then does this; answers what was opened. */
async function press(menuItemId: string, page: () => void): Promise<object[]> {
  opened.length = 0;
  const done = acts["clicked"]?.({ menuItemId }, { id: 9, index: 3 });
  page();
  await done;
  return [...opened];
}

test("the menu has one item, however often Bonafide is installed anew", () => {
  acts["installed"]?.({ reason: "install" });
  acts["installed"]?.({ reason: "update" });
  assert.deepEqual(menu, [
    { id: "triage", title: "Triage a repository or a list of people", contexts: ["action"] },
  ]);
});

test("the menu opens the triage page for what the tab's page is about, beside it", async () => {
  const beside = { index: 4, openerTabId: 9 };
  const answers = (answer: object) => () => acts["message"]?.(answer);
  assert.deepEqual(await press("triage", answers({ repository: "acme/web", kind: "pull" })), [
    { url: `${TRIAGE}?repository=acme%2Fweb`, ...beside },
  ]);
  assert.deepEqual(await press("triage", answers({ repository: "acme/web", kind: "issues" })), [
    { url: `${TRIAGE}?repository=acme%2Fweb&items=issues`, ...beside },
  ]);
  const nothing = [{ url: TRIAGE, ...beside }];
  assert.deepEqual(await press("triage", answers({ kind: "allPulls" })), nothing);
  assert.deepEqual(await press("triage", () => acts["disconnect"]?.()), nothing);
  assert.deepEqual(await press("another", () => {}), []);
});
