// A `react-app` or `react-partial` element: the JSON it starts from, and its root as the server draws it.

import type { ReactNode } from "react";
import { renderToString } from "react-dom/server";
import { APP_NAMES, App, type Payload } from "./app";
import { type PartialName, Partials } from "./pull";

/** JSON that cannot close the script element it stands in. */
const safeJson = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");

export function ReactApp({
  element: Element,
  payload,
  path,
  title,
  partial,
}: {
  readonly element: "react-app" | "react-partial";
  readonly payload: Payload;
  readonly path: string;
  readonly title: string;
  readonly partial: (name: PartialName) => string;
}): ReactNode {
  const html = renderToString(
    <Partials value={partial}>
      <App payload={payload} />
    </Partials>,
  );
  return (
    <Element
      {...{ "app-name": APP_NAMES[payload.route], "initial-path": path }}
      data-attempted-ssr="true"
      data-ssr="true"
      data-lazy="false"
      data-alternate="false"
      data-data-router-enabled="true"
      data-react-profiling="false"
    >
      <script
        type="application/json"
        data-target={`${Element}.embeddedData`}
        dangerouslySetInnerHTML={{ __html: safeJson({ payload, title, appPayload: {} }) }}
      />
      <div data-target={`${Element}.reactRoot`} dangerouslySetInnerHTML={{ __html: html }} />
    </Element>
  );
}
