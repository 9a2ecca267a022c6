//! Who exists, what they did and when: everything the loopback GitHub can tell about.
//!
//! A world is a pure function of its seed and of the moment it was made. Logins that it does not
//! know do not exist, so `missing-…`, `suspended-sid` and `old-name` need no entry.

mod details;
mod files;
mod generated;
mod personas;
mod random;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

pub use details::{Details, Event, EventKind};
pub(crate) use files::file;
pub(crate) use random::Random;

/// What kind of account a login is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A person.
    User,
    /// An organization.
    Organization,
    /// The account of a GitHub App, with `[bot]` in its login.
    Bot,
}

/// A public account with all that it did.
#[derive(Debug, Clone)]
pub struct Account {
    /// The database id.
    pub id: i64,
    /// The login in its own case.
    pub login: String,
    /// Person, organization or app.
    pub kind: Kind,
    /// When it was made.
    pub created: Timestamp,
    /// The fields of the profile; `None` where nothing was filled in.
    pub profile: Profile,
    /// Who follows it.
    pub followers: u32,
    /// Whom it follows.
    pub following: u32,
    /// Its own public repositories that are no forks.
    pub sources: u32,
    /// Its public forks.
    pub forks: u32,
    /// The organizations it is publicly in, in the case in which they are listed.
    pub organizations: Vec<String>,
    /// Its social accounts: GitHub's name of the provider (in lower case) and the URL.
    pub socials: Vec<(&'static str, String)>,
    /// Whether a search may name it. A private profile may not be searched.
    pub searchable: bool,
    /// Its pull requests and issues, newest first.
    pub items: Vec<Item>,
    /// One sentence on why it is here; empty for generated accounts.
    pub about: String,
    /// Its traits in short words.
    pub traits: Vec<&'static str>,
}

/// The fields of a profile that a person may fill in.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    /// The name shown.
    pub name: Option<String>,
    /// A sentence about the person.
    pub bio: Option<String>,
    /// The company.
    pub company: Option<String>,
    /// The place.
    pub location: Option<String>,
    /// The web site, called `blog` in REST.
    pub website: Option<String>,
    /// The public e-mail address.
    pub email: Option<String>,
}

/// A repository's name and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Repository {
    /// The owner's login, in the owner's case.
    pub owner: String,
    /// The name without the owner.
    pub name: String,
    /// Whether an organization owns it.
    pub in_organization: bool,
    /// Whether only its members see it.
    pub is_private: bool,
}

impl Repository {
    /// A public repository `owner/name` of an organization.
    pub fn of_organization(full_name: &str) -> Self {
        let (owner, name) = full_name.split_once('/').unwrap_or((full_name, "main"));
        Self {
            owner: owner.to_owned(),
            name: name.to_owned(),
            in_organization: true,
            is_private: false,
        }
    }

    /// A public repository `owner/name` of a person.
    pub fn of_user(full_name: &str) -> Self {
        Self {
            in_organization: false,
            ..Self::of_organization(full_name)
        }
    }

    /// `owner/name`.
    pub fn full_name(&self) -> String {
        format!("{}/{}", self.owner, self.name)
    }

    /// Whether this is the repository `owner/name`, in any case.
    pub fn is(&self, owner: &str, name: &str) -> bool {
        self.owner.eq_ignore_ascii_case(owner) && self.name.eq_ignore_ascii_case(name)
    }
}

/// A pull request or an issue. Its author is the account that holds it.
#[derive(Debug, Clone)]
pub struct Item {
    /// Where it was opened.
    pub repository: Repository,
    /// Its number there.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// When it was opened.
    pub created: Timestamp,
    /// Which of the two it is, and how it ended.
    pub what: What,
    /// What the author was to the repository, in GitHub's words.
    pub association: &'static str,
    /// Who or what closed or merged it, where it is closed.
    pub closed_by: Closer,
}

/// Who or what closes an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closer {
    /// Its author.
    Author,
    /// Somebody else or an app, by login. GraphQL tells nobody where that account is gone.
    Other(String),
    /// A commit that this login pushed: the work landed by another way than by a merge.
    Commit(String),
}

/// Which of the two an item is, and how it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A pull request.
    Pull {
        /// How it ended.
        end: PullEnd,
        /// Whether it is a draft.
        draft: bool,
    },
    /// An issue.
    Issue {
        /// When and why it was closed; `None` while it is open.
        closed: Option<(Timestamp, Reason)>,
    },
}

/// How a pull request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PullEnd {
    /// It has not.
    Open,
    /// Merged then.
    Merged(Timestamp),
    /// Closed then without being merged.
    Closed(Timestamp),
}

/// Why an issue was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It was done.
    Completed,
    /// It will not be done.
    NotPlanned,
    /// It was there already.
    Duplicate,
}

