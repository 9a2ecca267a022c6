//! Whoever is looked up for long is told what that waits for.

use crate::sim::{PAGE, Sim};
use bonafide_core::engine::Event;
use bonafide_core::message::FromPage;
use bonafide_core::report::Level;
use bonafide_core::time::SignedDuration;
use fake_github::latency::Latency;
use serde_json::json;

const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// What somebody's badge says beside "Looking up…".
fn waits_for(sim: &Sim, login: &str) -> Option<String> {
    let key = (PAGE, login.to_owned());
    assert_eq!(sim.levels[&key].last(), Some(&Level::Pending), "{login}");
    sim.reasons[&key].clone()
}

#[test]
fn a_call_without_an_answer_is_told_after_five_seconds() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.faults(json!([{ "do": "hang" }]));
    sim.page(PAGE, &["serial-sam"]);
    for (seconds, expected) in [(4, None), (2, Some("short_waits_response"))] {
        sim.run(SECOND * seconds);
        let told = waits_for(&sim, "serial-sam");
        assert_eq!(told.as_deref(), expected, "{seconds} s later");
    }
    sim.run(SECOND * 120);
    assert_eq!(sim.settled(PAGE)["serial-sam"], Level::Unknown);
}

#[test]
fn a_second_try_is_told() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.faults(
        json!([{ "match": { "operation": "query PullRequests" }, "times": 1, "do": "502" }]),
    );
    sim.page(PAGE, &["newcomer-nia"]);
    let key = (PAGE, "newcomer-nia".to_owned());
    let is_told = (0..20).any(|_| {
        sim.run(SignedDuration::from_millis(100));
        let reason = sim.reasons.get(&key).cloned().flatten();
        reason.as_deref() == Some("short_waits_retry")
    });
    assert!(is_told);
    sim.run(SECOND * 60);
    assert_eq!(sim.settled(PAGE)["newcomer-nia"], Level::Clear);
}

#[test]
fn whoever_waits_for_their_turn_on_a_list_is_told_so_until_their_card_is_opened() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.is_list = true;
    let logins: Vec<String> = (0..32).map(|number| format!("gen-{number}")).collect();
    let logins: Vec<&str> = logins.iter().map(String::as_str).collect();
    sim.page(PAGE, &logins);
    sim.run(SECOND);
    let is_told = |login: &&&str| {
        let reason = sim.reasons[&(PAGE, (**login).to_owned())].as_deref();
        reason == Some("short_waits_turn")
    };
    let waiting: Vec<&str> = logins.iter().filter(is_told).copied().collect();
    assert_eq!(waiting.len(), 2, "thirty may begin in a minute");

    let login = waiting[0].to_owned();
    sim.say(Event::Page(PAGE, FromPage::Open { login }));
    assert_eq!(waits_for(&sim, waiting[0]), None);
    assert_eq!(
        waits_for(&sim, waiting[1]).as_deref(),
        Some("short_waits_turn")
    );
}
