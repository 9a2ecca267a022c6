//! What the reader chose and whom they marked, as pages, popup and options
//! see it.

use crate::sim::{PAGE, Sim};
use bonafide_core::choices::{Choices, Tuned};
use bonafide_core::engine::{ClientId, ClientKind, Event};
use bonafide_core::evidence::Association;
use bonafide_core::message::{FromOptions, FromPage, FromPopup, PersonOnPage, ToOptions, ToPopup};
use bonafide_core::own::Mark;
use bonafide_core::policy::PolicyName;
use bonafide_core::report::{Level, VouchedStanding};
use bonafide_core::time::SignedDuration;
use fake_github::latency::Latency;

const MINUTE: SignedDuration = SignedDuration::from_secs(60);
const OPTIONS: ClientId = ClientId(8);
const POPUP: ClientId = ClientId(9);

fn sim() -> Sim {
    let mut sim = Sim::new(Latency::NONE, 1);
    sim.say(Event::Connected(OPTIONS, ClientKind::Options));
    sim
}

fn mark(sim: &mut Sim, login: &str, mark: Option<Mark>, note: &str) {
    let message = FromOptions::SetPerson {
        login: login.to_owned(),
        mark,
        note: note.to_owned(),
    };
    sim.say(Event::Options(OPTIONS, message));
    // The store has it.
    sim.run(SignedDuration::from_millis(5));
}

fn open(sim: &mut Sim, login: &str) {
    let login = login.to_owned();
    sim.say(Event::Page(PAGE, FromPage::Open { login }));
    sim.run(MINUTE);
}

fn last_level(sim: &Sim, login: &str) -> Level {
    *sim.levels[&(PAGE, login.to_owned())].last().unwrap()
}

#[test]
fn nobody_looks_up_whom_the_reader_trusts() {
    let mut sim = sim();
    mark(&mut sim, "Serial-Sam", Some(Mark::Trusted), "");
    sim.page(PAGE, &["quiet-quinn", "serial-sam"]);
    sim.run(MINUTE);
    assert_eq!(last_level(&sim, "serial-sam"), Level::Known);
    assert_eq!(
        sim.marks[&(PAGE, "serial-sam".to_owned())],
        Some(Mark::Trusted)
    );
    let asked = sim.calls_by_login();
    assert!(asked.keys().all(|(_, login)| login != "serial-sam"));
    assert!(asked.keys().any(|(_, login)| login == "quiet-quinn"));
}

#[test]
fn trust_hides_no_alert() {
    let mut sim = sim();
    mark(&mut sim, "serial-sam", Some(Mark::Trusted), "an old friend");
    sim.page(PAGE, &["quiet-quinn", "serial-sam"]);
    sim.run(MINUTE);
    open(&mut sim, "serial-sam");
    assert_eq!(last_level(&sim, "serial-sam"), Level::Alert);
    let own = sim.own[&(PAGE, "serial-sam".to_owned())].clone().unwrap();
    assert_eq!(own.note, "an old friend");
}

#[test]
fn a_mark_shows_at_once_and_goes_at_once() {
    let mut sim = sim();
    sim.page(PAGE, &["quiet-quinn", "patchy-pat"]);
    sim.run(MINUTE);
    let key = (PAGE, "patchy-pat".to_owned());
    assert_eq!(
        (last_level(&sim, "patchy-pat"), sim.marks[&key]),
        (Level::Caution, None)
    );
    mark(&mut sim, "patchy-pat", Some(Mark::Watched), "see #12");
    assert_eq!(sim.marks[&key], Some(Mark::Watched));
    mark(&mut sim, "patchy-pat", Some(Mark::Trusted), "");
    assert_eq!(
        (last_level(&sim, "patchy-pat"), sim.marks[&key]),
        (Level::Known, Some(Mark::Trusted))
    );
    mark(&mut sim, "patchy-pat", None, "");
    assert_eq!(
        (last_level(&sim, "patchy-pat"), sim.marks[&key]),
        (Level::Caution, None)
    );
}

#[test]
fn nobody_is_kept_under_what_is_no_login() {
    let mut sim = sim();
    mark(&mut sim, "two words", Some(Mark::Trusted), "");
    assert!(
        matches!(&sim.to_options[0], ToOptions::Refused { sentence } if sentence.key == "target_space")
    );
    mark(&mut sim, " @ada ", Some(Mark::Trusted), "");
    let Some(ToOptions::Status { people, .. }) = sim.to_options.last() else {
        panic!("{:?}", sim.to_options);
    };
    assert_eq!(people.len(), 1);
    assert_eq!(people[0].login.as_str(), "ada");
}

