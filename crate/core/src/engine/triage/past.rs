//! Looking back: the level of a run's people as of the opening of each of
//! their items, for runs about items closed of late.
//!
//! What somebody opened is read back to the window before their oldest item,
//! once their level of today is known and while their evidence is in memory.

use super::row::Row;
use crate::engine::Engine;
use crate::engine::past::{Past, PastKey};
use crate::engine::person_evidence::EvidenceUse;
use crate::message::RunId;
use crate::report::{AuthorReport, FindingLevel, Level, Sentence};
use crate::time::Timestamp;

impl Engine {
    /// Whether somebody's past is still to be read before they are done.
    pub(super) fn begin_past(&mut self, id: RunId, login: &str, person: u32) -> bool {
        let key = PastKey::of_run(id, login);
        if self.pasts.get(&key).is_some() {
            return true;
        }
        let Some(run) = self.triage.run(id).filter(|run| run.looks_back()) else {
            return false;
        };
        let Some(person) = run.person(person) else {
            return false;
        };
        let rows = || person.rows.iter().filter_map(|index| run.row(*index));
        if rows().all(|it| it.shown.level_then.is_some()) {
            return false;
        }
        let Some(oldest) = rows().filter_map(Row::opened_at).min() else {
            return false;
        };
        let past = Past::new(person.login.clone(), oldest);
        self.pasts.insert(key, past);
        true
    }

    /// Judges each of somebody's items as of its opening, once it is known who
    /// closed what a level hangs on.
    pub(in crate::engine) fn judge_past_of_run(&mut self, id: RunId, login: &str, now: Timestamp) {
        let Some(slot) = self.triage.slots.get(&id) else {
            return;
        };
        let (Some(index), Some(of_run)) = (slot.active.get(login), self.clients.get(slot.client))
        else {
            return;
        };
        let (run, index) = (&slot.run, *index);
        let (Some(person), Some(subscription)) =
            (run.person(index), of_run.subscriptions.get(login))
        else {
            return;
        };
        let repository = person.repository.as_ref();
        let today = self.evidence(subscription, repository, EvidenceUse::Report, now);
        let (mut places, mut moments, mut closed) = (Vec::new(), Vec::new(), Vec::new());
        for index in &person.rows {
            let row = run.row(*index);
            let Some((row, opened_at)) = row.and_then(|it| Some((it, it.opened_at()?))) else {
                continue;
            };
            places.push(*index);
            moments.push(opened_at);
            // The closers of the items themselves tell what became of them.
            closed.extend(row.node_id.clone());
        }
        let key = PastKey::of_run(id, login);
        let Some(judged) = self.judge_past(&key, today, &moments, &closed, now) else {
            return;
        };
        let (Some(past), Some(slot)) = (self.pasts.remove(&key), self.triage.slots.get_mut(&id))
        else {
            return;
        };
        for (index, assessment) in places.into_iter().zip(judged) {
            if let Some(row) = slot.run.row_mut(index) {
                row.take_judgement(Judgement::of(assessment.report));
                row.take_closing(&past.activity.closings);
                slot.changes.rows.insert(index);
            }
        }
        self.keep_record(id, index, Some(past.activity), now);
        self.finish_person(id, login, now);
    }
}

/// What is said of somebody as of the opening of an item.
#[derive(Clone, Debug)]
pub(super) struct Judgement {
    pub(super) level: Level,
    pub(super) reason: Option<Sentence>,
    /// The ids of the findings that raised the level.
    pub(super) findings: Vec<String>,
}

impl Judgement {
    pub(super) fn of(report: AuthorReport) -> Self {
        let is_raised =
            |level: FindingLevel| matches!(level, FindingLevel::Caution | FindingLevel::Alert);
        let raised = report.findings.into_iter().filter(|it| is_raised(it.level));
        Self {
            // What was not to be had is no level; nor is what was not asked for.
            level: match report.level {
                Level::Pending => Level::Unknown,
                level => level,
            },
            reason: report.short_reason,
            findings: raised.map(|it| it.id).collect(),
        }
    }
}
