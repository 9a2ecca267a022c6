//! What one event costs, by how many people are cached.

use crate::sim::{PAGE, Sim};
use bonafide_core::engine::{ClientId, Event};
use bonafide_core::time::SignedDuration;
use fake_github::latency::Latency;
use std::time::Duration;

const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// A browser that has so many people in memory, none of them on an open page.
pub fn with_cached(people: usize) -> Sim {
    let mut sim = Sim::new(Latency::MODEL, 1);
    let models = ["gen-1", "gen-2", "gen-3", "gen-4", "gen-5"];
    sim.page(PAGE, &models);
    sim.run(MINUTE);
    let kept: Vec<String> = sim.kept().values().cloned().collect();
    let mut logins = Vec::new();
    for (number, text) in (0..people).zip(kept.iter().cycle()) {
        let login = format!("cached-{number}");
        let model = models.iter().find(|it| text.contains(&format!("\"{it}\"")));
        let text = text.replace(&format!("\"{}\"", model.unwrap()), &format!("\"{login}\""));
        sim.people.insert(login.clone(), text);
        logins.push(login);
    }
    for (tab, logins) in (10..).map(ClientId).zip(logins.chunks(500)) {
        let logins: Vec<&str> = logins.iter().map(String::as_str).collect();
        let calls = sim.sent.len();
        sim.page(tab, &logins);
        sim.run(MINUTE);
        assert_eq!(sim.sent.len(), calls, "they are cached");
        sim.say(Event::Disconnected(tab));
    }
    sim.event_costs.clear();
    sim
}

/// What an event costs that finds nothing to do, in the middle of many.
pub fn cost_of_idle_event(sim: &mut Sim) -> Duration {
    sim.event_costs.clear();
    for _ in 0..1_001 {
        sim.say(Event::Woken);
    }
    sim.event_costs.sort_unstable();
    sim.event_costs[500]
}

/// A walk over all cached people at each event would make it a hundred times as
/// much. What answers cost besides is told by `cargo xtask bench`.
#[test]
fn an_event_costs_no_more_the_more_people_are_cached() {
    let (mut few, mut many) = (with_cached(50), with_cached(5_000));
    let costs: Vec<_> = (0..5)
        .map(|_| (cost_of_idle_event(&mut few), cost_of_idle_event(&mut many)))
        .collect();
    // Other programs slow down some rounds, never all of them by the same.
    let is_alike = |(few, many): &(Duration, Duration)| *many < *few * 4;
    assert!(costs.iter().any(is_alike), "{costs:?}");
}
