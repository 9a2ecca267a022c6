//! From what askers want to jobs, and from evidence to what they are told.

use super::asker::{Asker, AskerId, AskerKind, Subject};
use super::freshness::SHOWN;
use super::person::{Person, Progress, Slot, Standing, View, unknown};
use super::rank::Rank;
use super::reaction::Mends;
use super::{Effect, Engine};
use crate::assess::{Assessment, assess};
use crate::evidence::{Account, Evidence, Fact, Gap, GapReason, Part, Parts};
use crate::github::limits::Bucket;
use crate::login::Login;
use crate::message::{Badge, FromPage, FromPopup, ToPage, ToPopup};
use crate::policy::PolicyName;
use crate::repository::Repository;
use crate::target::Target;
use crate::time::{SignedDuration, Timestamp};
use std::rc::Rc;

/// The first quiet look whether the network is back; each later one waits
/// twice as long, and none longer than [`LONGEST_MEND`].
const FIRST_MEND: SignedDuration = SignedDuration::from_secs(15);

/// See [`FIRST_MEND`].
const LONGEST_MEND: SignedDuration = SignedDuration::from_mins(5);

impl Engine {
    pub(super) fn hear_page(&mut self, asker: AskerId, message: FromPage, now: Timestamp) {
        let Some(page) = self.askers.get_mut(&asker) else {
            return;
        };
        match message {
            FromPage::People { repository, people } => {
                let repository = repository.and_then(|it| it.parse().ok());
                page.set_people(repository, people);
                self.queue.unwant_all(asker);
                for key in page.subjects.keys() {
                    if let Some(person) = self.people.get_mut(key) {
                        person.forget_old(now);
                    }
                    self.changed.insert(key.clone());
                }
                self.want_what_is_needed(now);
                self.queue.drop_unwanted();
            }
            FromPage::Open { login } => self.open(asker, &login, true),
            FromPage::Close { login } => self.open(asker, &login, false),
            FromPage::Refresh { login } => self.refresh(asker, &login, now),
            // The edge opens the options page; the core has nothing to do with it.
            FromPage::OpenOptions => {}
        }
    }

    pub(super) fn hear_popup(&mut self, asker: AskerId, message: FromPopup, now: Timestamp) {
        match message {
            FromPopup::LookUp { target } => {
                self.forget_subjects(asker);
                match target.parse::<Target>() {
                    Ok(Target::User(login)) => {
                        self.look_at(asker, Subject::by_hand(login, None, None));
                    }
                    Ok(Target::Item { repository, number }) => {
                        let target = format!("{repository}#{number}");
                        self.tell_popup(asker, ToPopup::Resolving { target });
                        self.ask_for_opener(asker, repository, number, now);
                    }
                    Err(error) => {
                        let sentence = error.0;
                        self.tell_popup(asker, ToPopup::Refused { sentence });
                    }
                }
            }
            FromPopup::Timeline => {
                let calls = self.timeline.calls();
                self.tell_popup(asker, ToPopup::Timeline { calls });
            }
            FromPopup::Refresh => {
                let keys: Vec<String> = self
                    .askers
                    .get(&asker)
                    .map(|popup| popup.subjects.keys().cloned().collect())
                    .unwrap_or_default();
                for key in keys {
                    self.refresh(asker, &key, now);
                }
            }
        }
    }

    /// Puts somebody into an asker's view.
    pub(super) fn look_at(&mut self, asker: AskerId, subject: Subject) {
        let key = subject.login.key();
        if let Some(asker) = self.askers.get_mut(&asker) {
            asker.subjects.insert(key.clone(), subject);
        }
        self.changed.insert(key);
    }

    fn forget_subjects(&mut self, asker: AskerId) {
        self.forget_questions_of(asker);
        if let Some(asker) = self.askers.get_mut(&asker) {
            asker.subjects.clear();
            asker.repository = None;
        }
        self.queue.unwant_all(asker);
        self.queue.drop_unwanted();
    }

    fn open(&mut self, asker: AskerId, login: &str, is_open: bool) {
        let key = login.to_ascii_lowercase();
        let subject = self
            .askers
            .get_mut(&asker)
            .and_then(|page| page.subjects.get_mut(&key));
        if let Some(subject) = subject {
            subject.is_open = is_open;
            subject.told_report = None;
            self.changed.insert(key);
        }
    }

