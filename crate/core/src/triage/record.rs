//! [`Record`]: what one account had done at one moment, and the evidence that
//! is in it. `cargo xtask judge` reads files of them, and runs are exported as
//! such files.

use super::hidden_names::HiddenNames;
use crate::evidence::{
    Account, Association, ClosedAs, ClosedBy, Closing, Evidence, Fact, Gap, GapReason, Issue, Item,
    ItemList, PullRequest, PullRequestState, Remainder, User,
};
use crate::github::call::{SEARCH_RESULTS, window_start_at};
use crate::login::Login;
use crate::report::Level;
use crate::repository::Repository;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What one account had done at one moment. Its lists are complete, unless
/// `unseen` says otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// The record's own name; no two have the same.
    pub id: String,
    /// The account it is of; without one, an account of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The set it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<String>,
    /// Whether the account is one that maintainers want to be warned of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// The level that a maintainer would expect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<Level>,
    /// When the account was as the record says.
    pub now: Timestamp,
    login: Login,
    created_at: Timestamp,
    organizations: Vec<Login>,
    pull_requests: Vec<PullRequestRecord>,
    issues: Vec<IssueRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repository: Option<Repository>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author_association: Option<Association>,
    #[serde(skip_serializing_if = "Option::is_none")]
    opened_here_at: Option<Timestamp>,
    /// At least so many of the account's pull requests were merged in the
    /// repository, listed here or not.
    #[serde(default, skip_serializing_if = "is_default")]
    merged_here: u32,
    /// How many items nobody has looked at; absent is none.
    #[serde(default, skip_serializing_if = "is_default")]
    unseen: Unseen,
}

