//! [`Case`]: the evidence as findings see it, sorted into what certainly
//! counts, what may count, and what was not seen.

use crate::evidence::{
    Evidence, Fact, Found, Gap, GapReason, Issue, Item, Part, PullRequest, Rest, WINDOW_DAYS,
};
use crate::policy::PolicyName;
use crate::time::Timestamp;
use std::collections::BTreeSet;

const SECONDS_A_DAY: i64 = 86_400;

/// More unseen items than this decide nothing that this many do not: GitHub
/// gives out 1,000 results of a search at most.
const MOST_UNSEEN: u32 = 10_000;

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
    pub pull_requests: Sight<'a, PullRequest>,
    /// Issues in other people's repositories in the window.
    pub issues: Sight<'a, Issue>,
    /// Whether the searches found nothing although there is something.
    pub is_unsearchable: bool,
}

/// What can be seen of one kind of activity.
#[derive(Debug)]
pub enum Sight<'a, T> {
    /// Nothing that could be trusted, before this part is known.
    Behind(Part),
    /// Something.
    Seen(Activity<'a, T>),
}

/// One kind of activity in other people's repositories.
#[derive(Clone, Debug)]
pub struct Activity<'a, T> {
    /// Those which certainly are in other people's repositories.
    pub certain: Vec<&'a T>,
    /// The certain ones, and those of which only the author's organisations
    /// could tell.
    pub possible: Vec<&'a T>,
    /// How many were not seen. They may be anything.
    pub unseen: u32,
    /// How many there are by GitHub's count, the author's own included.
    pub total: u32,
    /// Which part further pages would be.
    pub part: Part,
}

/// What pull requests and issues have in common.
pub trait Opened {
    /// The part in which GitHub tells of them.
    const PART: Part;
    /// GitHub's name of them in a search.
    const SEARCH_TERM: &'static str;
    /// GitHub's name of the kind of search.
    const SEARCH_TYPE: &'static str;
    /// GitHub's name of them in a URL.
    const PATH: &'static str;

    /// Where, when and under which title.
    fn item(&self) -> &Item;
}

impl Opened for PullRequest {
    const PART: Part = Part::PullRequests;
    const SEARCH_TERM: &'static str = "is:pr";
    const SEARCH_TYPE: &'static str = "pullrequests";
    const PATH: &'static str = "pull";

    fn item(&self) -> &Item {
        &self.item
    }
}

impl Opened for Issue {
    const PART: Part = Part::Issues;
    const SEARCH_TERM: &'static str = "is:issue";
    const SEARCH_TYPE: &'static str = "issues";
    const PATH: &'static str = "issues";

    fn item(&self) -> &Item {
        &self.item
    }
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
        let zero = Zero::of(evidence, now);
        Self {
            evidence,
            policy,
            now,
            pull_requests: sight(&evidence.pull_requests, evidence, zero, Part::Issues),
            issues: sight(&evidence.issues, evidence, zero, Part::PullRequests),
            is_unsearchable: zero == Zero::Unsearchable,
        }
    }

    /// How far we are with a part.
    pub fn state(&self, part: Part) -> State {
        let e = self.evidence;
        match part {
            Part::PullRequests | Part::Issues if self.is_unsearchable => {
                State::Missing(Gap::new(GapReason::NotSearchable))
            }
            Part::Account => state(&e.account),
            Part::Email => state(&e.email),
            Part::SocialAccounts => state(&e.social_accounts),
            Part::Organisations => state(&e.organisations),
            Part::Counts => state(&e.counts),
            Part::PullRequests => state_of_search(&e.pull_requests),
            Part::Issues => state_of_search(&e.issues),
            Part::Here => state_of_search(&e.history_here),
        }
    }

    /// The first day of the window, as GitHub's search writes dates.
    pub fn window_start(&self) -> String {
        self.now.day_before(WINDOW_DAYS.into())
    }
}

/// What it means when both searches found nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zero {
    /// They did not both find nothing, or there is nothing.
    Believed,
    /// There is something, which the searches do not show.
    Unsearchable,
    /// Only the totals of the account could tell.
    BehindCounts,
}