impl Item {
    /// Whether it is a pull request.
    pub fn is_pull(&self) -> bool {
        matches!(self.what, What::Pull { .. })
    }

    /// When it was closed or merged.
    pub fn closed_at(&self) -> Option<Timestamp> {
        match self.what {
            What::Pull {
                end: PullEnd::Merged(at) | PullEnd::Closed(at),
                ..
            } => Some(at),
            What::Issue { closed } => closed.map(|(at, _)| at),
            What::Pull {
                end: PullEnd::Open, ..
            } => None,
        }
    }

    /// When it was merged.
    pub fn merged_at(&self) -> Option<Timestamp> {
        match self.what {
            What::Pull {
                end: PullEnd::Merged(at),
                ..
            } => Some(at),
            _ => None,
        }
    }

    /// Why it was closed, for an issue.
    pub fn reason(&self) -> Option<Reason> {
        match self.what {
            What::Issue { closed } => closed.map(|(_, reason)| reason),
            What::Pull { .. } => None,
        }
    }

    /// Its page.
    pub fn url(&self) -> String {
        let kind = if self.is_pull() { "pull" } else { "issues" };
        format!(
            "https://github.com/{}/{kind}/{}",
            self.repository.full_name(),
            self.number
        )
    }
}

/// An item and who wrote it.
#[derive(Debug, Clone)]
pub struct Written {
    /// The author.
    pub author: Arc<Account>,
    /// Which of the author's items.
    pub index: usize,
}

impl Written {
    /// The item itself.
    pub fn item(&self) -> &Item {
        &self.author.items[self.index]
    }
}

/// Repositories in which nobody did anything yet, but which have pages.
const EMPTY: [&str; 2] = ["acme/long", "acme/next"];

/// Every account, repository, pull request and issue there is.
#[derive(Debug)]
pub struct World {
    named: BTreeMap<String, Arc<Account>>,
    seed: u64,
    now: Timestamp,
}

impl World {
    /// The world as it stands at `now`; all ages and dates are relative to that.
    pub fn new(seed: u64, now: Timestamp) -> Self {
        let accounts = personas::all(now).into_iter();
        let named = accounts.map(|account| (account.login.to_lowercase(), Arc::new(account)));
        Self {
            named: named.collect(),
            seed,
            now,
        }
    }

    /// The account with that login, in any case; `None` where GitHub says 404.
    ///
    /// Besides the personas every login `gen-<number>` exists, below a thousand million.
    pub fn account(&self, login: &str) -> Option<Arc<Account>> {
        let key = login.to_lowercase();
        if let Some(account) = self.named.get(&key) {
            return Some(Arc::clone(account));
        }
        let number: u32 = key.strip_prefix("gen-")?.parse().ok()?;
        let is_written_plainly = key == format!("gen-{number}") && number < 1_000_000_000;
        is_written_plainly.then(|| Arc::new(generated::account(number, self.seed, self.now)))
    }

    /// The personas, the organizations and the apps, by login.
    pub fn named(&self) -> impl Iterator<Item = &Arc<Account>> {
        self.named.values()
    }

    /// The repository with that name: one in which somebody named did something, one of the
    /// generated accounts' own, or one of the pool that generated accounts contribute to.
    pub fn repository(&self, owner: &str, name: &str) -> Option<Repository> {
        let of_named = self.named().flat_map(|account| &account.items);
        let mut known = of_named.map(|item| &item.repository);
        if let Some(repository) = known.find(|repository| repository.is(owner, name)) {
            return Some(repository.clone());
        }
        let empty = EMPTY.iter().copied().map(Repository::of_organization);
        if let Some(repository) = generated::pool()
            .chain(empty)
            .find(|pooled| pooled.is(owner, name))
        {
            return Some(repository);
        }
        let account = self.account(owner)?;
        let mut own = account.items.iter().map(|item| &item.repository);
        own.find(|repository| repository.is(owner, name)).cloned()
    }

    /// The account with that database id: of a persona or of a generated account.
    pub fn account_by_id(&self, id: i64) -> Option<Arc<Account>> {
        if let Some(account) = self.named().find(|account| account.id == id) {
            return Some(Arc::clone(account));
        }
        let number = u32::try_from(id - generated::FIRST_ID).ok()?;
        self.account(&format!("gen-{number}"))
    }

    /// What more there is to tell of an item.
    pub fn details(&self, written: &Written) -> Details {
        details::of(written)
    }

    /// The pull request or issue with that number in a repository.
    pub fn item(&self, owner: &str, name: &str, number: u32) -> Option<Written> {
        let first_generated = self.account("gen-1");
        let mut authors = self.named().cloned().chain(first_generated);
        authors.find_map(|author| {
            let is_it = |item: &Item| item.number == number && item.repository.is(owner, name);
            let index = author.items.iter().position(is_it)?;
            Some(Written { author, index })
        })
    }
}
