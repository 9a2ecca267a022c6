//! Several runs at once: how they share the limits, and what each page shows.

use super::failures::asked;
use super::{
    MINUTE, OPTIONS, OTHER, POPUP, SECOND, TRIAGE, Told, connect, paste, say, say_of_run,
    say_of_run_on, start_list, start_of,
};
use crate::sim::{Sim, look_up};
use bonafide_core::engine::{ClientId, ClientKind, Event};
use bonafide_core::message::{
    FromOptions, FromTriage, NextPlace, OfRun, RunId, RunState, ToOptions, ToPopup, ToTriage,
    TriageItems, TriageRun, TriageSource, TriageWhich,
};
use bonafide_core::report::Level;
use bonafide_core::time::SignedDuration;
use fake_github::latency::Latency;

/// Opens another page, which shows a run of its own.
fn connect_other(sim: &mut Sim) {
    sim.say(Event::Connected(OTHER, ClientKind::Triage));
}

fn show(sim: &mut Sim, page: ClientId, run: Option<RunId>, repository: Option<&str>) {
    let repository = repository.map(str::to_owned);
    sim.say(Event::Triage(page, FromTriage::Show { run, repository }));
}

/// People whom no other list names.
pub(super) fn list(first: u32, count: u32) -> String {
    let logins: Vec<String> = (first..first + count)
        .map(|it| format!("gen-{it}"))
        .collect();
    logins.join(" \n")
}

/// The runs, as both pages are told of them.
fn runs(sim: &Sim) -> Vec<TriageRun> {
    Told::of(sim).runs
}

/// Lets time pass until this is true of the runs, for six hours at most.
pub(super) fn until_runs(sim: &mut Sim, is_true: impl Fn(&[TriageRun]) -> bool) {
    let end = sim.now + SignedDuration::from_hours(6);
    while !is_true(&runs(sim)) {
        assert!(sim.step(end), "it never was: {:?}", runs(sim));
    }
}

pub(super) fn are_finished(runs: &[TriageRun]) -> bool {
    !runs.is_empty() && runs.iter().all(|run| run.state == RunState::Finished)
}

/// One page with a run of `first`, and another one with a run of `second`.
fn two(first: FromTriage, second: FromTriage) -> Sim {
    let mut sim = Sim::new(Latency::MODEL, 1);
    connect(&mut sim);
    connect_other(&mut sim);
    say(&mut sim, first);
    sim.say(Event::Triage(OTHER, second));
    sim
}

fn done(sim: &Sim) -> Vec<u32> {
    runs(sim).iter().map(|run| run.totals.done).collect()
}

#[test]
fn runs_of_any_size_share_the_limits_in_equal_parts() {
    let crowd = || start_of("acme/crowd", TriageWhich::LastOpened { count: 1_000 });
    let pairs = [
        (
            "lists",
            start_list(&list(0, 400)),
            start_list(&list(1_000, 4_000)),
        ),
        (
            "a repository and a list",
            crowd(),
            start_list(&list(1_000, 4_000)),
        ),
    ];
    for (name, first, second) in pairs {
        let mut sim = two(first, second);
        // After the first batches, and while both have people left.
        until_runs(&mut sim, |runs| runs.len() == 2 && runs[0].totals.done > 60);
        let (before, begin) = (done(&sim), sim.now);
        until_runs(&mut sim, |runs| runs[0].totals.done > 200);
        let seconds = sim.now.duration_since(begin).as_millis() / 1_000;
        let after = done(&sim);
        let done = [after[0] - before[0], after[1] - before[1]];
        println!("{name}: {done:?} people within {seconds} s");
        assert!(
            done[0].abs_diff(done[1]) * 10 <= done[0],
            "{name}: {done:?}"
        );
        sim.too_early.clear();
    }
}

