//! [`Case`]: the evidence as findings see it, sorted into what certainly
//! counts, what may count, and what was not seen.

use super::owners::{Owner, by_owner};
use crate::evidence::{
    Association, ClosedAs, ClosedBy, Closing, Evidence, Fact, Gap, GapReason, Issue, Item,
    ItemList, Part, PullRequest, PullRequestState, Remainder, WINDOW_DAYS,
};
use crate::login::Login;
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
    pub pull_requests: Sight<'a>,
    /// Issues in other people's repositories in the window.
    pub issues: Sight<'a>,
    /// Whether the searches found nothing although there is something.
    pub is_unsearchable: bool,
}

/// What can be seen of one kind of activity.
#[derive(Debug)]
pub enum Sight<'a> {
    /// Nothing that could be trusted, before this part is known.
    Behind(Part),
    /// Something.
    Seen(Activity<'a>),
}

/// One kind of activity in other people's repositories.
#[derive(Clone, Debug)]
pub struct Activity<'a> {
    /// Those which certainly are in other people's repositories.
    pub certain: Vec<Opened<'a>>,
    /// The certain ones, and those of which only the author's organizations
    /// could tell.
    pub possible: Vec<Opened<'a>>,
    /// How many were not seen. They may be anything.
    pub unseen: u32,
    /// How many there are by GitHub's count, the author's own included.
    pub total: u32,
    /// Whether older ones were left out, as there are enough.
    pub is_cut: bool,
    /// Whether any of those seen is outside of the author's own account, be it in
    /// an organization of the author's.
    pub is_any_elsewhere: bool,
    /// What was opened.
    pub kind: Kind,
}

/// A pull request or an issue: a list that findings judge holds one kind only.
#[derive(Clone, Copy, Debug)]
pub enum Opened<'a> {
    /// A pull request, and who closed it where it was closed unmerged and
    /// that is known.
    PullRequest(&'a PullRequest, Option<ClosedBy>),
    /// An issue.
    Issue(&'a Issue),
}

impl<'a> Opened<'a> {
    /// Where, when and under which title.
    pub fn item(self) -> &'a Item {
        match self {
            Self::PullRequest(pull_request, _) => &pull_request.item,
            Self::Issue(issue) => &issue.item,
        }
    }

    /// What became of it.
    pub fn ending(self, doubt: Doubt) -> Ending {
        match self {
            Self::PullRequest(it, closed_by) => match (it.state, closed_by) {
                (PullRequestState::Open, _) => Ending::Open,
                (PullRequestState::Merged, _) | (_, Some(ClosedBy::Commit)) => Ending::Landed,
                (_, Some(ClosedBy::Author)) => Ending::Withdrawn,
                (_, Some(ClosedBy::Bot)) => Ending::Tidied,
                (_, Some(ClosedBy::Other)) => Ending::TurnedDown,
                (_, None) => match doubt {
                    Doubt::Best => Ending::Landed,
                    Doubt::Worst => Ending::TurnedDown,
                },
            },
            Self::Issue(it) => match it.closed_as {
                None => Ending::Open,
                Some(ClosedAs::Completed) => Ending::Landed,
                Some(ClosedAs::NotPlanned | ClosedAs::Duplicate) => Ending::TurnedDown,
                Some(ClosedAs::Other) => Ending::Tidied,
            },
        }
    }

    /// Whether it was closed unmerged and nobody has told yet by whom.
    pub fn is_closer_unknown(self) -> bool {
        self.is_pull_request(PullRequestState::Closed) && matches!(self, Self::PullRequest(_, None))
    }

    /// The same, read as `doubt` reads it.
    #[must_use]
    pub fn resolved(self, doubt: Doubt) -> Self {
        match (self, doubt) {
            (Self::PullRequest(it, None), Doubt::Best) => {
                Self::PullRequest(it, Some(ClosedBy::Commit))
            }
            (Self::PullRequest(it, None), Doubt::Worst) => {
                Self::PullRequest(it, Some(ClosedBy::Other))
            }
            _ => self,
        }
    }

    /// What the author is to the repository, where a pull request tells it.
    pub fn association(self) -> Option<Association> {
        match self {
            Self::PullRequest(it, _) => it.association,
            Self::Issue(_) => None,
        }
    }

    /// Whether it is a pull request in this state.
    pub fn is_pull_request(self, state: PullRequestState) -> bool {
        matches!(self, Self::PullRequest(it, _) if it.state == state)
    }
}

