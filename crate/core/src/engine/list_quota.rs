//! [`ListQuota`]: how many look-ups lists may begin.
//!
//! A list names many people at once, and whoever scrolls along means none of
//! them in particular: only those in view are looked up, and only so many
//! begin in a minute.

use crate::time::{SignedDuration, Timestamp};

const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// When lists began to look somebody up, within the last minute.
#[derive(Debug, Default)]
pub(super) struct ListQuota {
    begun_at: Vec<Timestamp>,
}

impl ListQuota {
    /// Begins one more look-up, where fewer than `most` began in the last
    /// minute; returns whether it has begun.
    pub(super) fn begin(&mut self, most: u32, now: Timestamp) -> bool {
        self.forget_before(now);
        let may = self.begun_at.len() < limit(most);
        if may {
            self.begun_at.push(now);
        }
        may
    }

    /// When the next look-up may begin, where as many as may have begun.
    pub(super) fn next_begin(&self, most: u32) -> Option<Timestamp> {
        let oldest = self.begun_at.first()?;
        (self.begun_at.len() >= limit(most)).then_some(*oldest + MINUTE)
    }

    /// Forgets what is older than a minute, or dated in the future because
    /// the clock has been put back.
    pub(super) fn forget_before(&mut self, now: Timestamp) {
        self.begun_at
            .retain(|at| *at <= now && now.duration_since(*at) < MINUTE);
    }
}

fn limit(most: u32) -> usize {
    usize::try_from(most).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_so_many_begin_in_any_minute() {
        let at = |seconds: i64| Timestamp::from_second(1_795_000_000 + seconds).unwrap();
        let mut quota = ListQuota::default();
        for (second, may) in [(0, true), (10, true), (11, false), (59, false), (60, true)] {
            assert_eq!(quota.begin(2, at(second)), may, "after {second} s");
        }
        assert_eq!(quota.next_begin(2), Some(at(70)));
        assert_eq!(quota.next_begin(3), None);
        // The clock has been put back by an hour.
        assert!(quota.begin(1, at(-3_600)));
    }
}
