//! [`Breaker`]: after some failures in a row a bucket is left alone for a while.

use crate::time::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// So many answers in a row that are GitHub's own failure hold the bucket:
/// more than one bad request causes, fewer than half of what a page sends.
pub const FAILURES: u8 = 5;

/// The first hold; each probe in vain doubles it.
const FIRST_HOLD: SignedDuration = SignedDuration::from_secs(30);

/// No hold is longer: GitHub's incidents end without a word.
const LONGEST_HOLD: SignedDuration = SignedDuration::from_mins(5);

/// How a bucket fares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Breaker {
    /// Failures since the last answer that was none.
    failures: u8,
    /// Holds since then.
    holds: u8,
    pub(super) held_until: Option<Timestamp>,
}

impl Breaker {
    /// Whether only a single call may ask whether GitHub answers again.
    pub(super) fn is_probing(self) -> bool {
        self.failures >= FAILURES
    }

    pub(super) fn note_failure(&mut self, now: Timestamp) {
        // Calls that left before the hold began fail for the same cause.
        if self.held_until.is_some_and(|until| now < until) {
            return;
        }
        self.failures = self.failures.saturating_add(1);
        if self.is_probing() {
            let doubled = FIRST_HOLD * 2_i32.saturating_pow(self.holds.into());
            self.held_until = Some(now + doubled.min(LONGEST_HOLD));
            self.holds = self.holds.saturating_add(1).min(8);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_failures_hold_a_bucket_and_each_probe_in_vain_holds_it_longer() {
        let mut now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        let mut breaker = Breaker::default();
        for _ in 1..FAILURES {
            breaker.note_failure(now);
        }
        assert_eq!((breaker.held_until, breaker.is_probing()), (None, false));
        for seconds in [30, 60, 120, 240, 300, 300] {
            breaker.note_failure(now);
            let until = now + SignedDuration::from_secs(seconds);
            assert_eq!(breaker.held_until, Some(until));
            breaker.note_failure(now);
            assert_eq!(breaker.held_until, Some(until), "it left before the hold");
            assert!(breaker.is_probing());
            now = until;
        }
    }
}
