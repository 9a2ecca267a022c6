/** The card of one row, beside the table: the drawing of reports that card and popup share. */
import { reportView } from "../shared/draw-report.js";
import { element } from "../shared/element.js";
import { find } from "../shared/extension-page.js";
import { drawing } from "../shared/icons.js";
import type { FromTriage, OfRun, ToTriage, TriageRow } from "../shared/messages.js";
import { say, t } from "../shared/words.js";
import { drawLevel, sayItem } from "./columns.js";

/** The card on the page. */
export interface CardPanel {
  /** The row whose card is open. */
  openRow(): number | undefined;
  /** Whether the open card still waits for its report. */
  isWaiting(): boolean;
  open(row: TriageRow): void;
  /** Closes the card, if one is open. */
  close(): void;
  /** Shows a report, if its row's card is still open. */
  show(message: Extract<ToTriage, { type: "report" }>): void;
}

/** What the card sets off. */
export interface CardOwner {
  send(message: FromTriage): void;
  /** Sends what is about the run that the page shows. */
  sendOfRun(message: OfRun): void;
  /** Gives the focus to the line that had it, or to the next or the last one; answers its row. */
  focusLine(step?: number): TriageRow | undefined;
}

/** Sets the card up. */
export function setUpCard(owner: CardOwner): CardPanel {
  const dialog = find("#card", HTMLDialogElement);
  const title = find("#card-item", HTMLElement);
  const then = find("#card-then", HTMLElement);
  const place = find("#card-report", HTMLElement);
  const buttons = {
    previous: find("#card-previous", HTMLButtonElement),
    next: find("#card-next", HTMLButtonElement),
    close: find("#card-close", HTMLButtonElement),
  };
  const view = reportView({
    refresh: () => owner.send("refresh"),
    openOptions: () => void chrome.runtime.openOptionsPage(),
    setPerson: (login, mark, note) => owner.send({ setPerson: { login, mark, note } }),
    // The name is hidden wherever the card shows it.
    redacted: (isRedacted) => {
      title.hidden = isRedacted;
    },
  });
  let shown: number | undefined;
  let isWaiting = false;

  const open = (row: TriageRow): void => {
    shown = row.index;
    isWaiting = true;
    title.hidden = false;
    title.replaceChildren(sayItem(row));
    then.replaceChildren(...drawThen(row));
    place.replaceChildren(element("p", { class: "muted", role: "status" }, t("level_pending")));
    if (!dialog.open) dialog.showModal();
    owner.sendOfRun({ open: { row: row.index } });
  };
  const step = (by: number): void => {
    const row = owner.focusLine(by);
    if (row !== undefined && row.index !== shown && row.login != null) open(row);
  };
  buttons.close.append(drawing("close"));
  buttons.previous.addEventListener("click", () => step(-1));
  buttons.next.addEventListener("click", () => step(1));
  buttons.close.addEventListener("click", () => dialog.close());
  // A click beside the card lands on the dialog itself.
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    shown = undefined;
    isWaiting = false;
    owner.send("close");
    owner.focusLine();
  });
  return {
    openRow: () => shown,
    isWaiting: () => isWaiting,
    open,
    close() {
      if (dialog.open) dialog.close();
    },
    show({ row, report, own }) {
      if (row !== shown) return;
      isWaiting = report.level === "pending" || report.coming.length > 0;
      view.show(report, own ?? undefined);
      if (!view.element.isConnected) place.replaceChildren(view.element);
    },
  };
}

/** The level as of the opening, with its reason; nothing where it is not known. */
function drawThen({ levelThen, reasonThen }: TriageRow): HTMLElement[] {
  if (levelThen == null) return [];
  const reason = reasonThen != null && `, ${say(reasonThen)}`;
  return [element("span", {}, `${t("ui_triage_column_level_then")}: `, ...drawLevel(levelThen), reason)];
}