/// What became of a pull request or an issue, as far as it says anything of
/// the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It is open.
    Open,
    /// A pull request's content landed, by a merge or by a commit; an issue was
    /// completed.
    Landed,
    /// Its author closed a pull request.
    Withdrawn,
    /// An app closed a pull request, or GitHub names no reason for closing an
    /// issue: no judgement.
    Tidied,
    /// Somebody else closed a pull request; an issue is not planned, or a
    /// duplicate.
    TurnedDown,
}

/// How to read a closing of which nobody has told yet whose it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// A commit closed it.
    Best,
    /// Somebody else closed it.
    Worst,
}

/// What a list of things opened holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Pull requests.
    PullRequest,
    /// Issues.
    Issue,
}

impl Kind {
    /// The part in which GitHub tells of them.
    pub const fn part(self) -> Part {
        match self {
            Self::PullRequest => Part::PullRequests,
            Self::Issue => Part::Issues,
        }
    }

    /// GitHub's name of them in a search.
    pub const fn search_term(self) -> &'static str {
        match self {
            Self::PullRequest => "is:pr",
            Self::Issue => "is:issue",
        }
    }

    /// GitHub's name of the kind of search.
    pub const fn search_type(self) -> &'static str {
        match self {
            Self::PullRequest => "pullrequests",
            Self::Issue => "issues",
        }
    }

    /// GitHub's name of them in a URL.
    pub const fn path(self) -> &'static str {
        match self {
            Self::PullRequest => "pull",
            Self::Issue => "issues",
        }
    }
}

/// What a search found, whichever kind it looked for.
pub struct Results<'a> {
    /// What it looked for.
    pub kind: Kind,
    /// How many there are by GitHub's count.
    pub total: u32,
    /// Those that were fetched.
    pub items: Vec<Opened<'a>>,
    /// How far we are with the others.
    pub rest: Remainder,
    is_refusal_told: bool,
}

impl<'a> Results<'a> {
    /// The pull requests, where they are known.
    pub fn of_pull_requests(evidence: &'a Evidence) -> Option<Self> {
        let found = evidence.pull_requests.known()?;
        let opened = |it| Opened::PullRequest(it, closer(evidence, it));
        Some(Self::new(Kind::PullRequest, found, opened))
    }

    /// The issues, where they are known.
    pub fn of_issues(evidence: &'a Evidence) -> Option<Self> {
        let found = evidence.issues.known()?;
        Some(Self::new(Kind::Issue, found, Opened::Issue))
    }

