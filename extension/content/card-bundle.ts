/**
 * The card, of which most runs only once it is opened, the line above lists, pictures and words.
 *
 * A script of its own, before `main.ts` in the same world. The browser compiles `main.ts` as a whole, since nearly all
 * of it is needed at once; of this one it compiles what is called.
 */
import { icon } from "../shared/icons.js";
import { sayShown, t } from "../shared/words.js";
import { createCard } from "./card.js";
import { createPeopleLine } from "./people-line.js";

const cardBundle = { createCard, createPeopleLine, icon, sayShown, t };

/** What `main.ts` finds under `bonafideCardBundle` in the world that both scripts share. */
export type CardBundle = typeof cardBundle;

Object.assign(globalThis, { bonafideCardBundle: cardBundle });