#[test]
fn both_finish_and_each_page_has_the_rows_of_its_own_run() {
    let crowd = start_of("acme/crowd", TriageWhich::LastOpened { count: 100 });
    let mut sim = two(crowd, start_list(&list(0, 60)));
    until_runs(&mut sim, are_finished);
    let (told, other) = (Told::of(&sim), Told::of_page(&sim, OTHER));
    assert_eq!((told.rows.len(), told.pending()), (100, 0));
    assert_eq!((other.rows.len(), other.pending()), (60, 0));
    assert_eq!(other.run().repository, None);
    assert_eq!(told.runs, other.runs);
    assert_eq!(
        told.runs.as_slice(),
        [told.run().clone(), other.run().clone()]
    );
    // A page that comes later shows the run of its repository, or the newest.
    for (repository, rows) in [
        (None, 60),
        (Some("https://github.com/Acme/crowd/pulls"), 100),
        (Some("acme/web"), 0),
    ] {
        let page = ClientId(54);
        sim.to_triage.remove(&page);
        sim.say(Event::Connected(page, ClientKind::Triage));
        show(&mut sim, page, None, repository);
        assert_eq!(Told::of_page(&sim, page).rows.len(), rows, "{repository:?}");
    }
    // Two pages on one run see the same.
    show(&mut sim, OTHER, Some(told.run().id), None);
    assert_eq!(Told::of_page(&sim, OTHER).rows, told.rows);
    assert_eq!(sim.too_early, []);
}

#[test]
fn a_pause_of_one_leaves_everything_to_the_other() {
    let mut sim = two(start_list(&list(0, 2_000)), start_list(&list(3_000, 2_000)));
    sim.run(MINUTE * 2);
    let both = done(&sim);
    sim.run(MINUTE * 2);
    let later = done(&sim);
    say_of_run(&mut sim, OfRun::Pause);
    sim.run(SECOND * 30);
    let paused = done(&sim);
    sim.run(MINUTE * 2);
    let alone = done(&sim);
    assert_eq!(alone[0], paused[0]);
    let (shared, whole) = (later[1] - both[1], alone[1] - paused[1]);
    println!("{shared} people in two minutes with another run, {whole} without");
    assert!(whole * 2 > shared * 3, "{shared} {whole}");
    say_of_run(&mut sim, OfRun::Resume);
    sim.run(MINUTE * 2);
    assert!(done(&sim)[0] > alone[0]);
}

#[test]
fn somebody_in_both_is_looked_up_once() {
    let mut alone = Sim::new(Latency::MODEL, 1);
    connect(&mut alone);
    paste(&mut alone, &list(0, 100));
    until_runs(&mut alone, are_finished);
    let mut sim = two(start_list(&list(0, 100)), start_list(&list(0, 100)));
    until_runs(&mut sim, are_finished);
    assert_eq!(done(&sim), [100, 100]);
    assert_eq!(sim.calls_by_login(), alone.calls_by_login());
    // Each run is told of the calls that it shares.
    let alone = calls_of(&mut alone, TRIAGE);
    let told = [TRIAGE, OTHER].map(|page| calls_of(&mut sim, page));
    println!("{alone} calls of one run alone, {told:?} of each of two");
    assert!(told.iter().all(|it| it * 10 > alone * 9), "{told:?}");
    assert_eq!(Told::of(&sim).levels(), Told::of_page(&sim, OTHER).levels());
}

