//! What everybody must be told whose code is compiled into the package: `THIRD-PARTY-NOTICES.txt`.
//!
//! cargo-about does the same, but is no library, and takes longer to compile than all of this project.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use spdx::{Expression, ParseMode};
use xshell::cmd;

use crate::metadata::{self, Package};
use crate::npm;
use crate::workspace::Workspace;

/// The file's name, at the top of each package.
pub const FILE: &str = "THIRD-PARTY-NOTICES.txt";

const HEAD: &str = "\
Bonafide contains code of other people. This file names it, with its licences.
Where a licence may be chosen, Bonafide is under the MIT licence. No other code
than that of these crates and npm packages is compiled into the package.
wasm-bindgen also wrote the JavaScript around the module.
";

/// How a file begins that holds a licence or a notice.
const LICENSE_FILES: [&str; 5] = ["COPYING", "LICENCE", "LICENSE", "NOTICE", "UNLICENSE"];

/// The notices: each text once, with the packages that it belongs to, in the order of their names.
pub fn text(workspace: &Workspace) -> Result<String> {
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut add = |name: String, text: &str| texts.entry(plain(text)).or_default().push(name);
    for package in metadata::shipped(workspace)? {
        for text in license_texts(&package)? {
            add(package.to_string(), &text);
        }
    }
    for package in npm::shipped(workspace)? {
        let text = std::fs::read_to_string(package.folder.join("LICENSE"))
            .with_context(|| format!("{package} brings no text of its licence"))?;
        add(format!("{package} (npm)"), &text);
    }
    add(
        format!("Rust's standard library {}", rust_version(workspace)?),
        &mit("The Rust Project contributors"),
    );
    let mut sections: Vec<(Vec<String>, String)> = texts
        .into_iter()
        .map(|(text, names)| (names, text))
        .collect();
    sections.sort();
    let line = "-".repeat(80);
    let sections = sections
        .iter()
        .map(|(names, text)| format!("\n{line}\n{}\n{line}\n\n{text}\n", names.join("\n")));
    Ok(HEAD.to_owned() + &sections.collect::<String>())
}

/// The version of the compiler, whose library is compiled in.
pub fn rust_version(workspace: &Workspace) -> Result<String> {
    let shell = &workspace.shell;
    let version = cmd!(shell, "rustc --version").quiet().read()?;
    let version = version.split(' ').nth(1);
    version.map(str::to_owned).context("rustc has no version")
}

fn license_texts(package: &Package) -> Result<Vec<String>> {
    let folder = package.manifest_path.parent().unwrap_or(Path::new(""));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("{package} has no sources"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if LICENSE_FILES
            .iter()
            .any(|start| name.to_uppercase().starts_with(start))
        {
            files.push(name);
        }
    }
    let may_be_mit = may_be_mit(package);
    if may_be_mit && files.iter().any(|name| name.contains("MIT")) {
        files.retain(|name| !name.contains("APACHE"));
    }
    files.sort();
    if files.is_empty() {
        ensure!(may_be_mit, "{package} brings no text of its licence");
        return Ok(vec![mit(&package.authors.join(", "))]);
    }
    let read = |name: &String| {
        std::fs::read_to_string(folder.join(name))
            .with_context(|| format!("{package}: cannot read {name}"))
    };
    files.iter().map(read).collect()
}

fn may_be_mit(package: &Package) -> bool {
    let license = package.license.as_deref().unwrap_or_default();
    Expression::parse_mode(license, ParseMode::LAX).is_ok_and(|expression| {
        // Beside MIT, Unicode's licence is asked for by tables of Unicode's, and has a file of its own.
        expression.evaluate(|part| ["MIT", "Unicode-3.0"].contains(&part.to_string().as_str()))
            && license.contains("MIT")
    })
}

/// Without what differs between files of the same words: the ends of lines, and space around.
fn plain(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// The MIT licence, for crates that name it and bring no text.
fn mit(holders: &str) -> String {
    let holders = if holders.is_empty() {
        "its authors"
    } else {
        holders
    };
    format!(
        "\
Copyright (c) {holders}

Permission is hereby granted, free of charge, to any
person obtaining a copy of this software and associated
documentation files (the \"Software\"), to deal in the
Software without restriction, including without
limitation the rights to use, copy, modify, merge,
publish, distribute, sublicense, and/or sell copies of
the Software, and to permit persons to whom the Software
is furnished to do so, subject to the following
conditions:

The above copyright notice and this permission notice
shall be included in all copies or substantial portions
of the Software.

THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF
ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED
TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A
PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT
SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY
CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION
OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR
IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER
DEALINGS IN THE SOFTWARE."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(license: &str, folder: &Path) -> Package {
        let json = serde_json::json!({
            "name": "a", "version": "1.0.0", "license": license, "source": "registry", "id": "a",
            "authors": ["Ada", "Bo"], "manifest_path": folder.join("Cargo.toml"),
        });
        serde_json::from_value(json).unwrap()
    }

    /// A crate with these files, each of which holds its own name.
    #[track_caller]
    fn check(license: &str, files: &[&str], expected: Option<&[&str]>) {
        let name = format!("bonafide-notices-{}", std::process::id());
        let folder = std::env::temp_dir()
            .join(name)
            .join(license.replace('/', "-"));
        std::fs::create_dir_all(&folder).unwrap();
        for file in files {
            std::fs::write(folder.join(file), file).unwrap();
        }
        let texts = license_texts(&package(license, &folder));
        std::fs::remove_dir_all(&folder).unwrap();
        let first_lines = texts.ok().map(|texts| {
            let first = |text: &String| text.lines().next().unwrap_or_default().to_owned();
            texts.iter().map(first).collect::<Vec<_>>()
        });
        let expected = expected.map(|it| it.iter().map(|line| (*line).to_owned()).collect());
        assert_eq!(first_lines, expected, "{license}, {files:?}");
    }

    #[test]
    fn each_crate_brings_the_texts_that_bind_us() {
        let both = ["LICENSE-APACHE", "LICENSE-MIT", "README.md"];
        check("MIT OR Apache-2.0", &both, Some(&["LICENSE-MIT"]));
        check("Apache-2.0", &both[..1], Some(&["LICENSE-APACHE"]));
        check(
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            &[
                "LICENSE-APACHE",
                "LICENSE-MIT",
                "LICENSE-UNICODE",
                "notice.txt",
            ],
            Some(&["LICENSE-MIT", "LICENSE-UNICODE", "notice.txt"]),
        );
        check("MIT/Apache-2.0", &[], Some(&["Copyright (c) Ada, Bo"]));
        check("Unicode-3.0", &[], None);
    }
}