#[test]
fn what_was_kept_outlives_the_worker() {
    let mut sim = sim();
    mark(&mut sim, "serial-sam", Some(Mark::Trusted), "");
    sim.restart(&[(PAGE, &["quiet-quinn", "serial-sam"])]);
    sim.run(MINUTE);
    assert_eq!(last_level(&sim, "serial-sam"), Level::Known);
}

#[test]
fn a_repository_s_list_is_told_for_one_call() {
    let mut sim = sim();
    sim.page(PAGE, &["newcomer-nia", "serial-sam", "patchy-pat"]);
    sim.run(MINUTE);
    for (login, standing, details) in [
        ("newcomer-nia", VouchedStanding::Vouched, ""),
        (
            "serial-sam",
            VouchedStanding::Denounced,
            "filed the same change in seventy repositories",
        ),
        ("patchy-pat", VouchedStanding::NotListed, ""),
    ] {
        open(&mut sim, login);
        let report = &sim.reports[&(PAGE, login.to_owned())];
        let vouched = report.vouched.as_ref().unwrap();
        assert_eq!(
            (vouched.standing, vouched.details.as_str()),
            (standing, details)
        );
        assert_eq!(
            vouched.url,
            "https://github.com/acme/web/blob/HEAD/.github/VOUCHED.td"
        );
    }
    let calls = sim.github.log().calls();
    let lists = calls.iter().filter(|it| it.operation == "Vouched");
    assert_eq!(lists.count(), 1);
}

#[test]
fn a_tuned_threshold_changes_the_level_and_is_shown_beforehand() {
    let mut sim = sim();
    sim.page(PAGE, &["patchy-pat", "quiet-quinn"]);
    sim.run(MINUTE);
    let choices = Choices {
        tuned: vec![Tuned {
            policy: PolicyName::Balanced,
            finding: "prs-turned-down".to_owned(),
            caution: 90,
            alert: 95,
        }],
        hides_clear: true,
        shows_people_line: false,
        ..Choices::default()
    };
    sim.to_options.clear();
    let preview = FromOptions::Preview {
        choices: choices.clone(),
    };
    sim.say(Event::Options(OPTIONS, preview));
    sim.run(MINUTE);
    let Some(ToOptions::Preview { people, changes }) = sim.to_options.pop() else {
        panic!("{:?}", sim.to_options);
    };
    let told: Vec<_> = changes
        .iter()
        .map(|it| (it.login.as_str(), it.from, it.to))
        .collect();
    assert_eq!(
        (people, told),
        (2, vec![("patchy-pat", Level::Caution, Level::Clear)])
    );
    assert_eq!(last_level(&sim, "patchy-pat"), Level::Caution);

    sim.say(Event::Options(OPTIONS, FromOptions::SetChoices { choices }));
    assert_eq!(last_level(&sim, "patchy-pat"), Level::Clear);
    assert!(sim.hides_clear);
    assert!(!sim.shows_people_line);
}

#[test]
fn the_reader_says_from_how_many_merged_somebody_is_known() {
    let mut sim = sim();
    sim.say(Event::Connected(PAGE, ClientKind::Page));
    let ada = PersonOnPage {
        login: "ada-steady".to_owned(),
        is_opener: true,
        is_in_view: true,
        association: Some(Association::Contributor),
        opened_at: None,
    };
    let message = FromPage::People {
        number: None,
        repository: Some("acme/web".to_owned()),
        kind: "pull".to_owned(),
        people: vec![ada],
        is_list: false,
    };
    sim.say(Event::Page(PAGE, message));
    sim.run(MINUTE);
    // She has twelve merged.
    assert_eq!(last_level(&sim, "ada-steady"), Level::Known);
    for (known_from_merged, expected) in [(13, Level::Clear), (12, Level::Known)] {
        let choices = Choices {
            known_from_merged,
            ..Choices::default()
        };
        sim.say(Event::Options(OPTIONS, FromOptions::SetChoices { choices }));
        assert_eq!(last_level(&sim, "ada-steady"), expected);
    }
}

