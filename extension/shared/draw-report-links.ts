/** Links to the evidence: GitHub's own list behind a number, and the very items. */
import { type Child, element, fold, outwardLink } from "./element.js";
import type { Finding, Link } from "./messages.js";
import { searchesOf } from "./report-parts.js";
import { sayInPieces, t, titleBefore } from "./words.js";

/** Items shown before the rest is folded: enough to judge by, few enough to read. */
const ITEMS_SHOWN = 3;

/** A number as a link to GitHub's list of what it counted; the number alone where there is no such list. */
export function drawNumber(text: string, finding: Finding, place: number, title?: string): Child {
  const search = searchesOf(finding)[place];
  if (search === undefined) return text;
  const link = outwardLink(search.url, text);
  link.title = title ?? t("ui_see_about", search.label);
  link.dataset["keep"] = `${finding.id} ${place}`;
  return link;
}

/** What a finding says, its numbers linked. */
export function drawSentence(finding: Finding): Child[] {
  const pieces = sayInPieces(finding.sentence);
  const drawn = pieces.map((piece) =>
    typeof piece === "string" ? piece : drawNumber(piece.text, finding, piece.place),
  );
  const isWithoutNumber = pieces.every((piece) => typeof piece === "string");
  // A sentence without a number has no other place for the list that shows why.
  const see = isWithoutNumber && searchesOf(finding).length > 0 && drawNumber(t("ui_see"), finding, 0);
  return [titleBefore(finding), ...drawn, see && " ", see];
}

/** The items that a finding counted, the first in sight. */
export function drawItems(items: readonly Link[], id: string): HTMLElement {
  const lines = items.map(({ url, label }) => {
    const link = outwardLink(url, element("bdi", { class: "clip", dir: "auto" }, label));
    link.dataset["keep"] = `${id} ${url}`;
    return element("li", {}, link);
  });
  const rest = lines.splice(ITEMS_SHOWN);
  return element(
    "div",
    { class: "items" },
    element("ul", {}, ...lines),
    rest.length > 0 && fold(`items-${id}`, [t("ui_more_links", rest.length)], [element("ul", {}, ...rest)]),
  );
}