#[test]
fn a_killed_worker_loses_and_repeats_no_call_of_two_runs() {
    let begin = || {
        let crowd = start_of("acme/crowd", TriageWhich::LastOpened { count: 200 });
        two(crowd, start_list(&list(0, 200)))
    };
    let mut calm = begin();
    until_runs(&mut calm, are_finished);
    let mut sim = begin();
    let mut in_flight = 0;
    for _ in 0..5 {
        sim.run(SECOND * 9);
        let end = sim.now + MINUTE * 2;
        while sim.logins_in_flight() == 0 {
            assert!(sim.step(end));
        }
        in_flight += sim.logins_in_flight();
        let shown = [TRIAGE, OTHER].map(|page| (page, Told::of_page(&sim, page).run().id));
        sim.restart(&[]);
        for (page, run) in shown {
            sim.say(Event::Connected(page, ClientKind::Triage));
            show(&mut sim, page, Some(run), None);
        }
    }
    until_runs(&mut sim, are_finished);
    for page in [TRIAGE, OTHER] {
        let (told, calm) = (Told::of_page(&sim, page), Told::of_page(&calm, page));
        assert_eq!(told.levels(), calm.levels());
    }
    let (calm, killed) = (asked(&calm), asked(&sim));
    let repeated = killed
        .iter()
        .map(|(login, times)| times.saturating_sub(calm.get(login).copied().unwrap_or(0)));
    let repeated = repeated.sum::<usize>();
    println!("{repeated} repeated, {in_flight} were in flight");
    assert!(repeated <= in_flight);
    assert_eq!(calm.len(), killed.len());
}

#[test]
fn the_popup_goes_before_every_run() {
    let mut sim = two(start_list(&list(0, 2_000)), start_list(&list(3_000, 2_000)));
    sim.run(MINUTE * 3);
    sim.say(Event::Connected(POPUP, ClientKind::Popup));
    sim.say(Event::Popup(POPUP, look_up("gen-9000")));
    sim.run(SECOND * 4);
    let is_told = |it: &ToPopup| matches!(it, ToPopup::Report { report, .. } if report.level != Level::Pending);
    assert!(
        sim.to_popup.iter().any(is_told),
        "{:?}",
        sim.to_popup.last()
    );
}

#[test]
fn memory_stays_small_with_as_many_runs_as_there_can_be() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    connect(&mut sim);
    sim.say(Event::Connected(OPTIONS, ClientKind::Options));
    for run in 0..4 {
        paste(&mut sim, &list(run * 1_000, 500));
        for _ in 0..3 {
            sim.run(SECOND * 20);
            sim.to_options.clear();
            sim.say(Event::Options(OPTIONS, FromOptions::Status));
            let people = sim.to_options.iter().find_map(|it| match it {
                ToOptions::Status { people_cached, .. } => Some(*people_cached),
                _ => None,
            });
            assert!(people.unwrap() <= 200, "{people:?}");
        }
    }
    assert!(done(&sim).iter().all(|it| *it > 0), "{:?}", done(&sim));
}

#[test]
fn a_fifth_run_takes_the_place_of_the_oldest_that_has_ended() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    connect(&mut sim);
    for run in 0..4 {
        assert_eq!(
            Told::of(&sim).next_place,
            Some(NextPlace::Free).filter(|_| run > 0)
        );
        paste(&mut sim, &list(run * 1_000, 500));
        sim.run(SECOND);
    }
    let before = runs(&sim);
    assert_eq!(Told::of(&sim).next_place, Some(NextPlace::Nowhere));
    paste(&mut sim, "gen-9000");
    assert_eq!(Told::of(&sim).refused, ["triage_no_place"]);
    assert_eq!(runs(&sim).len(), 4);
    // Paused runs keep their places, and stopped ones give way.
    for (place, end) in [(0, OfRun::Pause), (2, OfRun::Stop), (1, OfRun::Stop)] {
        show(&mut sim, TRIAGE, Some(before[place].id), None);
        say_of_run(&mut sim, end);
    }
    let replaced = before[1].id;
    let place = NextPlace::Replaces { run: replaced };
    assert_eq!(Told::of(&sim).next_place, Some(place));
    // Nothing is deleted for a page that said nothing of it, or named another.
    for announced in [None, Some(before[0].id)] {
        sim.to_triage.remove(&TRIAGE);
        say(&mut sim, in_place_of(announced));
        let told = Told::of(&sim);
        assert_eq!(told.refused, ["triage_other_place"]);
        assert_eq!((told.runs.len(), told.next_place), (4, Some(place)));
    }
    say(&mut sim, in_place_of(Some(replaced)));
    let after: Vec<RunId> = runs(&sim).iter().map(|run| run.id).collect();
    assert_eq!(after[..3], [before[0].id, before[2].id, before[3].id]);
    assert_eq!(Told::of(&sim).run().id, after[3]);
    sim.run(MINUTE);
    assert!(!is_stored(&sim, replaced) && is_stored(&sim, after[0]));
}

