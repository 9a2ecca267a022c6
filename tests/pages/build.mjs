// `node tests/pages/build.mjs [OUTDIR]`: bundles build.ts for Node, then runs it.

import { mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const source = dirname(fileURLToPath(import.meta.url));
const root = resolve(source, "../..");
const out = resolve(process.argv[2] ?? join(root, "target/pages"));
const nodePaths = (process.env.NODE_PATH ?? "").split(":").filter(Boolean);

// The bundle stands in node_modules, so that what it leaves out is found from there.
const cache = join(root, "node_modules/.cache/pages");
mkdirSync(cache, { recursive: true });
const outfile = join(cache, "build.mjs");
await build({
  entryPoints: [join(source, "build.ts")],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  jsx: "automatic",
  external: ["esbuild"],
  define: { "process.env.NODE_ENV": '"production"' },
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  },
  nodePaths,
  logLevel: "warning",
});
const { buildPages } = await import(pathToFileURL(outfile).href);
await buildPages(source, out, nodePaths);
console.log(`Pages are in ${out}.`);
