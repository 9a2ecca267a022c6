//! How much may still be asked: GitHub's primary and secondary limits.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The buckets that GitHub counts separately.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Bucket {
    /// All of REST but the search.
    Core,
    /// REST's search.
    Search,
    /// GraphQL, in points.
    Graphql,
}

impl Bucket {
    /// The name in `x-ratelimit-resource`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Search => "search",
            Self::Graphql => "graphql",
        }
    }

    /// The limit of one window.
    pub fn limit(self, anonymous: bool) -> u32 {
        match (self, anonymous) {
            (Self::Core, true) => 60,
            (Self::Search, true) => 10,
            (Self::Search, false) => 30,
            (Self::Graphql, true) => 0,
            (Self::Core | Self::Graphql, false) => 5000,
        }
    }

    /// The length of one window in seconds.
    fn window(self) -> i64 {
        if self == Self::Search { 60 } else { 3600 }
    }

    /// All of them.
    pub const ALL: [Self; 3] = [Self::Core, Self::Search, Self::Graphql];
}

/// What a bucket holds at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    /// The limit of the window.
    pub limit: u32,
    /// What was spent of it.
    pub used: u32,
    /// When the window ends.
    pub reset: Timestamp,
}

impl Level {
    /// What is left.
    pub fn remaining(self) -> u32 {
        self.limit.saturating_sub(self.used)
    }

    /// GitHub's five headers.
    pub fn headers(self, bucket: Bucket) -> [(String, String); 5] {
        [
            ("x-ratelimit-limit".to_owned(), self.limit.to_string()),
            (
                "x-ratelimit-remaining".to_owned(),
                self.remaining().to_string(),
            ),
            ("x-ratelimit-used".to_owned(), self.used.to_string()),
            (
                "x-ratelimit-reset".to_owned(),
                self.reset.as_second().to_string(),
            ),
            ("x-ratelimit-resource".to_owned(), bucket.name().to_owned()),
        ]
    }

    /// The same as `/rate_limit` tells it.
    pub fn to_json(self, bucket: Bucket) -> Value {
        json!({
            "limit": self.limit,
            "used": self.used,
            "remaining": self.remaining(),
            "reset": self.reset.as_second(),
            "resource": bucket.name(),
        })
    }
}

/// A level that a test sets by hand.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Set {
    /// What is left.
    pub remaining: u32,
    /// Seconds until the window ends; the window's whole length when not given.
    pub reset_in_seconds: Option<i64>,
    /// The limit of the window; GitHub's own when not given.
    pub limit: Option<u32>,
}

/// At most this many requests at once (REST and GraphQL together).
pub const MAX_IN_FLIGHT: usize = 100;
/// REST points a minute before the secondary limit; a GET is one point.
pub const REST_POINTS_A_MINUTE: u32 = 900;
/// GraphQL points a minute before the secondary limit.
pub const GRAPHQL_POINTS_A_MINUTE: u32 = 2000;
/// Seconds of GraphQL response time in any 60 seconds.
pub const GRAPHQL_SECONDS_A_MINUTE: f64 = 60.0;
/// Seconds of all response time in any 60 seconds.
pub const ALL_SECONDS_A_MINUTE: f64 = 90.0;

/// What one call cost the server.
#[derive(Debug, Clone, Copy)]
struct Spent {
    at: Timestamp,
    graphql: bool,
    points: u32,
    seconds: f64,
}

/// All buckets, for the viewer of the good tokens and for those without a token.
#[derive(Debug, Default)]
pub struct Limits {
    levels: BTreeMap<(bool, Bucket), Level>,
    lately: VecDeque<Spent>,
}

impl Limits {
    /// The level of a bucket; a new window begins with the first call after the old one's end.
    pub fn level(&mut self, bucket: Bucket, anonymous: bool, now: Timestamp) -> Level {
        let reset = now + SignedDuration::from_secs(bucket.window());
        let fresh = Level {
            limit: bucket.limit(anonymous),
            used: 0,
            reset,
        };
        let level = self.levels.entry((anonymous, bucket)).or_insert(fresh);
        if level.reset <= now {
            *level = fresh;
        }
        *level
    }

