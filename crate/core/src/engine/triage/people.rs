//! Which people of runs are looked up, and what becomes of them.

use super::Triage;
use super::run::PersonState;
use super::slot::Slot;
use crate::engine::Engine;
use crate::engine::client::{ClientId, ClientKind, Subscription};
use crate::engine::key_set::KeySet;
use crate::engine::past::PastKey;
use crate::engine::person_evidence::{EvidenceUse, Progress};
use crate::engine::priority::Priority;
use crate::evidence::{Gap, GapReason};
use crate::github::limits::Bucket;
use crate::message::{RunId, RunState};
use crate::report::{AuthorReport, Level, Sentence};
use crate::time::{SignedDuration, Timestamp};
use crate::words::Key;

/// People who begin together where one run goes: as many as one request asks
/// who they are. Where several go, their requests are filled together.
const AT_A_TIME: usize = 50;

/// People of all runs who are looked up at once: enough that requests are full while the
/// last of those before are waited for, and few enough that memory stays small.
const MOST_ACTIVE: usize = 120;

/// Whoever waits for the end of what holds up everybody is tried again after
/// this long, if nothing else ends it: a failure blocks its repetition for 60 s.
const STUCK_FOR: SignedDuration = SignedDuration::from_secs(61);

/// A run of no more people is as urgent as if all were in view: what GitHub
/// allows at once, [`LEDGER_RUN_MS`], is enough for about so many, each with a
/// search of the history here, so that nothing is gained by large requests.
///
/// [`LEDGER_RUN_MS`]: crate::engine::rate_limiter::LEDGER_RUN_MS
const SMALL_RUN: usize = 40;

impl Triage {
    /// The people to begin with now: those in view at once, the others in
    /// batches.
    fn next_people(&self, id: RunId) -> Vec<u32> {
        let Some(slot) = self.slots.get(&id) else {
            return Vec::new();
        };
        let Slot { run, active, .. } = slot;
        let is_free = |person: &u32| {
            let person = run.person(*person);
            person.is_some_and(|it| !active.contains_key(&it.login.key()))
        };
        let in_view = self.rows_in_view(id).filter_map(|row| run.person_in(row));
        let in_view = in_view.filter(|it| run.waiting.contains(*it));
        let share = self.share();
        let all: usize = self.slots.values().map(|slot| slot.active.len()).sum();
        let room = share
            .saturating_sub(active.len())
            .min(MOST_ACTIVE.saturating_sub(all));
        let mut next: Vec<u32> = in_view.filter(is_free).take(room).collect();
        let mut batch = AT_A_TIME * share / MOST_ACTIVE;
        // Less than a batch waits for the rest of it, while there is more to list.
        if run.is_listed() {
            batch = batch.min(run.waiting.len());
        }
        if batch <= run.waiting.len() && next.len() + batch <= room {
            next.extend(run.waiting.iter().filter(is_free).take(batch));
        }
        // Somebody in two repositories is looked up for one after the other.
        let mut seen = KeySet::new();
        next.retain(|person| {
            let login = run.person(*person).map(|it| it.login.key());
            login.is_some_and(|login| seen.insert(login))
        });
        next
    }

    /// How many people a run may look up at once: as many as every other run
    /// that goes, of [`MOST_ACTIVE`]; what one of them has no people for is the
    /// others'.
    fn share(&self) -> usize {
        let going = self.slots.values().filter(|slot| slot.is_going());
        let mut wanted: Vec<usize> = going.map(Slot::people_left).collect();
        let mut left = MOST_ACTIVE;
        loop {
            let share = left.checked_div(wanted.len()).unwrap_or(left);
            let Some(place) = wanted.iter().position(|it| *it < share) else {
                return share;
            };
            left -= wanted.swap_remove(place);
        }
    }

    fn priority_of(&self, id: RunId, person: u32) -> Priority {
        let run = self.run(id);
        let is_small = run.is_some_and(|run| run.is_listed() && run.people.len() <= SMALL_RUN);
        let person = run.and_then(|run| run.person(person));
        let is_in_view = person
            .is_some_and(|person| self.rows_in_view(id).any(|row| person.rows.contains(&row)));
        if is_in_view || is_small {
            Priority::Table
        } else {
            Priority::Run
        }
    }
}

impl Engine {
    /// What holds up a whole run now.
    pub(super) fn run_gap(&self, slot: &Slot, now: Timestamp) -> Option<Gap> {
        if !self.preferences.has_token() {
            return Some(Gap::new(GapReason::NoToken));
        }
        if self.preferences.is_token_refused() {
            return Some(Gap::new(GapReason::TokenRefused));
        }
        let limited = self.rate_limiter.gap(Bucket::Graphql, Priority::Run, now);
        limited.or(slot.stuck_by())
    }

