//! Who may use whom, checked: the layers of ARCHITECTURE.md as two tables.

use std::path::{Component, Path, PathBuf};

use anyhow::{Result, bail};

use crate::workspace::{Workspace, files_below};

/// Files below `inside`, except those below one of `except`, import nothing below one of `forbidden`.
struct ImportRule {
    inside: &'static str,
    except: &'static [&'static str],
    forbidden: &'static [&'static str],
    because: &'static str,
}

const IMPORT_RULES: &[ImportRule] = &[
    ImportRule {
        inside: "extension",
        // Types cross for free, so the one file of messages may take them from where they are generated.
        except: &["extension/core.ts", "extension/shared/messages.ts"],
        forbidden: &["extension/generated"],
        because: "only extension/core.ts starts the core",
    },
    ImportRule {
        inside: "extension/content",
        except: &[],
        forbidden: &[
            "extension/core",
            "extension/storage",
            "extension/background",
            "extension/popup",
            "extension/options",
            "extension/triage",
        ],
        because: "a content script never sees a token, a URL to fetch, or storage",
    },
    ImportRule {
        inside: "extension/shared",
        except: &[],
        forbidden: &[
            "extension/core",
            "extension/storage",
            "extension/background",
            "extension/content",
            "extension/popup",
            "extension/options",
            "extension/triage",
        ],
        because: "what all share depends on none of them",
    },
    ImportRule {
        inside: "extension/popup",
        except: &[],
        forbidden: &[
            "extension/core",
            "extension/background",
            "extension/content",
            "extension/options",
            "extension/triage",
        ],
        because: "a page asks the background by messages",
    },
    ImportRule {
        inside: "extension/options",
        except: &[],
        forbidden: &[
            "extension/core",
            "extension/background",
            "extension/content",
            "extension/popup",
            "extension/triage",
        ],
        because: "a page asks the background by messages",
    },
    ImportRule {
        inside: "extension/triage",
        except: &[],
        forbidden: &[
            "extension/core",
            "extension/background",
            "extension/content",
            "extension/popup",
            "extension/options",
        ],
        because: "a page asks the background by messages",
    },
];

/// Files of one kind below `inside` hold none of `forbidden` outside comments.
struct WordRule {
    inside: &'static str,
    kind: &'static str,
    forbidden: &'static [&'static str],
    because: &'static str,
}

const WORD_RULES: &[WordRule] = &[
    WordRule {
        inside: "extension",
        kind: "ts",
        forbidden: &[
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "createContextualFragment",
            "DOMParser",
        ],
        because: "names, titles and bios are text and never HTML",
    },
    WordRule {
        inside: "extension",
        kind: "ts",
        forbidden: &["eval(", "new Function(", "XMLHttpRequest"],
        because: "the extension runs only what it brings and calls GitHub only through the core",
    },
    WordRule {
        inside: "extension/content",
        kind: "ts",
        forbidden: &["chrome.storage", "fetch("],
        because: "a content script neither fetches nor stores",
    },
    WordRule {
        inside: "crate/core/src/finding",
        kind: "rs",
        forbidden: &[
            "serde_json",
            "crate::json",
            "crate::github",
            "crate::engine",
        ],
        because: "a finding sees evidence, never JSON, calls or queues",
    },
    WordRule {
        inside: "crate/core/src/finding",
        kind: "rs",
        forbidden: &["crate::own", "crate::settings"],
        because: "what the reader keeps of people is no evidence",
    },
    WordRule {
        inside: "crate/core/src/assess",
        kind: "rs",
        forbidden: &["crate::own", "crate::settings"],
        because: "what the reader keeps of people is no evidence",
    },
    WordRule {
        inside: "crate/core/src/github",
        kind: "rs",
        forbidden: &["crate::finding", "crate::assess", "crate::engine"],
        because: "github/* makes evidence, never findings",
    },
    WordRule {
        inside: "crate/core/src",
        kind: "rs",
        forbidden: &[
            "std::time::SystemTime",
            "std::time::Instant",
            "std::env",
            "std::fs",
            "std::net",
            "std::thread",
            "println!",
            "web_sys",
            "js_sys",
            "gloo_net",
        ],
        because: "the core is pure: no web, clock or I/O",
    },
];

