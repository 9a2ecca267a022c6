//! How fast a run is, and what it costs.

use super::{Told, begun, finish};
use crate::sim::Sim;
use bonafide_core::engine::rate_limiter::LEDGER_RUN_MS;
use bonafide_core::message::TriageWhich;
use std::collections::BTreeMap;

/// Milliseconds that GitHub has worked for GraphQL.
fn response_ms(sim: &Sim) -> i64 {
    let calls = sim.github.log().calls().iter();
    calls
        .filter_map(|it| Some(it.ended_ms? - it.started_ms))
        .sum()
}

/// The run's own bound: the first [`LEDGER_RUN_MS`] of response time at once,
/// and then as many in each minute.
fn speed(count: u32) {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count });
    let begin = sim.now;
    finish(&mut sim);
    let told = Told::of(&sim);
    assert_eq!(told.pending(), 0);
    let took = sim.now.duration_since(begin).as_millis();
    let run_ms = i64::try_from(LEDGER_RUN_MS).unwrap();
    let spent = response_ms(&sim);
    let bound = (spent - run_ms).max(0) * 60_000 / run_ms;
    let points: u32 = sim.github.log().calls().iter().map(|it| it.points).sum();
    let kilobytes =
        |texts: &BTreeMap<String, String>| texts.values().map(String::len).sum::<usize>() / 1_000;
    println!(
        "{count} pull requests, {} people: {} s, of which {} % by the limiter's bound; {} calls, \
         {points} points, {} s of response time; stored {} KB of people, {} KB of rows",
        told.run().totals.people,
        took / 1_000,
        bound * 100 / took,
        sim.sent.len(),
        spent / 1_000,
        kilobytes(&sim.people),
        kilobytes(&sim.run),
    );
    assert!(
        bound * 10 >= took * 9,
        "{count}: {took} ms, {bound} ms would do"
    );
    assert_eq!(sim.too_early, []);
}

#[test]
fn a_run_is_as_fast_as_the_limiter_allows() {
    speed(200);
    speed(1_000);
}

#[test]
#[ignore = "it takes a minute: `cargo test -p bonafide-core --test engine a_long_run -- --ignored`"]
fn a_long_run_is_as_fast_as_the_limiter_allows() {
    speed(3_000);
}
