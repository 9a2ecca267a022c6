//! [`Case`]: the evidence as findings see it, and how far we are with each part
//! of it.

use super::activity::{self, ActivityFact, closing};
use super::contribution::{Assumption, Contribution};
use super::owners::{Owner, by_owner};
use crate::evidence::{
    Evidence, Fact, Gap, GapReason, ItemList, Part, PullRequest, Remainder, WINDOW_DAYS,
};
use crate::login::Login;
use crate::policy::PolicyName;
use crate::time::Timestamp;
use std::cmp::Reverse;

/// The evidence on one author, as the findings see it.
#[derive(Debug)]
pub struct Case<'a> {
    /// The evidence itself.
    pub evidence: &'a Evidence,
    /// Under which policy it is read.
    pub policy: PolicyName,
    /// Now.
    pub now: Timestamp,
    /// Pull requests to other people's repositories in the window.
    pub pull_requests: ActivityFact<'a>,
    /// Issues in other people's repositories in the window.
    pub issues: ActivityFact<'a>,
    /// Whether there is activity that no search shows.
    pub is_unsearchable: bool,
}

/// How far we are with a part, the pages that follow included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has asked for it, or for the pages that follow.
    NotAsked,
    /// It, or the next page, has been asked for.
    Coming,
    /// It, or the next page, could not be had.
    Missing(Gap),
    /// It is known wholly.
    Known,
}

impl<'a> Case<'a> {
    /// Sorts the evidence.
    pub fn new(evidence: &'a Evidence, policy: PolicyName, now: Timestamp) -> Self {
        let ([pull_requests, issues], is_unsearchable) = activity::of_both(evidence, policy, now);
        Self {
            evidence,
            policy,
            now,
            pull_requests,
            issues,
            is_unsearchable,
        }
    }

    /// How far we are with a part.
    pub fn state(&self, part: Part) -> State {
        let e = self.evidence;
        match part {
            Part::PullRequests | Part::Issues if self.is_unsearchable => {
                State::Missing(Gap::new(GapReason::NotSearchable))
            }
            Part::Here if !self.is_history_here_told() => {
                State::Missing(Gap::new(GapReason::NotSearchable))
            }
            Part::Account => state(&e.account),
            Part::Email => state(&e.email),
            Part::SocialAccounts => state(&e.social_accounts),
            Part::Organizations => state(&e.organizations),
            Part::Counts => state(&e.counts),
            Part::PullRequests => state_of_search(&e.pull_requests),
            Part::Issues => state_of_search(&e.issues),
            Part::Here => state_of_search(&e.history_here),
            Part::Closers => self.state_of_closers(),
            Part::ThisItem => state(&e.this_item),
        }
    }

    /// Whether the search in this repository tells anything: that it found
    /// nothing does not where the author cannot be searched, or has opened
    /// something here by the word of their own connection.
    pub fn is_history_here_told(&self) -> bool {
        let found = self.evidence.history_here.known();
        found.is_none_or(|found| found.total > 0)
            || !(self.is_unsearchable || self.is_anything_seen_here())
    }

    fn is_anything_seen_here(&self) -> bool {
        let evidence = self.evidence;
        let is_here = |it: &PullRequest| Some(&it.item.repository) == evidence.repository.as_ref();
        let seen = evidence.pull_requests.known();
        evidence.merged_seen_here > 0 || seen.is_some_and(|seen| seen.items.iter().any(is_here))
    }

    /// How far we are with the closers that are not known. Where none of them
    /// can be asked for, asking is over.
    fn state_of_closers(&self) -> State {
        let mut unknown = self.with_unknown_closer().peekable();
        if unknown.peek().is_none() {
            return State::Known;
        }
        let fact = &self.evidence.closers;
        let rest = fact.known().map(|it| it.rest);
        match rest.map_or_else(|| state(fact), state_of_rest) {
            State::NotAsked | State::Known
                if !unknown.any(|it| can_be_asked(self.evidence, it)) =>
            {
                State::Missing(Gap::new(GapReason::Unreadable))
            }
            state => state,
        }
    }

    /// The pull requests whose closers could change something, the newest
    /// first, as GraphQL names them.
    pub fn closers_needed(&self) -> Vec<String> {
        let mut askable: Vec<_> = self
            .with_unknown_closer()
            .filter(|it| can_be_asked(self.evidence, it))
            .collect();
        askable.sort_by_key(|it| Reverse(it.item.created_at));
        let is_taken = |owner: &Login| match &self.pull_requests {
            ActivityFact::Needs(_) => false,
            ActivityFact::Known(activity) => by_owner(self, &activity.possible, Assumption::Worst)
                .get(owner)
                .is_some_and(Owner::takes),
        };
        // Where the author's work is taken whoever closed it, who did matters
        // least.
        let (last, first): (Vec<_>, Vec<_>) = askable
            .into_iter()
            .partition(|it| is_taken(it.item.repository.owner()));
        first
            .into_iter()
            .chain(last)
            .filter_map(|it| it.node_id.clone())
            .collect()
    }

