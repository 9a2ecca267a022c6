//! Levels as of the opening, against what became of the items.

use super::{SECOND, Told, begun, connect, finish, heard, say_of_run};
use crate::sim::Sim;
use bonafide_core::choices::{Choices, Tuned, thresholds};
use bonafide_core::message::{OfRun, ToTriage, TriageRow, TriageWhich};
use bonafide_core::policy::PolicyName;
use bonafide_core::report::{ItemOutcome, Level, PassedBy};
use bonafide_core::time::SignedDuration;
use bonafide_core::triage::look_back::LookBack;

fn forget_all_but_the_run(sim: &mut Sim) {
    heard(sim).retain(|it| matches!(it, ToTriage::Run { .. }));
}

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

    say_of_run(&mut sim, OfRun::LookBack { choices: None });
    let Some(ToTriage::LookBack {
        look_back, limits, ..
    }) = heard(&mut sim).pop()
    else {
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

/// The last table that was told, once it is told.
fn told(sim: &mut Sim) -> (LookBack, Choices, bool) {
    for _ in 0..100 {
        let told = heard(sim).iter().rev().find_map(|it| match it {
            ToTriage::LookBack {
                look_back,
                choices,
                is_trial,
                ..
            } => Some((look_back.clone(), choices.clone(), *is_trial)),
            _ => None,
        });
        if let Some(told) = told {
            return told;
        }
        assert!(sim.step(sim.now + SECOND * 5), "it never was told");
    }
    panic!("it never was told");
}

#[test]
fn other_thresholds_show_their_effect_and_are_taken_over_without_a_call() {
    let mut sim = begun("acme/crowd", TriageWhich::ClosedSince { days: 20 });
    finish(&mut sim);
    let calls = sim.sent.len();
    say_of_run(&mut sim, OfRun::LookBack { choices: None });
    let (ours, choices, is_trial) = told(&mut sim);
    assert!(!is_trial);
    // The same choices give the same table, judged anew from what is kept.
    let same = Some(choices.clone());
    forget_all_but_the_run(&mut sim);
    say_of_run(&mut sim, OfRun::LookBack { choices: same });
    assert_eq!(told(&mut sim), (ours.clone(), choices.clone(), false));

    // Nobody is warned of, whatever was turned down.
    let lenient = Choices {
        tuned: thresholds()
            .into_iter()
            .filter(|it| it.policy == PolicyName::Balanced && it.passed_by == PassedBy::More)
            .map(|it| Tuned {
                policy: it.policy,
                finding: it.finding,
                caution: 9_000,
                alert: 9_000,
            })
            .collect(),
        ..choices
    };
    forget_all_but_the_run(&mut sim);
    let choices = Some(lenient.clone());
    say_of_run(&mut sim, OfRun::LookBack { choices });
    let (tried, _, is_trial) = told(&mut sim);
    assert!(is_trial);
    let warned = |table: &LookBack| {
        let rows = table.rows.iter();
        let rows = rows.filter(|it| matches!(it.level, Level::Alert | Level::Caution));
        rows.flat_map(|it| &it.counts)
            .map(|it| it.count)
            .sum::<u32>()
    };
    assert!(warned(&ours) > 0 && warned(&tried) == 0);
    let rows = Told::of(&sim).rows;

    let choices = lenient.clone();
    forget_all_but_the_run(&mut sim);
    say_of_run(&mut sim, OfRun::TakeOver { choices });
    assert_eq!(told(&mut sim), (tried.clone(), lenient.clone(), false));
    let changed = Told::of(&sim).rows;
    assert!(changed.len() >= usize::try_from(warned(&ours)).unwrap() && rows.is_empty());
    assert!(
        changed
            .values()
            .all(|it| !matches!(it.level_then, Some(Level::Alert | Level::Caution)))
    );
    sim.restart(&[]);
    connect(&mut sim);
    sim.run(SECOND);
    forget_all_but_the_run(&mut sim);
    say_of_run(&mut sim, OfRun::LookBack { choices: None });
    assert_eq!(told(&mut sim), (tried, lenient, false));
    assert_eq!(sim.sent.len(), calls);
}
