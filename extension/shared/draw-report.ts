/** Draws a report: the one renderer of the card on GitHub and of the popup. */
import { drawActions, type ReportActions } from "./draw-report-actions.js";
import { drawFold, drawGroups } from "./draw-report-groups.js";
import { drawGaps, drawHead } from "./draw-report-head.js";
import { drawHere } from "./draw-report-here.js";
import { type Child, element } from "./element.js";
import type { AuthorReport, OwnPerson } from "./messages.js";
import { redact } from "./redact.js";
import { list, say, t } from "./words.js";

export type { ReportActions } from "./draw-report-actions.js";

/** A place that shows one report after another. */
export interface ReportView {
  /** The element to put on a page. */
  readonly element: HTMLElement;
  /** Shows this report and what the reader keeps of its account, keeping what is unfolded and where the focus is. */
  show(report: AuthorReport, own?: OwnPerson): void;
}

/** Makes an empty view. `hasRoom` unfolds the profile, where there is room for it. */
export function reportView(actions: ReportActions, hasRoom = false): ReportView {
  const announcement = element("p", { class: "sr", role: "status" });
  const body = element("div");
  const root = element("article", { class: "report" }, announcement, body);
  let shown: string | undefined;
  let isRedacted = false;

  const show = (report: AuthorReport, own?: OwnPerson): void => {
    // While it is coming, the login is as it was typed.
    if (shown?.toLowerCase() !== report.login.toLowerCase()) isRedacted = false;
    shown = report.login;
    const visible = isRedacted ? redact(report) : report;
    root.setAttribute("data-bonafide-report", visible.login);
    root.setAttribute("data-bonafide-level", visible.level);
    root.toggleAttribute("data-bonafide-redacted", isRedacted);
    const announced = t("ui_announce", visible.login, t(`level_${visible.level}`));
    if (announcement.textContent !== announced) announcement.textContent = announced;
    replaceKeeping(body, [
      ...drawBody(visible, isRedacted ? undefined : own, hasRoom),
      visible.level !== "bot" &&
        drawActions(visible, actions, isRedacted, () => {
          isRedacted = !isRedacted;
          show(report, own);
        }),
    ]);
  };

  return { element: root, show };
}

/** From what decides to what is only for context. */
function drawBody(report: AuthorReport, own: OwnPerson | undefined, hasRoom: boolean): Child[] {
  const { raised, folded } = drawGroups(report, hasRoom);
  const gaps = drawGaps(report);
  const isUnknown = report.level === "unknown";
  return [
    drawHead(report, own),
    // What is missing is the reason for this level, and a footnote to every other.
    isUnknown && gaps,
    drawHere(report),
    ...raised,
    !isUnknown && gaps,
    report.coming.length > 0 &&
      element(
        "p",
        { class: "note" },
        t("ui_coming", list([...new Set(report.coming.map((part) => t(`part_${part}`)))])),
      ),
    ...folded,
    report.adjustments.length > 0 &&
      drawFold("adjustments", t("ui_adjustments"), [
        element("ul", {}, ...report.adjustments.map((told) => element("li", {}, say(told)))),
      ]),
  ];
}

/** Replaces what an element holds; what is named `data-keep` stays unfolded and focused as it was. */
function replaceKeeping(parent: HTMLElement, children: readonly Child[]): void {
  const keyed = (): HTMLElement[] => [...parent.querySelectorAll<HTMLElement>("[data-keep]")];
  const root = parent.getRootNode();
  const active = root instanceof Document || root instanceof ShadowRoot ? root.activeElement : null;
  const before = new Map(keyed().map((it) => [it.dataset["keep"], it]));
  const focused =
    active !== null && parent.contains(active) ? active.closest<HTMLElement>("[data-keep]") : null;
  parent.replaceChildren(...children.filter((child): child is Node | string => Boolean(child)));
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
    if (focused !== null && keep === focused.dataset["keep"])
      (summary ?? element).focus({ preventScroll: true });
  }
}
