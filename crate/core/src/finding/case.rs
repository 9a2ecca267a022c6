//! [`Case`]: the evidence as findings see it, sorted into what certainly
//! counts, what may count, and what was not seen.

use crate::evidence::{
    ClosedBy, Closing, Evidence, Fact, Gap, GapReason, Issue, Item, ItemList, Part, PullRequest,
    PullRequestState, Remainder, WINDOW_DAYS,
};
use crate::policy::PolicyName;
use crate::time::Timestamp;
use litemap::LiteMap;

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
    /// What was opened.
    pub kind: Kind,
}

/// A pull request or an issue: a list that findings judge holds one kind only.
#[derive(Clone, Copy, Debug)]
pub enum Opened<'a> {
    /// A pull request.
    PullRequest(&'a PullRequest),
    /// An issue.
    Issue(&'a Issue),
}

impl<'a> Opened<'a> {
    /// Where, when and under which title.
    pub fn item(self) -> &'a Item {
        match self {
            Self::PullRequest(pull_request) => &pull_request.item,
            Self::Issue(issue) => &issue.item,
        }
    }

    /// Whether it is a pull request in this state.
    pub fn is_pull_request(self, state: PullRequestState) -> bool {
        matches!(self, Self::PullRequest(it) if it.state == state)
    }
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
        Some(Self::new(Kind::PullRequest, found, Opened::PullRequest))
    }

    /// The issues, where they are known.
    pub fn of_issues(evidence: &'a Evidence) -> Option<Self> {
        let found = evidence.issues.known()?;
        Some(Self::new(Kind::Issue, found, Opened::Issue))
    }

    fn new<T>(kind: Kind, found: &'a ItemList<T>, opened: fn(&'a T) -> Opened<'a>) -> Self {
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
        let sight = |kind, results, other| sight(kind, results, evidence, zero, other);
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
            Part::Closers => state_of_closers(e),
        }
    }

    /// Whether the search in this repository tells anything: that it found
    /// nothing of an author who cannot be searched does not.
    pub fn is_history_here_told(&self) -> bool {
        let found = self.evidence.history_here.known();
        !self.is_unsearchable || found.is_none_or(|found| found.total > 0)
    }

    /// Who closed a pull request, where that was told with it or when it was
    /// asked for by itself.
    pub fn closed_by(&self, pull_request: &PullRequest) -> Option<ClosedBy> {
        let asked = || closing(self.evidence, pull_request)?.closed_by;
        pull_request.closed_by.or_else(asked)
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
    let mut seen = LiteMap::new_vec();
    let (mut certain, mut possible) = (Vec::new(), Vec::new());
    for &opened in &found.items {
        let item = opened.item();
        // Pages of a search shift when something is opened between two calls.
        if seen.insert((&item.repository, item.number), ()).is_some() {
            continue;
        }
        let owner = item.repository.owner();
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
        kind,
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

/// How far we are with the closers that are not known. Where none of them can
/// be asked for, asking is over.
fn state_of_closers(evidence: &Evidence) -> State {
    let mut unknown = with_unknown_closer(evidence).peekable();
    if unknown.peek().is_none() {
        return State::Known;
    }
    let asked = evidence.closers.known();
    match asked.map_or_else(|| state(&evidence.closers), |it| state_of_rest(it.rest)) {
        State::NotAsked | State::Known if !unknown.any(|it| can_be_asked(evidence, it)) => {
            State::Missing(Gap::new(GapReason::Unreadable))
        }
        state => state,
    }
}

/// The closed pull requests of which nobody has told yet who closed them.
fn with_unknown_closer(evidence: &Evidence) -> impl Iterator<Item = &PullRequest> {
    let found = evidence.pull_requests.known();
    let items = found.map(|it| it.items.as_slice()).unwrap_or_default();
    items.iter().filter(|it| {
        it.state == PullRequestState::Closed
            && it.closed_by.is_none()
            && closing(evidence, it).is_none_or(|told| told.closed_by.is_none())
    })
}

/// Whether GitHub can still be asked who closed a pull request.
fn can_be_asked(evidence: &Evidence, pull_request: &PullRequest) -> bool {
    pull_request.node_id.is_some() && closing(evidence, pull_request).is_none()
}

/// What GitHub told when it was asked who closed a pull request.
fn closing<'e>(evidence: &'e Evidence, pull_request: &PullRequest) -> Option<&'e Closing> {
    let node_id = pull_request.node_id.as_ref()?;
    let asked = evidence.closers.known()?;
    asked.closings.iter().find(|it| it.node_id == *node_id)
}
