//! What a person would see, case by case.

use crate::sim::{PAGE, Sim, look_up};
use bonafide_core::engine::{ClientId, ClientKind, Event};
use bonafide_core::evidence::{GapReason, Part};
use bonafide_core::message::{FromOptions, FromPage};
use bonafide_core::report::Level;
use bonafide_core::time::SignedDuration;
use fake_github::latency::Latency;
use fake_github::limits::{Bucket, Set};
use fake_github::tokens;
use serde_json::json;

const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// The levels of `logins` after a minute on a page of `acme/web`.
fn check(logins: &[&str], expected: &[Level]) {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.page(PAGE, logins);
    sim.run(MINUTE);
    let settled = sim.settled(PAGE);
    let told: Vec<Level> = logins.iter().map(|login| settled[*login]).collect();
    assert_eq!(told, expected, "{logins:?}");
}

#[test]
fn everybody_settles_on_what_their_record_shows() {
    use Level::{Alert, Caution, Clear, Quiet, Unknown};
    check(&["serial-sam"], &[Alert]);
    check(&["newcomer-nia", "serial-sam"], &[Clear, Alert]);
    check(
        &[
            "quiet-quinn",
            "patchy-pat",
            "rejected-rex",
            "acme",
            "missing-mo",
        ],
        &[Quiet, Caution, Alert, Unknown, Unknown],
    );
    // Search finds nothing of a private profile; its connections tell all.
    check(&["quiet-quinn", "private-priya"], &[Quiet, Clear]);
    // Of 260, owners who also take the work closed little more than half.
    check(&["busy-bea"], &[Clear]);
}

#[test]
fn one_person_takes_as_long_as_the_slowest_call() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.page(PAGE, &["newcomer-nia"]);
    sim.run(MINUTE);
    let calls = sim.github.log().calls();
    let first = calls.iter().map(|it| it.started_ms).min().unwrap();
    let last = calls.iter().filter_map(|it| it.ended_ms).max().unwrap();
    let slowest = calls
        .iter()
        .filter_map(|it| Some(it.ended_ms? - it.started_ms))
        .max()
        .unwrap();
    assert_eq!(last - first, slowest, "{calls:#?}");
}

#[test]
fn a_page_costs_what_the_plan_says() {
    for (people, most) in [(1, 5), (8, 14), (25, 40)] {
        let logins: Vec<String> = (1..=people).map(|n| format!("gen-{n}")).collect();
        let logins: Vec<&str> = logins.iter().map(String::as_str).collect();
        let mut sim = Sim::new(Latency::MODEL, 1);
        sim.page(PAGE, &logins);
        sim.run(MINUTE * 2);
        let summary = sim.github.log().summary();
        assert!(
            summary.graphql_requests <= most,
            "{people}: {} requests",
            summary.graphql_requests
        );
        assert!(
            sim.settled(PAGE)
                .values()
                .all(|level| *level != Level::Pending)
        );
    }
}

#[test]
fn the_same_people_again_cost_nothing() {
    let logins = ["serial-sam", "newcomer-nia", "gen-3"];
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.page(PAGE, &logins);
    sim.run(MINUTE);
    let before = sim.settled(PAGE);
    let calls = sim.sent.len();
    sim.page(ClientId(2), &logins);
    sim.run(MINUTE);
    assert_eq!(sim.settled(ClientId(2)), before);
    sim.restart(&[(ClientId(3), &logins)]);
    sim.run(MINUTE);
    assert_eq!(sim.settled(ClientId(3)), before);
    assert_eq!(sim.sent.len(), calls, "a warm page makes no call");
}

#[test]
fn two_tabs_share_one_flight() {
    let mut one = Sim::new(Latency::MODEL, 1);
    one.page(PAGE, &["gen-1", "gen-2"]);
    one.run(MINUTE);
    let mut two = Sim::new(Latency::MODEL, 1);
    two.page(PAGE, &["gen-1", "gen-2"]);
    two.page(ClientId(2), &["gen-1", "gen-2"]);
    two.run(MINUTE);
    assert_eq!(two.sent.len(), one.sent.len());
    assert_eq!(two.settled(PAGE), two.settled(ClientId(2)));
}

#[test]
fn a_refused_token_stops_everything_and_a_new_one_mends_it() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    let logins: Vec<String> = (1..=25).map(|n| format!("gen-{n}")).collect();
    let logins: Vec<&str> = logins.iter().map(String::as_str).collect();
    sim.faults(json!([{ "do": "401" }]));
    sim.page(PAGE, &logins);
    sim.run(MINUTE);
    let calls = sim.sent.len();
    assert!(calls <= 16, "{calls} calls with a bad token");
    assert!(
        sim.settled(PAGE)
            .values()
            .all(|level| *level == Level::Unknown)
    );

    sim.faults(json!([]));
    let options = ClientId(9);
    sim.say(Event::Connected(options, ClientKind::Options));
    let token = tokens::FINE_GRAINED.to_owned();
    sim.say(Event::Options(options, FromOptions::SaveToken { token }));
    sim.run(MINUTE);
    let settled = sim.settled(PAGE);
    let unknown = settled
        .values()
        .filter(|level| **level == Level::Unknown)
        .count();
    assert!(unknown < 5, "{settled:?}");
    assert!(settled.values().all(|level| *level != Level::Pending));
}

