//! # What it sees
//! The issues in other people's repositories in the window that share their
//! title with another one, summed over all such titles. `classic` compares
//! titles exactly, wherever they stand. `balanced` looks past case, digits,
//! punctuation, spaces and the names of owner and repository, and counts a
//! title only where it stands unresolved with two owners at least, less one for
//! each that was completed.
//!
//! # Why it matters
//! The same text sent to many projects was written for none of them.
//!
//! # When it is wrong
//! One bug can honestly concern several projects, and the first of them have
//! not fixed it yet. Short titles ("Typo", "Update docs") coincide.
//!
//! # Where the thresholds come from
//! gh-profiler 0.9.0. Of two made-up profiles, somebody who reports one failure
//! to eight projects, three of which fixed it, is clear, and a researcher who
//! reports one flaw to ten is worth a look: nothing else validates it.

use super::case::Case;
use super::count::Counting;
use super::titles::{Excused, bounds, exact_bounds, exactly_repeated, repeated};
use super::{Definition, Reading, Unit, rule};
use crate::policy::PolicyName;
use crate::report::{GroupName, Thresholds};
use crate::words::Key;

const THRESHOLDS: Thresholds = Thresholds::more_than(3.0, 5.0);

pub(super) const DEFINITION: Definition = Definition {
    id: "repeated-issue-titles",
    sees: "Issues in other people's repositories that share their title with another.",
    unit: Unit::Count,
    balanced: rule(GroupName::Conduct, THRESHOLDS),
    classic: rule(GroupName::Issues, THRESHOLDS),
    read,
};

fn read(case: &Case<'_>, thresholds: Option<Thresholds>) -> Option<Reading> {
    let words = match case.policy {
        PolicyName::Classic => (
            Key::RepeatedIssueTitlesExact,
            Key::RepeatedIssueTitlesExactAtLeast,
        ),
        PolicyName::Balanced => (Key::RepeatedIssueTitles, Key::RepeatedIssueTitlesAtLeast),
    };
    let counting = Counting {
        case,
        thresholds,
        activity: &case.issues,
        words,
        search: "",
    };
    Some(match case.policy {
        PolicyName::Classic => counting.read(&exact_bounds, &exactly_repeated),
        PolicyName::Balanced => {
            let excused = Excused::OneForEach;
            counting.read(
                &|certain, possible, unseen| bounds(certain, possible, unseen, excused),
                &|certain| repeated(certain, excused),
            )
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::finding::testing::{found, issue, rex, times, told, with_unseen};
    use crate::policy::PolicyName::{Balanced, Classic};

    fn check(lines: &[&str], unseen: u32, classic: &str, balanced: &str) {
        let mut evidence = rex();
        evidence.issues = found(lines, issue);
        if unseen > 0 {
            evidence.issues = with_unseen(evidence.issues, unseen);
        }
        let id = "repeated-issue-titles";
        assert_eq!(told(id, Classic, &evidence), classic, "{lines:?}");
        assert_eq!(told(id, Balanced, &evidence), balanced, "{lines:?}");
    }

    #[test]
    fn sums_over_all_repeated_titles() {
        let (a, b) = ("open carl/a Crash", "open dora/b Crash");
        check(&[a], 0, "clear 0", "clear 0");
        check(&[a, b, "open emil/c Other"], 0, "clear 2", "clear 2");
        let four = [a, b, "open emil/c X", "open carl/a X"];
        check(&four, 0, "caution 4", "caution 4");
        check(&[a, b, "open rex/own Crash"], 0, "clear 2", "clear 2");
        // With one owner alone, `balanced` sees no campaign.
        check(&[a; 6], 0, "alert 6", "clear 0");
        let alike = [
            "open carl/a Crash",
            "open dora/b crash!",
            "open emil/c CRASH: c",
        ];
        check(&alike, 0, "clear 0", "clear 3");
    }

    #[test]
    fn each_completed_one_speaks_for_another() {
        let lines = [
            &["open carl/a Crash", "open dora/b Crash"][..],
            &["completed emil/c Crash"; 2],
        ];
        check(&lines.concat(), 0, "caution 4", "clear 0");
    }

    #[test]
    fn what_was_closed_for_no_reason_says_nothing() {
        let lines = [
            "open carl/a Crash",
            "closed dora/b Crash",
            "closed emil/c Crash",
        ];
        check(&lines, 0, "clear 3", "clear 0");
    }

    #[test]
    fn goes_past_both_thresholds() {
        for (count, expected) in [
            (3, "clear 3"),
            (4, "caution 4"),
            (5, "caution 5"),
            (6, "alert 6"),
        ] {
            let lines = times(count, "open owner-{}/r Crash");
            let lines: Vec<_> = lines.iter().map(String::as_str).collect();
            check(&lines, 0, expected, expected);
        }
    }

    #[test]
    fn what_was_not_seen_may_repeat_anything() {
        let different = ["open carl/a A", "open carl/b B", "open carl/c C"];
        check(&different, 1, "clear 0+", "clear 0+");
        let told = "clear to caution 0+ by {Issues}";
        check(&different, 2, told, told);
        // One more elsewhere makes all five of one owner count.
        check(
            &["open carl/a Crash"; 5],
            1,
            "caution to alert 5+ by {Issues}",
            "clear to alert 0+ by {Issues}",
        );
    }
}
