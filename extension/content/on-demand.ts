/**
 * What is needed only once somebody asks for more than a badge: the card, and words.
 *
 * A script of its own, before `main.ts` in the same world. The browser compiles `main.ts` as a whole, since nearly all
 * of it is needed at once; of this one it compiles what is called.
 */
import { sayShown, t } from "../shared/words.js";
import { createCard } from "./card.js";

const onDemand = { createCard, sayShown, t };

declare global {
  var bonafideOnDemand: typeof onDemand;
}

globalThis.bonafideOnDemand = onDemand;
