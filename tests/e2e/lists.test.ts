import assert from "node:assert/strict";
import { until } from "./browser.ts";
import { BADGE, badges, browserTest, CARD, settled, untilInCard } from "./harness.ts";
import { reveal } from "./shadow.ts";

browserTest(
  "on a list only those in view are looked up",
  async ({ openPage, control }) => {
    const page = await openPage("/acme/long/issues");
    const lookedUp = async (): Promise<Set<string>> =>
      new Set((await control.log()).calls.flatMap(({ logins }) => logins));
    /** Whether everybody in the window has a level. */
    const inViewSettled = (): boolean => {
      const inView = [...document.querySelectorAll("[data-bonafide-login]")].filter((badge) => {
        const { top, bottom } = badge.getBoundingClientRect();
        return bottom > 0 && top < window.innerHeight;
      });
      return (
        inView.length > 0 && inView.every((badge) => badge.getAttribute("data-bonafide-level") !== "pending")
      );
    };

    await until(page, inViewSettled);
    const first = await lookedUp();
    assert.equal((await badges(page)).length, 100, "everybody has a place for a badge");
    assert.ok(first.has("gen-1"));
    assert.ok(first.size < 30, `${first.size} of 100 were looked up, and nobody has scrolled`);
    assert.ok(!first.has("gen-100"));

    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await until(page, inViewSettled);
    assert.ok((await lookedUp()).has("gen-100"));

    await reveal(page, BADGE);
    const stops = await page.$$eval(
      "[data-bonafide-login]",
      (badges) =>
        badges.filter((badge) => badge.shadowRoot?.querySelector("button:not([tabindex='-1'])") != null)
          .length,
    );
    assert.equal(stops, 1, "all badges of a list are one stop of the keyboard");
  },
  // A low window: the core holds lists to so many look-ups a minute, which is not what is tried here.
  { token: true, viewport: { width: 1280, height: 340 } },
);

browserTest(
  "on a list the keyboard reaches every badge, and opens its card",
  async ({ openPage }) => {
    const page = await openPage("/acme/web/pulls");
    await settled(page);
    const focused = (): Promise<string | undefined> =>
      page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset["bonafideLogin"]);
    await page.bringToFront();
    for (let presses = 0; (await focused()) === undefined; presses += 1) {
      assert.ok(presses < 100, "no badge can be reached");
      await page.keyboard.press("Tab");
    }
    const logins = (await badges(page)).map(({ login }) => login);
    assert.equal(await focused(), logins[0]);
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(), logins[1]);
    await page.keyboard.press("End");
    assert.equal(await focused(), logins.at(-1));
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    await untilInCard(
      page,
      (login) =>
        document
          .querySelector("[data-bonafide-card]")
          ?.shadowRoot?.querySelector(`[data-bonafide-report="${login}"]`) != null,
      logins[0] ?? "",
    );
    await page.keyboard.press("Escape");
    await page.waitForSelector(CARD, { hidden: true });
    assert.equal(await focused(), logins[0]);

    await reveal(page, BADGE);
    const [title, label] = await page.$eval(BADGE, ({ shadowRoot }) => {
      const button = shadowRoot?.querySelector("button");
      return [button?.title, button?.getAttribute("aria-label")];
    });
    assert.ok(title);
    assert.equal(title, label, "a mouse that rests on the badge learns what it says");
  },
  { token: true },
);
