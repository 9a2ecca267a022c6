// Who stands on the pages of the loopback GitHub, as the pages' own build has written it down.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { required } from "./github.ts";

export type ExpectedPage = {
  readonly path: string;
  readonly kind: string;
  readonly repository: string | null;
  readonly viewer: string;
  readonly names: readonly {
    readonly login: string;
    readonly kind: "user" | "app";
    readonly role: "opener" | "other";
    readonly association: string | null;
    readonly places: number;
  }[];
  readonly quiet: readonly { readonly login: string; readonly why: string }[];
};

/** Every page. */
export function expectedPages(): readonly ExpectedPage[] {
  const text = readFileSync(join(required("BONAFIDE_PAGES"), "expected.json"), "utf8");
  return (JSON.parse(text) as { pages: ExpectedPage[] }).pages;
}

/** The page at one path. */
export function expectedPage(path: string): ExpectedPage {
  const page = expectedPages().find((page) => page.path === path);
  if (page === undefined) throw new Error(`there is no page ${path}`);
  return page;
}

/** The logins that get a badge: everyone whose name stands as an author's, and Copilot, which is an app like others. */
export function badged({ names, quiet }: ExpectedPage): string[] {
  const copilot = quiet.filter(({ why }) => why === "copilot");
  return [...names, ...copilot].map(({ login }) => login).sort();
}
