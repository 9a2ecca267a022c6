//! Clocks that are put back or ahead: laws in simulated time.

use crate::cases::cases;
use crate::sim::{PAGE, Sim};
use bonafide_core::report::Level;
use bonafide_core::time::SignedDuration;
use fake_github::latency::Latency;
use proptest::prelude::*;
use serde_json::json;

const LOGINS: [&str; 4] = ["serial-sam", "newcomer-nia", "patchy-pat", "gen-3"];

proptest! {
    #![proptest_config(cases(48))]

    /// Whenever the clock is changed, and by however much, every badge settles
    /// soon after, and nothing hangs; over a restart of the worker too.
    #[test]
    fn every_badge_settles_whatever_the_clock_does(
        minutes in prop::sample::select(vec![-2_880, -1_500, -120, -61, -10, -1, 1, 10, 61, 120, 2_880]),
        after_ms in 0..4_000_i64,
        fault in prop::sample::select(vec!["none", "403-secondary:60", "graphql-rate-limited:40", "502", "hang"]),
        is_restarted in any::<bool>(),
    ) {
        let mut sim = Sim::new(Latency::MODEL, 1);
        if fault != "none" {
            sim.faults(json!([{ "match": { "nth": [2, 3] }, "do": fault }]));
        }
        sim.page(PAGE, &LOGINS);
        sim.run(SignedDuration::from_millis(after_ms));
        sim.change_clock(SignedDuration::from_mins(minutes));
        if is_restarted {
            sim.restart(&[(PAGE, &LOGINS)]);
        }
        sim.run(SignedDuration::from_mins(5));
        let settled = sim.settled(PAGE);
        for login in LOGINS {
            let level = settled.get(login).copied();
            prop_assert!(level.is_some_and(|it| it != Level::Pending), "{login}: {level:?}");
        }
        prop_assert_eq!(sim.engine.in_flight(), 0);
        // Evidence that is dated in the future is asked for anew.
        let calls = sim.sent.len();
        sim.change_clock(SignedDuration::from_hours(-26));
        sim.restart(&[(PAGE, &LOGINS)]);
        sim.run(SignedDuration::from_mins(5));
        prop_assert!(sim.sent.len() > calls);
        prop_assert!(sim.settled(PAGE).values().all(|it| *it != Level::Pending));
    }
}

/// A clock that is put back makes a spent limit look an hour away. Whoever waits
/// for who closed something is unknown meanwhile, not pending.
#[test]
fn who_waits_for_closers_behind_a_spent_limit_is_not_pending() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.faults(json!([{ "match": { "nth": [2, 3] }, "do": "graphql-rate-limited:40" }]));
    sim.page(PAGE, &LOGINS);
    sim.run(SignedDuration::from_millis(292));
    sim.change_clock(SignedDuration::from_mins(-2_880));
    sim.run(SignedDuration::from_mins(5));
    let settled = sim.settled(PAGE);
    assert!(
        settled.values().all(|it| *it != Level::Pending),
        "{settled:?}"
    );
}
