//! What `tests/bench/bench.ts` has written down. All moments are in milliseconds since 1970 unless they say otherwise.

use serde::Deserialize;

/// The period in which GitHub adds up GraphQL's response time, and how much of it may be used up.
pub const LEDGER_PERIOD_MS: f64 = 60_000.0;

/// Everything.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Seen {
    pub observations: Vec<Observation>,
    /// The core's first start in each fresh profile, with the store to be made.
    pub first_starts_ms: Vec<f64>,
    /// Its start in a worker that had been stopped, as browsers do after half a minute of rest.
    pub core_starts_ms: Vec<f64>,
    /// The same, woken by a popup that is being drawn meanwhile.
    pub popup_starts_ms: Vec<f64>,
    /// Its start in a worker that had been stopped, with 20,000 own people.
    pub own_people_starts_ms: Vec<f64>,
    /// The worker's memory, before and after many look-ups; empty where no browser told.
    pub memory: Vec<Memory>,
    /// Reports made in WebAssembly, once for each run.
    pub assessed: Vec<Assessed>,
    /// gh-profiler on the same account, once for each run; empty where it is not installed.
    pub gh_profiler: Vec<ProgramRun>,
    /// gh-profiler on those who opened 25 pull requests; empty where it is not installed, or not measured.
    pub gh_profiler_bulk: Vec<ProgramRun>,
    /// What the triage page did.
    #[serde(default)]
    pub triage: Triage,
}

/// The triage page.
#[derive(Deserialize, Default)]
pub struct Triage {
    pub runs: Vec<TriageRun>,
    pub scrolled: Option<Scrolled>,
    pub killed: Option<Killed>,
}

/// A run from the press on its button to its end.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TriageRun {
    pub rows: u32,
    pub pressed_at: f64,
    /// When every row was drawn and had a level; none where there are more rows than a page draws.
    pub shown_at: Option<f64>,
    pub done_at: f64,
    pub log: Log,
    /// What the page's JavaScript held at the end, in bytes; none where no browser told.
    pub page_bytes: Option<f64>,
    pub worker: Option<Memory>,
}

/// How long each frame took while a table was scrolled.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Scrolled {
    pub rows: u32,
    pub frames_ms: Vec<f64>,
}

/// What a run whose worker was killed asked for, held against the same run in peace, in parts of people.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Killed {
    pub kills: u32,
    /// On their way when the worker died.
    pub in_flight: u32,
    /// Asked for again although they had been answered.
    pub repeated: u32,
    /// Rows with another level at the end, or none.
    pub lost: u32,
}

/// What was looked at.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "camelCase")]
pub enum Scenario {
    /// The popup on somebody who is not known yet.
    Popup,
    /// A page of people who are not known yet.
    Page,
    /// The same page once more.
    Again,
    /// A page of others, right after one of 25; its log holds the calls of both.
    After,
}

/// One look.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Observation {
    pub scenario: Scenario,
    pub authors: u32,
    pub opened_at: f64,
    pub parsed_at: f64,
    pub drawn_at: f64,
    pub level_at: f64,
    pub settled_at: f64,
    pub changed_at: f64,
    pub log: Log,
}

/// What the loopback GitHub noted.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Log {
    /// What the times of the calls count from.
    pub started_at: f64,
    pub calls: Vec<Call>,
    pub max_in_flight: u32,
    pub graphql_points: u32,
    pub graphql_requests: u32,
    pub rest_requests: u32,
}

/// One call of the API.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Call {
    pub kind: Kind,
    pub status: u16,
    /// Milliseconds since [`Log::started_at`].
    pub started_ms: f64,
    pub ended_ms: f64,
}

/// Which part of GitHub a call was for.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Rest,
    Graphql,
}

/// What the worker holds.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Memory {
    pub accounts: u32,
    pub heap_bytes: f64,
    pub wasm_bytes: f64,
}

/// Everybody's report, made several times over by one module.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Assessed {
    pub accounts: u32,
    /// What each round took; the first is by code that has never run before.
    pub rounds_ms: Vec<f64>,
}

