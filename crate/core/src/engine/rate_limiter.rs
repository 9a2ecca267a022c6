//! [`RateLimiter`]: may this call leave now?
//!
//! The rate limiter keeps all of GitHub's limits at once: the primary limits of each
//! bucket, the secondary ones on requests at a time, on points a minute and on
//! GraphQL's response time, and the pauses GitHub asks for. It is pure: time
//! is an argument, and what it knows can be saved and read again, so that a
//! killed worker does not forget what it has spent.

mod breaker;
mod ledger;
pub mod predictor;
#[cfg(test)]
mod tests;

use super::CallId;
use super::priority::{PRIORITIES, Priority};
use crate::evidence::{Gap, GapReason};
use crate::github::Work;
use crate::github::limits::{Bucket, Limit, OfEach};
use crate::json;
use crate::time::{SignedDuration, Timestamp};
use breaker::Breaker;
use ledger::Ledger;
pub(super) use ledger::PERIOD as LEDGER_PERIOD;
use predictor::Predictor;
use serde::{Deserialize, Serialize};

/// Calls in flight to begin with. Tools in the field run 10 to 20 workers, and
/// GitHub bears 100 from all of a user's tools together.
pub const WIDTH: usize = 16;

/// As long as GitHub answers well, more calls may be in flight, up to this
/// many: a third of what GitHub bears, because a user has other tools too.
pub const MOST_WIDTH: usize = 32;

/// How many more each good answer allows. With four, a page of 25 authors
/// has all its searches on their way before the first of them is answered.
const WIDER_BY: usize = 4;

/// How long [`WIDTH`] stays halved once the pause of a secondary limit is over.
const NARROW_FOR: SignedDuration = SignedDuration::from_mins(10);

/// From this much response time in a period on, calls nobody asked for by a person
/// leave four at a time.
pub const LEDGER_SLOW_MS: u64 = 40_000;

/// At this much response time in a period they wait: 10 s below what GitHub
/// allows, because our clock is not GitHub's.
pub const LEDGER_HOLD_MS: u64 = 50_000;

/// What a person asks for on a page, by opening a card, may take up to this
/// much; a page's own scripts can do no more.
pub const LEDGER_CARD_MS: u64 = 54_000;

/// What the popup asks for may take up to this much: no page can use it up.
pub const LEDGER_POPUP_MS: u64 = 58_000;

/// What a run asks for may take up to this much: a page that is opened while
/// it goes on has the rest at once, and what runs out of the period next.
pub const LEDGER_RUN_MS: u64 = 46_000;

/// Places in flight that are kept for the popup.
const POPUP_WIDTH: usize = 4;

/// GitHub's limits start anew within an hour. Whatever an answer says, nothing
/// is held for longer.
pub(super) const MOST_HOLD: SignedDuration = SignedDuration::from_hours(1);

/// Calls in flight once the ledger is slow.
const SLOW_WIDTH: usize = 4;

/// GitHub advises to wait a minute where a secondary limit names no time, and
/// longer each time it is met again.
const SECONDARY_HOLD: SignedDuration = SignedDuration::from_secs(60);

/// However often it is met again, it is asked after this long whether it is
/// over, unless GitHub names a longer time.
const LONGEST_HOLD: SignedDuration = SignedDuration::from_mins(10);

/// A limit with at least this much in a period is one with a token.
const ROOMY: u32 = 1_000;

/// A pause shorter than this is a call on its way, not a gap.
const SHORT: SignedDuration = SignedDuration::from_secs(10);

/// Whether a call may leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// At once.
    Now,
    /// Not before this moment, unless an answer changes it.
    NotBefore(Timestamp),
    /// As soon as an answer frees a place.
    WhenFree,
}

/// All that is known of the limits at one moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RateLimiter {
    limits: OfEach<Option<Limit>>,
    held: OfEach<Option<Timestamp>>,
    all_held: Option<Timestamp>,
    strikes: u8,
    narrow_until: Option<Timestamp>,
    /// How many answers were good since the worker started or GitHub last asked
    /// to slow down.
    #[serde(skip)]
    good_answers: usize,
    ledger: Ledger,
    breakers: OfEach<Breaker>,
    predictor: Predictor,
    /// Whether anything of this has changed since it was last saved.
    #[serde(skip)]
    is_unsaved: bool,
}

