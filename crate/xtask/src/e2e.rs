//! The tests that Node runs: unit tests beside the extension's files, and end-to-end tests in real browsers.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use xshell::cmd;

use crate::setup::{self, Browser};
use crate::tally::{self, Tally};
use crate::workspace::{Workspace, files_below};
use crate::{dist, size};

/// Runs `extension/**/*.test.ts`.
pub fn unit(workspace: &Workspace) -> Result<Tally> {
    let tests = test_files(workspace, "extension", None)?;
    if tests.is_empty() {
        return Ok(Tally::default());
    }
    let bundled = bundle(workspace, &tests, "unit")?;
    tally::run(node_tests(workspace, &bundled))
}

/// Runs `tests/e2e/*.test.ts` in one browser, on the extension that `cargo xtask dist` has built.
pub fn in_browser(workspace: &Workspace, browser: Browser, filter: Option<&str>) -> Result<Tally> {
    let tests = test_files(workspace, "tests/e2e", filter)?;
    if tests.is_empty() {
        bail!(
            "no file of tests/e2e has a name that holds `{}`",
            filter.unwrap_or_default()
        );
    }
    let bundled = bundle(workspace, &tests, "e2e")?;
    let mut command = node_tests(workspace, &bundled);
    command.envs(environment(workspace, browser)?);
    tally::run(command)
}

/// Builds what the browser needs besides the extension: the loopback GitHub and its pages.
pub fn build_world(workspace: &Workspace) -> Result<()> {
    let shell = &workspace.shell;
    cmd!(shell, "cargo build --quiet --locked --package fake-github")
        .run()
        .context("the loopback GitHub does not build")?;
    let pages = pages(workspace);
    cmd!(shell, "npm run --silent pages -- {pages}")
        .quiet()
        .run()
        .context("the loopback GitHub's pages do not build")
}

/// What `tests/e2e/browser.ts` reads to find its way.
pub fn environment(
    workspace: &Workspace,
    browser: Browser,
) -> Result<Vec<(&'static str, PathBuf)>> {
    let mut environment = vec![
        ("BONAFIDE_BROWSER", browser.name().into()),
        ("BONAFIDE_EXTENSION", dist::unpacked(workspace, browser)),
        ("BONAFIDE_FAKE_GITHUB", workspace.fake_github()),
        ("BONAFIDE_PAGES", pages(workspace)),
    ];
    environment.push((browser.variable(), setup::browser(workspace, browser)?));
    Ok(environment)
}

/// Bundles TypeScript for Node and gives the files to run.
pub fn bundle(workspace: &Workspace, files: &[PathBuf], name: &str) -> Result<Vec<PathBuf>> {
    let out = workspace.target.join("node").join(name);
    if out.exists() {
        std::fs::remove_dir_all(&out)?;
    }
    workspace
        .npm_program("esbuild")
        .args(files)
        .args([
            "--bundle",
            "--platform=node",
            "--target=node20",
            "--format=esm",
            "--packages=external",
        ])
        .args([
            "--loader:.css=text",
            "--sourcemap=inline",
            "--log-level=warning",
            "--out-extension:.js=.mjs",
        ])
        .arg(format!("--outbase={}", workspace.root.display()))
        .arg(format!("--outdir={}", out.display()))
        .quiet()
        .run()
        .context("the tests cannot be bundled")?;
    let bundled = files_below(&out)?;
    Ok(bundled)
}

fn pages(workspace: &Workspace) -> PathBuf {
    workspace.target.join("pages")
}

fn test_files(workspace: &Workspace, folder: &str, filter: Option<&str>) -> Result<Vec<PathBuf>> {
    let mut files = files_below(&workspace.path(folder))?;
    files.retain(|file| {
        let name = file
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        name.ends_with(".test.ts") && filter.is_none_or(|word| name.contains(word))
    });
    Ok(files)
}

fn node_tests(workspace: &Workspace, files: &[PathBuf]) -> Command {
    let mut command = Command::new("node");
    command.current_dir(&workspace.root).args([
        "--enable-source-maps",
        "--test",
        "--test-reporter=spec",
    ]);
    // Two browsers at once would measure each other.
    command.arg("--test-concurrency=1").args(files);
    command
}

/// What is tested is what is shipped.
pub fn build(workspace: &Workspace) -> Result<size::Sizes> {
    let sizes = dist::run(workspace)?;
    build_world(workspace)?;
    Ok(sizes)
}
