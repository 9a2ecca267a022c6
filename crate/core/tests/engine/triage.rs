//! Runs of the triage page over the loopback GitHub's large repository.

use crate::sim::Sim;
use bonafide_core::engine::{ClientId, ClientKind, Event};
use bonafide_core::message::{
    FromTriage, NextPlace, OfRun, RunState, ToTriage, TriageItems, TriageRow, TriageRun,
    TriageSource, TriageWhich,
};
use bonafide_core::report::Level;
use bonafide_core::time::SignedDuration;
use fake_github::latency::Latency;
use std::collections::BTreeMap;

mod course;
mod export;
mod failures;
mod input;
mod look_back;
mod several;
mod speed;
mod world;

const TRIAGE: ClientId = ClientId(50);
const OTHER: ClientId = ClientId(53);
const OPTIONS: ClientId = ClientId(51);
const POPUP: ClientId = ClientId(52);
const SECOND: SignedDuration = SignedDuration::from_secs(1);
const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// What a page has been told of the runs and of the one that it shows.
#[derive(Default)]
struct Told {
    runs: Vec<TriageRun>,
    next_place: Option<NextPlace>,
    run: Option<TriageRun>,
    rows: BTreeMap<u32, TriageRow>,
    refused: Vec<String>,
    unread: Vec<(u32, String)>,
}

impl Told {
    fn of(sim: &Sim) -> Self {
        Self::of_page(sim, TRIAGE)
    }

    fn of_page(sim: &Sim, page: ClientId) -> Self {
        let mut told = Self::default();
        for message in sim.to_triage.get(&page).into_iter().flatten() {
            match message.clone() {
                ToTriage::Runs { runs, next_place } => {
                    told.runs = runs;
                    told.next_place = Some(next_place);
                }
                ToTriage::Run { run } => {
                    if told.run.as_ref().is_some_and(|it| it.id != run.id) {
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

/// What the first page was told.
fn heard(sim: &mut Sim) -> &mut Vec<ToTriage> {
    sim.to_triage.entry(TRIAGE).or_default()
}

fn say(sim: &mut Sim, message: FromTriage) {
    sim.say(Event::Triage(TRIAGE, message));
}

/// Says something about the run that the page was last told of.
fn say_of_run(sim: &mut Sim, message: OfRun) {
    say_of_run_on(sim, TRIAGE, message);
}

fn say_of_run_on(sim: &mut Sim, page: ClientId, message: OfRun) {
    let run = Told::of_page(sim, page).run().id;
    sim.say(Event::Triage(page, FromTriage::OfRun { run, message }));
}

/// Opens a page that shows the newest run.
fn connect(sim: &mut Sim) {
    sim.say(Event::Connected(TRIAGE, ClientKind::Triage));
    let (run, repository) = (None, None);
    say(sim, FromTriage::Show { run, repository });
}

fn start(sim: &mut Sim, repository: &str, which: TriageWhich) {
    say(sim, start_of(repository, which));
}

fn start_of(repository: &str, which: TriageWhich) -> FromTriage {
    let source = TriageSource::Repository {
        repository: repository.to_owned(),
        items: TriageItems::PullRequests,
        which,
    };
    FromTriage::Start {
        source,
        replaces: None,
    }
}

fn paste(sim: &mut Sim, text: &str) {
    say(sim, start_list(text));
}

fn start_list(text: &str) -> FromTriage {
    let text = text.to_owned();
    let source = TriageSource::Text { text };
    FromTriage::Start {
        source,
        replaces: None,
    }
}

fn begun(repository: &str, which: TriageWhich) -> Sim {
    let mut sim = Sim::new(Latency::MODEL, 1);
    connect(&mut sim);
    start(&mut sim, repository, which);
    sim
}

/// How the run stands, as last told.
fn last_run(sim: &mut Sim) -> Option<&TriageRun> {
    heard(sim).iter().rev().find_map(|it| match it {
        ToTriage::Run { run } => Some(run),
        _ => None,
    })
}

/// Lets time pass until this is true of the run, for six hours at most.
fn until(sim: &mut Sim, is_true: impl Fn(&TriageRun) -> bool) {
    let end = sim.now + SignedDuration::from_hours(6);
    loop {
        if last_run(sim).is_some_and(&is_true) {
            return;
        }
        assert!(sim.step(end), "it never was: {:?}", Told::of(sim).run);
    }
}

fn finish(sim: &mut Sim) {
    until(sim, |run| run.state == RunState::Finished);
}
