import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import type { FromPage, ToPage } from "../shared/messages.js";
import { type Connection, openConnection } from "./connection.js";

/** A browser's end of a line, as far as a page can see it. */
class Port {
  readonly said: FromPage["type"][] = [];
  readonly #heard: ((message: ToPage) => void)[] = [];
  readonly #hungUp: (() => void)[] = [];
  readonly onMessage = { addListener: (act: (message: ToPage) => void) => this.#heard.push(act) };
  readonly onDisconnect = { addListener: (act: () => void) => this.#hungUp.push(act) };
  isClosed = false;

  postMessage(message: FromPage): void {
    if (this.isClosed) throw new Error("Attempting to use a disconnected port object");
    this.said.push(message.type);
  }
  disconnect(): void {
    this.isClosed = true;
  }
  say(message: ToPage): void {
    for (const act of this.#heard) act(message);
  }
  hangUp(): void {
    this.isClosed = true;
    for (const act of this.#hungUp) act();
  }
}

const PEOPLE: FromPage = { type: "people", repository: "acme/web", kind: "pull", people: [], isList: false };
const OPEN: FromPage = { type: "open", login: "ada" };
const LABELS: ToPage = { type: "labels", labels: {} };
const BADGES: ToPage = { type: "badges", badges: [] };

let ports: Port[] = [];
let heard: ToPage[] = [];
let again: FromPage[] = [];
let isOrphaned = false;
let runtime: { id: string | undefined; connect(): Port };

function open(): Connection {
  return openConnection({
    heard: (message) => heard.push(message),
    greeting: () => PEOPLE,
    lost: () => again,
    orphaned: () => {
      isOrphaned = true;
    },
  });
}

/** Holds what was said on each line so far against this. */
function check(...expected: readonly FromPage["type"][][]): void {
  assert.deepEqual(
    ports.map((port) => port.said),
    expected,
  );
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  ports = [];
  heard = [];
  again = [];
  isOrphaned = false;
  runtime = {
    id: "bonafide",
    connect: () => {
      const port = new Port();
      ports.push(port);
      return port;
    },
  };
  Object.assign(globalThis, { chrome: { runtime } });
});

test("nobody is called before there is something to say", () => {
  const line = open();
  check();
  line.send(PEOPLE);
  line.send(OPEN);
  check(["people", "open"]);
});

test("whoever answers a new call hears first who is on the page", () => {
  const line = open();
  line.send(OPEN);
  check(["people", "open"]);
});

test("a line that was opened early is greeted before anything else is said", () => {
  const line = open();
  line.open();
  line.open();
  check([]);
  line.send(OPEN);
  line.send(OPEN);
  check(["people", "open", "open"]);
  ports[0]?.disconnect();
  line.send(OPEN);
  check(["people", "open", "open"], ["people", "open"]);
});

test("a line that broke is called again only while somebody waits", () => {
  open().send(PEOPLE);
  ports[0]?.hangUp();
  mock.timers.tick(60_000);
  check(["people"]);

  again = [PEOPLE, OPEN];
  open().send(PEOPLE);
  ports[1]?.hangUp();
  mock.timers.tick(250);
  check(["people"], ["people"], ["people", "open"]);
});

test("pauses grow while nobody answers, and are short again after an answer", () => {
  again = [PEOPLE];
  open().send(PEOPLE);
  ports[0]?.hangUp();
  mock.timers.tick(250);
  ports[1]?.hangUp();
  mock.timers.tick(499);
  assert.equal(ports.length, 2);
  mock.timers.tick(1);
  assert.equal(ports.length, 3);
  ports[2]?.say(LABELS);
  ports[2]?.hangUp();
  mock.timers.tick(999);
  assert.equal(ports.length, 3);
  mock.timers.tick(1);
  ports[3]?.say(BADGES);
  ports[3]?.hangUp();
  mock.timers.tick(250);
  assert.equal(ports.length, 5);
});

test("what comes after hanging up is not heard", () => {
  const line = open();
  line.send(PEOPLE);
  ports[0]?.say(BADGES);
  line.close();
  ports[0]?.say(BADGES);
  line.send(OPEN);
  assert.equal(heard.length, 1);
  check(["people"]);
});

test("a page whose extension is gone is told so once and calls nobody", () => {
  const line = open();
  line.send(PEOPLE);
  runtime.id = undefined;
  ports[0]?.hangUp();
  assert.equal(isOrphaned, true);
  line.send(OPEN);
  check(["people"]);
});

test("a page whose extension goes right after hanging up is told so, though nobody waits", () => {
  open().send(PEOPLE);
  ports[0]?.hangUp();
  assert.equal(isOrphaned, false);
  runtime.id = undefined;
  mock.timers.tick(250);
  assert.equal(isOrphaned, true);
});

test("a line that is found broken only when spoken on loses no word", () => {
  const line = open();
  line.send(PEOPLE);
  ports[0]?.disconnect();
  line.send(OPEN);
  check(["people"], ["people", "open"]);
});
