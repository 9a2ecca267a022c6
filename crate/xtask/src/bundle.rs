//! The extension's folder as a browser loads it, and the zip that a store takes.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::manifest;
use crate::setup::Browser;
use crate::workspace::{Workspace, files_below};

/// Pages and the worker are modules; each entry point becomes one file.
const MODULES: [&str; 3] = [
    "extension/background.ts",
    "extension/popup/popup.ts",
    "extension/options/options.ts",
];
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
    let script = ["--format=iife", "--minify"];
    esbuild(workspace, &[CARD_BUNDLE], browser, dir, &script)?;
    let banner = format!("--banner:js={COMPILE_AT_ONCE}");
    let at_once = [&script[..], &[&banner]].concat();
    esbuild(workspace, &[MAIN], browser, dir, &at_once)?;
    std::fs::write(
        dir.join("manifest.json"),
        manifest::for_browser(&source, browser)?,
    )?;
    copy_files(workspace, dir)
}

/// What is shipped stays readable, so names and lines are kept; only types and comments go. Content scripts alone are
/// minified: they run in every page of GitHub and are held to 48 KB.
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

/// Packs a folder so that equal folders give equal bytes: sorted names, one fixed time, one mode.
pub fn zip(dir: &Path) -> Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        // The earliest time that a zip can hold.
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for file in files_below(dir)? {
        let name = file
            .strip_prefix(dir)?
            .to_str()
            .with_context(|| format!("{} is no UTF-8 name", file.display()))?;
        zip.start_file(name.replace('\\', "/"), options)?;
        zip.write_all(&std::fs::read(&file)?)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two folders of the same content, written in another order and at another time, give the same zip.
    #[test]
    fn zips_are_the_same_from_the_same_files() {
        let home = std::env::temp_dir().join(format!("bonafide-zip-{}", std::process::id()));
        let files = [
            ("b.txt", "second"),
            ("a/c.txt", "first"),
            ("a.txt", "third"),
        ];
        let write = |name: &str, backwards: bool| {
            let dir = home.join(name);
            std::fs::create_dir_all(dir.join("a")).unwrap();
            let mut files = files.to_vec();
            if backwards {
                files.reverse();
            }
            for (path, text) in files {
                std::fs::write(dir.join(path), text).unwrap();
                let old = std::time::SystemTime::UNIX_EPOCH
                    + std::time::Duration::from_secs(if backwards { 1 << 30 } else { 1 << 29 });
                std::fs::File::options()
                    .write(true)
                    .open(dir.join(path))
                    .unwrap()
                    .set_modified(old)
                    .unwrap();
            }
            zip(&dir).unwrap()
        };
        let (one, two) = (write("one", false), write("two", true));
        std::fs::remove_dir_all(&home).unwrap();
        assert_eq!(one, two);
        assert!(!one.is_empty());
    }
}
