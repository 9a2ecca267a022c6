/** Whether a report still tells somebody to wait: for the level, or for the record as of the opening. */
export function isWaiting(report: HTMLElement): boolean {
  return (
    report.dataset["bonafideLevel"] === "pending" ||
    report.querySelector('[data-bonafide-then="reading"]') !== null
  );
}
