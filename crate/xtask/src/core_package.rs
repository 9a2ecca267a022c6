//! The core: from Rust to a small WebAssembly module, its JavaScript and its TypeScript types in `extension/generated`.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use xshell::{Cmd, cmd};

use crate::packager::{self, Script};
use crate::setup::WASM_TARGET;
use crate::workspace::Workspace;

/// What wasm-opt may use. They are named one by one because `--all-features` also allows what Firefox refuses.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The package that becomes the module.
const CORE: &str = "bonafide-wasm";

/// Where the package goes; made at build time and never committed.
pub const GENERATED: &str = "extension/generated";

/// Builds `crate/wasm` for release and writes `core.js`, `core.d.ts`, `core_bg.wasm`.
pub fn build(workspace: &Workspace) -> Result<()> {
    let out = workspace.path(GENERATED);
    package(workspace, CORE, Script::Module, "core", &out)
}

/// Starts to compile `crate/wasm` as [`build`] will want it, and says nothing: what is wrong with it `build` tells.
pub fn compile_beside(workspace: &Workspace) -> Result<Child> {
    let mut command: Command = cargo_build(workspace, CORE).into();
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("cargo does not run")
}

/// Builds any package as what is shipped is built, and writes `NAME.js`, `NAME.d.ts`, `NAME_bg.wasm`.
pub fn package(
    workspace: &Workspace,
    package: &str,
    script: Script,
    name: &str,
    out: &Path,
) -> Result<()> {
    cargo_build(workspace, package)
        .run()
        .with_context(|| format!("{package} does not build for WebAssembly"))?;

    let module = workspace
        .target
        .join(WASM_TARGET)
        .join("release")
        .join(package.replace('-', "_"))
        .with_extension("wasm");
    packager::bindgen(workspace, &module, script, name, out)?;

    let wasm = out.join(format!("{name}_bg.wasm"));
    let renamed = workspace
        .npm_program("wasm-opt")
        .args(["-Oz", "--strip-producers"])
        // Nothing but the very end of the stack stands in the first KB: an address near zero need not be reckoned with.
        .arg("--low-memory-unused")
        // wasm-bindgen's names are long and full of hashes, which no compression makes smaller.
        .arg("--minify-imports-and-exports-and-modules")
        .args(WASM_FEATURES)
        .arg(&wasm)
        .arg("--output")
        .arg(&wasm)
        .quiet()
        .read()
        .with_context(|| format!("wasm-opt failed on {package}"))?;
    let glue = out.join(format!("{name}.js"));
    let glue_text = workspace.shell.read_file(&glue)?;
    let renamed = serde_json::from_str(&renamed).context("wasm-opt tells no names")?;
    workspace
        .shell
        .write_file(&glue, rename(glue_text, &renamed)?)?;
    Ok(())
}

fn cargo_build<'a>(workspace: &'a Workspace, package: &str) -> Cmd<'a> {
    let shell = &workspace.shell;
    // Paths of this machine stand in panic messages; another machine makes the same bytes.
    let cargo_home = std::env::var("CARGO_HOME")
        .or_else(|_| std::env::var("HOME").map(|home| format!("{home}/.cargo")))
        .unwrap_or_default();
    let flags = format!(
        "--remap-path-prefix={}=/bonafide --remap-path-prefix={cargo_home}=/cargo",
        workspace.root.display()
    );
    cmd!(
        shell,
        "cargo build --quiet --locked --release --package {package} --target {WASM_TARGET}"
    )
    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags)
}

/// The names that wasm-opt gave to what the module takes and offers.
#[derive(Deserialize)]
struct Renamed {
    /// Module, name, new name.
    imports: Vec<(String, String, String)>,
    /// Name, new name.
    exports: Vec<(String, String)>,
}

/// Gives the JavaScript around the module the module's new names.
fn rename(mut glue: String, renamed: &Renamed) -> Result<String> {
    for (module, old, new) in &renamed.imports {
        let (with_it, is_there) = replace_name(&glue, &format!(" {old}"), &format!(" {new}"));
        ensure!(is_there, "wasm-bindgen's JavaScript does not know `{old}`");
        // All that is taken comes from one module, which is now called `a`.
        glue = with_it.replace(&format!("\"{module}\""), "a");
    }
    // What the module offers is not all used.
    for (old, new) in &renamed.exports {
        (glue, _) = replace_name(&glue, &format!("wasm.{old}"), &format!("wasm.{new}"));
    }
    Ok(glue)
}

/// Replaces a name wherever it does not go on; tells whether it was there.
fn replace_name(text: &str, old: &str, new: &str) -> (String, bool) {
    let goes_on =
        |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphanumeric() || "_$".contains(c));
    let mut pieces = text.split(old);
    let mut replaced = pieces.next().unwrap_or_default().to_owned();
    let mut is_there = false;
    for piece in pieces {
        let is_whole = !goes_on(piece);
        is_there |= is_whole;
        replaced.push_str(if is_whole { new } else { old });
        replaced.push_str(piece);
    }
    (replaced, is_there)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glue_gets_the_module_s_names() {
        let renamed = Renamed {
            imports: vec![("./core_bg.js".into(), "__wbg_get_1f".into(), "b".into())],
            exports: vec![("free".into(), "c".into()), ("free_all".into(), "d".into())],
        };
        let glue = "{ __wbg_get_1f: function() { wasm.free_all(); wasm.free(free); } }, \"./core_bg.js\": x";
        assert_eq!(
            rename(glue.to_owned(), &renamed).unwrap(),
            "{ b: function() { wasm.d(); wasm.c(free); } }, a: x"
        );
        assert!(rename("{ wasm.free() }".to_owned(), &renamed).is_err());
    }
}
