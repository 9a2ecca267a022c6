import assert from "node:assert/strict";
import { until } from "./browser.ts";
import {
  BADGE,
  browserTest,
  CARD,
  cardText,
  levels,
  lookUp,
  openCard,
  readThrough,
  refusal,
  settled,
} from "./harness.ts";
import { badged, expectedPage } from "./pages.ts";
import { reveal, untilRevealed } from "./shadow.ts";

browserTest("what can be nobody is told in a sentence of its own, without a call", async (bonafide) => {
  const popup = await bonafide.openPopup();
  await popup.waitForSelector("#target");
  const targets: [target: string, told: RegExp][] = [
    ["https://gitlab.com/acme/web/issues/1", /gitlab\.com.* is not on github\.com/],
    ["https://github.com.example.org/octocat", /is not on github\.com/],
    ["javascript:alert(1)", /javascript/],
    ["github.com/settings", /settings is one of GitHub’s own pages/],
    ["https://github.com/marketplace", /is one of GitHub’s own pages/],
    ["acme/web", /is a repository/],
    ["https://github.com/acme/web/pull/seven", /is not the number/],
    ["dependabot[bot]", /is an app/],
    ["two words", /no spaces/],
    ["two_under_scores", /is not a GitHub username/],
    ["ünïcode", /is not a GitHub username/],
    ["<img src=x>", /./],
    ["x".repeat(1990), /too long|is not a GitHub username/],
  ];
  for (const [target, told] of targets) {
    const sentence = await refusal(popup, target);
    assert.match(sentence, told, target);
    assert.ok(!sentence.includes("refused_") && !sentence.includes("target_"), `${target}: ${sentence}`);
  }
  assert.deepEqual((await bonafide.control.log()).calls, []);
});

browserTest(
  "whom GitHub does not show is unknown with the reason, never clear",
  async ({ openPopup }) => {
    const popup = await openPopup();
    const people: [login: string, reason: RegExp][] = [
      ["missing-maria", /no account with this name/],
      ["old-name", /no account with this name/],
      ["acme", /is an organization/],
      ["ghost", /stands in for deleted accounts/],
    ];
    for (const [login, reason] of people) {
      assert.equal(await lookUp(popup, login), "unknown", login);
      const text = await popup.$eval("[data-bonafide-report]", (report) => report.textContent ?? "");
      assert.match(text, reason, login);
      const raised = await popup.$$eval(
        '[data-bonafide-group]:is([data-bonafide-level="caution"], [data-bonafide-level="alert"])',
        (groups) => groups.length,
      );
      assert.equal(raised, 0, `${login} is held against what could not be had`);
    }

    const sentence = await refusal(popup, "https://github.com/acme/web/issues/424242");
    assert.match(sentence, /acme\/web#424242/);
  },
  { token: true },
);

browserTest(
  "hostile text stays text, in popup and card",
  async ({ openPopup, openPage }) => {
    const check = (root: Document | ShadowRoot): { intruders: string[]; links: string[]; text: string } => {
      const report = root.querySelector('[data-bonafide-report="hostile-hal"]');
      if (report === null) throw new Error("there is no report");
      return {
        intruders: [
          ...report.querySelectorAll("img, script, b, iframe, object, style, [onerror], [style*='url']"),
        ].map((element) => element.outerHTML),
        links: [...report.querySelectorAll("a")].map((link) => link.href),
        text: report.textContent ?? "",
      };
    };
    const verify = ({ intruders, links, text }: ReturnType<typeof check>): void => {
      assert.deepEqual(intruders, []);
      assert.ok(links.length > 0);
      for (const link of links) assert.match(link, /^https:\/\//);
      assert.ok(text.includes("<img src=x onerror=alert(1)>"), "the text itself is not shown");
    };
    let dialogs = 0;

    const popup = await openPopup();
    popup.on("dialog", () => dialogs++);
    assert.equal(await lookUp(popup, "hostile-hal"), "clear");
    verify((await popup.evaluate(`(${check})(document)`)) as ReturnType<typeof check>);

    const page = await openPage("/acme/web/pull/7");
    page.on("dialog", () => dialogs++);
    await readThrough(page);
    await settled(page);
    await openCard(page, "hostile-hal");
    assert.match(await cardText(page), /<script>alert\('bio'\)<\/script>/);
    await reveal(page, CARD);
    verify(
      (await page.evaluate(
        `(${check})(document.querySelector("[data-bonafide-card]").shadowRoot)`,
      )) as ReturnType<typeof check>,
    );
    const [cardWidth, windowWidth] = await page.evaluate(() => [
      document.querySelector("[data-bonafide-card]")?.getBoundingClientRect().right ?? Number.NaN,
      document.documentElement.clientWidth,
    ]);
    assert.ok((cardWidth ?? 0) <= (windowWidth ?? 0), "the card stands over the edge of the window");
    assert.equal(dialogs, 0);
  },
  { token: true },
);

browserTest(
  "odd logins on a page get the badges that they should",
  async ({ openPage }) => {
    const path = "/acme/web/pull/904";
    const page = await openPage(path);
    await readThrough(page);
    await settled(page);
    const found = await levels(page);
    assert.deepEqual(
      Object.keys(found)
        .map((login) => login.toLowerCase())
        .sort(),
      badged(expectedPage(path))
        .map((login) => login.toLowerCase())
        .sort(),
    );
    // Renamed, deleted, or no person at all: nobody is held responsible for what could not be had.
    for (const login of ["old-name", "missing-mo", "acme"]) assert.equal(found[login], "unknown", login);
    assert.equal(found["Ada-Steady"], "known", "capitals make nobody else");
  },
  { token: true },
);

browserTest(
  "a page that is cut off in the middle has the badges that it can have",
  async ({ openPage }) => {
    const path = "/acme/web/pull/905";
    const page = await openPage(path);
    await settled(page);
    assert.deepEqual(Object.keys(await levels(page)).sort(), badged(expectedPage(path)));
  },
  { token: true },
);

browserTest(
  "two thousand comments have two thousand badges, and the page stays as it was",
  async ({ openPage }) => {
    const page = await openPage("/acme/web/pull/2000");
    await until(
      page,
      () => document.querySelectorAll(".timeline-comment-header [data-bonafide-login]").length === 2000,
    );
    // The first sixty, and some of the others.
    await page.$$eval(BADGE, (badges) => {
      for (const [at, badge] of badges.entries())
        if (at < 60 || at % 100 === 0) badge.setAttribute("data-seen", String(at));
    });
    await reveal(page, "[data-seen]");
    const drawn = await page.$$eval("[data-seen]", (badges) =>
      badges
        .filter((badge) => badge.shadowRoot !== null)
        .map((badge) => Number(badge.getAttribute("data-seen"))),
    );
    assert.ok(
      drawn.length > 0 && drawn.length < 60 && Math.max(...drawn) < 60,
      `badges ${drawn} are drawn, and nobody has scrolled`,
    );
    await page.evaluate(() => {
      window.scrollTo(0, document.documentElement.scrollHeight);
      [...document.querySelectorAll("[data-bonafide-login]")].at(-1)?.setAttribute("data-last", "");
    });
    await untilRevealed(page, "[data-last]", () => document.querySelector("[data-last]")?.shadowRoot != null);
  },
);
