//! # What it sees
//! With how many owners the author has pull requests of the window that did
//! not land, where the owner does not take the author's work.
//!
//! # Why it matters
//! Nobody gets to know twenty projects in three weeks: whoever sends work to so
//! many has hardly used, built or tested most of them.
//!
//! # When it is wrong
//! Packagers, security researchers and people who move an ecosystem to a new
//! release touch many projects for good reasons, and in the first days hardly
//! anything of it has landed. Events where people contribute together
//! (Hacktoberfest) look the same.
//!
//! # Where the thresholds come from
//! Ours, by reasoning: eleven owners are one on every other day of the 21, and
//! twenty-one are one a day. What landed does not count, so that prolific
//! contributors are clear with room to spare. Figures: see
//! `tests/judgement/README.md`; the bad accounts there are those that trackers
//! print, which spread is what they were printed for.

use super::case::Case;
use super::contribution::{Assumption, ContributionKind};
use super::count::{Counting, one_each_way};
use super::spread::{one_an_owner, owners, search, untaken};
use super::{Definition, Reading, Unit, rule};
use crate::report::{GroupName, Thresholds};
use crate::words::Key;

pub(super) const DEFINITION: Definition = Definition {
    id: "prs-spread",
    sees: "Owners with pull requests that did not land and that take none of the author's work.",
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
        words: (Key::PrsSpread, Key::PrsSpreadAtLeast),
        search: search(ContributionKind::PullRequest),
    };
    Some(counting.read(
        &one_each_way(|items, assumption| owners(&untaken(case, items, assumption))),
        &|items| one_an_owner(&untaken(case, items, Assumption::Best)),
    ))
}
