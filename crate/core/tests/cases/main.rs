//! Runs `tests/cases`: a folder is a test.
//!
//! `case.json` holds the evidence, the policy and one sentence on why the case
//! is there; `expected.json` what is said of it. Nothing is ever rewritten by
//! itself: where a report differs, the test leaves it beside and says how to
//! compare the two and how to accept it.

mod given;

use bonafide_core::assess::assess;
use bonafide_core::policy::Policy;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn cases() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cases");
    let folder = fs::canonicalize(folder).unwrap();
    let mut all: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    all.sort();
    all
}

/// What is said of a case, as it stands in `expected.json`.
fn told(folder: &Path) -> String {
    let case = fs::read_to_string(folder.join("case.json")).unwrap();
    let case: given::Case =
        serde_json::from_str(&case).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    assert!(case.why.ends_with('.'), "{}: why?", folder.display());
    let now = case.now;
    let policy = Policy::preset(case.policy);
    let assessment = assess(&case.evidence(), &policy, now);
    let told = serde_json::json!({
        "closersNeeded": assessment.closers_needed,
        "needs": assessment.needs,
        "report": assessment.report,
    });
    serde_json::to_string_pretty(&told).unwrap() + "\n"
}

#[test]
fn reports_are_as_expected() {
    let mut differences = String::new();
    for folder in cases() {
        let expected_path = folder.join("expected.json");
        let expected = fs::read_to_string(&expected_path).unwrap_or_default();
        let told = told(&folder);
        if told == expected {
            continue;
        }
        let name = folder.file_name().unwrap().to_str().unwrap();
        let beside = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.json"));
        fs::write(&beside, &told).unwrap();
        let line = told
            .lines()
            .zip(expected.lines())
            .position(|(told, expected)| told != expected)
            .unwrap_or_else(|| told.lines().count().min(expected.lines().count()));
        let at = |text: &str| text.lines().nth(line).unwrap_or("(the end)").to_owned();
        writeln!(
            differences,
            "{name}, line {}:\n  expected {}\n  but told {}\n  compare: diff {} {}\n  accept:  cp {} {}",
            line + 1,
            at(&expected).trim(),
            at(&told).trim(),
            expected_path.display(),
            beside.display(),
            beside.display(),
            expected_path.display(),
        )
        .unwrap();
    }
    assert!(differences.is_empty(), "\n{differences}");
}

#[test]
fn there_are_cases() {
    assert!(cases().len() >= 15);
}
