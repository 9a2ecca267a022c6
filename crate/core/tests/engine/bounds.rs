//! What no page, and no failure of GitHub's, can make the engine do.

use crate::closers::asked as asked_for_closers;
use crate::sim::{PAGE, Sim, look_up};
use bonafide_core::engine::client::MOST_PEOPLE;
use bonafide_core::engine::{ClientId, ClientKind, Event};
use bonafide_core::message::{FromOptions, FromPage, PersonOnPage, ToOptions, ToPopup};
use bonafide_core::report::Level;
use bonafide_core::time::SignedDuration;
use fake_github::latency::Latency;
use fake_github::tokens;
use serde_json::{Value, json};

const MINUTE: SignedDuration = SignedDuration::from_secs(60);

fn people(count: usize) -> FromPage {
    let person = |number: usize| PersonOnPage {
        login: format!("gen-{number}"),
        is_opener: false,
        is_in_view: true,
        association: None,
        opened_at: None,
    };
    FromPage::People {
        number: None,
        repository: Some("acme/web".to_owned()),
        kind: "pull".to_owned(),
        people: (0..count).map(person).collect(),
        is_list: false,
    }
}

#[test]
fn a_page_that_names_thousands_is_served_its_share() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.say(Event::Connected(PAGE, ClientKind::Page));
    sim.say(Event::Page(PAGE, people(20_000)));
    sim.run(SignedDuration::from_millis(100));
    assert_eq!(sim.settled(PAGE).len(), MOST_PEOPLE);
}

/// A page that says that thousands are in view has no more of the time that
/// there is than one that a reader could see whole.
#[test]
fn a_page_that_names_thousands_keeps_no_other_waiting_for_long() {
    let (hostile, own) = (ClientId(2), PAGE);
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.say(Event::Connected(hostile, ClientKind::Page));
    sim.say(Event::Page(hostile, people(20_000)));
    sim.run(SignedDuration::from_millis(100));
    let logins = [
        "quiet-quinn",
        "patchy-pat",
        "ada-steady",
        "serial-sam",
        "newcomer-nia",
    ];
    sim.page(own, &logins);
    sim.run(MINUTE);
    let settled = sim.settled(own);
    let pending: Vec<_> = settled
        .iter()
        .filter(|(_, it)| **it == Level::Pending)
        .collect();
    assert_eq!(pending, [], "after a minute");
}

/// The numbers in the variables of GraphQL's calls whose names begin so, and
/// how many such variables each call has.
fn variables(sim: &Sim, operation: &str, prefix: char) -> (Vec<u64>, Vec<usize>) {
    let bodies = sim.sent.iter().filter_map(|(_, it)| it.body.as_ref());
    let bodies = bodies.map(|it| serde_json::from_str::<Value>(it).unwrap());
    let (mut numbers, mut counts) = (Vec::new(), Vec::new());
    for body in bodies {
        let query = body["query"].as_str().unwrap();
        if !query.starts_with(&format!("query {operation}")) {
            continue;
        }
        let all = body["variables"].as_object().unwrap().iter();
        let named = all.filter(|(name, _)| name.starts_with(prefix));
        let named: Vec<&Value> = named.map(|(_, value)| value).collect();
        counts.push(named.len());
        numbers.extend(named.iter().filter_map(|it| it.as_u64()));
    }
    (numbers, counts)
}

#[test]
fn no_request_asks_for_more_than_github_answers_in_time() {
    let mut sim = Sim::new(Latency::NONE, 1);
    sim.say(Event::Connected(PAGE, ClientKind::Page));
    sim.say(Event::Page(PAGE, people(130)));
    sim.run(MINUTE * 10);
    let (_, accounts) = variables(&sim, "Accounts", 'u');
    assert_eq!(accounts.iter().max(), Some(&50), "{accounts:?}");
    let (_, connections) = variables(&sim, "Activity", 'u');
    assert!(connections.iter().all(|it| *it <= 20), "{connections:?}");
    let closers = asked_for_closers(&sim);
    assert!(closers.iter().sum::<usize>() > 20, "{closers:?}");
    assert!(closers.iter().all(|it| *it <= 20), "{closers:?}");

    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.page(PAGE, &["busy-bea"]);
    sim.run(MINUTE);
    let (nodes, _) = variables(&sim, "PullRequests", 'n');
    assert_eq!(nodes.iter().max(), Some(&100), "{nodes:?}");
    let (here, _) = variables(&sim, "Here", 'f');
    assert_eq!(here, [50]);
}

