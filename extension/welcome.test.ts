import assert from "node:assert/strict";
import { test } from "node:test";
import { welcomeOnInstall } from "./welcome.js";

type Listener = (details: { reason: string }) => void;

test("somebody who installs Bonafide is welcomed once, and nobody else", async () => {
  let installed: Listener = () => {};
  let installType = "normal";
  const opened: string[] = [];
  Object.assign(globalThis, {
    chrome: {
      runtime: {
        getURL: (path: string) => `ours/${path}`,
        onInstalled: {
          addListener: (listener: Listener) => {
            installed = listener;
          },
        },
      },
      management: { getSelf: async () => ({ installType }) },
      tabs: {
        create: async ({ url }: { url: string }) => {
          opened.push(url);
        },
      },
    },
  });
  welcomeOnInstall();
  const check = async (reason: string, type: string, expected: number): Promise<void> => {
    opened.length = 0;
    installType = type;
    installed({ reason });
    await new Promise(setImmediate);
    assert.equal(opened.length, expected, `${reason} ${type}`);
  };
  await check("install", "normal", 1);
  assert.equal(opened[0], "ours/extension/options/options.html?welcome");
  await check("update", "normal", 0);
  await check("browser_update", "normal", 0);
  await check("install", "development", 0);
});
