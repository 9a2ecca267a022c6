//! Whether nothing of an author's was ever merged in the repository.
//!
//! It is told from what is known anyway: the word of the page, that of the
//! author's newest pull request here, or the history here where somebody has
//! opened the report. Nobody is asked for it, so many who are new here are not
//! known to be.

use super::told_association;
use crate::evidence::{PullRequest, PullRequestState, Remainder};
use crate::finding::case::Case;

pub(super) fn is_new_here(case: &Case<'_>) -> bool {
    let evidence = case.evidence;
    if evidence.repository.is_none() || evidence.merged_seen_here > 0 {
        return false;
    }
    if let Some(association) = told_association(evidence) {
        return association.is_newcomer();
    }
    let is_merged = |it: &PullRequest| it.state == PullRequestState::Merged;
    case.is_history_here_told()
        && evidence.history_here.known().is_some_and(|found| {
            found.rest == Remainder::None && !found.items.iter().any(is_merged)
        })
}

#[cfg(test)]
mod tests {
    use crate::assess::assess;
    use crate::evidence::{Association, Evidence, Fact};
    use crate::finding::testing::{found, now, pull_request, rex, with_unseen};
    use crate::policy::Policy;

    /// What makes the difference, in the evidence of somebody in `acme/web`.
    fn check(change: impl Fn(&mut Evidence), expected: bool) {
        let mut evidence = rex();
        evidence.repository = Some("acme/web".parse().unwrap());
        change(&mut evidence);
        let assessment = assess(&evidence, &Policy::default(), now());
        assert_eq!(assessment.is_new_here, expected);
    }

    #[test]
    fn the_page_s_word_goes_first() {
        use Association::{Contributor, FirstTimeContributor, FirstTimer, Member};
        for (association, expected) in [
            (FirstTimeContributor, true),
            (FirstTimer, true),
            (Association::None, true),
            (Contributor, false),
            (Member, false),
        ] {
            check(|it| it.association = Some(association), expected);
        }
        // What landed by other means than the button is no merged pull request.
        let contributor = |it: &mut Evidence| {
            it.association = Some(Contributor);
            it.history_here = found(&["closed acme/web"], pull_request);
        };
        check(contributor, false);
        let seen = |it: &mut Evidence| {
            it.association = Some(Association::None);
            it.merged_seen_here = 1;
        };
        check(seen, false);
        let nowhere = |it: &mut Evidence| {
            it.association = Some(FirstTimer);
            it.repository = None;
        };
        check(nowhere, false);
    }

    #[test]
    fn then_that_of_a_pull_request_here() {
        let told = |association| {
            move |it: &mut Evidence| {
                let line = "open acme/web Fix";
                it.pull_requests = found(&[line], |state, item| {
                    let mut one = pull_request(state, item);
                    one.association = Some(association);
                    one
                });
            }
        };
        check(told(Association::None), true);
        check(told(Association::Contributor), false);
    }

    #[test]
    fn then_the_whole_history_here() {
        check(|it| it.history_here = Fact::NotAsked, false);
        check(|it| it.history_here = Fact::Coming, false);
        check(
            |it| it.history_here = found(&["closed acme/web"], pull_request),
            true,
        );
        check(
            |it| it.history_here = found(&["open acme/web", "merged acme/web"], pull_request),
            false,
        );
        // Of more than one page nobody knows the rest.
        let unseen = |it: &mut Evidence| it.history_here = with_unseen(found(&[], pull_request), 9);
        check(unseen, false);
        // The search finds nobody, and yet the page shows what they opened.
        let hidden = |it: &mut Evidence| {
            it.history_here = found(&[], pull_request);
            it.pull_requests = found(&[], pull_request);
            it.issues = found(&[], crate::finding::testing::issue);
            it.opened_here_at = Some(now());
        };
        check(hidden, false);
    }
}
