//! The laws, on random schedules.

use crate::cases::cases;
use crate::sim::{PAGE, Sim};
use bonafide_core::engine::rate_limiter::MOST_WIDTH;
use bonafide_core::engine::{ClientId, Event};
use bonafide_core::message::FromPage;
use bonafide_core::report::Level;
use bonafide_core::time::SignedDuration;
use fake_github::latency::{Latency, Model};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// After this long a call that has no answer is given up.
const TIMEOUT: SignedDuration = SignedDuration::from_secs(12);

const FAULTS: [&str; 19] = [
    "502",
    "503",
    "500",
    "malformed-json",
    "cut-off",
    "connection-reset",
    "hang",
    "something-went-wrong",
    "service-unavailable",
    "resource-limits",
    "403-secondary:3",
    "403-secondary",
    "403-primary:600",
    "429-primary:40",
    "graphql-secondary:90",
    "graphql-rate-limited:20",
    "null-where-non-null",
    "slow:4000",
    "not-found",
];

/// Who may stand on a page: personas of every kind, and made-up accounts.
const PEOPLE: [&str; 14] = [
    "serial-sam",
    "newcomer-nia",
    "quiet-quinn",
    "patchy-pat",
    "rejected-rex",
    "private-priya",
    "ada-steady",
    "missing-mo",
    "acme",
    "org-olga",
    "gen-1",
    "gen-2",
    "gen-3",
    "gen-4",
];

/// Everything random about one schedule.
#[derive(Clone, Debug)]
struct Schedule {
    people: Vec<&'static str>,
    seed: u64,
    jitter: f64,
    fault: &'static str,
    share: f64,
    is_list: bool,
    /// What happens on the way: after so many steps, this.
    turns: Vec<(usize, Turn)>,
}

#[derive(Clone, Copy, Debug)]
enum Turn {
    SecondTab,
    Open,
    Refresh,
    Admission,
    Restart,
}

fn schedule(shares: &'static [f64]) -> impl Strategy<Value = Schedule> {
    let turn = prop::sample::select(vec![
        Turn::SecondTab,
        Turn::Open,
        Turn::Refresh,
        Turn::Admission,
        Turn::Restart,
    ]);
    (
        prop::sample::subsequence(PEOPLE.to_vec(), 1..=8).prop_shuffle(),
        any::<u64>(),
        0.0..0.9_f64,
        prop::sample::select(FAULTS.to_vec()),
        prop::sample::select(shares),
        any::<bool>(),
        prop::collection::vec((0..30_usize, turn), 0..4),
    )
        .prop_map(
            |(people, seed, jitter, fault, share, is_list, turns)| Schedule {
                people,
                seed: seed >> 1,
                jitter,
                fault,
                share,
                is_list,
                turns,
            },
        )
}

fn faults(schedule: &Schedule) -> Value {
    if schedule.share == 0.0 {
        return json!([]);
    }
    json!([{
        "match": { "probability": schedule.share, "seed": schedule.seed },
        "do": schedule.fault,
    }])
}

fn start(schedule: &Schedule) -> Sim {
    let latency = Latency {
        model: Model::Model,
        scale: 1.0,
        jitter: schedule.jitter,
    };
    let mut sim = Sim::new(latency, schedule.seed);
    sim.is_list = schedule.is_list;
    sim.faults(faults(schedule));
    sim.page(PAGE, &schedule.people);
    sim
}

/// Plays a schedule to its end, an hour later.
fn play(schedule: &Schedule) -> Sim {
    let mut sim = start(schedule);
    let end = sim.now + SignedDuration::from_hours(1);
    let mut step = 0;
    let mut pages = vec![PAGE];
    while sim.step(end) {
        for (_, turn) in schedule.turns.iter().filter(|(at, _)| *at == step) {
            let login = schedule
                .people
                .first()
                .copied()
                .unwrap_or_default()
                .to_owned();
            match turn {
                Turn::SecondTab => {
                    pages.push(ClientId(2));
                    sim.page(ClientId(2), &schedule.people);
                }
                Turn::Open => sim.say(Event::Page(PAGE, FromPage::Open { login })),
                Turn::Refresh => sim.say(Event::Page(PAGE, FromPage::Refresh { login })),
                Turn::Admission => {
                    sim.people(PAGE, &[]);
                    sim.people(PAGE, &schedule.people);
                }
                Turn::Restart => {
                    let pages: Vec<_> =
                        pages.iter().map(|it| (*it, &schedule.people[..])).collect();
                    sim.restart(&pages);
                }
            }
        }
        step += 1;
        assert!(step < 20_000, "an hour of one page is no endless loop");
    }
    sim
}

fn reports_of(sim: &mut Sim, people: &[&str]) -> BTreeMap<String, Value> {
    for login in people {
        let login = (*login).to_owned();
        sim.say(Event::Page(PAGE, FromPage::Open { login }));
    }
    sim.run(SignedDuration::from_secs(120));
    let told = sim.reports.iter().filter(|((to, _), _)| *to == PAGE);
    told.map(|((_, login), report)| {
        let mut report = serde_json::to_value(report).unwrap();
        report["checkedAt"] = Value::Null;
        (login.clone(), report)
    })
    .collect()
}

