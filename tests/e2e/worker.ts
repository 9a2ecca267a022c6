// What browsers do to an extension without asking it: they end its background, whatever it does, and clear what it keeps.

import { type Bonafide, FIREFOX_ID } from "./browser.ts";

/** Ends the background; is over when it has ended. It starts again when somebody asks. */
export async function killWorker(bonafide: Bonafide): Promise<void> {
  if (bonafide.name === "firefox") await stopEventPage(bonafide);
  else await stopServiceWorker(bonafide);
}

async function stopServiceWorker({ storePage }: Bonafide): Promise<void> {
  const session = await (await storePage()).createCDPSession();
  const stopped = new Promise<void>((done) => {
    session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
      if (versions.length > 0 && versions.every(({ runningStatus }) => runningStatus === "stopped")) done();
    });
  });
  await session.send("ServiceWorker.enable");
  await session.send("ServiceWorker.stopAllWorkers");
  // The command is answered while the worker is still stopping, and who connects then is not heard.
  await stopped;
  await session.detach();
}

/** What the button of about:debugging does. */
function stopEventPage(bonafide: Bonafide): Promise<void> {
  return asFirefox(
    bonafide,
    `await extension.terminateBackground({ ignoreDevToolsAttached: true });
     if (extension.backgroundState !== "stopped") throw new Error(extension.backgroundState);`,
  );
}

/** Takes the extension's databases away while they are in use, as browsers do when a person clears what sites keep. */
export async function clearDatabases(bonafide: Bonafide): Promise<void> {
  if (bonafide.name === "firefox") {
    await asFirefox(
      bonafide,
      `const { CLEAR_DOM_QUOTA } = Ci.nsIClearDataService;
       const failed = await new Promise((done) =>
         Services.clearData.deleteDataFromPrincipal(extension.principal, true, CLEAR_DOM_QUOTA, done));
       if (failed !== 0) throw new Error("not all was cleared");`,
    );
    return;
  }
  const page = await bonafide.storePage();
  const session = await page.createCDPSession();
  const origin = new URL(page.url()).origin;
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "indexeddb" });
  await session.detach();
}

/** Lets the background hear that the machine has a network again. */
export async function sayOnline(bonafide: Bonafide): Promise<void> {
  if (bonafide.name === "firefox") {
    await asFirefox(bonafide, "Services.io.offline = true; Services.io.offline = false;");
    return;
  }
  const target = await bonafide.browser.waitForTarget((target) => target.type() === "service_worker");
  await (await target.worker())?.evaluate(() => self.dispatchEvent(new Event("online")));
}

/** What an answer of WebDriver BiDi is made of, as far as it is read here. */
type Answer = {
  readonly result: {
    readonly contexts?: readonly { readonly context: string }[];
    readonly type?: string;
    readonly exceptionDetails?: { readonly text: string };
  };
};

/** The connection that the driver has and shows to nobody: it knows no command for what is Firefox's own. */
type Driver = {
  readonly connection: { send(method: string, params: Record<string, unknown>): Promise<Answer> };
};

/** Runs statements with Firefox's own rights; `extension` is ours. */
async function asFirefox({ browser }: Bonafide, statements: string): Promise<void> {
  const { connection } = browser as unknown as Driver;
  const tree = await connection.send("browsingContext.getTree", { "moz:scope": "chrome" });
  const context = tree.result.contexts?.[0]?.context;
  if (context === undefined) throw new Error("Firefox has no window");
  const { result } = await connection.send("script.evaluate", {
    target: { context },
    awaitPromise: true,
    expression: `(async () => {
      const { extension } = WebExtensionPolicy.getByID(${JSON.stringify(FIREFOX_ID)});
      ${statements}
    })()`,
  });
  if (result.type !== "success")
    throw new Error(`Firefox refuses: ${result.exceptionDetails?.text ?? "nobody knows why"}`);
}
