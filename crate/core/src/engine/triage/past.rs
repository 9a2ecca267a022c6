//! Looking back: the level of a run's people as of the opening of each of
//! their items, for runs about items closed of late.
//!
//! What somebody opened is read back to the window before their oldest item,
//! once their level of today is known and while their evidence is in memory.

use super::slot::Slot;
use crate::assess::{Assessment, assess};
use crate::engine::Engine;
use crate::engine::flights::Purpose;
use crate::engine::person_evidence::{EvidenceUse, found};
use crate::engine::priority::Priority;
use crate::engine::rate_limiter::Admission;
use crate::evidence::{
    Association, Closers, Closing, Evidence, Fact, Gap, GapReason, Issue, ItemList, PullRequest,
    Remainder,
};
use crate::github::call::{MAX_CLOSERS, PAGE};
use crate::github::read::Answer;
use crate::github::{ActivityPage, ApiError, Call, Connection, Learned, Page};
use crate::login::Login;
use crate::message::RunId;
use crate::report::{AuthorReport, FindingLevel, Level, Sentence};
use crate::time::{SignedDuration, Timestamp};
use crate::triage::as_of::{as_of, window_start};
use serde::{Deserialize, Serialize};

/// People whose past is read in one request: two connections each, with up to
/// a hundred items.
const AT_A_TIME: usize = 3;

/// Requests for closers of one person: what they do not decide stays unknown.
const MOST_CLOSER_CALLS: u8 = 3;

/// So often an error is tried again.
const MOST_TRIES: u8 = 2;

/// How long nothing of the past is asked after an error.
const WAIT: SignedDuration = SignedDuration::from_secs(15);

/// What is known of somebody's past.
#[derive(Debug)]
pub(super) struct Past {
    person: u32,
    stage: Stage,
    activity: PastActivity,
    tries: u8,
    closer_calls: u8,
}

/// What somebody opened before, as far as it was read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PastActivity {
    pull_requests: Option<Page<PullRequest>>,
    issues: Option<Page<Issue>>,
    closings: Vec<Closing>,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    Activity,
    Closers(Vec<String>),
    Asked,
}

impl Slot {
    /// Whether somebody's past is still to be read before they are done.
    pub(super) fn begin_past(&mut self, key: &str, person: u32) -> bool {
        if self.past.contains_key(key) {
            return true;
        }
        let run = &self.run;
        if !run.looks_back() {
            return false;
        }
        let rows = run.person(person).map(|it| it.rows.as_slice());
        let is_open = |index: &u32| {
            run.row(*index)
                .is_some_and(|it| it.shown.level_then.is_none())
        };
        if !rows.unwrap_or_default().iter().any(is_open) {
            return false;
        }
        let past = Past {
            person,
            stage: Stage::Activity,
            activity: PastActivity::default(),
            tries: 0,
            closer_calls: 0,
        };
        self.past.insert(key.to_owned(), past);
        true
    }

    fn next_past_call(&self) -> Option<(Call, Vec<String>)> {
        let run = &self.run;
        let closers = self.past.iter().find_map(|(key, past)| match &past.stage {
            Stage::Closers(ids) => Some((key, past, ids)),
            Stage::Activity | Stage::Asked => None,
        });
        if let Some((key, past, ids)) = closers {
            let login = run.person(past.person)?.login.clone();
            return Some((Call::Closers(vec![(login, ids.clone())]), vec![key.clone()]));
        }
        let mut since: Option<Timestamp> = None;
        let (mut pages, mut keys) = (Vec::new(), Vec::new());
        let begun = self.past.iter();
        for (key, past) in begun
            .filter(|(_, it)| it.stage == Stage::Activity)
            .take(AT_A_TIME)
        {
            let person = run.person(past.person)?;
            let rows = person
                .rows
                .iter()
                .filter_map(|index| run.row(*index)?.opened_at());
            let oldest = rows.min().map(window_start);
            since = since.into_iter().chain(oldest).min();
            for connection in [Connection::PullRequests, Connection::Issues] {
                pages.push(ActivityPage {
                    login: person.login.clone(),
                    connection,
                    first: PAGE,
                    after: None,
                });
            }
            keys.push(key.clone());
        }
        Some((Call::Activity(pages, since?), keys))
    }
}

