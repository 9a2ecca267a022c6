//! What everybody in a run was judged by: kept in the store and never in
//! memory, and read again a few dozen people at a time, to make a file of it
//! or to judge it by other thresholds.

use super::Triage;
use super::export::lines;
use super::past::Judgement;
use super::run::{PersonState, Run, name_of};
use super::slot::Slot;
use crate::assess::assess;
use crate::choices::{Choices, thresholds};
use crate::engine::client::ClientId;
use crate::engine::past::PastActivity;
use crate::engine::person_evidence::{EvidenceUse, Progress};
use crate::engine::{Effect, Engine, Person};
use crate::evidence::{Association, Evidence};
use crate::json;
use crate::message::{RunId, ToTriage};
use crate::report::{Level, Sentence};
use crate::repository::Repository;
use crate::time::Timestamp;
use crate::triage::as_of::as_of;
use crate::triage::hidden_names::HiddenNames;
use crate::triage::look_back::{Judged, look_back};
use crate::words::Key;
use serde::{Deserialize, Serialize};

/// People whose records are in memory together.
const AT_A_TIME: usize = 50;

/// One person's record.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    /// The run's id.
    run: RunId,
    /// When the person was judged.
    at: Timestamp,
    /// All that was known of them.
    person: Person,
    repository: Option<Repository>,
    association: Option<Association>,
    opened_at: Option<Timestamp>,
    /// What was read beside it, where the run looks back.
    past: Option<PastActivity>,
}

impl Kept {
    /// What they were judged by, and when.
    fn evidence(&self) -> (Evidence, Timestamp) {
        let Self { person, at, .. } = self;
        let (repository, purpose) = (self.repository.as_ref(), EvidenceUse::Report);
        let mut evidence = person.evidence(repository, None, *at, purpose, |_| Progress::Idle);
        evidence.association = self.association;
        evidence.opened_here_at = self.opened_at;
        let evidence = match &self.past {
            Some(past) => past.added_to(evidence, false, *at),
            None => evidence,
        };
        (evidence, *at)
    }
}

/// The records of a run on their way from the store.
#[derive(Debug)]
pub(super) struct Reading {
    id: u32,
    pub(super) client: ClientId,
    run: RunId,
    /// The first of the people who are asked for next.
    next: usize,
    purpose: Purpose,
}

/// What a page wants the records for.
#[derive(Debug)]
pub(super) enum Purpose {
    /// A file with a line for each row.
    Export {
        /// The file's.
        name: String,
        names: Option<HiddenNames>,
        written: u32,
    },
    /// Levels as of the opening by these choices. Where they have been taken
    /// over, the rows take the levels over.
    LookBack {
        choices: Choices,
        /// By row; none where it is not known, or not yet.
        judgements: Vec<Option<Judgement>>,
        are_taken_over: bool,
    },
}

impl Engine {
    /// Keeps what somebody was judged by.
    pub(super) fn keep_record(
        &mut self,
        id: RunId,
        person: u32,
        past: Option<PastActivity>,
        now: Timestamp,
    ) {
        let Some(slot) = self.triage.slots.get_mut(&id) else {
            return;
        };
        let run = &slot.run;
        let Some(of_run) = run.person(person) else {
            return;
        };
        let Some(person) = self.cache.get(&of_run.login.key()) else {
            return;
        };
        let name = record_name(id, &name_of(&of_run.login, of_run.repository.as_ref()));
        let kept = Kept {
            run: run.head.id,
            at: now,
            person: person.to_store(),
            repository: of_run.repository.clone(),
            association: of_run.association,
            opened_at: of_run.opened_at,
            past,
        };
        if let Ok(text) = json::to_string(&kept) {
            slot.unsaved.records.push((name, text));
        }
    }

    /// Reads all records of the run for a page; what it wanted before is off.
    pub(super) fn read_records(
        &mut self,
        run: RunId,
        client: ClientId,
        purpose: Purpose,
        now: Timestamp,
    ) {
        // What is not kept yet has to be, before it can be read.
        if let Some(slot) = self.triage.slots.get_mut(&run) {
            slot.unsaved.is_due = true;
        }
        self.save_run(run, now);
        self.triage.last_reading += 1;
        let id = self.triage.last_reading;
        self.triage.readings.retain(|it| it.client != client);
        self.triage.readings.push(Reading {
            id,
            client,
            run,
            next: 0,
            purpose,
        });
        self.ask_for_records(id);
    }