impl RateLimiter {
    /// What the store held, as it stands now: calls that were in flight when
    /// the worker died count as served, because GitHub has counted them.
    #[must_use]
    pub fn from_store(text: Option<&str>, now: Timestamp) -> Self {
        let mut limiter: Self = text
            .and_then(|text| json::from_str(text).ok())
            .unwrap_or_default();
        limiter.forget_future(now);
        limiter.ledger.restore(now);
        limiter
    }

    /// What outlives the worker, where it has changed since it was last taken.
    pub fn take_unsaved(&mut self) -> Option<String> {
        std::mem::take(&mut self.is_unsaved).then(|| {
            // Numbers and names alone: there is nothing in it that could not be written.
            json::to_string(self).unwrap_or_default()
        })
    }

    /// How many calls are in flight.
    pub fn in_flight(&self) -> usize {
        self.ledger.in_flight()
    }

    /// GraphQL response time in the period that ends now, in milliseconds.
    pub fn ledger_ms(&self, now: Timestamp) -> u64 {
        self.ledger.response_ms(now)
    }

    /// How many calls may be in flight now. After a secondary limit it is a
    /// single one, which asks whether it is over, and then half of all for a while.
    pub fn width(&self, now: Timestamp) -> usize {
        if self.narrow_until.is_none_or(|until| until <= now) {
            (WIDTH + WIDER_BY * self.good_answers).min(MOST_WIDTH)
        } else if self.strikes > 0 {
            1
        } else {
            WIDTH / 2
        }
    }

    /// What is left of a bucket, as GitHub last told.
    pub fn limit(&self, bucket: Bucket) -> Option<Limit> {
        *self.limits.of(bucket)
    }

    /// Whether a call may leave now.
    pub fn admit(
        &self,
        bucket: Bucket,
        expected_ms: u32,
        priority: Priority,
        now: Timestamp,
    ) -> Admission {
        if let Some(until) = self.pause(bucket, priority, now) {
            return Admission::NotBefore(until);
        }
        let width = match priority {
            Priority::Popup => self.width(now) + POPUP_WIDTH,
            _ => self.width(now),
        };
        let is_probing = self.breakers.of(bucket).is_probing();
        if self.ledger.in_flight() >= width || is_probing && self.ledger.in_flight_of(bucket) > 0 {
            return Admission::WhenFree;
        }
        if let Some(until) = self.ledger.minute_is_full(bucket, now) {
            return Admission::NotBefore(until);
        }
        if bucket == Bucket::Graphql {
            return self.ledger_admits(expected_ms, priority, now);
        }
        Admission::Now
    }

    /// The gap that a call waiting at the rate limiter leaves for now, where the wait
    /// is long enough to be told to a person.
    pub fn gap(&self, bucket: Bucket, priority: Priority, now: Timestamp) -> Option<Gap> {
        let until = self.pause(bucket, priority, now)?;
        let is_on = |held: Option<Timestamp>| held.is_some_and(|until| now < until);
        let broken = self.breakers.of(bucket).held_until;
        (until.duration_since(now) >= SHORT).then_some(Gap {
            reason: if is_on(self.all_held) {
                GapReason::SlowDown
            } else if is_on(broken) && broken == Some(until) {
                GapReason::ServerError
            } else {
                GapReason::LimitSpent
            },
            until: Some(until),
        })
    }

    /// Every pause that is on now, so that two moments can be compared.
    pub fn pauses(&self, now: Timestamp) -> Vec<Option<Gap>> {
        let gaps = |bucket| {
            PRIORITIES
                .into_iter()
                .map(move |priority| self.gap(bucket, priority, now))
        };
        Bucket::ALL.into_iter().flat_map(gaps).collect()
    }

