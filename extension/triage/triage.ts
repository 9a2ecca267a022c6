/** The triage page: a whole repository's authors, or any list of people, in one table. */
import { element } from "../shared/element.js";
import { find, setUpPage } from "../shared/extension-page.js";
import type { FromTriage, OfRun, ToTriage, TriageRun } from "../shared/messages.js";
import { watchPermission } from "../shared/permission.js";
import { timelineView } from "../shared/timeline.js";
import { say, t } from "../shared/words.js";
import { setUpCard } from "./card-panel.js";
import { createConnection } from "./connection.js";
import { setUpFilters } from "./filters.js";
import { setUpForm } from "./form.js";
import { createGrid } from "./grid.js";
import { setUpLookBack } from "./look-back.js";
import { setUpOtherRuns } from "./other-runs.js";
import { setUpPictures } from "./pictures.js";
import { isActive, isGoing, setUpProgress } from "./progress.js";
import { createRunRows } from "./rows.js";
import { drawRunCalls } from "./run-calls.js";
import { noteShownRun, showRunOfAddress } from "./shown-run.js";
import { createTableModel } from "./table-model.js";
import { setUpTakeAway } from "./take-away.js";
import { createViewReport } from "./view-report.js";

/** Rows that come within this time are sorted and drawn together, in milliseconds. */
const GATHER_MS = 150;

/** Drawing thousands of rows that are sorted by words takes some 100 ms: it may take a fifth of the time at the most. */
const SHARE = 5;

setUpPage();
watchPermission();

const run = createRunRows();
const model = createTableModel();
/** Whether the last thing sent was a start, so that a refusal is about what was entered. */
let isStarting = false;
let timer: ReturnType<typeof setTimeout> | undefined;
/** How all runs stand. */
let runs: readonly TriageRun[] = [];
/** How long it took to draw all rows the last time, in milliseconds. */
let drawMs = 0;

const connection = createConnection({
  receive,
  isWaiting: () => isStarting || card.isWaiting() || runs.some(isGoing),
  greeting() {
    const row = card.openRow();
    const again = [...viewReport.again(), ...(row === undefined ? [] : [{ open: { row } }])];
    return [showRunOfAddress(), ...again.flatMap(ofRun)];
  },
  lost: () => progress.refuse(t("ui_core_failed")),
});
const send = (message: FromTriage): void => connection.send(message);
/** What is said about a run names the one that the page shows, so that it is done to no other. */
const sendOfRun = (message: OfRun): void => ofRun(message).forEach(send);
const viewReport = createViewReport(sendOfRun, isGoingOn);
const form = setUpForm((source, replaces) => {
  isStarting = true;
  send({ start: { source, replaces } });
});
const otherRuns = setUpOtherRuns(send);
const progress = setUpProgress(sendOfRun, run.failed);
const takeAway = setUpTakeAway(sendOfRun, model.selected);
const grid = createGrid(model, {
  open: (row) => card.open(row),
  retry: (row) => sendOfRun({ retry: { rows: [row.index] } }),
  copy: takeAway.copy,
  viewed: viewReport.viewed,
  changed: showCounts,
});
const card = setUpCard({ send, sendOfRun, focusLine: grid.focus });
const filters = setUpFilters(model, () => {
  grid.refresh();
  showCounts();
});
const drawPictures = setUpPictures(run.rows);
const lookBack = setUpLookBack(sendOfRun, run.row);
const timeline = timelineView(() => send("timeline"));
find("#calls", HTMLElement).append(timeline.element);
// Here it is as high as a part of the window, and scrolls.
const calls = find("#calls .calls", HTMLElement);
calls.tabIndex = 0;
calls.setAttribute("aria-label", t("ui_timeline"));
const runCalls = element("div", {});
calls.before(runCalls);
find("#table", HTMLElement).replaceWith(grid.element);
grid.element.id = "table";
drawRows();
connection.open();

/** The message about the shown run; none while no run is shown. */
function ofRun(message: OfRun): FromTriage[] {
  const shown = run.run();
  return shown === undefined || shown.state === "empty" ? [] : [{ ofRun: { run: shown.id, message } }];
}

function isGoingOn(): boolean {
  const shown = run.run();
  return shown !== undefined && isGoing(shown);
}

function receive(message: ToTriage): void {
  switch (message.type) {
    case "runs":
      form.showPlace(message.nextPlace, message.runs);
      runs = message.runs;
      showOthers();
      break;
    case "run": {
      const isOther = run.takeRun(message.run);
      const wasPressed = isStarting && isOther && document.activeElement?.id === "start";
      if (isOther) isStarting = false;
      progress.show(message.run);
      lookBack.follow(message.run);
      // The button that was pressed cannot keep the focus while the run goes on.
      if (wasPressed && isActive(message.run.state)) find("#pause", HTMLButtonElement).focus();
      if (isOther) {
        noteShownRun(message.run);
        showOthers();
        card.close();
        viewReport.forget();
        model.selectAll(false);
        drawSoon();
      }
      break;
    }
    case "rows":
      run.takeRows(message.rows);
      drawSoon();
      break;
    case "unread":
      progress.showUnread(message);
      break;
    case "report":
      card.show(message);
      break;
    case "exported":
      takeAway.save(message);
      break;
    case "refused":
      if (isStarting) form.refuse(say(message.sentence));
      else progress.refuse(say(message.sentence));
      isStarting = false;
      break;
    case "lookBack":
      lookBack.show(message);
      break;
    case "timeline":
      timeline.show(message.calls);
      runCalls.replaceChildren(...drawRunCalls(message.run));
      break;
  }
}

function showOthers(): void {
  otherRuns.show(runs, run.run()?.id);
}

/** Draws all rows, a little later, with whatever comes meanwhile. */
function drawSoon(): void {
  if (timer !== undefined) return;
  timer = setTimeout(
    () => {
      timer = undefined;
      const start = performance.now();
      drawRows();
      drawMs = performance.now() - start;
    },
    Math.max(GATHER_MS, drawMs * SHARE),
  );
}

function drawRows(): void {
  const rows = run.rows();
  find("#rows", HTMLElement).hidden = rows.length === 0;
  model.setRows(rows);
  grid.refresh();
  drawPictures();
  find("#calls", HTMLElement).hidden = rows.length === 0;
  showCounts();
}

function showCounts(): void {
  const rows = run.rows();
  filters.count(rows);
  takeAway.count(rows.length, model.selected().length);
}
