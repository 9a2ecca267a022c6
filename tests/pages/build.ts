// Writes every page, `routes.json`, `expected.json` and the assets into the directory given.

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build as bundle } from "esbuild";
import { avatarSvg } from "./avatar";
import { drawPage } from "./draw";
import { PAGES } from "./pages";

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** The name of a page's file: its path with dashes, which is unique as long as paths are. */
const fileOf = (path: string): string => `${path.slice(1).replaceAll(/[^A-Za-z0-9]+/g, "-")}.html`;

export async function buildPages(source: string, out: string, nodePaths: string[]): Promise<void> {
  await rm(out, { recursive: true, force: true });
  const logins = new Set<string>();
  for (const page of PAGES) {
    const html = drawPage(page);
    for (const match of html.matchAll(/\/assets\/avatars\/([^"]+)\.svg/g))
      logins.add(decodeURIComponent(match[1] ?? ""));
    await write(join(out, fileOf(page.path)), html);
  }
  for (const login of logins) await write(join(out, "assets/avatars", `${login}.svg`), avatarSvg(login));
  await write(join(out, "assets/github.css"), await readFile(join(source, "style/github.css"), "utf8"));
  await bundle({
    entryPoints: [join(source, "site/main.ts")],
    outfile: join(out, "assets/site.js"),
    bundle: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    // React as a real page has it: the production build, which reports hydration by its numbers.
    define: { "process.env.NODE_ENV": '"production"' },
    nodePaths,
    logLevel: "warning",
  });
  // The server knows pages by their paths alone.
  const routes = PAGES.map(({ path }) => ({ path: path.replace(/\?.*$/, ""), file: fileOf(path) }));
  if (new Set(routes.map(({ file }) => file)).size !== routes.length)
    throw new Error("Two pages share a file.");
  await write(join(out, "routes.json"), `${JSON.stringify({ routes }, null, 2)}\n`);
  const expected = PAGES.map(({ path, kind, expected: names }) => ({ path, kind, ...names }));
  await write(join(out, "expected.json"), `${JSON.stringify({ pages: expected }, null, 2)}\n`);
}
