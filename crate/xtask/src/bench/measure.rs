//! From what was seen to the numbers that are promised, each the median of its runs; of what may never be passed, the
//! largest.

use serde::Deserialize;

use super::observation::{Assessed, LEDGER_PERIOD_MS, Log, Observation, Scenario, Seen};
use super::table::{Row, count, median};

/// What the core's rate limiter allows, as the core itself tells it.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RateLimiter {
    /// Calls in flight at once.
    pub width: u32,
    /// GraphQL response time within [`LEDGER_PERIOD_MS`] at which calls are held that nobody asked for by hand.
    pub ledger_hold_ms: f64,
    /// The same for what a run of the triage page asks for.
    pub ledger_run_ms: f64,
}

/// Everything that the browser showed. What was not looked at has no rows.
pub fn rows(seen: &Seen, rate_limiter: RateLimiter) -> Vec<Row> {
    let group = |scenario, authors| Group::of(seen, scenario, authors);
    let mut rows = one_account(&group(Scenario::Popup, 1)).unwrap_or_default();
    let one = group(Scenario::Page, 1);
    for authors in [1, 8, 25, 60, 100] {
        rows.extend(
            page(&group(Scenario::Page, authors), &one, authors, rate_limiter).unwrap_or_default(),
        );
    }
    rows.extend(after(&group(Scenario::After, 60), rate_limiter).unwrap_or_default());
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

    /// The share of runs of which this is true.
    fn share(&self, is_so: impl Fn(&Observation) -> bool) -> Option<f64> {
        let so = self.0.iter().filter(|it| is_so(it)).count();
        (!self.0.is_empty()).then(|| count(so) / count(self.0.len()))
    }

    /// The largest value: what may never be passed is not kept by being kept most of the time.
    fn most(&self, of: impl Fn(&Observation) -> f64) -> Option<f64> {
        self.0.iter().map(|it| of(it)).reduce(f64::max)
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
            1.05,
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

fn page(
    runs: &Group<'_>,
    one: &Group<'_>,
    authors: u32,
    rate_limiter: RateLimiter,
) -> Option<Vec<Row>> {
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
    if authors > 1
        && let Some(one_ms) = one.median(badges_ms)
    {
        let ratio = took_ms / one_ms;
        let name = named("first call to all badges, by that of 1");
        rows.push(match authors {
            25 => Row::at_most(name, ratio, "×", 3.0),
            60 => Row::at_most(name, ratio, "×", 6.0),
            _ => Row::told(name, ratio, "×"),
        });
    }
    rows.push(Row::told(
        named("first call to all badges, by its physical limit"),
        runs.median(|it| badges_ms(it) / physical_limit_ms(&it.log, rate_limiter))?,
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
        named("GraphQL points an author"),
        runs.median(|it| f64::from(it.log.graphql_points))? / f64::from(authors),
        "points",
    ));
    rows.push(Row::told(
        named("REST requests"),
        runs.median(|it| it.log.rest_requests.into())?,
        "",
    ));
    let graphql_ms = runs.median(|it| it.log.graphql_ms())?;
    rows.push(if authors == 60 {
        Row::at_most(named("GraphQL response time"), graphql_ms, "ms", 36_000.0)
    } else {
        Row::told(named("GraphQL response time"), graphql_ms, "ms")
    });
    rows.push(Row::told(
        named("GraphQL response time an author"),
        graphql_ms / f64::from(authors),
        "ms",
    ));
    rows.extend(never_passed(runs, &named, rate_limiter)?);
    Some(rows)
}

/// What may never be passed, at its worst.
fn never_passed(
    runs: &Group<'_>,
    named: &impl Fn(&str) -> String,
    rate_limiter: RateLimiter,
) -> Option<[Row; 3]> {
    Some([
        Row::at_most(
            named("most calls in flight"),
            runs.most(|it| it.log.max_in_flight.into())?,
            "",
            rate_limiter.width.into(),
        ),
        Row::at_most(
            named("GraphQL response time in the fullest minute"),
            runs.most(|it| it.log.fullest_minute_ms())?,
            "ms",
            LEDGER_PERIOD_MS,
        ),
        Row::at_most(
            named("answers that refuse"),
            runs.most(|it| count(it.log.refusals()))?,
            "",
            0.0,
        ),
    ])
}

/// A page of 60 others, right after one of 25. What the log tells is of both.
fn after(runs: &Group<'_>, rate_limiter: RateLimiter) -> Option<Vec<Row>> {
    let named = |what: &str| format!("60 authors right after 25: {what}");
    let mut rows = vec![Row::told(
        named("page opened to all badges"),
        runs.median(|it| it.settled_at - it.opened_at)?,
        "ms",
    )];
    rows.extend(never_passed(runs, &named, rate_limiter)?);
    Some(rows)
}

fn again(runs: &Group<'_>) -> Option<Vec<Row>> {
    Some(vec![
        Row::at_most(
            "25 authors again: calls",
            runs.most(|it| count(it.log.calls.len()))?,
            "",
            0.0,
        ),
        Row::told(
            "25 authors again: HTML read to first badge drawn",
            runs.median(|it| it.drawn_at - it.parsed_at)?,
            "ms",
        ),
        Row::told(
            "25 authors again: HTML read to all badges",
            runs.median(|it| it.settled_at - it.parsed_at)?,
            "ms",
        ),
        Row::at_least(
            "25 authors again: visits with all badges within 100 ms",
            100.0 * runs.share(|it| it.settled_at - it.parsed_at <= 100.0)?,
            "%",
            95.0,
        ),
    ])
}

fn worker(seen: &Seen) -> Vec<Row> {
    let mut rows = Vec::new();
    let limited = [
        (
            &seen.core_starts_ms,
            "core: start in a worker that was stopped",
            30.0,
        ),
        (
            &seen.own_people_starts_ms,
            "core: start with 20,000 own people",
            40.0,
        ),
    ];
    for (starts, name, most_ms) in limited {
        if let Some(ms) = median(starts.clone()) {
            rows.push(Row::at_most(name, ms, "ms", most_ms));
        }
    }
    let told = [
        (
            &seen.popup_starts_ms,
            "core: start while the popup that woke it is drawn",
        ),
        (
            &seen.first_starts_ms,
            "core: first start of all, with the store to be made",
        ),
    ];
    for (starts, name) in told {
        if let Some(ms) = median(starts.clone()) {
            rows.push(Row::told(name, ms, "ms"));
        }
    }
    for memory in &seen.memory {
        let after = format!("worker's memory after {}", people(memory.accounts));
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

pub fn megabytes(bytes: f64) -> f64 {
    bytes / 1_048_576.0
}

/// What reports cost in WebAssembly; what they cost natively stands beside.
pub fn reports(seen: &Seen) -> Vec<Row> {
    let of = |round: fn(&Assessed) -> Option<f64>| {
        median(seen.assessed.iter().filter_map(round).collect())
    };
    let accounts = seen.assessed.first().map_or(0, |it| it.accounts);
    let named = |what: &str| format!("assessing {} in wasm{what}", people(accounts));
    let usual = of(|it| median(it.rounds_ms.clone()));
    let first = of(|it| it.rounds_ms.first().copied());
    [(usual, ""), (first, ", the first time")]
        .into_iter()
        .filter_map(|(ms, what)| Some(Row::told(named(what), ms?, "ms")))
        .collect()
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
fn physical_limit_ms(log: &Log, rate_limiter: RateLimiter) -> f64 {
    let full_periods = (log.graphql_ms() / rate_limiter.ledger_hold_ms).floor();
    let by_width = log.one_after_another_ms() / f64::from(rate_limiter.width);
    log.slowest_ms()
        .max(by_width)
        .max(full_periods * LEDGER_PERIOD_MS)
}

#[cfg(test)]
mod tests;
