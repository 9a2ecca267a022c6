/** Somebody's words in Markdown that may be pasted into a comment: they mention and link nobody back. */

/** A link that GitHub does not note on the page it leads to, as it does with every direct link to an issue. */
export function linkInMarkdown(text: string, address: string): string {
  return `[${inMarkdown(text)}](${withoutBacklink(address)})`;
}

/** Text that Markdown leaves alone, and in which GitHub finds nobody to notify. */
export function inMarkdown(text: string): string {
  return escaped(text).trim();
}

/** The same with the spaces at its ends, for a piece of a sentence. */
export function escaped(text: string): string {
  return text
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]()<>#|~!]/g, "\\$&")
    .replace(/@(?=\w)/g, "@\u200b")
    .replace(/\\#(?=\d)/g, "#\u200b")
    .replaceAll("://", ":\u200b//");
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
