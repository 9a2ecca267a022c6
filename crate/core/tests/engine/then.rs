//! The record as of the opening of the item at hand: read when it is asked for
//! by hand, once for all tabs, and judged as a run that looks back judges it.

use crate::sim::{PAGE, Sim, look_up};
use bonafide_core::choices::Choices;
use bonafide_core::engine::{ClientId, ClientKind, Event};
use bonafide_core::github::Token;
use bonafide_core::message::{
    FromOptions, FromPage, FromPopup, FromTriage, ToPopup, ToTriage, TriageItems, TriageSource,
    TriageWhich,
};
use bonafide_core::policy::PolicyName;
use bonafide_core::report::{AuthorReport, Level, RecordThen, ThenState};
use bonafide_core::settings::Settings;
use bonafide_core::time::SignedDuration;
use fake_github::latency::Latency;
use fake_github::tokens;
use serde_json::json;
use std::collections::BTreeMap;

const SECOND: SignedDuration = SignedDuration::from_secs(1);
const MINUTE: SignedDuration = SignedDuration::from_secs(60);
const OTHER_PAGE: ClientId = ClientId(2);
const POPUP: ClientId = ClientId(9);
const OPTIONS: ClientId = ClientId(20);
const TRIAGE: ClientId = ClientId(50);

/// Opened `acme/web#903` sixty days ago.
const PAT: &str = "patchy-pat";

/// The page of a pull request of long ago with its author's card open, and
/// nothing left to do.
fn card() -> Sim {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.number = Some(903);
    show(&mut sim, PAGE);
    sim
}

fn show(sim: &mut Sim, page: ClientId) {
    sim.page(page, &[PAT]);
    let login = PAT.to_owned();
    sim.say(Event::Page(page, FromPage::Open { login }));
    sim.run(MINUTE);
}

fn press(sim: &mut Sim, page: ClientId) {
    let login = PAT.to_owned();
    sim.say(Event::Page(page, FromPage::ReadPast { login }));
}

fn state(sim: &Sim, page: ClientId) -> Option<ThenState> {
    let report = &sim.reports[&(page, PAT.to_owned())];
    report.record_then.clone().map(|then| then.state)
}

fn is_known(state: Option<&ThenState>) -> bool {
    matches!(state, Some(ThenState::Known { .. }))
}

/// How many calls GitHub has had.
fn calls(sim: &Sim) -> usize {
    sim.github.log().calls().len()
}

#[test]
fn it_is_read_when_it_is_asked_for_and_changes_no_level() {
    let mut sim = card();
    assert_eq!(state(&sim, PAGE), Some(ThenState::Offered));
    let (before, level) = (calls(&sim), sim.settled(PAGE)[PAT]);
    sim.run(MINUTE);
    assert_eq!(calls(&sim), before, "nobody has asked");
    press(&mut sim, PAGE);
    assert_eq!(state(&sim, PAGE), Some(ThenState::Reading));
    sim.run(MINUTE);
    let report = &sim.reports[&(PAGE, PAT.to_owned())];
    let RecordThen { opened_at, state } = report.record_then.clone().unwrap();
    let opened = (sim.now - SignedDuration::from_hours(60 * 24)).to_string();
    assert_eq!(opened_at[..10], opened[..10]);
    let ThenState::Known { level: then, .. } = state else {
        panic!("{state:?}");
    };
    assert_ne!(then, level);
    assert_eq!((report.level, sim.settled(PAGE)[PAT]), (level, level));
    assert_eq!(calls(&sim), before + 1);
    // It stays known, in this card and in any other.
    press(&mut sim, PAGE);
    show(&mut sim, OTHER_PAGE);
    assert!(is_known(self::state(&sim, OTHER_PAGE).as_ref()));
    let past = sim.github.log().calls();
    let past = past.iter().filter(|it| it.operation == "Activity").count();
    assert_eq!(past, 1);
}

