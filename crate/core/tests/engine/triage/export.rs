//! The run as a file.

use super::{SECOND, Told, begun, connect, finish, heard, say_of_run};
use crate::sim::Sim;
use bonafide_core::message::{ExportFormat, OfRun, ToTriage, TriageRow, TriageWhich};
use bonafide_core::policy::Policy;
use bonafide_core::report::{ItemOutcome, Level};
use bonafide_judge::{UnknownCloser, judge, read_records};
use std::collections::BTreeSet;

/// The file that was asked for: its name, what stands in it and how many rows
/// it leaves out.
fn exported(sim: &mut Sim) -> (String, String, usize) {
    let mut whole = String::new();
    for _ in 0..100 {
        for message in std::mem::take(heard(sim)) {
            if let ToTriage::Exported {
                name,
                text,
                left_out,
                ..
            } = &message
            {
                whole.push_str(text);
                if let Some(left_out) = left_out {
                    return (name.clone(), whole, usize::try_from(*left_out).unwrap());
                }
            } else {
                heard(sim).push(message);
            }
        }
        assert!(sim.step(sim.now + SECOND * 5), "the file never ended");
    }
    panic!("the file never ended");
}

/// An export as the judge judges it: the level that the table shows, and the
/// one that the judge finds.
fn judged(sim: &mut Sim, hides_names: bool, level: &str) -> Vec<(String, String)> {
    let format = ExportFormat::JsonLines;
    say_of_run(
        sim,
        OfRun::Export {
            format,
            hides_names,
        },
    );
    let (_, text, _) = exported(sim);
    let shown = text.lines().map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        line["row"][level].as_str().unwrap().to_owned()
    });
    let records = read_records("export", &text).unwrap();
    let found = records.iter().map(|record| {
        let verdict = judge(record, &Policy::default(), UnknownCloser::Gap);
        format!("{:?}", verdict.level).to_lowercase()
    });
    shown.zip(found).collect()
}

#[test]
fn the_judge_finds_the_levels_that_the_table_shows() {
    let last = TriageWhich::LastOpened { count: 400 };
    let closed = TriageWhich::ClosedSince { days: 20 };
    for (which, level) in [(last, "level"), (closed, "levelThen")] {
        let mut sim = begun("acme/crowd", which);
        // What was judged outlives the worker that judged it.
        sim.run(SECOND * 40);
        sim.restart(&[]);
        connect(&mut sim);
        finish(&mut sim);
        for hides_names in [false, true] {
            let levels = judged(&mut sim, hides_names, level);
            let kinds: BTreeSet<&String> = levels.iter().map(|(shown, _)| shown).collect();
            assert!(kinds.len() > 3, "{kinds:?} of {}", levels.len());
            for (shown, found) in &levels {
                assert_eq!(shown, found, "{which:?}, names hidden: {hides_names}");
            }
        }
    }
}

#[test]
fn a_run_is_exported_with_and_without_names() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 100 });
    finish(&mut sim);
    for format in [
        ExportFormat::Csv,
        ExportFormat::JsonLines,
        ExportFormat::Markdown,
    ] {
        for hides_names in [false, true] {
            say_of_run(
                &mut sim,
                OfRun::Export {
                    format,
                    hides_names,
                },
            );
            let (name, text, left_out) = exported(&mut sim);
            assert!(name.starts_with("bonafide-"), "{name}");
            let headings = match format {
                ExportFormat::Csv => 1,
                ExportFormat::Markdown => 2,
                ExportFormat::JsonLines => 0,
            };
            assert_eq!(text.lines().count(), 100 + headings - left_out);
            assert_eq!(left_out > 0, format == ExportFormat::JsonLines);
            assert!(text.contains("clear") && text.contains("merged"));
            let rows = Told::of(&sim).rows;
            // Nobody looks the project's own people up, so there is no record of them.
            let is_left_out = |row: &&TriageRow| {
                let reason = row.reason.as_ref().map(|it| it.key.as_str());
                matches!(row.level, Level::Bot | Level::Unknown) || reason == Some("short_member")
            };
            let is_whole = format != ExportFormat::JsonLines;
            for row in rows.values().filter(|it| is_whole || !is_left_out(it)) {
                let login = row.login.clone().unwrap();
                assert_eq!(text.contains(&login), !hides_names, "{login} in {format:?}");
                assert_eq!(
                    text.contains(&row.url),
                    !hides_names,
                    "{} in {format:?}",
                    row.url
                );
            }
        }
    }
}

/// Nobody may take a lower bound for the number, or what is missing for none.
#[test]
fn numbers_that_are_not_known_for_sure_say_so_in_a_spreadsheet() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 100 });
    finish(&mut sim);
    let message = OfRun::Export {
        format: ExportFormat::Csv,
        hides_names: false,
    };
    say_of_run(&mut sim, message);
    let (_, text, _) = exported(&mut sim);
    let mut kinds = BTreeSet::new();
    for row in Told::of(&sim).rows.values() {
        let line = text.lines().find(|line| line.contains(&row.url)).unwrap();
        let column = |name| {
            let mut names = text.lines().next().unwrap().split(',');
            line.split(',').nth(names.position(|it| it == name)?)
        };
        let elsewhere = row.elsewhere.as_ref();
        let more = elsewhere.and_then(|it| {
            let mut more = it.more.iter();
            more.find(|it| it.outcome == ItemOutcome::Merged)
        });
        let (kind, expected) = match (elsewhere, more.map(|it| it.most)) {
            (None, _) => ("unknown", String::new()),
            (Some(it), None) => ("exact", it.merged.to_string()),
            (Some(it), Some(None)) => ("at least", format!("{}..", it.merged)),
            (Some(it), Some(Some(most))) => {
                ("range", format!("{0}..{1}", it.merged, it.merged + most))
            }
        };
        kinds.insert(kind);
        assert_eq!(column("elsewhereMerged"), Some(expected.as_str()), "{line}");
    }
    assert_eq!(kinds.len(), 4, "{kinds:?}");
}
