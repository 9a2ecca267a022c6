//! How a run begins, is paused, tried again and forgotten.

use super::run::{PersonState, Run};
use super::source::{subject, targets};
use super::{Loading, Triage};
use crate::engine::client::ClientId;
use crate::engine::{Effect, Engine};
use crate::message::{NextPlace, RunId, RunState, TriageSource};
use crate::report::Sentence;
use crate::time::Timestamp;
use crate::words::Key;

impl Engine {
    /// Begins a run beside those there are, or in place of the one that the
    /// page announced, and shows it on the page.
    pub(super) fn start_run(
        &mut self,
        client: ClientId,
        source: TriageSource,
        announced: Option<RunId>,
        now: Timestamp,
    ) -> Result<(), Sentence> {
        let replaced = match self.triage.next_place() {
            NextPlace::Free => None,
            NextPlace::Replaces { run } if announced == Some(run) => Some(run),
            NextPlace::Replaces { .. } => {
                self.triage.are_runs_changed = true;
                return Err(Key::TriageOtherPlace.alone());
            }
            NextPlace::Nowhere => return Err(Key::TriageNoPlace.alone()),
        };
        if !self.preferences.has_token() {
            return Err(Key::TriageNoToken.alone());
        }
        if self.preferences.is_token_refused() {
            return Err(Key::TargetTokenRefused.alone());
        }
        let id = RunId::new(now, self.triage.ids().last().copied());
        let run = match source {
            TriageSource::Repository {
                repository,
                items,
                which,
            } => Run::of_repository(id, subject(&repository, items, which, now)?, now),
            TriageSource::Text { text } => Run::of_text(id, targets(&text)?, now),
        };
        if let Some(before) = replaced {
            self.delete_run(before, now);
        }
        self.triage.insert(run, now);
        self.save_whole_run(id);
        self.show_run(client, Some(id), now);
        Ok(())
    }

    /// Forgets a run, and deletes what the store has of it.
    pub(super) fn delete_run(&mut self, id: RunId, now: Timestamp) {
        self.forget_run(id, now);
        self.effects.push(Effect::DeleteRun(id));
    }

    /// Forgets a run and whom it looks up; its pages show none.
    fn forget_run(&mut self, id: RunId, now: Timestamp) {
        self.deactivate_all(id);
        self.stop_listing(id, now);
        if let Some(slot) = self.triage.slots.remove(&id) {
            self.clients.disconnect(slot.client);
        }
        self.triage.are_runs_changed = true;
        for page in self.triage.pages_of(id) {
            self.show_run(page, None, now);
        }
    }

    /// Forgets every run, because everything is to be forgotten.
    pub(in crate::engine) fn wipe_runs(&mut self, now: Timestamp) {
        for id in self.triage.ids() {
            self.forget_run(id, now);
        }
        self.triage.loading = Loading::Loaded;
    }

    pub(super) fn set_run_state(&mut self, id: RunId, state: RunState, now: Timestamp) {
        if let Some(slot) = self.triage.slots.get_mut(&id) {
            slot.run.head.state = state;
            slot.changes.is_run_changed = true;
            slot.unsaved.is_due = true;
        }
        if state != RunState::Running {
            self.deactivate_all(id);
        }
        if state == RunState::Stopped {
            self.stop_listing(id, now);
        }
    }

    /// Lets whoever failed in these rows be looked up again.
    pub(super) fn retry_rows(&mut self, id: RunId, rows: &[u32], now: Timestamp) {
        let Triage { slots, retried, .. } = &mut self.triage;
        let Some(slot) = slots.get_mut(&id) else {
            return;
        };
        let run = &mut slot.run;
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
                slot.changes.rows.insert(*index);
                continue;
            };
            run.set_state(person, PersonState::Waiting);
            let person = run.person(person);
            let rows = person.map(|it| it.rows.clone()).unwrap_or_default();
            retried.extend(person.map(|it| it.login.key()));
            for index in rows {
                if let Some(row) = run.row_mut(index) {
                    row.reset();
                }
                slot.changes.rows.insert(index);
            }
        }
        if is_any {
            slot.begin_counting(now);
            self.set_run_state(id, RunState::Running, now);
        }
    }
}
