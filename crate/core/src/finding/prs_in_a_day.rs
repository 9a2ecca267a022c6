//! # What it sees
//! The most of other people's repositories in which the author opened pull
//! requests within any 24 hours of the window.
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
//! Ours, by reasoning and not by measuring: ten projects in a day leave less
//! than an hour and a half of a long day for each, twenty leave half of that.

use super::case::{Case, Opened};
use super::count::{Counting, newest_first, one_each};
use super::{Definition, Reading, Unit, rule};
use crate::report::{GroupName, Thresholds};
use crate::words::Key;
use litemap::LiteMap;

/// How long the burst may be, in seconds.
const A_DAY: i64 = 86_400;

pub(super) const DEFINITION: Definition = Definition {
    id: "prs-in-a-day",
    sees: "The most of other people's repositories in which pull requests were opened within 24 hours.",
    unit: Unit::Count,
    balanced: rule(GroupName::Conduct, Thresholds::more_than(10.0, 20.0)),
    classic: None,
    read,
};

fn read(case: &Case<'_>, thresholds: Option<Thresholds>) -> Option<Reading> {
    let counting = Counting {
        case,
        thresholds,
        sight: &case.pull_requests,
        words: (Key::PrsInADay, Key::PrsInADayAtLeast),
        search: "",
    };
    Some(counting.read(&one_each(|prs| fullest_day(prs).0), &|prs| {
        fullest_day(prs).1
    }))
}

/// How many repositories the fullest 24 hours hold, and the pull requests of
/// those hours.
fn fullest_day<'a>(pull_requests: &[Opened<'a>]) -> (usize, Vec<Opened<'a>>) {
    let mut by_time = newest_first(pull_requests);
    by_time.reverse();
    let mut within: LiteMap<_, usize> = LiteMap::new_vec();
    let (mut first, mut best) = (0, (0, 0..0));
    for (last, opened) in by_time.iter().enumerate() {
        *within.entry(&opened.item().repository).or_default() += 1;
        let end = opened.item().created_at.as_second();
        while let Some(oldest) = by_time.get(first).map(|it| it.item()) {
            if end - oldest.created_at.as_second() < A_DAY {
                break;
            }
            if let Some(count) = within.get_mut(&oldest.repository) {
                *count -= 1;
                if *count == 0 {
                    within.remove(&oldest.repository);
                }
            }
            first += 1;
        }
        if within.len() > best.0 {
            best = (within.len(), first..last + 1);
        }
    }
    let (repositories, range) = best;
    (
        repositories,
        by_time.get(range).unwrap_or_default().to_vec(),
    )
}

#[cfg(test)]
mod tests {
    use crate::finding::testing::{found, pull_request, rex, times, told};
    use crate::policy::PolicyName::Balanced;

    /// Lines are an hour apart.
    fn check(lines: &[String], expected: &str) {
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        let mut evidence = rex();
        evidence.pull_requests = found(&lines, pull_request);
        assert_eq!(told("prs-in-a-day", Balanced, &evidence), expected);
    }

    #[test]
    fn finds_the_fullest_day() {
        check(&[], "clear 0");
        check(&times(10, "open carl/r{}"), "clear 10");
        check(&times(11, "open carl/r{}"), "caution 11");
        check(&times(21, "open carl/r{}"), "alert 21");
        // No more than 24 fit into a day when an hour lies between two.
        check(&times(60, "open carl/r{}"), "alert 24");
        check(&times(60, "open carl/one"), "clear 1");
        let late = [times(40, "open carl/one"), times(12, "open carl/r{}")].concat();
        check(&late, "caution 13");
    }
}
