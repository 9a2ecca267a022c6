/** Somebody's words in Markdown that may be pasted into a comment: they mention and link nobody back. */

/** A link that GitHub does not note on the page it leads to, as it does with every direct link to an issue. */
export function linkInMarkdown(text: string, address: string): string {
  return `[${inMarkdown(text)}](${withoutBacklink(address)})`;
}

/** Text that Markdown leaves alone, and in which GitHub finds nobody to notify. */
export function inMarkdown(text: string): string {
  return escaped(text).trim();
}

/** What GitHub takes for a mention, a reference or an address, by the character that makes it one. */
const REFERENCES: readonly RegExp[] = [
  // @ada, @acme/team, ada@example.com
  /@/g,
  // #1, acme/web#1
  /#(?=\w)/g,
  // GH-1, and what else a repository has chosen to link.
  /(?<=[a-z])-(?=\d)/gi,
  /:(?=\/\/)/g,
  /(?<=\bwww)\./gi,
  // The name of a commit, whole or cut off.
  /[\da-f]{6}(?=[\da-f])/gi,
];

/** The same with the spaces at its ends, for a piece of a sentence. */
export function escaped(text: string): string {
  const plain = text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "").replace(/\s+/g, " ");
  const apart = REFERENCES.reduce((it, reference) => it.replace(reference, "$&\u200b"), plain);
  // An entity could stand for any of these.
  return apart.replace(/[\\`*_{}[\]()<>|~!&$]|#(?!\u200b)/g, "\\$&");
}

/** The same in JSON, where none of them stands outside of a text. */
const JSON_REFERENCES = /[@#]|:(?=\/\/)|(?<=\bgh)-(?=\d)/gi;

/**
 * JSON that calls nobody where somebody pastes it into a comment: it has the numbers of the characters that would, which
 * is the same to whoever reads it.
 */
export function withoutReferences(json: string): string {
  return json.replace(JSON_REFERENCES, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A login as code, so that it mentions nobody. */
export function codeInMarkdown(text: string): string {
  return `\`${text.replaceAll("`", "")}\``;
}

function withoutBacklink(address: string): string {
  return address
    .replace(/^https:\/\/github\.com\//, "https://redirect.github.com/")
    .replace(/[()\s<>]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
}
