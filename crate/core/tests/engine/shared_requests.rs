//! People who share a request: what goes wrong with one of them costs the
//! others nothing.

use crate::sim::{PAGE, Sim};
use bonafide_core::report::Level;
use bonafide_core::time::SignedDuration;
use fake_github::latency::Latency;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// Some minutes after a page has named so many people.
fn page(people: usize, faults: Value) -> Sim {
    let logins: Vec<String> = (1..=people).map(|n| format!("gen-{n}")).collect();
    let logins: Vec<&str> = logins.iter().map(String::as_str).collect();
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.faults(faults);
    sim.page(PAGE, &logins);
    sim.run(MINUTE * 10);
    sim
}

/// The levels of all who are not the one with the faults.
fn of_others(people: usize, faults: Value) -> BTreeMap<String, Level> {
    let mut levels = page(people, faults).settled(PAGE);
    levels.remove("gen-8");
    levels
}

/// On a short page people are asked for alone sooner; on a long one they wait
/// for their turn, and meet again in one request.
#[test]
fn what_fails_for_one_fails_for_nobody_who_shares_the_request() {
    let few = [
        "503",
        "malformed-json",
        "cut-off",
        "resource-limits",
        "bad-request",
    ];
    let many = ["502", "503", "hang"];
    for (people, faults) in [(8, few.as_slice()), (120, many.as_slice())] {
        let expected = of_others(people, json!([]));
        assert_eq!(expected.len(), people - 1);
        for fault in faults {
            let of_one = json!([{ "match": { "kind": "graphql", "login": "gen-8" }, "do": fault }]);
            let found = of_others(people, of_one);
            assert_eq!(found, expected, "{fault}, {people} people");
        }
    }
}

#[test]
fn who_failed_together_comes_back_together() {
    let accounts = |faults: Value| {
        let sim = page(25, faults);
        let calls = sim.github.log().calls().iter();
        calls.filter(|it| it.operation == "Accounts").count()
    };
    for fault in ["502", "503", "connection-reset"] {
        let once = json!([{ "match": { "operation": "query Accounts" }, "times": 1, "do": fault }]);
        let (calls, usually) = (accounts(once), accounts(json!([])));
        assert!(calls <= usually + 2, "{fault}: {calls}, usually {usually}");
    }
}
