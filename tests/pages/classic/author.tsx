// Author links as GitHub's server-rendered HTML has them.

import type { ReactNode } from "react";
import { ASSOCIATION_LABELS, type Association, type Person } from "../model";
import { avatarUrl } from "../react/body";
import { accountLink } from "../react/issue";

/** Hovercard and address as classic pages write them: with a type, with a relative address. */
export function classicLink(person: Person): Record<string, string> {
  const link = accountLink(person, false);
  return person.kind === "user" || person.kind === "ghost"
    ? {
        "data-hovercard-type": "user",
        ...link,
        "data-octo-click": "hovercard-link-click",
        "data-octo-dimensions": "link_type:self",
      }
    : link;
}

export function Author({
  by,
  className = "author Link--primary text-bold css-overflow-wrap-anywhere ",
}: {
  readonly by: Person;
  readonly className?: string;
}): ReactNode {
  return (
    <a className={className} {...{ show_full_name: "false" }} {...classicLink(by)}>
      {by.login}
    </a>
  );
}

/** The author in a comment's header; the label of an app stands inside the same `<strong>`. */
export function StrongAuthor({ by }: { readonly by: Person }): ReactNode {
  return (
    <strong>
      <Author by={by} />
      {(by.kind === "app" || by.kind === "copilot") && (
        <>
          {" "}
          <span className="Label Label--secondary">{by.kind === "app" ? "Bot" : "AI"}</span>
        </>
      )}
    </strong>
  );
}

export function AvatarOnly({
  by,
  size,
  className,
}: {
  readonly by: Person;
  readonly size: number;
  readonly className: string;
}): ReactNode {
  return (
    <a className={className} {...classicLink(by)}>
      <img
        className="avatar avatar-user"
        src={avatarUrl(by.login)}
        width={size}
        height={size}
        alt={`@${by.login}`}
      />
    </a>
  );
}

export function AssociationLabels({
  association,
  isAuthor,
}: {
  readonly association: Association | undefined;
  readonly isAuthor: boolean;
}): ReactNode {
  return (
    <div className="d-none d-sm-flex">
      {isAuthor && (
        <span className="tooltipped tooltipped-n" aria-label="Opened this.">
          <span className="Label ml-1">Author</span>
        </span>
      )}
      {association && (
        <span className="tooltipped tooltipped-n" aria-label={ASSOCIATION_LABELS[association].about}>
          <span className="Label ml-1">{ASSOCIATION_LABELS[association].label}</span>
        </span>
      )}
    </div>
  );
}
