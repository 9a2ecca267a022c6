/** What the account says of itself, and its totals: context that never raises a level. */
import { type Child, element, isolated, outwardLink } from "./element.js";
import type { AuthorReport } from "./messages.js";
import { age, number, t } from "./words.js";

/** Organizations and other accounts shown; nobody reads a hundred. */
const NAMES_SHOWN = 20;

/** A list of what is known; nothing where nothing is. */
export function drawAbout({ about, login, findings }: AuthorReport): HTMLElement | undefined {
  if (about == null) return undefined;
  const rows: Child[] = [];
  const row = (key: string, value: Child | undefined): void => {
    if (value) rows.push(element("dt", {}, t(key)), element("dd", {}, value));
  };
  // Where a finding says the age, it is not said again.
  if (!findings.some(({ id }) => id === "account-age")) row("ui_about_age", age(about.createdAt, Date.now()));
  row("ui_about_company", text(about.company));
  row("ui_about_location", text(about.location));
  row("ui_about_website", about.website != null && address(about.website));
  row("ui_about_bio", about.bio != null && element("span", { class: "bio" }, isolated(about.bio)));
  row("ui_about_organizations", about.organizations && many(about.organizations.map(organization)));
  row(
    "ui_about_socials",
    about.socialAccounts &&
      many(about.socialAccounts.map(({ provider, url }) => (url === "" ? isolated(provider) : address(url)))),
  );
  const list = (count: number | undefined, path: string): Child =>
    count != null && onGitHub(login, number(count), path);
  const search = (terms: string, type: string): string =>
    `search?q=${encodeURIComponent(`author:${login} ${terms}`)}&type=${type}`;
  row("ui_about_followers", list(about.followers, `${login}?tab=followers`));
  row("ui_about_repositories", list(about.ownRepositories, `${login}?tab=repositories&type=source`));
  row("ui_about_pull_requests", list(about.pullRequests, search("is:pr", "pullrequests")));
  row("ui_about_merged", list(about.mergedPullRequests, search("is:pr is:merged", "pullrequests")));
  row("ui_about_issues", list(about.issues, search("is:issue", "issues")));
  return rows.length === 0 ? undefined : element("dl", {}, ...rows);
}

/** A link to a page of GitHub about this account; text alone where the account's name is hidden. */
function onGitHub(login: string, said: string, path: string): Child {
  return /^[\w-]+$/.test(login) ? outwardLink(`https://github.com/${path}`, said) : said;
}

function organization(login: string): HTMLElement {
  const drawn = onGitHub(login, login, login);
  return drawn instanceof HTMLElement ? drawn : isolated(login);
}

function text(value: string | undefined): Child {
  return value != null && element("span", { class: "clip" }, isolated(value));
}

function address(url: string): HTMLElement {
  return element("span", { class: "clip" }, outwardLink(url, isolated(url)));
}

function many(values: readonly HTMLElement[]): Child {
  return (
    values.length > 0 &&
    element(
      "span",
      {},
      ...values.slice(0, NAMES_SHOWN).flatMap((value, index) => (index === 0 ? [value] : [", ", value])),
      values.length > NAMES_SHOWN && ` ${t("ui_and_more", values.length - NAMES_SHOWN)}`,
    )
  );
}
