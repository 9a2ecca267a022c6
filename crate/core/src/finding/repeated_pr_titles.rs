//! # What it sees
//! The pull requests of the window that did not land and share their title
//! with one to another owner, when case, digits, punctuation, spaces and the
//! names of owner and repository are looked past; summed over all such titles,
//! but for those of which at least half landed, and two did.
//!
//! # Why it matters
//! The same change sent to many projects was made for none of them, and each
//! of them pays for the review.
//!
//! # When it is wrong
//! Somebody who carries one real fix through several projects does the same,
//! until half of them have taken it. "Update README.md" is what GitHub's own
//! editor proposes as a title.
//!
//! # Where the thresholds come from
//! The same as for issues, which are gh-profiler 0.9.0's: it does not look at
//! the titles of pull requests. Counted by repository and with what landed, it
//! was wrong for 10 of 22 innocent profiles (releases, backports, migrations);
//! counted so, for none but one who adds a tool to six lists, which is worth a
//! look. In the other sets titles are made up or not told: nothing validates
//! it there.

use super::case::Case;
use super::count::Counting;
use super::titles::{Excused, bounds, repeated};
use super::{Definition, Reading, Unit, rule};
use crate::report::{GroupName, Thresholds};
use crate::words::Key;

pub(super) const DEFINITION: Definition = Definition {
    id: "repeated-pr-titles",
    sees: "Pull requests that did not land and share their title with one to another owner, unless at least half of that title landed.",
    unit: Unit::Count,
    balanced: rule(GroupName::Conduct, Thresholds::more_than(3.0, 5.0)),
    classic: None,
    read,
};

fn read(case: &Case<'_>, thresholds: Option<Thresholds>) -> Option<Reading> {
    let counting = Counting {
        case,
        thresholds,
        activity: &case.pull_requests,
        words: (Key::RepeatedPrTitles, Key::RepeatedPrTitlesAtLeast),
        search: "-is:merged",
    };
    let excused = Excused::WhereHalfLanded;
    Some(counting.read(
        &|certain, possible, unseen| bounds(certain, possible, unseen, excused),
        &|certain| repeated(certain, excused),
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
    fn counts_equal_titles_with_different_owners() {
        let one = ["open carl/a Improve docs", "open carl/b improve  docs!"];
        check(&one, "clear 0");
        let two = [
            "open carl/a Improve docs",
            "withdrawn dora/b improve  docs!",
        ];
        check(&two, "clear 2");
        let numbers = [
            "open carl/a Bump x to 1.2",
            "declined dora/b Bump x to 13.4",
        ];
        check(&numbers, "clear 2");
        check(&["open carl/a 🎉", "open dora/b 🚀"], "clear 0");
        check(
            &[
                "open carl/a T",
                "open carl/b T",
                "open dora/a T",
                "open dora/b T",
            ],
            "caution 4",
        );
        let named = ["open carl/abc Docs for abc", "open dora/xyz Docs for xyz"];
        check(&named, "clear 2");
    }

    #[test]
    fn what_landed_excuses() {
        let open = [
            "open carl/a T",
            "open dora/a T",
            "open emil/a T",
            "open fay/a T",
        ];
        check(&open, "caution 4");
        let with = |landed: &[&'static str]| [&open[..], landed].concat();
        check(&with(&["merged gus/a T"; 3]), "caution 4");
        check(&with(&["merged gus/a T"; 4]), "clear 0");
        check(&with(&["landed gus/a T"; 4]), "clear 0");
        check(
            &["merged carl/a T", "merged dora/a T", "merged emil/a T"],
            "clear 0",
        );
    }

    #[test]
    fn who_closed_may_decide() {
        let lines = [
            "open carl/a T",
            "open dora/a T",
            "open emil/a T",
            "closed fay/a T",
        ];
        check(&lines, "clear to caution 3+ by {Closers}");
    }
}
