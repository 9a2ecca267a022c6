//! The triage page: its runs beside the rate limiter's own bound and beside gh-profiler, its table, and its worker's
//! deaths.

use super::measure::{RateLimiter, megabytes};
use super::observation::{Killed, LEDGER_PERIOD_MS, Scrolled, Seen, TriageRun};
use super::table::{Row, count, median};

/// What a frame takes on a screen that draws 60 a second, and the clock's own grain.
const FRAME_MS: f64 = 16.7 + 0.1;

/// The rows that gh-profiler makes a table of, too.
const BULK_ROWS: u32 = 25;

/// The lines of the table; none of what was not measured.
pub fn rows(seen: &Seen, rate_limiter: RateLimiter) -> Vec<Row> {
    let triage = &seen.triage;
    let mut rows = Vec::new();
    let mut sizes: Vec<u32> = triage.runs.iter().map(|it| it.rows).collect();
    sizes.dedup();
    for size in sizes {
        let runs: Vec<&TriageRun> = triage.runs.iter().filter(|it| it.rows == size).collect();
        rows.extend(run(&runs, size, rate_limiter).unwrap_or_default());
        if size == BULK_ROWS {
            rows.extend(beside_gh_profiler(seen, &runs));
        }
    }
    rows.extend(triage.runs.last().map(memory).unwrap_or_default());
    rows.extend(
        triage
            .scrolled
            .as_ref()
            .and_then(scrolled)
            .unwrap_or_default(),
    );
    rows.extend(triage.killed.as_ref().map(killed).unwrap_or_default());
    rows
}

fn run(runs: &[&TriageRun], size: u32, rate_limiter: RateLimiter) -> Option<Vec<Row>> {
    let named = |what: &str| format!("triage, {size} rows: {what}");
    let of = |value: fn(&TriageRun) -> f64| median(runs.iter().map(|it| value(it)).collect());
    let most = |value: fn(&TriageRun) -> f64| runs.iter().map(|it| value(it)).reduce(f64::max);
    let took_ms = |it: &TriageRun| it.done_at - it.log.first_at();
    let mut rows = Vec::new();
    let shown_ms = runs
        .iter()
        .filter_map(|it| Some(it.shown_at? - it.log.first_at()));
    if let Some(ms) = median(shown_ms.collect()) {
        rows.push(Row::told(named("first call to all levels shown"), ms, "ms"));
        rows.push(Row::told(
            named("first call to all done"),
            of(took_ms)?,
            "ms",
        ));
    } else {
        let bounds = runs.iter().map(|it| {
            let periods = (it.log.graphql_ms() / rate_limiter.ledger_run_ms).floor();
            100.0 * periods * LEDGER_PERIOD_MS / took_ms(it)
        });
        let per_second = 1_000.0 * f64::from(size) / of(took_ms)?;
        rows.extend([
            Row::told(
                named("first call to all done"),
                of(took_ms)? / 60_000.0,
                "min",
            ),
            Row::at_least(
                named("of the time that the limiter's bound allows"),
                median(bounds.collect())?,
                "%",
                90.0,
            ),
            Row::told(named("rows"), per_second, "a second"),
        ]);
    }
    rows.extend([
        Row::told(
            named("the same calls one after another"),
            of(|it| it.log.one_after_another_ms() / 1_000.0)?,
            "s",
        ),
        Row::told(
            named("requests"),
            of(|it| f64::from(it.log.graphql_requests + it.log.rest_requests))?,
            "",
        ),
        Row::told(
            named("GraphQL points"),
            of(|it| it.log.graphql_points.into())?,
            "",
        ),
        Row::at_most(
            named("most calls in flight"),
            most(|it| it.log.max_in_flight.into())?,
            "",
            rate_limiter.width.into(),
        ),
        Row::at_most(
            named("answers that refuse"),
            most(|it| count(it.log.refusals()))?,
            "",
            0.0,
        ),
    ]);
    Some(rows)
}

/// From the press on the button to the last level, beside a program from its start to its end.
fn beside_gh_profiler(seen: &Seen, runs: &[&TriageRun]) -> Option<Row> {
    let program = seen.gh_profiler_bulk.iter();
    let program_ms = median(program.map(|it| it.ended_at - it.started_at).collect())?;
    let shown = runs
        .iter()
        .filter_map(|it| Some(it.shown_at? - it.pressed_at));
    let name = "triage, 25 rows: button pressed to all levels shown, faster than gh-profiler's table of 25";
    Some(Row::at_least(
        name,
        program_ms / median(shown.collect())?,
        "×",
        15.0,
    ))
}

