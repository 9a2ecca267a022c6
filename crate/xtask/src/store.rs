//! `cargo xtask store`: what the browsers' stores want besides the extension, into `dist/store`.

use std::path::Path;

use anyhow::{Context, Result, bail};
use xshell::cmd;

use crate::setup::{self, Browser};
use crate::workspace::{VERSION, Workspace};
use crate::{demo, dist, e2e, notices, packager};

/// Texts for the stores' forms, and the script for their reviewers.
const TEXTS: &str = "docs/store";
/// It stands at the top of the source that reviewers get.
const BUILD_SCRIPT: &str = "build-for-amo";

/// Builds both packages, and writes them, the source, the texts and pictures of the demo. With `verify` it also builds the source as a
/// reviewer does, in some minutes, and fails where that gives other bytes.
pub fn run(workspace: &Workspace, verify: bool) -> Result<()> {
    dist::run(workspace)?;
    let store = workspace.path("dist/store");
    clear(&store)?;
    for browser in Browser::ALL {
        copy(&dist::zipped(workspace, browser), &store)?;
    }
    for entry in std::fs::read_dir(workspace.path(TEXTS))? {
        let text = entry?.path();
        if text.extension().is_some_and(|kind| kind == "md") {
            copy(&text, &store)?;
        }
    }
    let source = workspace.target.join("store-source");
    write_source(workspace, &source)?;
    let zip = store.join(format!("bonafide-{VERSION}-source.zip"));
    packager::zip(workspace, &source, &zip)?;
    if verify {
        verify_source(workspace, &source)?;
    }
    pictures(workspace, &store)?;
    println!("{}", store.display());
    Ok(())
}

/// Screenshots and the tile, by `tests/e2e/store-pictures.ts`, which also looks at the icon's margins.
fn pictures(workspace: &Workspace, store: &Path) -> Result<()> {
    setup::browser(workspace, Browser::Chromium)?;
    e2e::build_world(workspace)?;
    let status = demo::driver(workspace, "store-pictures")?
        .arg(store)
        .status()
        .context("Node does not run")?;
    if !status.success() {
        bail!("the pictures were not taken; what happened stands above");
    }
    Ok(())
}

/// Everything that is committed, with the script on top and the compiler's version fixed.
fn write_source(workspace: &Workspace, source: &Path) -> Result<()> {
    let shell = &workspace.shell;
    clear(source)?;
    let files = cmd!(shell, "git ls-files -z").quiet().read()?;
    for file in files.split('\0').filter(|file| !file.is_empty()) {
        let place = source.join(file);
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::copy(workspace.path(file), &place)
            .with_context(|| format!("{file} is committed and not there"))?;
    }
    let script = workspace.path(TEXTS).join(BUILD_SCRIPT);
    copy(&script, source)?;
    let toolchain = source.join("rust-toolchain.toml");
    let text = shell.read_file(&toolchain)?;
    let version = notices::rust_version(workspace)?;
    let fixed = text.replace("\"stable\"", &format!("\"{version}\""));
    if fixed == text {
        bail!("rust-toolchain.toml names no stable compiler");
    }
    std::fs::write(toolchain, fixed)?;
    Ok(())
}

fn verify_source(workspace: &Workspace, source: &Path) -> Result<()> {
    let shell = &workspace.shell;
    let toolchain = cmd!(shell, "rustup show active-toolchain").quiet().read()?;
    let toolchain = toolchain.split(' ').next().unwrap_or_default();
    let script = source.join(BUILD_SCRIPT);
    cmd!(shell, "sh {script}")
        // The compiler is the same, under the name that it has on this machine.
        .env("RUSTUP_TOOLCHAIN", toolchain)
        .env("CARGO_TARGET_DIR", source.join("target"))
        .run()
        .context("the source does not build")?;
    let zip = dist::zipped(workspace, Browser::Firefox);
    let again = source
        .join("dist")
        .join(zip.file_name().unwrap_or_default());
    if std::fs::read(&zip)? != std::fs::read(&again)? {
        bail!(
            "the source builds other bytes: compare {} and {}",
            zip.display(),
            again.display()
        );
    }
    println!("The source builds the same bytes.");
    Ok(())
}

fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    Ok(())
}

fn copy(file: &Path, folder: &Path) -> Result<()> {
    let place = folder.join(file.file_name().unwrap_or_default());
    std::fs::copy(file, &place).with_context(|| format!("cannot copy {}", file.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    /// What a store asks about has to be answered there, and told to those who use Bonafide.
    #[test]
    fn every_permission_has_its_reason_and_every_text_fits() {
        let workspace = Workspace::open().unwrap();
        let read = |path: &str| std::fs::read_to_string(workspace.path(path)).unwrap();
        let manifest: Value = serde_json::from_str(&read("manifest.json")).unwrap();
        let list = |of: &Value| -> Vec<String> {
            let all = of.as_array().into_iter().flatten();
            all.map(|it| it.as_str().unwrap().trim_end_matches("/*").to_owned())
                .collect()
        };
        let asked = [
            list(&manifest["permissions"]),
            list(&manifest["host_permissions"]),
            list(&manifest["content_scripts"][0]["matches"]),
        ];
        for text in ["docs/store/permissions.md", "PRIVACY.md"] {
            for permission in asked.iter().flatten() {
                assert!(read(text).contains(permission), "{permission} in {text}");
            }
        }
        let gecko = &manifest["browser_specific_settings"]["gecko"];
        for data in list(&gecko["data_collection_permissions"]["required"]) {
            assert!(read("docs/store/privacy.md").contains(&data), "{data}");
        }
        // Chrome Web Store takes a summary of 132 characters, and addons.mozilla.org one of 250.
        for language in ["en", "de"] {
            let path = format!("extension/_locales/{language}/messages.json");
            let messages: Value = serde_json::from_str(&read(&path)).unwrap();
            let summary = messages["extensionDescription"]["message"]
                .as_str()
                .unwrap();
            assert!(summary.chars().count() <= 132, "{summary}");
            assert!(
                read(&format!("docs/store/listing.{language}.md")).contains(summary),
                "{language}"
            );
        }
    }
}
