//! How long GitHub takes, from measurements that others published.

use std::time::Duration;

use serde::Deserialize;

use crate::world::Random;

/// Which latencies are simulated, as the control API takes it.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Latency {
    /// None at all, or the model.
    pub model: Model,
    /// Every time of the model is multiplied with this.
    #[serde(default = "one")]
    pub scale: f64,
    /// Up to this share is added or taken away, by a seeded generator; 0 for none.
    #[serde(default)]
    pub jitter: f64,
}

fn one() -> f64 {
    1.0
}

impl Latency {
    /// No latency.
    pub const NONE: Self = Self {
        model: Model::None,
        scale: 1.0,
        jitter: 0.0,
    };
    /// The model at full length.
    pub const MODEL: Self = Self {
        model: Model::Model,
        scale: 1.0,
        jitter: 0.0,
    };
}

/// None or the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Model {
    /// Answers leave at once.
    None,
    /// Answers leave when the model says.
    Model,
}

/// What a call makes the server do; that is what its time depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Whose the token is.
    TokenCheck,
    /// A profile.
    Profile,
    /// Social accounts or organizations.
    ProfilePart,
    /// A search for pull requests.
    PullSearch,
    /// A search for issues, and how many it found.
    IssueSearch(usize),
    /// A GraphQL document.
    Graphql(GraphqlWork),
    /// Anything else.
    Other,
}

/// What running a GraphQL document came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GraphqlWork {
    /// Searches made.
    pub searches: u32,
    /// Connections other than searches, each counted for every node that it was asked of.
    pub connections: u32,
    /// Accounts looked up by login.
    pub accounts: u32,
    /// Pull requests and issues that came back.
    pub items: u32,
}

/// GitHub ends a GraphQL request that takes longer with a 502.
const KILLED_AFTER: Duration = Duration::from_secs(10);

/// From this many results on an issue search takes the time measured for a busy account.
const BUSY_RESULTS: usize = 200;

impl Latency {
    /// The latency of a call.
    pub(crate) fn of(self, work: Work, random: &mut Random) -> Duration {
        if self.model == Model::None {
            return Duration::ZERO;
        }
        let milliseconds = match work {
            Work::TokenCheck => 438,
            Work::Profile => 394,
            Work::ProfilePart => 380,
            Work::PullSearch => 706,
            Work::IssueSearch(found) if found >= BUSY_RESULTS => 4154,
            Work::IssueSearch(_) => 661,
            Work::Graphql(work) => {
                let (lists, things) = (work.searches * 450 + work.connections * 45, work.items * 4);
                250 + lists + things + work.accounts * 5
            }
            Work::Other => 300,
        };
        let spread = if self.jitter > 0.0 {
            1.0 + self.jitter * (random.unit() * 2.0 - 1.0)
        } else {
            1.0
        };
        let seconds = f64::from(milliseconds) / 1000.0 * self.scale * spread;
        Duration::try_from_secs_f64(seconds).unwrap_or_default()
    }

    /// When a GraphQL request that would take that long is ended, where it is.
    pub(crate) fn killed_after(self, latency: Duration) -> Option<Duration> {
        let end = KILLED_AFTER.mul_f64(self.scale);
        (latency > end).then_some(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn model() {
        let check = |latency: Latency, work: Work, milliseconds: u64| {
            let found = latency.of(work, &mut Random::new(1));
            assert_eq!(found, Duration::from_millis(milliseconds), "{work:?}");
        };
        let graphql = Work::Graphql(GraphqlWork {
            searches: 2,
            connections: 3,
            accounts: 1,
            items: 60,
        });
        check(Latency::MODEL, graphql, 250 + 900 + 135 + 5 + 240);
        check(Latency::MODEL, Work::PullSearch, 706);
        check(Latency::MODEL, Work::IssueSearch(200), 4154);
        check(
            Latency {
                scale: 0.5,
                ..Latency::MODEL
            },
            Work::ProfilePart,
            190,
        );
        check(Latency::NONE, graphql, 0);
    }
}
