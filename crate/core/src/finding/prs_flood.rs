//! # What it sees
//! The most pull requests that one owner got from the author within any 24
//! hours of the window and that are open or were turned down, less those that
//! landed with this owner in the window; a third of them at least, and no more
//! than that where GitHub calls the author a contributor.
//!
//! # Why it matters
//! Forty pull requests in a day are forty reviews, whatever is in them, and
//! one project alone cannot see that it is the only one.
//!
//! # When it is wrong
//! A sprint, or the first day of a migration that was agreed upon, by somebody
//! whose membership is hidden and of whom nothing has landed yet.
//!
//! # Where the thresholds come from
//! Ours, by reasoning: more than ten are more than one an hour of a working
//! day, more than twenty are one each half an hour. That a contributor's count
//! a third is in no data set; made-up records in `tests/judgement` say what it
//! does. Figures: see `tests/judgement/README.md`.

use super::case::Case;
use super::contribution::{Assumption, Contribution, ContributionKind};
use super::count::{Bounds, Counting};
use super::spread::{Excuse, flood, search};
use super::{Definition, Reading, Unit, rule};
use crate::report::{GroupName, Thresholds};
use crate::words::Key;

pub(super) const DEFINITION: Definition = Definition {
    id: "prs-flood",
    sees: "The most pull requests to one owner within 24 hours that are open or were turned down, less those that landed there.",
    unit: Unit::Count,
    balanced: rule(GroupName::Conduct, Thresholds::more_than(10.0, 20.0)),
    classic: None,
    read,
};

fn read(case: &Case<'_>, thresholds: Option<Thresholds>) -> Option<Reading> {
    let counting = Counting {
        case,
        thresholds,
        activity: &case.pull_requests,
        words: (Key::PrsFlood, Key::PrsFloodAtLeast),
        search: search(ContributionKind::PullRequest),
    };
    let bounds = |certain: &[Contribution<'_>], possible: &[Contribution<'_>], unseen: u32| {
        // What landed unseen excuses no more than anything can.
        let excuse = if unseen == 0 {
            Excuse::Known
        } else {
            Excuse::Possible
        };
        Bounds {
            low: flood(case, certain, Assumption::Best, excuse).0,
            high: flood(case, possible, Assumption::Worst, Excuse::Known)
                .0
                .saturating_add(unseen),
        }
    };
    Some(counting.read(&bounds, &|items| {
        flood(case, items, Assumption::Best, Excuse::Known).1
    }))
}
