//! What GitHub's answers tell of its limits.

use super::http::Headers;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// GitHub counts calls in buckets that do not touch each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Bucket {
    /// REST: 5,000 an hour with a token, 60 without.
    Core,
    /// REST search: 30 a minute with a token, 10 without.
    Search,
    /// GraphQL: 5,000 points an hour.
    Graphql,
}

impl Bucket {
    /// Every bucket.
    pub const ALL: [Self; 3] = [Self::Core, Self::Search, Self::Graphql];

    /// GitHub's own name of it, as in `X-RateLimit-Resource`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Search => "search",
            Self::Graphql => "graphql",
        }
    }
}

/// Something of each bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OfEach<T> {
    core: T,
    search: T,
    graphql: T,
}

impl<T> OfEach<T> {
    /// That of one bucket.
    pub const fn of(&self, bucket: Bucket) -> &T {
        match bucket {
            Bucket::Core => &self.core,
            Bucket::Search => &self.search,
            Bucket::Graphql => &self.graphql,
        }
    }

    /// That of one bucket, to be changed.
    pub const fn of_mut(&mut self, bucket: Bucket) -> &mut T {
        match bucket {
            Bucket::Core => &mut self.core,
            Bucket::Search => &mut self.search,
            Bucket::Graphql => &mut self.graphql,
        }
    }
}

/// How much of a bucket is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Limit {
    /// How much there is in each period.
    pub limit: u32,
    /// How much is left of it.
    pub remaining: u32,
    /// When the next period begins.
    pub reset_at: Timestamp,
}

impl Limit {
    /// Reads the `X-RateLimit-*` headers, where all of them are there.
    pub fn from_headers(headers: &Headers) -> Option<Self> {
        let number = |name| u32::try_from(headers.number(name)?).ok();
        let reset = i64::try_from(headers.number("x-ratelimit-reset")?).ok()?;
        Some(Self {
            limit: number("x-ratelimit-limit")?,
            remaining: number("x-ratelimit-remaining")?,
            reset_at: Timestamp::from_second(reset).ok()?,
        })
    }
}
