//! `cargo xtask bench`: how fast the extension is, beside what it promises. A benchmark, no test: it ends with status
//! 0 also where a limit is missed, and says so.

mod measure;
mod native;
mod observation;
mod table;

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::e2e;
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
}

/// Builds, measures, prints the table and writes it to `target/bench.json`.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    setup::wasm_target(workspace)?;
    setup::npm_packages(workspace)?;
    setup::browser(workspace, options.browser)?;
    let sizes = e2e::build(workspace)?;

    println!("\nWithout a browser");
    let told = native::run(workspace)?;
    println!("\nIn {}", options.browser.name());
    let seen = in_browser(workspace, options)?;

    let mut rows = measure::rows(&seen, told.gate);
    rows.extend(sizes.watched().map(|(name, bytes, limit)| {
        Row::at_most(format!("size: {name}"), count(bytes), "bytes", count(limit))
    }));
    rows.extend(native::rows(&told));
    println!("\n{}", table::draw(&rows));
    compare(&["gh", "gh-profiler"]);

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

/// Lets `tests/bench/bench.ts` use the extension, and reads what it has written down.
fn in_browser(workspace: &Workspace, options: &Options) -> Result<Seen> {
    let driver = e2e::bundle(
        workspace,
        &[workspace.path("tests/bench/bench.ts")],
        "bench",
    )?;
    let out = workspace.target.join("bench-seen.json");
    let status = Command::new("node")
        .current_dir(&workspace.root)
        .arg("--enable-source-maps")
        .args(driver)
        .envs(e2e::environment(workspace, options.browser)?)
        .env("BONAFIDE_BENCH_OUT", &out)
        .env("BONAFIDE_BENCH_RUNS", options.runs.to_string())
        .env("BONAFIDE_BENCH_SHORT", options.is_short.to_string())
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

/// Says whether gh-profiler is here to be compared with.
fn compare(programs: &[&str]) {
    let missing: Vec<&str> = programs
        .iter()
        .filter(|program| !is_installed(program))
        .copied()
        .collect();
    if missing.is_empty() {
        println!(
            "gh-profiler is here: tests/bench/README.md says how to run it on the loopback GitHub."
        );
    } else {
        println!(
            "Not compared with gh-profiler; not installed: {}.",
            missing.join(", ")
        );
    }
}

fn is_installed(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(program).is_file()))
}
