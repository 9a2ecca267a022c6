//! [`Ledger`]: what calls have cost within the last minute, and which are in
//! flight.

use super::CallId;
use crate::github::limits::Bucket;
use crate::time::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// GitHub kills a request at 10 s: none has cost more, however long we waited.
const MOST_MS: u64 = 10_000;

/// GitHub allows 60 s of GraphQL response time in this period.
pub const PERIOD: SignedDuration = SignedDuration::from_secs(60);

/// GitHub allows 2,000 GraphQL points a minute.
const GRAPHQL_POINTS: u32 = 2_000;

/// GitHub allows 900 REST points a minute.
const REST_POINTS: u32 = 900;

/// Calls in flight, and what those of the last minute have cost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Ledger {
    served: VecDeque<Served>,
    spent: VecDeque<Spent>,
    flying: Vec<Flying>,
}

/// The response time of a GraphQL request that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Served {
    ended_at: Timestamp,
    ms: u64,
}

/// Points that a call has cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Spent {
    at: Timestamp,
    bucket: Bucket,
    points: u32,
}

/// A call in flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Flying {
    call: CallId,
    bucket: Bucket,
    sent_at: Timestamp,
    expected_ms: u32,
}

impl Ledger {
    /// Forgets what is dated in the future, because the clock has been put back.
    pub(super) fn forget_future(&mut self, now: Timestamp) {
        self.served.retain(|it| it.ended_at <= now);
        self.spent.retain(|it| it.at <= now);
        for flying in &mut self.flying {
            flying.sent_at = flying.sent_at.min(now);
        }
    }

    /// Counts the calls as served that were in flight when the worker died:
    /// GitHub has counted them.
    pub(super) fn restore(&mut self, now: Timestamp) {
        for flying in std::mem::take(&mut self.flying) {
            if flying.bucket == Bucket::Graphql {
                let expected = SignedDuration::from_millis(flying.expected_ms.into());
                self.served.push_back(Served {
                    ended_at: (flying.sent_at + expected).min(now),
                    ms: flying.expected_ms.into(),
                });
            }
        }
    }

    pub(super) fn in_flight(&self) -> usize {
        self.flying.len()
    }

    pub(super) fn in_flight_of(&self, bucket: Bucket) -> usize {
        let of_bucket = self.flying.iter().filter(|it| it.bucket == bucket);
        of_bucket.count()
    }

    /// GraphQL response time in the period that ends now, in milliseconds;
    /// calls in flight count with what they are expected to take at least.
    pub(super) fn response_ms(&self, now: Timestamp) -> u64 {
        let served = self.served.iter();
        let served = served.filter(|it| is_within_period(it.ended_at, now));
        let flying = self.flying.iter().filter(|it| it.bucket == Bucket::Graphql);
        let flying = flying.map(|it| {
            u64::from(it.expected_ms)
                .max(elapsed_ms(it.sent_at, now))
                .min(MOST_MS)
        });
        served.map(|it| it.ms).sum::<u64>() + flying.sum::<u64>()
    }

    /// The moment at which so many milliseconds of what was served will have
    /// left the period; none where that is not enough.
    pub(super) fn freed_at(&self, ms: u64, now: Timestamp) -> Option<Timestamp> {
        let mut left = ms;
        let served = self.served.iter();
        let mut served = served.filter(|it| is_within_period(it.ended_at, now));
        let last = served.find(|it| {
            left = left.saturating_sub(it.ms);
            left == 0
        })?;
        Some(last.ended_at + PERIOD)
    }

    /// When the minute's points allow the next call, where they are spent.
    pub(super) fn minute_is_full(&self, bucket: Bucket, now: Timestamp) -> Option<Timestamp> {
        let is_graphql = bucket == Bucket::Graphql;
        let allowed = if is_graphql {
            GRAPHQL_POINTS
        } else {
            REST_POINTS
        };
        let mut in_minute = self
            .spent
            .iter()
            .filter(|it| (it.bucket == Bucket::Graphql) == is_graphql)
            .filter(|it| is_within_period(it.at, now))
            .peekable();
        let oldest = in_minute.peek()?.at;
        let points: u32 = in_minute.map(|it| it.points).sum();
        (points >= allowed).then_some(oldest + PERIOD)
    }

    pub(super) fn note_sent(
        &mut self,
        call: CallId,
        bucket: Bucket,
        expected_ms: u32,
        now: Timestamp,
    ) {
        self.forget_before(now);
        self.flying.push(Flying {
            call,
            bucket,
            sent_at: now,
            expected_ms,
        });
        self.spent.push_back(Spent {
            at: now,
            bucket,
            points: 1,
        });
    }

    pub(super) fn note_ended(&mut self, call: CallId, now: Timestamp) {
        let Some(place) = self.flying.iter().position(|it| it.call == call) else {
            return;
        };
        let flying = self.flying.swap_remove(place);
        if flying.bucket == Bucket::Graphql {
            self.served.push_back(Served {
                ended_at: now,
                ms: elapsed_ms(flying.sent_at, now).min(MOST_MS),
            });
        }
    }

    pub(super) fn note_cost(&mut self, bucket: Bucket, points: u32, now: Timestamp) {
        if points > 1 {
            self.spent.push_back(Spent {
                at: now,
                bucket,
                points: points - 1,
            });
        }
    }

    fn forget_before(&mut self, now: Timestamp) {
        self.served.retain(|it| is_within_period(it.ended_at, now));
        self.spent.retain(|it| is_within_period(it.at, now));
    }
}

/// What is dated in the future, because the clock has been put back, says
/// nothing of the period.
fn is_within_period(at: Timestamp, now: Timestamp) -> bool {
    at <= now && now.duration_since(at) < PERIOD
}

fn elapsed_ms(from: Timestamp, to: Timestamp) -> u64 {
    u64::try_from(to.duration_since(from).as_millis()).unwrap_or(0)
}
