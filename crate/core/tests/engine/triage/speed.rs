//! How fast a run is, and what it costs.

use super::several::{are_finished, list, until_runs};
use super::{OPTIONS, SECOND, Told, begun, connect, finish, heard, last_run, paste, say};
use crate::sim::Sim;
use bonafide_core::engine::rate_limiter::LEDGER_RUN_MS;
use bonafide_core::engine::{ClientKind, Event, RECORD};
use bonafide_core::message::{FromOptions, FromTriage, RunState, ToOptions, ToTriage, TriageWhich};
use bonafide_core::time::SignedDuration;
use fake_github::latency::Latency;
use fake_github::limits::Bucket;
use std::collections::BTreeMap;

/// Milliseconds that GitHub has worked for GraphQL.
fn response_ms(sim: &Sim) -> i64 {
    let calls = sim.github.log().calls().iter();
    calls
        .filter(|it| it.bucket == Some(Bucket::Graphql))
        .filter_map(|it| Some(it.ended_ms? - it.started_ms))
        .sum()
}

/// Whether this is no question of the options page's.
fn is_of_run(url: &str) -> bool {
    !url.ends_with("/rate_limit") && !url.ends_with("/user")
}

/// What runs have cost so far, to be taken from what they have cost later.
#[derive(Clone, Copy, Default)]
struct Cost {
    at_ms: i64,
    requests: usize,
    points: u32,
    response_ms: i64,
}

impl Cost {
    fn of(sim: &Sim) -> Self {
        Self {
            at_ms: sim.now.as_millisecond(),
            // What the options page asks is not the run's.
            requests: sim.sent.iter().filter(|it| is_of_run(&it.1.url)).count(),
            points: sim
                .github
                .log()
                .calls()
                .iter()
                .filter(|it| it.bucket == Some(Bucket::Graphql))
                .map(|it| it.points)
                .sum(),
            response_ms: response_ms(sim),
        }
    }

    /// What has been paid since `before`. Prints it with what is stored now.
    fn since(self, before: Self, name: &str, sim: &Sim) -> Self {
        let cost = Self {
            at_ms: self.at_ms - before.at_ms,
            requests: self.requests - before.requests,
            points: self.points - before.points,
            response_ms: self.response_ms - before.response_ms,
        };
        let kilobytes = |texts: &BTreeMap<String, String>, are_records: bool| {
            let texts = texts
                .iter()
                .filter(|it| it.0.starts_with(RECORD) == are_records);
            texts.map(|it| it.1.len()).sum::<usize>() / 1_000
        };
        println!(
            "{name}: {} people; {} s, of which {} % by the limiter's bound; {} requests, {} points, \
             {} s of response time; stored {} KB of people, {} KB of rows, {} KB of records",
            Told::of(sim).run().totals.people,
            cost.at_ms / 1_000,
            cost.bound_ms() * 100 / cost.at_ms.max(1),
            cost.requests,
            cost.points,
            cost.response_ms / 1_000,
            kilobytes(&sim.people, false),
            kilobytes(&sim.runs, false),
            kilobytes(&sim.runs, true),
        );
        cost
    }

    /// The run's own bound: [`LEDGER_RUN_MS`] at once, and as much again whenever
    /// a minute has passed.
    fn bound_ms(self) -> i64 {
        60_000 * (self.response_ms / i64::try_from(LEDGER_RUN_MS).unwrap())
    }

    fn assert_near_bound(self) {
        let (took, bound) = (self.at_ms, self.bound_ms());
        assert!(took * 9 <= bound * 10, "{took} ms, {bound} ms would do");
    }
}

fn speed(count: u32) {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count });
    let before = Cost {
        at_ms: sim.now.as_millisecond(),
        ..Cost::default()
    };
    finish(&mut sim);
    assert_eq!(Told::of(&sim).pending(), 0);
    let cost = Cost::of(&sim).since(before, &format!("{count} pull requests"), &sim);
    cost.assert_near_bound();
    assert_eq!(sim.too_early, []);
    // The page is told what all of the calls took, not only the last of them.
    say(&mut sim, FromTriage::Timeline);
    let told = heard(&mut sim).iter().rev().find_map(|it| match it {
        ToTriage::Timeline { run, .. } => run.clone(),
        _ => None,
    });
    let calls = told.unwrap();
    let ended: u32 = calls.calls.iter().sum();
    assert_eq!(usize::try_from(ended), Ok(cost.requests));
    assert!(i64::from(calls.took_ms.iter().sum::<u32>()) > cost.response_ms);
    assert!(calls.slowest_ms > 2_500, "{calls:?}");
    let here = sim.github.log().calls().iter();
    let here = here.filter(|it| it.operation == "Here");
    let authors: Vec<usize> = here.map(|it| it.logins.len()).collect();
    assert!(authors.iter().all(|it| *it <= 5), "{authors:?}");
    assert!(
        authors.iter().sum::<usize>() > 2 * authors.len(),
        "{authors:?}"
    );
}

