import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_BYTES, readTextFile } from "./text-file.js";

async function check(bytes: BlobPart, expected: object): Promise<void> {
  assert.deepEqual(await readTextFile(new Blob([bytes]) as File), expected);
}

test("text in UTF-8 and UTF-16, with or without the mark at its beginning", async () => {
  await check("ada\r\nbo", { text: "ada\r\nbo" });
  await check("\ufeffadä", { text: "adä" });
  await check(new Uint8Array([0xff, 0xfe, 0x61, 0, 0xe4, 0]), { text: "aä" });
  await check(new Uint8Array([0xfe, 0xff, 0, 0x61, 0, 0x62]), { text: "ab" });
});

test("what is no text is refused whole, and the reason is told", async () => {
  await check(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1]), { problem: "ui_triage_file_binary" });
  // "Müller" in Latin-1.
  await check(new Uint8Array([0x4d, 0xfc, 0x6c]), { problem: "ui_triage_file_encoding" });
  await check(" \n ", { problem: "ui_triage_file_empty" });
  await check("", { problem: "ui_triage_file_empty" });
});

test("a file that is too large, or gone since it was chosen, is not read", async () => {
  const unreadable = {
    size: 1,
    arrayBuffer: async () => {
      throw new Error("gone");
    },
  };
  assert.deepEqual(await readTextFile(unreadable), { problem: "ui_triage_file_unreadable" });
  assert.deepEqual(await readTextFile({ ...unreadable, size: MOST_BYTES + 1 }), {
    problem: "ui_triage_file_too_large",
  });
});
