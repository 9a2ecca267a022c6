import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { until } from "./browser.ts";
import { browserTest, levels, readThrough, reported, settled } from "./harness.ts";
import { untilRevealed } from "./shadow.ts";

const PULL = "/acme/web/pull/7";

/** Rests on the first link of a person, as somebody with a mouse does. */
async function rest(page: Page, link: string): Promise<void> {
  await page.$eval(link, (link) =>
    link.dispatchEvent(new MouseEvent("mouseover", { bubbles: true, cancelable: true })),
  );
}

/** Waits until our line in GitHub's card says this of this person. */
async function untilLine(page: Page, login: string, level: string, words: RegExp): Promise<void> {
  await untilRevealed(
    page,
    "[data-bonafide-hovercard]",
    (login, level, words) => {
      const lines = document.querySelectorAll(".js-hovercard-content [data-bonafide-hovercard]");
      return (
        lines.length === 1 &&
        lines[0]?.getAttribute("data-bonafide-hovercard") === login &&
        lines[0].getAttribute("data-bonafide-level") === level &&
        new RegExp(words).test(lines[0].shadowRoot?.lastChild?.textContent ?? "")
      );
    },
    login,
    level,
    words.source,
  );
}

browserTest(
  "GitHub's own card over a name has one line of ours",
  async ({ openPage, control }) => {
    const page = await openPage(PULL);
    await readThrough(page);
    await settled(page);
    await reported(control, "serial-sam");
    const before = await levels(page);
    await control.clearLog();

    await rest(page, 'a.author[data-hovercard-url^="/users/serial-sam/"]');
    await untilLine(page, "serial-sam", "alert", /^Bonafide: Strong signal, \d+ \D+$/);
    await rest(page, 'a.author[data-hovercard-url^="/users/ada-steady/"]');
    await untilLine(page, "ada-steady", "known", /^Bonafide: Known here, \d+ merged here$/);
    assert.deepEqual((await control.log()).calls, [], "somebody on the page was looked up again");

    // Somebody who is only named at the side is asked about when somebody rests on the name.
    await rest(page, '.participation a[data-hovercard-url^="/users/mia-watcher/"]');
    await until(page, () => {
      const line = document.querySelector('[data-bonafide-hovercard="mia-watcher"]');
      const level = line?.getAttribute("data-bonafide-level");
      return level !== undefined && level !== null && level !== "pending";
    });
    const { calls } = await control.log();
    assert.deepEqual([...new Set(calls.flatMap(({ logins }) => logins))], ["mia-watcher"]);
    assert.deepEqual(await levels(page), before, "a card over a name changes no badge");

    await rest(page, 'a[data-hovercard-url^="/users/maintainer-max/"]');
    await until(page, () => document.querySelector("[data-bonafide-hovercard]") === null);
  },
  { token: true },
);