/// Starts a run for which this one is deleted, as the page says.
fn in_place_of(replaces: Option<RunId>) -> FromTriage {
    let text = "gen-9000".to_owned();
    let source = TriageSource::Text { text };
    FromTriage::Start { source, replaces }
}

/// How many calls a page is told that its run took.
fn calls_of(sim: &mut Sim, page: ClientId) -> u32 {
    sim.say(Event::Triage(page, FromTriage::Timeline));
    let mut told = sim.to_triage[&page].iter().rev();
    let calls = told.find_map(|it| match it {
        ToTriage::Timeline { run, .. } => run.clone(),
        _ => None,
    });
    calls.unwrap().calls.iter().sum()
}

/// Whether the store has anything of a run.
fn is_stored(sim: &Sim, run: RunId) -> bool {
    sim.runs.keys().any(|name| name.contains(&run.prefix()))
}

#[test]
fn a_run_is_deleted_alone_and_whatever_it_is_doing() {
    let mut sim = two(start_list(&list(0, 300)), start_list(&list(1_000, 60)));
    sim.run(SECOND * 30);
    let before = runs(&sim);
    // A card of it is open, and a second page shows it.
    show(&mut sim, OTHER, Some(before[0].id), None);
    say_of_run(&mut sim, OfRun::Open { row: 0 });
    say_of_run_on(&mut sim, OTHER, OfRun::Delete);
    for page in [TRIAGE, OTHER] {
        let told = Told::of_page(&sim, page);
        assert_eq!(told.run().state, RunState::Empty);
        assert_eq!(told.runs.len(), 1);
    }
    until_runs(&mut sim, are_finished);
    sim.run(MINUTE);
    assert!(!is_stored(&sim, before[0].id) && is_stored(&sim, before[1].id));
    sim.restart(&[]);
    connect(&mut sim);
    sim.run(SECOND);
    assert_eq!(Told::of(&sim).rows.len(), 60);
    assert_eq!(sim.too_early, []);
}

#[test]
fn what_is_said_of_a_run_that_is_gone_is_done_to_no_other() {
    let mut sim = two(start_list("gen-1"), start_list(&list(1_000, 300)));
    until_runs(&mut sim, |runs| {
        runs.len() == 2 && runs[0].state == RunState::Finished
    });
    let (gone, other) = (runs(&sim)[0].id, runs(&sim)[1].id);
    sim.run(MINUTE);
    // The first page's connection ends, and its run is deleted on the other page.
    sim.say(Event::Disconnected(TRIAGE));
    show(&mut sim, OTHER, Some(gone), None);
    say_of_run_on(&mut sim, OTHER, OfRun::Delete);
    for message in [OfRun::Delete, OfRun::Stop, OfRun::Pause] {
        // As a page connects again that has something to say.
        sim.say(Event::Connected(TRIAGE, ClientKind::Triage));
        show(&mut sim, TRIAGE, Some(gone), Some("acme/crowd"));
        assert_eq!(Told::of(&sim).run().state, RunState::Empty);
        let run = gone;
        say(&mut sim, FromTriage::OfRun { run, message });
        let left = runs(&sim);
        let left: Vec<(RunId, RunState)> = left.iter().map(|it| (it.id, it.state)).collect();
        assert_eq!(left, [(other, RunState::Running)]);
    }
    // Nor to one that the page shows instead.
    show(&mut sim, TRIAGE, Some(other), None);
    let (run, message) = (gone, OfRun::Delete);
    say(&mut sim, FromTriage::OfRun { run, message });
    assert_eq!(runs(&sim).len(), 1);
}

