//! What is known of an author, in our own words.
//!
//! Nothing here knows GitHub's JSON, and nothing here judges. Every part of
//! the evidence says whether it is known, still coming, was never asked for,
//! or could not be had; a failed request is a gap and never a zero.

mod gap;
mod items;
mod parts;
mod this_item;

pub use gap::{Gap, GapReason};
pub use items::{
    ClosedAs, ClosedBy, Closers, Closing, Issue, Item, ItemList, PullRequest, PullRequestState,
    Remainder,
};
pub use parts::Parts;
pub use this_item::{
    Assignees, AuthorsOpen, DiffSize, Followed, LinkedIssue, LinkedIssues, ReviewStanding, Rivals,
    ThisIssue, ThisItem, ThisItemKind, ThisPullRequest,
};

use crate::login::Login;
use crate::repository::Repository;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Days of activity that are looked at, counted back from today in UTC.
///
/// gh-profiler 0.9.0 looks at the same 21 days, so that both see the same
/// pull requests and issues.
pub const WINDOW_DAYS: i32 = 21;

/// All that is known of one author at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The account looked at.
    pub login: Login,
    /// The repository whose page names the author; none in the popup when a
    /// person is looked up by name alone.
    pub repository: Option<Repository>,
    /// What the page or the API says of the author's relation to
    /// [`Evidence::repository`].
    pub association: Option<Association>,
    /// When the item opened by this author was opened, where the page that
    /// asks shows one. A search that finds nothing although this lies in the
    /// window cannot be trusted.
    pub opened_here_at: Option<Timestamp>,
    /// Who the account is.
    pub account: Fact<Account>,
    /// The public e-mail address; asked only where a policy counts it.
    pub email: Fact<Option<String>>,
    /// Links to accounts elsewhere, as the profile shows them.
    pub social_accounts: Fact<Vec<SocialAccount>>,
    /// Organizations the user is publicly a member of.
    pub organizations: Fact<Vec<Login>>,
    /// Totals over the account's whole life.
    pub counts: Fact<Counts>,
    /// Public pull requests created in the window.
    pub pull_requests: Fact<ItemList<PullRequest>>,
    /// Public issues created in the window.
    pub issues: Fact<ItemList<Issue>>,
    /// Pull requests of all time in [`Evidence::repository`].
    pub history_here: Fact<ItemList<PullRequest>>,
    /// How many of the pull requests that the author's own connection showed,
    /// in the window or before it, were merged in [`Evidence::repository`].
    /// There are at least so many, also where [`Evidence::history_here`] finds
    /// none because the profile is private.
    pub merged_seen_here: u32,
    /// Whether [`Evidence::repository`] is private by the word of GitHub:
    /// nothing that is opened there counts elsewhere.
    pub is_private_here: bool,
    /// Who closed pull requests of [`Evidence::pull_requests`] that do not
    /// tell it themselves.
    pub closers: Fact<Closers>,
    /// The issue or pull request that the page or the popup shows, where the
    /// account opened it.
    pub this_item: Fact<ThisItem>,
}

impl Evidence {
    /// Whether nobody has asked for this part yet.
    pub fn is_not_asked(&self, part: Part) -> bool {
        match part {
            Part::Account => self.account.is_not_asked(),
            Part::Email => self.email.is_not_asked(),
            Part::SocialAccounts => self.social_accounts.is_not_asked(),
            Part::Organizations => self.organizations.is_not_asked(),
            Part::Counts => self.counts.is_not_asked(),
            Part::PullRequests => self.pull_requests.is_not_asked(),
            Part::Issues => self.issues.is_not_asked(),
            Part::Here => self.history_here.is_not_asked(),
            Part::Closers => self.closers.is_not_asked(),
            Part::ThisItem => self.this_item.is_not_asked(),
        }
    }

    /// Evidence of which nothing has been asked yet.
    pub fn new(login: Login) -> Self {
        Self {
            login,
            repository: None,
            association: None,
            opened_here_at: None,
            account: Fact::NotAsked,
            email: Fact::NotAsked,
            social_accounts: Fact::NotAsked,
            organizations: Fact::NotAsked,
            counts: Fact::NotAsked,
            pull_requests: Fact::NotAsked,
            issues: Fact::NotAsked,
            history_here: Fact::NotAsked,
            merged_seen_here: 0,
            is_private_here: false,
            closers: Fact::NotAsked,
            this_item: Fact::NotAsked,
        }
    }
}

