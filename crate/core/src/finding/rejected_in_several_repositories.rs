//! # What it sees
//! In how many of other people's repositories a pull request of the window was
//! closed without being merged; counted only where those are more than the
//! repositories that merged one.
//!
//! # Why it matters
//! One maintainer who says no may have a reason of their own. Several who do
//! not know of each other, and fewer who say yes, are a pattern.
//!
//! # When it is wrong
//! GitHub does not say who closed: withdrawing one's own work in several
//! places counts. Projects that merge by other means than GitHub's button
//! count as closing.
//!
//! # Where the thresholds come from
//! Ours: three repositories are the first number that is neither one bad day
//! nor a coincidence, six are twice that. Whoever is merged in at least as
//! many places is not counted, as prolific contributors are turned down
//! somewhere in every week.

use super::case::{Case, Opened, Sight};
use super::count::{number, range, sentence};
use super::prs_sprayed::one_a_repository;
use super::{Definition, Grade, Outcome, Reading, Unit, links, rule};
use crate::evidence::PullRequestState;
use crate::report::{GroupName, Thresholds};
use crate::words::Key;

pub(super) const DEFINITION: Definition = Definition {
    id: "rejected-in-several-repositories",
    sees: "Other people's repositories that closed a pull request without merging, where they are more than those that merged one.",
    unit: Unit::Count,
    balanced: rule(GroupName::Conduct, Thresholds::more_than(2.0, 5.0)),
    classic: None,
    read,
};

fn read(case: &Case<'_>, thresholds: Option<Thresholds>) -> Option<Reading> {
    let thresholds = thresholds?;
    let activity = match &case.pull_requests {
        Sight::Behind(part) => return Some(Reading::behind(*part, false)),
        Sight::Seen(activity) => activity,
    };
    let grade = |rejecting: u32, merging: u32| {
        if rejecting > merging {
            thresholds.grade(rejecting.into())
        } else {
            Grade::Clear
        }
    };
    let range = range(case, activity, &|certain, possible, unseen| {
        let count = |prs, state| number(repositories(prs, state));
        let (closed, merged) = (PullRequestState::Closed, PullRequestState::Merged);
        (
            grade(
                count(certain, closed),
                count(possible, merged).saturating_add(unseen),
            ),
            grade(
                count(possible, closed).saturating_add(unseen),
                count(certain, merged),
            ),
        )
    });
    let certain = &activity.certain;
    let rejecting = number(repositories(certain, PullRequestState::Closed));
    let merging = number(repositories(certain, PullRequestState::Merged));
    let is_at_least = activity.unseen > 0 || certain.len() < activity.possible.len();
    let words = (
        Key::RejectedInSeveralRepositories,
        Key::RejectedInSeveralRepositoriesAtLeast,
    );
    let closed = of_state(certain, PullRequestState::Closed);
    Some(Reading {
        outcome: Outcome::Graded(range),
        sentence: sentence(words, is_at_least, &[rejecting, merging]),
        measured: Some(rejecting.into()),
        is_at_least,
        links: links::to_items(
            case,
            activity.kind,
            &["is:unmerged is:closed", "is:merged"],
            &closed,
        ),
    })
}

fn of_state<'a>(pull_requests: &[Opened<'a>], state: PullRequestState) -> Vec<Opened<'a>> {
    let mut of_state = pull_requests.to_vec();
    of_state.retain(|it| it.is_pull_request(state));
    of_state
}

fn repositories(pull_requests: &[Opened<'_>], state: PullRequestState) -> usize {
    one_a_repository(&of_state(pull_requests, state)).len()
}

#[cfg(test)]
mod tests {
    use crate::evidence::Fact;
    use crate::finding::testing::{found, pull_request, rex, told, with_unseen};
    use crate::policy::PolicyName::Balanced;

    fn check(lines: &[&str], unseen: u32, expected: &str) {
        let mut evidence = rex();
        evidence.organizations = Fact::NotAsked;
        evidence.pull_requests = found(lines, pull_request);
        if unseen > 0 {
            evidence.pull_requests = with_unseen(evidence.pull_requests, unseen);
        }
        let told = told("rejected-in-several-repositories", Balanced, &evidence);
        assert_eq!(told, expected, "{lines:?}");
    }

    const SIX: [&str; 6] = [
        "closed carl/a",
        "closed carl/b",
        "closed carl/c",
        "closed dora/a",
        "closed dora/b",
        "closed dora/c",
    ];
    const MERGED: [&str; 3] = ["merged emil/a", "merged emil/b", "merged emil/c"];

    #[test]
    fn counts_repositories_that_say_no() {
        check(&SIX[..2], 0, "clear 2");
        check(&["closed carl/a"; 9], 0, "clear 1");
        check(&SIX[..3], 0, "caution 3");
        check(&SIX[..5], 0, "caution 5");
        check(&SIX, 0, "alert 6");
        check(
            &["closed rex/a", "closed rex/b", "closed rex/c"],
            0,
            "clear 0",
        );
    }

    #[test]
    fn as_many_that_say_yes_weigh_it_up() {
        check(&[&SIX[..3], &MERGED[..2]].concat(), 0, "caution 3");
        check(&[&SIX[..3], &MERGED[..3]].concat(), 0, "clear 3");
        check(&[&SIX[..3], &["merged emil/a"; 9]].concat(), 0, "caution 3");
    }

    #[test]
    fn what_is_not_known_may_say_yes_or_no() {
        check(&[&SIX[..3], &["merged acme+/a"]].concat(), 0, "caution 3+");
        let many = ["merged acme+/a", "merged acme+/b", "merged acme+/c"];
        let told = "clear to caution 3+ by {Organizations}";
        check(&[&SIX[..3], &many].concat(), 0, told);
        check(&SIX[..3], 2, "caution 3+");
        check(&SIX[..3], 3, "clear to alert 3+ by {PullRequests}");
    }
}
