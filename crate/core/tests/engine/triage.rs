//! Runs of the triage page over the loopback GitHub's large repository.

use crate::sim::{Sim, look_up};
use bonafide_core::engine::rate_limiter::LEDGER_RUN_MS;
use bonafide_core::engine::{ClientId, ClientKind, Event};
use bonafide_core::message::{
    ExportFormat, FromOptions, FromTriage, RunState, ToOptions, ToPopup, ToTriage, TriageItems,
    TriageRow, TriageRun, TriageSource, TriageWhich,
};
use bonafide_core::report::{ItemOutcome, Level};
use bonafide_core::time::SignedDuration;
use fake_github::latency::Latency;
use fake_github::tokens;
use serde_json::json;
use std::collections::BTreeMap;

const TRIAGE: ClientId = ClientId(50);
const OPTIONS: ClientId = ClientId(51);
const POPUP: ClientId = ClientId(52);
const SECOND: SignedDuration = SignedDuration::from_secs(1);
const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// What a page has been told of the run.
#[derive(Default)]
struct Told {
    run: Option<TriageRun>,
    rows: BTreeMap<u32, TriageRow>,
    refused: Vec<String>,
    unread: Vec<(u32, String)>,
}

impl Told {
    fn of(sim: &Sim) -> Self {
        let mut told = Self::default();
        for message in &sim.to_triage {
            match message.clone() {
                ToTriage::Run { run } => {
                    if told
                        .run
                        .as_ref()
                        .is_some_and(|it| it.started_at != run.started_at)
                    {
                        told.rows.clear();
                    }
                    told.run = Some(run);
                }
                ToTriage::Rows { rows } => {
                    assert!(rows.len() <= 200);
                    told.rows
                        .extend(rows.into_iter().map(|row| (row.index, row)));
                }
                ToTriage::Refused { sentence } => told.refused.push(sentence.key),
                ToTriage::Unread { entries, .. } => {
                    let entries = entries.into_iter().map(|it| (it.line, it.reason.key));
                    told.unread = entries.collect();
                }
                _ => {}
            }
        }
        told
    }

    fn run(&self) -> &TriageRun {
        self.run.as_ref().unwrap()
    }

    fn pending(&self) -> usize {
        let rows = self.rows.values();
        rows.filter(|row| row.level == Level::Pending).count()
    }

    fn levels(&self) -> BTreeMap<(Option<u32>, Option<String>), Level> {
        let rows = self.rows.values();
        rows.map(|it| ((it.number, it.login.clone()), it.level))
            .collect()
    }
}

fn say(sim: &mut Sim, message: FromTriage) {
    sim.say(Event::Triage(TRIAGE, message));
}

fn connect(sim: &mut Sim) {
    sim.say(Event::Connected(TRIAGE, ClientKind::Triage));
}

fn start(sim: &mut Sim, repository: &str, which: TriageWhich) {
    let source = TriageSource::Repository {
        repository: repository.to_owned(),
        items: TriageItems::PullRequests,
        which,
    };
    say(sim, FromTriage::Start { source });
}

fn paste(sim: &mut Sim, text: &str) {
    let text = text.to_owned();
    let source = TriageSource::Text { text };
    say(sim, FromTriage::Start { source });
}

fn begun(repository: &str, which: TriageWhich) -> Sim {
    let mut sim = Sim::new(Latency::MODEL, 1);
    connect(&mut sim);
    start(&mut sim, repository, which);
    sim
}

/// Lets time pass until this is true of the run, for six hours at most.
fn until(sim: &mut Sim, is_true: impl Fn(&TriageRun) -> bool) {
    let end = sim.now + SignedDuration::from_hours(6);
    loop {
        let runs = sim.to_triage.iter().rev();
        let last = runs.filter_map(|it| match it {
            ToTriage::Run { run } => Some(run),
            _ => None,
        });
        if last.take(1).any(&is_true) {
            return;
        }
        assert!(sim.step(end), "it never was: {:?}", Told::of(sim).run);
    }
}

fn finish(sim: &mut Sim) {
    until(sim, |run| run.state == RunState::Finished);
}

/// Milliseconds that GitHub has worked for GraphQL.
fn response_ms(sim: &Sim) -> i64 {
    let calls = sim.github.log().calls().iter();
    calls
        .filter_map(|it| Some(it.ended_ms? - it.started_ms))
        .sum()
}