#[test]
fn a_file_is_taken_over_or_refused_whole() {
    let mut sim = sim();
    sim.page(PAGE, &["quiet-quinn", "serial-sam"]);
    let import = |sim: &mut Sim, text: &str| {
        let text = text.to_owned();
        sim.to_options.clear();
        sim.say(Event::Options(OPTIONS, FromOptions::Import { text }));
        sim.run(SignedDuration::from_millis(5));
        sim.to_options.clone()
    };
    let told = import(&mut sim, "serial-sam\n<b>\n");
    assert!(
        matches!(&told[0], ToOptions::Refused { sentence } if sentence.key == "import_broken_line")
    );
    assert!(matches!(&told[1], ToOptions::Status { people, .. } if people.is_empty()));
    let told = import(&mut sim, "serial-sam  met in person\n-eve\n");
    assert!(
        matches!(&told[0], ToOptions::Imported { sentence } if sentence.key == "imported_people")
    );
    assert!(matches!(&told[1], ToOptions::Status { people, .. } if people.len() == 2));
    sim.run(MINUTE);
    assert_eq!(last_level(&sim, "serial-sam"), Level::Known);

    sim.to_options.clear();
    sim.say(Event::Options(OPTIONS, FromOptions::Export));
    sim.say(Event::Options(OPTIONS, FromOptions::ExportVouched));
    let [
        ToOptions::Exported { text: backup },
        ToOptions::Exported { text: list },
    ] = &sim.to_options[..]
    else {
        panic!("{:?}", sim.to_options);
    };
    assert_eq!(list, "github:serial-sam\n");
    assert!(backup.contains("met in person") && !backup.contains("ghp_"));
}

#[test]
fn the_popup_hears_who_was_looked_up_of_late() {
    let mut sim = sim();
    sim.page(PAGE, &["patchy-pat", "quiet-quinn"]);
    sim.run(MINUTE);
    sim.say(Event::Connected(POPUP, ClientKind::Popup));
    sim.say(Event::Popup(POPUP, FromPopup::Recent));
    sim.run(MINUTE);
    let recent = sim.to_popup.iter().find_map(|told| match told {
        ToPopup::Recent { logins } => Some(logins.clone()),
        _ => None,
    });
    assert_eq!(recent.unwrap(), ["patchy-pat", "quiet-quinn"]);
}

#[test]
fn a_list_begins_only_so_many_look_ups_in_a_minute() {
    let mut sim = sim();
    let choices = Choices {
        list_look_ups: 10,
        ..Choices::default()
    };
    sim.say(Event::Options(OPTIONS, FromOptions::SetChoices { choices }));
    sim.say(Event::Connected(PAGE, ClientKind::Page));
    let person = |number: u32| PersonOnPage {
        login: format!("gen-{number}"),
        is_opener: false,
        is_in_view: number < 25,
        association: None,
        opened_at: None,
    };
    let message = FromPage::People {
        number: None,
        repository: Some("acme/web".to_owned()),
        kind: "pulls".to_owned(),
        people: (0..40).map(person).collect(),
        is_list: true,
    };
    sim.say(Event::Page(PAGE, message));
    let asked = |sim: &Sim| {
        let calls = sim.calls_by_login();
        let mut logins: Vec<_> = calls.into_keys().map(|(_, login)| login).collect();
        logins.sort_unstable();
        logins.dedup();
        logins.len()
    };
    for (second, expected) in [(50, 10), (100, 20), (170, 25), (400, 25)] {
        let end = Sim::start() + SignedDuration::from_secs(second);
        while sim.step(end) {}
        assert_eq!(asked(&sim), expected, "after {second} s");
    }
    assert!(!matches!(last_level(&sim, "gen-24"), Level::Pending));
    // Who is asked for by hand is never held up.
    open(&mut sim, "gen-39");
    assert_eq!(asked(&sim), 26);
}

#[test]
fn nobody_is_looked_up_on_kinds_of_page_that_are_switched_off() {
    let mut sim = sim();
    let choices = Choices {
        pages_off: vec!["pull".to_owned()],
        ..Choices::default()
    };
    sim.say(Event::Options(OPTIONS, FromOptions::SetChoices { choices }));
    sim.page(PAGE, &["patchy-pat", "quiet-quinn"]);
    sim.run(MINUTE);
    assert!(sim.sent.is_empty());
}

#[test]
fn every_options_page_hears_what_one_of_them_changes() {
    let mut sim = sim();
    sim.say(Event::Connected(ClientId(7), ClientKind::Options));
    sim.to_options.clear();
    mark(&mut sim, "ada", Some(Mark::Trusted), "");
    assert_eq!(sim.to_options.len(), 2);
}

