// The loopback GitHub as the tests hold it: started for one browser, steered and read by its control address.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** The tokens that the loopback GitHub knows; they are documented in its README. */
export const TOKENS = {
  classic: "ghp_FakeFakeFakeFakeFakeFakeFakeClassic0",
  classicRepo: "ghp_FakeFakeFakeFakeFakeFakeFakeFatRepo0",
  fineGrained:
    "github_pat_11FAKEFAKE0FakeFakeFak_FakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFaFine0",
  expiring: "github_pat_11FAKEFAKE0FakeFakeFak_FakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFaSoon0",
  revoked: "ghp_FakeFakeFakeFakeFakeFakeFakeRevoked0",
} as const;

export type Bucket = "core" | "search" | "graphql";

/** One call of the API or one page that was asked for. Times are in milliseconds since the server's start. */
export type Call = {
  readonly id: number;
  readonly method: string;
  readonly url: string;
  readonly host: string;
  readonly kind: "page" | "rest" | "graphql";
  readonly operation: string | null;
  readonly logins: readonly string[];
  readonly bucket: Bucket | null;
  readonly points: number;
  readonly status: number;
  readonly startedMs: number;
  readonly endedMs: number | null;
  readonly inFlight: number;
  readonly tokenName: string | null;
  readonly fault: string | null;
  readonly ifNoneMatch: boolean;
};

export type Log = {
  /** The moment that the times of calls count from, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Calls of the API; pages are not among them. */
  readonly calls: readonly Call[];
  readonly maxInFlight: number;
  readonly refusedHosts: readonly string[];
  /** What was asked that GitHub has and the loopback GitHub has not. */
  readonly unimplemented: readonly string[];
  readonly graphqlPoints: number;
  readonly graphqlRequests: number;
  readonly restRequests: number;
};

/** What goes wrong, for which calls, how often. The words of `do` are in the loopback GitHub's README. */
export type Fault = {
  readonly match?: {
    readonly kind?: "graphql" | "rest";
    readonly login?: string;
    readonly operation?: string;
    readonly nth?: readonly number[];
    readonly probability?: number;
    readonly seed?: number;
  };
  readonly times?: number;
  readonly do: string;
};

export type Limits = Partial<
  Record<Bucket, { readonly remaining: number; readonly resetInSeconds?: number; readonly limit?: number }>
>;

export type GitHub = {
  /** `127.0.0.1:PORT`, an HTTP proxy that leads github.com and api.github.com to the loopback GitHub. */
  readonly proxyPort: number;
  readonly control: Control;
  stop(): Promise<void>;
};

/** Steers and reads a running loopback GitHub. */
export class Control {
  readonly #address: string;

  constructor(address: string) {
    this.#address = address;
  }

  /** What has been asked so far. */
  async log(): Promise<Log> {
    const log = (await this.#send("GET", "log")) as Log;
    return { ...log, calls: log.calls.filter((call) => call.kind !== "page") };
  }

  async clearLog(): Promise<void> {
    await this.#send("DELETE", "log");
  }

  /** Replaces all faults; none is given by `[]`. */
  async faults(faults: readonly Fault[]): Promise<void> {
    await this.#send("PUT", "faults", faults);
  }

  /** `jitter` is the share by which each latency may differ, so that answers overtake each other. */
  async latency(model: "none" | "model", scale = 1, jitter = 0): Promise<void> {
    await this.#send("PUT", "latency", { model, scale, jitter });
  }

  async limits(limits: Limits): Promise<void> {
    await this.#send("PUT", "limits", limits);
  }

  /** Back to how it was when it started. */
  async reset(): Promise<void> {
    await this.#send("POST", "reset");
  }

  async #send(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#address}/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${method} ${path}: the loopback GitHub answers ${response.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }
}

/** Starts the built program. It ends when this process does, whichever way that is. */
export async function startGitHub(latency: "none" | "model" = "none"): Promise<GitHub> {
  const program = required("BONAFIDE_FAKE_GITHUB");
  const process = spawn(
    program,
    ["--until-stdin-closes", "--latency", latency, "--pages", required("BONAFIDE_PAGES")],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const ready = await firstLine(process);
  const { port, control } = JSON.parse(ready) as { port: number; control: string };
  return {
    proxyPort: port,
    control: new Control(control),
    async stop() {
      // What has ended by itself says so no second time.
      if (process.exitCode !== null || process.signalCode !== null) return;
      const ended = once(process, "exit");
      process.stdin?.end();
      await ended;
    },
  };
}

async function firstLine(process: ChildProcess): Promise<string> {
  if (process.stdout === null) throw new Error("the loopback GitHub has no output");
  const lines = createInterface({ input: process.stdout });
  const ended = once(process, "exit").then(([status]: unknown[]) => {
    throw new Error(`the loopback GitHub ended with status ${String(status)} before it was ready`);
  });
  // Only an end before the first line is of interest here.
  ended.catch(() => {});
  const [line] = (await Promise.race([once(lines, "line"), ended])) as [string];
  return line;
}

/** A variable that `cargo xtask` sets. */
export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run the tests by \`cargo xtask test\``);
  return value;
}
