//! How a persona is written down: an account in the making.

use jiff::{SignedDuration, Timestamp};

use crate::world::{
    Account, CloseReason, Closer, Item, ItemKind, Kind, Profile, PullOutcome, Repository,
};

/// How an item of a persona ended, with the hours from its opening to its end.
#[derive(Clone, Copy)]
pub(super) enum End {
    Open,
    Draft,
    Merged(i64),
    Closed(i64),
    IssueOpen,
    Issue(CloseReason, i64),
}

/// An account in the making.
pub(super) struct Maker {
    account: Account,
    now: Timestamp,
}

impl Maker {
    /// A person made `days` before `now`, with an empty profile.
    pub(super) fn person(id: i64, login: &str, days: i64, now: Timestamp) -> Self {
        let created = now - SignedDuration::from_hours(days * 24 + 5);
        let account = Account::new(id, login, Kind::User, created);
        Self { account, now }
    }

    pub(super) fn kind(mut self, kind: Kind) -> Self {
        self.account.kind = kind;
        self
    }

    pub(super) fn about(mut self, about: &str, traits: &[&'static str]) -> Self {
        about.clone_into(&mut self.account.about);
        self.account.traits = traits.to_vec();
        self
    }

    /// Fills in name, bio, company, location, web site and e-mail, and some counts.
    pub(super) fn full_profile(mut self, name: &str) -> Self {
        let login = &self.account.login;
        self.account.profile = Profile {
            name: Some(name.to_owned()),
            bio: Some("Writes small tools and the tests for them.".to_owned()),
            company: Some("@acme".to_owned()),
            location: Some("Utrecht".to_owned()),
            website: Some(format!("https://{login}.example")),
            email: Some(format!("{login}@example.org")),
        };
        (self.account.followers, self.account.following) = (140, 31);
        (self.account.sources, self.account.forks) = (24, 12);
        let social = format!("https://social.example/@{}", self.account.login);
        self.social("mastodon", &social)
    }

    pub(super) fn profile(mut self, change: impl FnOnce(&mut Profile)) -> Self {
        change(&mut self.account.profile);
        self
    }

    pub(super) fn counts(
        mut self,
        followers: u32,
        following: u32,
        sources: u32,
        forks: u32,
    ) -> Self {
        (self.account.followers, self.account.following) = (followers, following);
        (self.account.sources, self.account.forks) = (sources, forks);
        self
    }

    pub(super) fn social(mut self, provider: &'static str, url: &str) -> Self {
        self.account.socials.push((provider, url.to_owned()));
        self
    }

    pub(super) fn organization(mut self, login: &str) -> Self {
        self.account.organizations.push(login.to_owned());
        self
    }

    pub(super) fn unsearchable(mut self) -> Self {
        self.account.searchable = false;
        self
    }

    /// Adds an item opened `days` and `hours` before now. `number` 0 picks a free one.
    pub(super) fn item(
        mut self,
        (repository, number): (&Repository, u32),
        title: &str,
        (days, hours): (i64, i64),
        end: End,
    ) -> Self {
        let created = self.now - SignedDuration::from_mins((days * 24 + hours) * 60 + 7);
        let after = |hours: i64| created + SignedDuration::from_hours(hours);
        let what = match end {
            End::Open => ItemKind::Pull {
                end: PullOutcome::Open,
                draft: false,
            },
            End::Draft => ItemKind::Pull {
                end: PullOutcome::Open,
                draft: true,
            },
            End::Merged(hours) => ItemKind::Pull {
                end: PullOutcome::Merged(after(hours)),
                draft: false,
            },
            End::Closed(hours) => ItemKind::Pull {
                end: PullOutcome::Closed(after(hours)),
                draft: false,
            },
            End::IssueOpen => ItemKind::Issue { closed: None },
            End::Issue(reason, hours) => ItemKind::Issue {
                closed: Some((after(hours), reason)),
            },
        };
        // Every persona has its own thousand, so that no two items share a number.
        let next = u32::try_from(self.account.items.len()).unwrap_or(0);
        let thousand = u32::try_from(self.account.id % 1000).unwrap_or(0) * 1000 + 20_000;
        self.account.items.push(Item {
            repository: repository.clone(),
            number: if number == 0 { thousand + next } else { number },
            title: title.to_owned(),
            created,
            what,
            association: "NONE",
            closed_by: Closer::Other("maintainer-max".to_owned()),
        });
        self
    }

    /// Adds `count` items, made by a function of their index.
    pub(super) fn items(self, count: i64, mut add: impl FnMut(Self, i64) -> Self) -> Self {
        (0..count).fold(self, &mut add)
    }

    /// Adds an item that `closer` closed.
    pub(super) fn closed_by(
        self,
        closer: Closer,
        place: (&Repository, u32),
        title: &str,
        age: (i64, i64),
        end: End,
    ) -> Self {
        let mut maker = self.item(place, title, age, end);
        if let Some(item) = maker.account.items.last_mut() {
            item.closed_by = closer;
        }
        maker
    }

    /// Sets what the author was to `acme/web` in all items there.
    pub(super) fn association(mut self, association: &'static str) -> Self {
        for item in &mut self.account.items {
            if item.repository.is("acme", "web") {
                item.association = association;
            }
        }
        self
    }

    pub(super) fn done(mut self) -> Account {
        self.account
            .items
            .sort_by_key(|item| std::cmp::Reverse((item.created, item.number)));
        self.account
    }
}
