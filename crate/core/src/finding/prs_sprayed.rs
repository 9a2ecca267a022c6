//! # What it sees
//! In how many of other people's repositories the author opened pull requests
//! in the window.
//!
//! # Why it matters
//! Nobody gets to know forty projects in three weeks: whoever sends work to so
//! many has hardly used, built or tested most of them.
//!
//! # When it is wrong
//! Packagers, security researchers and people who move an ecosystem to a new
//! release touch many repositories for good reasons, mostly with the consent
//! of their owners.
//!
//! # Where the thresholds come from
//! Ours, by reasoning and not by measuring: a prolific contributor who helps
//! ten projects in the window must be clear with room to spare. Twenty is a
//! new project on nearly every day of the 21, weekends included; forty is two
//! a day.

use super::case::Case;
use super::count::{Counting, one_each};
use super::{Definition, Reading, rule};
use crate::evidence::PullRequest;
use crate::report::{GroupName, Thresholds};
use crate::words::Key;
use std::collections::BTreeSet;

pub(super) const DEFINITION: Definition = Definition {
    id: "prs-sprayed",
    sees: "Other people's repositories in which pull requests were opened.",
    balanced: rule(GroupName::Conduct, Thresholds::more_than(20.0, 40.0)),
    classic: None,
    read,
};

fn read(case: &Case<'_>, thresholds: Option<Thresholds>) -> Option<Reading> {
    let counting = Counting {
        case,
        thresholds,
        sight: &case.pull_requests,
        words: (Key::PrsSprayed, Key::PrsSprayedAtLeast),
        search: "",
    };
    Some(counting.read(one_each(repositories), one_a_repository))
}

fn repositories(pull_requests: &[&PullRequest]) -> usize {
    one_a_repository(pull_requests).len()
}

/// The newest pull request in each repository.
fn one_a_repository<'a>(pull_requests: &[&'a PullRequest]) -> Vec<&'a PullRequest> {
    let mut newest = pull_requests.to_vec();
    newest.sort_by_key(|pr| std::cmp::Reverse((pr.item.created_at, pr.item.number)));
    let mut seen = BTreeSet::new();
    newest.retain(|pr| seen.insert(&pr.item.repository));
    newest
}
