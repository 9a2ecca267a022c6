// From the content of a page to its HTML.

import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Actions, Body, Sidebar, Timeline } from "./classic/conversation";
import { DiscussionView } from "./classic/discussion";
import { Document } from "./classic/layout";
import { ClassicFiles, ClassicPullList } from "./classic/lists";
import { Advisory, Comparison, Rows } from "./classic/more";
import type { Thread } from "./model";
import type { Content, Page } from "./pages";
import { ReactApp } from "./react/embed";
import type { PartialName } from "./react/pull";

const PARTIALS: Readonly<Record<PartialName, (thread: Thread) => ReactNode>> = {
  Body: (thread) => <Body thread={thread} />,
  Timeline: (thread) => <Timeline thread={thread} />,
  TimelineActions: (thread) => <Actions thread={thread} />,
  Sidebar: (thread) => <Sidebar thread={thread} />,
};

function drawContent({ path, title }: Page, content: Content): ReactNode {
  switch (content.draw) {
    case "react":
      return (
        <ReactApp
          element={content.element ?? "react-app"}
          payload={content.payload}
          path={path}
          title={title}
          partial={() => ""}
        />
      );
    case "pull":
      return (
        <ReactApp
          element="react-app"
          payload={{ route: "pull", thread: { ...content.thread, items: [] } }}
          path={path}
          title={title}
          partial={(name) => renderToStaticMarkup(PARTIALS[name](content.thread))}
        />
      );
    case "classic-pulls":
      return <ClassicPullList list={{ heading: content.heading, path, rows: content.rows }} />;
    case "classic-files":
      return <ClassicFiles thread={content.thread} reviews={content.reviews} />;
    case "discussion":
      return <DiscussionView discussion={content.discussion} />;
    case "rows":
      return <Rows {...content.view} />;
    case "comparison":
      return <Comparison {...content} />;
    case "advisory":
      return <Advisory row={content.row} />;
  }
}

export function drawPage(page: Page): string {
  const { content, expected, path, title } = page;
  const html = renderToStaticMarkup(
    <Document
      title={title}
      repository={expected.repository}
      ownerKind={path.startsWith("/demo-own/") ? "User" : "Organization"}
      turboCache={content.draw === "pull" ? "no-cache" : "no-preview"}
      dir={page.isRightToLeft === true ? "rtl" : "ltr"}
    >
      {drawContent(page, content)}
    </Document>,
  );
  const whole = `<!DOCTYPE html>\n${html}`;
  if (page.cutOffAt === undefined) return whole;
  const end = whole.indexOf(page.cutOffAt);
  if (end < 0) throw new Error(`${path} does not hold the text at which it is cut off.`);
  return whole.slice(0, end + page.cutOffAt.length);
}
