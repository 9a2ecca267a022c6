//! What `tests/bench` measures without a browser.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use xshell::cmd;

use super::measure::RateLimiter;
use super::observation::LEDGER_PERIOD_MS;
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
    /// People in memory while events were measured.
    cached: u32,
    /// Microseconds for an event that finds nothing to do, in the middle of many.
    idle_event_us: f64,
    /// The same for the events of a page of 25 strangers, most of which bring an answer to be read and judged.
    event_us: f64,
    /// Real time that the simulation took.
    simulation_ms: f64,
    assessed: u32,
    assess_ms: f64,
    /// People whom a reader keeps, and milliseconds to make an engine that knows them.
    own_people: u32,
    own_people_start_ms: f64,
    second_wave: Vec<SecondWave>,
}

/// Pages of strangers with all their calls, and without those that ask who closed.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SecondWave {
    people: u32,
    pages: u32,
    with: Cost,
    without: Cost,
}

/// What pages cost together.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cost {
    calls: f64,
    graphql_ms: f64,
    elapsed_ms: f64,
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
    let mut rows = of_many(told);
    rows.extend(told.second_wave.iter().flat_map(SecondWave::rows));
    rows
}

fn of_many(told: &Told) -> Vec<Row> {
    let many = |what: &str| format!("{} accounts through the engine: {what}", told.accounts);
    vec![
        Row::at_least(
            many("rate, by what the rate limiter allows"),
            100.0 * told.graphql_ms / allowed_ms(told),
            "%",
            90.0,
        ),
        // By search, one author a request, it took 3,070 s.
        Row::at_most(
            many("simulated time"),
            told.elapsed_ms / 1_000.0,
            "s",
            1_535.0,
        ),
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
        Row::at_most(
            format!("an idle event, {} people in memory", told.cached),
            told.idle_event_us,
            "µs",
            50.0,
        ),
        Row::told(
            format!("an event of a cold page, {} people in memory", told.cached),
            told.event_us,
            "µs",
        ),
        Row::told(
            format!("assessing {} accounts natively", told.assessed),
            told.assess_ms,
            "ms",
        ),
        Row::told(
            format!("start natively, {} own people", told.own_people),
            told.own_people_start_ms,
            "ms",
        ),
    ]
}

impl SecondWave {
    fn rows(&self) -> Vec<Row> {
        let costs = [(&self.with, ""), (&self.without, " without closers")];
        let of = |(cost, which): (&Cost, &str)| {
            let named = |what: &str| format!("{} cold natively{which}: {what}", self.people);
            let each = |sum: f64| sum / f64::from(self.pages);
            [
                Row::told(named("calls"), each(cost.calls), ""),
                Row::told(named("GraphQL response time"), each(cost.graphql_ms), "ms"),
                Row::told(
                    named("first call to last answer"),
                    each(cost.elapsed_ms),
                    "ms",
                ),
            ]
        };
        costs.into_iter().flat_map(of).collect()
    }
}

/// The GraphQL response time that the rate limiter allows in all the periods that the run took or began.
fn allowed_ms(told: &Told) -> f64 {
    (told.elapsed_ms / LEDGER_PERIOD_MS).ceil() * told.rate_limiter.ledger_hold_ms
}