impl Engine {
    /// Asks for as much of people's pasts as may leave at once.
    pub(super) fn look_into_past(&mut self, id: RunId, now: Timestamp) {
        while let Some(slot) = self.triage.slots.get_mut(&id) {
            if slot.past_not_before.is_some_and(|at| now < at) {
                return;
            }
            slot.past_not_before = None;
            let Some((call, keys)) = slot.next_past_call() else {
                return;
            };
            let limiter = &self.rate_limiter;
            let expected_ms = limiter.predictor().predict_ms(&call.work());
            match limiter.admit(call.bucket(), expected_ms, Priority::Run, now) {
                Admission::Now => {
                    for key in keys {
                        if let Some(past) = slot.past.get_mut(&key) {
                            past.stage = Stage::Asked;
                        }
                    }
                    self.send(call, Purpose::Past(id), now);
                }
                Admission::NotBefore(at) => return slot.past_not_before = Some(at),
                Admission::WhenFree => return,
            }
        }
    }

    pub(in crate::engine) fn handle_past(
        &mut self,
        id: RunId,
        call: &Call,
        reading: Result<Answer, ApiError>,
        now: Timestamp,
    ) {
        let mut logins: Vec<Login> = call.wanted().into_iter().map(|(login, _)| login).collect();
        logins.dedup();
        let is_waited_for = |error: &ApiError| {
            matches!(
                error,
                ApiError::LimitSpent { .. }
                    | ApiError::SlowDown { .. }
                    | ApiError::LoginAttempts
                    | ApiError::TokenRefused
                    | ApiError::AccountSuspended
                    | ApiError::Network
                    | ApiError::NoPermission
            )
        };
        match reading {
            Ok(answer) => {
                let Some(slot) = self.triage.slots.get_mut(&id) else {
                    return;
                };
                for (login, learned) in answer.learned {
                    if let Some(past) = slot.past.get_mut(&login.key()) {
                        past.learn(learned);
                    }
                }
                for login in logins {
                    self.judge_past(id, &login.key(), now);
                }
            }
            Err(error) => {
                for login in logins {
                    let key = login.key();
                    let Some(slot) = self.triage.slots.get_mut(&id) else {
                        return;
                    };
                    slot.past_not_before = Some(now + WAIT);
                    let Some(past) = slot.past.get_mut(&key) else {
                        continue;
                    };
                    past.tries += u8::from(!is_waited_for(&error));
                    if past.tries > MOST_TRIES {
                        self.judge_past(id, &key, now);
                    } else {
                        past.stage = match call {
                            Call::Closers(people) => {
                                let ids = people.iter().flat_map(|(_, ids)| ids.clone());
                                Stage::Closers(ids.collect())
                            }
                            _ => Stage::Activity,
                        };
                    }
                }
            }
        }
    }

