import assert from "node:assert/strict";
import { test } from "node:test";
import { githubPage } from "../testing/browser.js";
import { associationAt, type Found, find } from "./names.js";
import { readPage } from "./page.js";

const PULL = "https://github.com/acme/web/pull/7";
const ISSUE = "https://github.com/acme/web/issues/1";
const VIEWER = '<meta name="user-login" content="Maintainer-Max">';

function read(address: string, document: Document): Found {
  const page = readPage(new URL(address));
  assert.ok(page);
  const found: Found = { names: [], opener: undefined };
  for (const _ of find(document, page, found));
  return found;
}

/** Holds the names that are found against `login`, `login [app]` and `login ASSOCIATION`. */
function check(address: string, body: string, expected: readonly string[]): void {
  const found = read(address, githubPage(address, body, VIEWER)).names.map((name) => {
    const association = name.isApp ? undefined : associationAt(name);
    return [name.login, name.isApp && "[app]", association].filter(Boolean).join(" ");
  });
  assert.deepEqual(found, expected, body);
}

const hovercard = (login: string, rest = ""): string =>
  `<a data-hovercard-type="user" data-hovercard-url="/users/${login}/hovercard" href="/${login}" ${rest}>${login}</a>`;

const comment = (author: string, label = ""): string => `
  <div class="TimelineItem"><div class="timeline-comment"><div class="timeline-comment-header">
    <h3><strong>${author}</strong></h3>${label && `<span class="Label">${label}</span>`}
  </div><div class="comment-body markdown-body">${hovercard("mia-mention", 'class="user-mention"')}</div></div></div>`;

test("a comment of the classic kind, with its label", () => {
  check(PULL, comment(hovercard("ada", 'class="author"'), "Contributor"), ["ada CONTRIBUTOR"]);
  check(PULL, comment(hovercard("ada", 'class="author"'), "First-time contributor"), [
    "ada FIRST_TIME_CONTRIBUTOR",
  ]);
  check(PULL, comment(hovercard("ada", 'class="author"'), "Author"), ["ada"]);
  check(PULL, comment('<a class="author" href="/apps/helper">helper</a><span class="Label">Bot</span>'), [
    "helper [app]",
  ]);
});

test("a comment of the React kind", () => {
  const header = (href: string): string => `
    <div data-testid="comment-header">
      <a href="${href}" data-hovercard-url="/users/Ada/hovercard"><img alt="@Ada"></a>
      <a data-testid="avatar-link" href="${href}" data-hovercard-url="/users/Ada/hovercard">Ada</a>
      <span class="x MarkdownLastEditedBy-module__x--1">edited by <a href="/eve" data-hovercard-url="/users/eve/hovercard">eve</a></span>
      <span data-testid="comment-author-association">Member</span>
    </div>`;
  check(ISSUE, header("/Ada"), ["Ada MEMBER"]);
  check(ISSUE, header("https://github.com/Ada"), ["Ada MEMBER"]);
});

test("who is nobody to look up", () => {
  check(PULL, comment(hovercard("ghost", 'class="author"')), []);
  check(PULL, comment(hovercard("maintainer-max", 'class="author"')), []);
  check(PULL, comment('<a class="author" href="#">Somebody</a>'), []);
  check(PULL, comment('<a data-hovercard-type="organization" href="/tools">tools</a>'), []);
  check(PULL, `<div id="partial-discussion-sidebar">${hovercard("ada")}</div>`, []);
  check(PULL, `<div id="repository-container-header">${hovercard("acme", 'rel="author"')}</div>`, []);
  check(PULL, `<div class="participation">${hovercard("ada")}</div>`, []);
  // Words of a comment, whether or not GitHub marks the link as a mention.
  check(PULL, `<div class="comment-body">${hovercard("eve")}</div>`, []);
  check(PULL, `<div class="markdown-body">${hovercard("eve", 'class="author"')}</div>`, []);
  check(PULL, `<p>${hovercard("eve", 'class="user-mention"')}</p>`, []);
});

test("an attribute is believed and not the text", () => {
  check(PULL, '<a data-hovercard-url="/users/ada/hovercard" href="/eve">mallory</a>', ["ada"]);
  check(PULL, '<a class="author" href="/eve">mallory</a>', []);
  check(
    PULL,
    '<a data-hovercard-url="/orgs/ada/hovercard" data-hovercard-type="user" class="author" href="/ada">ada</a>',
    [],
  );
});