impl Zero {
    /// GitHub's search finds nothing by authors whose profile is private, so
    /// nothing found is believed only where nothing says otherwise.
    fn of(evidence: &Evidence, now: Timestamp) -> Self {
        if !is_empty(&evidence.pull_requests) || !is_empty(&evidence.issues) {
            return Self::Believed;
        }
        let is_in_window = |at: Timestamp| at.as_second() >= window_start_second(now);
        if evidence.opened_here_at.is_some_and(is_in_window) {
            return Self::Unsearchable;
        }
        // REST would have refused to search for an author that cannot be searched.
        if is_refusal_told(&evidence.pull_requests) && is_refusal_told(&evidence.issues) {
            return Self::Believed;
        }
        match evidence.counts.known() {
            None => Self::BehindCounts,
            Some(counts) => {
                let is_any = counts.pull_requests > 0 || counts.issues > 0;
                if counts.newest_at.map_or(is_any, is_in_window) {
                    Self::Unsearchable
                } else {
                    Self::Believed
                }
            }
        }
    }
}

fn is_refusal_told<T>(fact: &Fact<Found<T>>) -> bool {
    fact.known().is_some_and(|found| found.is_refusal_told)
}

fn is_empty<T>(fact: &Fact<Found<T>>) -> bool {
    fact.known()
        .is_some_and(|found| found.total == 0 && found.items.is_empty())
}

fn sight<'a, T: Opened>(
    fact: &'a Fact<Found<T>>,
    evidence: &Evidence,
    zero: Zero,
    other: Part,
) -> Sight<'a, T> {
    let Some(found) = fact.known() else {
        return Sight::Behind(T::PART);
    };
    let is_other_known = match other {
        Part::Issues => evidence.issues.known().is_some(),
        _ => evidence.pull_requests.known().is_some(),
    };
    match zero {
        Zero::Unsearchable => return Sight::Behind(T::PART),
        Zero::BehindCounts => return Sight::Behind(Part::Counts),
        // Nothing found says nothing as long as the other search could not
        // show that the author can be searched at all.
        Zero::Believed if is_empty(fact) && !is_other_known => return Sight::Behind(other),
        Zero::Believed => {}
    }
    let organisations = evidence.organisations.known();
    let mut seen = BTreeSet::new();
    let (mut certain, mut possible) = (Vec::new(), Vec::new());
    for opened in &found.items {
        let item = opened.item();
        // Pages of a search shift when something is opened between two calls.
        if !seen.insert((&item.repository, item.number)) {
            continue;
        }
        let owner = item.repository.owner();
        if *owner == evidence.login || organisations.is_some_and(|all| all.contains(owner)) {
            continue;
        }
        possible.push(opened);
        if !item.is_in_organisation || organisations.is_some() {
            certain.push(opened);
        }
    }
    let unseen = match found.rest {
        Rest::None => 0,
        Rest::NotAsked | Rest::Coming | Rest::Missing(_) => {
            let seen = u32::try_from(seen.len()).unwrap_or(u32::MAX);
            found.total.saturating_sub(seen).clamp(1, MOST_UNSEEN)
        }
    };
    Sight::Seen(Activity {
        certain,
        possible,
        unseen,
        total: found.total,
        part: T::PART,
    })
}

/// The window begins with a whole day in UTC, as GitHub's search takes dates.
fn window_start_second(now: Timestamp) -> i64 {
    let today = now.as_second().div_euclid(SECONDS_A_DAY);
    (today - i64::from(WINDOW_DAYS)) * SECONDS_A_DAY
}

fn state<T>(fact: &Fact<T>) -> State {
    match fact {
        Fact::NotAsked => State::NotAsked,
        Fact::Coming => State::Coming,
        Fact::Missing(gap) => State::Missing(*gap),
        Fact::Known { .. } => State::Known,
    }
}

fn state_of_search<T>(fact: &Fact<Found<T>>) -> State {
    match fact.known().map(|found| found.rest) {
        None => state(fact),
        Some(Rest::None) => State::Known,
        Some(Rest::NotAsked) => State::NotAsked,
        Some(Rest::Coming) => State::Coming,
        Some(Rest::Missing(gap)) => State::Missing(gap),
    }
}
