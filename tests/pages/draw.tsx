// From the content of a page to its HTML.

import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Actions, Body, Sidebar, Timeline } from "./classic/conversation";
import { Document } from "./classic/layout";
import type { Thread } from "./model";
import type { Page } from "./pages";
import { ReactApp } from "./react/embed";
import type { PartialName } from "./react/pull";

const PARTIALS: Readonly<Record<PartialName, (thread: Thread) => ReactNode>> = {
  Body: (thread) => <Body thread={thread} />,
  Timeline: (thread) => <Timeline thread={thread} />,
  TimelineActions: (thread) => <Actions thread={thread} />,
  Sidebar: (thread) => <Sidebar thread={thread} />,
};

export function drawPage({ path, content }: Page): string {
  const { thread } = content;
  const title = `${thread.title} · ${content.draw === "issue" ? "Issue" : "Pull Request"} #${thread.number} · ${thread.repository}`;
  return (
    "<!DOCTYPE html>\n" +
    renderToStaticMarkup(
      <Document
        title={title}
        repository={thread.repository}
        ownerKind={thread.ownerKind}
        turboCache={content.draw === "pull" ? "no-cache" : "no-preview"}
        dir="ltr"
      >
        <ReactApp
          payload={
            content.draw === "pull"
              ? { route: "pull", thread: { ...thread, items: [] } }
              : { route: "issue", thread }
          }
          path={path}
          title={title}
          partial={(name) => renderToStaticMarkup(PARTIALS[name](thread))}
        />
      </Document>,
    )
  );
}
