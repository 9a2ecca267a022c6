//! What the triage page is told of the run.

use super::Triage;
use super::listing::Progress;
use super::numbers::Numbers;
use super::slot::Slot;
use crate::assess::gap_reason;
use crate::engine::client::{ClientId, ClientKind};
use crate::engine::freshness::DELETED_AFTER;
use crate::engine::{Effect, Engine};
use crate::evidence::Gap;
use crate::message::{RunId, RunState, RunWaiting, ToTriage, TriageRow, TriageRun, TriageTotals};
use crate::time::Timestamp;
use crate::words::Key;

/// Rows in one message.
const MOST_ROWS: usize = 200;

/// What pages have not been told yet.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) is_run_changed: bool,
    pub(super) rows: Numbers,
    /// What the run was last told to wait for.
    told_gap: Option<Gap>,
}

impl Engine {
    pub(in crate::engine) fn notify_triage(&mut self, client: ClientId, message: ToTriage) {
        self.effects.push(Effect::NotifyTriage(client, message));
    }

    /// Tells a page of the run that it shows, and of all its rows.
    pub(super) fn notify_of_run(&mut self, client: ClientId, now: Timestamp) {
        let id = self.triage.shown_on(client);
        let Some(slot) = id.and_then(|id| self.triage.slots.get(&id)) else {
            return self.notify_triage(client, ToTriage::Run { run: empty() });
        };
        let run = self.told_run(slot, now);
        let rows = slot.run.rows.iter();
        let rows: Vec<TriageRow> = rows.map(|it| it.shown.clone()).collect();
        let unread = (slot.run.head.unread_count, slot.run.head.unread.clone());
        self.notify_triage(client, ToTriage::Run { run });
        if let (count @ 1.., entries) = unread {
            self.notify_triage(client, ToTriage::Unread { entries, count });
        }
        self.notify_of_rows(&[client], &rows);
    }

    /// Tells every page what has changed.
    pub(in crate::engine) fn notify_triage_pages(&mut self, now: Timestamp) {
        for id in self.triage.ids() {
            self.notify_pages_of(id, now);
        }
        if std::mem::take(&mut self.triage.are_runs_changed) {
            let runs = self.told_runs(now);
            for page in self.clients.of_kind(ClientKind::Triage) {
                self.notify_triage(page, runs.clone());
            }
        }
    }

    /// How all runs stand.
    pub(super) fn told_runs(&self, now: Timestamp) -> ToTriage {
        let slots = self.triage.slots.values();
        ToTriage::Runs {
            runs: slots.map(|slot| self.told_run(slot, now)).collect(),
            next_place: self.triage.next_place(),
        }
    }

    /// Tells the pages of a run what has changed of it.
    fn notify_pages_of(&mut self, id: RunId, now: Timestamp) {
        let Some(slot) = self.triage.slots.get(&id) else {
            return;
        };
        let gap = self.told_gap(slot, now);
        let pages = self.triage.pages_of(id);
        let Triage {
            slots,
            are_runs_changed,
            ..
        } = &mut self.triage;
        let Some(slot) = slots.get_mut(&id) else {
            return;
        };
        let changes = std::mem::take(&mut slot.changes);
        let is_gap_new = changes.told_gap != gap;
        slot.changes.told_gap = gap;
        slot.unsaved.rows.extend(changes.rows.iter());
        let is_changed = changes.is_run_changed || is_gap_new || !changes.rows.is_empty();
        if !is_changed {
            return;
        }
        *are_runs_changed = true;
        if pages.is_empty() {
            return;
        }
        let row = |index| Some(slot.run.row(index)?.shown.clone());
        let rows: Vec<TriageRow> = changes.rows.iter().filter_map(row).collect();
        let Some(slot) = self.triage.slots.get(&id) else {
            return;
        };
        let run = self.told_run(slot, now);
        for page in &pages {
            self.notify_triage(*page, ToTriage::Run { run: run.clone() });
        }
        self.notify_of_rows(&pages, &rows);
    }

    fn notify_of_rows(&mut self, pages: &[ClientId], rows: &[TriageRow]) {
        for rows in rows.chunks(MOST_ROWS) {
            for page in pages {
                let rows = rows.to_vec();
                self.notify_triage(*page, ToTriage::Rows { rows });
            }
        }
    }

    /// What a run waits for that is worth telling; nothing while it does not go.
    fn told_gap(&self, slot: &Slot, now: Timestamp) -> Option<Gap> {
        if !slot.is_going() {
            return None;
        }
        let Progress {
            gap, not_before, ..
        } = &slot.listing;
        let listing = gap.map(|reason| Gap {
            reason,
            until: *not_before,
        });
        self.run_gap(slot, now).or(listing)
    }

    fn told_run(&self, slot: &Slot, now: Timestamp) -> TriageRun {
        let waiting = self.told_gap(slot, now).map(|gap| RunWaiting {
            sentence: gap_reason(gap.reason).alone(),
            until: gap.until.map(|it| it.to_string()),
        });
        let rate_per_minute = if slot.is_going() {
            slot.rate_per_minute(now)
        } else {
            0
        };
        let is_kept = self.preferences.is_store_open();
        let run = &slot.run;
        let head = &run.head;
        let totals = run.totals();
        let state = match head.state {
            RunState::Running if !run.is_listed() => RunState::Resolving,
            state => state,
        };
        let mut notes = head.notes.clone();
        if !is_kept {
            notes.push(Key::TriageNotKept.alone());
        }
        let seconds = (totals.pending * 60).checked_div(rate_per_minute);
        let subject = head.subject.as_ref();
        TriageRun {
            id: head.id,
            state,
            repository: subject.map(|it| it.repository.to_string()),
            items: subject.map(|it| it.items),
            which: subject.map(|it| it.which),
            totals,
            remaining_seconds: seconds.filter(|_| waiting.is_none() && run.is_listed()),
            waiting,
            notes,
            rate_per_minute,
            started_at: head.started_at.to_string(),
            kept_until: (head.started_at + DELETED_AFTER).to_string(),
        }
    }
}

fn empty() -> TriageRun {
    TriageRun {
        id: RunId::default(),
        state: RunState::Empty,
        repository: None,
        items: None,
        which: None,
        totals: TriageTotals::default(),
        waiting: None,
        notes: Vec::new(),
        rate_per_minute: 0,
        remaining_seconds: None,
        started_at: String::new(),
        kept_until: String::new(),
    }
}
