//! gh-profiler itself on the same account and the same server, where it is installed.

use super::observation::{Log, Observation, ProgramRun, Scenario, Seen};
use super::table::{Row, median};

/// gh-profiler, and the program through which it talks to GitHub.
const PROGRAMS: [&str; 2] = ["gh", "gh-profiler"];

/// Which of the programs are not installed.
pub fn missing() -> Vec<&'static str> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_installed =
        |program: &&str| std::env::split_paths(&path).any(|dir| dir.join(program).is_file());
    PROGRAMS
        .into_iter()
        .filter(|program| !is_installed(program))
        .collect()
}

/// The lines of the table; none where it did not run.
pub fn rows(seen: &Seen) -> Vec<Row> {
    let mut rows = one_account(seen).unwrap_or_default();
    rows.extend(bulk(seen).unwrap_or_default());
    rows
}

/// The median of what a scenario of ours took.
fn ours(
    seen: &Seen,
    scenario: Scenario,
    authors: u32,
    value: fn(&Observation) -> f64,
) -> Option<f64> {
    let meant = seen.observations.iter();
    let meant = meant.filter(|it| it.scenario == scenario && it.authors == authors);
    median(meant.map(value).collect())
}

fn one_account(seen: &Seen) -> Option<Vec<Row>> {
    let of = |value: fn(&ProgramRun) -> f64| median(seen.gh_profiler.iter().map(value).collect());
    let whole_ms = of(|it| it.ended_at - it.started_at)?;
    let calls_ms = of(|it| calls_ms(&it.log))?;
    let named = |what: &str| format!("gh-profiler, one account: {what}");
    let mut rows = vec![
        Row::told(named("program started to ended"), whole_ms, "ms"),
        Row::told(named("first call to last answer"), calls_ms, "ms"),
        Row::told(named("slowest call"), of(|it| it.log.slowest_ms())?, "ms"),
        Row::told(
            named("GraphQL requests"),
            of(|it| it.log.graphql_requests.into())?,
            "",
        ),
        Row::told(
            named("REST requests"),
            of(|it| it.log.rest_requests.into())?,
            "",
        ),
    ];
    if let Some(shown_ms) = ours(seen, Scenario::Popup, 1, |it| it.level_at - it.opened_at) {
        let name = "one account: popup opened to level shown, by gh-profiler's start to end";
        rows.push(Row::told(name, shown_ms / whole_ms, "×"));
    }
    if let Some(our_calls_ms) = ours(seen, Scenario::Popup, 1, |it| self::calls_ms(&it.log)) {
        let name = "one account: first call to last answer, by gh-profiler's";
        rows.push(Row::told(name, our_calls_ms / calls_ms, "×"));
    }
    for (authors, most) in [(25, 1.0), (60, 2.0)] {
        let page_ms = ours(seen, Scenario::Page, authors, page_ms);
        let name = format!(
            "{authors} authors: page opened to all badges, by gh-profiler's start to end of one account"
        );
        rows.extend(page_ms.map(|ms| Row::at_most(name, ms / whole_ms, "×", most)));
    }
    Some(rows)
}

/// A table of those who opened 25 pull requests, beside a page of 25 strangers.
fn bulk(seen: &Seen) -> Option<Vec<Row>> {
    let of =
        |value: fn(&ProgramRun) -> f64| median(seen.gh_profiler_bulk.iter().map(value).collect());
    let whole_ms = of(|it| it.ended_at - it.started_at)?;
    let named = |what: &str| format!("gh-profiler, 25 pull requests: {what}");
    let mut rows = vec![
        Row::told(named("program started to ended"), whole_ms, "ms"),
        Row::told(
            named("GraphQL requests"),
            of(|it| it.log.graphql_requests.into())?,
            "",
        ),
        Row::told(
            named("REST requests"),
            of(|it| it.log.rest_requests.into())?,
            "",
        ),
        Row::told(
            named("GraphQL response time"),
            of(|it| it.log.graphql_ms())?,
            "ms",
        ),
    ];
    if let Some(page_ms) = ours(seen, Scenario::Page, 25, page_ms) {
        let name = "25 authors: page opened to all badges, by gh-profiler's start to end of 25 pull requests";
        rows.push(Row::told(name, page_ms / whole_ms, "×"));
    }
    Some(rows)
}