/// How often each login was asked about, counted by parts.
fn asked(sim: &Sim) -> BTreeMap<String, usize> {
    let mut asked = BTreeMap::new();
    for login in sim.github.log().calls().iter().flat_map(|it| &it.logins) {
        *asked.entry(login.clone()).or_default() += 1;
    }
    asked
}

#[test]
fn a_run_reaches_every_row() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 200 });
    finish(&mut sim);
    let told = Told::of(&sim);
    assert_eq!((told.rows.len(), told.pending()), (200, 0));
    let totals = told.run().totals;
    assert_eq!(
        (totals.items, totals.done, totals.failed),
        (200, totals.people, 0)
    );
    assert!(told.rows.values().any(|row| row.level == Level::Bot));
    assert!(
        told.rows
            .values()
            .all(|row| row.title.is_some() && row.outcome.is_some())
    );
    let is_told = |row: &&TriageRow| row.elsewhere.is_some() && row.reason.is_some();
    assert!(told.rows.values().filter(is_told).count() > 100);
    assert_eq!(sim.too_early, []);
}

/// The run's own bound: the first [`LEDGER_RUN_MS`] of response time at once,
/// and then as many in each minute.
fn speed(count: u32) {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count });
    let begin = sim.now;
    finish(&mut sim);
    let told = Told::of(&sim);
    assert_eq!(told.pending(), 0);
    let took = sim.now.duration_since(begin).as_millis();
    let run_ms = i64::try_from(LEDGER_RUN_MS).unwrap();
    let spent = response_ms(&sim);
    let bound = (spent - run_ms).max(0) * 60_000 / run_ms;
    let points: u32 = sim.github.log().calls().iter().map(|it| it.points).sum();
    let kilobytes =
        |texts: &BTreeMap<String, String>| texts.values().map(String::len).sum::<usize>() / 1_000;
    println!(
        "{count} pull requests, {} people: {} s, of which {} % by the limiter's bound; {} calls, \
         {points} points, {} s of response time; stored {} KB of people, {} KB of rows",
        told.run().totals.people,
        took / 1_000,
        bound * 100 / took,
        sim.sent.len(),
        spent / 1_000,
        kilobytes(&sim.people),
        kilobytes(&sim.run),
    );
    assert!(
        bound * 10 >= took * 9,
        "{count}: {took} ms, {bound} ms would do"
    );
    assert_eq!(sim.too_early, []);
}

#[test]
fn a_run_is_as_fast_as_the_limiter_allows() {
    speed(200);
    speed(1_000);
}

#[test]
#[ignore = "it takes a minute: `cargo test -p bonafide-core --test engine a_long_run -- --ignored`"]
fn a_long_run_is_as_fast_as_the_limiter_allows() {
    speed(3_000);
}

#[test]
fn a_killed_worker_loses_and_repeats_no_call() {
    let which = TriageWhich::LastOpened { count: 500 };
    let mut calm = begun("acme/crowd", which);
    finish(&mut calm);
    let mut sim = begun("acme/crowd", which);
    let mut in_flight = 0;
    for _ in 0..10 {
        sim.run(SECOND * 9);
        let end = sim.now + MINUTE * 2;
        while sim.logins_in_flight() == 0 {
            assert!(sim.step(end));
        }
        in_flight += sim.logins_in_flight();
        sim.restart(&[]);
        connect(&mut sim);
    }
    finish(&mut sim);
    let (calm_told, told) = (Told::of(&calm), Told::of(&sim));
    assert_eq!(told.levels(), calm_told.levels());
    let (calm, killed) = (asked(&calm), asked(&sim));
    let repeated = killed
        .iter()
        .map(|(login, times)| times.saturating_sub(calm.get(login).copied().unwrap_or(0)));
    let repeated = repeated.sum::<usize>();
    println!("{repeated} repeated, {in_flight} were in flight");
    assert_eq!(calm.len(), killed.len());
    assert!(
        repeated <= in_flight,
        "{repeated} repeated, {in_flight} were in flight"
    );
}

