//! [`Activity`]: what an author opened in other people's repositories, sorted
//! into what certainly counts, what may count, and what was not seen.

use super::contribution::{Contribution, ContributionKind};
use crate::evidence::{
    Association, ClosedAs, ClosedBy, Closing, Evidence, Fact, GapReason, ItemList, Part,
    PullRequest, PullRequestState, Remainder, WINDOW_DAYS,
};
use crate::policy::PolicyName;
use crate::time::Timestamp;
use litemap::LiteMap;
use std::cmp::Reverse;

const SECONDS_A_DAY: i64 = 86_400;

/// More unseen items than this decide nothing that this many do not: GitHub
/// gives out 1,000 results of a search at most.
const MOST_UNSEEN: u32 = 10_000;

/// So many items that did not land are enough to see what `balanced` looks for:
/// what is older than the last of them is neither judged nor asked for, so that
/// whoever floods GitHub is told of after one page. gh-profiler 0.9.0 looks at
/// the first hundred too.
const MOST_UNLANDED: usize = 100;

/// Pull requests or issues in other people's repositories, as far as they are known.
#[derive(Debug)]
pub enum ActivityFact<'a> {
    /// Nothing that can be trusted before this part is known.
    Needs(Part),
    /// What can be seen of it.
    Known(Activity<'a>),
}

/// One kind of activity in other people's repositories.
#[derive(Clone, Debug)]
pub struct Activity<'a> {
    /// Those which certainly are in other people's repositories.
    pub certain: Vec<Contribution<'a>>,
    /// The certain ones, and those of which only the author's organizations
    /// could tell.
    pub possible: Vec<Contribution<'a>>,
    /// How many were not seen. They may be anything.
    pub unseen: u32,
    /// Whether there are any, and all of them are merged pull requests.
    pub is_unseen_merged: bool,
    /// How many there are by GitHub's count, the author's own included.
    pub total: u32,
    /// Whether older ones were left out, as there are enough.
    pub is_cut: bool,
    /// Whether any of those seen is outside of the author's own account, be it in
    /// an organization of the author's.
    pub is_any_elsewhere: bool,
    /// Pull requests or issues.
    pub kind: ContributionKind,
}

impl Activity<'_> {
    /// How many of the unseen can make anything worse: none that is merged.
    pub fn unseen_at_worst(&self) -> u32 {
        if self.is_unseen_merged {
            0
        } else {
            self.unseen
        }
    }
}

/// All pull requests or issues that GitHub told, the author's own included.
pub struct ItemsTold<'a> {
    /// Which of the two.
    pub kind: ContributionKind,
    /// How many there are by GitHub's count.
    pub total: u32,
    /// Those that were fetched.
    pub items: Vec<Contribution<'a>>,
    /// How far we are with the others.
    pub rest: Remainder,
    is_refusal_told: bool,
    is_rest_merged: bool,
}

impl<'a> ItemsTold<'a> {
    /// The pull requests, where they are known.
    pub fn of_pull_requests(evidence: &'a Evidence) -> Option<Self> {
        let found = evidence.pull_requests.known()?;
        let contribution = |it| Contribution::PullRequest(it, closer(evidence, it));
        Some(Self::new(
            ContributionKind::PullRequest,
            found,
            contribution,
        ))
    }

    /// The issues, where they are known.
    pub fn of_issues(evidence: &'a Evidence) -> Option<Self> {
        let found = evidence.issues.known()?;
        Some(Self::new(
            ContributionKind::Issue,
            found,
            Contribution::Issue,
        ))
    }

    fn new<T>(
        kind: ContributionKind,
        found: &'a ItemList<T>,
        contribution: impl Fn(&'a T) -> Contribution<'a>,
    ) -> Self {
        Self {
            kind,
            total: found.total,
            items: found.items.iter().map(contribution).collect(),
            rest: found.rest,
            is_refusal_told: found.is_refusal_told,
            is_rest_merged: found.is_rest_merged,
        }
    }

    fn is_empty(&self) -> bool {
        self.total == 0 && self.items.is_empty()
    }
}

/// What it means when GitHub told neither a pull request nor an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NothingTold {
    /// It told some, or there are none.
    Believed,
    /// There are some that a search does not show.
    Contradicted,
    /// Only the history here could tell whether what the page shows is public.
    NeedsHere,
    /// Only the totals of the account could tell.
    NeedsCounts,
}

impl NothingTold {
    /// GitHub's search finds nothing by authors whose profile is private, so
    /// nothing found is believed only where nothing says otherwise.
    fn of(
        evidence: &Evidence,
        pull_requests: Option<&ItemsTold<'_>>,
        issues: Option<&ItemsTold<'_>>,
        now: Timestamp,
    ) -> Self {
        let both = [pull_requests, issues];
        if !both.iter().all(|it| it.is_some_and(ItemsTold::is_empty)) {
            return Self::Believed;
        }
        let is_in_window = |at: Timestamp| at.as_second() >= window_start_second(now);
        if evidence.opened_here_at.is_some_and(is_in_window) {
            match &evidence.history_here {
                // What is opened where not even the token can look is not public.
                Fact::Missing(gap) if gap.reason == GapReason::RepositoryHidden => {}
                Fact::Known { .. } if evidence.is_private_here => {}
                Fact::NotAsked | Fact::Coming if evidence.repository.is_some() => {
                    return Self::NeedsHere;
                }
                _ => return Self::Contradicted,
            }
        }
        // REST would have refused to search for an author that cannot be searched.
        if both.iter().flatten().all(|it| it.is_refusal_told) {
            return Self::Believed;
        }
        match evidence.counts.known() {
            None => Self::NeedsCounts,
            Some(counts) => {
                let is_any = counts.pull_requests > 0 || counts.issues > 0;
                if counts.newest_at.map_or(is_any, is_in_window) {
                    Self::Contradicted
                } else {
                    Self::Believed
                }
            }
        }
    }
}

