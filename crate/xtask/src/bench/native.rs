//! What `tests/bench` measures without a browser.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use xshell::cmd;

use super::measure::{LEDGER_PERIOD_MS, RateLimiter};
use super::table::Row;
use crate::workspace::Workspace;

/// What it tells, in one line of JSON.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Told {
    pub rate_limiter: RateLimiter,
    accounts: u32,
    /// Simulated time from the first call to the last answer.
    elapsed_ms: f64,
    /// The time of GraphQL's answers, all added up.
    graphql_ms: f64,
    graphql_requests: u32,
    rest_requests: u32,
    max_in_flight: u32,
    refusals: u32,
    /// Real time that the simulation took.
    simulation_ms: f64,
    assessed: u32,
    assess_ms: f64,
}

/// Builds and runs it; the people that were assessed are written to a file.
pub fn run(workspace: &Workspace, people: &Path) -> Result<Told> {
    let shell = &workspace.shell;
    let line = cmd!(
        shell,
        "cargo run --quiet --locked --profile bench --package bonafide-bench -- {people}"
    )
    .quiet()
    .read()
    .context("tests/bench does not run")?;
    serde_json::from_str(&line).context("tests/bench tells something else than JSON")
}

/// The lines of the table.
pub fn rows(told: &Told) -> Vec<Row> {
    let many = |what: &str| format!("{} accounts through the engine: {what}", told.accounts);
    vec![
        Row::at_least(
            many("rate, by what the rate limiter allows"),
            100.0 * told.graphql_ms / allowed_ms(told),
            "%",
            90.0,
        ),
        Row::told(many("simulated time"), told.elapsed_ms / 1_000.0, "s"),
        Row::told(many("GraphQL requests"), told.graphql_requests.into(), ""),
        Row::told(many("REST requests"), told.rest_requests.into(), ""),
        Row::at_most(
            many("most calls in flight"),
            told.max_in_flight.into(),
            "",
            told.rate_limiter.width.into(),
        ),
        Row::at_most(many("answers that refuse"), told.refusals.into(), "", 0.0),
        Row::told(
            many("real time, with the server's share"),
            told.simulation_ms,
            "ms",
        ),
        Row::told(
            format!("assessing {} accounts natively", told.assessed),
            told.assess_ms,
            "ms",
        ),
    ]
}

/// The GraphQL response time that the rate limiter allows in all the periods that the run took or began.
fn allowed_ms(told: &Told) -> f64 {
    (told.elapsed_ms / LEDGER_PERIOD_MS).ceil() * told.rate_limiter.ledger_hold_ms
}
