import assert from "node:assert/strict";
import { test } from "node:test";
import { clientKindOf, serveClients } from "./clients.js";
import { becomeBrowser } from "./testing/browser.js";

const OURS = "chrome-extension://bonafide";

becomeBrowser();
let accept: (port: object) => void = () => {};
let optionsOpened = 0;
const { chrome } = globalThis as unknown as { chrome: object };
Object.assign(globalThis, {
  chrome: {
    ...chrome,
    runtime: {
      id: "bonafide",
      getURL: (path: string) => `${OURS}/${path}`,
      openOptionsPage: async () => {
        optionsOpened += 1;
      },
      onConnect: {
        addListener: (act: (port: object) => void) => {
          accept = act;
        },
      },
    },
  },
});

function check(name: string, sender: object | undefined, expected: string | undefined): void {
  const kind = clientKindOf({ name, sender: sender as chrome.runtime.MessageSender });
  assert.equal(kind, expected, `${name} ${JSON.stringify(sender)}`);
}

const id = "bonafide";
const tab = { id: 1 };
const popup = `${OURS}/extension/popup/popup.html`;
const options = `${OURS}/extension/options/options.html`;
const triage = `${OURS}/extension/triage/triage.html`;

test("each client is what its sender is", () => {
  check("page", { id, tab, url: "https://github.com/acme/web/pull/7" }, "page");
  check("popup", { id, url: popup }, "popup");
  check("popup", { id, tab, url: `${popup}?target=ada#x` }, "popup");
  check("options", { id, tab, url: options }, "options");
  check("triage", { id, tab, url: `${triage}?repository=acme/web` }, "triage");
});

test("nobody is more than that, whatever they say", () => {
  check("page", undefined, undefined);
  check("page", { id: "another", tab, url: "https://github.com/acme/web/pull/7" }, undefined);
  check("page", { id, url: "https://github.com/acme/web/pull/7" }, undefined);
  check("page", { id, tab }, undefined);
  check("page", { id, tab, url: "https://github.com.example/acme/web/pull/7" }, undefined);
  check("page", { id, tab, url: "http://github.com/acme/web/pull/7" }, undefined);
  check("options", { id, tab, url: "https://github.com/extension/options/options.html" }, undefined);
  check("options", { id, url: popup }, undefined);
  check("popup", { id, url: options }, undefined);
  check("triage", { id, url: options }, undefined);
  check("triage", { id, tab, url: "https://github.com/extension/triage/triage.html" }, undefined);
  check("options", { id, url: triage }, undefined);
  check("popup", { id, tab, url: "https://github.com/acme/web/pull/7" }, undefined);
  check("core", { id, url: options }, undefined);
});

/** A client that connects, and what the background does with its port. */
class Client {
  readonly received: unknown[] = [];
  isOpen = true;
  #send: (message: unknown) => void = () => {};
  #leave: () => void = () => {};

  constructor(name: string, sender: object) {
    accept({
      name,
      sender,
      postMessage: (message: unknown) => this.received.push(message),
      disconnect: () => {
        this.isOpen = false;
      },
      onMessage: {
        addListener: (act: (message: unknown) => void) => {
          this.#send = act;
        },
      },
      onDisconnect: {
        addListener: (act: () => void) => {
          this.#leave = act;
        },
      },
    });
  }
  send(message: unknown): void {
    this.#send(message);
  }
  leave(): void {
    this.#leave();
  }
}

test("what a client says reaches its own connection alone, and so a token reaches no page", () => {
  const connections: { kind: string; received: unknown[]; isOver: boolean }[] = [];
  const sends: ((message: never) => void)[] = [];
  serveClients((kind, send) => {
    const connection = { kind, received: [] as unknown[], isOver: false };
    connections.push(connection);
    sends.push(send);
    return {
      receive: (message) => connection.received.push(message),
      disconnect: () => {
        connection.isOver = true;
      },
    };
  });
  const page = new Client("page", { id, tab, url: "https://github.com/acme/web/pull/7" });
  const settings = new Client("options", { id, tab, url: options });
  const stranger = new Client("options", { id: "another", url: options });
  assert.equal(stranger.isOpen, false);
  assert.deepEqual(
    connections.map(({ kind }) => kind),
    ["page", "options"],
  );
  const SECRET = "ghp_0123456789";
  settings.send({ saveToken: { token: SECRET } });
  sends[1]?.({ type: "tokenSaved" } as never);
  assert.deepEqual(connections[1]?.received, [{ saveToken: { token: SECRET } }]);
  assert.deepEqual(connections[0]?.received, []);
  assert.deepEqual(
    page.received.map((message) => (message as { type: string }).type),
    ["labels"],
  );
  assert.ok(!JSON.stringify([page.received, settings.received]).includes(SECRET));

  page.send("openOptions");
  assert.equal(optionsOpened, 1);
  assert.deepEqual(connections[0]?.received, []);
  page.leave();
  assert.deepEqual(
    connections.map(({ isOver }) => isOver),
    [true, false],
  );
});
