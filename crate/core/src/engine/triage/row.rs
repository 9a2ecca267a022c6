//! [`Row`]: one row of a run, as it is shown and kept.

use super::past::Judgement;
use super::run::name_of;
use crate::evidence::{Association, ClosedAs, ClosedBy, Closing};
use crate::github::listing::ListedItem;
use crate::login::Login;
use crate::message::{ElsewhereCounts, HereCounts, TriageRow};
use crate::report::{Arg, AuthorReport, ItemOutcome, Level, Sentence};
use crate::repository::Repository;
use crate::time::Timestamp;
use crate::words::Key;
use serde::{Deserialize, Serialize};

/// A row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Row {
    pub(super) shown: TriageRow,
    /// What the author is to the repository.
    pub(super) association: Option<Association>,
    /// GitHub's own name of a pull request that was closed unmerged, by which
    /// its closer can be asked for.
    pub(super) node_id: Option<String>,
    /// Whether an app opened it.
    pub(super) is_app: bool,
    /// The ids of the findings that raised the level as of the opening.
    pub(super) findings_then: Vec<String>,
}

/// Whom a row is about.
pub(super) enum RowKind {
    /// Somebody who can be looked up.
    Person(Login),
    /// Nobody: an app, a deleted account, or an item that is not known yet.
    Nobody,
}

impl Row {
    /// Somebody named alone.
    pub(super) fn of_person(index: u32, login: &Login) -> Self {
        let mut row = Self::empty(index);
        row.shown.url = format!("https://github.com/{login}");
        row.shown.login = Some(login.to_string());
        row.settle_nobody();
        row
    }

    /// An item of which only the number is known.
    pub(super) fn of_item(index: u32, repository: &Repository, number: u32) -> Self {
        let mut row = Self::empty(index);
        // GitHub leads from an issue's address to the pull request of that number.
        row.shown.url = format!("https://github.com/{repository}/issues/{number}");
        row.shown.repository = Some(repository.to_string());
        row.shown.number = Some(number);
        row
    }

    /// An item as GitHub lists it.
    pub(super) fn of_listed(index: u32, item: ListedItem) -> Self {
        let mut row = Self::of_item(index, &item.repository, item.number);
        let is_new_here = |it: Association| match it {
            Association::None | Association::FirstTimer | Association::FirstTimeContributor => {
                Some(true)
            }
            Association::Owner
            | Association::Member
            | Association::Collaborator
            | Association::Contributor => Some(false),
            Association::Mannequin => None,
        };
        let outcome = outcome(&item);
        let kind = if item.is_issue { "issues" } else { "pull" };
        let (repository, number) = (&item.repository, item.number);
        row.shown.url = format!("https://github.com/{repository}/{kind}/{number}");
        row.shown.is_issue = item.is_issue;
        row.shown.title = Some(item.title);
        row.shown.created_at = Some(item.created_at.to_string());
        row.shown.closed_at = item.closed_at.map(|at| at.to_string());
        row.shown.merged_at = item.merged_at.map(|at| at.to_string());
        row.shown.outcome = Some(outcome);
        row.shown.is_first_here = item.association.and_then(is_new_here);
        row.shown.is_assigned = item.is_assigned;
        row.shown.is_draft = item.is_draft;
        row.association = item.association;
        row.node_id = (outcome == ItemOutcome::Closed && !item.is_issue).then_some(item.node_id);
        // An account that is gone is called ghost on GitHub's pages.
        let login = item.author.as_ref().map_or("ghost", |it| &it.login);
        row.shown.login = Some(login.to_owned());
        row.is_app = item.author.is_some_and(|it| it.is_app);
        row.settle_nobody();
        row
    }

    fn empty(index: u32) -> Self {
        Self {
            shown: TriageRow {
                index,
                repository: None,
                number: None,
                is_issue: false,
                url: String::new(),
                title: None,
                login: None,
                level: Level::Pending,
                reason: None,
                here: None,
                elsewhere: None,
                created_at: None,
                closed_at: None,
                merged_at: None,
                outcome: None,
                is_first_here: None,
                is_assigned: None,
                is_draft: false,
                failed: None,
                level_then: None,
                reason_then: None,
            },
            association: None,
            node_id: None,
            is_app: false,
            findings_then: Vec::new(),
        }
    }

    /// Apps and deleted accounts have their level without a look-up.
    fn settle_nobody(&mut self) {
        let login = self.login();
        if self.is_app {
            self.shown.level = Level::Bot;
        } else if login.as_ref().is_none_or(Login::is_ghost) {
            let is_ghost = login.is_some();
            let reason = if is_ghost {
                Key::ShortGhost
            } else {
                Key::ShortNotFound
            };
            self.shown.level = Level::Unknown;
            self.shown.reason = Some(reason.alone());
        }
    }

    /// Whether its item is still to be asked for by number.
    pub(super) fn is_unresolved(&self) -> bool {
        self.shown.number.is_some() && self.shown.login.is_none() && self.shown.failed.is_none()
    }

    /// Whether it is still to be asked whether somebody is assigned to its item:
    /// of what is closed, nobody needs to know.
    pub(super) fn lacks_assigned(&self) -> bool {
        self.shown.is_assigned.is_none() && self.shown.outcome == Some(ItemOutcome::Open)
    }