#[test]
fn two_tabs_have_one_flight() {
    let mut sim = card();
    show(&mut sim, OTHER_PAGE);
    let before = calls(&sim);
    press(&mut sim, PAGE);
    press(&mut sim, OTHER_PAGE);
    press(&mut sim, PAGE);
    sim.run(MINUTE);
    assert!(is_known(state(&sim, PAGE).as_ref()) && is_known(state(&sim, OTHER_PAGE).as_ref()));
    assert_eq!(calls(&sim), before + 1);
}

#[test]
fn only_of_the_person_whose_card_is_open_and_of_the_item_that_github_tells_is_theirs() {
    for (number, logins, is_open) in [
        (Some(903), [PAT, "serial-sam"], false),
        // Somebody else opened it, whatever the page says.
        (Some(7), [PAT, "serial-sam"], true),
        (None, [PAT, "serial-sam"], true),
        // Theirs, but of this week.
        (Some(1), [PAT, "serial-sam"], true),
    ] {
        let mut sim = Sim::new(Latency::MODEL, 1);
        sim.number = number;
        sim.page(PAGE, &logins);
        let login = PAT.to_owned();
        sim.say(Event::Page(
            PAGE,
            FromPage::Open {
                login: login.clone(),
            },
        ));
        sim.run(MINUTE);
        if is_open {
            assert_eq!(state(&sim, PAGE), None, "{number:?}");
        } else {
            sim.say(Event::Page(PAGE, FromPage::Close { login }));
        }
        let before = calls(&sim);
        press(&mut sim, PAGE);
        sim.run(MINUTE);
        assert_eq!(calls(&sim), before, "{number:?}");
    }
}

#[test]
fn a_worker_that_dies_in_between_is_asked_anew() {
    let mut sim = card();
    press(&mut sim, PAGE);
    sim.run(SignedDuration::from_millis(100));
    sim.restart(&[]);
    show(&mut sim, PAGE);
    assert_eq!(state(&sim, PAGE), Some(ThenState::Offered));
    press(&mut sim, PAGE);
    sim.run(MINUTE);
    assert!(is_known(state(&sim, PAGE).as_ref()));
    assert!(sim.too_early.is_empty());
}

#[test]
fn a_limit_that_is_spent_is_said_and_waited_for() {
    let mut sim = card();
    sim.faults(
        json!([{ "match": { "operation": "Activity" }, "times": 1, "do": "graphql-rate-limited:2400" }]),
    );
    press(&mut sim, PAGE);
    sim.run(SECOND * 5);
    let Some(ThenState::Missing { reason, may_ask }) = state(&sim, PAGE) else {
        panic!("{:?}", state(&sim, PAGE));
    };
    assert_eq!(
        (reason.key.as_str(), may_ask),
        ("reason_gap_limit_spent", false)
    );
    sim.run(MINUTE * 70);
    assert!(
        is_known(state(&sim, PAGE).as_ref()),
        "{:?}",
        state(&sim, PAGE)
    );
    assert!(sim.too_early.is_empty());
}

#[test]
fn a_card_that_waits_is_told_that_the_token_was_refused_elsewhere() {
    let mut sim = card();
    sim.faults(
        json!([{ "match": { "operation": "Activity" }, "times": 1, "do": "graphql-rate-limited:2400" }]),
    );
    press(&mut sim, PAGE);
    sim.run(SECOND * 5);
    sim.faults(json!([{ "do": "401" }]));
    sim.page(OTHER_PAGE, &["ada-steady"]);
    sim.run(SECOND * 5);
    let Some(ThenState::Missing { reason, may_ask }) = state(&sim, PAGE) else {
        panic!("{:?}", state(&sim, PAGE));
    };
    assert_eq!(
        (reason.key.as_str(), may_ask),
        ("reason_gap_token_refused", false)
    );
}

