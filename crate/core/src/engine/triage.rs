//! [`Triage`]: the run of the triage page, one for all of its tabs.
//!
//! A run is a client of its own that is connected to nobody: it subscribes to
//! a few dozen of its people at a time, behind whatever pages ask for, and so
//! they are looked up by the same plan, in the same requests and from the same
//! cache as anybody. What is known of somebody becomes their rows; then their
//! evidence is dropped, so that memory does not grow with the run.

mod export;
mod keep;
mod listing;
mod notify;
mod numbers;
mod past;
mod people;
pub mod records;
mod row;
mod run;
mod source;

use super::client::{ClientId, ClientKind, Subscription};
use super::key_set::KeySet;
use super::priority::Priority;
use super::{Effect, Engine};
use crate::choices::Choices;
use crate::evidence::Gap;
use crate::message::{FromTriage, RunState, ToTriage, TriageSource};
use crate::report::Sentence;
use crate::time::Timestamp;
use crate::words::Key;
use litemap::LiteMap;
use run::{PersonState, Run};
use source::{subject, targets};

/// The client that the run is. Connections count up from 1.
pub(super) const RUN: ClientId = ClientId(u32::MAX);

/// Rows that can be in view at once; more than any screen has.
const MOST_IN_VIEW: usize = 200;

/// The run there is, and what its pages see of it.
#[derive(Debug, Default)]
pub(super) struct Triage {
    run: Option<Run>,
    loading: Loading,
    /// What pages said before the store answered.
    early: Vec<(ClientId, FromTriage)>,
    /// The rows in view, by page.
    in_view: LiteMap<ClientId, Vec<u32>>,
    /// The row whose card is open, by page.
    open: LiteMap<ClientId, u32>,
    /// The people who are being looked up, by the keys of their logins.
    active: LiteMap<String, u32>,
    /// The pasts that are being read, by the keys of their logins.
    past: LiteMap<String, past::Past>,
    /// When the next of it may be asked for, where that waits for a moment.
    past_not_before: Option<Timestamp>,
    /// Those of them who wait for the end of what holds up everybody, and what
    /// that is.
    stuck: LiteMap<String, Gap>,
    /// When they are tried again, if nothing else ends it.
    unstick_at: Option<Timestamp>,
    /// People whose failures are forgotten as soon as they are in memory.
    retried: KeySet,
    /// People whose evidence may be dropped from memory once it is saved.
    used: KeySet,
    /// When people were done, within the last minute.
    done_at: Vec<Timestamp>,
    /// Since when the run goes on without a pause.
    going_since: Timestamp,
    /// What pages have asked to be read from the store, one for each page.
    readings: Vec<records::Reading>,
    last_reading: u32,
    listing: listing::Progress,
    changes: notify::Changes,
    unsaved: keep::Unsaved,
}

/// Whether the store has been asked for the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Loading {
    #[default]
    NotAsked,
    Asked,
    Loaded,
}

impl Triage {
    /// The state of the run there is.
    fn state(&self) -> RunState {
        self.run
            .as_ref()
            .map_or(RunState::Empty, |run| run.head.state)
    }

    /// Whether there is a run that makes calls.
    fn is_going(&self) -> bool {
        self.state() == RunState::Running
    }

    /// The rows in view of any page.
    fn rows_in_view(&self) -> impl Iterator<Item = u32> {
        self.in_view.values().flatten().copied()
    }

    /// Forgets a page that is gone.
    pub(super) fn disconnect(&mut self, client: ClientId) {
        self.in_view.remove(&client);
        self.open.remove(&client);
        self.readings.retain(|it| it.client != client);
        self.early.retain(|(of, _)| *of != client);
    }

    /// The row whose card a page has open.
    pub(super) fn open_row(&self, client: ClientId) -> Option<u32> {
        self.open.get(&client).copied()
    }
}

