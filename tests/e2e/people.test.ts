// The people on a page, and the reader's own people: trusted, watched, noted, brought along and carried elsewhere.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { type Bonafide, click, until } from "./browser.ts";
import {
  browserTest,
  CARD,
  cardText,
  drawBadges,
  eventually,
  levels,
  openCard,
  press,
  readThrough,
  reportLevel,
  savedBy,
  settled,
  untilInCard,
  untilLevel,
} from "./harness.ts";
import { reveal, untilRevealed } from "./shadow.ts";

const PULL = "/acme/web/pull/7";

/** A page of GitHub that has been read to its end, all levels told. */
async function readPull({ openPage }: Bonafide): Promise<Page> {
  const page = await openPage(PULL);
  await readThrough(page);
  await settled(page);
  return page;
}

/** Keeps something of somebody by the options' form. */
async function keep(options: Page, login: string, mark: string, note: string): Promise<void> {
  await options.bringToFront();
  await options.type("#person-login", login);
  await options.select("#person-mark", mark);
  await options.type("#person-note", note);
  await click(options, "#person-form button[type=submit]");
  await options.waitForSelector(`[data-person="${login}"]`);
}

/** Who is listed in the options, as `login: mark: note`. */
async function kept(options: Page): Promise<string[]> {
  return options.$$eval("[data-person]", (rows) =>
    rows.map((row) =>
      [...row.children]
        .slice(0, 3)
        .map((part) => part.textContent)
        .join(": "),
    ),
  );
}

/** What the badges of somebody say to a screen reader. */
async function labels(page: Page, login: string): Promise<string[]> {
  await drawBadges(page, login);
  await reveal(page, `[data-bonafide-login="${login}"]`);
  return page.$$eval(`[data-bonafide-login="${login}"]`, (badges) =>
    badges.map((badge) => badge.shadowRoot?.querySelector("button")?.getAttribute("aria-label") ?? ""),
  );
}

/** What the popup offers with nothing typed, as `login level`. */
async function offered(popup: Page): Promise<string[]> {
  return popup.$$eval("[data-here]", (buttons) =>
    buttons.map((it) => `${it.getAttribute("data-here")} ${it.getAttribute("data-bonafide-level")}`),
  );
}

browserTest(
  "with nothing typed the popup offers the people of the page, the worst first, and picks them as they stand there",
  async (bonafide) => {
    const page = await readPull(bonafide);
    const shown = await levels(page);
    const popup = await bonafide.openPopup();
    await popup.waitForSelector("[data-here]");
    const list = await offered(popup);
    const order = ["alert", "caution", "unknown", "clear", "quiet", "known"];
    const ranks = list.map((it) => order.indexOf(it.split(" ")[1] ?? ""));
    assert.deepEqual(
      ranks,
      [...ranks].sort((a, b) => a - b),
      list.join(", "),
    );
    const people = Object.entries(shown).filter(([, level]) => level !== "bot");
    assert.deepEqual([...list].sort(), people.map(([login, level]) => `${login} ${level}`).sort());
    const completed = await popup.$$eval("#known-logins option", (options) =>
      options.map((option) => (option as HTMLOptionElement).value),
    );
    for (const [login] of people) assert.ok(completed.includes(login), login);

    await click(popup, '[data-here="mel-member"]');
    assert.equal(await reportLevel(popup), "known");
    assert.ok(await popup.$("[data-bonafide-group=here]"));
    // Emptied, it offers them again.
    await popup.$eval("#target", (field) => (field as HTMLInputElement).select());
    await popup.keyboard.press("Backspace");
    await popup.waitForSelector("[data-here]", { visible: true });
    assert.equal(await popup.$("[data-bonafide-report]"), null);
  },
  { token: true },
);