fn memory(run: &TriageRun) -> Vec<Row> {
    let named = |what: &str| format!("triage, memory after {} rows: {what}", run.rows);
    let worker = run.worker.as_ref();
    let told = [
        ("the page's JavaScript", run.page_bytes),
        ("the worker's JavaScript", worker.map(|it| it.heap_bytes)),
        ("the worker's WebAssembly", worker.map(|it| it.wasm_bytes)),
    ];
    let told = told
        .into_iter()
        .filter_map(|(what, bytes)| Some((what, bytes?)));
    told.map(|(what, bytes)| Row::told(named(what), megabytes(bytes), "MB"))
        .collect()
}

fn scrolled(scrolled: &Scrolled) -> Option<Vec<Row>> {
    let named = |what: &str| format!("triage, {} rows scrolled: {what}", scrolled.rows);
    let frames = &scrolled.frames_ms;
    let late = frames.iter().filter(|ms| **ms > FRAME_MS).count();
    Some(vec![
        Row::told(named("frames"), count(frames.len()), ""),
        Row::at_most(
            named("median frame"),
            median(frames.clone())?,
            "ms",
            FRAME_MS,
        ),
        Row::told(
            named("worst frame"),
            frames.iter().copied().reduce(f64::max)?,
            "ms",
        ),
        Row::told(
            named("frames over 16.7 ms"),
            100.0 * count(late) / count(frames.len()),
            "%",
        ),
    ])
}

fn killed(killed: &Killed) -> Vec<Row> {
    let named = |what: &str| format!("triage, worker killed {} times: {what}", killed.kills);
    vec![
        Row::told(named("parts in flight then"), killed.in_flight.into(), ""),
        Row::at_most(
            named("answered parts asked for again"),
            killed.repeated.into(),
            "",
            0.0,
        ),
        Row::at_most(named("levels lost"), killed.lost.into(), "", 0.0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// A run of two GraphQL calls of 46 s each, done after 100 s.
    fn run(rows: u32, shown_at: Option<f64>) -> Value {
        let call = json!({ "kind": "graphql", "status": 200, "startedMs": 500, "endedMs": 46_500 });
        json!({
            "rows": rows, "pressedAt": 1_000, "shownAt": shown_at, "doneAt": 101_500,
            "pageBytes": 1_048_576, "worker": null,
            "log": {
                "startedAt": 1_000, "calls": [call, call], "maxInFlight": 2,
                "graphqlPoints": 2, "graphqlRequests": 2, "restRequests": 0,
            },
        })
    }

    #[track_caller]
    fn check(triage: &Value, name: &str, expected: Option<f64>) {
        let program = json!({
            "startedAt": 0, "endedAt": 20_000,
            "log": { "startedAt": 0, "calls": [], "maxInFlight": 0, "graphqlPoints": 0, "graphqlRequests": 0, "restRequests": 0 },
        });
        let seen = json!({
            "observations": [], "firstStartsMs": [], "coreStartsMs": [], "popupStartsMs": [],
            "ownPeopleStartsMs": [], "memory": [], "assessed": [], "ghProfiler": [],
            "ghProfilerBulk": [program], "triage": triage,
        });
        let limiter = RateLimiter {
            width: 16,
            ledger_hold_ms: 50_000.0,
            ledger_run_ms: 46_000.0,
        };
        let rows = rows(&serde_json::from_value(seen).unwrap(), limiter);
        let row = rows.iter().find(|row| row.name == name);
        let value = row.and_then(|row| row.to_json()["value"].as_f64());
        assert_eq!(value, expected, "{name}");
    }

    #[test]
    fn a_run_is_held_against_the_limiter_and_gh_profiler() {
        let runs = [run(25, Some(5_000.0)), run(200, None)];
        let triage = json!({ "runs": runs, "scrolled": null, "killed": null });
        for (name, expected) in [
            ("triage, 25 rows: first call to all levels shown", 3_500.0),
            (
                "triage, 25 rows: button pressed to all levels shown, faster than gh-profiler's table of 25",
                5.0,
            ),
            // Two minutes' worth in 100 s.
            (
                "triage, 200 rows: of the time that the limiter's bound allows",
                120.0,
            ),
            ("triage, 200 rows: rows", 2.0),
            ("triage, memory after 200 rows: the page's JavaScript", 1.0),
        ] {
            check(&triage, name, Some(expected));
        }
        check(
            &triage,
            "triage, 200 rows: first call to all levels shown",
            None,
        );
    }

    #[test]
    fn frames_and_deaths_are_counted() {
        let triage = json!({
            "runs": [],
            "scrolled": { "rows": 5_000, "framesMs": [16.6, 16.7, 33.3, 16.7] },
            "killed": { "kills": 10, "inFlight": 7, "repeated": 0, "lost": 1 },
        });
        for (name, expected) in [
            ("triage, 5000 rows scrolled: frames over 16.7 ms", 25.0),
            ("triage, 5000 rows scrolled: worst frame", 33.3),
            (
                "triage, worker killed 10 times: answered parts asked for again",
                0.0,
            ),
            ("triage, worker killed 10 times: levels lost", 1.0),
        ] {
            check(&triage, name, Some(expected));
        }
    }
}
