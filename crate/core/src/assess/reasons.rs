//! Why a level is what it is, in sentences, the weightiest first.

use super::{KnownHere, Read, Verdict};
use crate::evidence::GapReason;
use crate::finding::Grade;
use crate::finding::case::{Activity, Case, Sight, State};
use crate::report::{Level, Sentence};
use crate::words::Key;
use litemap::LiteMap;

/// The reasons for the level of a verdict.
pub(super) fn of(
    case: &Case<'_>,
    reads: &[Read],
    verdict: &Verdict,
    known_here: &KnownHere,
) -> Vec<Sentence> {
    let raised = || {
        let of = |grade| {
            let is_it = move |read: &&Read| read.range().is_some_and(|it| it.low == grade);
            reads.iter().filter(is_it)
        };
        let worst_first = of(Grade::Alert).chain(of(Grade::Caution));
        worst_first.map(|read| read.reading.sentence.clone())
    };
    let known = || match known_here {
        KnownHere::Insider(key) => Some(key.alone()),
        KnownHere::Merged(sentence) => Some(sentence.clone()),
        KnownHere::No | KnownHere::Undecided => None,
    };
    match verdict.level {
        Level::Alert => raised().chain(known()).collect(),
        Level::Caution => raised().chain(why_missing(case, verdict)).collect(),
        Level::Known => known().into_iter().chain(raised()).collect(),
        Level::Clear => vec![nothing_of_note(case)],
        Level::Unknown => why_missing(case, verdict).collect(),
        Level::Pending => vec![Key::ReasonPending.alone()],
        Level::Bot => vec![Key::ReasonApp.alone()],
    }
}

/// One sentence for each thing that stood in the way; that nobody has asked
/// yet comes first, as it is the one a click ends.
fn why_missing(case: &Case<'_>, verdict: &Verdict) -> impl Iterator<Item = Sentence> + use<> {
    let told = verdict
        .missing
        .iter()
        .filter_map(|part| match case.state(part) {
            State::Missing(gap) => Some((gap.reason != GapReason::OnRequest, gap.reason)),
            State::NotAsked | State::Coming | State::Known => None,
        });
    let mut reasons = LiteMap::new_vec();
    for reason in told {
        reasons.insert(reason, ());
    }
    reasons
        .into_iter()
        .map(|((_, reason), ())| key(reason).alone())
}

fn nothing_of_note(case: &Case<'_>) -> Sentence {
    fn count(sight: &Sight<'_>) -> (u32, bool) {
        match sight {
            Sight::Behind(_) => (0, true),
            Sight::Seen(Activity {
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

fn key(reason: GapReason) -> Key {
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
    }
}
