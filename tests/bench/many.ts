// Thousands of look-ups through the worker, and what they leave in its memory. In Chromium only: no other browser
// tells how much memory a worker uses.

import type { CDPSession, Page, WebWorker } from "puppeteer-core";
import type { Bonafide } from "../e2e/browser.ts";

/** What the worker holds, in bytes. */
export type Memory = { readonly accounts: number; readonly heapBytes: number; readonly wasmBytes: number };

/** Look-ups that one call into the page makes. */
const PORTION = 50;

/** GitHub allows 5,000 points an hour; here it is the memory that counts. */
export const PLENTY = { limit: 1_000_000, remaining: 1_000_000, resetInSeconds: 3_600 };

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

/** Imports a file of so many people, as the options page does, and waits until they are kept. */
export async function keepPeople(options: Page, count: number): Promise<void> {
  await options.evaluate(async (count) => {
    const person = (_: unknown, index: number): object => ({
      login: `somebody-${index}`,
      mark: index % 2 === 0 ? "trusted" : "watched",
      note: `reviewed #${index}`,
    });
    const file = { bonafide: 1, people: Array.from({ length: count }, person) };
    const port = chrome.runtime.connect({ name: "options" });
    await new Promise<void>((kept, failed) => {
      port.onDisconnect.addListener(() => failed(new Error("nobody takes the people")));
      port.onMessage.addListener((message: { type: string }) => {
        if (message.type === "imported") kept();
        if (message.type === "refused") failed(new Error("the people are refused"));
      });
      port.postMessage({ import: { text: JSON.stringify(file) } });
    });
    port.disconnect();
  }, count);
}

/** Looks up so many people by hand, as fast as the gate allows, and weighs the worker before and after. */
export async function memoryOfMany(bonafide: Bonafide, accounts: number): Promise<Memory[]> {
  await bonafide.control.limits({ graphql: PLENTY, core: PLENTY, search: PLENTY });
  const page = await bonafide.openPopup("gen-0");
  await page.waitForSelector("[data-bonafide-report]");
  const scale = await scales(bonafide);
  const before = await weigh(scale, 1);
  for (let done = 0; done < accounts; done += PORTION) {
    const logins = Array.from({ length: PORTION }, (_, index) => `gen-${done + index + 1}`);
    await page.evaluate(lookUpAll, logins);
  }
  const after = await weigh(scale, accounts);
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
      port.postMessage({ lookUp: { target: login } });
    });
  await Promise.all(logins.map(lookUp));
}

/** The worker with its WebAssembly memory, which the heap's size leaves out. */
export type Scales = { readonly client: CDPSession; readonly wasmMemory: string };

/** Looks for the memory before there is much to search: after thousands of look-ups the browser never answered. */
export async function scales(bonafide: Bonafide): Promise<Scales> {
  const { client } = await theWorker(bonafide);
  // It is found by its prototype.
  const prototype = await client.send("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype" });
  const { objectId } = prototype.result;
  if (objectId === undefined) throw new Error("the worker knows no WebAssembly");
  const { objects } = await client.send("Runtime.queryObjects", { prototypeObjectId: objectId });
  if (objects.objectId === undefined) throw new Error("the worker has no WebAssembly memory");
  return { client, wasmMemory: objects.objectId };
}

export async function weigh({ client, wasmMemory }: Scales, accounts: number): Promise<Memory> {
  await client.send("HeapProfiler.collectGarbage");
  const { usedSize } = await client.send("Runtime.getHeapUsage");
  const sizes = await client.send("Runtime.callFunctionOn", {
    objectId: wasmMemory,
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
