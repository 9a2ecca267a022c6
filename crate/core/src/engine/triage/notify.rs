//! What the triage page is told of the run.

use super::Loading;
use super::listing::Progress;
use super::numbers::Numbers;
use crate::assess::gap_reason;
use crate::engine::client::{ClientId, ClientKind};
use crate::engine::freshness::DELETED_AFTER;
use crate::engine::{Effect, Engine};
use crate::evidence::Gap;
use crate::message::{RunState, RunWaiting, ToTriage, TriageRow, TriageRun, TriageTotals};
use crate::time::Timestamp;
use crate::words::Key;

/// Rows in one message.
const MOST_ROWS: usize = 200;

/// What pages have not been told yet.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) is_run_changed: bool,
    /// Whether it is another run.
    is_run_new: bool,
    pub(super) rows: Numbers,
    /// What the run was last told to wait for.
    told_gap: Option<Gap>,
}

impl Engine {
    pub(in crate::engine) fn notify_triage(&mut self, client: ClientId, message: ToTriage) {
        self.effects.push(Effect::NotifyTriage(client, message));
    }

    pub(super) fn note_whole_run_changed(&mut self) {
        self.triage.changes.is_run_changed = true;
        self.triage.changes.is_run_new = true;
    }

    /// Tells a page of the run and all its rows.
    pub(super) fn notify_of_run(&mut self, client: ClientId, now: Timestamp) {
        let run = self.told_run(now);
        self.notify_triage(client, ToTriage::Run { run });
        let Some(run) = &self.triage.run else {
            return;
        };
        if run.head.unread_count > 0 {
            let entries = run.head.unread.clone();
            let count = run.head.unread_count;
            self.notify_triage(client, ToTriage::Unread { entries, count });
        }
        let rows = self.triage.run.as_ref().map(|run| run.rows.iter());
        let rows: Vec<TriageRow> = rows
            .into_iter()
            .flatten()
            .map(|it| it.shown.clone())
            .collect();
        self.notify_of_rows(&[client], &rows);
    }

    /// Tells every page what has changed.
    pub(in crate::engine) fn notify_triage_pages(&mut self, now: Timestamp) {
        if self.triage.loading != Loading::Loaded {
            return;
        }
        let gap = self.triage.is_going().then(|| self.told_gap(now)).flatten();
        let changes = std::mem::take(&mut self.triage.changes);
        let is_gap_new = changes.told_gap != gap;
        self.triage.changes.told_gap = gap;
        let pages = self.clients.of_kind(ClientKind::Triage);
        if changes.is_run_new {
            for page in pages {
                self.notify_of_run(page, now);
            }
            return;
        }
        if changes.is_run_changed || is_gap_new || !changes.rows.is_empty() {
            let run = self.told_run(now);
            for page in &pages {
                self.notify_triage(*page, ToTriage::Run { run: run.clone() });
            }
        }
        if !pages.is_empty() {
            let run = self.triage.run.as_ref();
            let row = |index| Some(run?.row(index)?.shown.clone());
            let rows: Vec<TriageRow> = changes.rows.iter().filter_map(row).collect();
            self.notify_of_rows(&pages, &rows);
        }
        self.triage.unsaved.rows.extend(changes.rows.iter());
    }

    fn notify_of_rows(&mut self, pages: &[ClientId], rows: &[TriageRow]) {
        for rows in rows.chunks(MOST_ROWS) {
            for page in pages {
                let rows = rows.to_vec();
                self.notify_triage(*page, ToTriage::Rows { rows });
            }
        }
    }

    /// What the run waits for that is worth telling.
    fn told_gap(&self, now: Timestamp) -> Option<Gap> {
        let Progress {
            gap, not_before, ..
        } = &self.triage.listing;
        let listing = gap.map(|reason| Gap {
            reason,
            until: *not_before,
        });
        self.run_gap(now).or(listing)
    }

    fn told_run(&mut self, now: Timestamp) -> TriageRun {
        let gap = self.triage.is_going().then(|| self.told_gap(now)).flatten();
        let waiting = gap.map(|gap| RunWaiting {
            sentence: gap_reason(gap.reason).alone(),
            until: gap.until.map(|it| it.to_string()),
        });
        let rate_per_minute = if self.triage.is_going() {
            self.triage.rate_per_minute(now)
        } else {
            0
        };
        let is_kept = self.preferences.is_store_open();
        let Some(run) = &self.triage.run else {
            return empty();
        };
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
        id: 0.0,
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
