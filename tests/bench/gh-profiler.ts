// gh-profiler itself, on a loopback GitHub of its own.

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Log, required, startGitHub, TOKENS } from "../e2e/github.ts";

/** A program from its start to its end, in milliseconds since 1970. */
export type ProgramRun = { readonly startedAt: number; readonly endedAt: number; readonly log: Log };

/** Looks one account up. */
export function ofAccount(login: string): Promise<ProgramRun> {
  return ghProfiler([login], [login]);
}

/** Looks up who opened the newest open pull requests of a repository, and makes a table of them. */
export function ofRepository(repository: string, pullRequests: number): Promise<ProgramRun> {
  return ghProfiler([`https://github.com/${repository}`, "-n", `${pullRequests}`, "--table-only"], []);
}

/** Runs it in a home of its own: nobody's settings or token take part. */
async function ghProfiler(args: readonly string[], logins: readonly string[]): Promise<ProgramRun> {
  const github = await startGitHub("model");
  const home = mkdtempSync(join(tmpdir(), "bonafide-gh-"));
  try {
    const proxy = `http://127.0.0.1:${github.proxyPort}`;
    const certificate = join(home, "certificate.pem");
    const answer = await fetch(`${proxy}/_control/certificate`);
    writeFileSync(certificate, await answer.text());
    // `gh` is a Go program: it takes its proxy and whom it trusts from these.
    const env = {
      PATH: required("PATH"),
      HOME: home,
      GH_CONFIG_DIR: home,
      GH_TOKEN: TOKENS.classic,
      GH_NO_UPDATE_NOTIFIER: "1",
      HTTPS_PROXY: proxy,
      SSL_CERT_FILE: certificate,
    };
    const startedAt = Date.now();
    await promisify(execFile)("gh-profiler", args, { env });
    const endedAt = Date.now();
    const log = await github.control.log();
    const asked = new Set(log.calls.flatMap((call) => call.logins));
    if (asked.size === 0 || !logins.every((login) => asked.has(login)))
      throw new Error("gh-profiler has not asked the loopback GitHub");
    return { startedAt, endedAt, log };
  } finally {
    await github.stop();
    rmSync(home, { recursive: true });
  }
}