    /// Takes over records that the store held.
    pub(in crate::engine) fn handle_records(&mut self, id: u32, texts: &[String]) {
        let Triage {
            slots, readings, ..
        } = &mut self.triage;
        let Some(reading) = readings.iter_mut().find(|it| it.id == id) else {
            return;
        };
        let Some(Slot { run, .. }) = slots.get(&reading.run) else {
            return;
        };
        let mut text = String::new();
        for record in texts {
            // What another version wrote and this one cannot read is left out.
            let kept = json::from_str::<Kept>(record).ok();
            let Some(kept) = kept.filter(|it| it.run == run.head.id) else {
                continue;
            };
            let name = name_of(&kept.person.login, kept.repository.as_ref());
            let (evidence, at) = kept.evidence();
            let rows = run.person_named(&name).map(|it| it.rows.as_slice());
            for index in rows.unwrap_or_default() {
                match &mut reading.purpose {
                    Purpose::Export { names, written, .. } => {
                        if let Some(line) = run.record_line(*index, &evidence, at, names.as_mut()) {
                            text.push_str(&line);
                            text.push('\n');
                            *written += 1;
                        }
                    }
                    Purpose::LookBack {
                        choices,
                        judgements,
                        ..
                    } => {
                        if let Some(moment) = run.row(*index).and_then(super::row::Row::opened_at) {
                            let then = as_of(&evidence, moment);
                            let judged = assess(&then, &choices.to_policy(), moment);
                            let place = usize::try_from(*index).ok();
                            if let Some(place) = place.and_then(|it| judgements.get_mut(it)) {
                                *place = Some(Judgement::of(judged.report));
                            }
                        }
                    }
                }
            }
        }
        if let Purpose::Export { name, .. } = &reading.purpose {
            let part = lines(name, text, None);
            self.effects
                .push(Effect::NotifyTriage(reading.client, part));
        }
        self.ask_for_records(id);
    }

    /// Asks for the next records, or ends.
    fn ask_for_records(&mut self, id: u32) {
        let Triage {
            slots, readings, ..
        } = &mut self.triage;
        let Some(place) = readings.iter().position(|it| it.id == id) else {
            return;
        };
        let Some(reading) = readings.get_mut(place) else {
            return;
        };
        let Some(Slot { run, .. }) = slots.get(&reading.run) else {
            return;
        };
        let people = run.people.iter().skip(reading.next).take(AT_A_TIME);
        let names: Vec<String> = people
            .filter(|it| it.state == PersonState::Done)
            .map(|it| record_name(run.head.id, &name_of(&it.login, it.repository.as_ref())))
            .collect();
        reading.next += AT_A_TIME;
        if reading.next < run.people.len() + AT_A_TIME {
            return self.effects.push(Effect::LoadRecords(id, names));
        }
        let reading = readings.swap_remove(place);
        self.finish_reading(reading);
    }

    fn finish_reading(&mut self, reading: Reading) {
        let Reading {
            client,
            run,
            purpose,
            ..
        } = reading;
        let Some(slot) = self.triage.slots.get_mut(&run) else {
            return;
        };
        let run = &mut slot.run;
        match purpose {
            Purpose::Export { name, written, .. } => {
                let rows = u32::try_from(run.rows.len()).unwrap_or(u32::MAX);
                let left_out = rows.saturating_sub(written);
                self.notify_triage(client, lines(&name, String::new(), Some(left_out)));
            }
            Purpose::LookBack {
                choices,
                judgements,
                are_taken_over,
            } => {
                let judged = run.judged(Some(&judgements));
                if are_taken_over {
                    slot.unsaved.is_due = true;
                    for (row, judgement) in run.rows.iter_mut().zip(judgements) {
                        if let Some(judgement) = judgement {
                            row.take_judgement(judgement);
                            slot.changes.rows.insert(row.shown.index);
                        }
                    }
                }
                self.tell_look_back(client, &judged, choices);
            }
        }
    }

    /// Tells a page how levels as of the opening compare with what became of the
    /// items.
    pub(super) fn tell_look_back(&mut self, client: ClientId, judged: &[Judged], choices: Choices) {
        let is_trial = choices != *self.preferences.choices();
        let limits = [
            Some(Key::TriageLimitProfiles),
            Some(Key::TriageLimitDeleted),
            Some(Key::TriageLimitReopened),
            is_trial.then_some(Key::TriageLimitTrial),
        ];
        let limits: Vec<Sentence> = limits.into_iter().flatten().map(Key::alone).collect();
        let mut thresholds = thresholds();
        thresholds.retain(|it| it.policy == choices.policy);
        let message = ToTriage::LookBack {
            look_back: look_back(judged),
            limits,
            choices,
            is_trial,
            thresholds,
        };
        self.notify_triage(client, message);
    }
}

/// Names of records begin so in the store, after those of all runs' rows and
/// heads, which begin with digits and are loaded without the records.
pub const RECORD: &str = "record ";

fn record_name(run: RunId, name: &str) -> String {
    format!("{RECORD}{}{name}", run.prefix())
}

impl Run {
    /// Every row with its level as of the opening: that which it has, or one of
    /// these.
    pub(super) fn judged(&self, tried: Option<&[Option<Judgement>]>) -> Vec<Judged> {
        let judged = self.rows.iter().enumerate().filter_map(|(place, row)| {
            let (level, findings) = match tried {
                None => (row.shown.level_then, &row.findings_then),
                Some(tried) => match tried.get(place).and_then(Option::as_ref) {
                    Some(it) => (Some(it.level), &it.findings),
                    None => (None, &row.findings_then),
                },
            };
            let level = match row.shown.level {
                Level::Bot => Level::Bot,
                _ if row.is_nobody() => Level::Unknown,
                _ => level.unwrap_or(Level::Pending),
            };
            Some(Judged {
                row: row.shown.index,
                login: row.shown.login.clone()?,
                level,
                findings: findings.clone(),
                outcome: row.shown.outcome?,
            })
        });
        judged.collect()
    }
}
