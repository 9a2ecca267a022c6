//! # What it sees
//! Of the pull requests that the author opened in other people's repositories
//! in the window, the share that was closed without being merged.
//!
//! # Why it matters
//! It is how other maintainers decided on this author's work a few days ago.
//!
//! # When it is wrong
//! GitHub does not say who closed: an author who withdraws a pull request and
//! opens a better one looks like one who was turned down. Projects that merge
//! by other means than GitHub's button close everything unmerged.
//!
//! # Where the thresholds come from
//! gh-profiler 0.9.0, with its two floors: below four pull requests nothing is
//! said, and two closed ones are never worth a look by the first threshold.

use super::activity::ActivityFact;
use super::case::Case;
use super::contribution::Contribution;
use super::count::{number, range};
use super::{Definition, Grade, Outcome, Reading, Unit, links, rule};
use crate::evidence::PullRequestState;
use crate::report::{GroupName, Thresholds};
use crate::words::Key;

/// Fewer pull requests than this are no pattern.
const FEWEST_OPENED: u32 = 4;

/// Up to so many closed ones, the first threshold is not passed.
const FEW_CLOSED: u32 = 2;

/// A fifth is worth a look, half is a strong signal.
const THRESHOLDS: Thresholds = Thresholds::more_than(0.2, 0.5);

pub(super) const DEFINITION: Definition = Definition {
    id: "prs-closed-unmerged",
    sees: "Share of the pull requests to other people's repositories that was closed without merging; from 4 opened, and for the first threshold from 3 closed.",
    unit: Unit::Share,
    // `prs-turned-down` takes its place: who closed is what matters.
    balanced: None,
    classic: rule(GroupName::PullRequests, THRESHOLDS),
    read,
};

/// What was opened, and what of it was closed.
#[derive(Clone, Copy)]
pub(crate) struct Tally {
    pub(crate) closed: u32,
    pub(crate) opened: u32,
}

impl Tally {
    fn of(pull_requests: &[Contribution<'_>]) -> Self {
        Self {
            closed: number(closed(pull_requests).len()),
            opened: number(pull_requests.len()),
        }
    }

    fn ratio(self) -> f64 {
        if self.opened == 0 {
            0.0
        } else {
            f64::from(self.closed) / f64::from(self.opened)
        }
    }

    pub(crate) fn grade(self, thresholds: Thresholds) -> Grade {
        if self.opened < FEWEST_OPENED {
            return Grade::Clear;
        }
        match thresholds.grade(self.ratio()) {
            Grade::Caution if self.closed <= FEW_CLOSED => Grade::Clear,
            grade => grade,
        }
    }
}

fn closed<'a>(pull_requests: &[Contribution<'a>]) -> Vec<Contribution<'a>> {
    let mut closed = pull_requests.to_vec();
    closed.retain(|it| it.is_pull_request(PullRequestState::Closed));
    closed
}

fn read(case: &Case<'_>, thresholds: Option<Thresholds>) -> Option<Reading> {
    let thresholds = thresholds?;
    let activity = match &case.pull_requests {
        ActivityFact::Needs(part) => return Some(Reading::behind(*part, false)),
        ActivityFact::Known(activity) => activity,
    };
    let range = range(case, activity, &|certain, possible, unseen| {
        grades(Tally::of(certain), Tally::of(possible), unseen, thresholds)
    });
    let tally = Tally::of(&activity.certain);
    let is_at_least = activity.unseen > 0 || activity.certain.len() < activity.possible.len();
    let sentence = if is_at_least {
        Key::PrsClosedUnmergedAtLeast.with(&[tally.closed, tally.opened])
    } else if tally.opened == 0 {
        Key::PrsClosedUnmergedNone.alone()
    } else {
        Key::PrsClosedUnmerged.with(&[tally.closed, tally.opened])
    };
    Some(Reading {
        outcome: Outcome::Graded(range),
        sentence,
        measured: Some(tally.ratio()),
        is_at_least,
        links: links::to_items(
            case,
            activity.kind,
            &["is:unmerged is:closed", ""],
            &closed(&activity.certain),
        ),
    })
}

