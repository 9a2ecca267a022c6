//! # What it sees
//! The pull requests of the window that somebody else closed without merging,
//! with owners that do not take the author's work. Withdrawn by the author,
//! landed by a commit, or closed by an app: none of these was turned down. An
//! owner takes the author's work where something landed, and at least as much
//! as was turned down, or where GitHub calls the author a contributor.
//!
//! # Why it matters
//! It is how other maintainers decided on this author's work a few days ago.
//! Several who do not know of each other, and hardly any who say yes, are a
//! pattern.
//!
//! # When it is wrong
//! Projects whose people close by hand what they land by other means (a merge
//! script under somebody's own account) look like projects that turn down;
//! the author is caught only if two such owners land nothing else. A class or
//! a hackathon whose pull requests are all closed looks the same. Much landed
//! with one owner hides what strangers turn down.
//!
//! # Where the thresholds come from
//! Three by three owners are the first number that is neither one bad day nor
//! a coincidence; two owners need four, one alone needs six, and twice three
//! are a strong signal. A fifth of all that was sent must be turned down, as
//! gh-profiler 0.9.0 has it. The share is a lower bound
//! (Wilson): worth a look where it is above one half by 95 %, one-sided, which
//! is 3 of 3 and 6 of 7; a strong signal where it is above .58 by 95 %,
//! two-sided, which is 6 of 6 and 11 of 12. Of newcomers' pull requests to
//! good first issues .58 were closed in 2025, and an author of whom each is
//! closed with that probability is a strong signal in at most 4 % of cases.
//! Figures: see `tests/judgement/README.md`. No set has people in bad faith
//! together with who closed.

use super::activity::ActivityFact;
use super::case::Case;
use super::count::range;
use super::turned_down::{Tally, extremes, shown};
use super::{Definition, Outcome, Reading, Unit, links, rule};
use crate::report::{GroupName, Sentence, Thresholds};
use crate::words::Key;

/// The share of newcomers' pull requests to good first issues that was closed
/// in 2025.
const NEWCOMERS_SHARE: f64 = 0.58;

pub(super) const DEFINITION: Definition = Definition {
    id: "prs-turned-down",
    sees: "Pull requests that others closed without merging, with owners that do not take the author's work; three by three owners, four by two or six by one; only where surely more than half of what was decided.",
    unit: Unit::Count,
    balanced: rule(GroupName::PullRequests, Thresholds::more_than(2.0, 5.0)),
    classic: None,
    read,
};

fn read(case: &Case<'_>, thresholds: Option<Thresholds>) -> Option<Reading> {
    let thresholds = thresholds?;
    let activity = match &case.pull_requests {
        ActivityFact::Needs(part) => return Some(Reading::behind(*part, false)),
        ActivityFact::Known(activity) => activity,
    };
    let range = range(case, activity, &|certain, possible, unseen| {
        let (best, worst) = extremes(case, certain, possible, unseen);
        let grade = |tally: Tally| tally.grade(thresholds, NEWCOMERS_SHARE);
        (grade(best), grade(worst))
    });
    let extremes = |unseen| extremes(case, &activity.certain, &activity.possible, unseen);
    let (best, worst) = (
        extremes(activity.unseen).0,
        extremes(activity.unseen_at_worst()).1,
    );
    let is_at_least = best.turned_down < worst.turned_down || activity.is_cut;
    Some(Reading {
        outcome: Outcome::Graded(range),
        sentence: sentence(best, is_at_least),
        measured: Some(best.turned_down.into()),
        is_at_least,
        links: links::to_items(
            case,
            activity.kind,
            &["is:unmerged is:closed"],
            &shown(case, &activity.certain),
        ),
    })
}