#[test]
fn a_pause_makes_no_call_and_a_stop_ends_it() {
    let mut sim = begun("acme/crowd", TriageWhich::Open);
    sim.run(SECOND * 20);
    say(&mut sim, FromTriage::Pause);
    let calls = sim.sent.len();
    sim.run(MINUTE * 10);
    assert_eq!(sim.sent.len(), calls);
    let told = Told::of(&sim);
    assert_eq!(told.run().state, RunState::Paused);
    assert!(told.run().totals.done > 0 && told.pending() > 0);
    say(&mut sim, FromTriage::Resume);
    sim.run(MINUTE);
    assert!(sim.sent.len() > calls);
    assert!(Told::of(&sim).run().totals.done > told.run().totals.done);
    say(&mut sim, FromTriage::Stop);
    let calls = sim.sent.len();
    sim.run(MINUTE * 10);
    assert_eq!(sim.sent.len(), calls);
    assert_eq!(Told::of(&sim).run().state, RunState::Stopped);
}

#[test]
fn the_popup_goes_first() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 1_000 });
    sim.run(MINUTE * 3);
    sim.say(Event::Connected(POPUP, ClientKind::Popup));
    let typed = look_up("gen-4");
    sim.say(Event::Popup(POPUP, typed));
    sim.run(SECOND * 4);
    let is_told = |it: &ToPopup| matches!(it, ToPopup::Report { report, .. } if report.level != Level::Pending);
    assert!(
        sim.to_popup.iter().any(is_told),
        "{:?}",
        sim.to_popup.last()
    );
}

#[test]
fn rows_in_view_go_first() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 600 });
    sim.run(SECOND * 15);
    let rows = Told::of(&sim).rows;
    let view: Vec<u32> = rows.keys().rev().take(20).copied().collect();
    assert!(view.iter().all(|it| *it > 400), "{view:?}");
    say(&mut sim, FromTriage::View { rows: view.clone() });
    sim.run(SECOND * 60);
    let told = Told::of(&sim);
    let is_done = |index: &u32| told.rows[index].level != Level::Pending;
    let done = view.iter().filter(|it| is_done(it)).count();
    assert_eq!(done, view.len());
    assert!(told.pending() > 200, "{}", told.pending());
}

#[test]
fn memory_stays_small() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 600 });
    sim.say(Event::Connected(OPTIONS, ClientKind::Options));
    for _ in 0..8 {
        sim.run(SECOND * 30);
        sim.to_options.clear();
        sim.say(Event::Options(OPTIONS, FromOptions::Export));
        sim.say(Event::Options(OPTIONS, FromOptions::Status));
        let people = sim.to_options.iter().find_map(|it| match it {
            ToOptions::Status { people_cached, .. } => Some(*people_cached),
            _ => None,
        });
        assert!(people.unwrap() <= 200, "{people:?}");
    }
    assert!(sim.people.len() > 100);
}

#[test]
fn a_repository_that_cannot_be_listed_is_told_in_a_sentence() {
    for (name, state, note) in [
        ("acme/gone", RunState::Stopped, "triage_repository_hidden"),
        ("acme/empty", RunState::Finished, "triage_nothing"),
        ("acme/old-web", RunState::Finished, "triage_renamed"),
    ] {
        let mut sim = begun(name, TriageWhich::LastOpened { count: 20 });
        until(&mut sim, |run| run.state == state);
        let told = Told::of(&sim);
        let notes: Vec<_> = told.run().notes.iter().map(|it| it.key.as_str()).collect();
        assert_eq!(notes, [note], "{name}");
        assert_eq!(told.pending(), 0);
        let is_renamed = name == "acme/old-web";
        assert_eq!(
            told.run().repository.as_deref() == Some("acme/web"),
            is_renamed
        );
    }
}

