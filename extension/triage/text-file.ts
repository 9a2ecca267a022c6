/** Reads a file of logins and addresses: text in UTF-8 or, as Windows saves it, in UTF-16. */

/** The core refuses longer texts, so they are not read. */
export const MOST_BYTES = 2_000_000;

/** The text of a file, or the message of what is wrong with it. */
export type TextOfFile = { readonly text: string } | { readonly problem: string };

/** Reads the file whole; nothing of a file that is no text gets through. */
export async function readTextFile(file: Pick<File, "size" | "arrayBuffer">): Promise<TextOfFile> {
  if (file.size > MOST_BYTES) return { problem: "ui_triage_file_too_large" };
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { problem: "ui_triage_file_unreadable" };
  }
  const encoding = encodingOf(bytes);
  // No text has this byte, and pictures and archives nearly always do.
  if (encoding === "utf-8" && bytes.includes(0)) return { problem: "ui_triage_file_binary" };
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.trim() === "" ? { problem: "ui_triage_file_empty" } : { text };
  } catch {
    return { problem: "ui_triage_file_encoding" };
  }
}

/** The encoding that a file's first bytes tell; without a mark it can only be UTF-8. */
function encodingOf([first, second]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return "utf-8";
}
