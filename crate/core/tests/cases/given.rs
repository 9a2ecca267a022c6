//! Evidence in few words, as `case.json` has it.

use bonafide_core::evidence::{
    Account, Association, ClosedAs, ClosedBy, Counts, Evidence, Fact, Gap, GapReason, Issue, Item,
    ItemList, PullRequest, PullRequestState, Remainder, SocialAccount, User,
};
use bonafide_core::login::Login;
use bonafide_core::policy::PolicyName;
use bonafide_core::repository::Repository;
use bonafide_core::time::{SignedDuration, Timestamp};
use serde::Deserialize;

/// A case. What it leaves out has not been asked for.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Case {
    pub why: String,
    pub policy: PolicyName,
    pub now: Timestamp,
    login: Login,
    repository: Option<Repository>,
    association: Option<Association>,
    opened_here_at: Option<Timestamp>,
    #[serde(default)]
    account: Given<AccountGiven>,
    #[serde(default)]
    email: Given<Option<String>>,
    #[serde(default)]
    social_accounts: Given<Vec<SocialAccount>>,
    #[serde(default)]
    organizations: Given<Vec<Login>>,
    #[serde(default)]
    counts: Given<Counts>,
    #[serde(default)]
    pull_requests: Given<Lines>,
    #[serde(default)]
    issues: Given<Lines>,
    #[serde(default)]
    history_here: Given<Lines>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Given<T> {
    #[default]
    NotAsked,
    Coming,
    Missing(GapReason),
    Known(T),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum AccountGiven {
    Organization,
    App,
    NotFound,
    #[serde(untagged)]
    User(User),
}

/// Items, newest first, an hour between two: `open carl/a A title`, where
/// `closed` says that nobody has told yet who closed it (`withdrawn`, `landed`,
/// `tidied` and `declined` do), and `acme+/a` is a repository of an organization. `12x` in front repeats a
/// line, and `{}` in it is the number of the repetition.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lines {
    items: Vec<String>,
    /// How many there are beyond those, not asked for.
    #[serde(default)]
    unseen: u32,
}

impl Case {
    pub fn evidence(self) -> Evidence {
        let now = self.now;
        let mut evidence = Evidence::new(self.login);
        evidence.repository = self.repository;
        evidence.association = self.association;
        evidence.opened_here_at = self.opened_here_at;
        evidence.account = self.account.fact(now, |account| match account {
            AccountGiven::User(user) => Account::User(user),
            AccountGiven::Organization => Account::Organization,
            AccountGiven::App => Account::App,
            AccountGiven::NotFound => Account::NotFound,
        });
        evidence.email = self.email.fact(now, |email| email);
        evidence.social_accounts = self.social_accounts.fact(now, |all| all);
        evidence.organizations = self.organizations.fact(now, |all| all);
        evidence.counts = self.counts.fact(now, |counts| counts);
        evidence.pull_requests = self
            .pull_requests
            .fact(now, |lines| lines.found(now, pull_request));
        evidence.issues = self.issues.fact(now, |lines| lines.found(now, issue));
        evidence.history_here = self
            .history_here
            .fact(now, |lines| lines.found(now, pull_request));
        evidence
    }
}

impl<T> Given<T> {
    fn fact<U>(self, at: Timestamp, read: impl FnOnce(T) -> U) -> Fact<U> {
        match self {
            Self::NotAsked => Fact::NotAsked,
            Self::Coming => Fact::Coming,
            Self::Missing(reason) => Fact::Missing(Gap::new(reason)),
            Self::Known(given) => Fact::Known {
                value: read(given),
                at,
            },
        }
    }
}

impl Lines {
    fn found<T>(self, now: Timestamp, read: impl Fn(&str, Item) -> T) -> ItemList<T> {
        let lines = self.items.iter().flat_map(|line| repeated(line));
        let items: Vec<T> = lines
            .enumerate()
            .map(|(index, line)| {
                let (state, item) = item(index, &line, now);
                read(&state, item)
            })
            .collect();
        ItemList {
            is_refusal_told: false,
            is_rest_merged: false,
            total: u32::try_from(items.len()).unwrap() + self.unseen,
            items,
            rest: if self.unseen == 0 {
                Remainder::None
            } else {
                Remainder::NotAsked
            },
        }
    }
}

fn repeated(line: &str) -> Vec<String> {
    let (count, line) = match line.split_once("x ") {
        Some((count, rest)) if count.parse::<usize>().is_ok() => (count.parse().unwrap(), rest),
        _ => (1, line),
    };
    (0..count)
        .map(|n: usize| line.replace("{}", &n.to_string()))
        .collect()
}

fn item(index: usize, line: &str, now: Timestamp) -> (String, Item) {
    let mut words = line.splitn(3, ' ');
    let mut word = || words.next().unwrap_or_else(|| panic!("too short: {line}"));
    let (state, place, title) = (word().to_owned(), word(), word());
    let hours = i64::try_from(index).unwrap();
    let item = Item {
        repository: place.replace('+', "").parse().unwrap(),
        is_in_organization: place.contains('+'),
        number: u32::try_from(index).unwrap() + 1,
        title: title.to_owned(),
        created_at: now - SignedDuration::from_hours(hours),
        closed_at: None,
    };
    (state, item)
}

fn pull_request(state: &str, item: Item) -> PullRequest {
    let closed = PullRequestState::Closed;
    let (state, closed_by) = match state {
        "open" => (PullRequestState::Open, None),
        "merged" => (PullRequestState::Merged, None),
        "closed" => (closed, None),
        "withdrawn" => (closed, Some(ClosedBy::Author)),
        "landed" => (closed, Some(ClosedBy::Commit)),
        "tidied" => (closed, Some(ClosedBy::Bot)),
        "declined" => (closed, Some(ClosedBy::Other)),
        _ => panic!("no state of a pull request: {state}"),
    };
    PullRequest {
        node_id: Some(format!("PR_{}", item.number)),
        item,
        state,
        closed_by,
        association: None,
    }
}

fn issue(state: &str, item: Item) -> Issue {
    let closed_as = match state {
        "open" => None,
        "completed" => Some(ClosedAs::Completed),
        "not-planned" => Some(ClosedAs::NotPlanned),
        "duplicate" => Some(ClosedAs::Duplicate),
        _ => panic!("no state of an issue: {state}"),
    };
    Issue {
        item,
        closed_as,
        is_not_planned_without_duplicates: state == "not-planned",
    }
}
