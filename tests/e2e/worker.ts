// The end of the extension's background, as browsers bring it about by themselves: without a warning, whatever it does.

import { type Bonafide, FIREFOX_ID } from "./browser.ts";

/** Ends the background; is over when it has ended. It starts again when somebody asks. */
export async function killWorker(bonafide: Bonafide): Promise<void> {
  if (bonafide.name === "firefox") await stopEventPage(bonafide);
  else await stopServiceWorker(bonafide);
}

async function stopServiceWorker({ openOptions }: Bonafide): Promise<void> {
  const page = await openOptions();
  const session = await page.createCDPSession();
  await session.send("ServiceWorker.enable");
  await session.send("ServiceWorker.stopAllWorkers");
  await page.close();
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

/** What the button of about:debugging does. */
async function stopEventPage({ browser }: Bonafide): Promise<void> {
  const { connection } = browser as unknown as Driver;
  const tree = await connection.send("browsingContext.getTree", { "moz:scope": "chrome" });
  const context = tree.result.contexts?.[0]?.context;
  if (context === undefined) throw new Error("Firefox has no window");
  const { result } = await connection.send("script.evaluate", {
    target: { context },
    awaitPromise: true,
    expression: `(async () => {
      const { extension } = WebExtensionPolicy.getByID(${JSON.stringify(FIREFOX_ID)});
      await extension.terminateBackground({ ignoreDevToolsAttached: true });
      if (extension.backgroundState !== "stopped") throw new Error(extension.backgroundState);
    })()`,
  });
  if (result.type !== "success")
    throw new Error(`the background goes on: ${result.exceptionDetails?.text ?? "nobody knows why"}`);
}
