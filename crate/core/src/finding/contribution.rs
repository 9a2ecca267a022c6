//! [`Contribution`]: a pull request or an issue, and what became of it.

use crate::evidence::{
    Association, ClosedAs, ClosedBy, Issue, Item, Part, PullRequest, PullRequestState,
};

/// A pull request or an issue: each list holds one of the two only.
#[derive(Clone, Copy, Debug)]
pub enum Contribution<'a> {
    /// A pull request, and who closed it where it was closed unmerged and
    /// that is known.
    PullRequest(&'a PullRequest, Option<ClosedBy>),
    /// An issue.
    Issue(&'a Issue),
}

impl<'a> Contribution<'a> {
    /// Where, when and under which title.
    pub fn item(self) -> &'a Item {
        match self {
            Self::PullRequest(pull_request, _) => &pull_request.item,
            Self::Issue(issue) => &issue.item,
        }
    }

    /// What became of it.
    pub fn resolution(self, assumption: Assumption) -> Resolution {
        match self {
            Self::PullRequest(it, closed_by) => match (it.state, closed_by) {
                (PullRequestState::Open, _) => Resolution::Open,
                (PullRequestState::Merged, _) | (_, Some(ClosedBy::Commit)) => Resolution::Landed,
                (_, Some(ClosedBy::Author)) => Resolution::Withdrawn,
                (_, Some(ClosedBy::Bot)) => Resolution::Neutral,
                (_, Some(ClosedBy::Other)) => Resolution::TurnedDown,
                (_, None) => match assumption {
                    Assumption::Best => Resolution::Landed,
                    Assumption::Worst => Resolution::TurnedDown,
                },
            },
            Self::Issue(it) => match it.closed_as {
                None => Resolution::Open,
                Some(ClosedAs::Completed) => Resolution::Landed,
                Some(ClosedAs::NotPlanned | ClosedAs::Duplicate) => Resolution::TurnedDown,
                Some(ClosedAs::Other) => Resolution::Neutral,
            },
        }
    }

    /// Whether it was closed unmerged and nobody has told yet by whom.
    pub fn is_closer_unknown(self) -> bool {
        self.is_pull_request(PullRequestState::Closed) && matches!(self, Self::PullRequest(_, None))
    }

    /// The same, read as `assumption` reads it.
    #[must_use]
    pub fn resolved(self, assumption: Assumption) -> Self {
        match (self, assumption) {
            (Self::PullRequest(it, None), Assumption::Best) => {
                Self::PullRequest(it, Some(ClosedBy::Commit))
            }
            (Self::PullRequest(it, None), Assumption::Worst) => {
                Self::PullRequest(it, Some(ClosedBy::Other))
            }
            _ => self,
        }
    }

    /// What the author is to the repository, where a pull request tells it.
    pub fn association(self) -> Option<Association> {
        match self {
            Self::PullRequest(it, _) => it.association,
            Self::Issue(_) => None,
        }
    }

    /// Whether it is a pull request in this state.
    pub fn is_pull_request(self, state: PullRequestState) -> bool {
        matches!(self, Self::PullRequest(it, _) if it.state == state)
    }
}

/// What became of a pull request or an issue, as far as it says anything of
/// the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// It is open.
    Open,
    /// A pull request's content landed, by a merge or by a commit; an issue was
    /// completed.
    Landed,
    /// Its author closed a pull request.
    Withdrawn,
    /// An app closed a pull request, or GitHub names no reason for closing an
    /// issue: no judgement.
    Neutral,
    /// Somebody else closed a pull request; an issue is not planned, or a
    /// duplicate.
    TurnedDown,
}

/// What is assumed of a closing while nobody has told whose it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assumption {
    /// A commit closed it.
    Best,
    /// Somebody else closed it.
    Worst,
}

/// Pull requests or issues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContributionKind {
    /// Pull requests.
    PullRequest,
    /// Issues.
    Issue,
}

impl ContributionKind {
    /// The part in which GitHub tells of them.
    pub const fn part(self) -> Part {
        match self {
            Self::PullRequest => Part::PullRequests,
            Self::Issue => Part::Issues,
        }
    }

    /// GitHub's name of them in a search.
    pub const fn search_term(self) -> &'static str {
        match self {
            Self::PullRequest => "is:pr",
            Self::Issue => "is:issue",
        }
    }

    /// GitHub's name of the kind of search.
    pub const fn search_type(self) -> &'static str {
        match self {
            Self::PullRequest => "pullrequests",
            Self::Issue => "issues",
        }
    }

    /// GitHub's name of them in a URL.
    pub const fn path(self) -> &'static str {
        match self {
            Self::PullRequest => "pull",
            Self::Issue => "issues",
        }
    }
}