    /// Notes a call that leaves.
    pub fn note_sent(&mut self, call: CallId, bucket: Bucket, expected_ms: u32, now: Timestamp) {
        self.is_unsaved = true;
        self.ledger.note_sent(call, bucket, expected_ms, now);
    }

    /// Notes that a call has ended, with an answer or without.
    pub fn note_ended(&mut self, call: CallId, now: Timestamp) {
        self.is_unsaved = true;
        self.ledger.note_ended(call, now);
    }

    /// Notes what a call cost beyond the one point noted when it left.
    pub fn note_cost(&mut self, bucket: Bucket, points: u32, now: Timestamp) {
        self.is_unsaved = true;
        self.ledger.note_cost(bucket, points, now);
    }

    /// Notes what an answer told of a limit. Answers overtake each other: of
    /// two that speak of the same period the smaller rest is the newer.
    pub fn note_limit(&mut self, bucket: Bucket, told: Limit, now: Timestamp) {
        self.is_unsaved = true;
        let told = Limit {
            reset_at: told.reset_at.min(now + MOST_HOLD),
            ..told
        };
        let newest = match self.limits.of(bucket) {
            Some(known) if known.reset_at > told.reset_at => return,
            Some(known) if known.reset_at == told.reset_at => Limit {
                remaining: known.remaining.min(told.remaining),
                ..told
            },
            _ => told,
        };
        *self.limits.of_mut(bucket) = Some(newest);
    }

    /// Notes that an answer was good: the row of secondary limits is over. What
    /// is answered while everything waits was asked before, and says nothing of it.
    pub fn note_success(&mut self, bucket: Bucket, now: Timestamp) {
        self.is_unsaved = true;
        *self.breakers.of_mut(bucket) = Breaker::default();
        if self.all_held.is_none_or(|until| until <= now) {
            self.strikes = 0;
            self.good_answers = self.good_answers.saturating_add(1);
        }
    }

    /// Notes that a bucket is spent.
    pub fn note_exhausted(&mut self, bucket: Bucket, reset_at: Option<Timestamp>, now: Timestamp) {
        self.is_unsaved = true;
        let known = self.limit(bucket).map(|limit| limit.reset_at);
        // Moments are told in whole seconds, so one just told may be over.
        let reset_at = reset_at.or(known).map(|reset_at| reset_at.max(now));
        let reset_at = reset_at
            .unwrap_or(now + SECONDARY_HOLD)
            .min(now + MOST_HOLD);
        let until = reset_at + SignedDuration::from_secs(1);
        *self.held.of_mut(bucket) = Some(until);
    }

    /// Notes a secondary limit: everything waits, twice as long with each that
    /// follows without a good answer between, and fewer leave at a time. Those
    /// who left before the pause began are refused for the same cause.
    pub fn note_secondary_limit(&mut self, retry_after: Option<u32>, now: Timestamp) {
        self.is_unsaved = true;
        let told = retry_after.map_or(SECONDARY_HOLD, |seconds| {
            SignedDuration::from_secs(seconds.max(1).into()).min(MOST_HOLD)
        });
        if self.all_held.is_none_or(|until| until <= now) {
            let is_in_a_row = self.narrow_until.is_some_and(|until| now < until);
            self.strikes = if is_in_a_row { self.strikes } else { 0 }.saturating_add(1);
        }
        let longer = told * 2_i32.saturating_pow(u32::from(self.strikes.saturating_sub(1)));
        let until = Some(now + longer.min(LONGEST_HOLD).max(told)).max(self.all_held);
        self.all_held = until;
        self.narrow_until = until.map(|until| until + NARROW_FOR);
        self.good_answers = 0;
    }

    /// Notes an answer that is GitHub's own failure.
    pub fn note_failure(&mut self, bucket: Bucket, now: Timestamp) {
        self.is_unsaved = true;
        self.breakers.of_mut(bucket).note_failure(now);
    }

    /// How long requests are expected to take.
    pub fn predictor(&self) -> &Predictor {
        &self.predictor
    }

