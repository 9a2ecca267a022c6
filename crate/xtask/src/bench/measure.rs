//! From what was seen to the numbers that are promised, each the median of its runs.

use super::observation::{Log, Observation, Scenario, Seen};
use super::table::{Row, count, median};

/// GraphQL response time within 60 s at which the gate holds calls that nobody asked for by hand; the same number as
/// `LEDGER_HOLD_MS` of the core's gate.
pub const LEDGER_HOLD_MS: f64 = 50_000.0;

/// The period of that.
pub const LEDGER_PERIOD_MS: f64 = 60_000.0;

/// Calls that the gate lets fly at once; the same number as its `WIDTH`.
const WIDTH: u32 = 16;

/// Everything that the browser showed. What was not looked at has no rows.
pub fn rows(seen: &Seen) -> Vec<Row> {
    let group = |scenario, authors| Group::of(seen, scenario, authors);
    let mut rows = one_account(&group(Scenario::Popup, 1)).unwrap_or_default();
    let one = group(Scenario::Page, 1);
    for authors in [1, 8, 25, 60, 100] {
        rows.extend(page(&group(Scenario::Page, authors), &one, authors).unwrap_or_default());
    }
    rows.extend(again(&group(Scenario::Again, 25)).unwrap_or_default());
    rows.extend(worker(seen));
    rows
}

/// The runs of one scenario.
struct Group<'seen>(Vec<&'seen Observation>);

impl<'seen> Group<'seen> {
    fn of(seen: &'seen Seen, scenario: Scenario, authors: u32) -> Self {
        let is_meant = |it: &&Observation| it.scenario == scenario && it.authors == authors;
        Self(seen.observations.iter().filter(is_meant).collect())
    }

    fn median(&self, of: impl Fn(&Observation) -> f64) -> Option<f64> {
        median(self.0.iter().map(|it| of(it)).collect())
    }
}

fn one_account(runs: &Group<'_>) -> Option<Vec<Row>> {
    let median = |of: fn(&Observation) -> f64| runs.median(of);
    let calls_ms = |it: &Observation| it.log.last_at() - it.log.first_at();
    Some(vec![
        Row::at_most(
            "one account: first call to last answer, by its slowest call",
            median(|it| (it.log.last_at() - it.log.first_at()) / it.log.slowest_ms())?,
            "×",
            1.08,
        ),
        Row::told(
            "one account: first call to last answer",
            median(calls_ms)?,
            "ms",
        ),
        Row::told(
            "one account: slowest call",
            median(|it| it.log.slowest_ms())?,
            "ms",
        ),
        Row::told(
            "one account: the same calls one after another",
            median(|it| it.log.one_after_another_ms())?,
            "ms",
        ),
        Row::told(
            "one account: popup opened to first call",
            median(|it| it.log.first_at() - it.opened_at)?,
            "ms",
        ),
        Row::told(
            "one account: popup opened to level shown",
            median(|it| it.level_at - it.opened_at)?,
            "ms",
        ),
        Row::at_most(
            "one account: last answer to popup ready",
            median(|it| it.settled_at.max(it.changed_at) - it.log.last_at())?,
            "ms",
            60.0,
        ),
        Row::told(
            "one account: GraphQL requests",
            median(|it| it.log.graphql_requests.into())?,
            "",
        ),
        Row::told(
            "one account: GraphQL points",
            median(|it| it.log.graphql_points.into())?,
            "",
        ),
        Row::told(
            "one account: REST requests",
            median(|it| it.log.rest_requests.into())?,
            "",
        ),
    ])
}

