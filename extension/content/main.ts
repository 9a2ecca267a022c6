/** The script that runs in GitHub's pages. What it does stands in `content.ts`, so that tests can start it too. */
import type { CardBundle } from "./card-bundle.js";
import { startContent } from "./content.js";

const { bonafideCardBundle } = globalThis as unknown as { bonafideCardBundle: CardBundle };
startContent(bonafideCardBundle, new AbortController());
