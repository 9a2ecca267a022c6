//! `cargo xtask dist`: from the sources to `dist/chrome`, `dist/firefox` and a zip of each.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::setup::Browser;
use crate::workspace::{VERSION, Workspace};
use crate::{bundle, core_package, packager, sbom, setup, size};

/// The unpacked extension of a browser, whether or not it has been built.
pub fn unpacked(workspace: &Workspace, browser: Browser) -> PathBuf {
    workspace.path("dist").join(folder(browser))
}

/// The zip of a browser's extension, whether or not it has been built.
pub fn zipped(workspace: &Workspace, browser: Browser) -> PathBuf {
    workspace
        .path("dist")
        .join(format!("bonafide-{}-{VERSION}.zip", folder(browser)))
}

fn folder(browser: Browser) -> &'static str {
    match browser {
        Browser::Chromium => "chrome",
        Browser::Firefox => "firefox",
    }
}

/// Builds everything, prints what came out, and gives the sizes that are watched.
pub fn run(workspace: &Workspace) -> Result<size::Sizes> {
    setup::wasm_target(workspace)?;
    setup::npm_packages(workspace)?;
    core_package::build(workspace)?;
    for browser in Browser::ALL {
        let dir = unpacked(workspace, browser);
        if dir.exists() {
            std::fs::remove_dir_all(&dir)
                .with_context(|| format!("cannot clear {}", dir.display()))?;
        }
        bundle::write_unpacked(workspace, browser, &dir)?;
        let zip = zipped(workspace, browser);
        packager::zip(workspace, &dir, &zip)?;
        println!("{} and {}", dir.display(), zip.display());
    }
    let bill = sbom::file(workspace);
    std::fs::write(&bill, sbom::text(workspace)?)?;
    println!("{}", bill.display());
    let sizes = size::measure(workspace, &unpacked(workspace, Browser::Chromium))?;
    println!("{sizes}");
    Ok(sizes)
}
