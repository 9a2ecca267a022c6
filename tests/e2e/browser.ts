// A real browser with the extension in it, whose github.com is the loopback GitHub.

import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { type Control, required, startGitHub, TOKENS } from "./github.ts";

/** The browser under test. */
export type BrowserName = "chromium" | "firefox";

/**
 * How long a condition may take before it counts as never met. Long, because machines that test are busy: each call then
 * takes longer, and the extension waits where its calls have used up the time that GitHub allows in a minute.
 */
export const PATIENCE_MS = 60_000;

/** How long a page of the extension may take before it is opened anew; each further time twice as long. */
const FIRST_PATIENCE_MS = 4_000;

/** What Firefox knows the extension by. */
export const FIREFOX_ID = "{2dcfb025-511b-4211-94a4-41fb101e1070}";
// Firefox makes up a new address for each profile; the address of its pages must be known beforehand.
const FIREFOX_UUID = "b0a1f1de-0000-4000-8000-000000000001";

/**
 * Hosts that browsers ask on their own, whatever runs in them. They are refused like all others; only they are no
 * fault of the extension's.
 */
const BROWSERS_OWN_HOSTS =
  /(^|\.)(google\.com|googleapis\.com|gstatic\.com|googleusercontent\.com|gvt1\.com|mozilla\.(com|net|org)|firefox\.com|detectportal\.firefox\.com|digicert\.com|lencr\.org)$/;

/** The width and height of a page, in CSS pixels. */
export type Viewport = {
  readonly width: number;
  readonly height: number;
  readonly deviceScaleFactor?: number;
};

export const USUAL_VIEWPORT: Viewport = { width: 1280, height: 900 };

export type LaunchOptions = {
  /** Times as GitHub's, or no waiting at all (the default). */
  readonly latency?: "none" | "model";
  /** A window on the screen instead of none. */
  readonly visible?: boolean;
  /** What the system's colours are; light if not given. */
  readonly scheme?: "light" | "dark";
  /** Whether the system asks for more contrast, or forces colours of its own. */
  readonly contrast?: "more" | "forced";
  /** A folder for the browser's profile that outlives it, so that a restart finds what was stored. */
  readonly profile?: string;
};

/** A browser, its GitHub, and what a person can do with them. */
export type Bonafide = {
  readonly name: BrowserName;
  readonly browser: Browser;
  readonly control: Control;
  /** Opens a page of github.com by its path, as `/acme/web/pull/7`. */
  openPage(path: string): Promise<Page>;
  /** Opens the popup as a page; with a target it starts on that report. */
  openPopup(target?: string): Promise<Page>;
  openOptions(): Promise<Page>;
  /** Opens the triage page; with a repository that is filled in. */
  openTriage(repository?: string): Promise<Page>;
  /** A page of the extension's that runs none of its scripts, from which its store can be reached. It stays open. */
  storePage(): Promise<Page>;
  /** From here on pages are so large, in CSS pixels. */
  setViewport(viewport: Viewport): void;
  /** Pastes a token into the options and waits until it is accepted. */
  saveToken(token?: string): Promise<void>;
  /** Takes the extension out of the running browser, as a person does who has had enough of it. */
  uninstall(): Promise<void>;
  /** Hosts other than GitHub's that were asked for, without those that the browser asks on its own. */
  strangeHosts(): Promise<string[]>;
  close(): Promise<void>;
};

/** Starts a loopback GitHub of its own and a browser with an empty profile. */
export async function launch(options: LaunchOptions = {}): Promise<Bonafide> {
  const name = required("BONAFIDE_BROWSER") as BrowserName;
  const github = await startGitHub(options.latency);
  let browser: Browser;
  let origin: string;
  let id: string;
  try {
    [browser, origin, id] = await (name === "firefox" ? firefox : chromium)(github.proxyPort, options);
  } catch (error) {
    await github.stop();
    throw error;
  }

  let viewport = USUAL_VIEWPORT;
  const newPage = async (): Promise<Page> => {
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    if (viewport !== USUAL_VIEWPORT) await page.setViewport(viewport);
    return page;
  };
  const openOwn = async (path: string): Promise<Page> => {
    const address = `${origin}/${path}`;
    for (let patience = FIRST_PATIENCE_MS; ; patience *= 2) {
      const page = await newPage();
      // Firefox never reports that a page of an extension has been loaded: what is waited for is its content.
      page.goto(address).catch(() => {});
      try {
        await page.waitForFunction(
          // The triage page adds to its address which run it shows.
          (wanted) => location.href.startsWith(wanted) && document.readyState === "complete",
          { timeout: patience, polling: 25 },
          address,
        );
        return page;
      } catch (error) {
        // A look at a tab that is just moving to the extension's process can leave the driver without the tab's
        // document for good (Firefox ESR 153): such a tab is given up.
        if (patience > PATIENCE_MS) throw error;
        await page.close();
      }
    }
  };

  let storePage: Promise<Page> | undefined;
  const bonafide: Bonafide = {
    name,
    browser,
    control: github.control,
    async openPage(path) {
      const page = await newPage();
      await page.goto(`https://github.com${path}`, { waitUntil: "domcontentloaded" });
      return page;
    },
    openPopup: (target) =>
      openOwn(
        `extension/popup/popup.html${target === undefined ? "" : `?target=${encodeURIComponent(target)}`}`,
      ),
    openOptions: () => openOwn("extension/options/options.html"),
    openTriage: (repository) =>
      openOwn(
        `extension/triage/triage.html${repository === undefined ? "" : `?repository=${encodeURIComponent(repository)}`}`,
      ),
    storePage() {
      storePage ??= openOwn("extension/icons/16.png");
      return storePage;
    },
    setViewport(wanted) {
      viewport = wanted;
    },
    async saveToken(token = TOKENS.classic) {
      const page = await bonafide.openOptions();
      await enterToken(page, token);
      await until(
        page,
        () => document.querySelector<HTMLElement>("#token-status")?.dataset["state"] === "accepted",
      );
      await page.close();
    },
    uninstall: () => browser.uninstallExtension(id),
    async strangeHosts() {
      const { refusedHosts } = await github.control.log();
      return refusedHosts.filter((host) => !BROWSERS_OWN_HOSTS.test(host.replace(/:\d+$/, "")));
    },
    async close() {
      await browser.close();
      await github.stop();
    },
  };
  return bonafide;
}