    /// Begins with whoever is next in every run.
    pub(in crate::engine) fn advance_runs(&mut self, now: Timestamp) {
        self.delete_old_runs(now);
        // Who has just listed something comes last.
        let (going, last) = (self.triage.going(), self.triage.last_listed);
        let (before, after) = going
            .iter()
            .partition::<Vec<RunId>, _>(|id| Some(**id) <= last);
        for id in after.into_iter().chain(before) {
            self.advance_run(id, now);
        }
    }

    /// Begins with whoever is next, unless something holds up everybody.
    fn advance_run(&mut self, id: RunId, now: Timestamp) {
        if !self.preferences.has_token() || self.preferences.is_token_refused() {
            // Without a token the few calls there are belong to the pages.
            return self.deactivate_all(id);
        }
        let Some(slot) = self.triage.slots.get_mut(&id) else {
            return;
        };
        if slot.unstick_at.is_some_and(|at| at <= now) {
            slot.unstick_at = None;
            for (key, _) in std::mem::take(&mut slot.stuck) {
                self.cache.watch(&key, now);
                self.clients.mark_changed(key);
            }
        }
        if slot.stuck.is_empty() {
            for person in self.triage.next_people(id) {
                self.activate(id, person, now);
            }
        }
        // Of whose people all are done, the rest goes before other runs' people.
        let may_list = |slot: &Slot| !slot.run.is_listed() || slot.people_left() == 0;
        if self.triage.slots.get(&id).is_some_and(may_list) {
            self.list_more(id, now);
        }
    }

    /// Ends each run once everybody has been looked up; asks for what no level
    /// waits for, as soon as no level waits for a place.
    pub(in crate::engine) fn finish_runs(&mut self, now: Timestamp) {
        let may_call = self.preferences.has_token() && !self.preferences.is_token_refused();
        for id in self.triage.going() {
            let Some(run) = self.triage.run(id) else {
                continue;
            };
            if run.is_done() {
                self.set_run_state(id, RunState::Finished, now);
            } else if may_call && run.is_listed() {
                self.list_rest(id, now);
            }
        }
    }

    /// Asks for what no level waits for, once what levels wait for has left.
    fn list_rest(&mut self, id: RunId, now: Timestamp) {
        let Some(slot) = self.triage.slots.get_mut(&id) else {
            return;
        };
        // Not what other runs alone want: of a long one something always waits.
        let is_of_other = |client: &ClientId| {
            let kind = self.clients.get(*client).map(|it| it.kind);
            matches!(kind, Some(ClientKind::Run(other)) if other != id)
        };
        let is_level_waiting = {
            let mut ready = self.scheduler.ready(Bucket::Graphql);
            ready.any(|job| !job.requested_by.keys().all(is_of_other))
        };
        let has_begun = slot.active.is_empty() || !self.scheduler.is_empty();
        if slot.run.waiting.is_empty() && has_begun && !is_level_waiting {
            self.list_more(id, now);
        } else {
            // Whatever levels wait for wakes it.
            slot.listing.not_before = slot.listing.not_before.filter(|at| *at > now);
        }
    }

    /// When something of a run is due that no answer brings: at once, where
    /// there is room for whoever is next.
    pub(in crate::engine) fn next_run_alarm(&self, now: Timestamp) -> Option<Timestamp> {
        let may_call = self.preferences.has_token() && !self.preferences.is_token_refused();
        let may_begin = |id: RunId, slot: &Slot| {
            let may = may_call && slot.is_going() && slot.stuck.is_empty();
            may && !self.triage.next_people(id).is_empty()
        };
        let slots = self.triage.slots.iter();
        let alarms = slots.filter_map(|(id, slot)| {
            let begin = may_begin(*id, slot).then_some(now);
            begin.or(slot.next_alarm())
        });
        alarms.min()
    }

    /// Forgets the failures of somebody who has just been loaded, where they are
    /// to be tried again.
    pub(in crate::engine) fn forget_retried(&mut self, key: &str) {
        if self.triage.retried.remove(key) {
            self.cache.forget_failures(key);
        }
    }

    fn activate(&mut self, id: RunId, index: u32, now: Timestamp) {
        let priority = self.triage.priority_of(id, index);
        let Some(slot) = self.triage.slots.get_mut(&id) else {
            return;
        };
        let Some(person) = slot.run.person(index) else {
            return;
        };
        let (login, association) = (person.login.clone(), person.association);
        let mut subscription = Subscription::requested(login, association, person.opened_at);
        subscription.repository.clone_from(&person.repository);
        subscription.priority = priority;
        subscription.is_open = false;
        subscription.is_requested = false;
        slot.run.set_state(index, PersonState::Active);
        let key = subscription.login.key();
        slot.active.insert(key.clone(), index);
        let client = slot.client;
        self.triage.used.insert(key.clone());
        if self.cache.get(&key).is_some() && self.triage.retried.remove(&key) {
            self.cache.forget_failures(&key);
        }
        self.clients.ensure(client, ClientKind::Run(id));
        self.subscribe(client, subscription, now);
    }

