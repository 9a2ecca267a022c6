//! What a run reaches and in which order, paused, shown and kept.

use super::{
    MINUTE, OPTIONS, POPUP, SECOND, Told, begun, connect, finish, heard, say, say_of_run, until,
};
use crate::sim::look_up;
use bonafide_core::engine::{ClientKind, Event};
use bonafide_core::message::{
    FromOptions, FromTriage, OfRun, RunState, ToOptions, ToPopup, ToTriage, TriageRow, TriageWhich,
};
use bonafide_core::report::{ItemOutcome, Level};
use bonafide_core::time::SignedDuration;
use serde_json::json;

#[test]
fn a_run_reaches_every_row() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 200 });
    finish(&mut sim);
    let told = Told::of(&sim);
    assert_eq!((told.rows.len(), told.pending()), (200, 0));
    let totals = told.run().totals;
    assert_eq!(
        (totals.items, totals.done, totals.failed),
        (200, totals.people, 0)
    );
    assert!(told.rows.values().any(|row| row.level == Level::Bot));
    assert!(
        told.rows
            .values()
            .all(|row| row.title.is_some() && row.outcome.is_some())
    );
    // Who closed it is told where the author's level hung on that.
    let of = |outcome| {
        let rows = told.rows.values();
        rows.filter(|it| it.outcome == Some(outcome)).count()
    };
    assert!(of(ItemOutcome::ClosedByOthers) > 0 && of(ItemOutcome::Closed) > 0);
    let is_told = |row: &&TriageRow| row.elsewhere.is_some() && row.reason.is_some();
    assert!(told.rows.values().filter(is_told).count() > 100);
    assert_eq!(sim.too_early, []);
}

#[test]
fn whether_somebody_is_assigned_is_told_of_what_is_open_once_everybody_is_looked_up() {
    let mut sim = begun("acme/crowd", TriageWhich::Open);
    until(&mut sim, |run| run.totals.done > 0);
    assert!(
        Told::of(&sim)
            .rows
            .values()
            .all(|it| it.is_assigned.is_none())
    );
    finish(&mut sim);
    let rows = Told::of(&sim).rows;
    assert!(rows.len() > 50);
    for row in rows.values() {
        // As the loopback GitHub assigns them.
        let is_assigned = row.number.unwrap().is_multiple_of(9);
        assert_eq!(row.is_assigned, Some(is_assigned), "{row:?}");
    }

    // That it fails costs nothing else, and nobody waits for it for ever.
    let mut sim = begun("acme/crowd", TriageWhich::Open);
    sim.faults(json!([{ "match": { "operation": "query Items" }, "do": "502" }]));
    finish(&mut sim);
    let told = Told::of(&sim);
    assert!(told.rows.values().all(|it| it.is_assigned.is_none()));
    assert_eq!((told.run().totals.failed, told.pending()), (0, 0));
    assert_eq!(told.run().notes, []);
}

#[test]
fn a_pause_makes_no_call_and_a_stop_ends_it() {
    let mut sim = begun("acme/crowd", TriageWhich::Open);
    sim.run(SECOND * 20);
    say_of_run(&mut sim, OfRun::Pause);
    let calls = sim.sent.len();
    sim.run(MINUTE * 10);
    assert_eq!(sim.sent.len(), calls);
    let told = Told::of(&sim);
    assert_eq!(told.run().state, RunState::Paused);
    assert!(told.run().totals.done > 0 && told.pending() > 0);
    say_of_run(&mut sim, OfRun::Resume);
    sim.run(MINUTE);
    assert!(sim.sent.len() > calls);
    assert!(Told::of(&sim).run().totals.done > told.run().totals.done);
    say_of_run(&mut sim, OfRun::Stop);
    let calls = sim.sent.len();
    sim.run(MINUTE * 10);
    assert_eq!(sim.sent.len(), calls);
    assert_eq!(Told::of(&sim).run().state, RunState::Stopped);
}

