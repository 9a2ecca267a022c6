//! What only `classic` does: two adjustments, and a word where gh-profiler
//! 0.9.0 itself would flag otherwise.
//!
//! The adjustments work on ranges. Where it is not known yet whether one
//! applies, the range is widened down to clear, and what would tell is added
//! to what the range waits for.

mod upstream_differences;

use super::{Read, build_report};
use crate::evidence::{Part, Parts};
use crate::finding::activity::ActivityFact;
use crate::finding::case::Case;
use crate::finding::{Grade, Outcome, Range};
use crate::report::{AuthorReport, GroupName, Sentence};
use crate::words::Key;

/// The report on `ghost`: the profile red and nothing else, no look-up.
pub(super) fn ghost(case: &Case<'_>) -> AuthorReport {
    build_report::flagged_profile(case)
}

/// Takes levels back where the policy says so, and tells it.
pub(super) fn adjust(case: &Case<'_>, reads: &mut [Read]) -> Vec<Sentence> {
    let mut told = Vec::new();
    let others = join(
        reads
            .iter()
            .filter(|read| read.rule.group != GroupName::Profile)
            .filter_map(Read::range),
    );
    let unadjusted_age = range_of(reads, "account-age").cloned();
    if let Some(age) = range_mut(reads, "account-age")
        && age.is_decided()
        && age.low > Grade::Clear
        && others.low == Grade::Clear
    {
        if others.is_decided() {
            *age = Range::decided(Grade::Clear);
            told.push(Key::AdjustmentAge.alone());
        } else {
            age.low = Grade::Clear;
            age.undecided_by = others.undecided_by;
        }
    }
    if let Some(profile) = range_mut(reads, "profile-fields")
        && profile.high > Grade::Clear
    {
        match is_without_activity(case) {
            Answer::Yes => {
                if profile.low > Grade::Clear {
                    told.push(Key::AdjustmentNoActivity.alone());
                }
                *profile = Range::decided(Grade::Clear);
            }
            Answer::No => {}
            Answer::Behind(parts) => {
                profile.low = Grade::Clear;
                profile.undecided_by.extend(parts.iter());
            }
        }
    }
    told.extend(upstream_differences::told(
        case,
        reads,
        unadjusted_age.as_ref(),
    ));
    told
}

enum Answer {
    Yes,
    No,
    Behind(Parts),
}

/// Whether there is neither a pull request nor an issue in the window, the
/// author's own repositories included.
fn is_without_activity(case: &Case<'_>) -> Answer {
    fn total(fact: &ActivityFact<'_>) -> Result<u32, Part> {
        match fact {
            ActivityFact::Known(activity) => Ok(activity.total),
            ActivityFact::Needs(part) => Err(*part),
        }
    }
    match (total(&case.pull_requests), total(&case.issues)) {
        (Ok(0), Ok(0)) => Answer::Yes,
        (Ok(1..), _) | (_, Ok(1..)) => Answer::No,
        (pull_requests, issues) => Answer::Behind(
            pull_requests
                .err()
                .into_iter()
                .chain(issues.err())
                .collect(),
        ),
    }
}

/// The worst of several ranges, as a range.
fn join<'r>(ranges: impl Iterator<Item = &'r Range>) -> Range {
    let mut joined = Range::decided(Grade::Clear);
    let mut all = Parts::none();
    for range in ranges {
        joined.low = joined.low.max(range.low);
        joined.high = joined.high.max(range.high);
        all.extend(range.undecided_by.iter());
    }
    if joined.low < joined.high {
        joined.undecided_by = all;
    }
    joined
}

fn range_of<'r>(reads: &'r [Read], id: &str) -> Option<&'r Range> {
    let read = reads.iter().find(|read| read.definition.id == id)?;
    read.range()
}

fn range_mut<'r>(reads: &'r mut [Read], id: &str) -> Option<&'r mut Range> {
    let read = reads.iter_mut().find(|read| read.definition.id == id)?;
    match &mut read.reading.outcome {
        Outcome::Graded(range) => Some(range),
        Outcome::Context | Outcome::ContextNeeds(_) => None,
    }
}
