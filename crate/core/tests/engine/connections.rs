//! Activity by connection, by search where a connection cannot be had, and how
//! many people share a request.

use crate::sim::{PAGE, Sim, look_up};
use bonafide_core::engine::{ClientId, ClientKind, Event};
use bonafide_core::evidence::{Association, Part};
use bonafide_core::github::Token;
use bonafide_core::message::{FromPage, PersonOnPage};
use bonafide_core::report::Level;
use bonafide_core::settings::Settings;
use bonafide_core::time::SignedDuration;
use fake_github::latency::Latency;
use fake_github::tokens;
use serde_json::{Value, json};

const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// The level of an opener after some minutes with these faults, and which
/// operations GitHub was asked for.
fn check(login: &str, faults: &Value) -> (Level, Vec<String>) {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.faults(faults.clone());
    sim.page(PAGE, &[login]);
    sim.run(MINUTE * 3);
    let calls = sim.github.log().calls();
    let operations = calls.iter().map(|it| it.operation.clone()).collect();
    (sim.settled(PAGE)[login], operations)
}

fn is_any(operations: &[String], wanted: &str) -> bool {
    operations.iter().any(|it| it == wanted)
}

#[test]
fn nobody_is_searched_for_whose_connections_tell_all() {
    for (login, expected) in [
        ("patchy-pat", Level::Caution),
        ("private-priya", Level::Clear),
        ("serial-sam", Level::Alert),
    ] {
        let (level, operations) = check(login, &json!([]));
        assert_eq!(level, expected, "{login}");
        assert!(is_any(&operations, "PullRequests") && is_any(&operations, "Issues"));
        assert!(
            !operations.iter().any(|it| it.starts_with("SearchI")),
            "{operations:?}"
        );
    }
}

#[test]
fn a_connection_that_times_out_or_is_refused_gives_way_to_a_search() {
    for fault in [
        "502",
        "something-went-wrong",
        "resource-limits",
        "saml",
        "not-accessible",
    ] {
        let fault = json!([
            { "match": { "operation": "query PullRequests" }, "do": fault },
            { "match": { "operation": "query Issues" }, "do": fault },
        ]);
        let (level, operations) = check("patchy-pat", &fault);
        assert_eq!(level, Level::Caution, "{fault}");
        assert!(
            is_any(&operations, "SearchPullRequests"),
            "{fault}: {operations:?}"
        );
    }
}

#[test]
fn where_neither_way_tells_the_level_is_unknown() {
    let fault = json!([{ "match": { "kind": "graphql" }, "do": "502" }]);
    assert_eq!(check("patchy-pat", &fault).0, Level::Unknown);
}

/// How many authors each activity request asked for, in order.
fn sizes(sim: &Sim) -> Vec<usize> {
    let calls = sim.github.log().calls();
    let activity = calls.iter().filter(|it| it.operation == "Activity");
    let authors = activity.map(|it| {
        let mut logins = it.logins.clone();
        logins.sort_unstable();
        logins.dedup();
        logins.len()
    });
    authors.collect()
}

#[test]
fn several_authors_share_a_request_and_the_opener_shares_none() {
    let logins: Vec<String> = (1..=25).map(|n| format!("gen-{n}")).collect();
    let logins: Vec<&str> = logins.iter().map(String::as_str).collect();
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.page(PAGE, &logins);
    sim.run(MINUTE);
    let sizes = sizes(&sim);
    assert!(sizes.iter().any(|size| *size > 1), "{sizes:?}");
    let of_opener = sim.github.log().calls();
    let of_opener = of_opener
        .iter()
        .filter(|it| it.logins.iter().any(|it| it == "gen-1"));
    let shared: Vec<_> = of_opener
        .filter(|it| it.operation != "Accounts" && it.logins.iter().any(|it| it != "gen-1"))
        .collect();
    assert_eq!(shared.len(), 0, "{shared:#?}");
}

/// Which of an author's pull requests were asked for, request by request.
fn asked_of(sim: &Sim, login: &str) -> Vec<&'static str> {
    let bodies = sim.sent.iter().filter_map(|(_, it)| it.body.as_deref());
    let is_meant = |it: &&str| it.contains(login) && it.contains("on PullRequestConnection");
    let which = |body: &str| {
        if body.contains("[OPEN, CLOSED]") {
            "unmerged"
        } else if body.contains("states: MERGED") {
            "merged"
        } else {
            "all"
        }
    };
    bodies.filter(is_meant).map(which).collect()
}

