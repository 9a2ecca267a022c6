// Run by `cargo xtask test`: the named files of tests, one after another, in one browser.

import { basename } from "node:path";
import { after, suite } from "node:test";
import { pathToFileURL } from "node:url";
import { closeShared } from "./harness.ts";

after(closeShared);
for (const file of process.argv.slice(2)) {
  suite(basename(file).replace(/\.mjs$/, ".ts"), async () => {
    await import(pathToFileURL(file).href);
  });
}