    /// Judges each of somebody's items as of its opening; asks for closers where
    /// they could change a level.
    fn judge_past(&mut self, id: RunId, key: &str, now: Timestamp) {
        let Some(slot) = self.triage.slots.get(&id) else {
            return;
        };
        let (Some(past), Some(of_run)) = (slot.past.get(key), self.clients.get(slot.client)) else {
            return;
        };
        let run = &slot.run;
        let (Some(person), Some(subscription)) =
            (run.person(past.person), of_run.subscriptions.get(key))
        else {
            return;
        };
        let repository = person.repository.as_ref();
        let today = self.evidence(subscription, repository, EvidenceUse::Report, now);
        let may_ask = past.closer_calls < MOST_CLOSER_CALLS && past.tries <= MOST_TRIES;
        let evidence = past.activity.added_to(today, may_ask, now);
        let mut judged: Vec<(u32, Assessment)> = Vec::new();
        // The closers of the items themselves tell what became of them.
        let mut wanted: Vec<String> = Vec::new();
        for index in person.rows.clone() {
            let Some(row) = run.row(index) else {
                continue;
            };
            let Some(opened_at) = row.opened_at() else {
                continue;
            };
            let then = as_of(&evidence, opened_at);
            let assessment = assess(&then, self.preferences.policy(), opened_at);
            wanted.extend(row.node_id.clone());
            wanted.extend(assessment.closers_needed.iter().cloned());
            judged.push((index, assessment));
        }
        let is_known = |id: &String| past.activity.closings.iter().any(|it| it.node_id == *id);
        let mut ids: Vec<String> = Vec::new();
        for id in wanted {
            if !is_known(&id) && !ids.contains(&id) && ids.len() < MAX_CLOSERS.into() {
                ids.push(id);
            }
        }
        let Some(slot) = self.triage.slots.get_mut(&id) else {
            return;
        };
        if may_ask && !ids.is_empty() {
            if let Some(past) = slot.past.get_mut(key) {
                past.stage = Stage::Closers(ids);
            }
            return;
        }
        let Some(Past {
            person, activity, ..
        }) = slot.past.remove(key)
        else {
            return;
        };
        for (index, assessment) in judged {
            if let Some(row) = slot.run.row_mut(index) {
                row.take_judgement(Judgement::of(assessment.report));
                row.take_closing(&activity.closings);
                slot.changes.rows.insert(index);
            }
        }
        self.keep_record(id, person, Some(activity), now);
        self.finish_person(id, key, now);
    }
}

impl Past {
    fn learn(&mut self, learned: Learned) {
        match learned {
            Learned::PullRequests(page) => self.activity.pull_requests = Some(page),
            Learned::Issues(page) => self.activity.issues = Some(page),
            Learned::Closers(closings) => {
                self.activity.closings.extend(closings);
                self.closer_calls += 1;
            }
            _ => {}
        }
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

impl PastActivity {
    /// The evidence of today with all that was read of the past.
    pub(super) fn added_to(
        &self,
        mut evidence: Evidence,
        may_ask: bool,
        now: Timestamp,
    ) -> Evidence {
        evidence.pull_requests = list(self.pull_requests.as_ref(), now);
        evidence.issues = list(self.issues.as_ref(), now);
        let mut closings = self.closings.clone();
        if let Some(known) = evidence.closers.known() {
            closings.extend(known.closings.iter().cloned());
        }
        let rest = if may_ask {
            Remainder::NotAsked
        } else {
            Remainder::Missing(Gap::new(GapReason::TooMany))
        };
        evidence.closers = Fact::Known {
            value: Closers { closings, rest },
            at: now,
        };
        // Of whom GitHub says that nothing is merged here, nothing was.
        let is_new_here = evidence.association.is_some_and(Association::is_newcomer);
        if evidence.history_here.known().is_none() && is_new_here {
            evidence.history_here = Fact::Known {
                value: ItemList {
                    total: 0,
                    items: Vec::new(),
                    rest: Remainder::None,
                    is_refusal_told: true,
                    is_rest_merged: false,
                },
                at: now,
            };
        }
        evidence
    }
}

/// A list of the past: of what is beyond its page nothing is known.
fn list<T: Clone>(page: Option<&Page<T>>, now: Timestamp) -> Fact<ItemList<T>> {
    match page {
        None => Fact::Missing(Gap::new(GapReason::Incomplete)),
        Some(page) => Fact::Known {
            value: found(
                page.clone(),
                Remainder::Missing(Gap::new(GapReason::TooMany)),
            ),
            at: now,
        },
    }
}