    /// Asks for everything about somebody again, whatever is known.
    fn refresh(&mut self, asker: AskerId, login: &str, now: Timestamp) {
        let key = login.to_ascii_lowercase();
        let Some(page) = self.askers.get_mut(&asker) else {
            return;
        };
        let repository = page.repository.clone();
        let Some(subject) = page.subjects.get_mut(&key) else {
            return;
        };
        subject.is_requested = true;
        let subject = subject.clone();
        self.changed.insert(key.clone());
        if self.people.contains_key(&key) {
            let evidence = self.evidence(&subject, repository.as_ref(), View::Plan, now);
            let assessment = assess(&evidence, &self.policy, now);
            for part in self.parts_wanted(&subject, &assessment, true) {
                if let Some(slot) = Slot::new(part, repository.as_ref()) {
                    self.want_slot(asker, &subject, Rank::ByHand, &slot, None, now);
                }
            }
        }
    }

    /// Makes a job of everything that the levels and open reports of changed
    /// people need and that is neither known nor on its way.
    pub(super) fn want_what_is_needed(&mut self, now: Timestamp) {
        let mut to_load = Vec::new();
        for (asker, subject) in self.changed_subjects() {
            let key = subject.login.key();
            if !self.people.contains_key(&key) {
                if self.loading.insert(key) {
                    to_load.push(subject.login.clone());
                }
                continue;
            }
            // Each turn makes jobs for what the last one found needed; there
            // are no more turns than parts.
            for _ in Part::ALL {
                if !self.want_for(asker, &subject, now) {
                    break;
                }
            }
        }
        if !to_load.is_empty() {
            self.effects.push(Effect::Load(to_load));
        }
    }

    /// Returns whether there was anything new to ask.
    fn want_for(&mut self, asker: AskerId, subject: &Subject, now: Timestamp) -> bool {
        let repository = self.askers.get(&asker).and_then(|it| it.repository.clone());
        let evidence = self.evidence(subject, repository.as_ref(), View::Plan, now);
        let assessment = assess(&evidence, &self.policy, now);
        let mut is_new = false;
        for part in self.parts_wanted(subject, &assessment, false) {
            let Some(slot) = Slot::new(part, repository.as_ref()) else {
                continue;
            };
            let Some(person) = self.people.get(&subject.login.key()) else {
                continue;
            };
            let is_on_its_way = self
                .queue
                .get(&(subject.login.key(), slot.clone()))
                .is_some();
            let after = match person.standing(&slot, subject.opened_at, now) {
                Standing::Absent | Standing::Stale => None,
                // Known, and still needed: the pages that follow. They are asked
                // for once everything else is there, so that what is fetched
                // does not hang on the order of the answers.
                Standing::Settled if assessment.needs.contains(part) && !is_on_its_way => {
                    let key = subject.login.key();
                    let is_all_else_there = self.queue.slots_of(&key).next().is_none();
                    match person.next_page(&slot).filter(|_| is_all_else_there) {
                        Some(next) => Some(next.to_owned()),
                        None => continue,
                    }
                }
                // Somebody else's wish is joined, and none is made.
                Standing::Settled if is_on_its_way => None,
                Standing::Settled => continue,
            };
            // What only the card shows must not stand in the way of badges.
            let rank = if subject.is_open || assessment.needs.contains(part) {
                subject.rank()
            } else {
                Rank::Rest
            };
            is_new |= self.want_slot(asker, subject, rank, &slot, after.as_deref(), now);
        }
        is_new
    }

    /// The parts an asker wants of somebody, known or not.
    fn parts_wanted(&self, subject: &Subject, assessment: &Assessment, all: bool) -> Vec<Part> {
        if subject.is_app || subject.login.is_ghost() || !self.may_look_up(subject) {
            return Vec::new();
        }
        if subject.is_known_insider() && !subject.is_open && !subject.is_requested {
            return Vec::new();
        }
        let mut parts = assessment.needs;
        let has_token = self.settings.token.is_some();
        if subject.wants_whole_report() || all {
            // Without a token only three calls can be spared.
            parts.extend(
                SHOWN
                    .into_iter()
                    .filter(|part| has_token || is_cheap(*part)),
            );
            if has_token {
                parts.insert(Part::Here);
            }
            if self.policy.name() == PolicyName::Classic {
                parts.insert(Part::Email);
            }
        }
        let may_be_asked = |part: &Part| has_token || !needs_token(*part);
        parts.iter().filter(may_be_asked).collect()
    }