/// Fails with every place that breaks a rule.
pub fn check(workspace: &Workspace) -> Result<()> {
    let mut faults = Vec::new();
    for top in ["extension", "crate/core/src"] {
        for file in files_below(&workspace.path(top))? {
            let kind = file
                .extension()
                .and_then(|kind| kind.to_str())
                .unwrap_or_default();
            let path = file.strip_prefix(&workspace.root)?;
            // What is generated follows from what is checked.
            if !["ts", "rs"].contains(&kind) || path.starts_with("extension/generated") {
                continue;
            }
            faults.extend(faults_in(path, kind, &std::fs::read_to_string(&file)?));
        }
    }
    if faults.is_empty() {
        return Ok(());
    }
    bail!("the layers are not kept:\n  {}", faults.join("\n  "))
}

fn faults_in(path: &Path, kind: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for rule in IMPORT_RULES
        .iter()
        .filter(|rule| kind == "ts" && path.starts_with(rule.inside))
    {
        if rule.except.iter().any(|except| path.starts_with(except)) {
            continue;
        }
        for import in imports(path, text) {
            if rule
                .forbidden
                .iter()
                .any(|forbidden| import.starts_with(forbidden))
            {
                faults.push(format!(
                    "{} imports {}, but {}",
                    path.display(),
                    import.display(),
                    rule.because
                ));
            }
        }
    }
    // Tests make pages of their own, from text.
    let is_test = path.to_string_lossy().ends_with(".test.ts");
    for rule in WORD_RULES
        .iter()
        .filter(|rule| kind == rule.kind && path.starts_with(rule.inside) && !is_test)
    {
        for (index, line) in text.lines().enumerate() {
            let code = line.trim_start();
            // Tests stand at the end of a file and may read what they like.
            if code.starts_with("#[cfg(test)]") {
                break;
            }
            if ["//", "*", "/*"]
                .iter()
                .any(|comment| code.starts_with(comment))
            {
                continue;
            }
            if let Some(word) = rule.forbidden.iter().find(|word| code.contains(*word)) {
                faults.push(format!(
                    "{}:{} holds `{word}`, but {}",
                    path.display(),
                    index + 1,
                    rule.because
                ));
            }
        }
    }
    faults
}

/// What a TypeScript file imports from beside itself, as paths in the project without their endings.
fn imports(file: &Path, text: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for opening in ["from \"", "import \"", "import(\""] {
        for rest in text.split(opening).skip(1) {
            let Some((specifier, _)) = rest.split_once('"') else {
                continue;
            };
            if specifier.starts_with('.') {
                let path = file
                    .parent()
                    .unwrap_or(Path::new(""))
                    .join(specifier)
                    .with_extension("");
                found.push(normal(&path));
            }
        }
    }
    found
}

/// The path with its `.` and `..` carried out.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                normal.pop();
            }
            Component::CurDir => {}
            other => normal.push(other),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_faults(path: &str, text: &str, expected: &[&str]) {
        let path = Path::new(path);
        let kind = path.extension().unwrap().to_str().unwrap();
        let faults = faults_in(path, kind, text);
        assert_eq!(faults.len(), expected.len(), "{faults:?}");
        for (fault, part) in faults.iter().zip(expected) {
            assert!(fault.contains(part), "{fault}");
        }
    }

    #[test]
    fn imports_across_layers_are_found() {
        check_faults(
            "extension/content/page.ts",
            r#"import { x } from "../core.js";"#,
            &["imports extension/core,"],
        );
        check_faults(
            "extension/content/page.ts",
            r#"const x = await import("../storage.ts");"#,
            &["imports extension/storage,"],
        );
        check_faults(
            "extension/popup/popup.ts",
            r#"import init from "../generated/core.js";"#,
            &["only extension/core.ts"],
        );
        check_faults(
            "extension/shared/a.ts",
            r#"import "./../content/badge.js";"#,
            &["imports extension/content/badge,"],
        );
        check_faults(
            "extension/core.ts",
            r#"import init from "./generated/core.js";"#,
            &[],
        );
        check_faults(
            "extension/content/page.ts",
            r#"import { x } from "./core.js";"#,
            &[],
        );
    }

    #[test]
    fn words_are_found_outside_comments() {
        check_faults(
            "extension/content/card.ts",
            "a;\nb.innerHTML = c;",
            &["card.ts:2 holds `innerHTML`"],
        );
        check_faults("extension/content/card.test.ts", "b.innerHTML = c;", &[]);
        check_faults(
            "extension/content/card.ts",
            "// never innerHTML\n * innerHTML",
            &[],
        );
        check_faults(
            "crate/core/src/finding/age.rs",
            "use serde_json::Value;",
            &["`serde_json`"],
        );
        check_faults(
            "crate/core/src/github/read.rs",
            "use serde_json::Value;",
            &[],
        );
    }
}
