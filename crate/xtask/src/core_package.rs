//! The core: from Rust to a small WebAssembly module, its JavaScript and its TypeScript types in `extension/generated`.

use anyhow::{Context, Result, anyhow, ensure};
use serde::Deserialize;
use wasm_bindgen_cli_support::Bindgen;
use xshell::cmd;

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

/// Where the package goes; made at build time and never committed.
pub const GENERATED: &str = "extension/generated";

/// Builds `crate/wasm` for release and writes `core.js`, `core.d.ts`, `core_bg.wasm`.
pub fn build(workspace: &Workspace) -> Result<()> {
    let shell = &workspace.shell;
    // Paths of this machine stand in panic messages; another machine is to make the same bytes.
    let cargo_home = std::env::var("CARGO_HOME")
        .or_else(|_| std::env::var("HOME").map(|home| format!("{home}/.cargo")))
        .unwrap_or_default();
    let flags = format!(
        "--remap-path-prefix={}=/bonafide --remap-path-prefix={cargo_home}=/cargo",
        workspace.root.display()
    );
    cmd!(
        shell,
        "cargo build --quiet --locked --release --package bonafide-wasm --target {WASM_TARGET}"
    )
    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags)
    .run()
    .context("the core does not build for WebAssembly")?;

    let out = workspace.path(GENERATED);
    let module = workspace
        .target
        .join(WASM_TARGET)
        .join("release/bonafide_wasm.wasm");
    Bindgen::new()
        .input_path(module)
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .typescript(true)
                .omit_default_module_path(true)
                .out_name("core")
                .generate(&out)
        })
        .map_err(|error| anyhow!("wasm-bindgen: {error:#}"))?;

    let wasm = out.join("core_bg.wasm");
    let renamed = workspace
        .npm_program("wasm-opt")
        .args(["-Oz", "--strip-producers"])
        // wasm-bindgen's names are long and full of hashes, which no compression makes smaller.
        .arg("--minify-imports-and-exports-and-modules")
        .args(WASM_FEATURES)
        .arg(&wasm)
        .arg("--output")
        .arg(&wasm)
        .quiet()
        .read()
        .context("wasm-opt failed on the core")?;
    let glue = out.join("core.js");
    let glue_text = shell.read_file(&glue)?;
    let renamed = serde_json::from_str(&renamed).context("wasm-opt tells no names")?;
    shell.write_file(&glue, rename(glue_text, &renamed)?)?;
    Ok(())
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
    for (_, old, new) in &renamed.imports {
        let (with_it, is_there) = replace_name(&glue, &format!(" {old}"), &format!(" {new}"));
        ensure!(is_there, "wasm-bindgen's JavaScript does not know `{old}`");
        glue = with_it;
    }
    // What the module offers is not all used.
    for (old, new) in &renamed.exports {
        (glue, _) = replace_name(&glue, &format!("wasm.{old}"), &format!("wasm.{new}"));
    }
    // All that the module takes comes from one module, which is now called `a`.
    Ok(glue.replace("\"./core_bg.js\"", "a"))
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
