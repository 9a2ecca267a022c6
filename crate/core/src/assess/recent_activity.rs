//! What the author opened elsewhere in the window, by day and outcome: the
//! numbers behind the picture and the line of numbers.

use crate::evidence::WINDOW_DAYS;
use crate::finding::activity::{Activity, ActivityFact};
use crate::finding::case::Case;
use crate::finding::contribution::{Assumption, Contribution, Resolution};
use crate::report::{DayCount, ItemOutcome, MayBeMore, RecentActivity};
use crate::time::Timestamp;

const SECONDS_A_DAY: i64 = 86_400;

/// The activity of the window; none while nothing that can be trusted is seen.
pub(super) fn of(case: &Case<'_>) -> Option<RecentActivity> {
    let (pull_requests, more_pull_requests) = by_day(case, &case.pull_requests);
    let (issues, more_issues) = by_day(case, &case.issues);
    if pull_requests.is_none() && issues.is_none() {
        return None;
    }
    Some(RecentActivity {
        since: case.window_start(),
        pull_requests: pull_requests.unwrap_or_default(),
        issues: issues.unwrap_or_default(),
        is_at_least: !more_pull_requests.is_empty() || !more_issues.is_empty(),
        more_pull_requests,
    })
}

/// What is certainly in other people's repositories, and of which there may be
/// more.
fn by_day(case: &Case<'_>, fact: &ActivityFact<'_>) -> (Option<Vec<DayCount>>, Vec<MayBeMore>) {
    let ActivityFact::Known(activity) = fact else {
        return (None, ItemOutcome::ALL.map(unseen).to_vec());
    };
    let mut counts: Vec<DayCount> = Vec::new();
    for &contribution in &activity.certain {
        let day = day_of(contribution.item().created_at, case.now);
        let outcome = outcome_of(contribution);
        let known = counts
            .iter_mut()
            .find(|it| it.day == day && it.outcome == outcome);
        if let Some(count) = known {
            count.count += 1;
        } else {
            let place = counts.partition_point(|it| (it.day, it.outcome) < (day, outcome));
            let count = 1;
            counts.insert(
                place,
                DayCount {
                    day,
                    outcome,
                    count,
                },
            );
        }
    }
    (Some(counts), may_be_more(activity))
}

fn unseen(outcome: ItemOutcome) -> MayBeMore {
    MayBeMore {
        outcome,
        most: None,
    }
}

/// Of which there may be more than the certain ones.
fn may_be_more(activity: &Activity<'_>) -> Vec<MayBeMore> {
    if activity.is_cut || activity.unseen_at_worst() > 0 {
        return ItemOutcome::ALL.map(unseen).to_vec();
    }
    let more = |outcome| {
        if activity.is_unseen_merged && outcome == ItemOutcome::Merged {
            return Some(unseen(outcome));
        }
        let count = |all: &[Contribution<'_>]| {
            let all = all.iter().filter(|it| outcome_of(**it) == outcome);
            u32::try_from(all.count()).unwrap_or(u32::MAX)
        };
        let most = count(&activity.possible).saturating_sub(count(&activity.certain));
        (most > 0).then_some(MayBeMore {
            outcome,
            most: Some(most),
        })
    };
    ItemOutcome::ALL.into_iter().filter_map(more).collect()
}

/// The day of the window: 0 is its first, [`WINDOW_DAYS`] is today in UTC.
fn day_of(at: Timestamp, now: Timestamp) -> u8 {
    let day = |at: Timestamp| at.as_second().div_euclid(SECONDS_A_DAY);
    let last = i64::from(WINDOW_DAYS);
    let day = (last + day(at) - day(now)).clamp(0, last);
    u8::try_from(day).unwrap_or_default()
}

