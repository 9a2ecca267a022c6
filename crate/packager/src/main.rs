//! What `cargo xtask` needs large libraries for: the JavaScript around a WebAssembly module, and zips.
//!
//! A program of its own, which `crate/xtask/src/packager.rs` runs: these libraries take longer to compile than all the
//! rest of xtask, and most tasks do without them.

mod archive;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};
use wasm_bindgen_cli_support::Bindgen;

const USAGE: &str = "\
bonafide-packager bindgen MODULE SCRIPT NAME FOLDER
    writes NAME.js, NAME.d.ts and NAME_bg.wasm; SCRIPT is module (to be imported) or
    classic (stands in a page and leaves one name there, wasm_bindgen)
bonafide-packager zip FOLDER FILE
    packs a folder so that equal folders give equal bytes
bonafide-packager gzipped-size FILE
    prints how many bytes a file has when it is compressed
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bonafide-packager: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[&str]) -> Result<()> {
    match args {
        ["bindgen", module, script, name, folder] => bindgen(module, script, name, folder),
        ["zip", folder, file] => std::fs::write(file, archive::zip(Path::new(folder))?)
            .with_context(|| format!("cannot write {file}")),
        ["gzipped-size", file] => {
            println!("{}", archive::gzipped_size(Path::new(file))?);
            Ok(())
        }
        _ => bail!("unknown arguments\n\n{USAGE}"),
    }
}

fn bindgen(module: &str, script: &str, name: &str, folder: &str) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module);
    match script {
        "module" => bindgen.web(true),
        "classic" => bindgen.no_modules(true),
        other => bail!("`{other}` is no kind of script; there are module and classic"),
    }
    .and_then(|bindgen| {
        bindgen
            .typescript(true)
            .omit_default_module_path(true)
            .out_name(name)
            .generate(folder)
    })
    .map_err(|error| anyhow!("wasm-bindgen: {error:#}"))
}
