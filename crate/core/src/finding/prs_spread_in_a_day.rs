//! # What it sees
//! The most owners to whom the author sent pull requests within any 24 hours of
//! the window that did not land, where the owner does not take the author's
//! work.
//!
//! # Why it matters
//! A burst over many projects is what a campaign looks like on its first day,
//! when hardly anything has been closed yet and no other number is high.
//!
//! # When it is wrong
//! A planned migration goes out in one evening, and so do the events where
//! people contribute together.
//!
//! # Where the thresholds come from
//! Ours, by reasoning: seven projects in a day leave two hours of a long day
//! for each, thirteen leave one. Figures: see `tests/judgement/README.md`. In
//! good-egg's study bursts alone said nothing (AUC .48), which is why landed
//! ones do not count here.

use super::case::Case;
use super::contribution::{Assumption, ContributionKind};
use super::count::{Counting, one_each_way};
use super::spread::{owners, search, untaken, widest_day};
use super::{Definition, Reading, Unit, rule};
use crate::report::{GroupName, Thresholds};
use crate::words::Key;

pub(super) const DEFINITION: Definition = Definition {
    id: "prs-spread-in-a-day",
    sees: "The most owners to whom pull requests were sent within 24 hours that did not land, where they take none of the author's work.",
    unit: Unit::Count,
    balanced: rule(GroupName::Conduct, Thresholds::more_than(6.0, 12.0)),
    classic: None,
    read,
};

fn read(case: &Case<'_>, thresholds: Option<Thresholds>) -> Option<Reading> {
    let counting = Counting {
        case,
        thresholds,
        activity: &case.pull_requests,
        words: (Key::PrsSpreadInADay, Key::PrsSpreadInADayAtLeast),
        search: search(ContributionKind::PullRequest),
    };
    Some(counting.read(
        &one_each_way(|items, assumption| owners(&widest_day(&untaken(case, items, assumption)))),
        &|items| widest_day(&untaken(case, items, Assumption::Best)),
    ))
}
