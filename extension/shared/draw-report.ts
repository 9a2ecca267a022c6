/**
 * Draws a report: the one renderer of the card on GitHub and of the popup.
 *
 * The first view has what one decides by: level and reason, the numbers, what
 * was done here, the picture of the window, and the next steps. All else is
 * behind one fold.
 */
import { actionButton, copyButtons, drawFoot, drawNextSteps, profileLink } from "./draw-report-actions.js";
import { drawFold, drawGroups } from "./draw-report-groups.js";
import { drawHead } from "./draw-report-head.js";
import { drawHere } from "./draw-report-here.js";
import { drawItem } from "./draw-report-item.js";
import { drawNumbers } from "./draw-report-numbers.js";
import { ownControls } from "./draw-report-own.js";
import { drawGaps, drawProblem } from "./draw-report-problem.js";
import { drawThen, keptThen, sayThen } from "./draw-report-then.js";
import { type Child, element, fold } from "./element.js";
import type { AuthorReport, Mark, OwnPerson } from "./messages.js";
import { redact } from "./redact.js";
import { drawStrip } from "./strip.js";
import { list, say, t } from "./words.js";

/** What a reader can set off from a report. */
export interface ReportActions {
  /** Look up again, whatever is cached. */
  refresh(): void;
  /** Show the options page. */
  openOptions(): void;
  /** Read the record as of the opening of the item at hand. */
  readPast?(): void;
  /** Store this mark and note on a person; without either, nothing. */
  setPerson(login: string, mark: Mark | undefined, note: string): void;
  /** The names were hidden or are shown again. */
  redacted?(isRedacted: boolean): void;
}

/** A place that shows one report after another. */
export interface ReportView {
  /** The element to put on a page. */
  readonly element: HTMLElement;
  /** Shows this report and what the reader stored on its account; what is unfolded, typed and focused stays. */
  show(report: AuthorReport, own?: OwnPerson): void;
}

/** Makes an empty view. */
export function reportView(actions: ReportActions): ReportView {
  const announcement = element("p", { class: "sr", role: "status" });
  const body = element("div");
  const root = element("article", { class: "report" }, announcement, body);
  const own = ownControls((login, mark, note) => actions.setPerson(login, mark, note));
  let shown: string | undefined;
  let isRedacted = false;
  const then = keptThen(() => actions.readPast?.());

  const show = (told: AuthorReport, stored?: OwnPerson): void => {
    const report = then.keep(told);
    // While it is coming, the login is as it was typed.
    if (shown?.toLowerCase() !== report.login.toLowerCase()) isRedacted = false;
    shown = report.login;
    own.show(report.login, stored);
    const visible = isRedacted ? redact(report) : report;
    root.setAttribute("data-bonafide-report", visible.login);
    root.setAttribute("data-bonafide-level", visible.level);
    root.toggleAttribute("data-bonafide-redacted", isRedacted);
    const words = [t("ui_announce", visible.login, t(`level_${visible.level}`)), sayThen(visible)];
    const announced = words.filter(Boolean).join(" ");
    if (announcement.textContent !== announced) announcement.textContent = announced;
    const isApp = visible.level === "bot";
    const copy = copyButtons(visible);
    replaceKeeping(body, [
      drawHead(visible, isRedacted ? undefined : stored),
      drawProblem(visible, actions),
      drawNumbers(visible),
      drawHere(visible),
      drawItem(visible, drawThen(visible, then.ask)),
      visible.activity && drawStrip(visible.activity),
      !isApp &&
        element(
          "div",
          { class: "actions" },
          ...(isRedacted ? [] : [...own.buttons, profileLink(visible)]),
          copy.markdown,
          copy.status,
        ),
      !isApp && !isRedacted && own.form,
      !isApp &&
        fold(
          "more",
          [t("ui_more")],
          [
            ...drawDetails(visible),
            !isRedacted && drawNextSteps(visible),
            drawFoot(
              visible,
              [actionButton("ui_refresh", () => actions.refresh()), copy.json],
              isRedacted,
              () => {
                isRedacted = !isRedacted;
                show(report, stored);
                actions.redacted?.(isRedacted);
              },
            ),
          ],
          { class: "more" },
        ),
    ]);
  };

  return { element: root, show };
}

/** The evidence in full: what raised the level first, then what is missing, then context. */
function drawDetails(report: AuthorReport): Child[] {
  const { raised, folded } = drawGroups(report);
  return [
    ...raised,
    drawGaps(report),
    report.coming.length > 0 &&
      element(
        "p",
        { class: "note" },
        t("ui_coming", list([...new Set(report.coming.map((part) => t(`part_${part}`)))])),
      ),
    ...folded,
    report.adjustments.length > 0 &&
      drawFold("adjustments", t("ui_adjustments"), [
        element("ul", {}, ...report.adjustments.map((it) => element("li", {}, say(it)))),
      ]),
  ];
}

/** Replaces what an element holds; what is named `data-keep` stays unfolded and focused as it was. */
function replaceKeeping(parent: HTMLElement, children: readonly Child[]): void {
  const keyed = (): HTMLElement[] => [...parent.querySelectorAll<HTMLElement>("[data-keep]")];
  const root = parent.getRootNode();
  const active = root instanceof Document || root instanceof ShadowRoot ? root.activeElement : null;
  const before = new Map(keyed().map((it) => [it.dataset["keep"], it]));
  const focused = active instanceof HTMLElement && parent.contains(active) ? active : undefined;
  const named = focused?.closest<HTMLElement>("[data-keep]");
  parent.replaceChildren(...children.filter((child): child is Node | string => Boolean(child)));
  // What was not made anew, as a field that is being typed into, only lost the focus.
  if (focused?.isConnected) focused.focus({ preventScroll: true });
  for (const element of keyed()) {
    const { keep } = element.dataset;
    const summary = element.querySelector("summary");
    if (element instanceof HTMLDetailsElement) {
      const was = before.get(keep);
      // Only what the reader opened or closed is kept; the rest follows the new report.
      if (was instanceof HTMLDetailsElement && "touched" in was.dataset) {
        element.open = was.open;
        element.dataset["touched"] = "";
      }
      summary?.addEventListener("click", () => {
        element.dataset["touched"] = "";
      });
    }
    if (named != null && !focused?.isConnected && keep === named.dataset["keep"])
      (summary ?? element).focus({ preventScroll: true });
  }
}
