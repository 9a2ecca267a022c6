//! What people whose look-up takes long wait for, as readers are told; and
//! [`Waits`]: for about how many seconds those in the GraphQL queue still wait
//! for GitHub's limit on response time.

use super::Engine;
use super::client::{Client, Subscription};
use super::job::Job;
use super::priority::Priority;
use super::rate_limiter::{Admission, LEDGER_HOLD_MS, LEDGER_PERIOD};
use crate::evidence::Part;
use crate::github::Work;
use crate::github::limits::Bucket;
use crate::report::Sentence;
use crate::time::{SignedDuration, Timestamp};
use crate::words::Key;
use litemap::LiteMap;

/// A shorter wait is a call on its way.
const SHORTEST_S: i64 = 5;

/// Waits are told in full steps of so many seconds: an estimate is no clock.
const STEP_S: i64 = 10;

/// So often waits are estimated anew, because each estimate looks at all who wait.
const PERIOD: SignedDuration = SignedDuration::from_secs(2);

/// How long people are expected to wait, by the keys of their logins.
#[derive(Debug, Default)]
pub(super) struct Waits {
    seconds: LiteMap<String, u32>,
    next_estimate: Timestamp,
}

impl Waits {
    /// For how many seconds somebody is expected to wait, where that is worth
    /// telling.
    pub(super) fn seconds(&self, key: &str) -> Option<u32> {
        self.seconds.get(key).copied()
    }

    /// Takes over new estimates, and returns the keys of those that are news.
    fn update(&mut self, seconds: LiteMap<String, u32>) -> Vec<String> {
        let before = std::mem::replace(&mut self.seconds, seconds);
        let is_news = |(key, now): &(&String, &u32)| before.get(*key) != Some(*now);
        let news = self.seconds.iter().filter(is_news);
        let mut news: Vec<String> = news.map(|(key, _)| key.clone()).collect();
        // Whoever is left waits no longer.
        let gone = before.into_iter().map(|(key, _)| key);
        news.extend(gone.filter(|key| !self.seconds.contains_key(key)));
        news
    }
}

impl Engine {
    /// What holds up the look-up of somebody who is not known yet: the sentence
    /// and its short form. Nothing where an answer can be expected at any moment.
    pub(super) fn wait_of(
        &self,
        client: &Client,
        subscription: &Subscription,
    ) -> Option<(Sentence, Sentence)> {
        let key = subscription.login.key();
        let jobs = self.scheduler.jobs_of(&key);
        let most = self.preferences.choices().list_look_ups;
        let is_quota_spent = || self.list_quota.next_begin(most).is_some();
        let is_slow = |job: &Job| job.call.is_some_and(|call| self.flights.is_slow(call));
        let (reason, short, number) = if let Some(seconds) = self.waits.seconds(&key) {
            (Key::ReasonWaits, Key::ShortWaits, Some(seconds))
        } else if client.holds_back(subscription) && jobs.is_empty() && is_quota_spent() {
            (Key::ReasonWaitsTurn, Key::ShortWaitsTurn, Some(most))
        } else if jobs.iter().any(is_slow) {
            (Key::ReasonWaitsResponse, Key::ShortWaitsResponse, None)
        } else if jobs.iter().any(|job| job.tries > 0) {
            (Key::ReasonWaitsRetry, Key::ShortWaitsRetry, None)
        } else {
            return None;
        };
        let say = |key: Key| number.map_or_else(|| key.alone(), |number| key.with(&[number]));
        Some((say(reason), say(short)))
    }

    /// Marks those as changed whose call turns out to be slow.
    pub(super) fn notice_slow_calls(&mut self, now: Timestamp) {
        for key in self.flights.note_slow(now) {
            self.clients.mark_changed(key);
        }
    }

    /// Estimates until when those in line wait for GitHub's limit on response
    /// time, and marks those as changed whose estimate is news.
    pub(super) fn estimate_waits(&mut self, now: Timestamp) {
        let opens_at = self.response_time_opens(now);
        let is_due = now >= self.waits.next_estimate || opens_at.is_none();
        if !is_due || opens_at.is_none() && self.waits.seconds.is_empty() {
            return;
        }
        self.waits.next_estimate = now + PERIOD;
        let mut seconds = LiteMap::new();
        if let Some(mut at) = opens_at {
            for job in self.scheduler.ready(Bucket::Graphql) {
                at = at + time_to_spend(self.share_ms(job));
                let wait = at.duration_since(now).as_millis() / 1_000;
                if wait >= SHORTEST_S {
                    let told = (wait + STEP_S - 1) / STEP_S * STEP_S;
                    seconds.insert(job.login.key(), u32::try_from(told).unwrap_or(u32::MAX));
                }
            }
        }
        for key in self.waits.update(seconds) {
            self.clients.mark_changed(key);
        }
    }

    /// When the first in GraphQL's line may leave, where what was sent within
    /// the last minute holds it up: nearly always response time, seldom points.
    fn response_time_opens(&self, now: Timestamp) -> Option<Timestamp> {
        let (call, _, priority) = self.next_call(Bucket::Graphql, now)?;
        let is_paused = self.rate_limiter.gap(Bucket::Graphql, priority, now);
        let expected_ms = self.expected_ms(&call);
        let admission = self
            .rate_limiter
            .admit(Bucket::Graphql, expected_ms, priority, now);
        match (is_paused, admission) {
            (None, Admission::NotBefore(at)) => Some(at),
            _ => None,
        }
    }

    /// Milliseconds of response time that a job takes of a request that it
    /// shares with others.
    fn share_ms(&self, job: &Job) -> i64 {
        let connections = match job.cache_key.part {
            Part::Account => return 10,
            Part::Counts => 8,
            _ => 1,
        };
        let work = Work {
            searches: u32::from(job.size.is_search || job.cache_key.part == Part::Here),
            connections,
            most_nodes: job.size.results.into(),
            ..Work::default()
        };
        let alone = i64::from(self.rate_limiter.predictor().predict_ms(&work));
        let is_shared = work.searches == 0 && job.priority() > Priority::Opener;
        if is_shared { alone / 2 } else { alone }
    }
}

/// How long so much response time takes to be had, where pages use all that the
/// ledger lets them use of each period.
fn time_to_spend(response_ms: i64) -> SignedDuration {
    let held_at = i64::try_from(LEDGER_HOLD_MS).unwrap_or(i64::MAX);
    SignedDuration::from_millis(response_ms * LEDGER_PERIOD.as_millis() / held_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_estimate_that_has_moved_is_news() {
        let estimate = |seconds: &[(&str, u32)]| {
            let each = seconds.iter().map(|(key, it)| ((*key).to_owned(), *it));
            each.collect::<LiteMap<String, u32>>()
        };
        let mut waits = Waits::default();
        assert_eq!(
            waits.update(estimate(&[("ada", 20), ("eve", 40)])),
            ["ada", "eve"]
        );
        assert_eq!(waits.update(estimate(&[("ada", 20), ("eve", 30)])), ["eve"]);
        assert_eq!(waits.update(estimate(&[("eve", 30)])), ["ada"]);
        assert_eq!(
            (waits.seconds("ada"), waits.seconds("eve")),
            (None, Some(30))
        );
    }
}
