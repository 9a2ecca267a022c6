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

use super::case::{Case, Opened};
use super::count::{Counting, one_each};
use super::{Definition, Reading, Unit, rule};
use crate::report::{GroupName, Thresholds};
use crate::repository::Repository;
use crate::words::Key;
use litemap::LiteMap;

pub(super) const DEFINITION: Definition = Definition {
    id: "prs-sprayed",
    sees: "Other people's repositories in which pull requests were opened.",
    unit: Unit::Count,
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
    Some(counting.read(&one_each(repositories), &one_a_repository))
}

fn repositories(pull_requests: &[Opened<'_>]) -> usize {
    one_a_repository(pull_requests).len()
}

/// The newest pull request in each repository.
pub(super) fn one_a_repository<'a>(pull_requests: &[Opened<'a>]) -> Vec<Opened<'a>> {
    let mut newest: LiteMap<&Repository, Opened<'a>> = LiteMap::new();
    let age = |opened: Opened<'_>| (opened.item().created_at, opened.item().number);
    for &opened in pull_requests {
        let known = newest.entry(&opened.item().repository).or_insert(opened);
        if age(*known) < age(opened) {
            *known = opened;
        }
    }
    newest.values().copied().collect()
}

#[cfg(test)]
mod tests {
    use crate::evidence::Fact;
    use crate::finding::testing::{found, pull_request, read, rex, times, told, with_unseen};
    use crate::policy::PolicyName::Balanced;

    fn check(repositories: usize, unseen: u32, expected: &str) {
        let lines = times(repositories, "open carl/r{}");
        let mut lines: Vec<_> = lines.iter().map(String::as_str).collect();
        // A second one in the same repository makes no difference.
        lines.extend(["open carl/R0", "open rex/own"]);
        let mut evidence = rex();
        evidence.pull_requests = found(&lines, pull_request);
        if unseen > 0 {
            evidence.pull_requests = with_unseen(evidence.pull_requests, unseen);
        }
        assert_eq!(told("prs-sprayed", Balanced, &evidence), expected);
    }

    #[test]
    fn counts_repositories() {
        check(10, 0, "clear 10");
        check(20, 0, "clear 20");
        check(21, 0, "caution 21");
        check(40, 0, "caution 40");
        check(41, 0, "alert 41");
    }

    #[test]
    fn what_was_not_seen_may_be_elsewhere() {
        check(10, 10, "clear 10+");
        check(10, 11, "clear to caution 10+ by {PullRequests}");
        check(41, 900, "alert 41+");
    }

    #[test]
    fn organizations_may_explain_it() {
        let lines = times(21, "open acme+/r{}");
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        let mut evidence = rex();
        evidence.pull_requests = found(&lines, pull_request);
        evidence.organizations = Fact::NotAsked;
        let told = told("prs-sprayed", Balanced, &evidence);
        assert_eq!(told, "clear to caution 0+ by {Organizations}");
    }

    #[test]
    fn links_to_the_search_and_the_newest() {
        let mut evidence = rex();
        evidence.pull_requests =
            found(&["open carl/a <b>New</b>", "open carl/a Old"], pull_request);
        let links = read("prs-sprayed", Balanced, &evidence).unwrap().links;
        let shown: Vec<_> = links
            .iter()
            .map(|l| (l.label.as_str(), l.url.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                (
                    "author:rex is:pr is:public created:>=2026-10-31",
                    "https://github.com/search?q=author%3Arex%20is%3Apr%20is%3Apublic%20created%3A%3E%3D2026-10-31&type=pullrequests",
                ),
                ("carl/a#1: <b>New</b>", "https://github.com/carl/a/pull/1"),
            ]
        );
    }
}