/**
 * Presses something on a page of the extension as soon as it is shown, wherever it stands by then: what an answer adds
 * above it moves it away from under a mouse. On a page of GitHub only the mouse counts as the reader's.
 */
export async function click(page: Page, selector: string): Promise<void> {
  await until(page, (selector) => document.querySelector(selector)?.checkVisibility() === true, selector);
  await page.$eval(selector, (it) => (it as HTMLElement).click());
}

/** Pastes a token into the open options page and presses the button. */
export async function enterToken(page: Page, token: string): Promise<void> {
  await paste(page, "#token", token);
  await click(page, "#save-token");
}

/** Replaces what stands in a field, as a paste does. */
export async function paste(page: Page, field: string, text: string): Promise<void> {
  await page.waitForSelector(field);
  await page.$eval(
    field,
    (input, text) => {
      (input as HTMLInputElement).focus();
      (input as HTMLInputElement).value = text;
      input.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
    },
    text,
  );
}

/** Waits until a condition that is looked at in the page holds. */
export async function until(
  page: Page,
  condition: (...args: string[]) => boolean,
  ...args: string[]
): Promise<void> {
  // The timer is the page's own: frames are not drawn in a tab that stands behind another.
  await page.waitForFunction(condition, { timeout: PATIENCE_MS, polling: 25 }, ...args);
}

async function chromium(
  proxyPort: number,
  options: LaunchOptions,
): Promise<[Browser, origin: string, id: string]> {
  const browser = await puppeteer.launch({
    browser: "chrome",
    executablePath: required("BONAFIDE_CHROMIUM"),
    headless: options.visible !== true,
    // Extensions can be installed only over a pipe.
    pipe: true,
    enableExtensions: true,
    acceptInsecureCerts: true,
    defaultViewport: options.visible === true ? null : USUAL_VIEWPORT,
    ...(options.profile === undefined ? {} : { userDataDir: options.profile }),
    args: [
      `--proxy-server=http://127.0.0.1:${proxyPort}`,
      // The worker's calls belong to no page that could be told to accept the certificate.
      "--ignore-certificate-errors",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      "--lang=en-US",
      ...(options.scheme === "dark" ? ["--force-dark-mode"] : []),
      ...(options.contrast === "forced" ? ["--force-high-contrast"] : []),
      ...(options.contrast === "more" ? ["--blink-settings=preferredContrast=0"] : []),
      ...(options.visible === true ? [] : ["--disable-gpu"]),
      // Chromium's sandbox refuses to run as root, and wants what containers do not give.
      ...(process.getuid?.() === 0 || process.env["CI"] !== undefined ? ["--no-sandbox"] : []),
    ],
  });
  const id = await browser.installExtension(required("BONAFIDE_EXTENSION"));
  return [browser, `chrome-extension://${id}`, id];
}

async function firefox(
  proxyPort: number,
  options: LaunchOptions,
): Promise<[Browser, origin: string, id: string]> {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: required("BONAFIDE_FIREFOX"),
    headless: options.visible !== true,
    acceptInsecureCerts: true,
    defaultViewport: options.visible === true ? null : USUAL_VIEWPORT,
    ...(options.profile === undefined ? {} : { userDataDir: options.profile }),
    // Without it the pages of extensions cannot be driven.
    args: ["--remote-allow-system-access"],
    extraPrefsFirefox: {
      "network.proxy.type": 1,
      "network.proxy.http": "127.0.0.1",
      "network.proxy.http_port": proxyPort,
      "network.proxy.ssl": "127.0.0.1",
      "network.proxy.ssl_port": proxyPort,
      "network.proxy.no_proxies_on": "",
      "network.http.http3.enable": false,
      // By itself Firefox sends a broken request up to ten times, which would hide how often the extension asks.
      "network.http.request.max-attempts": 1,
      "extensions.webextensions.uuids": JSON.stringify({ [FIREFOX_ID]: FIREFOX_UUID }),
      "intl.locale.requested": "en-US",
      // 0 is dark, 1 is light.
      "layout.css.prefers-color-scheme.content-override": options.scheme === "dark" ? 0 : 1,
      "ui.systemUsesDarkTheme": options.scheme === "dark" ? 1 : 0,
      "ui.useAccessibilityTheme": options.contrast === "more" ? 1 : 0,
      // 1 takes the colours of pages, 2 the browser's own.
      "browser.display.document_color_use": options.contrast === "forced" ? 2 : 1,
      "browser.display.foreground_color": options.scheme === "dark" ? "#FFFFFF" : "#000000",
      "browser.display.background_color": options.scheme === "dark" ? "#000000" : "#FFFFFF",
      "browser.anchor_color": options.scheme === "dark" ? "#9999FF" : "#0000EE",
      // What is installed for the time of a test would lose what it has stored when the browser ends.
      "extensions.webextensions.keepStorageOnUninstall": true,
      "extensions.webextensions.keepUuidOnUninstall": true,
    },
  });
  const id = await browser.installExtension(required("BONAFIDE_EXTENSION"));
  return [browser, `moz-extension://${FIREFOX_UUID}`, id];
}