#[test]
fn a_run_is_as_fast_as_the_limiter_allows() {
    speed(200);
    speed(1_000);
}

#[test]
fn several_runs_together_are_as_fast_as_the_limiter_allows() {
    for lists in [1, 3] {
        let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 400 });
        let before = Cost {
            at_ms: sim.now.as_millisecond(),
            ..Cost::default()
        };
        for first in 1..=lists {
            paste(&mut sim, &list(first * 1_000, 400));
        }
        until_runs(&mut sim, are_finished);
        let runs = lists + 1;
        let cost = Cost::of(&sim).since(before, &format!("{runs} runs at once"), &sim);
        cost.assert_near_bound();
        assert_eq!(sim.too_early, []);
    }
}

#[test]
#[ignore = "it takes a minute: docs/scale.md has the command"]
fn a_long_run_is_as_fast_as_the_limiter_allows() {
    speed(3_000);
}

/// Pastes a list of 5,000 made-up people and lets its run end. Tells the most people
/// whose evidence was seen in memory.
fn look_up(sim: &mut Sim, name: &str, first: u32) -> u32 {
    let before = Cost::of(sim);
    heard(sim).clear();
    paste(sim, &list(first, 5_000));
    let mut most = 0;
    for second in 0.. {
        sim.run(SECOND);
        if last_run(sim).is_some_and(|run| run.state == RunState::Finished) {
            break;
        }
        if second % 60 == 0 {
            most = most.max(people_in_memory(sim));
        }
    }
    assert_eq!(Told::of(sim).pending(), 0);
    let cost = Cost::of(sim).since(before, name, sim);
    if cost.requests > 0 {
        cost.assert_near_bound();
    }
    most
}

fn people_in_memory(sim: &mut Sim) -> u32 {
    sim.to_options.clear();
    sim.say(Event::Options(OPTIONS, FromOptions::Status));
    let told = sim.to_options.iter().find_map(|it| match it {
        ToOptions::Status { people_cached, .. } => Some(*people_cached),
        _ => None,
    });
    told.unwrap()
}

/// A browser whose options page is open, to tell what is in memory.
fn with_options() -> Sim {
    let mut sim = Sim::new(Latency::MODEL, 1);
    connect(&mut sim);
    sim.say(Event::Connected(OPTIONS, ClientKind::Options));
    sim
}

#[test]
#[ignore = "it takes minutes: docs/scale.md has the command"]
fn a_list_that_was_looked_up_before_is_as_fast_as_the_limiter_allows() {
    let mut sim = with_options();
    look_up(&mut sim, "5,000", 0);
    look_up(&mut sim, "the same again, at once", 0);
    sim.run(SignedDuration::from_hours(7));
    look_up(&mut sim, "the same again, 7 hours later", 0);
    assert_eq!(sim.too_early, []);
}

#[test]
#[ignore = "it takes many minutes: docs/scale.md has the command"]
fn fifty_thousand_people_are_as_fast_as_the_limiter_allows() {
    let mut sim = with_options();
    let before = Cost::of(&sim);
    for run in 0..10 {
        // The store keeps no more people than one run has.
        sim.people.clear();
        let most = look_up(&mut sim, &format!("list {} of 10", run + 1), run * 5_000);
        assert!(most <= 200, "{most} people in memory");
    }
    assert_eq!(sim.too_early, []);
    Cost::of(&sim).since(before, "all ten", &sim);
}

/// The calls of one author follow each other (the list, what was opened, the
/// organizations, who closed it), so 25 authors take as long as the slowest.
#[test]
fn a_small_run_is_as_fast_as_a_page() {
    let count = 25;
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count });
    let begin = sim.now;
    finish(&mut sim);
    let took = sim.now.duration_since(begin).as_millis();
    let told = Told::of(&sim);
    let requests = sim.sent.len();
    println!("{count} pull requests: {took} ms, {requests} requests");
    assert_eq!((told.rows.len(), told.pending()), (25, 0));
    assert!(took <= 2_600, "{took} ms");
    assert!(requests <= 40, "{requests} requests");
}
