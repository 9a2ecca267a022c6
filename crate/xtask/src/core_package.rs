//! The core: from Rust to a small WebAssembly module, its JavaScript and its TypeScript types in `extension/generated`.

use anyhow::{Context, Result, anyhow};
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
    workspace
        .npm_program("wasm-opt")
        .args(["-Oz", "--strip-producers"])
        .args(WASM_FEATURES)
        .arg(&wasm)
        .arg("--output")
        .arg(&wasm)
        .quiet()
        .run()
        .context("wasm-opt failed on the core")
}
