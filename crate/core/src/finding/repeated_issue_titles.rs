//! # What it sees
//! The issues in other people's repositories in the window that share their
//! title with another one, summed over all such titles. `classic` compares
//! titles exactly, wherever they stand; `balanced` looks past case, digits,
//! punctuation and spaces, and counts a title only where it stands in two
//! repositories at least.
//!
//! # Why it matters
//! The same text sent to many projects was written for none of them.
//!
//! # When it is wrong
//! One bug can honestly concern several projects, and a release checklist has
//! the same title everywhere. Short titles ("Typo", "Update docs") coincide.
//!
//! # Where the thresholds come from
//! gh-profiler 0.9.0.

use super::case::Case;
use super::count::Counting;
use super::titles::{Sameness, bounds, repeated_items};
use super::{Definition, Reading, rule};
use crate::policy::PolicyName;
use crate::report::{GroupName, Thresholds};
use crate::words::Key;

const THRESHOLDS: Thresholds = Thresholds::more_than(3.0, 5.0);

pub(super) const DEFINITION: Definition = Definition {
    id: "repeated-issue-titles",
    sees: "Issues in other people's repositories that share their title with another.",
    balanced: rule(GroupName::Conduct, THRESHOLDS),
    classic: rule(GroupName::Issues, THRESHOLDS),
    read,
};

fn read(case: &Case<'_>, thresholds: Option<Thresholds>) -> Option<Reading> {
    let (sameness, words) = match case.policy {
        PolicyName::Classic => (
            Sameness::Exact,
            (
                Key::RepeatedIssueTitlesExact,
                Key::RepeatedIssueTitlesExactAtLeast,
            ),
        ),
        PolicyName::Balanced => (
            Sameness::AcrossRepositories,
            (Key::RepeatedIssueTitles, Key::RepeatedIssueTitlesAtLeast),
        ),
    };
    let counting = Counting {
        case,
        thresholds,
        sight: &case.issues,
        words,
        search: "",
    };
    Some(counting.read(
        |certain, possible, unseen| bounds(sameness, certain, possible, unseen),
        |certain| repeated_items(sameness, certain),
    ))
}
