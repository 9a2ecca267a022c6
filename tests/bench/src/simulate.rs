//! Thousands of accounts through the engine, in the simulation that its tests use.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use bonafide_core::engine::ClientId;
use bonafide_core::engine::client::MOST_PEOPLE;
use bonafide_core::report::Level;
use bonafide_core::time::{SignedDuration, Timestamp};
use fake_github::latency::Latency;
use fake_github::log::Kind;

use crate::sim::{PAGE, Sim};

/// Simulated time after which a run counts as stuck. Two thousand accounts need some 50 minutes.
const PATIENCE: SignedDuration = SignedDuration::from_hours(4);

/// What came out.
pub struct Run {
    /// How many accounts have each level.
    pub levels: BTreeMap<String, usize>,
    /// From the first call to the last answer.
    pub elapsed_ms: i64,
    /// The sum of what GraphQL's answers took.
    pub graphql_ms: i64,
    pub graphql_requests: usize,
    pub rest_requests: usize,
    pub max_in_flight: usize,
    /// Answers with a status other than 200: GitHub was asked for too much.
    pub refusals: usize,
    /// The people as the store holds them.
    pub stored: Vec<String>,
    pub ended_at: Timestamp,
}

/// Looks up so many accounts, named by as few pages as can name them.
pub fn look_up(accounts: usize) -> Result<Run> {
    let logins: Vec<String> = (1..=accounts)
        .map(|number| format!("gen-{number}"))
        .collect();
    let logins: Vec<&str> = logins.iter().map(String::as_str).collect();
    let mut sim = Sim::new(Latency::MODEL, 1);
    let end = sim.now + PATIENCE;
    for (tab, logins) in (PAGE.0..).map(ClientId).zip(logins.chunks(MOST_PEOPLE)) {
        sim.page(tab, logins);
    }
    while is_waited_for(&sim, accounts) {
        ensure!(
            sim.step(end),
            "the engine is stuck before every level is told"
        );
    }

    let log = sim.github.log().summary();
    let first = log.calls.iter().map(|call| call.started_ms).min();
    let last = log.calls.iter().filter_map(|call| call.ended_ms).max();
    let elapsed_ms = last.zip(first).map(|(last, first)| last - first);
    let graphql = log.calls.iter().filter(|call| call.kind == Kind::Graphql);
    let mut levels = BTreeMap::new();
    for level in settled(&sim).into_values() {
        *levels
            .entry(format!("{level:?}").to_lowercase())
            .or_insert(0) += 1;
    }
    Ok(Run {
        levels,
        elapsed_ms: elapsed_ms.context("no call was made")?,
        graphql_ms: graphql
            .filter_map(|call| Some(call.ended_ms? - call.started_ms))
            .sum(),
        graphql_requests: log.graphql_requests,
        rest_requests: log.rest_requests,
        max_in_flight: log.max_in_flight,
        refusals: log.calls.iter().filter(|call| call.status != 200).count(),
        ended_at: sim.now,
        stored: sim.people.into_values().collect(),
    })
}

/// Whether a call is on its way or somebody has no level yet.
fn is_waited_for(sim: &Sim, accounts: usize) -> bool {
    if sim.engine.in_flight() > 0 {
        return true;
    }
    let settled = settled(sim);
    settled.len() < accounts || settled.values().any(|level| *level == Level::Pending)
}

/// The level last told of everybody.
fn settled(sim: &Sim) -> BTreeMap<String, Level> {
    let levels = sim.levels.iter();
    let last = levels.filter_map(|((_, login), levels)| Some((login.clone(), *levels.last()?)));
    last.collect()
}
