//! What can be measured without a browser, as one line of JSON for `cargo xtask bench`.
//!
//! Thousands of accounts go through the engine in simulated time, with the loopback GitHub's heart as their server:
//! an hour of calls takes seconds, and the schedule is the one that the browser would see. What the engine has then
//! stored serves to measure what a report costs.

mod simulate;

// The tests of the core use more of it than is used here.
#[allow(dead_code)]
#[path = "../../../crate/core/tests/engine/sim.rs"]
mod sim;

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use bonafide_core::assess::assess;
use bonafide_core::engine::person::{Progress, View};
use bonafide_core::engine::{Person, gate};
use bonafide_core::evidence::Evidence;
use bonafide_core::policy::{Policy, PolicyName};
use bonafide_core::time::Timestamp;
use serde_json::json;

/// The accounts that go through the engine.
const ACCOUNTS: usize = 2_000;

/// The accounts of which reports are made.
const ASSESSED: usize = 1_000;

/// Rounds of reports; the median counts.
const ROUNDS: usize = 11;

fn main() -> Result<()> {
    let before = Instant::now();
    let run = simulate::look_up(ACCOUNTS)?;
    let simulation_ms = milliseconds(before);
    let (assess_ms, assessed) = assess_many(&run.stored, run.ended_at)?;
    let told = json!({
        "gate": { "width": gate::MOST_WIDTH, "ledgerHoldMs": gate::LEDGER_HOLD_MS },
        "accounts": ACCOUNTS,
        "levels": run.levels,
        "elapsedMs": run.elapsed_ms,
        "graphqlMs": run.graphql_ms,
        "graphqlRequests": run.graphql_requests,
        "restRequests": run.rest_requests,
        "maxInFlight": run.max_in_flight,
        "refusals": run.refusals,
        "simulationMs": simulation_ms,
        "assessed": assessed,
        "assessMs": assess_ms,
    });
    println!("{told}");
    Ok(())
}

/// The median time to assess [`ASSESSED`] people, in milliseconds, and how many it were.
fn assess_many(stored: &[String], now: Timestamp) -> Result<(f64, usize)> {
    let policy = Policy::preset(PolicyName::Balanced);
    let people: Vec<Evidence> = stored
        .iter()
        .take(ASSESSED)
        .map(|text| evidence(text, now))
        .collect::<Result<_>>()?;
    ensure!(
        people.len() == ASSESSED,
        "the engine has stored too few people"
    );
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let before = Instant::now();
            for evidence in &people {
                std::hint::black_box(assess(std::hint::black_box(evidence), &policy, now));
            }
            milliseconds(before)
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let median = times.get(ROUNDS / 2).context("nothing was measured")?;
    Ok((*median, people.len()))
}

/// What the engine would assess for somebody whom no call is on its way for.
fn evidence(stored: &str, now: Timestamp) -> Result<Evidence> {
    let person: Person = serde_json::from_str(stored).context("what was stored cannot be read")?;
    Ok(person.evidence(None, now, View::Tell, |_| Progress::Idle))
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}
