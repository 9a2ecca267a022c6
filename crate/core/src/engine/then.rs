//! The record of an item's author as it was when the item was opened, beside
//! what it is now: context on an open card, asked for by hand.
//!
//! The moment is the one that GitHub tells of the item and of this author,
//! whatever the page says.

use super::Engine;
use super::client::{ClientId, Subscription};
use super::past::{Past, PastActivity, PastKey, Reader, Stage};
use super::person_evidence::EvidenceUse;
use super::priority::Priority;
use crate::assess::{Assessment, gap_reason};
use crate::evidence::GapReason;
use crate::github::Learned;
use crate::github::limits::Bucket;
use crate::report::{Level, RecordThen, ThenState};
use crate::repository::Repository;
use crate::time::{SignedDuration, Timestamp};
use crate::words::Key;

/// Of what was opened since, then and now are the same.
const RECENT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// No record is read back further than this: GitHub tells of what was opened
/// from the newest on.
const LONG_AGO: SignedDuration = SignedDuration::from_hours(365 * 24);

impl Engine {
    /// What is said of the record as of the opening of the item at hand; none
    /// where no item is, or it was opened lately.
    pub(super) fn record_then(
        &self,
        subscription: &Subscription,
        repository: Option<&Repository>,
        now: Timestamp,
    ) -> Option<RecordThen> {
        let (key, opened_at) = self.opening(subscription, repository, now)?;
        Some(RecordThen {
            opened_at: opened_at.to_string(),
            state: self.state_then(&key, opened_at, subscription, repository, now),
        })
    }

    /// Begins to read the past of the person whose card is open, where that is
    /// offered.
    pub(super) fn read_past(&mut self, client: ClientId, login: &str, now: Timestamp) {
        let Some(of_client) = self.clients.get(client) else {
            return;
        };
        let Some(subscription) = of_client.subscriptions.get(&login.to_ascii_lowercase()) else {
            return;
        };
        let repository = of_client.repository_of(subscription);
        let repository = repository.as_ref();
        let Some((key, opened_at)) = self.opening(subscription, repository, now) else {
            return;
        };
        let state = self.state_then(&key, opened_at, subscription, repository, now);
        let is_offered = matches!(
            state,
            ThenState::Offered | ThenState::Missing { may_ask: true, .. }
        );
        let past = Past::new(subscription.login.clone(), opened_at);
        let login = key.login.clone();
        let kept = self.pasts.of_cards().map(|(key, _)| key);
        let closed = kept.filter(|it| self.card_of(it).is_none()).cloned();
        let closed: Vec<_> = closed.collect();
        if is_offered && self.pasts.begin_for_card(key, past, &closed, now) {
            self.clients.mark_changed(login);
        }
    }

    /// Takes over that the past was read, once it is known who closed what the
    /// level hangs on. What nobody waits for any more is dropped.
    pub(super) fn judge_past_of_card(&mut self, key: &PastKey, now: Timestamp) {
        let moment = self.pasts.get(key).map(|past| past.oldest);
        let (Some(moment), Some((subscription, repository))) = (moment, self.card_of(key)) else {
            self.pasts.remove(key);
            return;
        };
        let purpose = EvidenceUse::Report;
        let today = self.evidence(subscription, repository.as_ref(), purpose, now);
        let judged = self.judge_past(key, today, &[moment], &[], now);
        if judged.is_some() {
            self.pasts.finish_for_card(key);
        }
        self.clients.mark_changed(key.login.clone());
    }

    /// Drops the pasts that wait for their turn and that nobody has open any
    /// more; without a token those that are left are not to be had.
    pub(super) fn drop_unread_pasts(&mut self, now: Timestamp) {
        for key in self.pasts.waiting_for_cards() {
            let reason = if self.card_of(&key).is_none() {
                self.pasts.remove(&key);
                continue;
            } else if !self.preferences.has_token() {
                GapReason::NoToken
            } else if self.preferences.is_token_refused() {
                GapReason::TokenRefused
            } else {
                continue;
            };
            self.pasts.fail(&key, reason, now);
            self.clients.mark_changed(key.login);
        }
    }