#[test]
fn a_wipe_deletes_every_run() {
    let mut sim = two(start_list(&list(0, 300)), start_list(&list(1_000, 300)));
    sim.run(SECOND * 20);
    sim.say(Event::Connected(OPTIONS, ClientKind::Options));
    sim.say(Event::Options(OPTIONS, FromOptions::Wipe));
    sim.run(MINUTE);
    assert!(sim.runs.is_empty());
    for page in [TRIAGE, OTHER] {
        let told = Told::of_page(&sim, page);
        assert_eq!((told.run().state, told.runs), (RunState::Empty, Vec::new()));
    }
}

#[test]
fn each_run_is_kept_for_seven_days() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    connect(&mut sim);
    for day in 0..3 {
        paste(&mut sim, &list(day * 100, 20));
        sim.run(SignedDuration::from_hours(24));
    }
    let before: Vec<RunId> = runs(&sim).iter().map(|run| run.id).collect();
    // With and without a new worker in between.
    for (hours, left) in [(24 * 4 - 1, 3), (2, 2), (24, 1), (24, 0)] {
        sim.run(SignedDuration::from_hours(hours));
        if left == 1 {
            sim.restart(&[]);
        }
        connect(&mut sim);
        sim.run(SECOND);
        let after: Vec<RunId> = runs(&sim).iter().map(|run| run.id).collect();
        assert_eq!(after, before[3 - left..], "{hours} h more");
    }
    assert!(sim.runs.is_empty());
}

#[test]
fn a_small_run_is_soon_done_beside_a_large_one() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    connect(&mut sim);
    connect_other(&mut sim);
    paste(&mut sim, &list(0, 2_000));
    sim.run(MINUTE * 3);
    let begin = sim.now;
    sim.say(Event::Triage(OTHER, start_list(&list(3_000, 25))));
    until_runs(&mut sim, |runs| {
        runs.len() == 2 && runs[1].state == RunState::Finished
    });
    let seconds = sim.now.duration_since(begin).as_millis() / 1_000;
    println!("25 people are done within {seconds} s");
    assert!(seconds <= 45, "{seconds} s");
}

#[test]
fn a_run_ends_beside_a_large_one_once_its_people_are_done() {
    let open = start_of("acme/crowd", TriageWhich::Open);
    let mut sim = two(start_list(&list(3_000, 2_000)), open);
    until_runs(&mut sim, |runs| {
        let last = runs.get(1).map(|run| run.totals);
        last.is_some_and(|it| it.people > 50 && it.done == it.people)
    });
    let begin = sim.now;
    until_runs(&mut sim, |runs| runs[1].state == RunState::Finished);
    let seconds = sim.now.duration_since(begin).as_millis() / 1_000;
    println!("whether somebody is assigned is known after {seconds} s");
    assert_eq!(runs(&sim)[0].state, RunState::Running);
    // It was 442 s where the other run's people always came first.
    assert!(seconds <= 180, "{seconds} s");
}

#[test]
fn runs_that_look_back_share_the_limits_too() {
    let closed = |items| FromTriage::Start {
        source: TriageSource::Repository {
            repository: "acme/crowd".to_owned(),
            items,
            which: TriageWhich::ClosedSince { days: 40 },
        },
        replaces: None,
    };
    let mut sim = two(
        closed(TriageItems::PullRequests),
        closed(TriageItems::Issues),
    );
    let end = sim.now + MINUTE * 6;
    while sim.step(end) {}
    let done = done(&sim);
    println!("{done:?} people within six minutes");
    assert!(done[0].abs_diff(done[1]) * 4 <= done[0], "{done:?}");
}