#[test]
fn what_cannot_begin_is_refused() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    connect(&mut sim);
    for name in [
        "",
        "acme",
        "https://github.com/orgs/acme",
        "<b>/x",
        "https://github.com/acme",
    ] {
        start(&mut sim, name, TriageWhich::Open);
    }
    start(&mut sim, "acme/web", TriageWhich::LastOpened { count: 0 });
    start(&mut sim, "acme/web", TriageWhich::ClosedSince { days: 999 });
    paste(&mut sim, "a\0b");
    paste(&mut sim, &"a".repeat(2_000_001));
    paste(&mut sim, " \n,");
    sim.run(SECOND);
    assert_eq!(sim.sent, []);
    let expected = [
        ["triage_no_repository"; 5].as_slice(),
        &["choices_out_of_range"; 2],
        &["triage_not_text", "triage_text_too_large", "triage_empty"],
    ];
    assert_eq!(Told::of(&sim).refused, expected.concat());

    start(
        &mut sim,
        "https://github.com/acme/web/pulls?q=is%3Aopen",
        TriageWhich::Open,
    );
    start(&mut sim, "acme/crowd", TriageWhich::Open);
    let refused = Told::of(&sim).refused;
    assert_eq!(refused.last().unwrap(), "triage_is_going");
    let mut sim = Sim::without_token(Latency::MODEL, 1);
    connect(&mut sim);
    start(&mut sim, "acme/web", TriageWhich::Open);
    sim.run(MINUTE);
    assert_eq!(
        (Told::of(&sim).refused, sim.sent.len()),
        (vec!["triage_no_token".to_owned()], 0)
    );
}

#[test]
fn pasted_lists_are_looked_up_as_far_as_they_can_be_read() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    connect(&mut sim);
    paste(
        &mut sim,
        "gen-1, @Gen-2\ngen-2\nacme/web#7\nhttps://github.com/acme/web/issues/999999\n\
         renovate[bot]\nacme\nno-such-login\nghost\n\u{fffd}\u{fffd}",
    );
    finish(&mut sim);
    let told = Told::of(&sim);
    let unread = [
        (5, "target_app".to_owned()),
        (9, "target_not_a_login".to_owned()),
    ];
    assert_eq!(told.unread, unread);
    let notes: Vec<_> = told.run().notes.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(notes, ["triage_repeated"]);
    let rows: Vec<_> = told
        .rows
        .values()
        .map(|row| {
            let login = row.login.clone().unwrap_or_default();
            (
                login,
                row.level,
                row.failed.as_ref().map(|it| it.key.as_str()),
            )
        })
        .collect();
    assert_eq!(rows.len(), 7);
    assert!(
        rows.iter().all(|(_, level, _)| *level != Level::Pending),
        "{rows:?}"
    );
    assert_eq!(rows[3].2, Some("target_item_not_found"));
    let of = |name: &str| rows.iter().find(|it| it.0 == name).unwrap().1;
    assert_eq!(of("acme"), Level::Unknown);
    assert_eq!(of("no-such-login"), Level::Unknown);
    assert_eq!(of("ghost"), Level::Unknown);
    assert!(told.rows[&2].title.is_some());
}

#[test]
fn without_its_token_a_run_waits_and_makes_no_call() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 200 });
    sim.run(SECOND * 20);
    sim.say(Event::Connected(OPTIONS, ClientKind::Options));
    sim.say(Event::Options(OPTIONS, FromOptions::DeleteToken));
    let calls = sim.sent.len();
    sim.run(MINUTE * 3);
    assert_eq!(sim.sent.len(), calls);
    let told = Told::of(&sim);
    let waiting = told.run().waiting.as_ref().unwrap();
    assert_eq!(waiting.sentence.key, "reason_gap_no_token");
    assert!(told.run().totals.done > 0 && told.pending() > 0);
    let token = tokens::CLASSIC.to_owned();
    sim.say(Event::Options(OPTIONS, FromOptions::SaveToken { token }));
    finish(&mut sim);
    assert_eq!(Told::of(&sim).pending(), 0);
}

#[test]
fn what_stops_everybody_fails_nobody() {
    for (fault, reason) in [
        ("graphql-rate-limited:900", "reason_gap_limit_spent"),
        ("403-secondary", "reason_gap_slow_down"),
        ("connection-reset", "reason_gap_offline"),
        ("401", "reason_gap_token_refused"),
    ] {
        let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 200 });
        sim.run(SECOND * 20);
        sim.faults(json!([{ "do": fault }]));
        until(&mut sim, |run| run.waiting.is_some());
        let told = Told::of(&sim);
        let waiting = told
            .run()
            .waiting
            .as_ref()
            .map(|it| it.sentence.key.as_str());
        assert_eq!(waiting, Some(reason), "{fault}: {:?}", told.run());
        assert_eq!(told.run().totals.failed, 0, "{fault}");
        sim.faults(json!([]));
        if fault == "401" {
            sim.say(Event::Connected(OPTIONS, ClientKind::Options));
            let token = tokens::CLASSIC.to_owned();
            sim.say(Event::Options(OPTIONS, FromOptions::SaveToken { token }));
        }
        finish(&mut sim);
        let told = Told::of(&sim);
        assert_eq!(
            (told.pending(), told.run().totals.failed),
            (0, 0),
            "{fault}"
        );
    }
}

