// Thousands of look-ups through the worker, and what they leave in its memory. In Chromium only: no other browser
// tells how much memory a worker uses.

import type { WebWorker } from "puppeteer-core";
import type { Bonafide } from "../e2e/browser.ts";

/** What the worker holds, in bytes. */
export type Memory = { readonly accounts: number; readonly heapBytes: number; readonly wasmBytes: number };

/** Look-ups that one call into the page makes. */
const PORTION = 50;

/** GitHub allows 5,000 points an hour; here it is the memory that counts. */
const PLENTY = { limit: 1_000_000, remaining: 1_000_000, resetInSeconds: 3_600 };

/** The milliseconds that the core took to start, once for each time that it did in the worker's life; waits for one. */
export async function coreStarts(bonafide: Bonafide): Promise<number[]> {
  const worker = await theWorker(bonafide);
  for (;;) {
    const starts = await worker.evaluate(() =>
      performance.getEntriesByName("bonafide-core-start").map(({ duration }) => duration),
    );
    if (starts.length > 0) return starts;
  }
}

/** Stops the worker, as the browser does when it rests. */
export async function stopWorker(bonafide: Bonafide): Promise<void> {
  const worker = await theWorker(bonafide);
  await worker.close();
}

/** Looks up so many people by hand, as fast as the gate allows, and weighs the worker before and after. */
export async function memoryOfMany(bonafide: Bonafide, accounts: number): Promise<Memory[]> {
  await bonafide.control.limits({ graphql: PLENTY, core: PLENTY, search: PLENTY });
  const page = await bonafide.openPopup("gen-0");
  await page.waitForSelector("[data-bonafide-report]");
  const before = await weigh(bonafide, 1);
  for (let done = 0; done < accounts; done += PORTION) {
    const logins = Array.from({ length: PORTION }, (_, index) => `gen-${done + index + 1}`);
    await page.evaluate(lookUpAll, logins);
  }
  const after = await weigh(bonafide, accounts);
  await page.close();
  return [before, after];
}

/** Asks over the popup's own connection; is sent into the page as text, and so uses nothing from outside. */
async function lookUpAll(logins: string[]): Promise<void> {
  const lookUp = (login: string): Promise<void> =>
    new Promise((settled, failed) => {
      const port = chrome.runtime.connect({ name: "popup" });
      port.onDisconnect.addListener(() => failed(new Error(`nobody answers for ${login}`)));
      port.onMessage.addListener((message: { type: string; report?: { level: string } }) => {
        if (message.type !== "report" || message.report?.level === "pending") return;
        port.disconnect();
        settled();
      });
      port.postMessage({ type: "lookUp", target: login });
    });
  await Promise.all(logins.map(lookUp));
}

async function weigh(bonafide: Bonafide, accounts: number): Promise<Memory> {
  const { client } = await theWorker(bonafide);
  await client.send("HeapProfiler.collectGarbage");
  const { usedSize } = await client.send("Runtime.getHeapUsage");
  // The heap's size leaves out WebAssembly's memory, which is found by its prototype.
  const prototype = await client.send("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype" });
  const { objectId } = prototype.result;
  if (objectId === undefined) throw new Error("the worker knows no WebAssembly");
  const { objects } = await client.send("Runtime.queryObjects", { prototypeObjectId: objectId });
  const sizes = await client.send("Runtime.callFunctionOn", {
    ...(objects.objectId === undefined ? {} : { objectId: objects.objectId }),
    functionDeclaration:
      "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0); }",
    returnByValue: true,
  });
  return { accounts, heapBytes: usedSize, wasmBytes: Number(sizes.result.value) };
}

async function theWorker({ browser }: Bonafide): Promise<WebWorker> {
  const target = await browser.waitForTarget((target) => target.type() === "service_worker");
  const worker = await target.worker();
  if (worker === null) throw new Error("the worker cannot be reached");
  return worker;
}
