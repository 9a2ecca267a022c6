//! The issue or pull request at hand: one request when its author's report
//! opens, context beside a level that it never changes.

use crate::sim::{PAGE, Sim};
use bonafide_core::engine::{ClientId, ClientKind, Event};
use bonafide_core::evidence::{GapReason, Part};
use bonafide_core::message::{FromPage, FromPopup, ToPopup};
use bonafide_core::report::{AuthorReport, Level};
use bonafide_core::settings::Settings;
use bonafide_core::time::SignedDuration;
use fake_github::latency::Latency;
use serde_json::json;

const MINUTE: SignedDuration = SignedDuration::from_secs(60);
const POPUP: ClientId = ClientId(9);

/// The page of `acme/web#7`, which `serial-sam` opened, and nothing left to do.
fn page_of_seven(mut sim: Sim) -> Sim {
    sim.number = Some(7);
    sim.page(PAGE, &["serial-sam", "patchy-pat"]);
    sim.run(MINUTE);
    sim
}

fn open(sim: &mut Sim, login: &str) {
    let login = login.to_owned();
    sim.say(Event::Page(PAGE, FromPage::Open { login }));
    sim.run(MINUTE);
}

fn report<'a>(sim: &'a Sim, login: &str) -> &'a AuthorReport {
    &sim.reports[&(PAGE, login.to_owned())]
}

/// The names of what is said of the item.
fn notes(report: &AuthorReport) -> Vec<&str> {
    let item = report.this_item.as_ref();
    let notes = item
        .into_iter()
        .flat_map(|item| item.lines.iter().flatten());
    notes.map(|it| it.sentence.key.as_str()).collect()
}

fn calls(sim: &Sim) -> usize {
    let calls = sim.github.log().calls();
    calls.iter().filter(|it| it.operation == "ThisItem").count()
}

fn gap(report: &AuthorReport) -> Option<GapReason> {
    let gap = report.gaps.iter().find(|it| it.part == Part::ThisItem)?;
    Some(gap.reason)
}

const OF_SEVEN: [&str; 5] = [
    "item_closes_assigned",
    "item_rivals",
    "item_unanswered",
    "item_size",
    "item_pulls_at_least",
];

#[test]
fn the_author_s_card_asks_once_and_no_other_does() {
    let mut sim = page_of_seven(Sim::new(Latency::MODEL, 1));
    open(&mut sim, "patchy-pat");
    assert_eq!(calls(&sim), 0, "nobody waits for it");
    assert_eq!(notes(report(&sim, "patchy-pat")), [""; 0]);
    open(&mut sim, "serial-sam");
    assert_eq!(notes(report(&sim, "serial-sam"))[..4], OF_SEVEN[..4]);
    assert_eq!(report(&sim, "serial-sam").level, Level::Alert);
    open(&mut sim, "serial-sam");
    assert_eq!(calls(&sim), 1, "it is still fresh");
    sim.run(MINUTE * 2);
    open(&mut sim, "serial-sam");
    assert_eq!(calls(&sim), 2, "it may have changed since");
}

#[test]
fn the_popup_knows_the_item_by_its_address() {
    for (target, number, expected) in [
        (
            "https://github.com/acme/web/pull/7",
            None,
            "item_closes_assigned",
        ),
        ("acme/web#1", None, "item_assigned"),
        ("serial-sam", None, ""),
        // Picked from the list of those whom the page of the pull request names.
        ("serial-sam", Some(7), "item_closes_assigned"),
    ] {
        let mut sim = Sim::new(Latency::MODEL, 1);
        sim.say(Event::Connected(POPUP, ClientKind::Popup));
        let look_up = FromPopup::LookUp {
            target: target.to_owned(),
            repository: Some("acme/web".to_owned()),
            association: None,
            number,
            opened_at: None,
        };
        sim.say(Event::Popup(POPUP, look_up));
        sim.run(MINUTE);
        let told = sim.to_popup.iter().rev().find_map(|told| match told {
            ToPopup::Report { report, .. } => Some(report),
            _ => None,
        });
        let notes = notes(told.unwrap()).first().copied().unwrap_or_default();
        assert_eq!(notes, expected, "{target}");
    }
}

#[test]
fn a_page_that_moves_to_another_item_shows_that_one() {
    let mut sim = page_of_seven(Sim::new(Latency::MODEL, 1));
    open(&mut sim, "serial-sam");
    assert!(!notes(report(&sim, "serial-sam")).is_empty());
    sim.number = None;
    sim.people(PAGE, &["serial-sam", "patchy-pat"]);
    sim.run(MINUTE);
    assert_eq!(notes(report(&sim, "serial-sam")), [""; 0]);
    sim.number = Some(8);
    sim.people(PAGE, &["serial-sam", "patchy-pat"]);
    sim.run(MINUTE);
    assert_eq!(calls(&sim), 2);
}

#[test]
fn an_error_that_passes_costs_a_second_try_and_one_that_stays_is_a_gap() {
    for (times, expected) in [(1, None), (9, Some(GapReason::TimedOut))] {
        let mut sim = page_of_seven(Sim::new(Latency::MODEL, 1));
        let fault = json!({ "match": { "operation": "ThisItem" }, "times": times, "do": "502" });
        sim.faults(json!([fault]));
        open(&mut sim, "serial-sam");
        assert_eq!(calls(&sim), 2, "{times}");
        let report = report(&sim, "serial-sam");
        assert_eq!(gap(report), expected);
        let is_unknown = notes(report) == ["item_unknown"];
        assert_eq!(is_unknown, expected.is_some());
        assert_eq!(report.level, Level::Alert, "a gap of context");
        assert!(sim.too_early.is_empty());
    }
}

#[test]
fn no_level_waits_for_it() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.faults(json!([{ "match": { "operation": "ThisItem" }, "do": "hang" }]));
    sim.number = Some(8);
    sim.page(PAGE, &["mel-member"]);
    let login = "mel-member".to_owned();
    sim.say(Event::Page(PAGE, FromPage::Open { login }));
    sim.run(SignedDuration::from_secs(8));
    let report = report(&sim, "mel-member");
    assert_ne!(report.level, Level::Pending);
    assert_eq!(report.coming, [Part::ThisItem]);
}

#[test]
fn what_the_token_cannot_see_is_a_gap_of_its_own() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.number = Some(40_404);
    sim.page(PAGE, &["serial-sam"]);
    open(&mut sim, "serial-sam");
    let report = report(&sim, "serial-sam");
    assert_eq!(gap(report), Some(GapReason::RepositoryHidden));
    assert_eq!(report.this_item, None);
}

#[test]
fn without_a_token_nothing_is_asked_of_it() {
    let settings = Settings::default();
    let mut sim = page_of_seven(Sim::with_settings(&settings, Latency::MODEL, 1));
    open(&mut sim, "serial-sam");
    assert_eq!(calls(&sim), 0);
    assert_eq!(gap(report(&sim, "serial-sam")), Some(GapReason::NoToken));
    open(&mut sim, "patchy-pat");
    assert_eq!(gap(report(&sim, "patchy-pat")), None, "it is not of theirs");
}

#[test]
fn nothing_of_it_is_stored() {
    let mut sim = page_of_seven(Sim::new(Latency::MODEL, 1));
    open(&mut sim, "serial-sam");
    assert!(sim.kept().contains_key("serial-sam"));
    assert!(sim.kept().values().all(|it| !it.contains("thisItem")));
}
