//! The second wave: who closed, asked only where it could change a level.

use crate::sim::{PAGE, Sim};
use bonafide_core::engine::ClientId;
use bonafide_core::report::Level;
use bonafide_core::time::SignedDuration;
use fake_github::latency::Latency;
use serde_json::{Value, json};

const MINUTE: SignedDuration = SignedDuration::from_secs(60);

fn sim(login: &str, faults: Value) -> Sim {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.faults(faults);
    sim.page(PAGE, &["quiet-quinn", login]);
    sim.run(MINUTE * 2);
    sim
}

/// How many ids each request for closers asked for.
pub fn asked(sim: &Sim) -> Vec<usize> {
    let bodies = sim.sent.iter().filter_map(|(_, it)| it.body.as_ref());
    let closers = bodies.filter(|it| it.contains("query Closers"));
    let ids = closers.map(|it| {
        let body: Value = serde_json::from_str(it).unwrap();
        body["variables"]["ids"].as_array().unwrap().len()
    });
    ids.collect()
}

#[test]
fn nobody_is_asked_who_closed_what_decides_nothing() {
    for login in ["newcomer-nia", "ada-steady", "private-priya"] {
        assert_eq!(asked(&sim(login, json!([]))), [0; 0], "{login}");
    }
}

#[test]
fn who_closed_decides_the_level() {
    for (login, expected) in [
        ("withdrawn-willa", Level::Clear),
        ("rejected-rex", Level::Alert),
        ("private-hugo", Level::Alert),
    ] {
        let sim = sim(login, json!([]));
        assert_eq!(sim.settled(PAGE)[login], expected, "{login}");
        let asked = asked(&sim);
        assert!(
            !asked.is_empty() && asked.iter().all(|ids| *ids <= 20),
            "{login}: {asked:?}"
        );
    }
}

#[test]
fn where_nobody_tells_who_closed_the_level_is_unknown() {
    let sim = sim(
        "withdrawn-willa",
        json!([{ "match": { "operation": "query Closers" }, "do": "502" }]),
    );
    assert_eq!(sim.settled(PAGE)["withdrawn-willa"], Level::Unknown);
}

#[test]
fn a_closing_is_asked_for_once() {
    let mut sim = sim("withdrawn-willa", json!([]));
    let before = asked(&sim);
    // What she did is asked for again; who closed it is still known.
    sim.run(MINUTE * 60);
    sim.restart(&[(ClientId(2), &["withdrawn-willa"])]);
    sim.run(MINUTE * 2);
    assert_eq!(sim.settled(ClientId(2))["withdrawn-willa"], Level::Clear);
    assert_eq!(asked(&sim), before);
}