#[test]
fn after_wiping_nothing_that_was_on_its_way_is_kept() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.say(Event::Connected(OPTIONS, ClientKind::Options));
    sim.say(Event::Options(OPTIONS, FromOptions::Status));
    sim.page(PAGE, &["patchy-pat"]);
    let end = Sim::start() + SignedDuration::from_millis(100);
    while sim.step(end) {}
    assert!(sim.engine.in_flight() > 0);
    sim.say(Event::Disconnected(PAGE));
    sim.say(Event::Options(OPTIONS, FromOptions::Wipe));
    assert_eq!(sim.engine.in_flight(), 0);
    sim.run(MINUTE);
    assert!(sim.kept().is_empty());
    let told = sim.to_options.last();
    assert!(matches!(told, Some(ToOptions::Status { token, .. }) if token.login.is_none()));
}

#[test]
fn nobody_is_offered_of_whom_all_is_too_old() {
    let mut sim = sim();
    sim.page(PAGE, &["patchy-pat", "newcomer-nia"]);
    sim.run(MINUTE);
    let offered = |sim: &mut Sim| {
        sim.say(Event::Connected(POPUP, ClientKind::Popup));
        sim.say(Event::Popup(POPUP, FromPopup::Recent));
        sim.run(MINUTE);
        let told = sim.to_popup.iter().rev().find_map(|told| match told {
            ToPopup::Recent { logins } => Some(logins.len()),
            _ => None,
        });
        told.unwrap()
    };
    sim.say(Event::Disconnected(PAGE));
    assert_eq!(offered(&mut sim), 2);
    sim.say(Event::Disconnected(POPUP));
    sim.run(SignedDuration::from_hours(8 * 24));
    sim.restart(&[]);
    assert_eq!(offered(&mut sim), 0);
}

#[test]
fn a_list_that_cannot_be_asked_for_at_once_comes_later() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.page(PAGE, &["serial-sam"]);
    sim.run(MINUTE);
    let many: Vec<String> = (0..60).map(|number| format!("gen-{number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    sim.page(ClientId(2), &many);
    sim.run(SignedDuration::from_millis(100));
    let is_asked = |sim: &Sim| {
        let calls = sim.github.log().calls();
        calls.iter().any(|it| it.operation == "Vouched")
    };
    let login = "serial-sam".to_owned();
    sim.say(Event::Page(PAGE, FromPage::Open { login }));
    assert!(!is_asked(&sim), "there was a place for it");
    sim.run(MINUTE);
    assert!(is_asked(&sim));
    let report = &sim.reports[&(PAGE, "serial-sam".to_owned())];
    assert!(report.vouched.is_some());
}

#[test]
fn a_list_that_could_not_be_had_is_asked_for_again() {
    let mut sim = sim();
    sim.page(PAGE, &["quiet-quinn", "serial-sam"]);
    sim.run(MINUTE);
    sim.faults(
        serde_json::json!([{ "match": { "operation": "Vouched" }, "times": 1, "do": "502" }]),
    );
    open(&mut sim, "serial-sam");
    let told = |sim: &Sim| {
        sim.reports[&(PAGE, "serial-sam".to_owned())]
            .vouched
            .is_some()
    };
    assert!(!told(&sim));
    sim.run(SignedDuration::from_mins(5));
    open(&mut sim, "serial-sam");
    assert!(told(&sim));
}

#[test]
fn options_say_when_nothing_can_be_kept_and_when_it_can_be_again() {
    let mut sim = sim();
    for is_kept in [false, true] {
        sim.say(Event::StoreIsOpen(is_kept));
        let Some(ToOptions::Status { is_kept: told, .. }) = sim.to_options.last() else {
            panic!("options were told nothing of it");
        };
        assert_eq!(*told, is_kept);
    }
}

#[test]
fn a_page_marks_only_the_person_whose_card_is_open() {
    let mut sim = sim();
    sim.page(PAGE, &["serial-sam", "patchy-pat"]);
    sim.run(MINUTE);
    open(&mut sim, "serial-sam");
    for login in ["serial-sam", "patchy-pat", "nobody-else", "not a login"] {
        let message = FromPage::SetPerson {
            login: login.to_owned(),
            mark: Some(Mark::Watched),
            note: String::new(),
        };
        sim.say(Event::Page(PAGE, message));
    }
    sim.run(SignedDuration::from_millis(5));
    sim.say(Event::Options(OPTIONS, FromOptions::Status));
    let Some(ToOptions::Status { people, .. }) = sim.to_options.last() else {
        panic!("the options were told nothing");
    };
    let marked: Vec<_> = people.iter().map(|it| it.login.as_str()).collect();
    assert_eq!(marked, ["serial-sam"]);
}
