//! # What it sees
//! The most issues that one owner got from the author within any 24 hours of
//! the window and that are open or were turned down, less those that this owner
//! completed in the window; a third of them at least, and no more than that
//! where the page calls the author a contributor.
//!
//! # Why it matters
//! Twenty issues in a day are a day's triage for a project of volunteers.
//!
//! # When it is wrong
//! Testers of a release report what they find in one sitting, and somebody who
//! moves a list of tasks to GitHub opens them all at once.
//!
//! # Where the thresholds come from
//! Those of pull requests. Only one made-up profile tests it: nothing validates
//! it.

use super::case::Case;
use super::contribution::{Assumption, Contribution, ContributionKind};
use super::count::{Bounds, Counting};
use super::spread::{Excuse, flood, search};
use super::{Definition, Reading, Unit, rule};
use crate::report::{GroupName, Thresholds};
use crate::words::Key;

pub(super) const DEFINITION: Definition = Definition {
    id: "issues-flood",
    sees: "The most issues with one owner within 24 hours that are unresolved, less those completed there.",
    unit: Unit::Count,
    balanced: rule(GroupName::Issues, Thresholds::more_than(10.0, 20.0)),
    classic: None,
    read,
};

fn read(case: &Case<'_>, thresholds: Option<Thresholds>) -> Option<Reading> {
    let counting = Counting {
        case,
        thresholds,
        activity: &case.issues,
        words: (Key::IssuesFlood, Key::IssuesFloodAtLeast),
        search: search(ContributionKind::Issue),
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