    /// Lets whoever is being looked up wait again: no new call is made for
    /// them, and what is on its way is kept.
    pub(super) fn deactivate_all(&mut self, id: RunId) {
        let Some(slot) = self.triage.slots.get_mut(&id) else {
            return;
        };
        slot.stuck.clear();
        slot.unstick_at = None;
        let client = slot.client;
        let active = std::mem::take(&mut slot.active);
        for (_, index) in &active {
            slot.run.set_state(*index, PersonState::Waiting);
        }
        for (key, _) in active {
            self.unsubscribe(client, key);
        }
        self.pasts.forget_run(id);
    }

    fn unsubscribe(&mut self, run: ClientId, key: String) {
        if let Some(client) = self.clients.get_mut(run) {
            client.subscriptions.remove(&key);
        }
        self.scheduler.withdraw(run, &[key]);
    }

    /// Lets those of a run go first who are in view now.
    pub(super) fn set_priorities(&mut self, id: RunId) {
        let Some(slot) = self.triage.slots.get(&id) else {
            return;
        };
        let client = slot.client;
        let active = slot.active.iter();
        let active: Vec<(String, u32)> = active.map(|(key, it)| (key.clone(), *it)).collect();
        for (key, person) in active {
            let priority = self.triage.priority_of(id, person);
            let Some(subscription) = self.clients.subscription_mut(client, &key) else {
                continue;
            };
            if subscription.priority != priority {
                subscription.priority = priority;
                self.scheduler.set_priority(client, &key, priority);
            }
        }
    }

    /// Takes over what is said of somebody in a run.
    pub(in crate::engine) fn note_run_report(
        &mut self,
        id: RunId,
        key: &str,
        report: &AuthorReport,
        now: Timestamp,
    ) {
        let Some(slot) = self.triage.slots.get_mut(&id) else {
            return;
        };
        let Some(person) = slot.active.get(key).copied() else {
            return;
        };
        let is_loading = self.cache.get(key).is_none();
        let is_busy = is_loading || !self.scheduler.jobs_of(key).is_empty();
        let holds_up = |reason: GapReason| is_of_everybody(reason);
        let held = report.gaps.iter().find(|gap| holds_up(gap.reason));
        if report.level == Level::Unknown && (is_busy || held.is_some()) {
            if let Some(gap) = held.filter(|_| !is_busy) {
                let until = gap.until.as_ref().and_then(|it| it.parse().ok());
                let reason = gap.reason;
                let gap = Gap { reason, until };
                slot.stuck.insert(key.to_owned(), gap);
                slot.unstick_at.get_or_insert(now + STUCK_FOR);
                slot.changes.is_run_changed = true;
            }
            return;
        }
        if slot.stuck.remove(key).is_some() {
            slot.changes.is_run_changed = true;
        }
        if report.level == Level::Pending {
            return;
        }
        let failed = failure(report);
        let run = &mut slot.run;
        let rows = run.person(person).map(|it| it.rows.clone());
        for index in rows.unwrap_or_default() {
            if run
                .row_mut(index)
                .is_some_and(|row| row.take(report, failed.as_ref()))
            {
                slot.changes.rows.insert(index);
            }
        }
        if is_busy || failed.is_none() && self.begin_past(id, key, person) {
            return;
        }
        self.finish_person(id, key, now);
    }

    /// Notes that nothing is left to do for somebody.
    pub(super) fn finish_person(&mut self, id: RunId, key: &str, now: Timestamp) {
        let Some(slot) = self.triage.slots.get_mut(&id) else {
            return;
        };
        let Some(person) = slot.active.remove(key) else {
            return;
        };
        // A past that is still read comes too late.
        self.pasts.remove(&PastKey::of_run(id, key));
        slot.changes.is_run_changed = true;
        slot.note_done(now);
        let (client, run) = (slot.client, &mut slot.run);
        let first = run.person(person).and_then(|it| it.rows.first().copied());
        let row = first.and_then(|it| run.row(it));
        let state = if row.is_some_and(|it| it.shown.failed.is_some()) {
            PersonState::Failed
        } else {
            PersonState::Done
        };
        run.set_state(person, state);
        // Of whoever is looked back on, what they were judged by is kept already.
        if state == PersonState::Done && !run.looks_back() {
            self.tell_closers(id, person, key, now);
            self.keep_record(id, person, None, now);
        }
        self.unsubscribe(client, key.to_owned());
    }

