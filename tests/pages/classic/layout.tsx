// What stands around every page: the top bar, the repository's header, and the frame for content.

import type { ReactNode } from "react";
import { VIEWER } from "../model";
import { avatarUrl } from "../react/body";

export type Shell = {
  readonly title: string;
  /** `owner/name`, or null on pages that belong to no repository. */
  readonly repository: string | null;
  readonly ownerKind: "Organization" | "User";
  /** Turbo keeps no copy of pages that say `no-cache`, as pull requests do. */
  readonly turboCache: "no-preview" | "no-cache";
  readonly dir: "ltr" | "rtl";
  readonly children: ReactNode;
};

function RepositoryHeader({
  repository,
  ownerKind,
}: {
  readonly repository: string;
  readonly ownerKind: Shell["ownerKind"];
}): ReactNode {
  const [owner = "", name = ""] = repository.split("/");
  const hovercard =
    ownerKind === "Organization"
      ? { "data-hovercard-type": "organization", "data-hovercard-url": `/orgs/${owner}/hovercard` }
      : { "data-hovercard-type": "user", "data-hovercard-url": `/users/${owner}/hovercard` };
  return (
    <div id="repository-container-header">
      <div className="repository-name">
        <span className="author flex-self-stretch" itemProp="author">
          <a className="url fn" rel="author" {...hovercard} href={`/${owner}`}>
            {owner}
          </a>
        </span>
        <span className="mx-1 color-fg-muted">/</span>
        <strong itemProp="name">
          <a data-turbo-frame="repo-content-turbo-frame" href={`/${repository}`}>
            {name}
          </a>
        </strong>
        <span className="Label Label--secondary">Public</span>
      </div>
      <nav className="js-repo-nav UnderlineNav" aria-label="Repository">
        <a data-turbo-frame="repo-content-turbo-frame" href={`/${repository}/issues`}>
          Issues
        </a>
        <a data-turbo-frame="repo-content-turbo-frame" href={`/${repository}/pulls`}>
          Pull requests
        </a>
      </nav>
    </div>
  );
}

export function Document({ title, repository, ownerKind, turboCache, dir, children }: Shell): ReactNode {
  return (
    <html
      lang={dir === "rtl" ? "he" : "en"}
      dir={dir}
      data-color-mode="auto"
      data-light-theme="light"
      data-dark-theme="dark"
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>{title}</title>
        <meta name="hostname" content="github.com" />
        <meta name="user-login" content={VIEWER} />
        <meta name="turbo-cache-control" content={turboCache} data-turbo-transient="" />
        {repository !== null && <meta name="octolytics-dimension-repository_nwo" content={repository} />}
        <link rel="icon" href="/assets/avatars/acme.svg" />
        <link rel="stylesheet" href="/assets/github.css" />
        <script type="module" src="/assets/site.js" />
      </head>
      <body className="logged-in env-production page-responsive">
        <div className="position-relative header-wrapper js-header-wrapper">
          <header className="AppHeader" role="banner">
            <a className="AppHeader-logo" href="/" aria-label="Home">
              ◆
            </a>
            {repository !== null && (
              <nav className="AppHeader-context" aria-label="Page context">
                <a
                  className="AppHeader-context-item"
                  data-hovercard-type={ownerKind.toLowerCase()}
                  href={`/${repository.split("/")[0]}`}
                >
                  {repository.split("/")[0]}
                </a>
                {" / "}
                <a className="AppHeader-context-item" href={`/${repository}`}>
                  {repository.split("/")[1]}
                </a>
              </nav>
            )}
            <a
              className="AppHeader-user"
              data-hovercard-url={`/users/${VIEWER}/hovercard`}
              href={`/${VIEWER}`}
            >
              <img
                className="avatar circle"
                alt={`@${VIEWER}`}
                width={32}
                height={32}
                src={avatarUrl(VIEWER)}
              />
              <span className="sr-only">{VIEWER}</span>
            </a>
          </header>
        </div>
        <div className="application-main">
          <main id="js-repo-pjax-container">
            {repository !== null && <RepositoryHeader repository={repository} ownerKind={ownerKind} />}
            <turbo-frame id="repo-content-turbo-frame" target="_top" data-turbo-action="advance">
              <div id="repo-content-pjax-container" className="repository-content">
                {children}
              </div>
            </turbo-frame>
          </main>
        </div>
        <div className="Popover js-hovercard-content position-absolute" style={{ display: "none" }}>
          <div className="Popover-message Box color-shadow-large" />
        </div>
        <footer className="footer" role="contentinfo">
          <a href="/about">About</a> <a href="/pricing">Pricing</a>
        </footer>
      </body>
    </html>
  );
}