/// From the opening of a page to the last badge.
fn page_ms(look: &Observation) -> f64 {
    look.settled_at - look.opened_at
}

fn calls_ms(log: &Log) -> f64 {
    log.last_at() - log.first_at()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(runs: &[f64], name: &str, expected: Option<f64>) {
        let log = json!({
            "startedAt": 1_000,
            "calls": [{ "kind": "graphql", "status": 200, "startedMs": 200, "endedMs": 900 }],
            "maxInFlight": 1, "graphqlPoints": 1, "graphqlRequests": 1, "restRequests": 0,
        });
        let popup = json!({
            "scenario": "popup", "authors": 1,
            "openedAt": 1_000, "parsedAt": 1_010, "drawnAt": 1_020, "levelAt": 1_920,
            "settledAt": 1_930, "changedAt": 1_930, "log": log,
        });
        let runs = runs
            .iter()
            .map(|took| json!({ "startedAt": 1_000, "endedAt": 1_000.0 + took, "log": log }));
        let seen = json!({
            "observations": [popup], "firstStartsMs": [], "coreStartsMs": [], "popupStartsMs": [], "ownPeopleStartsMs": [], "memory": [], "assessed": [],
            "ghProfiler": runs.collect::<Vec<_>>(), "ghProfilerBulk": [],
        });
        let rows = rows(&serde_json::from_value(seen).unwrap());
        let found = rows.iter().find(|row| row.name == name);
        assert_eq!(
            found.and_then(|row| row.to_json()["value"].as_f64()),
            expected,
            "{name}"
        );
    }

    #[test]
    fn without_it_nothing_is_told() {
        let name = "one account: first call to last answer, by gh-profiler's";
        check(&[], name, None);
        check(&[1_000.0], name, Some(1.0));
    }

    #[test]
    fn the_median_of_its_runs_is_what_we_are_held_against() {
        let runs = [1_840.0, 9_000.0, 1_200.0];
        let name = "gh-profiler, one account: program started to ended";
        check(&runs, name, Some(1_840.0));
        let name = "one account: popup opened to level shown, by gh-profiler's start to end";
        check(&runs, name, Some(0.5));
    }

    #[test]
    fn a_page_of_ours_is_held_against_its_table() {
        let log = json!({
            "startedAt": 1_000,
            "calls": [{ "kind": "graphql", "status": 200, "startedMs": 200, "endedMs": 900 }],
            "maxInFlight": 1, "graphqlPoints": 1, "graphqlRequests": 1, "restRequests": 0,
        });
        let page = json!({
            "scenario": "page", "authors": 25,
            "openedAt": 1_000, "parsedAt": 1_010, "drawnAt": 1_020, "levelAt": 2_990,
            "settledAt": 3_000, "changedAt": 3_000, "log": log,
        });
        let seen = json!({
            "observations": [page], "firstStartsMs": [], "coreStartsMs": [], "popupStartsMs": [], "ownPeopleStartsMs": [], "memory": [], "assessed": [],
            "ghProfiler": [{ "startedAt": 1_000, "endedAt": 2_600, "log": log }],
            "ghProfilerBulk": [{ "startedAt": 1_000, "endedAt": 21_000, "log": log }],
        });
        let rows = rows(&serde_json::from_value(seen).unwrap());
        let of = |name: &str| {
            let row = rows.iter().find(|row| row.name == name).unwrap();
            (row.to_json()["value"].as_f64().unwrap(), row.is_met())
        };
        let bulk = "25 authors: page opened to all badges, by gh-profiler's start to end of 25 pull requests";
        assert_eq!(of(bulk), (0.1, None));
        let one =
            "25 authors: page opened to all badges, by gh-profiler's start to end of one account";
        assert_eq!(of(one), (1.25, Some(false)));
    }
}