    /// A card that shows the item of this past.
    fn card_of(&self, key: &PastKey) -> Option<(&Subscription, Option<Repository>)> {
        self.clients.iter().find_map(|(_, client)| {
            let subscription = client.subscriptions.get(&key.login)?;
            let repository = client.repository_of(subscription);
            let shown = PastKey::of_card(subscription, repository.as_ref())?;
            (shown == *key).then_some((subscription, repository))
        })
    }

    /// The item that an open card shows, and when GitHub says that it was opened;
    /// none of one that was opened lately.
    fn opening(
        &self,
        subscription: &Subscription,
        repository: Option<&Repository>,
        now: Timestamp,
    ) -> Option<(PastKey, Timestamp)> {
        let key = PastKey::of_card(subscription, repository)?;
        let Reader::Card(item) = &key.reader else {
            return None;
        };
        let (learned, _) = self.cache.get(&key.login)?.shown(item, now)?;
        let Learned::ThisItem(known) = learned else {
            return None;
        };
        let opened_at = known.opened_at?;
        (now.duration_since(opened_at) > RECENT).then_some((key, opened_at))
    }

    fn state_then(
        &self,
        key: &PastKey,
        opened_at: Timestamp,
        subscription: &Subscription,
        repository: Option<&Repository>,
        now: Timestamp,
    ) -> ThenState {
        if now.duration_since(opened_at) > LONG_AGO {
            return missing(Key::ThenLongAgo, false);
        }
        let judged = |activity: &PastActivity, may_ask| {
            let purpose = EvidenceUse::Report;
            let today = self.evidence(subscription, repository, purpose, now);
            let policy = self.preferences.policy();
            let mut judged = activity.judged(today, may_ask, &[opened_at], policy, now);
            judged.pop()
        };
        let Some(past) = self.pasts.get(key) else {
            let person = self.cache.get(&key.login);
            let whole = person.and_then(|it| PastActivity::in_memory(it, now));
            let known = whole.and_then(|it| judged(&it, true));
            let known = known.filter(|it| it.closers_needed.is_empty());
            let known = known.map(then_of);
            let known = known.filter(|it| matches!(it, ThenState::Known { .. }));
            return known.unwrap_or(ThenState::Offered);
        };
        match &past.stage {
            Stage::Failed(reason, _) => {
                missing(gap_reason(*reason), !self.preferences.is_token_refused())
            }
            Stage::Read => judged(&past.activity, false)
                // Something of today is being asked for anew.
                .filter(|it| it.report.level != Level::Pending || self.is_idle(&key.login))
                .map_or(ThenState::Reading, then_of),
            Stage::Asked => ThenState::Reading,
            Stage::Activity | Stage::Closers(_) => self
                .rate_limiter
                .gap(Bucket::Graphql, Priority::Card, now)
                .map_or(ThenState::Reading, |gap| {
                    missing(gap_reason(gap.reason), false)
                }),
        }
    }

    fn is_idle(&self, login: &str) -> bool {
        self.scheduler.jobs_of(login).is_empty()
    }
}

fn missing(reason: Key, may_ask: bool) -> ThenState {
    let reason = reason.alone();
    ThenState::Missing { reason, may_ask }
}

/// What is said of somebody then. Where that hangs on something that is not
/// known, it is no level.
fn then_of(Assessment { mut report, .. }: Assessment) -> ThenState {
    if !matches!(report.level, Level::Pending | Level::Unknown) {
        return ThenState::Known {
            level: report.level,
            reason: report.short_reason,
        };
    }
    // Of more than is read back, another sentence says what search shows.
    let too_many = Key::ReasonGapTooMany.as_str();
    report
        .reasons
        .retain(|it| it.key.starts_with("reason_gap") && it.key != too_many);
    let reason = report.reasons.into_iter().next();
    ThenState::Missing {
        reason: reason.unwrap_or_else(|| Key::ThenTooMuch.alone()),
        may_ask: false,
    }
}
