//! # What it sees
//! The pull requests to other people's repositories in the window that share
//! their title with one in another repository, when case, digits, punctuation
//! and spaces are looked past; summed over all such titles.
//!
//! # Why it matters
//! The same change sent to many projects was made for none of them, and each
//! of them pays for the review.
//!
//! # When it is wrong
//! Somebody who carries one real fix through a family of projects does the
//! same. "Update README.md" is what GitHub's own editor proposes as a title.
//!
//! # Where the thresholds come from
//! The same as for issues, which are gh-profiler 0.9.0's: it does not look at
//! the titles of pull requests, and nothing says that three equal ones weigh
//! more or less.

use super::case::Case;
use super::count::Counting;
use super::titles::{Sameness, bounds, repeated_items};
use super::{Definition, Reading, rule};
use crate::report::{GroupName, Thresholds};
use crate::words::Key;

pub(super) const DEFINITION: Definition = Definition {
    id: "repeated-pr-titles",
    sees: "Pull requests to other people's repositories that share their title with one in another repository.",
    balanced: rule(GroupName::Conduct, Thresholds::more_than(3.0, 5.0)),
    classic: None,
    read,
};

fn read(case: &Case<'_>, thresholds: Option<Thresholds>) -> Option<Reading> {
    let counting = Counting {
        case,
        thresholds,
        sight: &case.pull_requests,
        words: (Key::RepeatedPrTitles, Key::RepeatedPrTitlesAtLeast),
        search: "",
    };
    let sameness = Sameness::AcrossRepositories;
    Some(counting.read(
        |certain, possible, unseen| bounds(sameness, certain, possible, unseen),
        |certain| repeated_items(sameness, certain),
    ))
}
