import assert from "node:assert/strict";
import { test } from "node:test";
import type { Level, ToPage } from "../shared/messages.js";
import { ContentPage } from "../testing/content-page.js";
import type { Page } from "./page.js";
import type { Person } from "./people.js";
import { createSubscription, type Subscription, type SubscriptionHost } from "./subscription.js";

const PULL: Page = { kind: "pull", repository: "acme/web", number: 7, isList: false };
const LIST: Page = { kind: "pulls", repository: "acme/web", number: undefined, isList: true };

interface Given extends Partial<SubscriptionHost> {
  readonly inView?: readonly string[];
}

function subscribe({ inView = [], ...given }: Given = {}): {
  browser: ContentPage;
  subscription: Subscription;
  ending: AbortController;
  /** The people of the requests so far, those in view with a `+`. */
  requests(): string[];
} {
  const browser = new ContentPage("https://github.com/acme/web/pull/7", "");
  const ending = new AbortController();
  const subscription = createSubscription(
    {
      page: () => PULL,
      isAtTop: () => false,
      isInView: (link) => inView.includes(link.id),
      openLogin: () => undefined,
      isDisplayAwaited: () => false,
      receive: () => {},
      orphaned: () => {},
      ...given,
    },
    ending.signal,
  );
  subscription.connect();
  const requests = (): string[] =>
    browser.ports.flatMap(({ sent }) =>
      sent.map((message) =>
        typeof message === "object" && "people" in message
          ? message.people.people.map(({ login, isInView }) => login + (isInView ? "+" : "")).join(" ")
          : Object.keys(message).join(),
      ),
    );
  return { browser, subscription, ending, requests };
}

function named(...logins: readonly string[]): Person[] {
  return logins.map((login) => {
    const link = document.createElement("a");
    link.id = login;
    return {
      asked: { login, isOpener: false, association: undefined, openedAt: undefined },
      links: [link],
    };
  });
}

const badge = (login: string, level: Level): ToPage => ({
  type: "badges",
  badges: [{ login, level, mark: undefined }],
});

test("everybody on a page is asked about, on a list those in view alone", () => {
  const { subscription, requests } = subscribe({ inView: ["eve"] });
  subscription.setPeople(named("ada", "eve"));
  subscription.update();
  assert.deepEqual(requests(), ["ada eve+"]);

  const list = subscribe({ inView: ["eve"], page: () => LIST });
  list.subscription.setPeople(named("ada", "eve"));
  list.subscription.update();
  assert.deepEqual(list.requests(), ["eve+"]);
});

test("until the browser has reported, the first eight are taken to be in view", () => {
  const { subscription, requests } = subscribe({ isAtTop: () => true });
  subscription.setPeople(named(..."abcdefghij"));
  subscription.update();
  assert.deepEqual(requests(), ["a+ b+ c+ d+ e+ f+ g+ h+ i j"]);
});

test("whoever a card is open for is in view, GitHub's card for a stranger too", () => {
  const { subscription, requests } = subscribe({ page: () => LIST, openLogin: () => "Eve" });
  subscription.setPeople(named("ada", "eve"));
  subscription.setHovered("mia");
  subscription.update();
  assert.deepEqual(requests(), ["eve+ mia+"]);
});

test("a page that names thousands is treated as a list, and no request names more than a thousand", () => {
  const crowd = Array.from({ length: 1_001 }, (_, index) => `gen-${index}`);
  const { browser, subscription, requests } = subscribe({ inView: ["gen-1000"] });
  subscription.setPeople(named(...crowd));
  subscription.update();
  assert.deepEqual(requests(), ["gen-1000+"]);
  assert.equal(browser.port.request?.isList, true);

  const close = subscribe({ inView: crowd });
  close.subscription.setPeople(named(...crowd));
  close.subscription.update();
  assert.equal(close.requests()[0]?.split(" ").length, 1_000);
});

test("the same request is not made twice, unless it is invalidated", async () => {
  const { browser, subscription, requests } = subscribe();
  subscription.setPeople(named("ada"));
  subscription.update();
  await browser.tick(100);
  subscription.update();
  await browser.tick(100);
  assert.deepEqual(requests(), ["ada"]);
  subscription.invalidate();
  subscription.update();
  assert.deepEqual(requests(), ["ada", "ada"]);
});

test("requests are a pause apart, and one that waits is not put off", async () => {
  const { browser, subscription, requests } = subscribe();
  for (const [login, ms] of [
    ["a", 0],
    ["b", 40],
    ["c", 40],
    ["d", 19],
  ] as const) {
    await browser.tick(ms);
    subscription.setPeople(named(login));
    subscription.update();
  }
  assert.deepEqual(requests(), ["a"]);
  await browser.tick(1);
  assert.deepEqual(requests(), ["a", "d"]);
});

test("nothing is asked while it is not known who is on the page", async () => {
  const { browser, subscription, requests } = subscribe();
  subscription.setPeople(named("ada"));
  subscription.hold();
  subscription.update();
  await browser.tick(200);
  assert.deepEqual(requests(), []);
  subscription.release();
  subscription.update();
  assert.deepEqual(requests(), ["ada"]);
});

test("nobody is asked about nobody, unless a badge waits to learn how it is wanted", () => {
  const { subscription, requests } = subscribe();
  subscription.update();
  assert.deepEqual(requests(), []);
  const waiting = subscribe({ isDisplayAwaited: () => true });
  waiting.subscription.update();
  assert.deepEqual(waiting.requests(), [""]);
});

test("a level belongs to one conversation", () => {
  const { browser, subscription } = subscribe();
  browser.port.deliver(badge("Ada", "known"));
  assert.equal(subscription.shownOf("ada").level, "known");
  const before = browser.port;
  subscription.reset();
  before.deliver(badge("ada", "known"));
  assert.equal(subscription.shownOf("ada").level, "pending");
});

test("a worker that stopped is asked again only about what is unanswered", async () => {
  const { browser, subscription, requests } = subscribe({ openLogin: () => "eve" });
  subscription.setPeople(named("ada"));
  subscription.update();
  browser.port.drop();
  await browser.tick(250);
  assert.deepEqual(requests(), ["ada", "ada", "open"]);

  const answered = subscribe();
  answered.subscription.setPeople(named("ada"));
  answered.subscription.update();
  answered.browser.port.deliver(badge("ada", "clear"));
  answered.browser.port.drop();
  await answered.browser.tick(250);
  assert.deepEqual(answered.requests(), ["ada"]);
});

test("after its end nothing is connected and nothing is sent", async () => {
  const { browser, subscription, ending, requests } = subscribe();
  subscription.setPeople(named("a"));
  subscription.update();
  subscription.setPeople(named("b"));
  subscription.update();
  ending.abort();
  await browser.tick(1_000);
  subscription.update();
  assert.equal(browser.port.isOpen, false);
  assert.deepEqual(requests(), ["a"]);
});