test("the header of a pull request, drawn twice", () => {
  const header =
    '<div class="x PullRequestHeaderSummary-module__s--1"><a href="/jo">Jo Doe</a> wants to merge</div>';
  check(PULL, header + header, ["jo", "jo"]);
});

test("the repository's owner is an author only in an author's place", () => {
  const owner = "https://github.com/ada/web/pull/7";
  check(
    owner,
    '<span data-hovercard-type="user"></span><a data-hovercard-type="user" href="/ada">ada</a>',
    [],
  );
  check(owner, comment('<a class="author" data-hovercard-type="user" href="/ada">ada</a>'), ["ada"]);
});

test("lists, whose links lead to searches", () => {
  const pulls = "https://github.com/acme/web/pulls";
  const link = (query: string, text: string): string =>
    `<li><a data-testid="author-filter-link" href="/acme/web/pulls?q=${query}">${text}</a></li>`;
  check(pulls, link("is%3Apr+author%3Aada", "ada"), ["ada"]);
  check(pulls, link("is%3Apr%20author%3Aada", "Ada Steady (ada)"), ["ada"]);
  check(pulls, link("is%3Apr+author%3Aapp%2Fdependabot", "dependabot"), ["dependabot [app]"]);
  check(pulls, link("is%3Apr+author%3Aada", "12 comments"), []);
  check("https://github.com/pulls", '<li><button data-testid="author-filter-link">ada</button></li>', [
    "ada",
  ]);
  check("https://github.com/pulls", '<li><button data-testid="author-filter-link">2 tasks</button></li>', []);
});

test("commits, whose links lead to commits", () => {
  const link = (author: string, text: string): string =>
    `<div data-testid="author-link"><a href="/acme/web/commits?author=${author}" aria-label="commits by ${author}">${text}</a></div>`;
  const commits = "https://github.com/acme/web/commits/main";
  check(commits, link("ada", "Ada Steady"), ["ada"]);
  check(commits, link("dependabot%5Bbot%5D", "dependabot"), ["dependabot [app]"]);
  check(commits, link("Copilot", "Copilot"), ["Copilot [app]"]);
});

test("one badge for each comment and login", () => {
  const twice = `<div class="TimelineItem"><div>${hovercard("ada")} asked ${hovercard("eve")} and ${hovercard("ada")}</div></div>`;
  check(PULL, twice, ["ada", "eve"]);
  check(PULL, twice + twice, ["ada", "eve", "ada", "eve"]);
});

test("a login that is none, and addresses that cannot be read", () => {
  check(PULL, '<a data-hovercard-url="/users/a--b/hovercard" href="/x">a--b</a>', []);
  check(PULL, '<a data-hovercard-url="/users/%E0%A4%A/hovercard" href="/x">x</a>', []);
  check(PULL, '<a class="author" href="https://[">x</a>', []);
  check(PULL, '<a class="author" href="javascript:x">x</a>', []);
  check(PULL, `<a data-hovercard-url="/users/jo_acme/hovercard" href="/jo_acme">jo_acme</a>`, ["jo_acme"]);
});

test("the place is after the strong element around a name", () => {
  const document = githubPage(PULL, comment(hovercard("ada", 'class="author"')) + hovercard("eve"));
  const places = read(PULL, document).names.map((name) => name.place.localName);
  assert.deepEqual(places, ["strong", "a"]);
});

test("who opened the page, and when", () => {
  const opener = (body: string): unknown => read(PULL, githubPage(PULL, body, VIEWER)).opener;
  const opening = `<div id="pullrequest-1"><div class="timeline-comment-header"><h3><strong>
    <a class="author" href="/ada">ada</a></strong> <relative-time datetime="2026-11-18T08:15:00Z"></relative-time></h3></div></div>`;
  const merged = '<div class="PullRequestHeaderSummary-x"><a href="/max">max</a> merged 2 commits</div>';
  const open =
    '<div class="PullRequestHeaderSummary-x"><a href="/ada">ada</a> wants to merge 2 commits</div>';
  assert.deepEqual(opener(merged + opening), { login: "ada", openedAt: "2026-11-18T08:15:00Z" });
  assert.deepEqual(opener(open), { login: "ada", openedAt: undefined });
  assert.equal(opener(merged), undefined);
  const mine =
    opening.replaceAll("ada", "maintainer-max") + opening.replace("pullrequest-1", "issuecomment-2");
  assert.deepEqual(
    opener(`<div class="js-discussion">${mine}</div>`),
    { login: "maintainer-max", openedAt: "2026-11-18T08:15:00Z" },
    "a page of one's own has no other opener",
  );
});

