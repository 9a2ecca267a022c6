//! [`Triage`]: the runs of triage pages, and what each page shows of them.
//!
//! A run is a client of its own that is connected to nobody: it subscribes to
//! a few dozen of its people at a time, behind whatever pages ask for, and so
//! they are looked up by the same plan, in the same requests and from the same
//! cache as anybody. What is known of somebody becomes their rows; then their
//! evidence is dropped, so that memory does not grow with the run.

mod calls;
mod course;
mod export;
mod keep;
mod listing;
mod notify;
mod numbers;
mod pages;
mod past;
mod people;
pub mod records;
mod row;
mod run;
mod slot;
mod source;

use super::Engine;
use super::client::ClientId;
use super::key_set::KeySet;
use crate::choices::Choices;
use crate::message::{FromTriage, NextPlace, OfRun, RunId, RunState, ToTriage};
use crate::time::Timestamp;
use crate::words::Key;
use litemap::LiteMap;
use pages::Page;
use run::Run;
use slot::Slot;

/// Runs that are kept at once. Their rows are in memory, 3.5 MB of each of the
/// largest, and its records take 34 MB of the store; with a quarter of all who
/// are looked up at once, a run's requests are still full.
const MOST_RUNS: usize = 4;

/// The runs there are, and what pages see of them.
#[derive(Debug, Default)]
pub(super) struct Triage {
    slots: LiteMap<RunId, Slot>,
    loading: Loading,
    /// What pages said before the store answered.
    early: Vec<(ClientId, FromTriage)>,
    /// What each page shows; none of those that show no run.
    pages: LiteMap<ClientId, Page>,
    /// People whose failures are forgotten as soon as they are in memory.
    retried: KeySet,
    /// People whose evidence may be dropped from memory once it is saved.
    used: KeySet,
    /// What pages have asked to be read from the store, one for each page.
    readings: Vec<records::Reading>,
    last_reading: u32,
    /// How many runs have been clients.
    clients: u32,
    /// The run that was the last to list something.
    last_listed: Option<RunId>,
    /// Whether pages are to be told of the runs anew.
    are_runs_changed: bool,
}

/// Whether the store has been asked for the runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Loading {
    #[default]
    NotAsked,
    Asked,
    Loaded,
}

impl Triage {
    fn run(&self, id: RunId) -> Option<&Run> {
        self.slots.get(&id).map(|slot| &slot.run)
    }

    /// The runs that make calls.
    fn going(&self) -> Vec<RunId> {
        let going = self.slots.iter().filter(|(_, slot)| slot.is_going());
        going.map(|(id, _)| *id).collect()
    }

    /// Where the next run has its place.
    fn next_place(&self) -> NextPlace {
        if self.slots.len() < MOST_RUNS {
            return NextPlace::Free;
        }
        let mut ended = self.slots.iter().filter(|(_, slot)| !slot.is_active());
        ended
            .next()
            .map_or(NextPlace::Nowhere, |(run, _)| NextPlace::Replaces {
                run: *run,
            })
    }

    /// Every run.
    fn ids(&self) -> Vec<RunId> {
        self.slots.keys().copied().collect()
    }

    /// Takes a run in.
    fn insert(&mut self, run: Run, now: Timestamp) {
        // Connections count up from 1.
        let client = ClientId(u32::MAX - self.clients);
        self.clients += 1;
        self.slots.insert(run.head.id, Slot::new(run, client, now));
        self.are_runs_changed = true;
    }
}

impl Engine {
    pub(super) fn handle_triage_message(
        &mut self,
        client: ClientId,
        message: FromTriage,
        now: Timestamp,
    ) {
        if self.clients.get(client).is_none() {
            return;
        }
        if self.triage.loading != Loading::Loaded {
            return self.triage.early.push((client, message));
        }
        match message {
            FromTriage::Start { source, replaces } => {
                if let Err(sentence) = self.start_run(client, source, replaces, now) {
                    self.notify_triage(client, ToTriage::Refused { sentence });
                }
            }
            FromTriage::Show { run, repository } => {
                let shown = self.triage.to_show(run, repository.as_deref());
                self.show_run(client, shown, now);
            }
            FromTriage::Close => self.close_row(client),
            FromTriage::Refresh => {
                let page = self.clients.get(client);
                for key in page.map_or_else(Vec::new, super::client::Client::keys) {
                    self.refresh(client, &key, now);
                }
            }
            FromTriage::SetPerson { login, mark, note } => {
                if let Err(sentence) = self.set_person(&login, mark, note) {
                    self.notify_triage(client, ToTriage::Refused { sentence });
                }
            }
            FromTriage::Timeline => {
                let calls = self.timeline.calls();
                let run = self.triage.shown_on(client);
                let run = run.and_then(|id| self.triage.run(id));
                let run = run.map(|run| run.head.calls.clone());
                self.notify_triage(client, ToTriage::Timeline { calls, run });
            }
            FromTriage::OfRun { run, message } => {
                if self.triage.shown_on(client) == Some(run) {
                    self.handle_message_of_run(run, client, message, now);
                }
            }
        }
    }

    /// Does what a page says about the run that it shows.
    fn handle_message_of_run(
        &mut self,
        id: RunId,
        client: ClientId,
        message: OfRun,
        now: Timestamp,
    ) {
        let Some(slot) = self.triage.slots.get_mut(&id) else {
            return;
        };
        match message {
            OfRun::Pause if slot.is_going() => {
                self.set_run_state(id, RunState::Paused, now);
            }
            OfRun::Resume if slot.state() == RunState::Paused => {
                slot.begin_counting(now);
                self.set_run_state(id, RunState::Running, now);
            }
            OfRun::Stop if slot.is_active() => {
                self.set_run_state(id, RunState::Stopped, now);
            }
            OfRun::Delete => self.delete_run(id, now),
            OfRun::Retry { rows } => self.retry_rows(id, &rows, now),
            OfRun::View { rows } => self.set_rows_in_view(client, rows),
            OfRun::Open { row } => self.open_row(client, row, now),
            OfRun::Export {
                format,
                hides_names,
            } => self.export_run(id, client, format, hides_names, now),
            OfRun::LookBack { choices: None } => {
                let judged = slot.run.judged(None);
                let choices = self.preferences.choices().clone();
                self.tell_look_back(client, &judged, choices);
            }
            OfRun::LookBack {
                choices: Some(choices),
            } => self.try_choices(id, client, choices, false, now),
            OfRun::TakeOver { choices } => self.try_choices(id, client, choices, true, now),
            // These come too late.
            OfRun::Pause | OfRun::Resume | OfRun::Stop => {}
        }
    }

    /// Judges everybody as of the opening by these choices, which are to be
    /// used from now on if they are taken over.
    fn try_choices(
        &mut self,
        id: RunId,
        client: ClientId,
        choices: Choices,
        are_taken_over: bool,
        now: Timestamp,
    ) {
        let checked = choices.checked().map_err(Key::alone);
        let checked = checked.and_then(|choices| {
            if are_taken_over {
                self.choose(choices.clone())?;
            }
            Ok(choices)
        });
        match checked {
            Ok(choices) => {
                let rows = self.triage.run(id).map_or(0, |run| run.rows.len());
                let purpose = records::Purpose::LookBack {
                    choices,
                    judgements: vec![None; rows],
                    are_taken_over,
                };
                self.read_records(id, client, purpose, now);
            }
            Err(sentence) => self.notify_triage(client, ToTriage::Refused { sentence }),
        }
    }
}
