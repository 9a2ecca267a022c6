/** Puts into words what the core sends to a page, where the page itself must not ask the browser for words. */
import type { CoreToPage, ToPage } from "./messages.js";
import { say } from "./words.js";

/** The short reason of an author who is looked up only on request. */
const ON_REQUEST = "short_not_looked_up";

/** The message with the reason of each badge in words. */
export function localizeForPage(message: CoreToPage): ToPage {
  if (message.type !== "badges") return message;
  return {
    type: "badges",
    badges: message.badges.map(({ reason, ...badge }) =>
      reason == null ? badge : { ...badge, reason: say(reason), isOnRequest: reason.key === ON_REQUEST },
    ),
  };
}