/// Both kinds of activity in the window, pull requests first, and whether there
/// is some that no search shows.
pub(super) fn of_both(
    evidence: &Evidence,
    policy: PolicyName,
    now: Timestamp,
) -> ([ActivityFact<'_>; 2], bool) {
    let pull_requests = ItemsTold::of_pull_requests(evidence);
    let issues = ItemsTold::of_issues(evidence);
    let (told, other) = (pull_requests.as_ref(), issues.as_ref());
    let nothing = NothingTold::of(evidence, told, other, now);
    let activity = |kind, told, other| activity(kind, told, evidence, policy, nothing, other);
    let both = [
        activity(ContributionKind::PullRequest, told, other),
        activity(ContributionKind::Issue, other, told),
    ];
    (both, nothing == NothingTold::Contradicted)
}

fn activity<'a>(
    kind: ContributionKind,
    told: Option<&ItemsTold<'a>>,
    evidence: &Evidence,
    policy: PolicyName,
    nothing: NothingTold,
    other: Option<&ItemsTold<'a>>,
) -> ActivityFact<'a> {
    let Some(told) = told else {
        return ActivityFact::Needs(kind.part());
    };
    match nothing {
        NothingTold::Contradicted => return ActivityFact::Needs(kind.part()),
        NothingTold::NeedsHere => return ActivityFact::Needs(Part::Here),
        NothingTold::NeedsCounts => return ActivityFact::Needs(Part::Counts),
        // None of one kind says nothing as long as the other kind could not
        // show that the author can be searched at all.
        NothingTold::Believed if told.is_empty() && other.is_none() => {
            return ActivityFact::Needs(match kind {
                ContributionKind::PullRequest => Part::Issues,
                ContributionKind::Issue => Part::PullRequests,
            });
        }
        NothingTold::Believed => {}
    }
    let organizations = evidence.organizations.known();
    let cut = (policy == PolicyName::Balanced)
        .then(|| cut(&told.items))
        .flatten();
    let mut is_any_elsewhere = false;
    let mut seen = LiteMap::new_vec();
    let (mut certain, mut possible) = (Vec::new(), Vec::new());
    for &contribution in &told.items {
        let item = contribution.item();
        if cut.is_some_and(|cut| item.created_at < cut) {
            continue;
        }
        // Pages of a search shift when something is opened between two calls.
        if seen.insert((&item.repository, item.number), ()).is_some() {
            continue;
        }
        let owner = item.repository.owner();
        is_any_elsewhere |= *owner != evidence.login;
        // Whoever belongs to the repository's own people is no stranger there,
        // also where an organization hides its members.
        let is_insider = contribution
            .association()
            .is_some_and(Association::is_insider);
        if policy == PolicyName::Balanced && is_insider {
            continue;
        }
        if *owner == evidence.login || organizations.is_some_and(|all| all.contains(owner)) {
            continue;
        }
        possible.push(contribution);
        if !item.is_in_organization || organizations.is_some() {
            certain.push(contribution);
        }
    }
    let unseen = match told.rest {
        Remainder::None => 0,
        // Of what is newer than the last that counts, all was seen.
        _ if cut.is_some() && !told.is_rest_merged => 0,
        Remainder::NotAsked | Remainder::Coming | Remainder::Missing(_) => {
            let seen = u32::try_from(seen.len()).unwrap_or(u32::MAX);
            told.total.saturating_sub(seen).clamp(1, MOST_UNSEEN)
        }
    };
    ActivityFact::Known(Activity {
        certain,
        possible,
        unseen,
        is_unseen_merged: policy == PolicyName::Balanced && told.is_rest_merged && unseen > 0,
        total: told.total,
        is_cut: cut.is_some(),
        is_any_elsewhere,
        kind,
    })
}

/// When the last of [`MOST_UNLANDED`] was opened, where there are more. Nothing
/// that may still change what is known decides it.
fn cut(items: &[Contribution<'_>]) -> Option<Timestamp> {
    let is_landed = |contribution: &&Contribution<'_>| match contribution {
        Contribution::PullRequest(it, _) => it.state == PullRequestState::Merged,
        Contribution::Issue(it) => it.closed_as == Some(ClosedAs::Completed),
    };
    let unlanded = items.iter().filter(|it| !is_landed(it));
    let mut times: Vec<_> = unlanded.map(|it| it.item().created_at).collect();
    times.sort_unstable_by_key(|it| Reverse(*it));
    times.get(MOST_UNLANDED - 1).copied()
}

/// The window begins with a whole day in UTC, as GitHub's search takes dates.
fn window_start_second(now: Timestamp) -> i64 {
    let today = now.as_second().div_euclid(SECONDS_A_DAY);
    (today - i64::from(WINDOW_DAYS)) * SECONDS_A_DAY
}

/// Who closed a pull request, whichever answer told it.
fn closer(evidence: &Evidence, pull_request: &PullRequest) -> Option<ClosedBy> {
    let asked = || closing(evidence, pull_request)?.closed_by;
    pull_request.closed_by.or_else(asked)
}

/// What GitHub told when it was asked who closed a pull request.
pub(super) fn closing<'e>(
    evidence: &'e Evidence,
    pull_request: &PullRequest,
) -> Option<&'e Closing> {
    let node_id = pull_request.node_id.as_ref()?;
    let asked = evidence.closers.known()?;
    asked.closings.iter().find(|it| it.node_id == *node_id)
}