#[test]
fn a_failure_is_no_level_and_is_tried_again_when_asked_and_not_at_once() {
    let mut sim = card();
    sim.faults(json!([{ "match": { "operation": "Activity" }, "do": "502" }]));
    let before = calls(&sim);
    press(&mut sim, PAGE);
    sim.run(SECOND * 3);
    let Some(ThenState::Missing { may_ask: true, .. }) = state(&sim, PAGE) else {
        panic!("{:?}", state(&sim, PAGE));
    };
    assert_eq!(
        calls(&sim),
        before + 2,
        "an error that passes costs a second try"
    );
    sim.faults(json!([]));
    press(&mut sim, PAGE);
    sim.run(SECOND);
    assert_eq!(calls(&sim), before + 2, "too soon");
    sim.run(SECOND * 5);
    press(&mut sim, PAGE);
    sim.run(MINUTE);
    assert!(is_known(state(&sim, PAGE).as_ref()));
}

#[test]
fn what_nobody_waits_for_any_more_is_not_asked() {
    let mut sim = card();
    let fault = json!({ "match": { "operation": "Activity" }, "times": 1, "do": "graphql-rate-limited:2400" });
    sim.faults(json!([fault]));
    press(&mut sim, PAGE);
    sim.run(SECOND * 5);
    let before = calls(&sim);
    let login = PAT.to_owned();
    sim.say(Event::Page(PAGE, FromPage::Close { login }));
    sim.run(MINUTE * 70);
    assert_eq!(calls(&sim), before);
    show(&mut sim, PAGE);
    assert_eq!(state(&sim, PAGE), Some(ThenState::Offered));
}

/// What the popup says of a pull request of the large repository, without and
/// with what is read back.
fn popup(sim: &mut Sim, number: u32) -> (AuthorReport, AuthorReport) {
    sim.say(Event::Connected(POPUP, ClientKind::Popup));
    sim.to_popup.clear();
    let target = format!("https://github.com/acme/crowd/pull/{number}");
    sim.say(Event::Popup(POPUP, look_up(&target)));
    sim.run(MINUTE);
    let told = last(sim);
    sim.say(Event::Popup(POPUP, FromPopup::ReadPast));
    sim.run(MINUTE);
    let both = (told, last(sim));
    sim.say(Event::Disconnected(POPUP));
    both
}

fn last(sim: &Sim) -> AuthorReport {
    let told = sim.to_popup.iter().rev().find_map(|told| match told {
        ToPopup::Report { report, .. } => Some((**report).clone()),
        _ => None,
    });
    told.unwrap()
}

#[test]
fn what_is_older_than_a_year_is_not_read_back() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    // 380 days old.
    let (told, asked) = popup(&mut sim, 1);
    let Some(ThenState::Missing { reason, may_ask }) = told.record_then.clone().map(|it| it.state)
    else {
        panic!("{:?}", told.record_then);
    };
    assert_eq!((reason.key.as_str(), may_ask), ("then_long_ago", false));
    assert_eq!(asked.record_then, told.record_then);
}

/// Levels as of the opening by a run that looks back, by number.
fn looked_back(sim: &mut Sim) -> BTreeMap<u32, Level> {
    sim.say(Event::Connected(TRIAGE, ClientKind::Triage));
    let source = TriageSource::Repository {
        repository: "acme/crowd".to_owned(),
        items: TriageItems::PullRequests,
        which: TriageWhich::ClosedSince { days: 20 },
    };
    sim.say(Event::Triage(
        TRIAGE,
        FromTriage::Start {
            source,
            replaces: None,
        },
    ));
    sim.run(MINUTE * 120);
    let mut levels = BTreeMap::new();
    for message in sim.to_triage.values().flatten() {
        if let ToTriage::Rows { rows } = message {
            for row in rows {
                levels.extend(row.number.zip(row.level_then));
            }
        }
    }
    levels
}