    /// Learns from an answer that took so long and brought so many nodes.
    pub fn learn(&mut self, work: &Work, nodes: u32, elapsed_ms: u64) {
        self.is_unsaved = true;
        self.predictor.learn(work, nodes, elapsed_ms);
    }

    /// Learns that GitHub did not get done with a request in time.
    pub fn note_killed(&mut self, work: &Work) {
        self.is_unsaved = true;
        self.predictor.note_killed(work);
    }

    /// Forgets what is dated further ahead than it can be, because the clock
    /// has been put back: a hold ends within [`MOST_HOLD`].
    pub fn forget_future(&mut self, now: Timestamp) {
        self.is_unsaved = true;
        let latest = now + MOST_HOLD + SignedDuration::from_secs(1);
        let is_sane = |until: &Timestamp| *until <= latest;
        self.all_held = self.all_held.filter(is_sane);
        self.narrow_until = self
            .narrow_until
            .filter(|until| *until <= latest + NARROW_FOR);
        for bucket in Bucket::ALL {
            let held = self.held.of_mut(bucket);
            *held = held.filter(is_sane);
            let limit = self.limits.of_mut(bucket);
            *limit = limit.filter(|it| is_sane(&it.reset_at));
            let breaker = self.breakers.of_mut(bucket);
            breaker.held_until = breaker.held_until.filter(is_sane);
        }
        self.ledger.forget_future(now);
    }

    /// Forgets what belonged to another token.
    pub fn forget_limits(&mut self) {
        self.is_unsaved = true;
        self.limits = OfEach::default();
        self.held = OfEach::default();
    }

    /// Until when GitHub has told us, or our reserve tells us, to wait.
    fn pause(&self, bucket: Bucket, priority: Priority, now: Timestamp) -> Option<Timestamp> {
        let broken = self.breakers.of(bucket).held_until;
        let held = [self.all_held, *self.held.of(bucket), broken];
        let reserve = self.limit(bucket).and_then(|limit| {
            let flying = self.ledger.in_flight_of(bucket);
            let left = usize::try_from(limit.remaining).unwrap_or(usize::MAX);
            let is_kept = left.saturating_sub(flying) <= reserve(bucket, limit.limit, priority);
            is_kept.then_some(limit.reset_at + SignedDuration::from_secs(1))
        });
        held.into_iter()
            .chain([reserve])
            .flatten()
            .filter(|until| now < *until)
            .max()
    }

    fn ledger_admits(&self, expected_ms: u32, priority: Priority, now: Timestamp) -> Admission {
        let ledger = self.ledger_ms(now);
        let allowed = match priority {
            Priority::Popup => LEDGER_POPUP_MS,
            Priority::Card => LEDGER_CARD_MS,
            Priority::Table | Priority::Run => LEDGER_RUN_MS,
            _ => LEDGER_HOLD_MS,
        };
        let over = (ledger + u64::from(expected_ms)).saturating_sub(allowed);
        if over == 0 {
            let is_slow = ledger >= LEDGER_SLOW_MS && priority > Priority::Card;
            let is_full = is_slow && self.ledger.in_flight() >= SLOW_WIDTH;
            return if is_full {
                Admission::WhenFree
            } else {
                Admission::Now
            };
        }
        if let Some(at) = self.ledger.freed_at(over, now) {
            return Admission::NotBefore(at);
        }
        Admission::WhenFree
    }
}

/// How much of a bucket is left untouched for what matters more.
fn reserve(bucket: Bucket, limit: u32, priority: Priority) -> usize {
    match (bucket, priority) {
        (Bucket::Search, _) => 0,
        // Without a token the last five of sixty are kept for the person's
        // other tools on the same address.
        _ if limit < ROOMY => 5,
        (_, Priority::Popup) => 0,
        (_, Priority::Card) => 50,
        (_, Priority::Opener | Priority::InView) => 100,
        (_, Priority::FirstTimer | Priority::Others) => 500,
        (_, Priority::Table | Priority::Run) => 1_000,
    }
}