#[test]
fn a_spent_limit_is_told_and_mends_by_itself() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    let set = |remaining| Set {
        remaining,
        reset_in_seconds: Some(300),
        limit: None,
    };
    let now = jiff::Timestamp::from_millisecond(sim.now.as_millisecond()).unwrap();
    sim.github.set_limit(Bucket::Graphql, set(0), now);
    sim.page(PAGE, &["serial-sam"]);
    sim.say(Event::Page(
        PAGE,
        FromPage::Open {
            login: "serial-sam".to_owned(),
        },
    ));
    sim.run(MINUTE);
    assert_eq!(sim.settled(PAGE)["serial-sam"], Level::Unknown);
    let report = &sim.reports[&(PAGE, "serial-sam".to_owned())];
    let gap = report
        .gaps
        .iter()
        .find(|gap| gap.reason == GapReason::LimitSpent);
    let until = gap.and_then(|gap| gap.until.clone()).unwrap();
    assert!(until > sim.now.to_string(), "{until}");
    let calls = sim.sent.len();
    sim.run(MINUTE * 3);
    assert_eq!(sim.sent.len(), calls, "nothing is asked before the reset");
    sim.run(MINUTE * 3);
    assert_eq!(sim.settled(PAGE)["serial-sam"], Level::Alert);
}

#[test]
fn a_network_that_comes_back_mends_the_badges() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.faults(json!([{ "do": "connection-reset" }]));
    sim.page(PAGE, &["serial-sam", "newcomer-nia"]);
    sim.run(SignedDuration::from_secs(10));
    assert!(
        sim.settled(PAGE)
            .values()
            .all(|level| *level == Level::Unknown)
    );
    sim.faults(json!([]));
    sim.run(MINUTE * 2);
    assert_eq!(sim.settled(PAGE)["serial-sam"], Level::Alert);
    assert_eq!(sim.settled(PAGE)["newcomer-nia"], Level::Clear);
}

/// Chromium holds an extension's calls back for a while after some 500s and
/// 503s, and lets them fail as if there were no network.
#[test]
fn a_network_that_fails_right_after_github_did_is_github_s_failure() {
    let reset = json!({ "match": { "login": "serial-sam" }, "do": "connection-reset" });
    let broken =
        json!({ "match": { "login": "newcomer-nia", "kind": "graphql" }, "times": 6, "do": "503" });
    let reasons = |faults: serde_json::Value, after: SignedDuration| {
        let mut sim = Sim::new(Latency::MODEL, 1);
        sim.faults(faults);
        sim.page(PAGE, &["newcomer-nia", "serial-sam"]);
        let login = "serial-sam".to_owned();
        sim.say(Event::Page(PAGE, FromPage::Open { login }));
        sim.run(after);
        let report = &sim.reports[&(PAGE, "serial-sam".to_owned())];
        let of_issues = report.gaps.iter().filter(|gap| gap.part == Part::Issues);
        let reasons: Vec<GapReason> = of_issues.map(|gap| gap.reason).collect();
        sim.faults(json!([]));
        sim.run(MINUTE);
        assert_eq!(sim.settled(PAGE)["serial-sam"], Level::Alert, "it recheck");
        reasons
    };
    let soon = SignedDuration::from_secs(10);
    assert_eq!(reasons(json!([reset]), soon), [GapReason::Offline]);
    let both = json!([reset, broken]);
    assert_eq!(reasons(both.clone(), soon), [GapReason::ServerError]);
    assert_eq!(reasons(both, MINUTE * 3), [GapReason::Offline]);
}

#[test]
fn a_call_that_hangs_ends_in_a_gap() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.faults(json!([{ "do": "hang" }]));
    sim.page(PAGE, &["serial-sam"]);
    // Calls that hang use up GraphQL's response time, so the second try of
    // some has to wait for it.
    sim.run(MINUTE * 2);
    assert_eq!(sim.settled(PAGE)["serial-sam"], Level::Unknown);
    assert!(sim.aborted > 0);
    assert_eq!(sim.engine.in_flight(), 0);
}

#[test]
fn without_a_token_only_the_opener_is_looked_up() {
    let mut sim = Sim::without_token(Latency::MODEL, 1);
    sim.page(PAGE, &["serial-sam", "newcomer-nia"]);
    sim.run(MINUTE);
    let settled = sim.settled(PAGE);
    assert_eq!(settled["serial-sam"], Level::Alert);
    assert_eq!(settled["newcomer-nia"], Level::Unknown);
    let asked = |login: &str| {
        sim.sent
            .iter()
            .filter(|(_, it)| it.url.contains(login))
            .count()
    };
    assert!((3..=4).contains(&asked("serial-sam")), "{:#?}", sim.sent);
    assert_eq!(asked("newcomer-nia"), 0);
}