#[test]
fn the_level_of_the_most_prolific_waits_for_nothing_that_was_merged() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.page(PAGE, &["quiet-quinn", "gen-3"]);
    sim.run(SignedDuration::from_secs(2));
    assert_eq!(sim.settled(PAGE)["gen-3"], Level::Clear);
    assert_eq!(asked_of(&sim, "gen-3")[..2], ["all", "unmerged"]);
    // Nobody waits for what shows that they are known here.
    sim.run(MINUTE);
    assert_eq!(sim.settled(PAGE)["gen-3"], Level::Known);
    assert_eq!(asked_of(&sim, "gen-3"), ["all", "unmerged", "merged"]);
    // An open card has its numbers from all.
    sim.say(Event::Page(
        PAGE,
        FromPage::Open {
            login: "gen-3".to_owned(),
        },
    ));
    sim.run(MINUTE);
    let asked = asked_of(&sim, "gen-3");
    assert_eq!(asked, ["all", "unmerged", "merged", "merged"]);
}

#[test]
fn a_request_that_was_killed_makes_the_next_smaller_even_after_a_restart() {
    let logins: Vec<String> = (1..=12).map(|n| format!("gen-{n}")).collect();
    let logins: Vec<&str> = logins.iter().map(String::as_str).collect();
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.faults(json!([{ "match": { "operation": "query Activity" }, "do": "502" }]));
    sim.page(PAGE, &logins);
    sim.run(MINUTE * 2);
    assert!(
        sim.settled(PAGE)
            .values()
            .all(|level| *level != Level::Pending)
    );
    let later: Vec<String> = (101..=112).map(|n| format!("gen-{n}")).collect();
    let later: Vec<&str> = later.iter().map(String::as_str).collect();
    let connections = |sim: &Sim| {
        let bodies = sim.sent.iter().filter_map(|(_, it)| it.body.as_ref());
        let activity = bodies.filter(|it| it.contains("query Activity"));
        activity
            .map(|it| it.matches("user(login:").count())
            .collect::<Vec<_>>()
    };
    let before = connections(&sim);
    assert_eq!(before.iter().max(), Some(&4), "two authors share a request");
    sim.restart(&[(ClientId(2), &later)]);
    sim.run(SignedDuration::from_millis(100));
    let first = &connections(&sim)[before.len()..];
    assert!(
        !first.is_empty() && first.iter().all(|it| *it <= 3),
        "{first:?}"
    );
}

#[test]
fn the_popup_does_not_wait_for_pages() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    for tab in 0..20 {
        let logins: Vec<String> = (1..=60).map(|n| format!("gen-{}", 60 * tab + n)).collect();
        let logins: Vec<&str> = logins.iter().map(String::as_str).collect();
        sim.page(ClientId(100 + tab), &logins);
    }
    sim.run(SignedDuration::from_secs(30));
    let popup = ClientId(9);
    sim.say(Event::Connected(popup, ClientKind::Popup));
    let typed = look_up("patchy-pat");
    let asked = sim.sent.len();
    sim.say(Event::Popup(popup, typed));
    sim.run(SignedDuration::from_millis(10));
    let body = |it: &bonafide_core::github::http::HttpRequest| {
        let text = it.body.clone().unwrap_or_default() + &it.url;
        text.contains("patchy-pat")
    };
    let sent = sim.sent[asked..].iter().filter(|(_, it)| body(it)).count();
    assert!(sent >= 3, "{sent} of its calls have left");
}

