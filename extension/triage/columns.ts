/** The columns of the table: what each sorts by, and what it shows. */
import { type Child, element, isolated, outwardLink } from "../shared/element.js";
import { icon } from "../shared/icons.js";
import { LEVEL_ORDER } from "../shared/level-order.js";
import type { ElsewhereCounts, Level, MayBeMore, TriageRow } from "../shared/messages.js";
import { age, number, say, t } from "../shared/words.js";

/** What a row is sorted by; rows without it come last in either direction. */
export type SortValue = string | number | undefined;

/** One column. */
export interface Column {
  readonly id: string;
  /** Its heading's message. */
  readonly heading: string;
  /** The least that it is wide, in pixels. */
  readonly least: number;
  /** Its share of what is left of the table's width. */
  readonly share?: number;
  /** Whether it holds numbers, which stand at the end of their cells. */
  readonly isNumeric?: boolean;
  /** Whether these rows need it; otherwise it is always there. */
  isNeeded?(rows: readonly TriageRow[]): boolean;
  sortValue(row: TriageRow): SortValue;
  draw(row: TriageRow): Child[];
}

/** The id of the column that rows are grouped by. */
export const AUTHOR = "author";

/** All columns, in their order. */
export const COLUMNS: readonly Column[] = [
  {
    id: "item",
    heading: "ui_triage_column_item",
    least: 180,
    share: 3,
    isNeeded: (rows) => rows.some((row) => row.number != null),
    sortValue: (row) => row.number ?? undefined,
    draw: drawItem,
  },
  {
    id: AUTHOR,
    heading: "ui_triage_column_author",
    least: 106,
    share: 1.3,
    sortValue: (row) => row.login?.toLowerCase(),
    draw: (row) => [row.login == null ? muted(t("ui_triage_author_unknown")) : isolated(row.login)],
  },
  {
    id: "level",
    heading: "ui_triage_column_level",
    least: 146,
    share: 1,
    sortValue: (row) => LEVEL_ORDER.indexOf(row.level),
    draw: (row) => drawLevel(row.level),
  },
  {
    id: "reason",
    heading: "ui_triage_column_reason",
    least: 160,
    share: 2,
    sortValue: (row) => sayReason(row)?.toLowerCase(),
    draw: (row) => [sayReason(row)],
  },
  {
    id: "levelThen",
    heading: "ui_triage_column_level_then",
    least: 146,
    share: 1,
    isNeeded: (rows) => rows.some((row) => row.levelThen != null),
    sortValue: (row) => (row.levelThen == null ? undefined : LEVEL_ORDER.indexOf(row.levelThen)),
    draw: (row) => (row.levelThen == null ? [] : drawLevel(row.levelThen)),
  },
  {
    id: "here",
    heading: "ui_triage_column_here",
    least: 124,
    share: 1,
    sortValue: (row) => row.here?.merged,
    draw: ({ here }) => {
      if (here == null) return [];
      const { merged, closed } = here;
      const told = [
        merged > 0 && t("ui_outcome_merged", merged),
        closed > 0 && t("ui_outcome_closed", closed),
      ].filter((it) => it !== false);
      return told.length === 0 ? [muted(t("ui_triage_here_nothing"))] : [told.join(", ")];
    },
  },
  elsewhere("merged", "ui_triage_column_merged"),
  elsewhere("withdrawn", "ui_triage_column_withdrawn"),
  elsewhere("closedByOthers", "ui_triage_column_closed_by_others", 96),
  {
    ...elsewhere("closed", "ui_triage_column_closed", 92),
    isNeeded: (rows) => rows.some((row) => (row.elsewhere?.closed ?? 0) > 0),
  },
  elsewhere("open", "ui_triage_column_open"),
  {
    id: "age",
    heading: "ui_triage_column_age",
    least: 80,
    isNeeded: (rows) => rows.some((row) => row.createdAt != null),
    // The youngest first.
    sortValue: (row) => (row.createdAt == null ? undefined : -Date.parse(row.createdAt)),
    draw: ({ createdAt }) =>
      createdAt == null
        ? []
        : [
            element(
              "time",
              { datetime: createdAt, title: createdAt.slice(0, 10) },
              age(createdAt, Date.now()),
            ),
          ],
  },
  {
    id: "outcome",
    heading: "ui_triage_column_outcome",
    least: 124,
    isNeeded: (rows) => rows.some((row) => row.outcome != null),
    sortValue: (row) => row.outcome ?? undefined,
    draw: (row) => [row.outcome && t(`ui_triage_outcome_${row.outcome}`)],
  },
  {
    id: "first",
    heading: "ui_triage_column_first",
    least: 66,
    isNeeded: (rows) => rows.some((row) => row.isFirstHere != null),
    sortValue: (row) => (row.isFirstHere == null ? undefined : Number(!row.isFirstHere)),
    draw: (row) => [drawWhether(row.isFirstHere)],
  },
  {
    id: "assigned",
    heading: "ui_triage_column_assigned",
    least: 88,
    isNeeded: (rows) => rows.some((row) => row.isAssigned != null),
    sortValue: (row) => (row.isAssigned == null ? undefined : Number(!row.isAssigned)),
    draw: (row) => [drawWhether(row.isAssigned)],
  },
];

/** The columns that these rows need. */
export function columnsFor(rows: readonly TriageRow[]): readonly Column[] {
  return COLUMNS.filter((column) => column.isNeeded?.(rows) ?? true);
}

/** Why a row has its level, or why its look-up failed. */
export function sayReason({ failed, reason }: TriageRow): string | undefined {
  const sentence = failed ?? reason;
  return sentence == null ? undefined : say(sentence);
}

/** A level's shape and words. */
export function drawLevel(level: Level): Child[] {
  return [element("span", { class: "level-mark", "data-level": level }, icon(level)), t(`level_${level}`)];
}

/** What an item is called: its number and title, or whoever a text named alone. */
export function sayItem({ number: itemNumber, title, login }: TriageRow): string {
  return itemNumber == null ? (login ?? "") : `#${itemNumber} ${title ?? ""}`.trim();
}

function drawItem(row: TriageRow): Child[] {
  if (row.number == null) return [];
  return [
    outwardLink(row.url, `#${row.number} `, isolated(row.title ?? "")),
    row.isDraft && element("span", { class: "tag" }, t("ui_triage_draft")),
  ];
}

function elsewhere(state: Exclude<keyof ElsewhereCounts, "more">, heading: string, least = 78): Column {
  return {
    id: state,
    heading,
    least,
    isNumeric: true,
    sortValue: (row) => row.elsewhere?.[state],
    draw: ({ elsewhere }) =>
      elsewhere == null
        ? []
        : [
            sayCount(
              elsewhere[state],
              elsewhere.more?.find(({ outcome }) => outcome === state),
            ),
          ],
  };
}

/** A number; with more that there may be, from where to where it is, or at least how many. */
function sayCount(count: number, more: MayBeMore | undefined): string {
  if (more === undefined) return number(count);
  if (more.most == null) return t("ui_triage_at_least", number(count));
  return t("ui_triage_range", number(count), number(count + more.most));
}

function drawWhether(answer: boolean | undefined): Child {
  return answer != null && (answer ? t("ui_triage_yes") : muted(t("ui_triage_no")));
}

function muted(text: string): HTMLElement {
  return element("span", { class: "muted" }, text);
}
