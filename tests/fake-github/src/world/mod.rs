//! Who exists, what they did and when: everything the loopback GitHub can tell about.
//!
//! A world is a pure function of its seed and of the moment it was made. Logins that it does not
//! know do not exist, so `missing-…`, `suspended-sid` and `old-name` need no entry.

mod crowd;
mod details;
mod files;
mod generated;
mod personas;
mod random;
mod record;

use std::cell::{OnceCell, RefCell};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crowd::{Crowd, Entry, Opener};

pub use details::{Details, Event, EventKind};
pub(crate) use files::file;
pub(crate) use random::Random;
pub use record::{
    Account, AuthoredItem, CloseReason, Closer, Item, ItemKind, Kind, Profile, PullOutcome,
    Repository,
};

/// Repositories in which nobody named did anything; the first two have pages.
const OTHERS: [&str; 4] = ["acme/long", "acme/next", "acme/empty", crowd::NAME];

/// Names that repositories once had, and what they are called now.
const RENAMED: [(&str, &str); 1] = [("acme/old-web", "acme/web")];

/// The account that stands for all deleted ones as the author of what they left: GraphQL tells
/// no author then, REST this one.
const GONE: (i64, &str) = (10_138, "ghost");

/// The database id of the app that [`crowd`] knows.
const APP_ID: i64 = 1045;

/// So many generated accounts are remembered.
const MOST_REMEMBERED: usize = 5_000;