#[test]
fn a_person_is_refreshed_once_in_thirty_seconds() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.page(PAGE, &["patchy-pat"]);
    sim.run(MINUTE);
    let before = sim.sent.len();
    for _ in 0..200 {
        let login = "patchy-pat".to_owned();
        sim.say(Event::Page(PAGE, FromPage::Refresh { login }));
        sim.run(SignedDuration::from_millis(100));
    }
    sim.run(MINUTE);
    let calls = sim.sent.len() - before;
    assert!((1..=10).contains(&calls), "{calls} calls for 200 clicks");
}

#[test]
fn failures_in_a_row_hold_the_bucket_and_a_probe_opens_it() {
    let logins: Vec<String> = (1..=25).map(|n| format!("gen-{n}")).collect();
    let logins: Vec<&str> = logins.iter().map(String::as_str).collect();
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.faults(json!([{ "match": { "kind": "graphql" }, "do": "502" }]));
    sim.page(PAGE, &logins);
    sim.run(SignedDuration::from_secs(25));
    let calls = sim.github.log().summary().graphql_requests;
    assert!(calls <= 40, "{calls} calls into an incident");
    assert!(sim.settled(PAGE).values().all(|it| *it == Level::Unknown));
    sim.run(MINUTE * 10);
    let later = sim.github.log().summary().graphql_requests - calls;
    assert!(later <= 30, "{later} probes");
    sim.faults(json!([]));
    sim.run(MINUTE * 7);
    let settled = sim.settled(PAGE);
    let unknown = settled.values().filter(|it| **it == Level::Unknown).count();
    // Those who were asked for in vain twice are asked for again when somebody asks.
    assert!(unknown < 10, "{settled:?}");
}

#[test]
fn copilot_is_an_app_in_the_popup_too() {
    let popup = ClientId(9);
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.say(Event::Connected(popup, ClientKind::Popup));
    let typed = look_up("Copilot");
    sim.say(Event::Popup(popup, typed));
    sim.run(MINUTE);
    let level = sim.to_popup.iter().rev().find_map(|it| match it {
        ToPopup::Report { report, .. } => Some(report.level),
        _ => None,
    });
    assert_eq!((level, sim.sent.len()), (Some(Level::Bot), 0));
}

#[test]
fn a_token_that_cannot_be_tested_now_says_in_how_many_minutes_it_can() {
    let options = ClientId(8);
    for (fault, expected) in [("403-secondary:60", 1.0), ("403-secondary:150", 3.0)] {
        let mut sim = Sim::new(Latency::NONE, 1);
        sim.say(Event::Connected(options, ClientKind::Options));
        sim.faults(json!([{ "do": fault }]));
        let token = tokens::FINE_GRAINED.to_owned();
        sim.say(Event::Options(options, FromOptions::SaveToken { token }));
        sim.run(MINUTE);
        let told = sim.to_options.iter().find_map(|it| match it {
            ToOptions::Refused { sentence } => Some(serde_json::to_value(sentence).unwrap()),
            _ => None,
        });
        let expected = json!({ "key": "token_limit_minutes", "args": [expected] });
        assert_eq!(told, Some(expected));
    }
}

#[test]
fn a_token_that_github_accepts_again_ends_the_refusal() {
    let options = ClientId(8);
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.faults(json!([{ "match": { "nth": [1] }, "do": "401" }]));
    sim.page(PAGE, &["patchy-pat"]);
    sim.run(MINUTE);
    assert_eq!(sim.settled(PAGE)["patchy-pat"], Level::Unknown);
    sim.say(Event::Connected(options, ClientKind::Options));
    sim.say(Event::Options(options, FromOptions::Status));
    sim.run(MINUTE);
    assert_eq!(sim.settled(PAGE)["patchy-pat"], Level::Caution);
}