    /// Without a token the opener is looked up, and others on request.
    fn may_look_up(&self, subject: &Subject) -> bool {
        self.settings.token.is_some() || subject.rank == Rank::Opener || subject.is_requested
    }

    fn want_slot(
        &mut self,
        asker: AskerId,
        subject: &Subject,
        rank: Rank,
        slot: &Slot,
        after: Option<&str>,
        now: Timestamp,
    ) -> bool {
        if self.is_token_refused {
            if let Some(person) = self.people.get_mut(&subject.login.key()) {
                let gap = Gap::new(GapReason::TokenRefused);
                person.miss(slot, gap, Mends::WithToken, now);
            }
            return false;
        }
        let bucket = self.bucket(slot.part);
        let is_new = self
            .queue
            .want(asker, rank, &subject.login, slot, bucket, after, now);
        let failed = self
            .people
            .get(&subject.login.key())
            .and_then(|it| it.failed(slot));
        if is_new && failed.is_some_and(|it| it.is_over) {
            // One quiet look at a time: what failed before is tried once.
            self.queue.spend_tries(&(subject.login.key(), slot.clone()));
        }
        is_new
    }

    /// The bucket that will pay for a part.
    pub(super) fn bucket(&self, part: Part) -> Bucket {
        let has_token = self.settings.token.is_some();
        match part {
            Part::Email | Part::SocialAccounts | Part::Organisations => Bucket::Core,
            Part::Account if !has_token => Bucket::Core,
            Part::PullRequests | Part::Issues | Part::Here if !has_token => Bucket::Search,
            Part::Account | Part::Counts | Part::PullRequests | Part::Issues | Part::Here => {
                Bucket::Graphql
            }
        }
    }

    /// The evidence of this moment, as this asker sees it.
    fn evidence(
        &self,
        subject: &Subject,
        repository: Option<&Repository>,
        view: View,
        now: Timestamp,
    ) -> Evidence {
        let key = subject.login.key();
        let progress = |slot: &Slot| match self.queue.get(&(key.clone(), slot.clone())) {
            None => Progress::Idle,
            Some(job) if job.is_waiting() => self
                .gate
                .gap(job.bucket, job.rank(), now)
                .map_or(Progress::Coming, Progress::Held),
            Some(_) => Progress::Coming,
        };
        let mut evidence = match self.people.get(&key) {
            Some(person) => person.evidence(repository, now, view, progress),
            // The store is being asked: nothing is known yet, and all of it is coming.
            None => Person::new(subject.login.clone())
                .evidence(repository, now, view, |_| Progress::Coming),
        };
        evidence.association = subject.association;
        evidence.opened_here_at = subject.opened_at;
        if subject.is_app {
            evidence.account = Fact::Known {
                value: Account::App,
                at: now,
            };
        }
        if self.settings.token.is_none() && !subject.is_known_insider() {
            let may = self.may_look_up(subject);
            for part in Part::ALL {
                let is_out_of_reach = !may || needs_token(part);
                let reason = if may {
                    GapReason::NoToken
                } else {
                    GapReason::OnRequest
                };
                if is_out_of_reach && evidence.is_not_asked(part) {
                    unknown(&mut evidence, part, Some(Gap::new(reason)));
                }
            }
        }
        evidence
    }

