//! Why a level is what it is, in sentences, the weightiest first.

use super::{KnownHere, Read, Verdict};
use crate::evidence::GapReason;
use crate::finding::Grade;
use crate::finding::activity::{Activity, ActivityFact};
use crate::finding::case::{Case, State};
use crate::report::{Level, Sentence};
use crate::words::Key;

/// The reasons for the level of a verdict.
pub(super) fn of(
    case: &Case<'_>,
    reads: &[Read],
    verdict: &Verdict,
    known_here: &KnownHere,
) -> Vec<Sentence> {
    let mut reasons = Vec::new();
    match verdict.level {
        Level::Alert => {
            tell_raised(&mut reasons, reads);
            reasons.extend(known(known_here));
        }
        Level::Caution => {
            tell_raised(&mut reasons, reads);
            tell_missing(&mut reasons, case, verdict);
        }
        Level::Known => {
            reasons.extend(known(known_here));
            tell_raised(&mut reasons, reads);
        }
        Level::Clear => reasons.push(nothing_of_note(case)),
        Level::Quiet => {
            reasons.push(Key::ReasonClearNoActivity.alone());
            reasons.extend(all_time(case));
        }
        Level::Unknown => tell_missing(&mut reasons, case, verdict),
        Level::Pending => reasons.push(Key::ReasonPending.alone()),
        Level::Bot => reasons.push(Key::ReasonApp.alone()),
    }
    reasons
}

/// What there is all the same of somebody who did nothing lately.
fn all_time(case: &Case<'_>) -> Option<Sentence> {
    let counts = case.evidence.counts.known()?;
    let merged = counts.merged_pull_requests;
    Some(match counts.closed_pull_requests {
        Some(closed) => Key::ReasonAllTime.with(&[merged, closed]),
        None => Key::ReasonAllTimeMerged.with(&[merged]),
    })
}

fn known(known_here: &KnownHere) -> Option<Sentence> {
    match known_here {
        KnownHere::Insider(key) => Some(key.alone()),
        KnownHere::Merged(sentence) => Some(sentence.clone()),
        KnownHere::No | KnownHere::Undecided => None,
    }
}

/// What is past a threshold, the worst first.
fn tell_raised(reasons: &mut Vec<Sentence>, reads: &[Read]) {
    for grade in [Grade::Alert, Grade::Caution] {
        for read in reads {
            if read.range().is_some_and(|it| it.low == grade) {
                reasons.push(read.reading.sentence.clone());
            }
        }
    }
}

/// One sentence for each thing that stood in the way; that nobody has asked
/// yet comes first, as it is the one a click ends.
fn tell_missing(reasons: &mut Vec<Sentence>, case: &Case<'_>, verdict: &Verdict) {
    let mut missing = Vec::new();
    for part in verdict.missing.iter() {
        if let State::Missing(gap) = case.state(part) {
            let told = (gap.reason != GapReason::OnRequest, gap.reason);
            if let Err(place) = missing.binary_search(&told) {
                missing.insert(place, told);
            }
        }
    }
    for (_, reason) in missing {
        reasons.push(key(reason).alone());
    }
}

fn nothing_of_note(case: &Case<'_>) -> Sentence {
    fn count(fact: &ActivityFact<'_>) -> (u32, bool) {
        match fact {
            ActivityFact::Needs(_) => (0, true),
            ActivityFact::Known(Activity {
                certain,
                possible,
                unseen,
                ..
            }) => (
                u32::try_from(certain.len()).unwrap_or(u32::MAX),
                *unseen > 0 || certain.len() < possible.len(),
            ),
        }
    }
    let (pull_requests, more_pull_requests) = count(&case.pull_requests);
    let (issues, more_issues) = count(&case.issues);
    match (pull_requests, issues, more_pull_requests || more_issues) {
        (0, 0, false) => Key::ReasonClearNoActivity.alone(),
        (_, _, false) => Key::ReasonClear.with(&[pull_requests, issues]),
        (_, _, true) => Key::ReasonClearAtLeast.with(&[pull_requests, issues]),
    }
}

pub(super) fn key(reason: GapReason) -> Key {
    match reason {
        GapReason::NoToken => Key::ReasonGapNoToken,
        GapReason::OnRequest => Key::ReasonGapOnRequest,
        GapReason::TokenRefused => Key::ReasonGapTokenRefused,
        GapReason::LimitSpent => Key::ReasonGapLimitSpent,
        GapReason::SlowDown => Key::ReasonGapSlowDown,
        GapReason::Offline => Key::ReasonGapOffline,
        GapReason::NoPermission => Key::ReasonGapNoPermission,
        GapReason::TimedOut => Key::ReasonGapTimedOut,
        GapReason::ServerError => Key::ReasonGapServerError,
        GapReason::Unreadable => Key::ReasonGapUnreadable,
        GapReason::Forbidden => Key::ReasonGapForbidden,
        GapReason::MissingRight => Key::ReasonGapMissingRight,
        GapReason::NotSearchable => Key::ReasonGapNotSearchable,
        GapReason::Withheld => Key::ReasonGapWithheld,
        GapReason::TooMany => Key::ReasonGapTooMany,
        GapReason::Refused => Key::ReasonGapRefused,
        GapReason::Incomplete => Key::ReasonGapIncomplete,
        GapReason::CountMismatch => Key::ReasonGapCountMismatch,
        GapReason::OrganizationForbids => Key::ReasonGapOrganizationForbids,
        GapReason::PartialResults => Key::ReasonGapPartialResults,
        GapReason::RepositoryHidden => Key::ReasonGapRepositoryHidden,
        GapReason::AccountSuspended => Key::ReasonGapAccountSuspended,
        GapReason::LoginAttempts => Key::ReasonGapLoginAttempts,
    }
}
