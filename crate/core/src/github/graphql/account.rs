//! Reading who an account is, and its totals.

use crate::evidence::{Account, Counts, User};
use crate::github::ApiError;
use crate::github::read::filled;
use crate::login::Login;
use crate::time::Timestamp;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Owner {
    #[serde(rename = "__typename")]
    kind: String,
    login: Login,
    created_at: Option<Timestamp>,
    name: Option<String>,
    company: Option<String>,
    bio: Option<String>,
    location: Option<String>,
    website_url: Option<String>,
}

impl Owner {
    pub(super) fn account(self) -> Result<Account, ApiError> {
        match (self.kind.as_str(), self.created_at) {
            ("Organization", _) => Ok(Account::Organization),
            ("User", Some(created_at)) => Ok(Account::User(User {
                login: self.login,
                created_at,
                name: filled(self.name),
                company: filled(self.company),
                website: filled(self.website_url),
                location: filled(self.location),
                bio: filled(self.bio),
            })),
            _ => Err(ApiError::lacks("createdAt")),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Total {
    total_count: u32,
    #[serde(default)]
    nodes: Vec<Option<CreatedAt>>,
}

impl Total {
    fn newest_at(&self) -> Option<Timestamp> {
        self.nodes.iter().flatten().map(|it| it.created_at).max()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreatedAt {
    created_at: Timestamp,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Totals {
    followers: Total,
    following: Total,
    own_repositories: Total,
    forks: Total,
    pull_requests: Total,
    merged_pull_requests: Total,
    closed_pull_requests: Total,
    issues: Total,
}

impl Totals {
    pub(super) fn counts(&self) -> Counts {
        Counts {
            followers: self.followers.total_count,
            following: self.following.total_count,
            own_repositories: self.own_repositories.total_count,
            forks: self.forks.total_count,
            pull_requests: self.pull_requests.total_count,
            merged_pull_requests: self.merged_pull_requests.total_count,
            closed_pull_requests: Some(self.closed_pull_requests.total_count),
            issues: self.issues.total_count,
            newest_at: self.pull_requests.newest_at().max(self.issues.newest_at()),
        }
    }
}