    pub(super) fn tell_what_changed(&mut self, now: Timestamp) {
        let mut badges: Vec<(AskerId, Badge)> = Vec::new();
        for (asker, subject) in self.changed_subjects() {
            let Some(place) = self.askers.get(&asker) else {
                continue;
            };
            let evidence = self.evidence(&subject, place.repository.as_ref(), View::Tell, now);
            let mut report = assess(&evidence, &self.policy, now).report;
            let key = subject.login.key();
            let mut coming: Parts = report.coming.iter().copied().collect();
            coming.extend(self.queue.slots_of(&key).map(|slot| slot.part));
            report.coming = coming.iter().collect();
            let level = report.level;
            let is_page = place.kind == AskerKind::Page;
            if is_page && subject.told_level != Some(level) {
                let login = subject.spelled.clone();
                badges.push((asker, Badge { login, level }));
            }
            let is_report_new = subject.is_open && subject.told_report.as_deref() != Some(&report);
            let report = Rc::new(report);
            if is_report_new {
                let report = report.clone();
                self.effects.push(if is_page {
                    Effect::TellPage(asker, ToPage::Report { report })
                } else {
                    Effect::TellPopup(asker, ToPopup::Report { report })
                });
            }
            let told = self
                .askers
                .get_mut(&asker)
                .and_then(|place| place.subjects.get_mut(&key));
            if let Some(told) = told {
                told.told_level = Some(level);
                if is_report_new {
                    told.told_report = Some(report);
                }
            }
        }
        self.changed.clear();
        for asker in self.askers.keys().copied() {
            let its = badges.iter().filter(|(to, _)| *to == asker);
            let badges: Vec<_> = its.map(|(_, badge)| badge.clone()).collect();
            if !badges.is_empty() {
                self.effects
                    .push(Effect::TellPage(asker, ToPage::Badges { badges }));
            }
        }
    }

    pub(super) fn tell_popup(&mut self, asker: AskerId, message: ToPopup) {
        self.effects.push(Effect::TellPopup(asker, message));
    }

    fn changed_subjects(&self) -> Vec<(AskerId, Subject)> {
        let of = |(asker, place): (&AskerId, &Asker)| {
            let asker = *asker;
            let subjects = self
                .changed
                .iter()
                .filter_map(|key| place.subjects.get(key));
            subjects.map(|it| (asker, it.clone())).collect::<Vec<_>>()
        };
        self.askers.iter().flat_map(of).collect()
    }

    /// Gaps whose cause time alone ends are looked into again.
    pub(super) fn look_again_at_gaps(&mut self, now: Timestamp) {
        for (key, slot, at) in self.mends_due() {
            if at <= now
                && let Some(person) = self.people.get_mut(&key)
            {
                person.allow_again(&slot);
                self.changed.insert(key);
            }
        }
    }

    /// The network or the permission is back: everything it stopped is wanted anew.
    pub(super) fn mend_what_was_unreachable(&mut self) {
        self.mend(Mends::Soon);
        self.mend(Mends::WithPermission);
    }

    pub(super) fn mend(&mut self, cause: Mends) {
        for (key, person) in &mut self.people {
            for slot in person.mended_by(cause) {
                person.allow_again(&slot);
                self.changed.insert(key.clone());
            }
        }
    }

    pub(super) fn next_mend(&self, now: Timestamp) -> Option<Timestamp> {
        let due = self.mends_due().into_iter().map(|(_, _, at)| at.max(now));
        due.min()
    }

    /// Gaps of people somebody looks at whose cause time ends, and when.
    fn mends_due(&self) -> Vec<(String, Slot, Timestamp)> {
        let mut due = Vec::new();
        for (key, person) in &self.people {
            let is_at = |asker: &Asker| asker.subjects.contains_key(key);
            if !self.askers.values().any(is_at) {
                continue;
            }
            for slot in person.mended_by(Mends::Soon) {
                let Some(failed) = person.failed(&slot) else {
                    continue;
                };
                let doubled =
                    FIRST_MEND * 2_i32.saturating_pow(failed.times.min(8).saturating_sub(1));
                due.push((key.clone(), slot, failed.at + doubled.min(LONGEST_MEND)));
            }
        }
        due
    }

    pub(super) fn person_mut(&mut self, login: &Login) -> &mut Person {
        self.people
            .entry(login.key())
            .or_insert_with(|| Person::new(login.clone()))
    }
}

/// The parts that only a token opens: GitHub's GraphQL, and an e-mail address
/// is given to nobody without one.
fn needs_token(part: Part) -> bool {
    matches!(part, Part::Counts | Part::Email | Part::SocialAccounts)
}

/// The three calls an author costs without a token.
fn is_cheap(part: Part) -> bool {
    matches!(part, Part::Account | Part::PullRequests | Part::Issues)
}