fn page(runs: &Group<'_>, one: &Group<'_>, authors: u32) -> Option<Vec<Row>> {
    let named = |what: &str| {
        let people = if authors == 1 {
            "1 author".to_owned()
        } else {
            format!("{authors} authors")
        };
        format!("{people}: {what}")
    };
    let badges_ms = |it: &Observation| it.settled_at - it.log.first_at();
    let took_ms = runs.median(badges_ms)?;
    let mut rows = vec![
        Row::told(
            named("page opened to all badges"),
            runs.median(|it| it.settled_at - it.opened_at)?,
            "ms",
        ),
        Row::told(named("first call to all badges"), took_ms, "ms"),
    ];
    if authors > 1 {
        let ratio = took_ms / one.median(badges_ms)?;
        let name = named("first call to all badges, by that of 1");
        rows.push(if authors == 25 {
            Row::at_most(name, ratio, "×", 3.5)
        } else {
            Row::told(name, ratio, "×")
        });
    }
    rows.push(Row::told(
        named("first call to all badges, by its physical limit"),
        runs.median(|it| badges_ms(it) / physical_limit_ms(&it.log))?,
        "×",
    ));
    rows.push(Row::told(
        named("the same calls one after another"),
        runs.median(|it| it.log.one_after_another_ms())?,
        "ms",
    ));
    let requests = runs.median(|it| it.log.graphql_requests.into())?;
    rows.push(if authors == 25 {
        Row::at_most(named("GraphQL requests"), requests, "", 40.0)
    } else {
        Row::told(named("GraphQL requests"), requests, "")
    });
    rows.push(Row::told(
        named("GraphQL points"),
        runs.median(|it| it.log.graphql_points.into())?,
        "",
    ));
    rows.push(Row::told(
        named("REST requests"),
        runs.median(|it| it.log.rest_requests.into())?,
        "",
    ));
    rows.push(Row::at_most(
        named("most calls in flight"),
        runs.median(|it| it.log.max_in_flight.into())?,
        "",
        WIDTH.into(),
    ));
    rows.push(Row::at_most(
        named("GraphQL response time in the fullest minute"),
        runs.median(|it| it.log.fullest_minute_ms())?,
        "ms",
        LEDGER_PERIOD_MS,
    ));
    rows.push(Row::at_most(
        named("answers that refuse"),
        runs.median(|it| count(it.log.refusals()))?,
        "",
        0.0,
    ));
    Some(rows)
}

fn again(runs: &Group<'_>) -> Option<Vec<Row>> {
    Some(vec![
        Row::at_most(
            "25 authors again: calls",
            runs.median(|it| count(it.log.calls.len()))?,
            "",
            0.0,
        ),
        Row::at_most(
            "25 authors again: HTML read to all badges",
            runs.median(|it| it.settled_at - it.parsed_at)?,
            "ms",
            100.0,
        ),
    ])
}

fn worker(seen: &Seen) -> Vec<Row> {
    let start = median(seen.core_starts_ms.clone());
    let mut rows: Vec<Row> = start
        .map(|ms| Row::at_most("core: cold start in the worker", ms, "ms", 30.0))
        .into_iter()
        .collect();
    for memory in &seen.memory {
        let after = format!("worker's memory after {}", people(memory.accounts));
        let megabytes = |bytes: f64| bytes / 1_048_576.0;
        rows.push(Row::told(
            format!("{after}: JavaScript"),
            megabytes(memory.heap_bytes),
            "MB",
        ));
        rows.push(Row::told(
            format!("{after}: WebAssembly"),
            megabytes(memory.wasm_bytes),
            "MB",
        ));
    }
    rows
}

fn people(accounts: u32) -> String {
    if accounts == 1 {
        "1 account".to_owned()
    } else {
        format!("{accounts} accounts")
    }
}

/// The least time that these calls can take: that of the slowest, or with all places taken all the time, or with the
/// ledger always as full as it may be.
fn physical_limit_ms(log: &Log) -> f64 {
    let full_periods = (log.graphql_ms() / LEDGER_HOLD_MS).floor();
    let by_width = log.one_after_another_ms() / f64::from(WIDTH);
    log.slowest_ms()
        .max(by_width)
        .max(full_periods * LEDGER_PERIOD_MS)
}