/// A program from its start to its end.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProgramRun {
    pub started_at: f64,
    pub ended_at: f64,
    pub log: Log,
}

impl Call {
    pub fn took_ms(&self) -> f64 {
        self.ended_ms - self.started_ms
    }
}

impl Log {
    /// When the first call arrived.
    pub fn first_at(&self) -> f64 {
        let times = self.calls.iter().map(|call| call.started_ms);
        self.started_at + times.fold(f64::INFINITY, f64::min)
    }

    /// When the last answer left.
    pub fn last_at(&self) -> f64 {
        let times = self.calls.iter().map(|call| call.ended_ms);
        self.started_at + times.fold(f64::NEG_INFINITY, f64::max)
    }

    /// What the slowest call took.
    pub fn slowest_ms(&self) -> f64 {
        self.calls.iter().map(Call::took_ms).fold(0.0, f64::max)
    }

    /// What the same calls would take one after another.
    pub fn one_after_another_ms(&self) -> f64 {
        self.calls.iter().map(Call::took_ms).sum()
    }

    /// The time of GraphQL's answers, all added up.
    pub fn graphql_ms(&self) -> f64 {
        self.graphql().map(Call::took_ms).sum()
    }

    /// The most GraphQL response time that ended within any [`LEDGER_PERIOD_MS`].
    pub fn fullest_minute_ms(&self) -> f64 {
        let within = |end: f64| {
            self.graphql()
                .filter(|call| call.ended_ms <= end && call.ended_ms > end - LEDGER_PERIOD_MS)
                .map(Call::took_ms)
                .sum::<f64>()
        };
        self.graphql()
            .map(|call| within(call.ended_ms))
            .fold(0.0, f64::max)
    }

    /// Answers that tell of something wrong.
    pub fn refusals(&self) -> usize {
        self.calls
            .iter()
            .filter(|call| call.status != 200 && call.status != 304)
            .count()
    }

    fn graphql(&self) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(|call| call.kind == Kind::Graphql)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(calls: &[(Kind, f64, f64)]) -> Log {
        let calls = calls.iter().map(|&(kind, started_ms, ended_ms)| Call {
            kind,
            status: 200,
            started_ms,
            ended_ms,
        });
        Log {
            started_at: 0.0,
            calls: calls.collect(),
            max_in_flight: 0,
            graphql_points: 0,
            graphql_requests: 0,
            rest_requests: 0,
        }
    }

    #[track_caller]
    fn check_fullest_minute(calls: &[(Kind, f64, f64)], expected: f64) {
        let found = log(calls).fullest_minute_ms();
        assert!((found - expected).abs() < f64::EPSILON, "{found}");
    }

    #[test]
    fn the_fullest_minute_counts_what_ends_within_it() {
        use Kind::{Graphql, Rest};
        check_fullest_minute(&[], 0.0);
        check_fullest_minute(&[(Rest, 0.0, 900.0)], 0.0);
        check_fullest_minute(&[(Graphql, 0.0, 900.0), (Graphql, 100.0, 300.0)], 1_100.0);
        check_fullest_minute(
            &[(Graphql, 0.0, 900.0), (Graphql, 60_000.0, 60_899.0)],
            1_799.0,
        );
        check_fullest_minute(
            &[(Graphql, 0.0, 900.0), (Graphql, 60_000.0, 60_900.0)],
            900.0,
        );
    }

    #[test]
    fn sums_and_ends() {
        let log = log(&[(Kind::Graphql, 10.0, 30.0), (Kind::Rest, 5.0, 20.0)]);
        let near = |found: f64, expected: f64| (found - expected).abs() < f64::EPSILON;
        assert!(near(log.first_at(), 5.0));
        assert!(near(log.last_at(), 30.0));
        assert!(near(log.slowest_ms(), 20.0));
        assert!(near(log.one_after_another_ms(), 35.0));
        assert!(near(log.graphql_ms(), 20.0));
    }
}
