import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import type { FromPage, ToPage } from "../shared/messages.js";
import { type Connection, createConnection } from "./connection.js";

/** A browser's port, as far as a page can see it. */
class Port {
  readonly sent: string[] = [];
  readonly #onMessage: ((message: ToPage) => void)[] = [];
  readonly #onDisconnect: (() => void)[] = [];
  readonly onMessage = { addListener: (act: (message: ToPage) => void) => this.#onMessage.push(act) };
  readonly onDisconnect = { addListener: (act: () => void) => this.#onDisconnect.push(act) };
  isClosed = false;

  postMessage(message: FromPage): void {
    if (this.isClosed) throw new Error("Attempting to use a disconnected port object");
    this.sent.push(...(typeof message === "string" ? [message] : Object.keys(message)));
  }
  disconnect(): void {
    this.isClosed = true;
  }
  deliver(message: ToPage): void {
    for (const act of this.#onMessage) act(message);
  }
  drop(): void {
    this.isClosed = true;
    for (const act of this.#onDisconnect) act();
  }
}

const PEOPLE: FromPage = {
  people: { repository: "acme/web", kind: "pull", number: 7, people: [], isList: false },
};
const OPEN: FromPage = { open: { login: "ada" } };
const LABELS: ToPage = { type: "labels", labels: {} };
const BADGES: ToPage = { type: "badges", badges: [] };

let ports: Port[] = [];
let received: ToPage[] = [];
let unanswered: FromPage[] = [];
let isOrphaned = false;
let runtime: { id: string | undefined; connect(): Port };

function open(): Connection {
  return createConnection({
    receive: (message) => received.push(message),
    greeting: () => PEOPLE,
    unanswered: () => unanswered,
    orphaned: () => {
      isOrphaned = true;
    },
  });
}

/** Compares what was sent on each port so far with this. */
function check(...expected: readonly string[][]): void {
  assert.deepEqual(
    ports.map((port) => port.sent),
    expected,
  );
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  ports = [];
  received = [];
  unanswered = [];
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

test("no port is opened before there is something to send", () => {
  const connection = open();
  check();
  connection.send(PEOPLE);
  connection.send(OPEN);
  check(["people", "open"]);
});

test("a new port first carries who is on the page", () => {
  const connection = open();
  connection.send(OPEN);
  check(["people", "open"]);
});

test("a port that was opened early carries who is on the page before anything else", () => {
  const connection = open();
  connection.open();
  connection.open();
  check([]);
  connection.send(OPEN);
  connection.send(OPEN);
  check(["people", "open", "open"]);
  ports[0]?.disconnect();
  connection.send(OPEN);
  check(["people", "open", "open"], ["people", "open"]);
});

test("a port that was dropped is opened again only while something is unanswered", () => {
  open().send(PEOPLE);
  ports[0]?.drop();
  mock.timers.tick(60_000);
  check(["people"]);

  unanswered = [PEOPLE, OPEN];
  open().send(PEOPLE);
  ports[1]?.drop();
  mock.timers.tick(250);
  check(["people"], ["people"], ["people", "open"]);
});

test("pauses grow while the core is silent, and are short again after an answer", () => {
  unanswered = [PEOPLE];
  open().send(PEOPLE);
  ports[0]?.drop();
  mock.timers.tick(250);
  ports[1]?.drop();
  mock.timers.tick(499);
  assert.equal(ports.length, 2);
  mock.timers.tick(1);
  assert.equal(ports.length, 3);
  ports[2]?.deliver(LABELS);
  ports[2]?.drop();
  mock.timers.tick(999);
  assert.equal(ports.length, 3);
  mock.timers.tick(1);
  ports[3]?.deliver(BADGES);
  ports[3]?.drop();
  mock.timers.tick(250);
  assert.equal(ports.length, 5);
});

test("no pause is longer than half a minute", () => {
  unanswered = [PEOPLE];
  open().send(PEOPLE);
  for (const pause of [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]) {
    const opened = ports.length;
    ports.at(-1)?.drop();
    mock.timers.tick(pause - 1);
    assert.equal(ports.length, opened);
    mock.timers.tick(1);
    assert.equal(ports.length, opened + 1, `after ${pause} ms`);
  }
});

test("what comes after closing is dropped", () => {
  const connection = open();
  connection.send(PEOPLE);
  ports[0]?.deliver(BADGES);
  connection.close();
  ports[0]?.deliver(BADGES);
  connection.send(OPEN);
  assert.equal(received.length, 1);
  check(["people"]);
});

test("a page whose extension is gone is orphaned and opens no port", () => {
  const connection = open();
  connection.send(PEOPLE);
  runtime.id = undefined;
  ports[0]?.drop();
  assert.equal(isOrphaned, true);
  connection.send(OPEN);
  check(["people"]);
});

test("a page whose extension goes right after the port is orphaned, though nothing is unanswered", () => {
  open().send(PEOPLE);
  ports[0]?.drop();
  assert.equal(isOrphaned, false);
  runtime.id = undefined;
  mock.timers.tick(250);
  assert.equal(isOrphaned, true);
});

test("a port that is found closed only on sending loses no message", () => {
  const connection = open();
  connection.send(PEOPLE);
  ports[0]?.disconnect();
  connection.send(OPEN);
  check(["people"], ["people", "open"]);
});
