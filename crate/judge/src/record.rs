//! [`Record`]: what one account had done at one moment, and the evidence that
//! is in it.

use bonafide_core::evidence::{
    Account, Association, ClosedAs, ClosedBy, Evidence, Fact, Issue, Item, ItemList, PullRequest,
    PullRequestState, Remainder, User, WINDOW_DAYS,
};
use bonafide_core::login::Login;
use bonafide_core::report::Level;
use bonafide_core::repository::Repository;
use bonafide_core::time::{SignedDuration, Timestamp};
use serde::Deserialize;

/// What one account had done at one moment. Its lists are complete.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// The record's own name; no two have the same.
    pub id: String,
    /// The account it is of; without one, an account of its own.
    pub account: Option<String>,
    /// The set it belongs to.
    pub set: Option<String>,
    /// Whether the account is one that maintainers want to be warned of.
    pub label: Option<Label>,
    /// The level that a maintainer would expect.
    pub expected: Option<Level>,
    /// When the account was as the record says.
    pub now: Timestamp,
    login: Login,
    created_at: Timestamp,
    organizations: Vec<Login>,
    pull_requests: Vec<PullRequestRecord>,
    issues: Vec<IssueRecord>,
    repository: Option<Repository>,
    author_association: Option<Association>,
    opened_here_at: Option<Timestamp>,
}

/// What people have said of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Label {
    /// It acts in good faith.
    Good,
    /// Maintainers want to be warned of it.
    Bad,
}

/// What a closed pull request without `closedBy` is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownCloser {
    /// What nobody knows and nobody can be asked for.
    Gap,
    /// Closed by somebody else: the worst case.
    Other,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PullRequestRecord {
    repository: Repository,
    is_in_organization: bool,
    number: u32,
    title: String,
    created_at: Timestamp,
    state: PullRequestStateRecord,
    closed_at: Option<Timestamp>,
    closed_by: Option<ClosedBy>,
    author_association: Option<Association>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct IssueRecord {
    repository: Repository,
    is_in_organization: bool,
    number: u32,
    title: String,
    created_at: Timestamp,
    state: IssueStateRecord,
    state_reason: Option<StateReason>,
    closed_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum PullRequestStateRecord {
    Open,
    Closed,
    Merged,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum IssueStateRecord {
    Open,
    Closed,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum StateReason {
    Completed,
    NotPlanned,
    Duplicate,
    Reopened,
}

impl Record {
    /// Whose record it is.
    pub fn account(&self) -> &str {
        self.account.as_ref().unwrap_or(&self.id)
    }

    /// The evidence that the record holds. Nothing more is to be had: what a
    /// record does not tell is a gap, and e-mail, accounts elsewhere and totals
    /// were never asked for.
    pub fn evidence(&self, unknown_closer: UnknownCloser) -> Evidence {
        let pull_requests: Vec<_> = self
            .pull_requests
            .iter()
            .map(|it| it.pull_request(unknown_closer))
            .collect();
        let mut evidence = Evidence::new(self.login.clone());
        evidence.account = self.known(self.user());
        evidence.organizations = self.known(self.organizations.clone());
        if let Some(repository) = &self.repository {
            let here = pull_requests
                .iter()
                .filter(|it| it.item.repository == *repository);
            evidence.history_here = self.known(whole(here.cloned().collect()));
        }
        evidence.repository.clone_from(&self.repository);
        evidence.association = self.author_association;
        evidence.opened_here_at = self.opened_here_at;
        let is_in_window = |it: &Item| it.created_at >= self.window_start();
        let mut in_window = pull_requests;
        in_window.retain(|it| is_in_window(&it.item));
        evidence.pull_requests = self.known(whole(in_window));
        let issues = self.issues.iter().map(IssueRecord::issue);
        let issues = issues.filter(|it| is_in_window(&it.item)).collect();
        evidence.issues = self.known(whole(issues));
        evidence
    }

    fn known<T>(&self, value: T) -> Fact<T> {
        let at = self.now;
        Fact::Known { value, at }
    }

    /// The account. Records tell nothing of profiles, so that `classic`, which
    /// counts their fields, is given as many as it asks for.
    fn user(&self) -> Account {
        let filled = || Some("not recorded".to_owned());
        Account::User(User {
            login: self.login.clone(),
            created_at: self.created_at,
            name: filled(),
            company: filled(),
            website: None,
            location: filled(),
            bio: None,
        })
    }

    fn window_start(&self) -> Timestamp {
        const HOURS_A_DAY: i64 = 24;
        const SECONDS_AN_HOUR: i64 = 3_600;
        let since_midnight = self
            .now
            .as_second()
            .rem_euclid(HOURS_A_DAY * SECONDS_AN_HOUR);
        let days = SignedDuration::from_hours(i64::from(WINDOW_DAYS) * HOURS_A_DAY);
        self.now - days - SignedDuration::from_secs(since_midnight)
    }
}

/// A list of which nothing was left out. A search that finds nothing can be
/// believed, as whoever made the record has looked.
fn whole<T>(items: Vec<T>) -> ItemList<T> {
    ItemList {
        total: u32::try_from(items.len()).unwrap_or(u32::MAX),
        items,
        rest: Remainder::None,
        is_refusal_told: true,
    }
}

impl PullRequestRecord {
    fn pull_request(&self, unknown_closer: UnknownCloser) -> PullRequest {
        let state = match self.state {
            PullRequestStateRecord::Open => PullRequestState::Open,
            PullRequestStateRecord::Closed => PullRequestState::Closed,
            PullRequestStateRecord::Merged => PullRequestState::Merged,
        };
        let is_closed = state == PullRequestState::Closed;
        let if_unknown = match unknown_closer {
            UnknownCloser::Gap => None,
            UnknownCloser::Other => Some(ClosedBy::Other),
        };
        PullRequest {
            item: Item {
                repository: self.repository.clone(),
                is_in_organization: self.is_in_organization,
                number: self.number,
                title: self.title.clone(),
                created_at: self.created_at,
                closed_at: self.closed_at,
            },
            state,
            closed_by: self.closed_by.or(if_unknown).filter(|_| is_closed),
            association: self.author_association,
            node_id: None,
        }
    }
}

impl IssueRecord {
    fn issue(&self) -> Issue {
        let closed_as = match (self.state, self.state_reason) {
            (IssueStateRecord::Open, _) => None,
            (IssueStateRecord::Closed, Some(StateReason::Completed)) => Some(ClosedAs::Completed),
            (IssueStateRecord::Closed, Some(StateReason::NotPlanned)) => Some(ClosedAs::NotPlanned),
            (IssueStateRecord::Closed, Some(StateReason::Duplicate)) => Some(ClosedAs::Duplicate),
            (IssueStateRecord::Closed, Some(StateReason::Reopened) | None) => Some(ClosedAs::Other),
        };
        Issue {
            item: Item {
                repository: self.repository.clone(),
                is_in_organization: self.is_in_organization,
                number: self.number,
                title: self.title.clone(),
                created_at: self.created_at,
                closed_at: self.closed_at,
            },
            closed_as,
            // GitHub says NOT_PLANNED of a duplicate to whoever does not ask
            // for duplicates.
            is_not_planned_without_duplicates: matches!(
                closed_as,
                Some(ClosedAs::NotPlanned | ClosedAs::Duplicate)
            ),
        }
    }
}