/// One part of the evidence and how far we are with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Fact<T> {
    /// Nobody has asked for it.
    #[default]
    NotAsked,
    /// It has been asked for and neither come nor failed.
    Coming,
    /// It was asked for and could not be had.
    Missing(Gap),
    /// It is known.
    Known {
        /// The fact itself.
        value: T,
        /// When GitHub told it.
        at: Timestamp,
    },
}

impl<T> Fact<T> {
    /// Whether nobody has asked for it.
    pub const fn is_not_asked(&self) -> bool {
        matches!(self, Self::NotAsked)
    }

    /// The value, where it is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known { value, .. } => Some(value),
            Self::NotAsked | Self::Coming | Self::Missing(_) => None,
        }
    }
}

/// The parts of the evidence: what is asked for, cached and gone stale by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Part {
    /// [`Evidence::account`].
    Account,
    /// [`Evidence::email`].
    Email,
    /// [`Evidence::social_accounts`].
    SocialAccounts,
    /// [`Evidence::organizations`].
    Organizations,
    /// [`Evidence::counts`].
    Counts,
    /// [`Evidence::pull_requests`], and where some are known but not all,
    /// the pages that follow.
    PullRequests,
    /// [`Evidence::issues`], and where some are known but not all, the pages
    /// that follow.
    Issues,
    /// [`Evidence::history_here`].
    Here,
    /// [`Evidence::closers`]. It is asked for by pull request, and only for
    /// those that [`crate::assess::Assessment::closers_needed`] names.
    Closers,
    /// [`Evidence::this_item`]. It is context, and no level needs it.
    ThisItem,
}

impl Part {
    /// Every part, in the order a card names them.
    pub const ALL: [Self; 10] = [
        Self::Account,
        Self::Email,
        Self::SocialAccounts,
        Self::Organizations,
        Self::Counts,
        Self::PullRequests,
        Self::Issues,
        Self::Here,
        Self::Closers,
        Self::ThisItem,
    ];
}

/// What GitHub says of an author's relation to a repository, in its own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Association {
    /// Owns the repository.
    Owner,
    /// Member of the organization that owns it.
    Member,
    /// Invited to collaborate on it.
    Collaborator,
    /// Has had something merged in it.
    Contributor,
    /// Contributes to it for the first time.
    FirstTimeContributor,
    /// Contributes to GitHub for the first time.
    FirstTimer,
    /// A placeholder for somebody without an account.
    Mannequin,
    /// None of these.
    None,
}

impl Association {
    /// Whether the repository's own people count this author among them.
    pub fn is_insider(self) -> bool {
        matches!(self, Self::Owner | Self::Member | Self::Collaborator)
    }

    /// Whether nothing of this author's was ever merged in the repository.
    pub fn is_newcomer(self) -> bool {
        matches!(
            self,
            Self::FirstTimeContributor | Self::FirstTimer | Self::None
        )
    }
}

/// Who an account is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Account {
    /// A person's account.
    User(User),
    /// An organization: it opens nothing itself.
    Organization,
    /// A GitHub App or bot account.
    App,
    /// Deleted, renamed, hidden by GitHub, or never there.
    NotFound,
}

/// What a user says of themselves. Everything here is written by the user and
/// shown as text only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The login as GitHub spells it.
    pub login: Login,
    /// When the account was made.
    pub created_at: Timestamp,
    /// The display name; empty strings are read as none, here and below.
    pub name: Option<String>,
    /// The company.
    pub company: Option<String>,
    /// The website ("blog" in REST), as typed by the user: any text.
    pub website: Option<String>,
    /// The location.
    pub location: Option<String>,
    /// The biography.
    pub bio: Option<String>,
}

/// A link to an account elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct SocialAccount {
    /// The service, in GitHub's spelling (`mastodon`, `generic`).
    pub provider: String,
    /// Where it leads; may be empty.
    pub url: String,
}

/// Totals over an account's whole life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Users who follow this one.
    pub followers: u32,
    /// Users whom this one follows.
    pub following: u32,
    /// Public repositories of the user's own that are no forks.
    pub own_repositories: u32,
    /// Public forks.
    pub forks: u32,
    /// Pull requests ever opened.
    pub pull_requests: u32,
    /// Pull requests ever merged.
    pub merged_pull_requests: u32,
    /// Pull requests ever closed without being merged, by whomever; none in
    /// totals that were kept before they were asked for.
    #[serde(default)]
    pub closed_pull_requests: Option<u32>,
    /// Issues ever opened.
    pub issues: u32,
    /// When the newest pull request or issue was opened; none where GitHub
    /// shows none.
    pub newest_at: Option<Timestamp>,
}
