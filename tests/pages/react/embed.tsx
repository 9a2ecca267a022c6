// A `react-app` element: the JSON it starts from, and its root as the server draws it.

import type { ReactNode } from "react";
import { renderToString } from "react-dom/server";
import { APP_NAMES, App, type Payload } from "./app";
import { type PartialName, Partials } from "./pull";

/** JSON that cannot close the script element it stands in. */
const safeJson = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");

export function ReactApp({
  payload,
  path,
  title,
  partial,
}: {
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
    <react-app
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
        data-target="react-app.embeddedData"
        dangerouslySetInnerHTML={{ __html: safeJson({ payload, title, appPayload: {} }) }}
      />
      <div data-target="react-app.reactRoot" dangerouslySetInnerHTML={{ __html: html }} />
    </react-app>
  );
}