browserTest(
  "away from GitHub the popup offers nobody, and those looked up of late complete what is typed",
  async ({ openPopup }) => {
    const popup = await openPopup("patchy-pat");
    await reportLevel(popup);
    await popup.close();
    const again = await openPopup();
    await until(again, () => document.querySelector("#known-logins option") !== null);
    assert.deepEqual(
      await again.$$eval("#known-logins option", (options) =>
        options.map((option) => (option as HTMLOptionElement).value),
      ),
      ["patchy-pat"],
    );
    assert.equal(await again.$eval("#here", (here) => (here as HTMLElement).hidden), true);
  },
  { token: true },
);

browserTest(
  "whom the reader trusts nobody looks up, and their badge says so; an alert is not hidden",
  async (bonafide) => {
    const options = await bonafide.openOptions();
    await keep(options, "patchy-pat", "trusted", "met at a conference");
    await keep(options, "serial-sam", "trusted", "");
    await keep(options, "echo-eve", "watched", "see #12");
    await bonafide.control.clearLog();
    const page = await bonafide.openPage(PULL);
    await readThrough(page);
    await settled(page);
    assert.equal((await levels(page))["patchy-pat"], "known");
    for (const label of await labels(page, "patchy-pat"))
      assert.equal(label, "patchy-pat: Trusted. Show the evidence.");
    for (const label of await labels(page, "echo-eve")) assert.match(label, /Strong signal, Watched/);
    const asked = new Set((await bonafide.control.log()).calls.flatMap(({ logins }) => logins));
    assert.ok(!asked.has("patchy-pat") && asked.has("echo-eve"), [...asked].join());

    // Asked for by hand, the record is shown, and the badge goes with it.
    await openCard(page, "serial-sam");
    await reveal(page, CARD);
    const pressed = await page.$eval(CARD, (card) =>
      [...(card.shadowRoot?.querySelectorAll('[aria-pressed="true"]') ?? [])].map((it) => it.textContent),
    );
    assert.deepEqual(pressed, ["Trust"]);
    await untilLevel(page, "serial-sam", "alert");
    await page.keyboard.press("Escape");
    await openCard(page, "echo-eve");
    assert.match(await cardText(page), /see #12/);
  },
  { token: true },
);

browserTest(
  "a mark made in the popup shows on the page at once, outlives the browser's pages, and can be taken back",
  async (bonafide) => {
    const page = await readPull(bonafide);
    await drawBadges(page, "patchy-pat");
    const popup = await bonafide.openPopup("patchy-pat");
    await reportLevel(popup);
    await press(popup, "Watch");
    await press(popup, "Note");
    await popup.type(".own-note", "asked twice");
    await popup.keyboard.press("Enter");
    const marked = (mark: string): Promise<void> =>
      untilRevealed(
        page,
        '[data-bonafide-login="patchy-pat"]',
        (mark) =>
          [...document.querySelectorAll('[data-bonafide-login="patchy-pat"]')].every(
            ({ shadowRoot }) => (shadowRoot?.querySelector("button")?.dataset["mark"] ?? "") === mark,
          ),
        mark,
      );
    await marked("watched");
    const options = await bonafide.openOptions();
    await eventually(() => kept(options), ["patchy-pat: Watched: asked twice"]);
    await click(options, "[data-person] button:last-child");
    await marked("");
    await until(options, () => document.querySelector("[data-person]") === null);
  },
  { token: true },
);

browserTest(
  "what the repository's VOUCHED.td says stands on the card as the project's word",
  async (bonafide) => {
    const page = await readPull(bonafide);
    await openCard(page, "serial-sam");
    await untilInCard(
      page,
      () =>
        document.querySelector("[data-bonafide-card]")?.shadowRoot?.textContent?.includes("denounced") ===
        true,
    );
    assert.match(await cardText(page), /filed the same change in seventy repositories/);
    const link = await page.$eval(
      "[data-bonafide-card]",
      (card) =>
        [...(card.shadowRoot?.querySelectorAll("a") ?? [])].find((it) => it.textContent === "VOUCHED.td")
          ?.href,
    );
    assert.equal(link, "https://github.com/acme/web/blob/HEAD/.github/VOUCHED.td");
    // It raises nothing and takes nothing back.
    assert.equal((await levels(page))["newcomer-nia"], "clear");
  },
  { token: true },
);

browserTest(
  "files are taken over or refused whole, and what is exported comes back",
  async ({ openOptions }) => {
    const folder = mkdtempSync(join(tmpdir(), "bonafide-files-"));
    try {
      const options = await openOptions();
      await keep(options, "ada-steady", "trusted", "old friend");
      const before = await kept(options);
      const bring = async (name: string, text: string): Promise<string> => {
        const file = join(folder, name);
        writeFileSync(file, text);
        await options.$eval("#people-status", (status) => status.replaceChildren());
        const chooser = await options.$("#import-file");
        await (chooser as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(file);
        await until(options, () => document.querySelector("#people-status")?.textContent !== "");
        return options.$eval("#people-status", (status) => status.textContent ?? "");
      };
      for (const [name, text, sentence] of [
        ["broken.json", '{"bonafide":1,"people":[', /damaged/],
        ["other.json", '{"name":"other"}', /not a Bonafide backup/],
        ["newer.json", '{"bonafide":99,"people":[]}', /newer version of Bonafide \(format 99\)/],
        ["huge.td", "a".repeat(4_000_001), /larger than 4 MB/],
        ["page.td", "ada\n<script>alert(1)</script>\n", /Line 2 is not a GitHub username/],
        ["empty.td", "# nobody\n", /lists nobody/],
      ] as const) {
        assert.match(await bring(name, text), sentence, name);
        await eventually(() => kept(options), before);
      }
      assert.match(
        await bring("VOUCHED.td", "github:echo-eve  reviews well\n-serial-sam everywhere\n"),
        /Imported 2 people/,
      );
      await until(options, () => document.querySelectorAll("[data-person]").length === 3);
      const both = await kept(options);
      assert.ok(both.includes("serial-sam: Watched: everywhere"), both.join());

      const fileName = (): Promise<string> =>
        options.$eval("#exported", (link) => (link as HTMLAnchorElement).download);
      const vouched = await savedBy(options, "#export-vouched");
      assert.equal(vouched, "github:ada-steady\ngithub:echo-eve\n");
      assert.equal(await fileName(), "VOUCHED.td");
      const backup = await savedBy(options, "#export");
      assert.equal(await fileName(), "bonafide.json");
      assert.ok(!backup.includes("ghp_"));
      for (const login of ["ada-steady", "echo-eve", "serial-sam"]) {
        await click(options, `[data-person="${login}"] button:last-child`);
        await until(options, (login) => document.querySelector(`[data-person="${login}"]`) === null, login);
      }
      assert.match(await bring("bonafide.json", backup), /settings and 3 people/);
      await eventually(() => kept(options), both);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  { token: true },
);

browserTest("nobody is kept under what is no login, and nothing typed is lost", async ({ openOptions }) => {
  const options = await openOptions();
  await options.waitForSelector("#people-count:not(:empty)");
  await options.type("#person-login", "two words");
  await options.type("#person-note", "a long note");
  await click(options, "#person-form button[type=submit]");
  await options.waitForSelector("#people-status [role=alert]");
  assert.equal(
    await options.$eval("#person-note", (field) => (field as HTMLInputElement).value),
    "a long note",
  );
  assert.deepEqual(await kept(options), []);
});

browserTest(
  "a reader sees what others see of them, and what could be explained",
  async ({ openPopup }) => {
    const popup = await openPopup();
    await popup.waitForSelector("#self-check", { visible: true });
    await click(popup, "#self-check");
    await reportLevel(popup);
    assert.equal(
      await popup.$eval("[data-bonafide-report]", (it) => it.getAttribute("data-bonafide-report")),
      "maintainer-max",
    );
    await popup.waitForSelector(".self");
    const lines = await popup.$$eval("[data-explain]", (lines) => lines.length);
    const raised = await popup.$$eval(
      "[data-bonafide-finding]",
      (findings) =>
        findings.filter((it) => ["caution", "alert"].includes(it.getAttribute("data-bonafide-level") ?? ""))
          .length,
    );
    assert.equal(lines, raised);
  },
  { token: true },
);