#[test]
fn who_waits_for_the_limit_is_told_for_how_long() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    for tab in 0..8 {
        let logins: Vec<String> = (1..=60).map(|n| format!("gen-{}", 60 * tab + n)).collect();
        let logins: Vec<&str> = logins.iter().map(String::as_str).collect();
        sim.page(ClientId(100 + tab), &logins);
    }
    let start = sim.now;
    sim.run(SignedDuration::from_secs(30));
    assert!(sim.waits.len() > 50, "{} wait", sim.waits.len());
    let waits: Vec<_> = sim.waits.clone().into_iter().collect();
    sim.run(MINUTE * 10);
    assert!(sim.waits.is_empty(), "nobody waits in the end");
    for (login, until) in waits {
        let told = until.duration_since(start).as_millis();
        let took = sim.settled_at[&login].duration_since(start).as_millis();
        let missed = (told - took).abs();
        assert!(
            missed <= told / 2 + 15_000,
            "{login}: {told} ms told, {took} ms taken"
        );
    }
}

#[test]
fn nothing_of_private_repositories_is_kept_or_told() {
    let settings = Settings {
        token: Token::parse(tokens::CLASSIC_REPO).ok(),
        ..Settings::default()
    };
    let mut sim = Sim::with_settings(&settings, Latency::MODEL, 1);
    sim.page(PAGE, &["quiet-quinn", "secret-sven"]);
    let login = "secret-sven".to_owned();
    sim.say(Event::Page(PAGE, FromPage::Open { login }));
    sim.run(MINUTE);
    let report = &sim.reports[&(PAGE, "secret-sven".to_owned())];
    let told = serde_json::to_string(report).unwrap() + &sim.kept()["secret-sven"];
    assert!(!told.contains("acme/secret"), "{told}");
    assert_ne!(sim.settled(PAGE)["secret-sven"], Level::Pending);
}

/// The level of somebody whom a page calls a contributor, what the card says of
/// merges here, and which parts are missing.
fn contributor(login: &str) -> (Level, Option<f64>, Vec<Part>) {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.say(Event::Connected(PAGE, ClientKind::Page));
    let person = PersonOnPage {
        login: login.to_owned(),
        is_opener: true,
        is_in_view: true,
        association: Some(Association::Contributor),
        opened_at: None,
    };
    let message = FromPage::People {
        number: None,
        repository: Some("acme/web".to_owned()),
        kind: "pull".to_owned(),
        people: vec![person],
        is_list: false,
    };
    sim.say(Event::Page(PAGE, message));
    let open = FromPage::Open {
        login: login.to_owned(),
    };
    sim.say(Event::Page(PAGE, open));
    sim.run(MINUTE);
    let report = &sim.reports[&(PAGE, login.to_owned())];
    let merged = report.findings.iter().find(|it| it.id == "here-merged");
    let merged = merged.and_then(|it| it.measured);
    let gaps = report.gaps.iter().map(|gap| gap.part).collect();
    (report.level, merged, gaps)
}

#[test]
fn whoever_cannot_be_searched_is_known_by_what_their_own_connection_shows() {
    let three = contributor("private-paula");
    assert_eq!(three, (Level::Known, Some(3.0), vec![Part::Here]));
    // GitHub's word CONTRIBUTOR tells of one merge, and a search that finds
    // nothing of none.
    let open = contributor("private-priya");
    assert_eq!(open, (Level::Clear, None, vec![Part::Here]));
}

/// Takes out of what is kept what only connections tell: a page of activity was
/// one of a search before there were any.
fn as_kept_before_connections(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for name in ["totalEver", "mergedBefore", "unread", "shortfall"] {
                fields.remove(name);
            }
            fields.values_mut().for_each(as_kept_before_connections);
        }
        Value::Array(items) => items.iter_mut().for_each(as_kept_before_connections),
        _ => {}
    }
}

#[test]
fn what_was_kept_before_there_were_connections_is_read() {
    let logins = ["serial-sam", "newcomer-nia", "patchy-pat", "quiet-quinn"];
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.page(PAGE, &logins);
    sim.run(MINUTE);
    let (expected, calls) = (sim.settled(PAGE), sim.sent.len());
    for text in sim.people.values_mut() {
        let mut value = serde_json::from_str(text).unwrap();
        as_kept_before_connections(&mut value);
        let older = value.to_string();
        assert!(older.len() < text.len(), "{text}");
        *text = older;
    }
    sim.restart(&[(ClientId(2), &logins)]);
    sim.run(MINUTE);
    assert_eq!(sim.settled(ClientId(2)), expected);
    assert_eq!(sim.sent.len(), calls, "nobody is asked about anew");
}