/// Every account, repository, pull request and issue there is.
#[derive(Debug)]
pub struct World {
    named: BTreeMap<String, Arc<Account>>,
    /// Generated accounts that were asked for, by number.
    generated: RefCell<BTreeMap<u32, Arc<Account>>>,
    crowd: OnceCell<Crowd>,
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
            generated: RefCell::default(),
            crowd: OnceCell::new(),
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
        if key == crowd::APP {
            return Some(self.of_crowd(Opener::App));
        }
        let number: u32 = key.strip_prefix("gen-")?.parse().ok()?;
        let is_written_plainly = key == format!("gen-{number}") && number < 1_000_000_000;
        is_written_plainly.then(|| self.generated(number))
    }

    /// The account `gen-<number>`, made once and then remembered.
    fn generated(&self, number: u32) -> Arc<Account> {
        if let Some(account) = self.generated.borrow().get(&number) {
            return Arc::clone(account);
        }
        let mut account = generated::account(number, self.seed, self.now);
        let person = number.checked_sub(crowd::FIRST_PERSON);
        if let Some(person) = person.filter(|person| *person < crowd::PEOPLE) {
            account
                .items
                .extend(self.crowd().items_of(Opener::Person(person)));
            sort(&mut account.items);
            let first = account.items.iter().map(|item| item.created).min();
            account.created = first.map_or(account.created, |first| {
                account.created.min(first - SignedDuration::from_hours(30))
            });
        }
        let account = Arc::new(account);
        let mut remembered = self.generated.borrow_mut();
        if remembered.len() == MOST_REMEMBERED {
            remembered.clear();
        }
        remembered.insert(number, Arc::clone(&account));
        account
    }

    fn crowd(&self) -> &Crowd {
        self.crowd.get_or_init(|| Crowd::new(self.seed, self.now))
    }

    /// Who opened something in `acme/crowd`.
    fn of_crowd(&self, opener: Opener) -> Arc<Account> {
        let (id, login, kind) = match opener {
            Opener::Person(person) => return self.generated(crowd::FIRST_PERSON + person),
            Opener::App => (APP_ID, crowd::APP, Kind::Bot),
            Opener::Nobody => (GONE.0, GONE.1, Kind::User),
        };
        let mut items = self.crowd().items_of(opener);
        sort(&mut items);
        let created = self.now - SignedDuration::from_hours(5000 * 24);
        Arc::new(Account {
            items,
            ..Account::new(id, login, kind, created)
        })
    }

    /// The personas, the organizations and the apps, by login.
    pub fn named(&self) -> impl Iterator<Item = &Arc<Account>> {
        self.named.values()
    }

    /// The repository that has that name now: one in which somebody named did something, one of
    /// the generated accounts' own, or one of the pool that generated accounts contribute to.
    pub fn repository(&self, owner: &str, name: &str) -> Option<Repository> {
        let of_named = self.named().flat_map(|account| &account.items);
        let mut known = of_named.map(|item| &item.repository);
        if let Some(repository) = known.find(|repository| repository.is(owner, name)) {
            return Some(repository.clone());
        }
        let others = OTHERS.iter().copied().map(Repository::of_organization);
        if let Some(repository) = generated::pool()
            .chain(others)
            .find(|pooled| pooled.is(owner, name))
        {
            return Some(repository);
        }
        let account = self.account(owner)?;
        let mut own = account.items.iter().map(|item| &item.repository);
        own.find(|repository| repository.is(owner, name)).cloned()
    }

    /// The repository that once had that name.
    pub fn renamed(&self, owner: &str, name: &str) -> Option<Repository> {
        let old = Repository::of_organization(&format!("{owner}/{name}"));
        let is_it = |(from, _): &&(&str, &str)| old.full_name().eq_ignore_ascii_case(from);
        let (_, now) = RENAMED.iter().find(is_it)?;
        Some(Repository::of_organization(now))
    }

    /// The repository with that database id, among those that were renamed.
    pub fn renamed_by_id(&self, id: u32) -> Option<Repository> {
        let targets = RENAMED.iter().map(|(_, now)| *now);
        targets
            .map(Repository::of_organization)
            .find(|repository| repository.id() == id)
    }

    /// The account with that database id: of a persona or of a generated account.
    pub fn account_by_id(&self, id: i64) -> Option<Arc<Account>> {
        if id == GONE.0 {
            return Some(self.of_crowd(Opener::Nobody));
        }
        if id == APP_ID {
            return Some(self.of_crowd(Opener::App));
        }
        if let Some(account) = self.named().find(|account| account.id == id) {
            return Some(Arc::clone(account));
        }
        let number = u32::try_from(id - generated::FIRST_ID).ok()?;
        self.account(&format!("gen-{number}"))
    }

    /// Whether an account stands for all those that are deleted.
    pub fn is_gone(&self, account: &Account) -> bool {
        account.id == GONE.0
    }

    /// What more there is to tell of an item.
    pub fn details(&self, written: &AuthoredItem) -> Details {
        let mut details = details::of(written);
        let item = written.item();
        if is_crowd(&item.repository)
            && let Some(entry) = self.crowd().entry(item.number)
        {
            details.closes = entry.closes.into_iter().collect();
            if item.number.is_multiple_of(9) {
                details.assignees = vec!["mel-member".to_owned()];
            }
        }
        details
    }

    /// Everything in a repository that its lists tell of, in no particular order.
    pub(crate) fn listed(&self, repository: &Repository) -> Vec<Listed<'_>> {
        if is_crowd(repository) {
            return self.crowd().entries().iter().map(Listed::OfCrowd).collect();
        }
        let all = self.authors().flat_map(|author| {
            (0..author.items.len()).map(move |index| AuthoredItem {
                author: Arc::clone(&author),
                index,
            })
        });
        all.filter(|written| written.item().repository == *repository)
            .map(Listed::Item)
            .collect()
    }

    /// Whether merging a listed pull request closes that issue of the same repository.
    pub(crate) fn closes(&self, listed: &Listed<'_>, issue: u32) -> bool {
        match listed {
            Listed::Item(written) => self.details(written).closes.contains(&issue),
            Listed::OfCrowd(entry) => entry.closes == Some(issue),
        }
    }

    /// An entry of a list, with its author.
    pub(crate) fn written(&self, listed: Listed<'_>) -> Option<AuthoredItem> {
        let entry = match listed {
            Listed::Item(written) => return Some(written),
            Listed::OfCrowd(entry) => entry,
        };
        let author = self.of_crowd(entry.opener);
        let is_it = |item: &Item| {
            item.number == entry.item.number && item.repository == entry.item.repository
        };
        let index = author.items.iter().position(is_it)?;
        Some(AuthoredItem { author, index })
    }

    /// All who did something in `acme/crowd`.
    pub(crate) fn crowd_authors(&self) -> impl Iterator<Item = Arc<Account>> {
        let people = (0..crowd::PEOPLE).map(Opener::Person);
        people
            .chain([Opener::App])
            .map(|opener| self.of_crowd(opener))
    }

    /// The personas, and the generated account that opened the pages' items with many authors.
    fn authors(&self) -> impl Iterator<Item = Arc<Account>> {
        self.named().cloned().chain(self.account("gen-1"))
    }

    /// The pull request or issue with that number in a repository.
    pub fn item(&self, owner: &str, name: &str, number: u32) -> Option<AuthoredItem> {
        if crowd_is(owner, name) {
            return self.written(Listed::OfCrowd(self.crowd().entry(number)?));
        }
        self.authors().find_map(|author| {
            let is_it = |item: &Item| item.number == number && item.repository.is(owner, name);
            let index = author.items.iter().position(is_it)?;
            Some(AuthoredItem { author, index })
        })
    }
}

/// An entry in the list of a repository's pull requests or issues.
pub(crate) enum Listed<'world> {
    Item(AuthoredItem),
    /// One of `acme/crowd`, whose author is only made where the entry is shown.
    OfCrowd(&'world Entry),
}

impl Listed<'_> {
    pub(crate) fn item(&self) -> &Item {
        match self {
            Self::Item(written) => written.item(),
            Self::OfCrowd(entry) => &entry.item,
        }
    }
}

fn is_crowd(repository: &Repository) -> bool {
    crowd_is(&repository.owner, &repository.name)
}

/// Whether `owner/name` is the repository with the many people, in any case.
pub(crate) fn crowd_is(owner: &str, name: &str) -> bool {
    Repository::of_organization(crowd::NAME).is(owner, name)
}

/// Puts items into the order in which accounts hold them: newest first.
fn sort(items: &mut [Item]) {
    items.sort_by_key(|item| Reverse((item.created, item.number)));
}
