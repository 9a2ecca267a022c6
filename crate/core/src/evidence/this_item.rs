//! [`ThisItem`]: the issue or pull request that somebody looks at, by whose
//! author the report is. It is context for a reader and raises no level.

use crate::login::Login;
use crate::repository::Repository;
use crate::time::Timestamp;

/// The issue or pull request at hand. Whatever is none could not be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThisItem {
    /// Where it was opened.
    pub repository: Repository,
    /// Its number there.
    pub number: u32,
    /// Whether it is neither closed nor merged.
    pub is_open: Option<bool>,
    /// When it was opened, where the account that was asked about did it.
    pub opened_at: Option<Timestamp>,
    /// How many of its kind its author has open.
    pub authors_open: Option<AuthorsOpen>,
    /// Which of both it is, and what only that kind has.
    pub kind: ThisItemKind,
}

/// What only a pull request or only an issue has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThisItemKind {
    /// A pull request.
    PullRequest(ThisPullRequest),
    /// An issue.
    Issue(ThisIssue),
}

/// What only a pull request has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThisPullRequest {
    /// Whether it is a draft.
    pub is_draft: Option<bool>,
    /// How large it is.
    pub size: Option<DiffSize>,
    /// The issues that merging it closes.
    pub closes: Option<LinkedIssues>,
    /// How it stands with reviews.
    pub review: Option<ReviewStanding>,
}

/// What only an issue has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThisIssue {
    /// To whom it is assigned.
    pub assignees: Option<Assignees>,
    /// The open pull requests that would close it.
    pub closed_by: Option<Rivals>,
}

/// How large a pull request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiffSize {
    /// Files that it changes.
    pub files: u32,
    /// Lines added.
    pub additions: u32,
    /// Lines removed.
    pub deletions: u32,
}

/// The issues that merging a pull request closes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedIssues {
    /// How many there are by GitHub's count.
    pub total: u32,
    /// Those that were told of.
    pub issues: Vec<LinkedIssue>,
}

/// An issue that merging a pull request closes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedIssue {
    /// Where it was opened.
    pub repository: Repository,
    /// Its number there.
    pub number: u32,
    /// Whether it is closed already.
    pub is_closed: bool,
    /// To whom it is assigned.
    pub assignees: Option<Assignees>,
    /// The other open pull requests that would close it.
    pub rivals: Option<Rivals>,
}

/// To whom an issue is assigned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignees {
    /// How many there are by GitHub's count.
    pub total: u32,
    /// The logins that were told, the item's author first; one at the least
    /// where there are any.
    pub logins: Vec<Login>,
    /// Whether the item's author is among them.
    pub is_author_among: bool,
}

/// Open pull requests that would close the same issue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rivals {
    /// Those that were told of.
    pub pull_requests: Vec<(Repository, u32)>,
    /// Whether there may be more of them.
    pub is_at_least: bool,
}

/// How many open pull requests, or open issues, an author has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuthorsOpen {
    /// In this repository.
    pub here: u32,
    /// In all public repositories and this one.
    pub total: u32,
    /// Whether there may be more here.
    pub is_at_least: bool,
}

/// How it stands with the last review by a person other than the author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewStanding {
    /// None is among what happened last.
    None,
    /// There is one.
    Reviewed {
        /// By whom; none where that account is gone.
        reviewer: Option<Login>,
        /// The review, where GitHub gives an address on github.com.
        url: Option<String>,
        /// What followed it.
        followed: Followed,
    },
}

/// What followed a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Followed {
    /// It approves, and asks for no answer.
    Approval,
    /// The author has commented, reviewed or pushed since.
    Answer,
    /// Nothing of the author's.
    Nothing,
}
