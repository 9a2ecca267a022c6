//! `cargo xtask demo`: the extension on a page of the loopback GitHub, to be used or as pictures.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::e2e;
use crate::setup::{self, Browser};
use crate::workspace::Workspace;

/// Builds everything and hands over to `tests/e2e/demo.ts`, which drives the browser.
pub fn run(workspace: &Workspace, screenshots: bool) -> Result<()> {
    setup::wasm_target(workspace)?;
    setup::npm_packages(workspace)?;
    setup::browser(workspace, Browser::Chromium)?;
    e2e::build(workspace)?;

    let has_display = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
        || cfg!(target_os = "macos")
        || cfg!(target_os = "windows");
    let mut command = driver(workspace, "demo")?;
    if screenshots || !has_display {
        command
            .arg("--screenshots")
            .arg(workspace.target.join("demo"));
    }
    let status = command.status().context("Node does not run")?;
    if !status.success() {
        bail!("the demo did not come to its end; what happened stands above");
    }
    Ok(())
}

/// A program of `tests/e2e` that drives Chromium, ready to run.
pub fn driver(workspace: &Workspace, name: &str) -> Result<Command> {
    let source = workspace.path(&format!("tests/e2e/{name}.ts"));
    let driver = e2e::bundle(workspace, &[source], name)?;
    let mut command = Command::new("node");
    command
        .current_dir(&workspace.root)
        .args(driver)
        .envs(e2e::environment(workspace, Browser::Chromium)?);
    Ok(command)
}