#[test]
fn the_level_then_is_that_of_a_run_that_looks_back() {
    let mut compared = BTreeMap::new();
    for policy in [PolicyName::Balanced, PolicyName::Classic] {
        let settings = Settings {
            token: Token::parse(tokens::CLASSIC).ok(),
            choices: Choices {
                policy,
                ..Choices::default()
            },
            ..Settings::default()
        };
        let begin = || Sim::with_settings(&settings, Latency::MODEL, 1);
        let levels = looked_back(&mut begin());
        let mut sim = begin();
        for (number, level) in levels.iter().step_by(14) {
            let state = popup(&mut sim, *number).1.record_then.map(|it| it.state);
            let of_card = match state {
                Some(ThenState::Known { level, .. }) => level,
                // Opened within the week, or not known.
                None | Some(ThenState::Missing { .. }) => continue,
                other => panic!("{number}: {other:?}"),
            };
            // A card reads further back, and its own search tells what was
            // merged here before all that is read back.
            let knows_more =
                *level == Level::Unknown || (*level, of_card) == (Level::Clear, Level::Known);
            if !knows_more {
                assert_eq!(of_card, *level, "{number}");
                *compared.entry(format!("{policy:?} {level:?}")).or_insert(0) += 1;
            }
        }
        assert!(sim.too_early.is_empty());
    }
    println!("{compared:?}");
    assert!(compared.values().sum::<usize>() > 20 && compared.len() > 3);
}

#[test]
fn other_choices_have_asked_what_they_need() {
    let with_policy = |policy| Choices {
        policy,
        ..Choices::default()
    };
    let settings = Settings {
        token: Token::parse(tokens::CLASSIC).ok(),
        choices: with_policy(PolicyName::Classic),
        ..Settings::default()
    };
    let mut sim = Sim::with_settings(&settings, Latency::MODEL, 1);
    let is_theirs = |number: &u32| {
        let item = sim.github.world().item("wayne-0", "main", *number);
        item.is_some_and(|it| it.author.login == "rejected-rex" && it.item().is_pull())
    };
    let number = (1..100_000).find(is_theirs).unwrap();
    // Nothing of then is in the window of today.
    sim.run(MINUTE * 60 * 24 * 40);
    sim.say(Event::Connected(POPUP, ClientKind::Popup));
    let target = format!("https://github.com/wayne-0/main/pull/{number}");
    sim.say(Event::Popup(POPUP, look_up(&target)));
    sim.run(MINUTE);
    sim.say(Event::Popup(POPUP, FromPopup::ReadPast));
    sim.run(MINUTE);
    let level = |sim: &Sim| match last(sim).record_then.map(|it| it.state) {
        Some(ThenState::Known { level, .. }) => level,
        other => panic!("{other:?}"),
    };
    level(&sim);
    let before = calls(&sim);
    // Balanced asks who closed what was closed.
    let choices = with_policy(PolicyName::Balanced);
    sim.say(Event::Connected(OPTIONS, ClientKind::Options));
    sim.say(Event::Options(OPTIONS, FromOptions::SetChoices { choices }));
    sim.run(MINUTE);
    assert_eq!(level(&sim), Level::Alert);
    assert_eq!(calls(&sim), before + 1);
}

#[test]
fn where_memory_has_all_it_is_said_at_once() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    let world = sim.github.world();
    let now = jiff::Timestamp::from_millisecond(sim.now.as_millisecond()).unwrap();
    let days = |days: i64| now - jiff::SignedDuration::from_hours(days * 24);
    // Somebody who began within the window, with a pull request of last week.
    let is_theirs = |number: &u32| {
        let item = world.item("acme", "crowd", *number);
        item.is_some_and(|it| {
            let opened = it.item().created;
            let items = &it.author.items;
            it.item().is_pull() && opened < days(8) && items.iter().all(|it| it.created > days(20))
        })
    };
    let found = (1..4_000).rev().find(is_theirs);
    let (told, _) = popup(&mut sim, found.unwrap());
    assert!(is_known(told.record_then.map(|it| it.state).as_ref()));
    let past = sim.github.log().calls();
    assert_eq!(
        past.iter().filter(|it| it.operation == "Activity").count(),
        0
    );
}