#[test]
fn a_failed_row_can_be_tried_again_alone() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 100 });
    let unlucky = "gen-10600";
    sim.faults(
        json!([{ "match": { "login": unlucky, "operation": "ctivity" }, "do": "502" },
        { "match": { "login": unlucky, "operation": "ullRequests" }, "do": "502" },
        { "match": { "login": unlucky, "operation": "ssues" }, "do": "502" }]),
    );
    finish(&mut sim);
    let told = Told::of(&sim);
    let failed: Vec<u32> = told
        .rows
        .values()
        .filter(|it| it.failed.is_some())
        .map(|it| it.index)
        .collect();
    assert!(!failed.is_empty(), "{unlucky} opened some of them");
    assert!(
        failed
            .iter()
            .all(|it| told.rows[it].login.as_deref() == Some(unlucky))
    );
    assert_eq!(told.run().totals.failed, 1);
    sim.faults(json!([]));
    sim.run(MINUTE);
    let before = sim.sent.len();
    say(
        &mut sim,
        FromTriage::Retry {
            rows: failed.clone(),
        },
    );
    until(&mut sim, |run| run.state == RunState::Running);
    finish(&mut sim);
    let told = Told::of(&sim);
    assert_eq!(told.run().totals.failed, 0);
    assert!(
        failed
            .iter()
            .all(|it| told.rows[it].level != Level::Unknown)
    );
    assert!(sim.sent.len() - before < 8);
}

#[test]
fn a_card_shows_the_whole_report() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 100 });
    finish(&mut sim);
    let told = Told::of(&sim);
    let row = told
        .rows
        .values()
        .find(|it| it.level == Level::Clear)
        .unwrap();
    say(&mut sim, FromTriage::Open { row: row.index });
    sim.run(SECOND * 20);
    let last = sim.to_triage.iter().rev().find_map(|it| match it {
        ToTriage::Report { row, report, .. } => Some((*row, report.clone())),
        _ => None,
    });
    let (index, report) = last.unwrap();
    assert_eq!(
        (index, Some(&report.login)),
        (row.index, row.login.as_ref())
    );
    assert_eq!(report.coming, []);
    assert_eq!(report.repository.as_deref(), Some("acme/crowd"));
    assert!(
        report
            .about
            .as_ref()
            .is_some_and(|it| it.followers.is_some())
    );
    say(&mut sim, FromTriage::Close);
}

#[test]
fn a_run_is_kept_for_seven_days() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 50 });
    finish(&mut sim);
    sim.run(MINUTE);
    let rows = Told::of(&sim).rows;
    for (hours, expected) in [(24 * 6, rows.len()), (25, 0)] {
        sim.run(SignedDuration::from_hours(hours));
        sim.to_triage.clear();
        sim.restart(&[]);
        connect(&mut sim);
        sim.run(SECOND);
        assert_eq!(Told::of(&sim).rows.len(), expected, "after {hours} h more");
    }
    assert!(sim.run.is_empty());
}

#[test]
fn a_clock_set_back_or_forward_stops_nothing() {
    for hours in [-3, 3] {
        let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 200 });
        sim.run(SECOND * 20);
        sim.change_clock(SignedDuration::from_hours(hours));
        finish(&mut sim);
        assert_eq!(Told::of(&sim).pending(), 0, "{hours} h");
    }
}

#[test]
fn a_store_that_is_full_is_told_and_nothing_stops() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 100 });
    sim.run(SECOND * 5);
    sim.say(Event::StoreIsOpen(false));
    finish(&mut sim);
    let told = Told::of(&sim);
    assert_eq!(told.pending(), 0);
    let notes: Vec<_> = told.run().notes.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(notes, ["triage_not_kept"]);
}

