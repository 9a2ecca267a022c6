//! What there is to tell of accounts, repositories, pull requests and issues.

use std::sync::Arc;

use jiff::Timestamp;

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

impl Account {
    /// An account with an empty profile that did nothing yet.
    pub(super) fn new(id: i64, login: &str, kind: Kind, created: Timestamp) -> Self {
        Self {
            id,
            login: login.to_owned(),
            kind,
            created,
            profile: Profile::default(),
            followers: 0,
            following: 0,
            sources: 0,
            forks: 0,
            organizations: Vec::new(),
            socials: Vec::new(),
            searchable: true,
            items: Vec::new(),
            about: String::new(),
            traits: Vec::new(),
        }
    }
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

    /// The database id.
    pub fn id(&self) -> u32 {
        // FNV-1a: what matters is that no two that stand here share one.
        let bytes = self.full_name().to_lowercase().into_bytes();
        bytes.iter().fold(0x811c_9dc5, |hash: u32, byte| {
            (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
        })
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
    pub what: ItemKind,
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
pub enum ItemKind {
    /// A pull request.
    Pull {
        /// How it ended.
        end: PullOutcome,
        /// Whether it is a draft.
        draft: bool,
    },
    /// An issue.
    Issue {
        /// When and why it was closed; `None` while it is open.
        closed: Option<(Timestamp, CloseReason)>,
    },
}

/// How a pull request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PullOutcome {
    /// It has not.
    Open,
    /// Merged then.
    Merged(Timestamp),
    /// Closed then without being merged.
    Closed(Timestamp),
}

/// Why an issue was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloseReason {
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
        matches!(self.what, ItemKind::Pull { .. })
    }

    /// When it was closed or merged.
    pub fn closed_at(&self) -> Option<Timestamp> {
        match self.what {
            ItemKind::Pull {
                end: PullOutcome::Merged(at) | PullOutcome::Closed(at),
                ..
            } => Some(at),
            ItemKind::Issue { closed } => closed.map(|(at, _)| at),
            ItemKind::Pull {
                end: PullOutcome::Open,
                ..
            } => None,
        }
    }

    /// When it was merged.
    pub fn merged_at(&self) -> Option<Timestamp> {
        match self.what {
            ItemKind::Pull {
                end: PullOutcome::Merged(at),
                ..
            } => Some(at),
            _ => None,
        }
    }

    /// Why it was closed, for an issue.
    pub fn reason(&self) -> Option<CloseReason> {
        match self.what {
            ItemKind::Issue { closed } => closed.map(|(_, reason)| reason),
            ItemKind::Pull { .. } => None,
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
pub struct AuthoredItem {
    /// The author.
    pub author: Arc<Account>,
    /// Which of the author's items.
    pub index: usize,
}

impl AuthoredItem {
    /// The item itself.
    pub fn item(&self) -> &Item {
        &self.author.items[self.index]
    }
}
