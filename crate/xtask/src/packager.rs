//! Runs `crate/packager`, which is compiled only where a task needs it.

use std::path::Path;

use anyhow::{Context, Result};
use xshell::{Cmd, cmd};

use crate::workspace::Workspace;

/// How the JavaScript beside a WebAssembly module is loaded.
#[derive(Clone, Copy)]
pub enum Script {
    /// It is imported.
    Module,
    /// It stands in a page and leaves one name there, `wasm_bindgen`.
    Classic,
}

/// Writes `NAME.js`, `NAME.d.ts` and `NAME_bg.wasm` for what cargo has built.
pub fn bindgen(
    workspace: &Workspace,
    module: &Path,
    script: Script,
    name: &str,
    folder: &Path,
) -> Result<()> {
    let script = match script {
        Script::Module => "module",
        Script::Classic => "classic",
    };
    program(workspace)
        .arg("bindgen")
        .arg(module)
        .args([script, name])
        .arg(folder)
        .run()
        .with_context(|| format!("{} gets no JavaScript", module.display()))
}

/// Packs a folder so that equal folders give equal bytes.
pub fn zip(workspace: &Workspace, folder: &Path, file: &Path) -> Result<()> {
    program(workspace)
        .arg("zip")
        .arg(folder)
        .arg(file)
        .run()
        .with_context(|| format!("{} cannot be packed", folder.display()))
}

/// The bytes of a file after gzip at its best.
pub fn gzipped_size(workspace: &Workspace, file: &Path) -> Result<u64> {
    let size = program(workspace).arg("gzipped-size").arg(file).read()?;
    size.parse()
        .with_context(|| format!("the packager gives `{size}` as a size"))
}

fn program(workspace: &Workspace) -> Cmd<'_> {
    let shell = &workspace.shell;
    cmd!(
        shell,
        "cargo run --quiet --locked --package bonafide-packager --"
    )
    .quiet()
}