#[test]
fn everything_is_wiped() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 100 });
    sim.run(SECOND * 10);
    sim.say(Event::Connected(OPTIONS, ClientKind::Options));
    sim.say(Event::Options(OPTIONS, FromOptions::Wipe));
    sim.run(MINUTE);
    assert!(sim.run.is_empty() && sim.people.is_empty());
    assert_eq!(Told::of(&sim).run().state, RunState::Empty);
}

#[test]
fn a_run_is_exported_with_and_without_names() {
    let mut sim = begun("acme/crowd", TriageWhich::LastOpened { count: 100 });
    finish(&mut sim);
    for format in [
        ExportFormat::Csv,
        ExportFormat::JsonLines,
        ExportFormat::Markdown,
    ] {
        for hides_names in [false, true] {
            say(
                &mut sim,
                FromTriage::Export {
                    format,
                    hides_names,
                },
            );
            let Some(ToTriage::Exported { text, name, .. }) = sim.to_triage.pop() else {
                panic!("nothing was exported");
            };
            assert!(name.starts_with("bonafide-"), "{name}");
            let headings = match format {
                ExportFormat::Csv => 1,
                ExportFormat::Markdown => 2,
                ExportFormat::JsonLines => 0,
            };
            assert_eq!(text.lines().count(), 100 + headings);
            assert!(text.contains("clear") && text.contains("merged"));
            for row in Told::of(&sim).rows.values() {
                let login = row.login.clone().unwrap();
                assert_eq!(text.contains(&login), !hides_names, "{login} in {format:?}");
                assert_eq!(
                    text.contains(&row.url),
                    !hides_names,
                    "{} in {format:?}",
                    row.url
                );
            }
        }
    }
}

#[test]
fn looking_back_counts_levels_by_what_became_of_the_items() {
    let mut sim = begun("acme/crowd", TriageWhich::ClosedSince { days: 9 });
    // A worker that dies in the middle leaves nobody unjudged.
    for _ in 0..3 {
        sim.run(SECOND * 25);
        sim.restart(&[]);
        connect(&mut sim);
    }
    finish(&mut sim);
    let told = Told::of(&sim);
    let rows: Vec<&TriageRow> = told.rows.values().collect();
    assert!(rows.len() > 30, "{} closed in nine days", rows.len());
    let since = (sim.now - SignedDuration::from_hours(10 * 24)).to_string();
    assert!(rows.iter().all(|it| it.closed_at.as_ref() > Some(&since)));
    // Whoever can be looked up has a level as of then, and it is one.
    let is_somebody =
        |row: &&&TriageRow| row.level != Level::Bot && row.login.as_deref() != Some("ghost");
    for row in rows.iter().filter(is_somebody) {
        let then = row.level_then;
        assert!(!matches!(then, None | Some(Level::Pending)), "{row:?}");
    }
    let closed = rows
        .iter()
        .filter(|it| it.outcome == Some(ItemOutcome::ClosedByOthers));
    assert!(closed.count() > 0);

    say(&mut sim, FromTriage::LookBack { choices: None });
    let Some(ToTriage::LookBack { look_back, limits }) = sim.to_triage.pop() else {
        panic!("nothing was told");
    };
    assert_eq!(limits.len(), 3);
    assert_eq!(look_back.unjudged, 0);
    for row in &look_back.rows {
        for told in &row.counts {
            let is_it = |it: &&&TriageRow| {
                let level = match (it.level, it.login.as_deref()) {
                    (Level::Bot, _) => Level::Bot,
                    (_, Some("ghost")) => Level::Unknown,
                    _ => it.level_then.unwrap(),
                };
                level == row.level && it.outcome == Some(told.outcome)
            };
            let counted = rows.iter().filter(is_it).count();
            assert_eq!(
                usize::try_from(told.count).unwrap(),
                counted,
                "{:?}",
                row.level
            );
        }
    }
    let sum: u32 = look_back
        .rows
        .iter()
        .flat_map(|it| &it.counts)
        .map(|it| it.count)
        .sum();
    assert_eq!(usize::try_from(sum).unwrap(), rows.len());
    println!(
        "{} rows, {} of {} right",
        rows.len(),
        look_back.right,
        look_back.decided
    );
    for row in &look_back.rows {
        let counts: Vec<u32> = row.counts.iter().map(|it| it.count).collect();
        println!("{:?} {counts:?}", row.level);
    }
    assert_eq!(sim.too_early, []);
}