impl Engine {
    /// Tells a page that has connected of the run; the first one lets it be
    /// loaded.
    pub(super) fn connect_triage(&mut self, client: ClientId, now: Timestamp) {
        match self.triage.loading {
            Loading::NotAsked => {
                self.triage.loading = Loading::Asked;
                self.effects.push(Effect::LoadRun);
            }
            Loading::Asked => {}
            Loading::Loaded => self.notify_of_run(client, now),
        }
    }

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
            FromTriage::Start { source } => {
                if let Err(sentence) = self.start_run(source, now) {
                    self.notify_triage(client, ToTriage::Refused { sentence });
                }
            }
            FromTriage::Pause if self.triage.is_going() => {
                self.set_run_state(RunState::Paused, now);
            }
            FromTriage::Resume if self.triage.state() == RunState::Paused => {
                self.triage.going_since = now;
                self.triage.done_at.clear();
                self.set_run_state(RunState::Running, now);
            }
            FromTriage::Stop
                if matches!(self.triage.state(), RunState::Running | RunState::Paused) =>
            {
                self.set_run_state(RunState::Stopped, now);
            }
            FromTriage::Retry { rows } => self.retry_rows(&rows, now),
            FromTriage::View { mut rows } => {
                rows.truncate(MOST_IN_VIEW);
                self.set_rows_in_view(client, rows);
            }
            FromTriage::Open { row } => self.open_row(client, row, now),
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
            FromTriage::Export {
                format,
                hides_names,
            } => self.export_run(client, format, hides_names, now),
            FromTriage::Pause | FromTriage::Resume | FromTriage::Stop => {}
            FromTriage::LookBack { choices: None } => {
                let run = self.triage.run.as_ref();
                let judged = run.map(|it| it.judged(None)).unwrap_or_default();
                let choices = self.preferences.choices().clone();
                self.tell_look_back(client, &judged, choices);
            }
            FromTriage::LookBack {
                choices: Some(choices),
            } => self.try_choices(client, choices, false, now),
            FromTriage::TakeOver { choices } => self.try_choices(client, choices, true, now),
            FromTriage::Timeline => {
                let calls = self.timeline.calls();
                self.notify_triage(client, ToTriage::Timeline { calls });
            }
        }
    }

    /// Judges everybody as of the opening by these choices, which are to be
    /// used from now on if they are taken over.
    fn try_choices(
        &mut self,
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
                let rows = self.triage.run.as_ref().map_or(0, |run| run.rows.len());
                let purpose = records::Purpose::LookBack {
                    choices,
                    judgements: vec![None; rows],
                    are_taken_over,
                };
                self.read_records(client, purpose, now);
            }
            Err(sentence) => self.notify_triage(client, ToTriage::Refused { sentence }),
        }
    }

    /// Begins a run, in place of the one before.
    fn start_run(&mut self, source: TriageSource, now: Timestamp) -> Result<(), Sentence> {
        if matches!(self.triage.state(), RunState::Running | RunState::Paused) {
            return Err(Key::TriageIsGoing.alone());
        }
        if !self.preferences.has_token() {
            return Err(Key::TriageNoToken.alone());
        }
        if self.preferences.is_token_refused() {
            return Err(Key::TargetTokenRefused.alone());
        }
        let run = match source {
            TriageSource::Repository {
                repository,
                items,
                which,
            } => Run::of_repository(subject(&repository, items, which, now)?, now),
            TriageSource::Text { text } => Run::of_text(targets(&text)?, now),
        };
        self.replace_run(run, now);
        Ok(())
    }

    /// Puts a run in the place of the one there is.
    fn replace_run(&mut self, run: Run, now: Timestamp) {
        self.forget_run(now);
        self.effects.push(Effect::DeleteRun);
        self.triage.run = Some(run);
        self.triage.going_since = now;
        self.note_whole_run_changed();
        self.save_whole_run();
    }

    /// Forgets the run and whom it looks up; the pages stay.
    fn forget_run(&mut self, now: Timestamp) {
        self.deactivate_all();
        let before = std::mem::take(&mut self.triage);
        self.triage.loading = before.loading;
        self.triage.early = before.early;
        self.triage.used = before.used;
        self.triage.last_reading = before.last_reading;
        for client in self.clients.of_kind(ClientKind::Triage) {
            self.close_row(client);
        }
        self.stop_listing(now);
    }

    /// Forgets the run, because everything is to be forgotten.
    pub(super) fn wipe_run(&mut self, now: Timestamp) {
        if self.triage.run.is_some() {
            self.forget_run(now);
            self.note_whole_run_changed();
        }
        self.triage.loading = Loading::Loaded;
    }

    fn set_run_state(&mut self, state: RunState, now: Timestamp) {
        if let Some(run) = &mut self.triage.run {
            run.head.state = state;
        }
        if state != RunState::Running {
            self.deactivate_all();
        }
        if state == RunState::Stopped {
            self.stop_listing(now);
        }
        self.triage.changes.is_run_changed = true;
        self.triage.unsaved.is_due = true;
    }

    /// Lets whoever failed in these rows be looked up again.
    fn retry_rows(&mut self, rows: &[u32], now: Timestamp) {
        let Some(run) = &mut self.triage.run else {
            return;
        };
        let mut is_any = false;
        for index in rows {
            if run.row(*index).is_none_or(|row| row.shown.failed.is_none()) {
                continue;
            }
            is_any = true;
            let Some(person) = run.person_in(*index) else {
                if let Some(row) = run.row_mut(*index) {
                    row.reset();
                }
                run.unresolved.insert(*index);
                self.triage.changes.rows.insert(*index);
                continue;
            };
            run.set_state(person, PersonState::Waiting);
            let person = run.person(person);
            let rows = person.map(|it| it.rows.clone()).unwrap_or_default();
            self.triage.retried.extend(person.map(|it| it.login.key()));
            for index in rows {
                if let Some(row) = run.row_mut(index) {
                    row.reset();
                }
                self.triage.changes.rows.insert(index);
            }
        }
        if is_any {
            self.triage.going_since = now;
            self.triage.done_at.clear();
            self.set_run_state(RunState::Running, now);
        }
    }

    /// Opens the card of a row in place of the one before.
    fn open_row(&mut self, client: ClientId, index: u32, now: Timestamp) {
        self.close_row(client);
        let run = self.triage.run.as_ref();
        let Some(row) = run.and_then(|run| run.row(index)) else {
            return;
        };
        let Some(login) = row.login() else {
            return;
        };
        let mut subscription = Subscription::requested(login, row.association, row.opened_at());
        subscription.is_app = row.is_app;
        subscription.priority = Priority::Card;
        let repository = row.repository();
        self.triage.open.insert(client, index);
        if let Some(page) = self.clients.get_mut(client) {
            page.repository = repository;
        }
        self.subscribe(client, subscription, now);
    }

    fn close_row(&mut self, client: ClientId) {
        self.triage.open.remove(&client);
        let Some(page) = self.clients.get_mut(client) else {
            return;
        };
        let before = page.keys();
        page.subscriptions.clear();
        page.repository = None;
        self.scheduler.withdraw(client, &before);
        self.triage.used.extend(before);
    }
}