    fn new<T>(kind: Kind, found: &'a ItemList<T>, opened: impl Fn(&'a T) -> Opened<'a>) -> Self {
        Self {
            kind,
            total: found.total,
            items: found.items.iter().map(opened).collect(),
            rest: found.rest,
            is_refusal_told: found.is_refusal_told,
        }
    }

    fn is_empty(&self) -> bool {
        self.total == 0 && self.items.is_empty()
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
        let pull_requests = Results::of_pull_requests(evidence);
        let issues = Results::of_issues(evidence);
        let zero = Zero::of(evidence, pull_requests.as_ref(), issues.as_ref(), now);
        let sight = |kind, results, other| sight(kind, results, evidence, policy, zero, other);
        Self {
            evidence,
            policy,
            now,
            pull_requests: sight(Kind::PullRequest, pull_requests.as_ref(), issues.as_ref()),
            issues: sight(Kind::Issue, issues.as_ref(), pull_requests.as_ref()),
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
        }
    }

    /// Whether the search in this repository tells anything: that it found
    /// nothing of an author who cannot be searched does not.
    pub fn is_history_here_told(&self) -> bool {
        let found = self.evidence.history_here.known();
        !self.is_unsearchable || found.is_none_or(|found| found.total > 0)
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
            Sight::Behind(_) => false,
            Sight::Seen(activity) => by_owner(self, &activity.possible, Doubt::Worst)
                .get(owner)
                .is_some_and(Owner::takes),
        };
        // Where the author's work is taken whoever closed it, who did matters
        // least.
        let (last, first): (Vec<_>, Vec<_>) = askable
            .into_iter()
            .partition(|it| is_taken(it.item.repository.owner()));
        let asked = if first.is_empty() { last } else { first };
        asked
            .into_iter()
            .filter_map(|it| it.node_id.clone())
            .collect()
    }

    fn with_unknown_closer(&self) -> impl Iterator<Item = &'a PullRequest> {
        let possible = match &self.pull_requests {
            Sight::Behind(_) => &[],
            Sight::Seen(activity) => activity.possible.as_slice(),
        };
        possible.iter().filter_map(|opened| match *opened {
            Opened::PullRequest(it, _) if opened.is_closer_unknown() => Some(it),
            _ => None,
        })
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
    fn of(
        evidence: &Evidence,
        pull_requests: Option<&Results<'_>>,
        issues: Option<&Results<'_>>,
        now: Timestamp,
    ) -> Self {
        let both = [pull_requests, issues];
        if !both.iter().all(|it| it.is_some_and(Results::is_empty)) {
            return Self::Believed;
        }
        let is_in_window = |at: Timestamp| at.as_second() >= window_start_second(now);
        if evidence.opened_here_at.is_some_and(is_in_window) {
            return Self::Unsearchable;
        }
        // REST would have refused to search for an author that cannot be searched.
        if both.iter().flatten().all(|it| it.is_refusal_told) {
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

fn sight<'a>(
    kind: Kind,
    results: Option<&Results<'a>>,
    evidence: &Evidence,
    policy: PolicyName,
    zero: Zero,
    other: Option<&Results<'a>>,
) -> Sight<'a> {
    let Some(found) = results else {
        return Sight::Behind(kind.part());
    };
    match zero {
        Zero::Unsearchable => return Sight::Behind(kind.part()),
        Zero::BehindCounts => return Sight::Behind(Part::Counts),
        // Nothing found says nothing as long as the other search could not
        // show that the author can be searched at all.
        Zero::Believed if found.is_empty() && other.is_none() => {
            return Sight::Behind(match kind {
                Kind::PullRequest => Part::Issues,
                Kind::Issue => Part::PullRequests,
            });
        }
        Zero::Believed => {}
    }
    let organizations = evidence.organizations.known();
    let cut = (policy == PolicyName::Balanced)
        .then(|| cut(&found.items))
        .flatten();
    let mut is_any_elsewhere = false;
    let mut seen = LiteMap::new_vec();
    let (mut certain, mut possible) = (Vec::new(), Vec::new());
    for &opened in &found.items {
        let item = opened.item();
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
        let is_insider = opened.association().is_some_and(Association::is_insider);
        if policy == PolicyName::Balanced && is_insider {
            continue;
        }
        if *owner == evidence.login || organizations.is_some_and(|all| all.contains(owner)) {
            continue;
        }
        possible.push(opened);
        if !item.is_in_organization || organizations.is_some() {
            certain.push(opened);
        }
    }
    let unseen = match found.rest {
        Remainder::None => 0,
        _ if cut.is_some() => 0,
        Remainder::NotAsked | Remainder::Coming | Remainder::Missing(_) => {
            let seen = u32::try_from(seen.len()).unwrap_or(u32::MAX);
            found.total.saturating_sub(seen).clamp(1, MOST_UNSEEN)
        }
    };
    Sight::Seen(Activity {
        certain,
        possible,
        unseen,
        total: found.total,
        is_cut: cut.is_some(),
        is_any_elsewhere,
        kind,
    })
}

/// When the last of [`MOST_UNLANDED`] was opened, where there are more. Nothing
/// that may still change what is known decides it.
fn cut(items: &[Opened<'_>]) -> Option<Timestamp> {
    let is_landed = |opened: &&Opened<'_>| match opened {
        Opened::PullRequest(it, _) => it.state == PullRequestState::Merged,
        Opened::Issue(it) => it.closed_as == Some(ClosedAs::Completed),
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

/// Who closed a pull request, whichever answer told it.
fn closer(evidence: &Evidence, pull_request: &PullRequest) -> Option<ClosedBy> {
    let asked = || closing(evidence, pull_request)?.closed_by;
    pull_request.closed_by.or_else(asked)
}

/// What GitHub told when it was asked who closed a pull request.
fn closing<'e>(evidence: &'e Evidence, pull_request: &PullRequest) -> Option<&'e Closing> {
    let node_id = pull_request.node_id.as_ref()?;
    let asked = evidence.closers.known()?;
    asked.closings.iter().find(|it| it.node_id == *node_id)
}
