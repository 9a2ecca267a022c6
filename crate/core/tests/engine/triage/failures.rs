//! What goes wrong in the middle of a run.

use super::{MINUTE, OPTIONS, SECOND, Told, begun, connect, finish, say_of_run, until};
use crate::sim::Sim;
use bonafide_core::engine::{ClientKind, Event};
use bonafide_core::message::{FromOptions, OfRun, RunState, TriageWhich};
use bonafide_core::report::Level;
use bonafide_core::time::SignedDuration;
use fake_github::tokens;
use serde_json::json;
use std::collections::BTreeMap;

/// How often each login was asked about, counted by parts.
pub(super) fn asked(sim: &Sim) -> BTreeMap<String, usize> {
    let mut asked = BTreeMap::new();
    for login in sim.github.log().calls().iter().flat_map(|it| &it.logins) {
        *asked.entry(login.clone()).or_default() += 1;
    }
    asked
}

#[test]
fn a_killed_worker_loses_and_repeats_no_call() {
    let which = TriageWhich::LastOpened { count: 500 };
    let mut calm = begun("acme/crowd", which);
    finish(&mut calm);
    let mut sim = begun("acme/crowd", which);
    let mut in_flight = 0;
    for _ in 0..10 {
        sim.run(SECOND * 9);
        let end = sim.now + MINUTE * 2;
        while sim.logins_in_flight() == 0 {
            assert!(sim.step(end));
        }
        in_flight += sim.logins_in_flight();
        sim.restart(&[]);
        connect(&mut sim);
    }
    finish(&mut sim);
    let (calm_told, told) = (Told::of(&calm), Told::of(&sim));
    assert_eq!(told.levels(), calm_told.levels());
    let (calm, killed) = (asked(&calm), asked(&sim));
    let repeated = killed
        .iter()
        .map(|(login, times)| times.saturating_sub(calm.get(login).copied().unwrap_or(0)));
    let repeated = repeated.sum::<usize>();
    println!("{repeated} repeated, {in_flight} were in flight");
    assert_eq!(calm.len(), killed.len());
    assert!(
        repeated <= in_flight,
        "{repeated} repeated, {in_flight} were in flight"
    );
}

#[test]
fn without_its_token_a_run_waits_and_makes_no_call() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 200 });
    sim.run(SECOND * 20);
    sim.say(Event::Connected(OPTIONS, ClientKind::Options));
    sim.say(Event::Options(OPTIONS, FromOptions::DeleteToken));
    let calls = sim.sent.len();
    sim.run(MINUTE * 3);
    assert_eq!(sim.sent.len(), calls);
    let told = Told::of(&sim);
    let waiting = told.run().waiting.as_ref().unwrap();
    assert_eq!(waiting.sentence.key, "reason_gap_no_token");
    assert!(told.run().totals.done > 0 && told.pending() > 0);
    let token = tokens::CLASSIC.to_owned();
    sim.say(Event::Options(OPTIONS, FromOptions::SaveToken { token }));
    finish(&mut sim);
    assert_eq!(Told::of(&sim).pending(), 0);
}

#[test]
fn what_stops_everybody_fails_nobody() {
    for (fault, reason) in [
        ("graphql-rate-limited:900", "reason_gap_limit_spent"),
        ("403-secondary", "reason_gap_slow_down"),
        ("connection-reset", "reason_gap_offline"),
        ("401", "reason_gap_token_refused"),
    ] {
        let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 200 });
        sim.run(SECOND * 20);
        sim.faults(json!([{ "do": fault }]));
        until(&mut sim, |run| run.waiting.is_some());
        let told = Told::of(&sim);
        let waiting = told
            .run()
            .waiting
            .as_ref()
            .map(|it| it.sentence.key.as_str());
        assert_eq!(waiting, Some(reason), "{fault}: {:?}", told.run());
        assert_eq!(told.run().totals.failed, 0, "{fault}");
        sim.faults(json!([]));
        if fault == "401" {
            sim.say(Event::Connected(OPTIONS, ClientKind::Options));
            let token = tokens::CLASSIC.to_owned();
            sim.say(Event::Options(OPTIONS, FromOptions::SaveToken { token }));
        }
        finish(&mut sim);
        let told = Told::of(&sim);
        assert_eq!(
            (told.pending(), told.run().totals.failed),
            (0, 0),
            "{fault}"
        );
    }
}

#[test]
fn a_failed_row_can_be_tried_again_alone() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 100 });
    let unlucky = "gen-10600";
    sim.faults(
        json!([{ "match": { "login": unlucky, "operation": "ctivity" }, "do": "502" },
        { "match": { "login": unlucky, "operation": "ullRequests" }, "do": "502" },
        { "match": { "login": unlucky, "operation": "ssues" }, "do": "502" }]),
    );
    finish(&mut sim);
    let told = Told::of(&sim);
    let failed: Vec<u32> = told
        .rows
        .values()
        .filter(|it| it.failed.is_some())
        .map(|it| it.index)
        .collect();
    assert!(!failed.is_empty(), "{unlucky} opened some of them");
    assert!(
        failed
            .iter()
            .all(|it| told.rows[it].login.as_deref() == Some(unlucky))
    );
    assert_eq!(told.run().totals.failed, 1);
    sim.faults(json!([]));
    sim.run(MINUTE);
    let before = sim.sent.len();
    say_of_run(
        &mut sim,
        OfRun::Retry {
            rows: failed.clone(),
        },
    );
    until(&mut sim, |run| run.state == RunState::Running);
    finish(&mut sim);
    let told = Told::of(&sim);
    assert_eq!(told.run().totals.failed, 0);
    assert!(
        failed
            .iter()
            .all(|it| told.rows[it].level != Level::Unknown)
    );
    assert!(sim.sent.len() - before < 8);
}

#[test]
fn a_clock_set_back_or_forward_stops_nothing() {
    for hours in [-3, 3] {
        let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 200 });
        sim.run(SECOND * 20);
        sim.change_clock(SignedDuration::from_hours(hours));
        finish(&mut sim);
        assert_eq!(Told::of(&sim).pending(), 0, "{hours} h");
    }
}

#[test]
fn a_store_that_is_full_is_told_and_nothing_stops() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 100 });
    sim.run(SECOND * 5);
    sim.say(Event::StoreIsOpen(false));
    finish(&mut sim);
    let told = Told::of(&sim);
    assert_eq!(told.pending(), 0);
    let notes: Vec<_> = told.run().notes.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(notes, ["triage_not_kept"]);
}