/// The law that everything ends, for one schedule.
fn ends(schedule: &Schedule) -> Result<(), TestCaseError> {
    let sim = play(schedule);
    prop_assert!(
        sim.most_in_flight <= MOST_WIDTH,
        "{} in flight",
        sim.most_in_flight
    );
    prop_assert_eq!(&sim.too_early, &[]);
    // Whatever hangs is given up after the client's timeout.
    let end = Sim::start() + SignedDuration::from_hours(1);
    let sent = sim.sent.iter().rev();
    let left_lately = sent
        .take_while(|(at, _)| end.duration_since(*at) <= TIMEOUT)
        .count();
    prop_assert!(
        sim.engine.in_flight() <= left_lately,
        "{} hang",
        sim.engine.in_flight()
    );
    let settled = sim.settled(PAGE);
    for login in &schedule.people {
        let level = settled.get(*login).copied();
        prop_assert!(
            level.is_some_and(|it| it != Level::Pending),
            "{}: {:?}",
            login,
            level
        );
    }
    // Eight parts, looked into at once and then quietly, 16 times in an
    // hour, and each time tried twice.
    let most = schedule.people.len() * 8 * (1 + 16) * 2 + 40;
    prop_assert!(sim.sent.len() < most, "{} calls", sim.sent.len());
    Ok(())
}

/// A page names nobody while its first calls are in flight, all of which GitHub
/// refuses as too large, and then the same people again.
#[test]
fn whoever_is_named_again_while_calls_are_refused_settles() {
    let schedule = Schedule {
        people: vec!["serial-sam", "gen-1"],
        seed: 0,
        jitter: 0.0,
        fault: "resource-limits",
        share: 1.0,
        is_list: false,
        turns: vec![(3, Turn::Admission)],
    };
    ends(&schedule).unwrap();
}

/// A refresh while it is open who closed something: the closers are asked for by
/// pull request, and a request for none of them would be sent without an end.
#[test]
fn a_refresh_asks_for_no_closers_of_nothing() {
    let schedule = Schedule {
        people: vec!["patchy-pat", "newcomer-nia", "missing-mo"],
        seed: 5_028_311_161_293_656_478,
        jitter: 0.533_797_000_700_365_8,
        fault: "resource-limits",
        share: 0.05,
        is_list: false,
        turns: vec![(5, Turn::Refresh), (4, Turn::SecondTab), (4, Turn::Restart)],
    };
    ends(&schedule).unwrap();
    let schedule = Schedule {
        people: vec![
            "patchy-pat",
            "org-olga",
            "newcomer-nia",
            "serial-sam",
            "ada-steady",
            "missing-mo",
            "acme",
        ],
        seed: 5_723_696_342_965_702_886,
        jitter: 0.845_775_977_420_143_4,
        share: 0.5,
        turns: vec![(1, Turn::Restart), (15, Turn::Refresh)],
        ..schedule
    };
    ends(&schedule).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, ..cases(64) })]

    /// Whatever goes wrong, every badge settles, nothing hangs, nobody is ever
    /// asked more at once than allowed, and no bucket before its reset.
    #[test]
    fn everything_ends(schedule in schedule(&[0.05, 0.2, 0.5, 1.0])) {
        ends(&schedule)?;
    }

    /// What is missing never makes anybody look better: a badge that was
    /// good stays good when all is known.
    #[test]
    fn nothing_good_is_said_too_early(schedule in schedule(&[0.05, 0.2, 0.5])) {
        let sim = play(&schedule);
        // A list asks for less than the card and the page of an item do.
        let calm = Schedule { share: 0.0, is_list: false, turns: Vec::new(), ..schedule.clone() };
        let truth = play(&calm);
        let truth = truth.settled(PAGE);
        for ((_, login), levels) in &sim.levels {
            let truth = truth.get(login).copied();
            for level in levels {
                let is_true = match level {
                    Level::Known => truth == Some(Level::Known),
                    // Clear and quiet are as good as each other.
                    Level::Clear | Level::Quiet => {
                        matches!(truth, Some(Level::Known | Level::Clear | Level::Quiet))
                    }
                    _ => true,
                };
                prop_assert!(is_true, "{}: {:?}, in truth {:?}", login, levels, truth);
            }
        }
    }

    /// Neither the order of answers nor a killed worker nor a second tab
    /// changes what is told in the end, and nobody is asked twice.
    #[test]
    fn the_way_changes_no_report(schedule in schedule(&[0.0])) {
        let calm = Schedule { jitter: 0.0, turns: Vec::new(), ..schedule.clone() };
        let expected = reports_of(&mut play(&calm), &schedule.people);
        let mut sim = play(&schedule);
        let found = reports_of(&mut sim, &schedule.people);
        for (login, expected) in &expected {
            prop_assert_eq!(found.get(login).map(Value::to_string), Some(expected.to_string()));
        }
        let is_asked_again = schedule.turns.iter().any(|(_, it)| matches!(it, Turn::Refresh | Turn::Restart));
        if !is_asked_again {
            for ((operation, login), times) in sim.calls_by_login() {
                // Pull requests and issues are one operation each, and history
                // here asks by the same document as pull requests do. The most
                // prolific of them has four pages.
                prop_assert!(times <= 5, "{operation} for {login}: {times} times");
            }
        }
    }
}