fn outcome_of(contribution: Contribution<'_>) -> ItemOutcome {
    if contribution.is_closer_unknown() {
        return ItemOutcome::Closed;
    }
    match (contribution, contribution.resolution(Assumption::Worst)) {
        (_, Resolution::Open) => ItemOutcome::Open,
        (Contribution::PullRequest(..), Resolution::Landed) => ItemOutcome::Merged,
        (Contribution::PullRequest(..), Resolution::TurnedDown) => ItemOutcome::ClosedByOthers,
        (Contribution::Issue(_), Resolution::TurnedDown) => ItemOutcome::NotPlanned,
        (_, Resolution::Withdrawn) => ItemOutcome::Withdrawn,
        // An app's closing is nobody's judgement.
        (_, Resolution::Neutral) | (Contribution::Issue(_), Resolution::Landed) => {
            ItemOutcome::Closed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{ClosedBy, Evidence, Fact, PullRequest};
    use crate::finding::testing::{found, issue, now, pull_request, rex, with_unseen};
    use crate::policy::PolicyName;

    /// `day outcome count` of each entry, and whether there may be more.
    fn check(evidence: &Evidence, pull_requests: &[&str], issues: &[&str], is_at_least: bool) {
        let case = Case::new(evidence, PolicyName::Balanced, now());
        let activity = of(&case).unwrap();
        let told = |counts: &[DayCount]| -> Vec<String> {
            let one = |it: &DayCount| format!("{} {:?} {}", it.day, it.outcome, it.count);
            counts.iter().map(one).collect()
        };
        assert_eq!(told(&activity.pull_requests), pull_requests);
        assert_eq!(told(&activity.issues), issues);
        assert_eq!(activity.is_at_least, is_at_least);
    }

    #[test]
    fn counts_by_day_and_outcome() {
        let mut evidence = rex();
        check(&evidence, &[], &[], false);
        // Now is noon, and an hour lies between two lines: the fourteenth was opened the day before.
        let mut lines = vec!["merged carl/a"; 13];
        lines.extend(["open carl/a", "closed carl/a", "merged rex/own"]);
        evidence.pull_requests = found(&lines, pull_request);
        evidence.issues = found(&["not-planned carl/a", "completed carl/a"], issue);
        check(
            &evidence,
            &["20 Closed 1", "20 Open 1", "21 Merged 13"],
            &["21 Closed 1", "21 NotPlanned 1"],
            false,
        );
        evidence.pull_requests = with_unseen(evidence.pull_requests, 9);
        evidence.issues = Fact::Coming;
        check(
            &evidence,
            &["20 Closed 1", "20 Open 1", "21 Merged 13"],
            &[],
            true,
        );
    }

    #[test]
    fn tells_of_which_there_may_be_more() {
        let more = |evidence: &Evidence| -> Vec<(ItemOutcome, Option<u32>)> {
            let case = Case::new(evidence, PolicyName::Balanced, now());
            let more = of(&case).unwrap().more_pull_requests;
            more.iter().map(|it| (it.outcome, it.most)).collect()
        };
        let mut evidence = rex();
        evidence.issues = with_unseen(found(&["completed carl/a"], issue), 9);
        let all = found(
            &["open carl/a", "merged acme+/a", "closed carl/a"],
            pull_request,
        );
        evidence.pull_requests = all.clone();
        assert_eq!(more(&evidence), [], "issues are not meant");
        // The author's organizations could tell whether that is somebody else's repository.
        evidence.organizations = Fact::NotAsked;
        assert_eq!(more(&evidence), [(ItemOutcome::Merged, Some(1))]);
        evidence.pull_requests = with_unseen(all, 9);
        assert_eq!(more(&evidence), ItemOutcome::ALL.map(|it| (it, None)));
        if let Fact::Known { value, .. } = &mut evidence.pull_requests {
            value.is_rest_merged = true;
        }
        assert_eq!(more(&evidence), [(ItemOutcome::Merged, None)]);
    }

    #[test]
    fn tells_who_closed_where_that_is_known() {
        let mut evidence = rex();
        let mut closers = [
            Some(ClosedBy::Author),
            Some(ClosedBy::Other),
            Some(ClosedBy::Bot),
            Some(ClosedBy::Commit),
            None,
        ]
        .into_iter();
        evidence.pull_requests = found(&["closed carl/a"; 5], |state, item| PullRequest {
            closed_by: closers.next().flatten(),
            ..pull_request(state, item)
        });
        let expected = [
            "21 Merged 1",
            "21 Withdrawn 1",
            "21 ClosedByOthers 1",
            "21 Closed 2",
        ];
        check(&evidence, &expected, &[], false);
    }

    #[test]
    fn is_nothing_where_nothing_is_seen() {
        let mut evidence = rex();
        evidence.pull_requests = Fact::Coming;
        evidence.issues = Fact::NotAsked;
        let case = Case::new(&evidence, PolicyName::Balanced, now());
        assert_eq!(of(&case), None);
    }
}