    /// Takes points from a bucket; false, and nothing taken, when it is empty.
    pub fn spend(&mut self, bucket: Bucket, anonymous: bool, points: u32, now: Timestamp) -> bool {
        if self.level(bucket, anonymous, now).remaining() == 0 {
            return false;
        }
        if let Some(level) = self.levels.get_mut(&(anonymous, bucket)) {
            level.used = (level.used + points).min(level.limit);
        }
        true
    }

    /// Sets a bucket by hand, with and without a token.
    pub fn set(&mut self, bucket: Bucket, set: Set, now: Timestamp) {
        let seconds = set.reset_in_seconds.unwrap_or(bucket.window());
        for anonymous in [false, true] {
            let limit = set.limit.unwrap_or(bucket.limit(anonymous));
            let reset = now + SignedDuration::from_secs(seconds);
            let level = Level {
                limit,
                used: limit.saturating_sub(set.remaining),
                reset,
            };
            self.levels.insert((anonymous, bucket), level);
        }
    }

    /// Remembers what a call cost, for the limits that look a minute back.
    pub fn remember(&mut self, graphql: bool, points: u32, latency: Duration, now: Timestamp) {
        self.lately.push_back(Spent {
            at: now,
            graphql,
            points,
            seconds: latency.as_secs_f64(),
        });
    }

    /// Whether the last minute's calls together break a secondary limit.
    pub fn is_secondary_exceeded(&mut self, graphql: bool, now: Timestamp) -> bool {
        let minute_ago = now - SignedDuration::from_secs(60);
        while self
            .lately
            .front()
            .is_some_and(|spent| spent.at <= minute_ago)
        {
            self.lately.pop_front();
        }
        let same = || self.lately.iter().filter(|spent| spent.graphql == graphql);
        let points: u32 = same().map(|spent| spent.points).sum();
        let points_allowed = if graphql {
            GRAPHQL_POINTS_A_MINUTE
        } else {
            REST_POINTS_A_MINUTE
        };
        let all: f64 = self.lately.iter().map(|spent| spent.seconds).sum();
        points >= points_allowed
            || all > ALL_SECONDS_A_MINUTE
            || graphql && self.graphql_seconds() > GRAPHQL_SECONDS_A_MINUTE
    }

    /// GraphQL response time of the calls still remembered, in seconds.
    pub fn graphql_seconds(&self) -> f64 {
        let graphql = self.lately.iter().filter(|spent| spent.graphql);
        graphql.map(|spent| spent.seconds).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).expect("a time in range")
    }

    #[test]
    fn a_spent_bucket_refuses_until_its_reset() {
        let mut limits = Limits::default();
        for call in 0..30 {
            assert!(
                limits.spend(Bucket::Search, false, 1, at(call)),
                "call {call}"
            );
        }
        assert!(!limits.spend(Bucket::Search, false, 1, at(59)));
        assert!(
            limits.spend(Bucket::Core, false, 1, at(59)),
            "buckets are separate"
        );
        assert!(
            limits.spend(Bucket::Search, true, 1, at(59)),
            "so are those without a token"
        );
        assert!(limits.spend(Bucket::Search, false, 1, at(60)));
        assert_eq!(limits.level(Bucket::Search, false, at(60)).remaining(), 29);
    }

    #[test]
    fn a_level_set_by_hand_holds_until_its_reset() {
        let mut limits = Limits::default();
        limits.set(
            Bucket::Core,
            Set {
                remaining: 1,
                reset_in_seconds: Some(5),
                limit: None,
            },
            at(0),
        );
        assert!(limits.spend(Bucket::Core, true, 1, at(1)));
        assert!(!limits.spend(Bucket::Core, true, 1, at(2)));
        assert_eq!(limits.level(Bucket::Core, true, at(5)).remaining(), 60);
    }

    #[test]
    fn response_time_is_limited_within_a_minute() {
        let mut limits = Limits::default();
        for second in 0..13 {
            assert!(
                !limits.is_secondary_exceeded(true, at(second)),
                "second {second}"
            );
            limits.remember(true, 1, Duration::from_secs(5), at(second));
        }
        assert!(limits.is_secondary_exceeded(true, at(13)));
        assert!(
            !limits.is_secondary_exceeded(false, at(13)),
            "65 of 90 seconds for REST"
        );
        assert!(!limits.is_secondary_exceeded(true, at(61)));
    }
}
