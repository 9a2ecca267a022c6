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
use super::{Definition, Reading, Unit, rule};
use crate::report::{GroupName, Thresholds};
use crate::words::Key;

pub(super) const DEFINITION: Definition = Definition {
    id: "repeated-pr-titles",
    sees: "Pull requests to other people's repositories that share their title with one in another repository.",
    unit: Unit::Count,
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
        &|certain, possible, unseen| bounds(sameness, certain, possible, unseen),
        &|certain| repeated_items(sameness, certain),
    ))
}

#[cfg(test)]
mod tests {
    use crate::finding::testing::{found, pull_request, rex, told};
    use crate::policy::PolicyName::{Balanced, Classic};

    fn check(lines: &[&str], expected: &str) {
        let mut evidence = rex();
        evidence.pull_requests = found(lines, pull_request);
        let id = "repeated-pr-titles";
        assert_eq!(told(id, Balanced, &evidence), expected, "{lines:?}");
        assert_eq!(told(id, Classic, &evidence), "nothing");
    }

    #[test]
    fn counts_equal_titles_in_different_repositories() {
        check(
            &["open carl/a Improve README", "open carl/a improve  readme!"],
            "clear 0",
        );
        check(
            &[
                "open carl/a Improve README",
                "merged carl/b improve  readme!",
            ],
            "clear 2",
        );
        check(
            &["open carl/a Bump x to 1.2", "open carl/b Bump x to 13.4"],
            "clear 2",
        );
        check(&["open carl/a 🎉", "open carl/b 🚀"], "clear 0");
        check(
            &[
                "open carl/a T",
                "open carl/b T",
                "open dora/a T",
                "open dora/b T",
            ],
            "caution 4",
        );
        check(
            &[
                "open carl/a T",
                "open carl/b T",
                "open dora/a T",
                "open dora/b T",
                "open emil/a T",
                "open emil/a T",
            ],
            "alert 6",
        );
    }
}
