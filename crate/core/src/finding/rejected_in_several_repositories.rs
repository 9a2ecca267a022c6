//! # What it sees
//! In how many of other people's repositories a pull request of the window was
//! closed without being merged; counted only where those are more than the
//! repositories that merged one.
//!
//! # Why it matters
//! One maintainer who says no may have a reason of their own. Several who do
//! not know of each other, and fewer who say yes, are a pattern.
//!
//! # When it is wrong
//! GitHub does not say who closed: withdrawing one's own work in several
//! places counts. Projects that merge by other means than GitHub's button
//! count as closing.
//!
//! # Where the thresholds come from
//! Ours: three repositories are the first number that is neither one bad day
//! nor a coincidence, six are twice that. Whoever is merged in at least as
//! many places is not counted, as prolific contributors are turned down
//! somewhere in every week.

use super::case::{Case, Sight};
use super::count::{number, range};
use super::{Definition, Grade, Outcome, Reading, links, rule};
use crate::evidence::{PullRequest, PullRequestState};
use crate::report::{GroupName, Thresholds};
use crate::words::Key;
use std::collections::BTreeSet;

pub(super) const DEFINITION: Definition = Definition {
    id: "rejected-in-several-repositories",
    sees: "Other people's repositories that closed a pull request without merging, where they are more than those that merged one.",
    balanced: rule(GroupName::Conduct, Thresholds::more_than(2.0, 5.0)),
    classic: None,
    read,
};

fn read(case: &Case<'_>, thresholds: Option<Thresholds>) -> Option<Reading> {
    let thresholds = thresholds?;
    let activity = match &case.pull_requests {
        Sight::Behind(part) => return Some(Reading::behind(*part, false)),
        Sight::Seen(activity) => activity,
    };
    let grade = |rejecting: u32, merging: u32| {
        if rejecting > merging {
            thresholds.grade(rejecting.into())
        } else {
            Grade::Clear
        }
    };
    let range = range(case, activity, |certain, possible, unseen| {
        let count = |prs, state| number(repositories(prs, state));
        let (closed, merged) = (PullRequestState::Closed, PullRequestState::Merged);
        (
            grade(
                count(certain, closed),
                count(possible, merged).saturating_add(unseen),
            ),
            grade(
                count(possible, closed).saturating_add(unseen),
                count(certain, merged),
            ),
        )
    });
    let certain = &activity.certain;
    let rejecting = number(repositories(certain, PullRequestState::Closed));
    let merging = number(repositories(certain, PullRequestState::Merged));
    let is_at_least = activity.unseen > 0 || certain.len() < activity.possible.len();
    let key = if is_at_least {
        Key::RejectedInSeveralRepositoriesAtLeast
    } else {
        Key::RejectedInSeveralRepositories
    };
    let closed: Vec<_> = of_state(certain, PullRequestState::Closed).collect();
    Some(Reading {
        outcome: Outcome::Graded(range),
        sentence: key.with(&[rejecting, merging]),
        measured: Some(rejecting.into()),
        is_at_least,
        links: links::to_items(case, "is:unmerged is:closed", &closed),
    })
}

fn of_state<'a>(
    pull_requests: &[&'a PullRequest],
    state: PullRequestState,
) -> impl Iterator<Item = &'a PullRequest> {
    pull_requests
        .iter()
        .copied()
        .filter(move |pr| pr.state == state)
}

fn repositories(pull_requests: &[&PullRequest], state: PullRequestState) -> usize {
    let all: BTreeSet<_> = of_state(pull_requests, state)
        .map(|pr| &pr.item.repository)
        .collect();
    all.len()
}
