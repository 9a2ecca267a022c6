//! The extension's folder as a browser loads it.

use std::path::Path;

use anyhow::{Context, Result};

use crate::setup::Browser;
use crate::workspace::{Workspace, files_below};
use crate::{manifest, notices};

/// Pages and the worker are modules; each entry point becomes one file.
const MODULES: [&str; 3] = [
    "extension/background.ts",
    "extension/popup/popup.ts",
    "extension/options/options.ts",
];
/// The one page with libraries, which would be more than half of what it may have.
const TRIAGE: &str = "extension/triage/triage.ts";
/// Content scripts cannot be modules: what the second takes from the first is a global of their world.
const CARD_BUNDLE: &str = "extension/content/card-bundle.ts";
const MAIN: &str = "extension/content/main.ts";

/// Chromium compiles a script that begins so as a whole, and keeps it for the next page. Without it each function is
/// compiled when it is first called, page by page.
const COMPILE_AT_ONCE: &str = "//# allFunctionsCalledOnLoad";

/// Writes the unpacked extension into `dir`, which must not exist. Paths are those of the sources; only `_locales`
/// stands where browsers look for it, at the top.
pub fn write_unpacked(workspace: &Workspace, browser: Browser, dir: &Path) -> Result<()> {
    let source = std::fs::read_to_string(workspace.path("manifest.json"))?;
    let messages = std::fs::read_to_string(workspace.path("extension/_locales/en/messages.json"))
        .context("extension/_locales/en/messages.json cannot be read")?;
    manifest::check_messages(&source, &messages)?;

    esbuild(workspace, &MODULES, browser, dir, &["--format=esm"])?;
    esbuild(
        workspace,
        &[TRIAGE],
        browser,
        dir,
        &["--format=esm", "--minify"],
    )?;
    let script = ["--format=iife", "--minify"];
    esbuild(workspace, &[CARD_BUNDLE], browser, dir, &script)?;
    let banner = format!("--banner:js={COMPILE_AT_ONCE}");
    let at_once = [&script[..], &[&banner]].concat();
    esbuild(workspace, &[MAIN], browser, dir, &at_once)?;
    std::fs::write(
        dir.join("manifest.json"),
        manifest::for_browser(&source, browser)?,
    )?;
    std::fs::write(dir.join(notices::FILE), notices::text(workspace)?)?;
    std::fs::copy(workspace.path("LICENSE"), dir.join("LICENSE"))?;
    copy_files(workspace, dir)
}

/// What is shipped stays readable, so names and lines are kept; only types and comments go. Minified are content
/// scripts, which run in every page of GitHub, and the triage page with its libraries: `size.rs` has their limits.
fn esbuild(
    workspace: &Workspace,
    entries: &[&str],
    browser: Browser,
    dir: &Path,
    how: &[&str],
) -> Result<()> {
    // The oldest versions that the manifest admits.
    let target = match browser {
        Browser::Chromium => "chrome123",
        Browser::Firefox => "firefox142",
    };
    let out = dir.join("extension");
    workspace
        .npm_program("esbuild")
        .args(entries)
        .args([
            "--bundle",
            "--charset=utf8",
            "--legal-comments=none",
            "--log-level=warning",
            "--outbase=extension",
        ])
        // A style sheet that a script imports is text, for a shadow root.
        .arg("--loader:.css=text")
        .args(how)
        .arg(format!("--target={target}"))
        .arg(format!("--outdir={}", out.display()))
        .quiet()
        .run()
        .with_context(|| format!("esbuild cannot bundle {}", entries.join(", ")))
}

/// Everything that is taken as it is: pages, their styles, icons, words, the WebAssembly module.
fn copy_files(workspace: &Workspace, dir: &Path) -> Result<()> {
    let extension = workspace.path("extension");
    for file in files_below(&extension)? {
        let inside = file.strip_prefix(&extension)?;
        let kind = file
            .extension()
            .and_then(|kind| kind.to_str())
            .unwrap_or_default();
        let place = if inside.starts_with("_locales") {
            dir.join(inside)
        } else if kind == "svg" && inside.starts_with("icons") {
            // The icons' drawing is the source of the pictures.
            continue;
        } else if ["html", "css", "png", "svg", "wasm"].contains(&kind) {
            dir.join("extension").join(inside)
        } else {
            continue;
        };
        if let Some(parent) = place.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::copy(&file, &place).with_context(|| format!("cannot copy {}", file.display()))?;
    }
    Ok(())
}
