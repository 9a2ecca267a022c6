//! What can be measured without a browser, as one line of JSON for `cargo xtask bench`.
//!
//! Thousands of accounts go through the engine in simulated time, with the loopback GitHub's heart as their server:
//! an hour of calls takes seconds, and the schedule is the one that the browser would see. What the engine has then
//! stored serves to measure what a report costs; a file that is named as the only argument takes those people, so that
//! a browser can be measured with them too.

mod second_wave;
mod simulate;

#[path = "../../../crate/core/tests/engine/event_cost.rs"]
#[allow(dead_code, unused_attributes)]
mod event_cost;

// The tests of the core use more of it than is used here.
#[allow(dead_code)]
#[path = "../../../crate/core/tests/engine/sim.rs"]
mod sim;

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use bonafide_bench_reports::Reports;
use bonafide_core::engine::{Engine, rate_limiter};
use bonafide_core::own::{Mark, OwnPerson};
use bonafide_core::settings::Settings;
use bonafide_core::time::{SignedDuration, Timestamp};
use serde_json::json;

/// The accounts that go through the engine.
const ACCOUNTS: usize = 2_000;

/// The accounts of which reports are made.
const ASSESSED: usize = 1_000;

/// The people in memory while the cost of an event is measured.
const CACHED: usize = 5_000;

/// What an event may cost then that finds nothing to do. One that brings an answer costs what reading and judging it
/// does, however many people there are.
const EVENT: Duration = Duration::from_micros(50);

/// How many strangers a page names, and how many such pages there are, where the second wave is measured.
const COLD_PAGES: [(usize, usize); 2] = [(1, 100), (25, 4)];

/// The people whom a reader keeps at most: all of them are read when the core starts.
const OWN_PEOPLE: usize = 20_000;

/// Rounds of reports; the median counts.
const ROUNDS: usize = 11;

fn main() -> Result<()> {
    let before = Instant::now();
    let run = simulate::look_up(ACCOUNTS)?;
    let simulation_ms = milliseconds(before);
    let people = run.stored.get(..ASSESSED);
    let people = people.context("the engine has stored too few people")?;
    let assess_ms = assess_many(people, run.ended_at)?;
    if let Some(path) = std::env::args_os().nth(1) {
        let kept = json!({ "now": at(run.ended_at), "stored": people });
        std::fs::write(path, kept.to_string()).context("the people cannot be written down")?;
    }
    let mut cached = event_cost::with_cached(CACHED);
    let idle = event_cost::cost_of_idle_event(&mut cached);
    let (event, page) = cost_of_page(&mut cached);
    ensure!(
        idle <= EVENT,
        "with {CACHED} people in memory an event costs {idle:?}"
    );
    let second_wave = COLD_PAGES.map(|(people, pages)| second_wave::measure(people, pages));
    let second_wave = second_wave.into_iter().collect::<Result<Vec<_>>>()?;
    let told = json!({
        "secondWave": second_wave,
        "cached": CACHED,
        "idleEventUs": idle.as_secs_f64() * 1e6,
        "eventUs": event.as_secs_f64() * 1e6,
        "pageOf25Us": page.as_secs_f64() * 1e6,
        "rateLimiter": { "width": rate_limiter::MOST_WIDTH, "ledgerHoldMs": rate_limiter::LEDGER_HOLD_MS, "ledgerRunMs": rate_limiter::LEDGER_RUN_MS },
        "accounts": ACCOUNTS,
        "levels": run.levels,
        "elapsedMs": run.elapsed_ms,
        "graphqlMs": run.graphql_ms,
        "graphqlRequests": run.graphql_requests,
        "restRequests": run.rest_requests,
        "maxInFlight": run.max_in_flight,
        "refusals": run.refusals,
        "simulationMs": simulation_ms,
        "assessed": people.len(),
        "assessMs": assess_ms,
        "ownPeople": OWN_PEOPLE,
        "ownPeopleStartMs": start_with_own_people(OWN_PEOPLE)?,
    });
    println!("{told}");
    Ok(())
}

/// What the events of a page of 25 strangers cost, in the middle and in sum.
fn cost_of_page(sim: &mut sim::Sim) -> (Duration, Duration) {
    let logins: Vec<String> = (101..=125).map(|n| format!("gen-{n}")).collect();
    let logins: Vec<&str> = logins.iter().map(String::as_str).collect();
    sim.event_costs.clear();
    sim.page(sim::PAGE, &logins);
    sim.run(SignedDuration::from_secs(60));
    let sum = sim.event_costs.iter().sum();
    sim.event_costs.sort_unstable();
    let middle = sim.event_costs.get(sim.event_costs.len() / 2);
    (middle.copied().unwrap_or_default(), sum)
}

/// The median time to make an engine for a reader who keeps so many people, a note on each fourth, in milliseconds.
fn start_with_own_people(count: usize) -> Result<f64> {
    let person = |number: usize| OwnPerson {
        login: format!("person-number-{number:05}")
            .parse()
            .unwrap_or_else(|_| unreachable!()),
        mark: Some(Mark::Trusted),
        note: if number.is_multiple_of(4) {
            "met at a conference in spring, reviews well".to_owned()
        } else {
            String::new()
        },
    };
    let people: Vec<OwnPerson> = (0..count).map(person).collect();
    let settings = Settings {
        people: people.into(),
        ..Settings::default()
    };
    let text = serde_json::to_string(&settings)?;
    median_ms(|| drop(Engine::new(Some(&text), None, 1, Timestamp::default())))
}

/// The median time to assess these people, in milliseconds.
fn assess_many(stored: &[String], now: Timestamp) -> Result<f64> {
    let reports =
        Reports::read(stored.to_vec(), at(now)).context("what was stored cannot be read")?;
    median_ms(|| {
        reports.assess();
    })
}

fn median_ms(act: impl Fn()) -> Result<f64> {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let before = Instant::now();
            act();
            milliseconds(before)
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times
        .get(ROUNDS / 2)
        .copied()
        .context("nothing was measured")
}

/// The moment as JavaScript has it.
// Milliseconds since 1970 are whole in a double for ages to come.
#[expect(clippy::cast_precision_loss)]
fn at(moment: Timestamp) -> f64 {
    moment.as_millisecond() as f64
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}