/// How many items the lists lack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Unseen {
    /// Pull requests that may be anything.
    pull_requests: u32,
    /// Pull requests that are known to be merged.
    merged_pull_requests: u32,
    issues: u32,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// What people have said of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PullRequestRecord {
    repository: Repository,
    is_in_organization: bool,
    number: u32,
    title: String,
    created_at: Timestamp,
    state: PullRequestStateRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    closed_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    closed_by: Option<ClosedBy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author_association: Option<Association>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct IssueRecord {
    repository: Repository,
    is_in_organization: bool,
    number: u32,
    title: String,
    created_at: Timestamp,
    state: IssueStateRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    state_reason: Option<StateReason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    closed_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum PullRequestStateRecord {
    Open,
    Closed,
    Merged,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum IssueStateRecord {
    Open,
    Closed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum StateReason {
    Completed,
    NotPlanned,
    Duplicate,
    Reopened,
}

impl Record {
    /// The record of an account whose evidence this is at a moment; none of
    /// whoever is no person, or is not known to be one.
    pub fn of(id: String, evidence: &Evidence, now: Timestamp) -> Option<Self> {
        let Some(Account::User(user)) = evidence.account.known() else {
            return None;
        };
        let closings = evidence
            .closers
            .known()
            .map_or(&[][..], |it| it.closings.as_slice());
        let mut pull_requests: Vec<PullRequestRecord> = Vec::new();
        for list in [&evidence.pull_requests, &evidence.history_here] {
            let items = list.known().map_or(&[][..], |it| it.items.as_slice());
            for pull_request in items {
                let record = PullRequestRecord::of(pull_request, closings);
                if !pull_requests.iter().any(|it| it.is_of(&record)) {
                    pull_requests.push(record);
                }
            }
        }
        let issues = evidence.issues.known();
        let issues = issues.map_or(&[][..], |it| it.items.as_slice());
        let unseen_pull_requests = unseen(&evidence.pull_requests);
        let is_merged = |list: &ItemList<PullRequest>| list.is_rest_merged;
        let (others, merged) = if evidence.pull_requests.known().is_some_and(is_merged) {
            (0, unseen_pull_requests)
        } else {
            (unseen_pull_requests, 0)
        };
        Some(Self {
            id,
            account: None,
            set: None,
            label: None,
            expected: None,
            now,
            login: user.login.clone(),
            created_at: user.created_at,
            organizations: evidence.organizations.known().cloned().unwrap_or_default(),
            pull_requests,
            issues: issues.iter().map(IssueRecord::of).collect(),
            repository: evidence.repository.clone(),
            author_association: evidence.association,
            opened_here_at: evidence.opened_here_at,
            merged_here: evidence.merged_seen_here,
            unseen: Unseen {
                pull_requests: others,
                merged_pull_requests: merged,
                issues: unseen(&evidence.issues),
            },
        })
    }

    /// The same with every name in it replaced: equal names, and titles that
    /// compare as equal, stay equal.
    pub fn without_names(mut self, names: &mut HiddenNames) -> Option<Self> {
        for it in &mut self.pull_requests {
            it.title = names.title(&it.title, &it.repository);
            it.repository = names.repository(&it.repository)?;
        }
        for it in &mut self.issues {
            it.title = names.title(&it.title, &it.repository);
            it.repository = names.repository(&it.repository)?;
        }
        if let Some(repository) = &mut self.repository {
            *repository = names.repository(repository)?;
        }
        for login in &mut self.organizations {
            *login = names.login(login)?;
        }
        self.login = names.login(&self.login)?;
        Some(self)
    }

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
            evidence.history_here = self.known(all_but(here.cloned().collect(), 0));
        }
        evidence.repository.clone_from(&self.repository);
        evidence.association = self.author_association;
        evidence.opened_here_at = self.opened_here_at;
        let is_in_window = |it: &Item| it.created_at >= window_start_at(self.now);
        let mut in_window = pull_requests;
        in_window.retain(|it| is_in_window(&it.item));
        evidence.merged_seen_here = self.merged_here;
        let (others, merged) = (self.unseen.pull_requests, self.unseen.merged_pull_requests);
        evidence.pull_requests = self.known(ItemList {
            is_rest_merged: others == 0,
            ..all_but(in_window, others.saturating_add(merged))
        });
        let issues = self.issues.iter().map(IssueRecord::issue);
        let issues = issues.filter(|it| is_in_window(&it.item)).collect();
        evidence.issues = self.known(all_but(issues, self.unseen.issues));
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
}

/// A list that lacks so many items. A search that finds nothing can be
/// believed, as whoever made the record has looked.
fn all_but<T>(items: Vec<T>, unseen: u32) -> ItemList<T> {
    let seen = u32::try_from(items.len()).unwrap_or(u32::MAX);
    ItemList {
        total: seen.saturating_add(unseen),
        items,
        rest: if unseen == 0 {
            Remainder::None
        } else {
            Remainder::Missing(Gap::new(GapReason::TooMany))
        },
        is_refusal_told: true,
        is_rest_merged: false,
    }
}

/// How many items of a list nobody has looked at: as many as GitHub's search
/// has pages for, where nobody has looked at any.
fn unseen<T>(list: &Fact<ItemList<T>>) -> u32 {
    let Some(list) = list.known() else {
        return SEARCH_RESULTS;
    };
    let seen = u32::try_from(list.items.len()).unwrap_or(u32::MAX);
    list.total.saturating_sub(seen)
}

impl PullRequestRecord {
    fn of(pull_request: &PullRequest, closings: &[Closing]) -> Self {
        let item = &pull_request.item;
        let told = closings
            .iter()
            .find(|it| Some(&it.node_id) == pull_request.node_id.as_ref());
        Self {
            repository: item.repository.clone(),
            is_in_organization: item.is_in_organization,
            number: item.number,
            title: item.title.clone(),
            created_at: item.created_at,
            state: match pull_request.state {
                PullRequestState::Open => PullRequestStateRecord::Open,
                PullRequestState::Closed => PullRequestStateRecord::Closed,
                PullRequestState::Merged => PullRequestStateRecord::Merged,
            },
            closed_at: item.closed_at,
            closed_by: pull_request.closed_by.or(told.and_then(|it| it.closed_by)),
            author_association: pull_request.association,
        }
    }

    /// Whether both are the same pull request.
    fn is_of(&self, other: &Self) -> bool {
        self.number == other.number && self.repository == other.repository
    }

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
    fn of(issue: &Issue) -> Self {
        let item = &issue.item;
        Self {
            repository: item.repository.clone(),
            is_in_organization: item.is_in_organization,
            number: item.number,
            title: item.title.clone(),
            created_at: item.created_at,
            state: match issue.closed_as {
                None => IssueStateRecord::Open,
                Some(_) => IssueStateRecord::Closed,
            },
            state_reason: match issue.closed_as {
                Some(ClosedAs::Completed) => Some(StateReason::Completed),
                Some(ClosedAs::NotPlanned) => Some(StateReason::NotPlanned),
                Some(ClosedAs::Duplicate) => Some(StateReason::Duplicate),
                Some(ClosedAs::Other) | None => None,
            },
            closed_at: item.closed_at,
        }
    }

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
