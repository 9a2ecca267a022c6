/** What a login looks like; the same grammar as `Login` in the core, which has the last word. */
import reservedNames from "github-reserved-names/reserved-names.json";

const LOGIN = /^(?=.{1,39}$)[a-z\d](?:[a-z\d]|-(?!-))*(?:_[a-z\d]+)?$/i;

const RESERVED: ReadonlySet<string> = new Set(reservedNames);

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
