//! What passes only with time: limits that start anew, calls that hang, a network that is away. In a browser each of
//! these takes its real seconds.

use bonafide_core::engine::Event;
use bonafide_core::evidence::GapReason;
use bonafide_core::message::FromPage;
use bonafide_core::report::Level;
use bonafide_core::time::SignedDuration;
use fake_github::latency::Latency;
use fake_github::limits::{Bucket, Set};
use serde_json::{Value, json};

use crate::sim::{PAGE, Sim};

const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// Somebody of whose record nothing is of note: a level that a failure must never bring about by itself.
const SUBJECT: &str = "newcomer-nia";

/// Whatever is asked of her by GraphQL meets this, so many times or always.
fn faults(fault: &str, times: Option<u32>) -> Value {
    let mut rule = json!({ "match": { "kind": "graphql", "login": SUBJECT }, "do": fault });
    if let Some(times) = times {
        rule["times"] = times.into();
    }
    json!([rule])
}

/// A page with her on it, on which one fault strikes.
fn struck(fault: &str, times: Option<u32>) -> Sim {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.faults(faults(fault, times));
    sim.page(PAGE, &[SUBJECT]);
    sim
}

/// Her badge has shown these levels, each at some time, and no other.
#[track_caller]
fn has_shown(sim: &Sim, expected: &[Level]) {
    let levels = &sim.levels[&(PAGE, SUBJECT.to_owned())];
    assert!(
        levels.iter().all(|level| expected.contains(level))
            && expected.iter().all(|level| levels.contains(level)),
        "{levels:?} instead of {expected:?}"
    );
}

/// The most often that one operation was asked of her.
fn most_tries(sim: &Sim) -> usize {
    sim.calls_by_login()
        .into_iter()
        .filter(|((_, login), _)| login == SUBJECT)
        .map(|(_, times)| times)
        .max()
        .unwrap_or(0)
}

#[track_caller]
fn has_gap(sim: &mut Sim, reason: GapReason) {
    sim.say(Event::Page(
        PAGE,
        FromPage::Open {
            login: SUBJECT.to_owned(),
        },
    ));
    sim.run(MINUTE);
    let report = &sim.reports[&(PAGE, SUBJECT.to_owned())];
    assert!(
        report.gaps.iter().any(|gap| gap.reason == reason),
        "{:?}",
        report.gaps
    );
}

#[test]
fn once_a_limit_starts_anew_everybody_is_looked_up_with_nobody_asking() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    let now = jiff::Timestamp::from_millisecond(sim.now.as_millisecond()).unwrap();
    let spent = Set {
        remaining: 0,
        reset_in_seconds: Some(13),
        limit: None,
    };
    sim.github.set_limit(Bucket::Graphql, spent, now);
    sim.page(PAGE, &["serial-sam", SUBJECT]);
    sim.run(SignedDuration::from_secs(12));
    assert_eq!(sim.settled(PAGE)[SUBJECT], Level::Unknown);
    sim.run(SignedDuration::from_secs(18));
    assert_eq!(sim.settled(PAGE)[SUBJECT], Level::Clear);
    assert_eq!(sim.settled(PAGE)["serial-sam"], Level::Alert);
}

#[test]
fn a_quiet_look_notices_that_the_network_is_back() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.faults(json!([{ "do": "connection-reset" }]));
    sim.page(PAGE, &[SUBJECT]);
    sim.run(SignedDuration::from_secs(10));
    has_shown(&sim, &[Level::Pending, Level::Unknown]);
    let before = sim.sent.len();
    sim.run(MINUTE);
    let looks = sim.sent.len() - before;
    assert!((1..=20).contains(&looks), "{looks} calls in a minute");
    sim.faults(json!([]));
    sim.run(MINUTE);
    assert_eq!(sim.settled(PAGE)[SUBJECT], Level::Clear);
}

#[test]
fn a_call_that_hangs_once_is_asked_again() {
    let mut sim = struck("hang", Some(1));
    sim.run(SignedDuration::from_secs(11));
    has_shown(&sim, &[Level::Pending]);
    sim.run(MINUTE);
    assert_eq!(sim.settled(PAGE)[SUBJECT], Level::Clear);
    assert!(sim.aborted > 0, "the call goes on");
}

#[test]
fn a_call_that_always_hangs_is_tried_twice_and_told_as_late() {
    let mut sim = struck("hang", None);
    // Twice twelve seconds, and the wait for the response time that hanging calls use up. What failed is asked for
    // anew a minute later, twice again.
    sim.run(MINUTE * 2);
    has_shown(&sim, &[Level::Pending, Level::Unknown]);
    let tries = most_tries(&sim);
    assert!((2..=4).contains(&tries), "{tries} tries");
    has_gap(&mut sim, GapReason::TimedOut);
}

#[test]
fn a_worker_that_dies_again_and_again_while_calls_hang_never_shows_better() {
    let mut sim = struck("hang", None);
    for _ in 0..2 {
        sim.run(SignedDuration::from_secs(5));
        sim.restart(&[(PAGE, &[SUBJECT])]);
    }
    sim.run(MINUTE * 2);
    has_shown(&sim, &[Level::Pending, Level::Unknown]);
    assert_eq!(sim.engine.in_flight(), 0);
}

#[test]
fn a_secondary_limit_that_never_ends_is_asked_about_a_few_times_only() {
    let mut sim = struck("403-secondary:1", None);
    sim.run(SignedDuration::from_secs(40));
    has_shown(&sim, &[Level::Pending, Level::Unknown]);
    let tries = most_tries(&sim);
    assert!((2..=4).contains(&tries), "{tries} tries");
    has_gap(&mut sim, GapReason::SlowDown);
}
