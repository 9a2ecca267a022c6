/** What could not be had: the one problem that matters first, and all gaps for whoever wants to know. */
import { type Child, element } from "./element.js";
import type { AuthorReport, GapNote, GapReason } from "./messages.js";
import { list, relative, t } from "./words.js";

/** What the one button beside a problem does. */
export interface ProblemActions {
  /** Look up again, whatever is cached. */
  refresh(): void;
  /** Show the options page. */
  openOptions(): void;
}

const REPLACE_TOKEN = "ui_problem_replace_token";

/** Problems that only the reader can solve, and what the button that leads to the options says. */
const SOLVED_IN_OPTIONS: Partial<Record<GapReason, string>> = {
  noToken: "ui_problem_add_token",
  tokenRefused: REPLACE_TOKEN,
  missingRight: REPLACE_TOKEN,
  forbidden: REPLACE_TOKEN,
  organizationForbids: REPLACE_TOKEN,
  partialResults: REPLACE_TOKEN,
  repositoryHidden: REPLACE_TOKEN,
  accountSuspended: REPLACE_TOKEN,
  noPermission: "ui_permission_allow",
};

/** Problems that stay, however often one asks. */
const LASTING: ReadonlySet<GapReason> = new Set([
  "notSearchable",
  "withheld",
  "tooMany",
  "refused",
  "countMismatch",
]);

/** What stands in the way of more than one author, the first that is to be solved first. */
const OF_EVERYBODY: readonly GapReason[] = [
  "noPermission",
  "tokenRefused",
  "accountSuspended",
  "loginAttempts",
  "limitSpent",
  "offline",
  "onRequest",
  "noToken",
];

/**
 * The gap that is told first: what stands in everybody's way, or the reason
 * why the level is not known.
 */
export function problemOf({ gaps, level, reasons }: AuthorReport): GapNote | undefined {
  if (level === "pending") return undefined;
  const ofEverybody = OF_EVERYBODY.flatMap((reason) => gaps.find((gap) => gap.reason === reason) ?? []);
  if (ofEverybody[0] !== undefined) return ofEverybody[0];
  if (level !== "unknown") return undefined;
  return gaps.find(({ reason }) => reasons.some(({ key }) => key === keyOf(reason)));
}

/** One sentence and, where something helps, one button. */
export function drawProblem(report: AuthorReport, actions: ProblemActions): Child {
  const problem = problemOf(report);
  if (problem === undefined) return null;
  const { reason } = problem;
  const inOptions = SOLVED_IN_OPTIONS[reason];
  const key = inOptions ?? (reason === "onRequest" ? "ui_popup_ask" : "ui_problem_retry");
  const button = element("button", { type: "button", "data-keep": "problem" }, t(key));
  button.addEventListener("click", () =>
    inOptions === undefined ? actions.refresh() : actions.openOptions(),
  );
  return element(
    "div",
    { class: "note problem", "data-bonafide-problem": reason },
    element("p", {}, sayProblem(problem)),
    !LASTING.has(reason) && button,
  );
}

/** All that could not be had, a line a reason, so that a spent limit is told once; the problem told first has no sentence here. */
export function drawGaps(report: AuthorReport): Child {
  if (report.gaps.length === 0) return null;
  const first = problemOf(report);
  const byReason = new Map<string, { gap: GapNote; parts: string[] }>();
  for (const gap of report.gaps) {
    const key = `${gap.reason} ${gap.until ?? ""}`;
    const known = byReason.get(key) ?? { gap, parts: [] };
    known.parts.push(t(`part_${gap.part}`));
    byReason.set(key, known);
  }
  const lines = [...byReason.values()].map(({ gap, parts }) =>
    element(
      "li",
      {},
      t("ui_gap", list([...new Set(parts)])),
      gap.reason !== first?.reason && ` ${sayProblem(gap)}`,
    ),
  );
  return element("ul", { class: "note", "data-bonafide-gaps": true }, ...lines);
}

function sayProblem({ reason, until }: GapNote): string {
  const when = relative(until ?? "", Date.now());
  return when === undefined ? t(keyOf(reason)) : `${t(keyOf(reason))} ${t("ui_gap_until", when)}`;
}

/** The core names its reasons in camel case, and their sentences as all messages are named. */
function keyOf(reason: GapReason): string {
  return `reason_gap_${reason.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
}
