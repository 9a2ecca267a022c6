//! Keeping the run, and going on with the one that was kept.

use super::numbers::Numbers;
use super::row::Row;
use super::run::{Head, Run};
use super::{Loading, Triage};
use crate::engine::freshness::DELETED_AFTER;
use crate::engine::{Effect, Engine};
use crate::json;
use crate::message::{RunId, RunState};
use crate::time::{SignedDuration, Timestamp};
use litemap::LiteMap;
use serde::{Deserialize, Serialize};

/// Rows that are kept together.
const CHUNK: u32 = 100;

/// New rows are kept this often: what is lost with the worker is in the cache,
/// and costs no call.
const SAVE_EVERY: SignedDuration = SignedDuration::from_secs(2);

/// What has changed since the run was last kept.
#[derive(Debug, Default)]
pub(super) struct Unsaved {
    pub(super) rows: Numbers,
    /// What people were judged by, by the names of the records.
    pub(super) records: Vec<(String, String)>,
    /// Whether it is to be kept at once.
    pub(super) is_due: bool,
    pub(super) save_at: Option<Timestamp>,
}

/// One record of the store.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Record {
    Head(Box<Head>),
    /// Rows of the run of this id.
    Rows(RunId, Vec<Row>),
}

impl Triage {
    /// What is dated in the future, because the clock has been put back, is due
    /// at once.
    pub(in crate::engine) fn forget_future(&mut self, now: Timestamp) {
        for (_, slot) in &mut self.slots {
            slot.forget_future(now);
        }
    }
}

impl Engine {
    /// Goes on with the runs that the store held.
    pub(in crate::engine) fn handle_runs_loaded(&mut self, records: &[String], now: Timestamp) {
        if self.triage.loading == Loading::Loaded {
            return;
        }
        self.triage.loading = Loading::Loaded;
        for run in from_store(records) {
            let is_old = now.duration_since(run.head.started_at) >= DELETED_AFTER;
            if is_old || run.head.started_at > now + DELETED_AFTER {
                self.effects.push(Effect::DeleteRun(run.head.id));
            } else {
                self.triage.insert(run, now);
            }
        }
        self.triage.are_runs_changed = true;
        for (client, message) in std::mem::take(&mut self.triage.early) {
            self.handle_triage_message(client, message, now);
        }
    }

    /// Keeps everything of a run.
    pub(super) fn save_whole_run(&mut self, id: RunId) {
        if let Some(slot) = self.triage.slots.get_mut(&id) {
            let rows = 0..slot.run.rows.len();
            let rows = rows.filter_map(|index| u32::try_from(index).ok());
            slot.unsaved.rows.extend(rows);
            slot.unsaved.is_due = true;
        }
    }

    /// Keeps what has changed of every run.
    pub(in crate::engine) fn save_runs(&mut self, now: Timestamp) {
        for id in self.triage.ids() {
            self.save_run(id, now);
        }
    }

    /// Keeps what has changed, at once where that is due and else every
    /// [`SAVE_EVERY`].
    pub(super) fn save_run(&mut self, id: RunId, now: Timestamp) {
        let Some(slot) = self.triage.slots.get_mut(&id) else {
            return;
        };
        let unsaved = &mut slot.unsaved;
        if unsaved.rows.is_empty() && !unsaved.is_due {
            return;
        }
        let save_at = *unsaved.save_at.get_or_insert(now + SAVE_EVERY);
        if !unsaved.is_due && now < save_at {
            return;
        }
        let Unsaved {
            rows, mut records, ..
        } = std::mem::take(unsaved);
        let run = &slot.run;
        let prefix = id.prefix();
        let chunks: Numbers = rows.iter().map(|index| index / CHUNK).collect();
        for chunk in chunks.iter() {
            let from = usize::try_from(chunk * CHUNK).unwrap_or(usize::MAX);
            let rows = run.rows.iter().skip(from).take(CHUNK as usize);
            let record = Record::Rows(run.head.id, rows.cloned().collect());
            records.extend(json::to_string(&record).map(|text| (format!("{prefix}{chunk}"), text)));
        }
        let head = Record::Head(Box::new(Head {
            rows: u32::try_from(run.rows.len()).unwrap_or(u32::MAX),
            ..run.head.clone()
        }));
        records.extend(json::to_string(&head).map(|text| (format!("{prefix}head"), text)));
        self.effects.push(Effect::SaveRun(records));
    }

    /// Deletes the runs that have been kept for as long as anything is.
    pub(super) fn delete_old_runs(&mut self, now: Timestamp) {
        let is_old = |run: &Run| now.duration_since(run.head.started_at) >= DELETED_AFTER;
        let slots = self.triage.slots.iter();
        let old = slots.filter(|(_, slot)| is_old(&slot.run));
        let old: Vec<RunId> = old.map(|(id, _)| *id).collect();
        for id in old {
            self.delete_run(id, now);
        }
    }
}

/// The runs that were kept. What another version wrote and this one cannot read
/// is listed anew.
fn from_store(records: &[String]) -> Vec<Run> {
    let (mut heads, mut chunks) = (Vec::new(), Vec::new());
    for text in records {
        match json::from_str::<Record>(text) {
            Ok(Record::Head(head)) if head.state != RunState::Empty => heads.push(*head),
            Ok(Record::Rows(id, rows)) => chunks.push((id, rows)),
            Ok(Record::Head(_)) | Err(_) => {}
        }
    }
    let run = |head: Head| {
        let mut rows = LiteMap::new();
        for (_, chunk) in chunks.iter_mut().filter(|(id, _)| *id == head.id) {
            let chunk = std::mem::take(chunk).into_iter();
            rows.extend(chunk.map(|row| (row.shown.index, row)));
        }
        Run::from_store(head, rows)
    };
    heads.into_iter().map(run).collect()
}