    /// Tells who closed somebody's pull requests, where that was asked for.
    fn tell_closers(&mut self, id: RunId, person: u32, key: &str, now: Timestamp) {
        let (Some(slot), Some(known)) = (self.triage.slots.get_mut(&id), self.cache.get(key))
        else {
            return;
        };
        let run = &mut slot.run;
        let evidence = known.evidence(None, None, now, EvidenceUse::Report, |_| Progress::Idle);
        let Some(closers) = evidence.closers.known() else {
            return;
        };
        let rows = run.person(person).map(|it| it.rows.clone());
        for index in rows.unwrap_or_default() {
            if run
                .row_mut(index)
                .is_some_and(|row| row.take_closing(&closers.closings))
            {
                slot.changes.rows.insert(index);
            }
        }
    }

    /// Drops from memory what the run knows of whoever is looked at no more.
    pub(in crate::engine) fn drop_used_evidence(&mut self) {
        if !self.preferences.is_store_open() {
            return;
        }
        let used = std::mem::take(&mut self.triage.used);
        for key in used {
            let is_needed =
                self.clients.is_watched(&key) || !self.scheduler.jobs_of(&key).is_empty();
            if is_needed {
                self.triage.used.insert(key);
            } else {
                self.cache.drop_saved(&key);
            }
        }
    }
}

/// Whether a gap stands in the way of everybody alike.
fn is_of_everybody(reason: GapReason) -> bool {
    matches!(
        reason,
        GapReason::NoToken
            | GapReason::OnRequest
            | GapReason::TokenRefused
            | GapReason::LimitSpent
            | GapReason::SlowDown
            | GapReason::Offline
            | GapReason::NoPermission
            | GapReason::AccountSuspended
            | GapReason::LoginAttempts
    )
}

/// Why the look-up failed, where it did and another try may help.
fn failure(report: &AuthorReport) -> Option<Sentence> {
    let is_failure = |reason: GapReason| {
        matches!(
            reason,
            GapReason::TimedOut
                | GapReason::ServerError
                | GapReason::Unreadable
                | GapReason::Incomplete
                | GapReason::Refused
        )
    };
    let has_failed = report.gaps.iter().any(|gap| is_failure(gap.reason));
    (report.level == Level::Unknown && has_failed)
        .then(|| report.reasons.first().cloned())
        .map(|reason| reason.unwrap_or_else(|| Key::ReasonGapServerError.alone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::past::Past;
    use crate::engine::{Effect, Engine, Event};
    use crate::github::Token;
    use crate::message::{FromTriage, OfRun, TriageSource};
    use crate::settings::Settings;

    /// An engine with a token, no run, and one page.
    fn engine(page: ClientId, now: Timestamp) -> Engine {
        let token = Token::parse("ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa").ok();
        let settings = Settings {
            token,
            ..Settings::default()
        };
        let settings = crate::json::to_string(&settings).unwrap();
        let mut engine = Engine::new(Some(&settings), None, 1, now);
        engine.handle(Event::Connected(page, ClientKind::Triage), now);
        engine.handle(Event::RunsLoaded(Vec::new()), now);
        engine
    }

    #[test]
    fn nothing_is_left_of_a_past_once_its_person_is_done() {
        let (now, page) = (Timestamp::default(), ClientId(1));
        let mut engine = engine(page, now);
        let start = FromTriage::Start {
            source: TriageSource::Text {
                text: "ada".to_owned(),
            },
            replaces: None,
        };
        engine.handle(Event::Triage(page, start), now);
        let id = RunId::new(now, None);
        assert!(engine.triage.slots[&id].active.contains_key("ada"));
        let key = PastKey::of_run(id, "ada");
        let past = Past::new("ada".parse().unwrap(), now);
        engine.pasts.insert(key.clone(), past);
        // As when the look-up fails while the past is still read.
        engine.finish_person(id, "ada", now);
        assert!(engine.pasts.get(&key).is_none());
    }

    #[test]
    fn however_many_are_in_view_only_so_many_are_looked_up_at_once() {
        let (now, page) = (Timestamp::default(), ClientId(1));
        let mut engine = engine(page, now);
        let logins: Vec<String> = (0..400).map(|number| format!("gen-{number}")).collect();
        let source = TriageSource::Text {
            text: logins.join("\n"),
        };
        let run = RunId::new(now, None);
        let of_run = |message| FromTriage::OfRun { run, message };
        let mut most = 0;
        for message in [
            FromTriage::Start {
                source,
                replaces: None,
            },
            of_run(OfRun::View {
                rows: (0..400).collect(),
            }),
            of_run(OfRun::Pause),
            of_run(OfRun::Resume),
        ] {
            for effect in engine.handle(Event::Triage(page, message), now) {
                if let Effect::Load(logins) = effect {
                    engine.handle(Event::Loaded(logins, Vec::new()), now);
                }
            }
            let slots = engine.triage.slots.values();
            most = most.max(slots.map(|slot| slot.active.len()).sum());
        }
        assert!((100..=MOST_ACTIVE).contains(&most), "{most}");
    }
}
