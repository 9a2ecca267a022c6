// What does not fit into a window.

import type { Page } from "puppeteer-core";

/** What stands out of the window sideways: a page that scrolls, or a card that does not fit. */
export const standsOut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const card = document.querySelector("[data-bonafide-card]");
    const report = card?.shadowRoot?.querySelector(".card") ?? document.documentElement;
    const { left, right } = (card ?? document.documentElement).getBoundingClientRect();
    const { clientWidth } = document.documentElement;
    const out = [...report.querySelectorAll("*:not(.sr)")].filter((element) => {
      const box = element.getBoundingClientRect();
      // A name too long is cut off; a table of many columns scrolls by itself, and the page does not.
      const isCut = element.closest(".clip, .scroll") !== null;
      return !isCut && box.width > 0 && (box.left < -1 || box.right > clientWidth + 1);
    });
    return [
      ...(left < 0 || right > clientWidth ? [`${left} to ${right} of ${clientWidth}`] : []),
      ...(report.scrollWidth > report.clientWidth ? ["scrolls sideways"] : []),
      ...out.map((element) => element.outerHTML.slice(0, 200)),
    ];
  });
