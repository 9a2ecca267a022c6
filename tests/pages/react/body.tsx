// The text of a comment, drawn as GitHub draws Markdown. Pieces are text nodes, never HTML.

import type { ReactNode } from "react";
import type { Body, Inline } from "../model";

function piece(inline: Inline, key: number): ReactNode {
  if (typeof inline === "string") return inline;
  if ("code" in inline)
    return (
      <code key={key} className="notranslate">
        {inline.code}
      </code>
    );
  if ("href" in inline)
    return (
      <a key={key} href={inline.href}>
        {inline.text}
      </a>
    );
  return (
    <a
      key={key}
      className="user-mention notranslate"
      data-hovercard-type="user"
      data-hovercard-url={`/users/${inline.mention}/hovercard`}
      href={`https://github.com/${inline.mention}`}
    >
      @{inline.mention}
    </a>
  );
}

export function Paragraphs({ body }: { readonly body: Body }): ReactNode {
  return body.map((paragraph, at) => (
    <p key={at} dir="auto">
      {paragraph.map(piece)}
    </p>
  ));
}

export const avatarUrl = (login: string): string => `/assets/avatars/${encodeURIComponent(login)}.svg`;

/** A date as GitHub writes it once its script has run: the day, in English. */
export function When({ at }: { readonly at: string }): ReactNode {
  const day = new Date(at).toLocaleDateString("en-US", {
    month: "short",
    day: "numeric",
    year: "numeric",
    timeZone: "UTC",
  });
  return (
    <relative-time datetime={at} title={at}>
      on {day}
    </relative-time>
  );
}
