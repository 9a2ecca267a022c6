// Lets tests look into the shadow roots that our script makes on GitHub's pages. A closed root shows itself to nobody
// on the page, and so the browser's debugging protocol is asked for it.

import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "puppeteer-core";
import { PATIENCE_MS } from "./browser.ts";

/**
 * From here on the `shadowRoot` of each element that the selector meets, and of no other, is what it would be were the
 * root open. Only what tests run in the page sees this; the page's own scripts see it too, and none of them looks.
 */
export async function reveal(page: Page, selector: string): Promise<void> {
  const isHidden = await page.$$eval(selector, (hosts) => hosts.some((host) => host.shadowRoot === null));
  if (!isHidden) return;
  if (isBidi(page)) await revealByBidi(page, selector);
  else await revealByCdp(page, selector);
}

/** Waits until a condition that is looked at in the page holds, with the roots of these elements revealed. */
export async function untilRevealed(
  page: Page,
  selector: string,
  condition: (...args: string[]) => boolean,
  ...args: string[]
): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    await reveal(page, selector);
    if (await page.evaluate(condition, ...args)) return;
    if (Date.now() > deadline)
      throw new Error(`never true within ${selector}: ${condition} (${args.join()})`);
    await pause(25);
  }
}

/** Runs in the page, with the host as `this`; is sent there as text. */
const SHOW = `function (root) {
  Object.defineProperty(this, "shadowRoot", { value: root, configurable: true });
}`;

async function revealByCdp(page: Page, selector: string): Promise<void> {
  const session = await page.createCDPSession();
  try {
    const { result } = await session.send("Runtime.evaluate", {
      expression: `[...document.querySelectorAll(${JSON.stringify(selector)})].filter((host) => host.shadowRoot === null)`,
    });
    if (result.objectId === undefined) return;
    const { result: hosts } = await session.send("Runtime.getProperties", {
      objectId: result.objectId,
      ownProperties: true,
    });
    const show = async (objectId: string): Promise<void> => {
      const { node } = await session.send("DOM.describeNode", { objectId, pierce: true });
      const backendNodeId = node.shadowRoots?.[0]?.backendNodeId;
      if (backendNodeId === undefined) return;
      const { object } = await session.send("DOM.resolveNode", { backendNodeId });
      if (object.objectId === undefined) return;
      await session.send("Runtime.callFunctionOn", {
        objectId,
        functionDeclaration: SHOW,
        arguments: [{ objectId: object.objectId }],
      });
    };
    // An array's own properties are its elements and its length.
    await Promise.all(
      hosts.flatMap(({ value }) => (value?.objectId === undefined ? [] : [show(value.objectId)])),
    );
  } finally {
    await session.detach();
  }
}

/** A node as WebDriver BiDi tells it, as far as it is read here. */
type RemoteNode = {
  readonly sharedId?: string;
  readonly value?: { readonly shadowRoot?: { readonly sharedId?: string } | null };
};

/** The connection that the driver has and shows to nobody: by itself it tells nothing of shadow roots. */
type BidiBrowser = {
  readonly connection?: {
    send(
      method: "script.callFunction",
      params: Record<string, unknown>,
    ): Promise<{ readonly result: { readonly result?: { readonly value?: readonly RemoteNode[] } } }>;
  };
};

const isBidi = (page: Page): boolean => (page.browser() as unknown as BidiBrowser).connection !== undefined;

async function revealByBidi(page: Page, selector: string): Promise<void> {
  const { connection } = page.browser() as unknown as BidiBrowser;
  const { _id: context } = page.mainFrame() as unknown as { _id: string };
  const call = async (functionDeclaration: string, rest: Record<string, unknown>) =>
    connection?.send("script.callFunction", {
      functionDeclaration,
      target: { context },
      awaitPromise: false,
      serializationOptions: { maxObjectDepth: 1, maxDomDepth: 0 },
      ...rest,
    });
  const answer = await call(
    "(selector) => [...document.querySelectorAll(selector)].filter((host) => host.shadowRoot === null)",
    { arguments: [{ type: "string", value: selector }] },
  );
  for (const { sharedId, value } of answer?.result.result?.value ?? []) {
    const root = value?.shadowRoot?.sharedId;
    if (sharedId !== undefined && root !== undefined)
      await call(SHOW, { this: { sharedId }, arguments: [{ sharedId: root }] });
  }
}
