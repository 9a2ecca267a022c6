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

use super::case::{Case, Opened};
use super::count::{Counting, one_each};
use super::{Definition, Reading, Unit, rule};
use crate::evidence::ClosedAs;
use crate::policy::PolicyName;
use crate::report::{GroupName, Thresholds};
use crate::words::Key;

const THRESHOLDS: Thresholds = Thresholds::more_than(3.0, 5.0);

pub(super) const DEFINITION: Definition = Definition {
    id: "issues-not-planned",
    sees: "Issues in other people's repositories closed as not planned; under `balanced` also as duplicates.",
    unit: Unit::Count,
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
    let counting = Counting {
        case,
        thresholds,
        sight: &case.issues,
        words,
        search,
    };
    let policy = case.policy;
    Some(counting.read(
        &one_each(|issues| turned_down(policy, issues).len()),
        &|issues| turned_down(policy, issues),
    ))
}

fn turned_down<'a>(policy: PolicyName, issues: &[Opened<'a>]) -> Vec<Opened<'a>> {
    let mut turned_down = issues.to_vec();
    turned_down.retain(|opened| is_turned_down(policy, *opened));
    turned_down
}

fn is_turned_down(policy: PolicyName, opened: Opened<'_>) -> bool {
    let Opened::Issue(issue) = opened else {
        return false;
    };
    match policy {
        PolicyName::Classic => issue.is_not_planned_without_duplicates,
        PolicyName::Balanced => matches!(
            issue.closed_as,
            Some(ClosedAs::NotPlanned | ClosedAs::Duplicate)
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::Fact;
    use crate::finding::testing::{found, issue, rex, told, with_unseen};
    use crate::policy::PolicyName::{Balanced, Classic};

    fn check(lines: &[&str], unseen: u32, classic: &str, balanced: &str) {
        let mut evidence = rex();
        evidence.organizations = Fact::NotAsked;
        evidence.issues = found(lines, issue);
        if unseen > 0 {
            evidence.issues = with_unseen(evidence.issues, unseen);
        }
        assert_eq!(told("issues-not-planned", Classic, &evidence), classic);
        assert_eq!(told("issues-not-planned", Balanced, &evidence), balanced);
    }

    #[test]
    fn counts_what_was_turned_down() {
        let (no, double, done) = ("not-planned carl/a", "duplicate carl/a", "completed carl/a");
        check(
            &[done, "open carl/a", "not-planned rex/own"],
            0,
            "clear 0",
            "clear 0",
        );
        check(&[no; 3], 0, "clear 3", "clear 3");
        check(&[no, no, no, double], 0, "clear 3", "caution 4");
        check(&[no; 5], 0, "caution 5", "caution 5");
        check(&[no; 6], 0, "alert 6", "alert 6");
        check(&[double; 6], 0, "clear 0", "alert 6");
    }

    #[test]
    fn what_is_not_known_may_be_anything() {
        let (no, org) = ("not-planned carl/a", "not-planned acme+/a");
        check(&[no, org], 0, "clear 1+", "clear 1+");
        let told = "clear to caution 3+ by {Organizations}";
        check(&[no, no, no, org], 0, told, told);
        check(&[no; 6], 100, "alert 6+", "alert 6+");
        let told = "clear to caution 3+ by {Issues}";
        check(&[no; 3], 2, told, told);
    }
}