#[test]
fn the_popup_goes_first() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 1_000 });
    sim.run(MINUTE * 3);
    sim.say(Event::Connected(POPUP, ClientKind::Popup));
    let typed = look_up("gen-4");
    sim.say(Event::Popup(POPUP, typed));
    sim.run(SECOND * 4);
    let is_told = |it: &ToPopup| matches!(it, ToPopup::Report { report, .. } if report.level != Level::Pending);
    assert!(
        sim.to_popup.iter().any(is_told),
        "{:?}",
        sim.to_popup.last()
    );
}

#[test]
fn rows_in_view_go_first() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 600 });
    sim.run(SECOND * 15);
    let rows = Told::of(&sim).rows;
    let view: Vec<u32> = rows.keys().rev().take(20).copied().collect();
    assert!(view.iter().all(|it| *it > 400), "{view:?}");
    say_of_run(&mut sim, OfRun::View { rows: view.clone() });
    sim.run(SECOND * 60);
    let told = Told::of(&sim);
    let is_done = |index: &u32| told.rows[index].level != Level::Pending;
    let done = view.iter().filter(|it| is_done(it)).count();
    assert_eq!(done, view.len());
    assert!(told.pending() > 200, "{}", told.pending());
}

#[test]
fn memory_stays_small() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 600 });
    sim.say(Event::Connected(OPTIONS, ClientKind::Options));
    for _ in 0..8 {
        sim.run(SECOND * 30);
        sim.to_options.clear();
        sim.say(Event::Options(OPTIONS, FromOptions::Export));
        sim.say(Event::Options(OPTIONS, FromOptions::Status));
        let people = sim.to_options.iter().find_map(|it| match it {
            ToOptions::Status { people_cached, .. } => Some(*people_cached),
            _ => None,
        });
        assert!(people.unwrap() <= 200, "{people:?}");
    }
    assert!(sim.people.len() > 100);
}

#[test]
fn a_card_shows_the_whole_report() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 100 });
    finish(&mut sim);
    let told = Told::of(&sim);
    let row = told
        .rows
        .values()
        .find(|it| it.level == Level::Clear)
        .unwrap();
    say_of_run(&mut sim, OfRun::Open { row: row.index });
    sim.run(SECOND * 20);
    let last = heard(&mut sim).iter().rev().find_map(|it| match it {
        ToTriage::Report { row, report, .. } => Some((*row, report.clone())),
        _ => None,
    });
    let (index, report) = last.unwrap();
    assert_eq!(
        (index, Some(&report.login)),
        (row.index, row.login.as_ref())
    );
    assert_eq!(report.coming, []);
    assert_eq!(report.repository.as_deref(), Some("acme/crowd"));
    assert!(
        report
            .about
            .as_ref()
            .is_some_and(|it| it.followers.is_some())
    );
    say(&mut sim, FromTriage::Close);
}

#[test]
fn a_run_is_kept_for_seven_days() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 50 });
    finish(&mut sim);
    sim.run(MINUTE);
    let rows = Told::of(&sim).rows;
    for (hours, expected) in [(24 * 6, rows.len()), (25, 0)] {
        sim.run(SignedDuration::from_hours(hours));
        heard(&mut sim).clear();
        sim.restart(&[]);
        connect(&mut sim);
        sim.run(SECOND);
        assert_eq!(Told::of(&sim).rows.len(), expected, "after {hours} h more");
    }
    assert!(sim.runs.is_empty());
}

#[test]
fn everything_is_wiped() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 100 });
    sim.run(SECOND * 10);
    sim.say(Event::Connected(OPTIONS, ClientKind::Options));
    sim.say(Event::Options(OPTIONS, FromOptions::Wipe));
    sim.run(MINUTE);
    assert!(sim.runs.is_empty() && sim.people.is_empty());
    assert_eq!(Told::of(&sim).run().state, RunState::Empty);
}
