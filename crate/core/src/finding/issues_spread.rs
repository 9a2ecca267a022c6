//! # What it sees
//! With how many owners the author has issues of the window that are open or
//! were turned down, where the owner completed none, or fewer than it turned
//! down.
//!
//! # Why it matters
//! Issues cost nothing to open and everybody's time to read; a scan of strange
//! projects for things to suggest is what fills them.
//!
//! # When it is wrong
//! Packagers report one failure to many upstreams, and researchers one flaw;
//! most projects need more than three weeks for an issue.
//!
//! # Where the thresholds come from
//! Ours, by reasoning: eleven owners are one on every other day of the 21. An
//! issue may rightly stay open longer than a pull request, so the second
//! threshold is thrice the first. Only two reported accounts and two made-up
//! profiles test it: nothing validates it.

use super::case::Case;
use super::contribution::{Assumption, ContributionKind};
use super::count::{Counting, one_each_way};
use super::spread::{one_an_owner, owners, search, untaken};
use super::{Definition, Reading, Unit, rule};
use crate::report::{GroupName, Thresholds};
use crate::words::Key;

pub(super) const DEFINITION: Definition = Definition {
    id: "issues-spread",
    sees: "Owners with unresolved issues that completed none of the author's.",
    unit: Unit::Count,
    balanced: rule(GroupName::Issues, Thresholds::more_than(10.0, 30.0)),
    classic: None,
    read,
};

fn read(case: &Case<'_>, thresholds: Option<Thresholds>) -> Option<Reading> {
    let counting = Counting {
        case,
        thresholds,
        activity: &case.issues,
        words: (Key::IssuesSpread, Key::IssuesSpreadAtLeast),
        search: search(ContributionKind::Issue),
    };
    Some(counting.read(
        &one_each_way(|items, assumption| owners(&untaken(case, items, assumption))),
        &|items| one_an_owner(&untaken(case, items, Assumption::Best)),
    ))
}
