/** The issue or pull request at hand, of which the report's account is the author: what it is linked with, and how it stands. */
import { type Child, element, outwardLink } from "./element.js";
import type { AuthorReport, ItemNote } from "./messages.js";
import { sayInPieces, t } from "./words.js";

/** The lines and what else there is to say of it; nothing where no item is at hand, or none that the token can see. */
export function drawItem({ thisItem }: AuthorReport, more?: Child): Child {
  return (
    thisItem != null &&
    element(
      "section",
      { class: "item", "data-bonafide-item": thisItem.kind },
      element("h3", { class: "sr" }, t(`ui_item_${thisItem.kind}`)),
      ...thisItem.lines.map((notes) =>
        element("p", {}, ...notes.flatMap((note, index): Child[] => [index > 0 && " · ", ...drawNote(note)])),
      ),
      more,
    )
  );
}

/** A note, each number and name of it a link; the whole where it has neither. */
function drawNote({ sentence, links }: ItemNote): Child[] {
  const drawLinked = (place: number, text: string): Child => {
    const link = links[place];
    if (link === undefined) return text;
    const drawn = outwardLink(link.url, text);
    drawn.title = t("ui_see_about", link.label);
    drawn.dataset["keep"] = sentence.key + place;
    return drawn;
  };
  const pieces = sayInPieces(sentence);
  return pieces.map((piece) =>
    typeof piece !== "string"
      ? drawLinked(piece.place, piece.text)
      : pieces.length > 1
        ? piece
        : drawLinked(0, piece),
  );
}
