import assert from "node:assert/strict";
import { until } from "./browser.ts";
import { browserTest, levels, lookUp, readThrough, settled, untilLevel } from "./harness.ts";

browserTest(
  "the classic rules take effect on the open page and in the popup, and can be left again",
  async ({ openPage, openOptions, openPopup }) => {
    const page = await openPage("/acme/web/pull/7");
    await readThrough(page);
    await settled(page);
    const balanced = await levels(page);
    assert.equal(balanced["ada-steady"], "known");

    const options = await openOptions();
    await until(options, () => document.querySelector<HTMLSelectElement>("#policy")?.value === "balanced");
    await options.select("#policy", "classic");
    // Nobody is known by these rules; the page in the background is told without being loaded again.
    await untilLevel(page, "ada-steady", "clear");
    await settled(page);
    assert.equal((await levels(page))["rejected-rex"], "alert");

    const popup = await openPopup();
    const expected: [login: string, level: string, groups: Record<string, string>][] = [
      ["patchy-pat", "caution", { profile: "caution", pullRequests: "caution", issues: "clear" }],
      ["echo-eve", "alert", { profile: "caution", pullRequests: "clear", issues: "alert" }],
      ["quiet-quinn", "clear", { profile: "clear", pullRequests: "clear", issues: "clear" }],
      // Search finds nothing of her. Her connections tell of a pull request, so that nothing excuses her empty profile.
      ["private-priya", "alert", { profile: "alert", pullRequests: "clear", issues: "clear" }],
    ];
    for (const [login, level, groups] of expected) {
      assert.equal(await lookUp(popup, login), level, login);
      const found = await popup.$$eval("[data-bonafide-group]", (groups) =>
        groups.map((group) => [
          group.getAttribute("data-bonafide-group"),
          group.getAttribute("data-bonafide-level"),
        ]),
      );
      assert.deepEqual(Object.fromEntries(found), groups, login);
    }

    await options.select("#policy", "balanced");
    await untilLevel(page, "ada-steady", "known");
    await settled(page);
    assert.deepEqual(await levels(page), balanced);
    const again = await openOptions();
    await until(again, () => document.querySelector<HTMLSelectElement>("#policy")?.value === "balanced");
  },
  { token: true },
);
