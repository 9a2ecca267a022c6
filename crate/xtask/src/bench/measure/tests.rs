use serde_json::{Value, json};

use super::*;

/// A look at a page that opens at 1,000 and calls from 1,100 on; `ends` are the ends of its GraphQL calls.
fn look(scenario: &str, authors: u32, ends: &[f64], settled_at: f64) -> Value {
    let calls: Vec<Value> = ends
        .iter()
        .map(|end| json!({ "kind": "graphql", "status": 200, "startedMs": 100, "endedMs": end }))
        .collect();
    json!({
        "scenario": scenario, "authors": authors,
        "openedAt": 1_000, "parsedAt": 1_010, "drawnAt": 1_020, "levelAt": settled_at,
        "settledAt": settled_at, "changedAt": settled_at,
        "log": {
            "startedAt": 1_000, "calls": calls, "maxInFlight": calls.len(),
            "graphqlPoints": calls.len(), "graphqlRequests": calls.len(), "restRequests": 0,
        },
    })
}

#[track_caller]
fn check(looks: &[Value], name: &str, expected: Option<f64>) {
    let seen = json!({
        "observations": looks, "firstStartsMs": [], "coreStartsMs": [], "popupStartsMs": [], "ownPeopleStartsMs": [], "memory": [], "assessed": [], "ghProfiler": [], "ghProfilerBulk": [],
    });
    let seen: Seen = serde_json::from_value(seen).unwrap();
    let rate_limiter = RateLimiter {
        width: 16,
        ledger_hold_ms: 50_000.0,
        ledger_run_ms: 46_000.0,
    };
    let rows = rows(&seen, rate_limiter);
    let found = rows.iter().find(|row| row.name == name);
    assert_eq!(
        found.and_then(|row| row.to_json()["value"].as_f64()),
        expected,
        "{name}"
    );
}

#[test]
fn what_was_not_looked_at_has_no_row() {
    check(&[], "1 author: GraphQL requests", None);
    let page = look("page", 1, &[200.0], 1_210.0);
    check(&[page], "25 authors: GraphQL requests", None);
}

#[test]
fn moments_of_the_server_and_of_the_browser_are_held_against_each_other() {
    let popup = look("popup", 1, &[200.0, 300.0], 1_330.0);
    let looks = [popup];
    check(
        &looks,
        "one account: popup opened to first call",
        Some(100.0),
    );
    check(
        &looks,
        "one account: first call to last answer",
        Some(200.0),
    );
    check(
        &looks,
        "one account: the same calls one after another",
        Some(300.0),
    );
    check(
        &looks,
        "one account: last answer to popup ready",
        Some(30.0),
    );
}

#[test]
fn a_page_is_held_against_one_author_and_its_physical_limit() {
    let looks = [
        look("page", 1, &[200.0], 1_200.0),
        look("page", 25, &[200.0, 300.0], 1_400.0),
        look("page", 25, &[200.0, 300.0], 1_600.0),
        look("page", 25, &[200.0, 300.0], 1_300.0),
    ];
    check(&looks, "25 authors: first call to all badges", Some(300.0));
    check(
        &looks,
        "25 authors: first call to all badges, by that of 1",
        Some(3.0),
    );
    check(
        &looks,
        "25 authors: first call to all badges, by its physical limit",
        Some(1.5),
    );
}

#[test]
fn the_ledger_limits_a_page_of_many() {
    let ends = [600.0 * 100.0 + 100.0; 2];
    let looks = [look("page", 100, &ends, 1_100.0 + 240_000.0)];
    check(
        &looks,
        "100 authors: first call to all badges, by its physical limit",
        Some(2.0),
    );
}

#[test]
fn what_may_never_be_passed_is_told_at_its_worst() {
    let looks = [
        look("page", 25, &[200.0], 1_200.0),
        look("page", 25, &[200.0, 300.0, 300.0], 1_200.0),
        look("page", 25, &[200.0], 1_200.0),
    ];
    check(&looks, "25 authors: most calls in flight", Some(3.0));
    check(&looks, "25 authors: GraphQL requests", Some(1.0));
}

#[test]
fn reports_are_told_as_usual_and_for_the_first_time() {
    let assessed = json!([
        { "accounts": 1_000, "roundsMs": [90.0, 30.0, 31.0] },
        { "accounts": 1_000, "roundsMs": [70.0, 20.0, 21.0] },
    ]);
    let seen = json!({
        "observations": [], "firstStartsMs": [], "coreStartsMs": [], "popupStartsMs": [], "ownPeopleStartsMs": [], "memory": [], "assessed": assessed,
        "ghProfiler": [], "ghProfilerBulk": [],
    });
    let rows = reports(&serde_json::from_value(seen).unwrap());
    let told: Vec<_> = rows
        .iter()
        .map(|row| (row.name.as_str(), row.to_json()["value"].as_f64()))
        .collect();
    let name = "assessing 1000 accounts in wasm";
    assert_eq!(
        told,
        [
            (name, Some(26.0)),
            (&*format!("{name}, the first time"), Some(80.0)),
        ]
    );
}

#[test]
fn a_page_seen_before_is_fast_in_nearly_every_visit() {
    let visit = |settled_at| look("again", 25, &[], settled_at);
    let mut looks = vec![visit(1_060.0); 19];
    looks.push(visit(1_900.0));
    let name = "25 authors again: visits with all badges within 100 ms";
    check(&looks, name, Some(95.0));
}

#[test]
fn a_page_right_after_another_is_told_by_itself() {
    let looks = [look("after", 60, &[200.0], 9_000.0)];
    check(
        &looks,
        "60 authors right after 25: page opened to all badges",
        Some(8_000.0),
    );
    check(&looks, "60 authors: page opened to all badges", None);
}
