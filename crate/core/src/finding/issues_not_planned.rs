//! # What it sees
//! The issues that the author opened in other people's repositories in the
//! window and that were closed as not planned; under `balanced` also those
//! closed as duplicates.
//!
//! # Why it matters
//! Each of them took a maintainer's time to read and turn down.
//!
//! # When it is wrong
//! Stale issues are closed as not planned by machines, and projects differ in
//! how freely they use the reason. Duplicates happen to careful people too,
//! which is why the first three say nothing.
//!
//! # Where the thresholds come from
//! gh-profiler 0.9.0, which knows no duplicates.

use super::case::Case;
use super::count::{Counting, one_each};
use super::{Definition, Reading, rule};
use crate::evidence::{ClosedAs, Issue};
use crate::policy::PolicyName;
use crate::report::{GroupName, Thresholds};
use crate::words::Key;

const THRESHOLDS: Thresholds = Thresholds::more_than(3.0, 5.0);

pub(super) const DEFINITION: Definition = Definition {
    id: "issues-not-planned",
    sees: "Issues in other people's repositories closed as not planned; under `balanced` also as duplicates.",
    balanced: rule(GroupName::Issues, THRESHOLDS),
    classic: rule(GroupName::Issues, THRESHOLDS),
    read,
};

fn read(case: &Case<'_>, thresholds: Option<Thresholds>) -> Option<Reading> {
    let (words, search): (_, &str) = match case.policy {
        PolicyName::Classic => (
            (Key::IssuesNotPlanned, Key::IssuesNotPlannedAtLeast),
            "reason:\"not planned\"",
        ),
        // Search has no way to ask for one reason or another.
        PolicyName::Balanced => (
            (
                Key::IssuesNotPlannedOrDuplicate,
                Key::IssuesNotPlannedOrDuplicateAtLeast,
            ),
            "is:closed",
        ),
    };
    let turned_down = |issues: &[&'_ Issue]| -> usize {
        issues
            .iter()
            .filter(|issue| is_turned_down(case.policy, issue))
            .count()
    };
    let counting = Counting {
        case,
        thresholds,
        sight: &case.issues,
        words,
        search,
    };
    Some(counting.read(one_each(turned_down), |issues| {
        let mut shown = issues.to_vec();
        shown.retain(|issue| is_turned_down(case.policy, issue));
        shown
    }))
}

fn is_turned_down(policy: PolicyName, issue: &Issue) -> bool {
    match policy {
        PolicyName::Classic => issue.is_not_planned_without_duplicates,
        PolicyName::Balanced => matches!(
            issue.closed_as,
            Some(ClosedAs::NotPlanned | ClosedAs::Duplicate)
        ),
    }
}
