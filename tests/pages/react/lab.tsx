// A page that does on request whatever React may do to an author link, and what a page may do to
// our badge. A test says `window.dispatchEvent(new CustomEvent("lab", {detail: {do: "reorder"}}))`
// or presses the button of that name; `data-lab-step` on `<html>` counts what has been drawn.

import { type ReactNode, useEffect, useReducer } from "react";
import { type Comment, type Thread, user } from "../model";
import { CommentRow } from "./issue";
import { useVisibleRows } from "./virtual";

/** What may be asked. `at` is the row, counted from the top as drawn, and 0 when left out. */
export type LabRequest =
  /** Draws all again; the class of every author link changes. */
  | { readonly do: "rerender" }
  /** Turns the rows around; each keeps its elements. */
  | { readonly do: "reorder" }
  /** The row's comment is now by another, in the very same elements. */
  | { readonly do: "reuse"; readonly at?: number; readonly login?: string }
  /** A new `<a>` takes the place of the row's author link. */
  | { readonly do: "replace"; readonly at?: number; readonly login?: string }
  /** All rows are made anew. */
  | { readonly do: "remount" }
  /** The row goes. */
  | { readonly do: "remove"; readonly at?: number }
  /** More rows come, by `gen-1` and so on. */
  | { readonly do: "append"; readonly count?: number }
  /** Only rows near the window exist from now on, or all again. */
  | { readonly do: "virtualise" }
  /** Takes out our badges in every frame, or stops doing so. */
  | { readonly do: "removeBadges" }
  | { readonly do: "stopRemoving" };

type LabRow = { readonly id: number; readonly linkKey: number; readonly comment: Comment };

type LabState = {
  readonly rows: readonly LabRow[];
  readonly generation: number;
  readonly step: number;
  readonly isVirtual: boolean;
  readonly isRemoving: boolean;
};

/** The height that every row is given while rows are virtual. */
const ROW_HEIGHT_PX = 130;

function changeRow(state: LabState, at: number, change: (row: LabRow) => LabRow): LabState {
  return { ...state, rows: state.rows.map((row, index) => (index === at ? change(row) : row)) };
}

function rename(row: LabRow, login: string | undefined): LabRow {
  return login === undefined ? row : { ...row, comment: { ...row.comment, by: user(login) } };
}

function act(state: LabState, request: LabRequest): LabState {
  switch (request.do) {
    case "rerender":
      return state;
    case "reorder":
      return { ...state, rows: state.rows.toReversed() };
    case "reuse":
      return changeRow(state, request.at ?? 0, (row) => rename(row, request.login ?? "rejected-rex"));
    case "replace":
      return changeRow(state, request.at ?? 0, (row) => ({
        ...rename(row, request.login),
        linkKey: row.linkKey + 1,
      }));
    case "remount":
      return { ...state, generation: state.generation + 1 };
    case "remove":
      return { ...state, rows: state.rows.filter((_, index) => index !== (request.at ?? 0)) };
    case "append": {
      const start = state.rows.length;
      const more = Array.from({ length: request.count ?? 10 }, (_, index): LabRow => ({
        id: 1000 + start + index,
        linkKey: 0,
        comment: {
          type: "comment",
          by: user(`gen-${start + index + 1}`),
          at: "2026-11-19T12:00:00Z",
          body: [["One more row."]],
        },
      }));
      return { ...state, rows: [...state.rows, ...more] };
    }
    case "virtualise":
      return { ...state, isVirtual: !state.isVirtual };
    case "removeBadges":
      return { ...state, isRemoving: true };
    case "stopRemoving":
      return { ...state, isRemoving: false };
  }
}

/** Every request is drawn, so that `data-lab-step` moves for each. */
const reduce = (state: LabState, request: LabRequest): LabState => ({
  ...act(state, request),
  step: state.step + 1,
});

const BUTTONS: readonly LabRequest["do"][] = [
  "rerender",
  "reorder",
  "reuse",
  "replace",
  "remount",
  "remove",
  "append",
  "virtualise",
  "removeBadges",
  "stopRemoving",
];

function useBadgeRemoval(isRemoving: boolean): void {
  useEffect(() => {
    if (!isRemoving) return;
    let frame = 0;
    const remove = (): void => {
      const root = document.documentElement;
      for (const badge of document.querySelectorAll("[data-bonafide-login]")) {
        badge.remove();
        root.dataset["labRemoved"] = String(Number(root.dataset["labRemoved"] ?? "0") + 1);
      }
      frame = requestAnimationFrame(remove);
    };
    remove();
    return () => cancelAnimationFrame(frame);
  }, [isRemoving]);
}

export function LabView({ thread }: { readonly thread: Thread }): ReactNode {
  const [state, ask] = useReducer(reduce, null, (): LabState => ({
    rows: thread.items.flatMap((item, id) => (item.type === "comment" ? [{ id, linkKey: 0, comment: item }] : [])),
    generation: 0,
    step: 0,
    isVirtual: false,
    isRemoving: false,
  }));
  useEffect(() => {
    const listen = (event: globalThis.Event): void => {
      if (event instanceof CustomEvent) ask(event.detail as LabRequest);
    };
    addEventListener("lab", listen);
    return () => removeEventListener("lab", listen);
  }, []);
  useEffect(() => {
    document.documentElement.dataset["labStep"] = String(state.step);
  }, [state.step]);
  useBadgeRemoval(state.isRemoving);
  const [first, last] = useVisibleRows(state.rows.length, ROW_HEIGHT_PX, "lab-rows", state.isVirtual);
  return (
    <div data-testid="issue-viewer-container">
      <h1>{thread.title}</h1>
      <div className="lab-buttons">
        {BUTTONS.map((name) => (
          <button key={name} type="button" id={`lab-${name}`} onClick={() => ask({ do: name })}>
            {name}
          </button>
        ))}
      </div>
      <div
        id="lab-rows"
        key={state.generation}
        data-testid="issue-timeline-container"
        style={state.isVirtual ? { height: state.rows.length * ROW_HEIGHT_PX, paddingTop: first * ROW_HEIGHT_PX } : {}}
      >
        {state.rows.slice(first, last).map((row) => (
          <div key={row.id} style={state.isVirtual ? { height: ROW_HEIGHT_PX, overflow: "hidden" } : {}}>
            <CommentRow
              thread={thread}
              comment={row.comment}
              id={9000000 + row.id}
              link={{ key: row.linkKey, className: `LabLink-module__step--${state.step}` }}
            />
          </div>
        ))}
      </div>
    </div>
  );
}
