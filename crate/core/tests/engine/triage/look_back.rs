//! Levels as of the opening, against what became of the items.

use super::{SECOND, Told, begun, connect, finish, say};
use bonafide_core::message::{FromTriage, ToTriage, TriageRow, TriageWhich};
use bonafide_core::report::{ItemOutcome, Level};
use bonafide_core::time::SignedDuration;

#[test]
fn looking_back_counts_levels_by_what_became_of_the_items() {
    let mut sim = begun("acme/crowd", TriageWhich::ClosedSince { days: 9 });
    // A worker that dies in the middle leaves nobody unjudged.
    for _ in 0..3 {
        sim.run(SECOND * 25);
        sim.restart(&[]);
        connect(&mut sim);
    }
    finish(&mut sim);
    let told = Told::of(&sim);
    let rows: Vec<&TriageRow> = told.rows.values().collect();
    assert!(rows.len() > 30, "{} closed in nine days", rows.len());
    let since = (sim.now - SignedDuration::from_hours(10 * 24)).to_string();
    assert!(rows.iter().all(|it| it.closed_at.as_ref() > Some(&since)));
    // Whoever can be looked up has a level as of then, and it is one.
    let is_somebody =
        |row: &&&TriageRow| row.level != Level::Bot && row.login.as_deref() != Some("ghost");
    for row in rows.iter().filter(is_somebody) {
        let then = row.level_then;
        assert!(!matches!(then, None | Some(Level::Pending)), "{row:?}");
    }
    let closed = rows
        .iter()
        .filter(|it| it.outcome == Some(ItemOutcome::ClosedByOthers));
    assert!(closed.count() > 0);

    say(&mut sim, FromTriage::LookBack { choices: None });
    let Some(ToTriage::LookBack { look_back, limits }) = sim.to_triage.pop() else {
        panic!("nothing was told");
    };
    assert_eq!(limits.len(), 3);
    assert_eq!(look_back.unjudged, 0);
    for row in &look_back.rows {
        for told in &row.counts {
            let is_it = |it: &&&TriageRow| {
                let level = match (it.level, it.login.as_deref()) {
                    (Level::Bot, _) => Level::Bot,
                    (_, Some("ghost")) => Level::Unknown,
                    _ => it.level_then.unwrap(),
                };
                level == row.level && it.outcome == Some(told.outcome)
            };
            let counted = rows.iter().filter(is_it).count();
            assert_eq!(
                usize::try_from(told.count).unwrap(),
                counted,
                "{:?}",
                row.level
            );
        }
    }
    let sum: u32 = look_back
        .rows
        .iter()
        .flat_map(|it| &it.counts)
        .map(|it| it.count)
        .sum();
    assert_eq!(usize::try_from(sum).unwrap(), rows.len());
    println!(
        "{} rows, {} of {} right",
        rows.len(),
        look_back.right,
        look_back.decided
    );
    for row in &look_back.rows {
        let counts: Vec<u32> = row.counts.iter().map(|it| it.count).collect();
        println!("{:?} {counts:?}", row.level);
    }
    assert_eq!(sim.too_early, []);
}
