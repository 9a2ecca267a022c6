//! The run as a file.

use super::{Told, begun, finish, say};
use bonafide_core::message::{ExportFormat, FromTriage, ToTriage, TriageWhich};

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
            say(
                &mut sim,
                FromTriage::Export {
                    format,
                    hides_names,
                },
            );
            let Some(ToTriage::Exported { text, name, .. }) = sim.to_triage.pop() else {
                panic!("nothing was exported");
            };
            assert!(name.starts_with("bonafide-"), "{name}");
            let headings = match format {
                ExportFormat::Csv => 1,
                ExportFormat::Markdown => 2,
                ExportFormat::JsonLines => 0,
            };
            assert_eq!(text.lines().count(), 100 + headings);
            assert!(text.contains("clear") && text.contains("merged"));
            for row in Told::of(&sim).rows.values() {
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