#[test]
fn without_a_token_a_quiet_author_is_quiet_once_asked_for() {
    let mut sim = Sim::without_token(Latency::MODEL, 1);
    sim.page(PAGE, &["serial-sam", "quiet-quinn"]);
    let login = "quiet-quinn".to_owned();
    sim.say(Event::Page(PAGE, FromPage::Refresh { login }));
    sim.run(MINUTE);
    assert_eq!(sim.settled(PAGE)["quiet-quinn"], Level::Quiet);
}

/// Each fault that a server can cause: met once it leaves no trace in the
/// level (but for those that no second try can mend), met always it leaves
/// `unknown` and a bounded number of calls.
#[test]
fn every_fault_ends_in_an_answer_or_a_gap() {
    let mended = [
        "403-secondary:2",
        "graphql-secondary:2",
        "403-primary:5",
        "graphql-rate-limited:5",
        "graphql-rate-limit:5",
        "502",
        "504",
        "something-went-wrong",
        "service-unavailable",
        "500",
        "503",
        "malformed-json",
        "cut-off",
        "connection-reset",
        "hang",
        "resource-limits",
        "slow:3000",
    ];
    let left = [
        "401",
        "saml",
        "not-accessible",
        "insufficient-scopes",
        "unsearchable",
        "bad-request",
        "451",
        "null-where-non-null",
    ];
    for fault in mended {
        let mut sim = Sim::new(Latency::MODEL, 1);
        sim.faults(json!([{ "match": { "kind": "graphql" }, "times": 1, "do": fault }]));
        sim.page(PAGE, &["patchy-pat"]);
        sim.run(MINUTE * 5);
        assert_eq!(
            sim.settled(PAGE)["patchy-pat"],
            Level::Caution,
            "{fault} once"
        );
    }
    for fault in mended
        .into_iter()
        .chain(left)
        .filter(|it| !it.starts_with("slow"))
    {
        let mut sim = Sim::new(Latency::MODEL, 1);
        sim.faults(json!([{ "match": { "kind": "graphql" }, "do": fault }]));
        sim.page(PAGE, &["patchy-pat"]);
        sim.run(MINUTE * 20);
        let level = sim.settled(PAGE)["patchy-pat"];
        // What is unreadable may be one of several pull requests: the others
        // still show what they show.
        let is_partial = fault == "null-where-non-null" && level == Level::Caution;
        assert!(
            level == Level::Unknown || is_partial,
            "{fault} always: {level:?}"
        );
        let calls = sim.github.log().summary().graphql_requests;
        assert!(calls <= 60, "{fault}: {calls} calls in 20 minutes");
    }
}

/// How long a page takes until every badge has settled, in milliseconds.
fn settled_after(people: usize) -> i64 {
    let logins: Vec<String> = (1..=people).map(|n| format!("gen-{n}")).collect();
    let logins: Vec<&str> = logins.iter().map(String::as_str).collect();
    let mut sim = Sim::new(Latency::MODEL, 1);
    let start = sim.now;
    sim.page(PAGE, &logins);
    let end = start + MINUTE;
    loop {
        let settled = sim.settled(PAGE);
        let is_settled = |level: &Level| *level != Level::Pending;
        let is_done = settled.len() == people && settled.values().all(is_settled);
        if is_done || !sim.step(end) {
            return sim.now.duration_since(start).as_millis();
        }
    }
}

#[test]
fn a_full_page_takes_little_longer_than_one_author() {
    // One author's slowest call is a search: 700 ms and the way there and back.
    let one = 720;
    for (people, most) in [(25, 3), (60, 6), (100, 8)] {
        let many = settled_after(people);
        assert!(
            many <= most * one,
            "{people} authors {many} ms, one {one} ms"
        );
    }
}

#[test]
fn after_a_secondary_limit_one_call_asks_whether_it_is_over() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.faults(json!([{ "match": { "nth": [1] }, "do": "403-secondary:30" }]));
    let people = [
        "newcomer-nia",
        "serial-sam",
        "quiet-quinn",
        "gen-1",
        "gen-2",
    ];
    sim.page(PAGE, &people);
    let opens = sim.now + SignedDuration::from_secs(30);
    sim.run(MINUTE * 2);
    let mut later = sim.sent.iter().map(|(at, _)| *at).filter(|at| *at >= opens);
    let (probe, next) = (later.next().unwrap(), later.next().unwrap());
    assert!(next.duration_since(probe) > SignedDuration::from_millis(100));
    assert!(sim.settled(PAGE).values().all(|it| *it != Level::Pending));
}

#[test]
fn a_question_that_is_taken_back_gives_its_place_back() {
    let popup = ClientId(5);
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.say(Event::Connected(popup, ClientKind::Popup));
    for number in 1..=40 {
        let typed = look_up(&format!("acme/web#{number}"));
        sim.say(Event::Popup(popup, typed));
    }
    assert_eq!(sim.engine.in_flight(), 1, "the last one");
    sim.page(PAGE, &["newcomer-nia"]);
    sim.run(MINUTE);
    assert_eq!(sim.settled(PAGE)["newcomer-nia"], Level::Clear);
    assert_eq!(sim.engine.in_flight(), 0);
}
