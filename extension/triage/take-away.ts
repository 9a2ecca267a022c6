/** What leaves the page: a file of all rows, and what is selected, as Markdown on the clipboard. */
import { find } from "../shared/extension-page.js";
import { codeInMarkdown, inMarkdown, linkInMarkdown } from "../shared/markdown.js";
import type { ExportFormat, OfRun, ToTriage, TriageRow } from "../shared/messages.js";
import { t } from "../shared/words.js";
import { sayItem, sayReason } from "./columns.js";

/** The media type of each format. */
const TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: "text/csv",
  jsonLines: "application/x-ndjson",
  markdown: "text/markdown",
};

/** The buttons that take rows away. */
export interface TakeAway {
  /** Takes a part of a file that the core makes, and saves it once it is whole. */
  save(file: Extract<ToTriage, { type: "exported" }>): void;
  /** Copies the selected rows. */
  copy(): void;
  /** Shows the buttons that there are rows for. */
  count(rows: number, selected: number): void;
}

/** Sets the buttons up; `selected` tells the selected rows. */
export function setUpTakeAway(
  send: (message: OfRun) => void,
  selected: () => readonly TriageRow[],
): TakeAway {
  const exportButton = find("#export", HTMLButtonElement);
  const format = find("#export-format", HTMLSelectElement);
  const hidesNames = find("#hides-names", HTMLInputElement);
  const link = find("#exported", HTMLAnchorElement);
  const copyButton = find("#copy", HTMLButtonElement);
  const status = find("#take-away-status", HTMLElement);

  /** What has come of the file so far. */
  let parts: string[] = [];

  const chosen = (): ExportFormat =>
    format.value === "jsonLines" || format.value === "markdown" ? format.value : "csv";
  const copy = (): void => {
    const rows = selected();
    if (rows.length === 0) return;
    navigator.clipboard.writeText(rowsAsMarkdown(rows)).then(
      () => status.replaceChildren(t("ui_triage_copied", rows.length)),
      () => status.replaceChildren(t("ui_not_copied")),
    );
  };
  exportButton.addEventListener("click", () => {
    status.replaceChildren();
    parts = [];
    send({ export: { format: chosen(), hidesNames: hidesNames.checked } });
  });
  copyButton.addEventListener("click", copy);
  return {
    save(file) {
      parts.push(file.text);
      if (file.leftOut == null) return;
      URL.revokeObjectURL(link.href);
      link.href = URL.createObjectURL(new Blob(parts, { type: `${TYPES[file.format]};charset=utf-8` }));
      link.download = file.name;
      link.click();
      parts = [];
      status.replaceChildren(t("ui_triage_exported", file.name));
      if (file.leftOut > 0) status.append(` ${t("ui_triage_records_left_out", file.leftOut)}`);
    },
    copy,
    count(rows, selectedCount) {
      exportButton.disabled = rows === 0;
      copyButton.disabled = selectedCount === 0;
    },
  };
}

/** Rows as points of a list: item, author, level and reason. */
export function rowsAsMarkdown(rows: readonly TriageRow[]): string {
  const lines = rows.map((row) => {
    const item = row.number == null ? [] : [linkInMarkdown(sayItem(row), row.url)];
    const author = row.login == null ? [] : [codeInMarkdown(row.login)];
    const told = [t(`level_${row.level}`), sayReason(row)].filter((it) => it !== undefined).join(", ");
    return `- ${[...item, ...author, inMarkdown(told)].join(" · ")}`;
  });
  return `${lines.join("\n")}\n`;
}
