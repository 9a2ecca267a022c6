/** What a login looks like; the same grammar as `Login` in the core, which has the last word. */
const LOGIN = /^(?=.{1,39}$)[a-z\d](?:[a-z\d]|-(?!-))*(?:_[a-z\d]+)?$/i;

/**
 * First path segments that are GitHub's own and nobody's login. Only those
 * that can stand where an owner or an author does: a repository's page has
 * two segments, and a link to an author is asked for only in an author's place.
 */
export const RESERVED: ReadonlySet<string> = new Set(
  (
    "about apps codespaces collections contact dashboard discussions enterprise enterprises " +
    "events explore features gist issues join login logout marketplace mcp models new notifications organizations " +
    "orgs pricing pulls readme repos resources search security sessions settings signup site solutions sponsors " +
    "stars support team teams topics trending users watching wiki"
  ).split(" "),
);

/** Whether a text can be the login of an account. */
export function isLogin(text: string): boolean {
  return LOGIN.test(text);
}

/** Whether a first path segment is GitHub's own and nobody's login. */
export function isReserved(segment: string): boolean {
  return RESERVED.has(segment.toLowerCase());
}

/** One spelling for each account: case makes no other account. */
export function keyOf(login: string): string {
  return login.toLowerCase();
}