    /// Whether nothing is left to be looked up for it.
    pub(super) fn is_done(&self) -> bool {
        self.shown.level != Level::Pending
    }

    pub(super) fn kind(&self) -> RowKind {
        match self.login() {
            Some(login) if !self.is_app && !login.is_ghost() => RowKind::Person(login),
            _ => RowKind::Nobody,
        }
    }

    /// Whether it is nobody's who could be looked up.
    pub(super) fn is_nobody(&self) -> bool {
        matches!(self.kind(), RowKind::Nobody)
    }

    /// A name for the person of this row: the same login in another repository
    /// is another.
    pub(super) fn person_name(&self) -> Option<String> {
        let login = self.login().filter(|_| !self.is_app)?;
        Some(name_of(&login, self.repository().as_ref()))
    }

    pub(super) fn repository(&self) -> Option<Repository> {
        self.shown.repository.as_ref()?.parse().ok()
    }

    pub(super) fn login(&self) -> Option<Login> {
        self.shown.login.as_ref()?.parse().ok()
    }

    pub(super) fn opened_at(&self) -> Option<Timestamp> {
        self.shown.created_at.as_ref()?.parse().ok()
    }

    /// Notes that its item cannot be had.
    pub(super) fn fail(&mut self, reason: Sentence) {
        self.shown.level = Level::Unknown;
        self.shown.failed = Some(reason);
    }

    /// Lets it be looked up anew.
    pub(super) fn reset(&mut self) {
        self.shown.level = Level::Pending;
        self.shown.failed = None;
        self.shown.reason = None;
    }

    /// Takes over what another row says of the same person.
    pub(super) fn take_from(&mut self, other: &Self) {
        let (shown, other) = (&mut self.shown, &other.shown);
        shown.level = other.level;
        shown.reason.clone_from(&other.reason);
        shown.here = other.here;
        shown.elsewhere = other.elsewhere.clone();
        shown.failed.clone_from(&other.failed);
    }

    /// Takes over what is said as of its opening.
    pub(super) fn take_judgement(&mut self, judgement: Judgement) {
        self.shown.level_then = Some(judgement.level);
        self.shown.reason_then = judgement.reason;
        self.findings_then = judgement.findings;
    }

    /// Takes over who closed its pull request, where that is among these; says
    /// whether it is.
    pub(super) fn take_closing(&mut self, closings: &[Closing]) -> bool {
        let mut closings = closings.iter();
        let closing = closings.find(|it| Some(&it.node_id) == self.node_id.as_ref());
        let Some(closed_by) = closing.and_then(|it| it.closed_by) else {
            return false;
        };
        self.shown.outcome = Some(match closed_by {
            ClosedBy::Author => ItemOutcome::Withdrawn,
            ClosedBy::Other => ItemOutcome::ClosedByOthers,
            ClosedBy::Commit => ItemOutcome::Merged,
            ClosedBy::Bot => ItemOutcome::Closed,
        });
        true
    }

    /// Takes over what a report says; returns whether that is new.
    pub(super) fn take(&mut self, report: &AuthorReport, failed: Option<&Sentence>) -> bool {
        let before = self.shown.clone();
        // A person typed it, and GitHub spells it.
        self.shown.login = Some(report.login.clone());
        self.shown.level = report.level;
        self.shown.reason.clone_from(&report.short_reason);
        self.shown.here = here(report);
        self.shown.elsewhere = elsewhere(report);
        self.shown.failed = failed.cloned();
        self.shown != before
    }
}

/// What became of an item, as far as its repository's list tells.
fn outcome(item: &ListedItem) -> ItemOutcome {
    match (item.merged_at, item.closed_at, item.closed_as) {
        (Some(_), ..) => ItemOutcome::Merged,
        (None, None, _) => ItemOutcome::Open,
        (None, Some(_), Some(ClosedAs::NotPlanned | ClosedAs::Duplicate)) => {
            ItemOutcome::NotPlanned
        }
        (None, Some(_), _) => ItemOutcome::Closed,
    }
}

/// What the author did in the repository, where the report counts it.
fn here(report: &AuthorReport) -> Option<HereCounts> {
    let measured = |id: &str| {
        let finding = report.findings.iter().find(|it| it.id == id)?;
        finding.measured?;
        match finding.sentence.args.first() {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the core wrote it there from a u32"
            )]
            Some(Arg::Number(number)) => Some(*number as u32),
            Some(Arg::Text(_)) | None => None,
        }
    };
    Some(HereCounts {
        merged: measured("here-merged")?,
        closed: measured("here-closed")?,
    })
}

/// What became of the author's pull requests elsewhere.
fn elsewhere(report: &AuthorReport) -> Option<ElsewhereCounts> {
    let activity = report.activity.as_ref()?;
    let mut counts = ElsewhereCounts {
        more: activity.more_pull_requests.clone(),
        ..ElsewhereCounts::default()
    };
    for day in &activity.pull_requests {
        *match day.outcome {
            ItemOutcome::Merged => &mut counts.merged,
            ItemOutcome::Withdrawn => &mut counts.withdrawn,
            ItemOutcome::ClosedByOthers => &mut counts.closed_by_others,
            ItemOutcome::Closed | ItemOutcome::NotPlanned => &mut counts.closed,
            ItemOutcome::Open => &mut counts.open,
        } += day.count;
    }
    Some(counts)
}
