//! Reading replies: GitHub's JSON in, evidence out.

use super::api_error::ApiError;
use super::call::Call;
use super::http::HttpReply;
use super::limits::{Bucket, Limit};
use super::listing::{FoundItems, ListingPage};
use super::{graphql, rest};
use crate::evidence::{
    Account, Association, ClosedAs, Closing, Counts, GapReason, Issue, Part, PullRequest,
    PullRequestState, SocialAccount, ThisItem,
};
use crate::json;
use crate::login::Login;
use crate::repository::Repository;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Something a reply told of one account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Learned {
    /// Who it is.
    Account(Account),
    /// Its public e-mail address.
    Email(Option<String>),
    /// Its accounts elsewhere.
    SocialAccounts(Vec<SocialAccount>),
    /// Its public organizations, all of them.
    Organizations(Vec<Login>),
    /// Some of its public organizations, and the page on which the next begin.
    SomeOrganizations {
        /// Those that are known so far.
        logins: Vec<Login>,
        /// The number of the next page.
        next: String,
    },
    /// Its totals.
    Counts(Counts),
    /// A page of its pull requests in the window.
    PullRequests(Page<PullRequest>),
    /// A page of its issues in the window.
    Issues(Page<Issue>),
    /// Who closed some of its pull requests.
    Closers(Vec<Closing>),
    /// A page of its pull requests in one repository.
    Here(Repository, Page<PullRequest>),
    /// The issue or pull request at hand; it is not stored.
    #[serde(skip)]
    ThisItem(Box<ThisItem>),
}

impl Learned {
    /// The part of the evidence it belongs to.
    pub const fn part(&self) -> Part {
        match self {
            Self::Account(_) => Part::Account,
            Self::Email(_) => Part::Email,
            Self::SocialAccounts(_) => Part::SocialAccounts,
            Self::Organizations(_) | Self::SomeOrganizations { .. } => Part::Organizations,
            Self::Counts(_) => Part::Counts,
            Self::PullRequests(_) => Part::PullRequests,
            Self::Issues(_) => Part::Issues,
            Self::Closers(_) => Part::Closers,
            Self::Here(..) => Part::Here,
            Self::ThisItem(_) => Part::ThisItem,
        }
    }

    /// Whether it is a search that GitHub did not get done with: some of its
    /// results came.
    pub(crate) fn is_cut_short(&self) -> bool {
        let shortfall = match self {
            Self::PullRequests(page) | Self::Here(_, page) => page.shortfall,
            Self::Issues(page) => page.shortfall,
            _ => None,
        };
        shortfall == Some(GapReason::Incomplete)
    }

    /// How many results of a search it holds.
    pub(crate) fn results(&self) -> usize {
        match self {
            Self::PullRequests(page) | Self::Here(_, page) => page.items.len(),
            Self::Issues(page) => page.items.len(),
            _ => 0,
        }
    }
}

/// One page of a search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    /// How many there are by GitHub's count.
    pub total: u32,
    /// Those on this page.
    pub items: Vec<T>,
    /// Where the next page begins, where there is one.
    pub next: Option<String>,
    /// Whether GitHub would have refused a search for an author that cannot
    /// be searched: REST refuses, GraphQL says that there is nothing.
    pub is_refusal_told: bool,
    /// Why some that are counted are not among the items, where that is known.
    #[serde(default)]
    pub shortfall: Option<GapReason>,
    /// How many of the page could not be read; they are counted in `total`.
    #[serde(default)]
    pub unread: u32,
    /// How many the account has ever opened, where the page is one of its
    /// connection; none where it is one of a search.
    #[serde(default)]
    pub total_ever: Option<u32>,
    /// Where pull requests were merged that the page showed although they were
    /// opened before the window: they tell of history in a repository.
    #[serde(default)]
    pub merged_before: Vec<Merged>,
    /// Whether it is a page of one repository, and that is private.
    #[serde(default)]
    pub is_of_private: bool,
    /// How far the pull requests that are not merged have come by themselves,
    /// ahead of the pages that follow. Once they are whole, those pages are of
    /// the merged ones.
    #[serde(default)]
    pub unmerged: Unmerged,
}

/// How far those of an author's pull requests are known that are not merged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unmerged {
    /// They were not asked for by themselves.
    #[default]
    NotAsked,
    /// They were, and they are more than one page or some could not be read: the
    /// pages that follow are as if nobody had asked.
    InPart,
    /// All that were opened in the window are there.
    Whole,
}

/// How many merged pull requests there are in a repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Merged {
    /// The repository.
    pub repository: Repository,
    /// How many.
    pub count: u32,
}

impl Page<PullRequest> {
    /// The same as a page of what is not merged.
    #[must_use]
    pub(crate) fn unmerged(self) -> Self {
        let told = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        let unmerged = if told == self.total {
            Unmerged::Whole
        } else {
            Unmerged::InPart
        };
        Self { unmerged, ..self }
    }

