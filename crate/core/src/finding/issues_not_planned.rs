//! # What it sees
//! The issues that the author opened in other people's repositories in the
//! window and that were closed as not planned. `balanced` also counts those
//! closed as duplicates, and only with owners that completed fewer of them.
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
//! gh-profiler 0.9.0, which knows no duplicates. `balanced` asks besides for
//! two owners, or for six with one, and for a share above one half of what was
//! decided by a lower bound of 95 % (Wilson), so that a tester with 7 turned
//! down of 60 is clear; a made-up profile is all that says so.

use super::activity::ActivityFact;
use super::case::Case;
use super::contribution::Contribution;
use super::count::{Counting, one_each, range};
use super::turned_down::{Tally, extremes, shown};
use super::{Definition, Outcome, Reading, Unit, links, rule};
use crate::policy::PolicyName;
use crate::report::{GroupName, Sentence, Thresholds};
use crate::words::Key;

const THRESHOLDS: Thresholds = Thresholds::more_than(3.0, 5.0);

/// More than this share must surely be turned down for a strong signal. What
/// share of a newcomer's issues is turned down, nobody has told.
const ALERT_SHARE: f64 = 0.5;

pub(super) const DEFINITION: Definition = Definition {
    id: "issues-not-planned",
    sees: "Issues in other people's repositories closed as not planned; under `balanced` also as duplicates, and only where surely more than half of what was decided.",
    unit: Unit::Count,
    balanced: rule(GroupName::Issues, THRESHOLDS),
    classic: rule(GroupName::Issues, THRESHOLDS),
    read: |case, thresholds| match case.policy {
        PolicyName::Classic => read_classic(case, thresholds),
        PolicyName::Balanced => read_balanced(case, thresholds?),
    },
};

fn read_classic(case: &Case<'_>, thresholds: Option<Thresholds>) -> Option<Reading> {
    let counting = Counting {
        case,
        thresholds,
        activity: &case.issues,
        words: (Key::IssuesNotPlanned, Key::IssuesNotPlannedAtLeast),
        search: "reason:\"not planned\"",
    };
    Some(counting.read(&one_each(|issues| not_planned(issues).len()), &not_planned))
}

fn not_planned<'a>(issues: &[Contribution<'a>]) -> Vec<Contribution<'a>> {
    let is_not_planned = |contribution: &&Contribution<'_>| matches!(contribution, Contribution::Issue(it) if it.is_not_planned_without_duplicates);
    issues.iter().filter(is_not_planned).copied().collect()
}

fn read_balanced(case: &Case<'_>, thresholds: Thresholds) -> Option<Reading> {
    let activity = match &case.issues {
        ActivityFact::Needs(part) => return Some(Reading::behind(*part, false)),
        ActivityFact::Known(activity) => activity,
    };
    let range = range(case, activity, &|certain, possible, unseen| {
        let (best, worst) = extremes(case, certain, possible, unseen);
        let grade = |tally: Tally| tally.grade(thresholds, ALERT_SHARE);
        (grade(best), grade(worst))
    });
    let (best, worst) = extremes(case, &activity.certain, &activity.possible, activity.unseen);
    let is_at_least = best.turned_down < worst.turned_down || activity.is_cut;
    Some(Reading {
        outcome: Outcome::Graded(range),
        sentence: sentence(best, is_at_least),
        measured: Some(best.turned_down.into()),
        is_at_least,
        // Search has no way to ask for one reason or another.
        links: links::to_items(
            case,
            activity.kind,
            &["is:closed"],
            &shown(case, &activity.certain),
        ),
    })
}

fn sentence(tally: Tally, is_at_least: bool) -> Sentence {
    let numbers = [tally.turned_down, tally.decided()];
    match (tally.turned_down, is_at_least) {
        (0, true) => Key::FindingNoneSeen.alone(),
        (0, false) => Key::IssuesTurnedDownNone.alone(),
        (_, true) => Key::IssuesTurnedDownAtLeast.with(&[tally.turned_down]),
        (_, false) if tally.is_too_few() => Key::IssuesTurnedDownTooFew.with(&numbers),
        (_, false) => Key::IssuesTurnedDown.with(&numbers),
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::Fact;
    use crate::finding::testing::{found, issue, read, rex, told, with_unseen};
    use crate::policy::PolicyName::{Balanced, Classic};
    use crate::words::Key;

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
        // With one owner, six are the fewest, and no strong signal.
        check(&[no, no, no, double], 0, "clear 3", "clear 4");
        check(&[no; 5], 0, "caution 5", "clear 5");
        check(&[no; 6], 0, "alert 6", "caution 6");
        check(&[double; 6], 0, "clear 0", "caution 6");
        let other = "not-planned dora/a";
        check(&[no, no, other], 0, "clear 3", "clear 3");
        check(&[no, no, no, other], 0, "caution 4", "caution 4");
        check(&[no, no, no, no, no, other], 0, "alert 6", "alert 6");
        // Surely more than half of what was decided, and a fifth of all.
        let done = ["completed emil/a"; 3];
        check(
            &[&[no, no, no, other][..], &done].concat(),
            0,
            "caution 4",
            "clear 4",
        );
        check(
            &[&[no, no, no, other][..], &["open emil/a"; 17]].concat(),
            0,
            "caution 4",
            "clear 4",
        );
        // Who completes as many takes them.
        check(
            &[&[no, no, no, other][..], &["completed carl/a"; 3]].concat(),
            0,
            "caution 4",
            "clear 1",
        );
    }

    #[test]
    fn what_is_not_known_may_be_anything() {
        let (no, org) = ("not-planned carl/a", "not-planned acme+/a");
        check(&[no, org], 0, "clear 1+", "clear 1+");
        let told = "clear to caution 3+ by {Organizations}";
        check(&[no, no, no, org], 0, told, told);
        // What is unseen may have been completed by the same owner.
        check(&[no; 6], 100, "alert 6+", "clear to alert 0+ by {Issues}");
        let classic = "clear to caution 3+ by {Issues}";
        check(&[no; 3], 2, classic, "clear to caution 0+ by {Issues}");
    }

    #[test]
    fn few_are_said_to_be_too_few_to_tell() {
        let said = |count, plus: &str| {
            let mut evidence = rex();
            let lines = ["not-planned carl/a", "not-planned dora/a"].repeat(count);
            evidence.issues = found(&[&lines[..], &[plus]].concat(), issue);
            let reading = read("issues-not-planned", Balanced, &evidence);
            reading.unwrap().sentence
        };
        let too_few = Key::IssuesTurnedDownTooFew.with(&[2, 2]);
        assert_eq!(said(1, "open emil/a"), too_few);
        let enough = Key::IssuesTurnedDown.with(&[4, 4]);
        assert_eq!(said(2, "open emil/a"), enough);
        let half = Key::IssuesTurnedDownTooFew.with(&[4, 5]);
        assert_eq!(said(2, "completed emil/a"), half);
    }
}