    fn with_unknown_closer(&self) -> impl Iterator<Item = &'a PullRequest> {
        let possible = match &self.pull_requests {
            ActivityFact::Needs(_) => &[],
            ActivityFact::Known(activity) => activity.possible.as_slice(),
        };
        possible
            .iter()
            .filter_map(|contribution| match *contribution {
                Contribution::PullRequest(it, _) if contribution.is_closer_unknown() => Some(it),
                _ => None,
            })
    }

    /// The first day of the window, as GitHub's search writes dates.
    pub fn window_start(&self) -> String {
        self.now.day_before(WINDOW_DAYS.into())
    }
}

fn state<T>(fact: &Fact<T>) -> State {
    match fact {
        Fact::NotAsked => State::NotAsked,
        Fact::Coming => State::Coming,
        Fact::Missing(gap) => State::Missing(*gap),
        Fact::Known { .. } => State::Known,
    }
}

fn state_of_search<T>(fact: &Fact<ItemList<T>>) -> State {
    let rest = fact.known().map(|found| found.rest);
    rest.map_or_else(|| state(fact), state_of_rest)
}

fn state_of_rest(rest: Remainder) -> State {
    match rest {
        Remainder::None => State::Known,
        Remainder::NotAsked => State::NotAsked,
        Remainder::Coming => State::Coming,
        Remainder::Missing(gap) => State::Missing(gap),
    }
}

/// Whether GitHub can still be asked who closed a pull request.
fn can_be_asked(evidence: &Evidence, pull_request: &PullRequest) -> bool {
    pull_request.node_id.is_some() && closing(evidence, pull_request).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Closers, Closing, Counts};
    use crate::finding::testing::{found, issue, known, now, pull_request, rex};
    use crate::time::SignedDuration;

    /// Three pull requests with these ids were closed by nobody knows whom, and
    /// GitHub was asked about one of them in vain.
    fn check(asked: Option<&str>, ids: [Option<&str>; 3], needed: &[&str], state: State) {
        let mut evidence = rex();
        let mut ids = ids.into_iter();
        let lines = ["closed carl/a", "closed dora/a", "closed emil/a"];
        evidence.pull_requests = found(&lines, |state, item| PullRequest {
            node_id: ids.next().flatten().map(str::to_owned),
            ..pull_request(state, item)
        });
        if let Some(id) = asked {
            let closing = Closing {
                node_id: id.to_owned(),
                closed_by: None,
            };
            evidence.closers = known(Closers {
                closings: vec![closing],
                rest: Remainder::NotAsked,
            });
        }
        let case = Case::new(&evidence, PolicyName::Balanced, now());
        assert_eq!(case.closers_needed(), needed);
        assert_eq!(case.state(Part::Closers), state);
    }

    #[test]
    fn a_closer_is_asked_for_once_and_only_by_an_id() {
        let (a, b, c) = (Some("A"), Some("B"), Some("C"));
        check(None, [a, b, c], &["A", "B", "C"], State::NotAsked);
        check(None, [a, None, c], &["A", "C"], State::NotAsked);
        check(a, [a, None, c], &["C"], State::NotAsked);
        // Where none can be asked for, asking is over.
        let over = State::Missing(Gap::new(GapReason::Unreadable));
        check(None, [None; 3], &[], over);
        check(a, [a, None, None], &[], over);
    }

    /// Nothing was found, and the totals show so many of each, the newest of
    /// them so many days old.
    fn check_totals(pull_requests: u32, issues: u32, days: Option<i64>, is_contradicted: bool) {
        let mut evidence = rex();
        evidence.pull_requests = found(&[], pull_request);
        evidence.issues = found(&[], issue);
        evidence.counts = known(Counts {
            followers: 0,
            following: 0,
            own_repositories: 0,
            forks: 0,
            pull_requests,
            merged_pull_requests: 0,
            closed_pull_requests: None,
            issues,
            newest_at: days.map(|days| now() - SignedDuration::from_hours(24 * days)),
        });
        let case = Case::new(&evidence, PolicyName::Balanced, now());
        let told = format!("{pull_requests}, {issues}, {days:?}");
        assert_eq!(case.is_unsearchable, is_contradicted, "{told}");
    }

    #[test]
    fn that_nothing_was_found_is_not_believed_where_the_totals_show_something() {
        check_totals(0, 0, None, false);
        // Without a date, it may be of the window.
        check_totals(1, 0, None, true);
        check_totals(0, 1, None, true);
        check_totals(1, 1, Some(2), true);
        // Now is noon, and the window begins with a whole day.
        check_totals(1, 1, Some(21), true);
        check_totals(1, 1, Some(22), false);
    }
}
