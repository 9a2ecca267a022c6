/** Which run this tab shows: it stands in the address, so that a reloaded or restored tab shows the same. */
import type { FromTriage, TriageRun } from "../shared/messages.js";

/** Asks for the run of the address: by its number, and without one for the one about the repository that the address names. */
export function showRunOfAddress(): FromTriage {
  const asked = new URLSearchParams(location.search);
  const run = asked.get("run");
  return {
    show: {
      run: run === null ? undefined : Number(run),
      repository: asked.get("repository") ?? undefined,
    },
  };
}

/** Writes into the address which run this tab shows. */
export function noteShownRun({ id, state, repository }: TriageRun): void {
  // What was asked for stays while there is no run about it, so that none is shown by itself in place of one that is gone.
  if (state === "empty") return;
  const shown = new URLSearchParams({ ...(repository != null && { repository }), run: String(id) });
  history.replaceState(null, "", `?${shown}`);
}
