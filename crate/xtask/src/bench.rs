//! `cargo xtask bench`: how fast the extension is, beside what it promises. A benchmark, no test: it ends with status
//! 0 also where a limit is missed, and says so.

mod gh_profiler;
mod measure;
mod native;
mod observation;
mod table;
mod triage;

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::core_package;
use crate::e2e;
use crate::packager::Script;
use crate::setup::{self, Browser};
use crate::workspace::Workspace;
use observation::Seen;
use table::{Row, count};

/// What is asked for.
pub struct Options {
    pub browser: Browser,
    /// How often each of the short scenarios is measured; medians are told.
    pub runs: u32,
    /// Leaves out what takes minutes.
    pub is_short: bool,
    /// The parts in the browser that are measured, with commas between them; all without it.
    pub only: Option<String>,
}

/// What [`Options::only`] can name, as `tests/bench/bench.ts` does.
const PARTS: [&str; 16] = [
    "popup",
    "own-people",
    "gh-profiler",
    "1",
    "8",
    "25",
    "60",
    "100",
    "after",
    "bulk",
    "memory",
    "triage-25",
    "triage-200",
    "triage-kills",
    "triage-scroll",
    "triage-long",
];

/// Builds, measures, prints the table and writes it to `target/bench.json`.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let named = options.only.iter().flat_map(|parts| parts.split(','));
    for part in named {
        if !PARTS.contains(&part) {
            bail!("`{part}` is no part of the benchmark: {}", PARTS.join(", "));
        }
    }
    setup::wasm_target(workspace)?;
    setup::npm_packages(workspace)?;
    setup::browser(workspace, options.browser)?;
    let sizes = e2e::build(workspace)?;

    println!("\nWithout a browser");
    let people = workspace.target.join("bench-people.json");
    let told = native::run(workspace, &people)?;
    let reports = workspace.target.join("bench-reports");
    core_package::package(
        workspace,
        "bonafide-bench-reports",
        Script::Classic,
        "reports",
        &reports,
    )?;
    println!("\nIn {}", options.browser.name());
    let missing = gh_profiler::missing();
    let mut driver = driver(workspace, options)?;
    driver
        .env("BONAFIDE_BENCH_PEOPLE", &people)
        .env("BONAFIDE_BENCH_REPORTS", &reports)
        .env("BONAFIDE_BENCH_GH_PROFILER", missing.is_empty().to_string());
    let seen = in_browser(workspace, driver)?;

    let mut rows = measure::rows(&seen, told.rate_limiter);
    rows.extend(sizes.watched().map(|(name, bytes, limit)| {
        Row::at_most(format!("size: {name}"), count(bytes), "bytes", count(limit))
    }));
    rows.extend(native::rows(&told));
    rows.extend(measure::reports(&seen));
    rows.extend(gh_profiler::rows(&seen));
    rows.extend(triage::rows(&seen, told.rate_limiter));
    println!("\n{}", table::draw(&rows));
    if !missing.is_empty() {
        println!(
            "Not compared with gh-profiler; not installed: {}.",
            missing.join(", ")
        );
    }

    let out = workspace.target.join("bench.json");
    let record = json!({
        "browser": options.browser.name(),
        "runs": options.runs,
        "table": rows.iter().map(Row::to_json).collect::<Vec<_>>(),
    });
    std::fs::write(&out, serde_json::to_string_pretty(&record)? + "\n")
        .with_context(|| format!("cannot write {}", out.display()))?;
    println!("{}", out.display());
    let missed: Vec<&str> = rows
        .iter()
        .filter(|row| row.is_met() == Some(false))
        .map(|row| row.name.as_str())
        .collect();
    if missed.is_empty() {
        println!("Every limit is kept.");
    } else {
        println!("MISSED: {}", missed.join("; "));
    }
    Ok(())
}

/// `tests/bench/bench.ts`, which uses the extension.
fn driver(workspace: &Workspace, options: &Options) -> Result<Command> {
    let bundled = e2e::bundle(
        workspace,
        &[workspace.path("tests/bench/bench.ts")],
        "bench",
    )?;
    let mut driver = Command::new("node");
    driver
        .current_dir(&workspace.root)
        .arg("--enable-source-maps")
        .args(bundled)
        .envs(e2e::environment(workspace, options.browser)?)
        .env("BONAFIDE_BENCH_RUNS", options.runs.to_string())
        .env("BONAFIDE_BENCH_SHORT", options.is_short.to_string())
        .env(
            "BONAFIDE_BENCH_ONLY",
            options.only.as_deref().unwrap_or_default(),
        );
    Ok(driver)
}

/// Runs it, and reads what it has written down.
fn in_browser(workspace: &Workspace, mut driver: Command) -> Result<Seen> {
    let out = workspace.target.join("bench-seen.json");
    let status = driver
        .env("BONAFIDE_BENCH_OUT", &out)
        .status()
        .context("Node does not run")?;
    if !status.success() {
        bail!("the browser could not be measured; what happened stands above");
    }
    read(&out)
}

fn read(path: &Path) -> Result<Seen> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not understood", path.display()))
}
