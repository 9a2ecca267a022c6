//! Pull requests and issues that an author has opened, and who closed them.

use serde::{Deserialize, Serialize};

use super::{Association, Gap};
use crate::repository::Repository;
use crate::time::Timestamp;

/// The result of a search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemList<T> {
    /// How many there are by GitHub's count, shown or not.
    pub total: u32,
    /// Those that were fetched, newest first.
    pub items: Vec<T>,
    /// How far we are with the others.
    pub rest: Remainder,
    /// Whether GitHub would have said so if this author could not be searched:
    /// REST refuses such a search, GraphQL finds nothing.
    #[serde(default)]
    pub is_refusal_told: bool,
    /// Whether the others, as far as they could count, are merged pull
    /// requests: those that are not were asked for by themselves.
    #[serde(default)]
    pub is_rest_merged: bool,
}

/// How far we are with the results of a search that the first page left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remainder {
    /// There are no others: `items` is all.
    None,
    /// There are others, and nobody has asked for them.
    NotAsked,
    /// The next page has been asked for.
    Coming,
    /// The next page was asked for and could not be had.
    Missing(Gap),
}

/// A pull request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PullRequest {
    /// Where and when, and under which title.
    pub item: Item,
    /// What became of it.
    pub state: PullRequestState,
    /// Who closed it, where it was closed without being merged and the same
    /// answer told it. What was asked for by itself is in
    /// [`Evidence::closers`](super::Evidence::closers).
    #[serde(default)]
    pub closed_by: Option<ClosedBy>,
    /// What the author is to its repository (GitHub's `authorAssociation`).
    #[serde(default)]
    pub association: Option<Association>,
    /// GitHub's own name of it (GraphQL's `id`), by which its closer can be
    /// asked for.
    #[serde(default)]
    pub node_id: Option<String>,
}

/// Who or what closed a pull request without merging it: what GitHub tells in
/// a `ClosedEvent` by its `actor` and `closer`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ClosedBy {
    /// Its author: it was withdrawn.
    Author,
    /// Somebody else: it was turned down. A deleted account (`actor` is null)
    /// is somebody else too.
    Other,
    /// An app, such as one that closes what is stale or merges by itself: that
    /// is no judgement.
    Bot,
    /// A commit (`closer` is a `Commit`): its content landed by other means
    /// than GitHub's button.
    Commit,
}

/// Who closed pull requests, as far as GitHub was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Closers {
    /// One entry for each pull request that GitHub was asked about.
    pub closings: Vec<Closing>,
    /// How far we are with those that are not among them.
    pub rest: Remainder,
}

/// What GitHub told of one closing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Closing {
    /// The pull request, as [`PullRequest::node_id`] names it.
    pub node_id: String,
    /// Who closed it; none where GitHub was asked and does not tell.
    pub closed_by: Option<ClosedBy>,
}

/// What became of a pull request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PullRequestState {
    /// Neither merged nor closed.
    Open,
    /// Merged.
    Merged,
    /// Closed without being merged.
    Closed,
}

/// An issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Issue {
    /// Where and when, and under which title.
    pub item: Item,
    /// Why it was closed, where it was closed and GitHub says why.
    pub closed_as: Option<ClosedAs>,
    /// Whether GitHub calls the reason `NOT_PLANNED` when it is asked in the
    /// way that knows no duplicates, as gh-profiler asks it.
    pub is_not_planned_without_duplicates: bool,
}

/// Why an issue was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ClosedAs {
    /// Done.
    Completed,
    /// Will not be done.
    NotPlanned,
    /// Said already elsewhere.
    Duplicate,
    /// For a reason GitHub does not name.
    Other,
}

/// What pull requests and issues have in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// The repository it was opened in.
    pub repository: Repository,
    /// Whether an organization owns that repository.
    pub is_in_organization: bool,
    /// Its number there.
    pub number: u32,
    /// Its title, as the author wrote it.
    pub title: String,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was closed or merged.
    pub closed_at: Option<Timestamp>,
}
