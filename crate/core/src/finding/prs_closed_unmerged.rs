//! # What it sees
//! Of the pull requests that the author opened in other people's repositories
//! in the window, the share that was closed without being merged.
//!
//! # Why it matters
//! It is how other maintainers decided on this author's work a few days ago.
//!
//! # When it is wrong
//! GitHub does not say who closed: an author who withdraws a pull request and
//! opens a better one looks like one who was turned down. Projects that merge
//! by other means than GitHub's button close everything unmerged.
//!
//! # Where the thresholds come from
//! gh-profiler 0.9.0, with its two floors: below four pull requests nothing is
//! said, and two closed ones are never worth a look by the first threshold.

use super::case::{Case, Sight};
use super::count::{number, range};
use super::{Definition, Grade, Outcome, Reading, links, rule};
use crate::evidence::{PullRequest, PullRequestState};
use crate::report::{GroupName, Thresholds};
use crate::words::Key;

/// Fewer pull requests than this are no pattern.
const FEWEST_OPENED: u32 = 4;

/// Up to so many closed ones, the first threshold is not passed.
const FEW_CLOSED: u32 = 2;

/// A fifth is worth a look, half is a strong signal.
const THRESHOLDS: Thresholds = Thresholds::more_than(0.2, 0.5);

pub(super) const DEFINITION: Definition = Definition {
    id: "prs-closed-unmerged",
    sees: "Share of the pull requests to other people's repositories that was closed without merging; from 4 opened, and for the first threshold from 3 closed.",
    balanced: rule(GroupName::PullRequests, THRESHOLDS),
    classic: rule(GroupName::PullRequests, THRESHOLDS),
    read,
};

/// What was opened, and what of it was closed.
#[derive(Clone, Copy)]
pub(crate) struct Tally {
    pub(crate) closed: u32,
    pub(crate) opened: u32,
}

impl Tally {
    fn of(pull_requests: &[&PullRequest]) -> Self {
        Self {
            closed: number(closed(pull_requests).len()),
            opened: number(pull_requests.len()),
        }
    }

    fn ratio(self) -> f64 {
        if self.opened == 0 {
            0.0
        } else {
            f64::from(self.closed) / f64::from(self.opened)
        }
    }

    pub(crate) fn grade(self, thresholds: Thresholds) -> Grade {
        if self.opened < FEWEST_OPENED {
            return Grade::Clear;
        }
        match thresholds.grade(self.ratio()) {
            Grade::Caution if self.closed <= FEW_CLOSED => Grade::Clear,
            grade => grade,
        }
    }
}

fn closed<'a>(pull_requests: &[&'a PullRequest]) -> Vec<&'a PullRequest> {
    let is_closed = |pr: &&&PullRequest| pr.state == PullRequestState::Closed;
    pull_requests.iter().filter(is_closed).copied().collect()
}

fn read(case: &Case<'_>, thresholds: Option<Thresholds>) -> Option<Reading> {
    let thresholds = thresholds?;
    let activity = match &case.pull_requests {
        Sight::Behind(part) => return Some(Reading::behind(*part, false)),
        Sight::Seen(activity) => activity,
    };
    let range = range(case, activity, |certain, possible, unseen| {
        grades(Tally::of(certain), Tally::of(possible), unseen, thresholds)
    });
    let tally = Tally::of(&activity.certain);
    let is_at_least = activity.unseen > 0 || activity.certain.len() < activity.possible.len();
    let sentence = if is_at_least {
        Key::PrsClosedUnmergedAtLeast.with(&[tally.closed, tally.opened])
    } else if tally.opened == 0 {
        Key::PrsClosedUnmergedNone.alone()
    } else {
        Key::PrsClosedUnmerged.with(&[tally.closed, tally.opened])
    };
    Some(Reading {
        outcome: Outcome::Graded(range),
        sentence,
        measured: Some(tally.ratio()),
        is_at_least,
        links: links::to_items(case, "is:unmerged is:closed", &closed(&activity.certain)),
    })
}

/// The best and the worst grade. A share can fall and rise with what is not
/// known, so every number of further closed ones is tried; for each of them
/// the share is highest with as few others as the floor allows, and the grade
/// best with no others or with all.
fn grades(certain: Tally, possible: Tally, unseen: u32, thresholds: Thresholds) -> (Grade, Grade) {
    let maybe_closed = possible.closed - certain.closed;
    let maybe_others = (possible.opened - certain.opened) - maybe_closed;
    let grades = (0..=maybe_closed + unseen).flat_map(|closed| {
        let unseen_left = unseen - closed.saturating_sub(maybe_closed);
        let most = maybe_others + unseen_left;
        let opened = certain.opened + closed;
        let fewest = FEWEST_OPENED.saturating_sub(opened).min(most);
        [0, fewest, most].map(|others| {
            let tally = Tally {
                closed: certain.closed + closed,
                opened: opened + others,
            };
            tally.grade(thresholds)
        })
    });
    grades.fold((Grade::Alert, Grade::Clear), |(low, high), grade| {
        (low.min(grade), high.max(grade))
    })
}