fn sentence(tally: Tally, is_at_least: bool) -> Sentence {
    let Tally {
        turned_down,
        owners,
        ..
    } = tally;
    let decided = tally.decided();
    match (turned_down, is_at_least) {
        (0, true) => Key::FindingNoneSeen.alone(),
        (0, false) => Key::PrsTurnedDownNone.alone(),
        (_, true) => Key::PrsTurnedDownAtLeast.with(&[turned_down, decided]),
        (_, false) if tally.is_too_few() => Key::PrsTurnedDownTooFew.with(&[turned_down, decided]),
        (_, false) if owners == 1 => Key::PrsTurnedDownByOne.with(&[turned_down, decided]),
        (_, false) => Key::PrsTurnedDown.with(&[turned_down, decided, owners]),
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::{Association, Fact};
    use crate::finding::testing::{found, pull_request, rex, told, with_unseen};
    use crate::policy::PolicyName::Balanced;

    fn check(lines: &[&str], unseen: u32, expected: &str) {
        let mut evidence = rex();
        evidence.organizations = Fact::NotAsked;
        evidence.pull_requests = found(lines, pull_request);
        if unseen > 0 {
            evidence.pull_requests = with_unseen(evidence.pull_requests, unseen);
        }
        let told = told("prs-turned-down", Balanced, &evidence);
        assert_eq!(told, expected, "{lines:?}");
    }

    const THREE: [&str; 3] = ["declined carl/a", "declined dora/a", "declined emil/a"];

    #[test]
    fn counts_what_others_turned_down() {
        check(&[], 0, "clear 0");
        check(&["withdrawn carl/a"; 9], 0, "clear 0");
        check(&["landed carl/a"; 9], 0, "clear 0");
        check(&["tidied carl/a"; 9], 0, "clear 0");
        check(&["declined rex/a"; 9], 0, "clear 0");
        check(&THREE[..2], 0, "clear 2");
        check(&THREE, 0, "caution 3");
        let twice = [&THREE[..], &THREE].concat();
        check(&twice[..5], 0, "caution 5");
        check(&twice, 0, "alert 6");
    }

    #[test]
    fn fewer_owners_must_turn_down_more() {
        check(&["declined carl/a"; 5], 0, "clear 5");
        // One owner alone may have reasons of their own.
        check(&["declined carl/a"; 6], 0, "caution 6");
        check(
            &["declined carl/a", "declined carl/b", "declined dora/a"],
            0,
            "clear 3",
        );
        check(
            &[
                "declined carl/a",
                "declined carl/b",
                "declined dora/a",
                "declined dora/b",
            ],
            0,
            "caution 4",
        );
    }

    #[test]
    fn few_of_many_are_too_few_to_tell() {
        check(&[&THREE[..], &["merged fay/a"]].concat(), 0, "clear 3");
        let many = [&THREE[..], &THREE, &["declined gus/a"]].concat();
        check(&[&many[..], &["merged fay/a"]].concat(), 0, "caution 7");
        check(&[&many[..], &["merged fay/a"; 4]].concat(), 0, "clear 7");
        // Much is open, and little decided.
        check(&[&THREE[..], &["open fay/a"; 12]].concat(), 0, "caution 3");
        check(&[&THREE[..], &["open fay/a"; 13]].concat(), 0, "clear 3");
    }

    #[test]
    fn who_takes_the_work_does_not_turn_it_down() {
        check(&[&THREE[..], &["merged carl/b"]].concat(), 0, "clear 2");
        check(&[&THREE[..], &["landed carl/b"]].concat(), 0, "clear 2");
        let mut evidence = rex();
        evidence.pull_requests = found(&THREE, pull_request);
        if let Fact::Known { value, .. } = &mut evidence.pull_requests {
            value.items[0].association = Some(Association::Contributor);
        }
        assert_eq!(told("prs-turned-down", Balanced, &evidence), "clear 2");
    }

    #[test]
    fn what_is_not_known_may_be_anything() {
        let closed = ["closed carl/a", "closed dora/a", "closed emil/a"];
        check(&closed[..2], 0, "clear 0+");
        check(&closed, 0, "clear to caution 0+ by {Closers}");
        check(&[&closed[..], &["merged fay/a"]].concat(), 0, "clear 0+");
        // Who closed is asked last.
        check(
            &[&closed[..], &["closed acme+/a"]].concat(),
            0,
            "clear to caution 0+ by {Organizations}",
        );
        check(&closed, 9, "clear to alert 0+ by {PullRequests}");
    }
}