/// The best and the worst grade. A share can fall and rise with what is not
/// known, so every number of further closed ones is tried; for each of them
/// the share is highest with as few others as the floor allows, and the grade
/// best with no others or with all.
fn grades(certain: Tally, possible: Tally, unseen: u32, thresholds: Thresholds) -> (Grade, Grade) {
    let maybe_closed = possible.closed - certain.closed;
    let maybe_others = (possible.opened - certain.opened) - maybe_closed;
    let grades = (0..=maybe_closed + unseen).flat_map(|closed| {
        let unseen_left = unseen - closed.saturating_sub(maybe_closed);
        let most = maybe_others + unseen_left;
        let opened = certain.opened + closed;
        let fewest = FEWEST_OPENED.saturating_sub(opened).min(most);
        [0, fewest, most].map(|others| {
            let tally = Tally {
                closed: certain.closed + closed,
                opened: opened + others,
            };
            tally.grade(thresholds)
        })
    });
    grades.fold((Grade::Alert, Grade::Clear), |(low, high), grade| {
        (low.min(grade), high.max(grade))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Fact;
    use crate::finding::testing::{found, pull_request, rex, told, with_unseen};
    use crate::policy::PolicyName::Classic;

    fn check(lines: &[&str], unseen: u32, expected: &str) {
        let mut evidence = rex();
        evidence.organizations = Fact::NotAsked;
        evidence.pull_requests = found(lines, pull_request);
        if unseen > 0 {
            evidence.pull_requests = with_unseen(evidence.pull_requests, unseen);
        }
        let told = told("prs-closed-unmerged", Classic, &evidence);
        assert_eq!(told, expected, "{lines:?}");
    }

    #[test]
    fn compares_closed_with_opened() {
        let (closed, open, merged) = ("closed carl/a", "open carl/a", "merged carl/a");
        check(&[closed, "open rex/own"], 0, "clear 1");
        check(&[closed, closed, closed], 0, "clear 1");
        check(&[closed, closed, open, merged], 0, "clear 0.5");
        check(&[closed, closed, closed, merged], 0, "alert 0.75");
        check(
            &[closed, closed, closed, open, open, open],
            0,
            "caution 0.5",
        );
        check(&[closed, closed, open, open, open], 0, "clear 0.4");
        let fifteen = [&[closed; 3][..], &[merged; 12]].concat();
        check(&fifteen, 0, "clear 0.2");
        check(&fifteen[..14], 0, "caution 0.21428571428571427");
        check(&["closed REX/own", "closed rex/own"], 0, "clear 0");
    }

    #[test]
    fn what_is_not_known_may_be_anything() {
        let (closed, open, org) = ("closed carl/a", "open carl/a", "closed acme+/a");
        check(&[open, open, open, org], 0, "clear 0+");
        check(
            &[closed, closed, open, org],
            0,
            "clear to alert 0.6666666666666666+ by {Organizations}",
        );
        check(&[closed; 9], 1, "alert 1+");
        check(&[closed; 9], 9, "caution to alert 1+ by {PullRequests}");
        check(&[open; 9], 2, "clear 0+");
        check(&[open; 9], 3, "clear to caution 0+ by {PullRequests}");
        // Whatever the organizations are, the pages are needed.
        check(
            &[org, open, open, open],
            20,
            "clear to alert 0+ by {Organizations, PullRequests}",
        );
    }

    /// The short way to best and worst agrees with trying everything.
    #[test]
    fn tries_as_good_as_everything() {
        for code in 0..4_u32.pow(5) {
            let digit = |place: u32| code / 4_u32.pow(place) % 4;
            let (closed, others, maybe_closed, maybe_others, unseen) =
                (digit(0), digit(1), digit(2), digit(3), digit(4));
            let certain = Tally {
                closed,
                opened: closed + others,
            };
            let possible = Tally {
                closed: closed + maybe_closed,
                opened: certain.opened + maybe_closed + maybe_others,
            };
            let mut all = Vec::new();
            for more_closed in 0..=maybe_closed + unseen {
                let left = unseen - more_closed.saturating_sub(maybe_closed);
                for more_others in 0..=maybe_others + left {
                    let tally = Tally {
                        closed: closed + more_closed,
                        opened: certain.opened + more_closed + more_others,
                    };
                    all.push(tally.grade(THRESHOLDS));
                }
            }
            let expected = (*all.iter().min().unwrap(), *all.iter().max().unwrap());
            assert_eq!(
                grades(certain, possible, unseen, THRESHOLDS),
                expected,
                "{code}"
            );
        }
    }
}
