// What a report costs in WebAssembly: the module is built as the shipped one is, and run by the browser under test.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "puppeteer-core";
import { required } from "../e2e/github.ts";

/** Everybody's report, made several times over. */
export type Assessed = {
  readonly accounts: number;
  /** What each round took, in milliseconds; the first is by code that has never run before. */
  readonly roundsMs: readonly number[];
};

/** As many as are measured natively. */
const ROUNDS = 11;

/** The name that the module's script leaves in a page. */
declare const wasm_bindgen: {
  (from: { module_or_path: Uint8Array }): Promise<unknown>;
  readonly Reports: { read(stored: string[], now: number): { assess(): number } | undefined };
};

/** Makes the reports of the people that were measured natively. */
export async function assessInWasm(browser: Browser): Promise<Assessed> {
  const folder = required("BONAFIDE_BENCH_REPORTS");
  const module = readFileSync(join(folder, "reports_bg.wasm")).toString("base64");
  const people = readFileSync(required("BONAFIDE_BENCH_PEOPLE"), "utf8");
  const page = await browser.newPage();
  // Not as a script element: that looks for its own address, which an empty page has not.
  const script = readFileSync(join(folder, "reports.js"), "utf8");
  await page.evaluate(`${script}\nglobalThis.wasm_bindgen = wasm_bindgen;`);
  const assessed = await page.evaluate(assess, module, people, ROUNDS);
  await page.close();
  return assessed;
}

/** Is sent into the page as text, and so uses nothing from outside but what stands in the page. */
async function assess(module: string, people: string, rounds: number): Promise<Assessed> {
  const bytes = Uint8Array.from(atob(module), (character) => character.charCodeAt(0));
  await wasm_bindgen({ module_or_path: bytes });
  const { stored, now } = JSON.parse(people) as { stored: string[]; now: number };
  const reports = wasm_bindgen.Reports.read(stored, now);
  if (reports === undefined) throw new Error("the people cannot be read");
  const roundsMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = performance.now();
    if (reports.assess() !== stored.length) throw new Error("somebody has no report");
    roundsMs.push(performance.now() - before);
  }
  return { accounts: stored.length, roundsMs };
}
