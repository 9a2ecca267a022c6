// What axe finds wrong.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "puppeteer-core";
import { reveal } from "./shadow.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong on a page or in one part of it, as `rule: element`. */
export async function violations(page: Page, part?: string): Promise<string[]> {
  if (part !== undefined) await reveal(page, part);
  await page.evaluate(AXE);
  return (await page.evaluate(`
    axe.run(${JSON.stringify(part ?? null)} ?? document, { resultTypes: ["violations"] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ": " + html.slice(0, 200) + " " + failureSummary)))
  `)) as string[];
}