test("logins of every kind that there is", () => {
  const logins: [login: string, found: readonly string[]][] = [
    ["a", ["a"]],
    ["a".repeat(39), ["a".repeat(39)]],
    ["a".repeat(40), []],
    ["old-one-", ["old-one-"]],
    ["-dash", []],
    ["a--b", []],
    ["kim_acme", ["kim_acme"]],
    ["kim_", []],
    ["12345", ["12345"]],
    ["ADA", ["ADA"]],
    ["under_score_d", []],
    ["ünïcode", []],
    ["%3Cimg%3E", []],
    ["..", []],
    ["ghost", []],
    ["Ghost", []],
    ["Copilot", ["Copilot [app]"]],
    ["dependabot[bot]", ["dependabot [app]"]],
    // Renamed: the page may still name the old login, of which GitHub has the last word.
    ["old-name", ["old-name"]],
    // Reserved for GitHub's own pages, yet what a hovercard says is believed.
    ["security", ["security"]],
  ];
  for (const [login, found] of logins) check(PULL, comment(hovercard(login, 'class="author"')), found);
});

test("names of GitHub's own pages are nobody's", () => {
  const link = (name: string): string => comment(`<a class="author" href="/${name}">${name}</a>`);
  const header = (name: string): string =>
    `<div class="PullRequestHeaderSummary-x"><a href="/${name}">${name}</a> wants to merge</div>`;
  for (const name of ["settings", "security", "features", "login", "Apps", "orgs", "topics"]) {
    check(PULL, link(name), []);
    check(PULL, header(name), []);
  }
  check(PULL, link("settings-ada"), ["settings-ada"]);
});

test("full names beside or instead of logins", () => {
  check(PULL, comment('<a class="author" href="/jodoe">Jo Doe</a>'), []);
  check(PULL, comment(hovercard("jodoe", 'class="author"').replace(">jodoe<", ">Jo Doe (jodoe)<")), [
    "jodoe",
  ]);
  const row = (query: string, text: string): string =>
    `<li><a data-testid="author-filter-link" href="/acme/web/issues?q=${query}">${text}</a></li>`;
  const issues = "https://github.com/acme/web/issues";
  check(issues, row("is%3Aissue+author%3Ajodoe", "Jo Doe (jodoe)"), ["jodoe"]);
  check(issues, row("is%3Aissue+author%3Ajodoe", "Jo (jodoe) Doe"), []);
  check(issues, row("is%3Aissue+author%3Ajodoe", "Eve (eve)"), []);
  check(issues, row("is%3Aissue+author%3A%40me", "me"), ["me"]);
});

test("nobody whom one can look up", () => {
  check(PULL, comment('<a class="author" data-hovercard-type="user" href="#">imported-ivy</a>'), []);
  check(PULL, comment('<span class="author">imported-ivy</span>'), []);
  check(
    PULL,
    comment('<a class="author" data-hovercard-type="copilot" href="/apps/copilot-swe-agent">Copilot</a>'),
    ["Copilot [app]"],
  );
  check(PULL, comment('<a class="author" href="https://github.com/apps/renovate">renovate</a>'), [
    "renovate [app]",
  ]);
  check(PULL, comment('<a class="author" href="https://evil.example/apps/renovate">renovate</a>'), []);
  check(PULL, comment('<a class="author" href="https://github.com.evil.example/ada">ada</a>'), []);
});

test("a page that is cut off in the middle", () => {
  const whole = comment(hovercard("ada", 'class="author"')) + comment(hovercard("eve", 'class="author"'));
  for (let end = 0; end <= whole.length; end += 7) {
    const { names } = read(PULL, githubPage(PULL, whole.slice(0, end)));
    assert.ok(
      names.every(({ login }) => login === "ada" || login === "eve"),
      `${end}: ${names.map(({ login }) => login).join()}`,
    );
  }
});

test("a button that filters by author is believed by its label, and by its text only where it has none", () => {
  const button = (label: string, text: string): string =>
    `<li><button data-testid="author-filter-link" aria-label="${label}">${text}</button></li>`;
  const all = "https://github.com/pulls";
  check(all, button("Filter by author Dora (dora-dell)", "Dora"), ["dora-dell"]);
  check(all, button("Filter by author Dora Dell (dora-dell)", "Dora Dell (dora-dell)"), ["dora-dell"]);
  check(all, button("Filter by author dora-dell", "Dora"), ["dora-dell"]);
  check(all, button("Filter by author robo-bump[bot]", "robo-bump"), ["robo-bump [app]"]);
  check(all, button("Filter by author Dora Dell", "dora"), []);
  check(all, button("Something else", "dora"), []);
  check(all, '<li><button data-testid="author-filter-link">Dora Dell (dora-dell)</button></li>', [
    "dora-dell",
  ]);
  check(
    all,
    '<li><a data-testid="author-filter-link" aria-label="Filter by author Dora (dora-dell)" href="/pulls?q=author%3Adora-dell">Dora</a></li>',
    ["dora-dell"],
  );
});