    /// How many merged pull requests in this repository the page shows.
    pub fn merged_in(&self, repository: &Repository) -> u32 {
        let before = self.merged_before.iter();
        let before = before.filter(|it| it.repository == *repository);
        let is_meant = |it: &&PullRequest| {
            it.state == PullRequestState::Merged && it.item.repository == *repository
        };
        let in_window = self.items.iter().filter(is_meant).count();
        let before: u32 = before.map(|it| it.count).sum();
        before.saturating_add(u32::try_from(in_window).unwrap_or(u32::MAX))
    }
}

/// All that one reply told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// What is known now.
    pub learned: Vec<(Login, Learned)>,
    /// What was asked and did not come, though other parts of the reply did.
    /// What came in part is in `learned` as well.
    pub failed: Vec<(Login, Part, ApiError)>,
    /// What it told about no account in particular.
    pub general: Option<GeneralAnswer>,
    /// How many nodes its connections brought.
    pub nodes: u32,
    /// Points it cost, where the reply says so.
    pub cost: Option<u32>,
    /// The limit after it, where the body says so.
    pub limit: Option<Limit>,
    /// What could not be read, each by itself; the rest stands.
    pub unreadable: Vec<json::Error>,
}

/// What a reply tells that is evidence of nobody.
#[derive(Clone, Debug, PartialEq)]
pub enum GeneralAnswer {
    /// Who opened an issue or pull request.
    Opener(Opener),
    /// A repository's VOUCHED.td, where it has one.
    Vouched(Option<VouchedFile>),
    /// A page of what was opened in a repository, or why there is none.
    Listing(Result<ListingPage, ApiError>),
    /// Items that were asked for by number, in their order.
    Items(FoundItems),
    /// Whose the token is.
    TokenOwner(TokenOwner),
    /// What is left of every limit.
    RateLimits(Vec<(super::limits::Bucket, Limit)>),
}

/// Who opened an issue or pull request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opener {
    /// The login; not one by our grammar for apps (`dependabot[bot]`).
    pub login: String,
    /// Whether it is an app or bot.
    pub is_app: bool,
    /// Its relation to the repository.
    pub association: Option<Association>,
    /// When it was opened.
    pub created_at: Option<Timestamp>,
}

/// A repository's VOUCHED.td.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VouchedFile {
    /// Where it stands.
    pub path: &'static str,
    /// What stands in it.
    pub text: String,
}

/// Whose a token is and what it may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenOwner {
    /// The login.
    pub login: Login,
    /// The scopes, of a classic token; others have none to tell.
    pub scopes: Vec<String>,
    /// When it expires.
    pub expires_at: Option<Timestamp>,
}

/// Reads the reply to a call.
///
/// # Errors
/// The error that leaves nothing of the reply to be used. Where only some
/// parts of it failed, they are in [`Answer::failed`].
pub fn read(call: &Call, reply: &HttpReply) -> Result<Answer, ApiError> {
    let mut answer = match call.bucket() {
        Bucket::Graphql => graphql::read(call, reply),
        Bucket::Core | Bucket::Search => rest::read(call, reply),
    }?;
    let sso = reply.headers.get("x-github-sso").unwrap_or_default();
    if sso.trim_start().starts_with("partial-results") {
        answer.drop_partial();
    }
    Ok(answer)
}

impl Answer {
    /// Takes back each list that GitHub has left something out of, because the
    /// token is not authorized for some organization: nothing tells what.
    fn drop_partial(&mut self) {
        for (login, learned) in std::mem::take(&mut self.learned) {
            match learned.part() {
                Part::Account | Part::Email | Part::SocialAccounts => {
                    self.learned.push((login, learned));
                }
                part => self.failed.push((login, part, ApiError::PartialResults)),
            }
        }
    }

    /// Keeps what became of one part.
    pub(super) fn note(&mut self, login: &Login, part: Part, learned: Result<Learned, ApiError>) {
        match learned {
            Ok(learned) => {
                if learned.is_cut_short() {
                    self.failed
                        .push((login.clone(), part, ApiError::Incomplete));
                }
                self.learned.push((login.clone(), learned));
            }
            Err(error) => {
                if let ApiError::Unreadable(cause) = &error {
                    self.unreadable.push(cause.clone());
                }
                self.failed.push((login.clone(), part, error));
            }
        }
    }
}

/// A field that the user has filled: an empty one is none.
pub(super) fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// The reason an issue was closed for: GraphQL shouts it, REST whispers it.
pub(super) fn closed_as(reason: Option<&str>) -> ClosedAs {
    match reason.map(str::to_ascii_uppercase).as_deref() {
        Some("COMPLETED") => ClosedAs::Completed,
        Some("NOT_PLANNED") => ClosedAs::NotPlanned,
        Some("DUPLICATE") => ClosedAs::Duplicate,
        _ => ClosedAs::Other,
    }
}
