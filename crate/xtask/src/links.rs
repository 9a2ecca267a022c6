//! What the documents name is there: files behind links, headings behind anchors, paths in code, files in npm's scripts.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use xshell::cmd;

use crate::workspace::Workspace;

/// What is in code marks and begins so is a path of this project.
const FOLDERS: [&str; 5] = ["crate/", "docs/", "extension/", "tests/", ".cargo/"];
/// Made by the build.
const GENERATED: &str = "extension/generated";

/// Fails with everything that is named and not there.
pub fn check(workspace: &Workspace) -> Result<()> {
    let shell = &workspace.shell;
    let documents = cmd!(
        shell,
        "git ls-files --cached --others --exclude-standard *.md"
    )
    .quiet()
    .read()
    .context("git does not list the documents")?;
    let mut faults = Vec::new();
    for document in documents.lines() {
        let Ok(text) = std::fs::read_to_string(workspace.path(document)) else {
            // Deleted, and not yet committed.
            continue;
        };
        faults.extend(faults_in(&workspace.root, document, &text));
    }
    let scripts: Value = serde_json::from_str(&shell.read_file(workspace.path("package.json"))?)?;
    for (name, script) in scripts["scripts"].as_object().into_iter().flatten() {
        for word in script.as_str().unwrap_or_default().split_whitespace() {
            if word.starts_with("tests/") && !workspace.path(word).exists() {
                faults.push(format!("package.json's script {name} names {word}"));
            }
        }
    }
    faults.extend(missing_tests(workspace)?);
    if faults.is_empty() {
        return Ok(());
    }
    bail!("named and not there:\n  {}", faults.join("\n  "))
}

/// The tests that ARCHITECTURE's table of bounds names in its last column and that are not there.
fn missing_tests(workspace: &Workspace) -> Result<Vec<String>> {
    const DOCUMENT: &str = "ARCHITECTURE.md";
    let shell = &workspace.shell;
    let files = cmd!(
        shell,
        "git ls-files --cached --others --exclude-standard *.rs *.test.ts"
    );
    let mut sources = String::new();
    for file in files.quiet().read()?.lines() {
        sources += &std::fs::read_to_string(workspace.path(file)).unwrap_or_default();
    }
    let text = shell.read_file(workspace.path(DOCUMENT))?;
    let (_, table) = text
        .split_once("| bound | is |")
        .context("ARCHITECTURE.md has no table of bounds")?;
    let rows = table.lines().skip(2).take_while(|it| it.starts_with('|'));
    let missing = rows.filter_map(|row| {
        let name = row.trim_end_matches([' ', '|']).rsplit("| ").next()?;
        let is_there = match name.strip_prefix('`').and_then(|it| it.strip_suffix('`')) {
            Some(functions) => functions
                .split("`, `")
                .all(|function| sources.contains(&format!("fn {function}("))),
            None => name.starts_with('"') && sources.contains(name),
        };
        (!is_there).then(|| format!("{DOCUMENT}'s bounds name the test {name}"))
    });
    Ok(missing.collect())
}

fn faults_in(root: &Path, document: &str, text: &str) -> Vec<String> {
    let folder = root.join(document);
    let folder = folder.parent().unwrap_or(root);
    let mut faults = Vec::new();
    let mut is_code_block = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            is_code_block = !is_code_block;
            continue;
        }
        if is_code_block {
            continue;
        }
        let mut fault = |named: &str| faults.push(format!("{document}:{} {named}", index + 1));
        for (position, piece) in line.split('`').enumerate() {
            // Every second piece stands between two marks.
            let is_code = position % 2 == 1;
            if is_code && is_path(piece) && !exists(root, piece) {
                fault(piece);
            } else if !is_code {
                links(piece)
                    .filter(|target| !leads_somewhere(folder, text, target))
                    .for_each(&mut fault);
            }
        }
    }
    faults
}

fn is_path(code: &str) -> bool {
    let has_placeholder = code.contains(|c: char| "<>{}*… ".contains(c));
    FOLDERS.iter().any(|folder| code.starts_with(folder))
        && !has_placeholder
        && !code.starts_with(GENERATED)
}

fn exists(root: &Path, path: &str) -> bool {
    // `crate/core/src/report.rs:12`, `crate/core/src/engine`
    let path = path.split(':').next().unwrap_or(path);
    root.join(path).exists()
}

/// The targets of `[text](target)`; an image in a link's text has one of its own.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| {
        let target = rest.split_once(')')?.0;
        Some(target.split(' ').next().unwrap_or(target))
    })
}

fn leads_somewhere(folder: &Path, text: &str, target: &str) -> bool {
    if ["https:", "http:", "mailto:"]
        .iter()
        .any(|scheme| target.starts_with(scheme))
    {
        return true;
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let file = folder.join(path);
    let has_heading = |text: &str| {
        let headings = text.lines().filter(|line| line.starts_with('#'));
        headings.into_iter().any(|line| slug(line) == anchor)
    };
    if anchor.is_empty() {
        file.exists()
    } else if path.is_empty() {
        has_heading(text)
    } else {
        std::fs::read_to_string(file).is_ok_and(|text| has_heading(&text))
    }
}

/// What GitHub makes of a heading: small letters, digits, hyphens.
fn slug(heading: &str) -> String {
    heading
        .trim_start_matches('#')
        .trim()
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || "-_ ".contains(*c))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Documents stand at the root of this very project.
    #[track_caller]
    fn check_faults(text: &str, expected: &[&str]) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let faults = faults_in(&root, "A.md", text);
        let expected: Vec<String> = expected.iter().map(|it| format!("A.md:{it}")).collect();
        assert_eq!(faults, expected, "{text}");
    }

    #[test]
    fn a_link_leads_to_a_file_or_a_heading() {
        check_faults("[a](README.md) [b](https://example.com/x.md)", &[]);
        check_faults("a\n[a](gone.md)", &["2 gone.md"]);
        check_faults("[a](README.md#your-data)", &[]);
        check_faults("[a](README.md#gone)", &["1 README.md#gone"]);
        check_faults("## Of *this* file, too\n[a](#of-this-file-too)", &[]);
        check_faults("[![a](docs/gone.png)](README.md)", &["1 docs/gone.png"]);
        check_faults("```\n[a](gone.md)\n```", &[]);
        check_faults("`[a](gone.md)`", &[]);
    }

    #[test]
    fn a_path_in_code_is_there() {
        check_faults("`crate/xtask/src/links.rs` and `crate/xtask`", &[]);
        check_faults("see `crate/gone.rs`", &["1 crate/gone.rs"]);
        check_faults("`crate/core/src/finding/<id>.rs`", &[]);
        check_faults("`extension/generated/core.js`", &[]);
        check_faults("crate/gone.rs", &[]);
    }
}