test("apps of Copilot's are told apart by their slugs", () => {
  const app = (attributes: string, text: string): string =>
    `<a class="author" data-hovercard-type="copilot" ${attributes}>${text}</a> <span class="Label">AI</span>`;
  const two =
    app(
      'data-hovercard-url="/copilot/hovercard?bot=some-scanner" href="/apps/some-scanner"',
      "some-scanner",
    ) + app('data-hovercard-url="/copilot/hovercard?x=1&bot=other-scanner" href="#"', "Copilot");
  check(PULL, `<div class="review-comment">${two}</div>`, ["some-scanner [app]", "other-scanner [app]"]);
  check(PULL, app('href="#"', "Copilot"), ["Copilot [app]"]);
});

test("commit rows in the older shape", () => {
  const row = (login: string): string =>
    `<li class="js-commits-list-item"><a class="commit-author user-mention" title="View all commits by ${login}" href="/acme/web/commits?author=${login}">${login}</a> committed</li>`;
  check("https://github.com/acme/web/compare/main...next", row("quill-quentin") + row("robo%5Bbot%5D"), [
    "quill-quentin",
    "robo [app]",
  ]);
  check(
    "https://github.com/acme/web/queue/main",
    '<li><span class="opened-by">#7 opened by <a class="user-mention" href="/quill-quentin">quill-quentin</a></span> <a class="user-mention" href="/eve">eve</a></li>',
    ["quill-quentin"],
  );
});

test("apps on lists that React draws", () => {
  const row = (query: string, text: string): string =>
    `<li><a data-testid="author-filter-link" href="/acme/web/pulls?q=author%3A${query}">${text}</a></li>`;
  const pulls = "https://github.com/acme/web/pulls";
  check(pulls, row("robo-bump", "robo-bump[bot]"), ["robo-bump [app]"]);
  check(pulls, row("app%2Frobo-fmt", "robo-fmt[bot]"), ["robo-fmt [app]"]);
  check(pulls, row("robo-fmt%5Bbot%5D", "robo-fmt"), ["robo-fmt [app]"]);
  check(pulls, row("app%2Frobo-fmt", "robo-bump[bot]"), []);
});

test("whoever did what an event tells is its author, whom it was done to is not", () => {
  const actor = '<a class="row-module__eventActorLink__c" href="https://github.com/fay-farr">fay-farr</a>';
  check(ISSUE, `<div>${actor} pinned this</div>`, ["fay-farr"]);
  check(ISSUE, `<div>${actor} assigned ${hovercard("ben")}</div>`, ["fay-farr"]);
  const event = (...parts: readonly string[]): string =>
    `<div class="TimelineItem"><div class="TimelineItem-body">${parts.join(" ")}</div></div>`;
  const author = (login: string): string => hovercard(login, 'class="author"');
  check(PULL, event(author("fay"), "requested a review from", hovercard("ben")), ["fay"]);
  check(PULL, event(author("fay"), "assigned", author("ben")), ["fay"]);
  check(PULL, event(author("maintainer-max"), "assigned", hovercard("ben")), []);
  check(PULL, event(author("ghost"), "assigned", hovercard("ben"), "and", hovercard("cleo")), []);
  check(PULL, event(author("fay"), "and", author("ben"), "added 2 commits"), ["fay", "ben"]);
  // A review holds comments of others.
  check(
    PULL,
    event(author("fay"), "requested changes", `<div class="review-comment">${author("ben")}</div>`),
    ["fay", "ben"],
  );
});

test("the header of a classic tab names the opener, or whoever merged", () => {
  const header = (what: string): string =>
    `<div class="gh-header-meta"><a class="author" href="/ada">ada</a> ${what} 2 commits</div>`;
  const opener = (what: string): unknown =>
    read(`${PULL}/files`, githubPage(PULL, header(what))).opener?.login;
  assert.equal(opener("wants to merge"), "ada");
  assert.equal(opener("merged"), undefined);
});
