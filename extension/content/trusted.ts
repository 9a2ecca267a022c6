/**
 * Listens to what a reader does, and to nothing that a page pretends.
 *
 * A page's script can dispatch any event on a badge; only the browser makes
 * one that `isTrusted`.
 */
export function onTrusted<Kind extends keyof WindowEventMap>(
  kind: Kind,
  act: (event: WindowEventMap[Kind]) => void,
  signal: AbortSignal,
): void {
  window.addEventListener(
    kind,
    (event) => {
      if (event.isTrusted) act(event);
    },
    { capture: true, signal },
  );
}
