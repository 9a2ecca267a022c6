//! [`Person`]: what is known of one account, and how old it is.

use super::freshness::{self, DELETED_AFTER, Kept};
use super::retry_policy::Recheck;
use crate::evidence::{Evidence, Fact, Gap, GapReason, ItemList, Part, Remainder};
use crate::github::{Learned, Page};
use crate::login::Login;
use crate::repository::Repository;
use crate::time::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// GitHub's search gives out no more results than this.
const SEARCH_LIMIT: usize = 1_000;

/// A part of the evidence; history in a repository is one for each repository.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CacheKey {
    /// The part.
    pub part: Part,
    /// The repository, for [`Part::Here`].
    pub repository: Option<Repository>,
}

impl CacheKey {
    /// The first of all cache keys in their order.
    pub(super) const FIRST: Self = Self {
        part: Part::Account,
        repository: None,
    };

    /// The cache key of a part, in a report about `repository`; none where the
    /// part needs a repository and there is none.
    pub fn new(part: Part, repository: Option<&Repository>) -> Option<Self> {
        match (part, repository) {
            (Part::Here, None) => None,
            (Part::Here, Some(repository)) => Some(Self {
                part,
                repository: Some(repository.clone()),
            }),
            _ => Some(Self {
                part,
                repository: None,
            }),
        }
    }
}

/// One account, as stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// The login.
    pub login: Login,
    entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    cache_key: CacheKey,
    /// What is known, and since when.
    #[serde(default)]
    known: Option<Known>,
    /// What went wrong when it was last asked for.
    #[serde(default)]
    failed: Option<Failed>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Known {
    learned: Learned,
    at: Timestamp,
    #[serde(default)]
    etag: Option<String>,
}

/// A part that was asked for and could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Failed {
    /// Why.
    pub gap: Gap,
    /// When.
    pub at: Timestamp,
    /// What would end the cause; not stored, because it is of this moment.
    #[serde(skip, default = "when_asked")]
    pub recheck: Recheck,
    /// How often in a row it failed.
    #[serde(skip)]
    pub times: u32,
    /// Whether its cause is over, so that it is worth asking again.
    #[serde(skip)]
    pub is_over: bool,
}

fn when_asked() -> Recheck {
    Recheck::WhenAsked
}

/// How far we are with a cache key that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is known and nothing was tried lately: ask.
    Absent,
    /// Something is known that is old enough to ask again.
    Stale,
    /// Known and fresh, or failed so lately that asking again helps nobody.
    Settled,
}

/// For what the evidence is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// To tell it: a gap stands until there is an answer.
    Tell,
    /// To plan what to ask: a gap whose cause is over is as if nobody had asked.
    Plan,
}

/// How far the calls for a cache key are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Nobody has asked.
    Idle,
    /// Asked for, or about to be.
    Coming,
    /// Waiting for so long that it is a gap for now.
    Held(Gap),
}

impl Person {
    /// Somebody of whom nothing is known.
    pub fn new(login: Login) -> Self {
        Self {
            login,
            entries: Vec::new(),
        }
    }

    /// Whether anything is known or was tried.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What of this outlives the worker.
    #[must_use]
    pub fn to_store(&self) -> Self {
        let entries = self.entries.iter().cloned().filter_map(|mut entry| {
            entry.failed = entry
                .failed
                .filter(|it| freshness::is_kept_in_store(it.gap));
            (entry.known.is_some() || entry.failed.is_some()).then_some(entry)
        });
        Self {
            login: self.login.clone(),
            entries: entries.collect(),
        }
    }

    /// Forgets what is too old to keep.
    pub fn forget_old(&mut self, now: Timestamp) {
        for entry in &mut self.entries {
            entry.known = entry.known.take().filter(|known| {
                now.duration_since(known.at) < freshness::of_learned(&known.learned).deleted
            });
            entry.failed = entry.failed.take().filter(|failed| {
                now.duration_since(failed.at)
                    < freshness::of_gap(failed.gap).deleted.min(DELETED_AFTER)
                    || failed.recheck != Recheck::WhenAsked
            });
        }
        self.entries
            .retain(|it| it.known.is_some() || it.failed.is_some());
    }

    /// How far we are with a cache key that is wanted now. `newer_than` is when the
    /// page shows this author to have opened something.
    ///
    /// `fresh` is for how long activity counts as new.
    pub fn standing(
        &self,
        cache_key: &CacheKey,
        newer_than: Option<Timestamp>,
        fresh: SignedDuration,
        now: Timestamp,
    ) -> Standing {
        let Some(entry) = self.entry(cache_key) else {
            return Standing::Absent;
        };
        let age = |at, kept: Kept| (now.duration_since(at), kept);
        if let Some(failed) = entry.failed.filter(|failed| !failed.is_over) {
            let (age, kept) = age(failed.at, freshness::of_gap(failed.gap));
            if failed.recheck != Recheck::WhenAsked || age < kept.fresh {
                return Standing::Settled;
            }
        }
        let Some(known) = &entry.known else {
            return Standing::Absent;
        };
        let (age, kept) = age(
            known.at,
            freshness::of_learned_as_chosen(&known.learned, fresh),
        );
        let is_activity = matches!(cache_key.part, Part::PullRequests | Part::Issues);
        let is_outrun = is_activity && newer_than.is_some_and(|opened_at| opened_at > known.at);
        if age < kept.fresh && !is_outrun {
            Standing::Settled
        } else if age < kept.shown {
            Standing::Stale
        } else {
            Standing::Absent
        }
    }

    /// Where the next page of a cache key's results begins, if the cache key is known
    /// and there is one that GitHub gives out.
    pub fn next_page(&self, cache_key: &CacheKey) -> Option<&str> {
        let (next, seen) = match &self.entry(cache_key)?.known.as_ref()?.learned {
            Learned::PullRequests(page) | Learned::Here(_, page) => (&page.next, page.items.len()),
            Learned::Issues(page) => (&page.next, page.items.len()),
            _ => return None,
        };
        next.as_deref().filter(|_| seen < SEARCH_LIMIT)
    }

    /// The `ETag` of what is known of a cache key.
    pub fn etag(&self, cache_key: &CacheKey) -> Option<&str> {
        self.entry(cache_key)?.known.as_ref()?.etag.as_deref()
    }

    /// What went wrong with a cache key when it was last asked for.
    pub fn failed(&self, cache_key: &CacheKey) -> Option<Failed> {
        self.entry(cache_key)?.failed
    }

    /// The cache keys whose gaps end by the given cause.
    pub fn awaiting(&self, recheck: Recheck) -> Vec<CacheKey> {
        let is_mended = |entry: &&Entry| {
            entry
                .failed
                .is_some_and(|it| it.recheck == recheck && !it.is_over)
        };
        self.entries
            .iter()
            .filter(is_mended)
            .map(|it| it.cache_key.clone())
            .collect()
    }

    /// Lets a cache key be asked for again by itself. Until there is an answer the
    /// gap stands: a quiet look does not make a settled badge flicker.
    pub fn allow_again(&mut self, cache_key: &CacheKey) {
        if let Some(failed) = &mut self.entry_mut(cache_key).failed {
            failed.is_over = true;
        }
    }

    /// Keeps what was learned. A page that follows others is added to them.
    pub fn learn(
        &mut self,
        cache_key: &CacheKey,
        learned: Learned,
        etag: Option<String>,
        follows: bool,
        now: Timestamp,
    ) {
        let entry = self.entry_mut(cache_key);
        entry.failed = None;
        let before = entry.known.take().filter(|_| follows);
        let at = before.as_ref().map_or(now, |known| known.at);
        let learned = match (before.map(|known| known.learned), learned) {
            (Some(Learned::PullRequests(before)), Learned::PullRequests(page)) => {
                Learned::PullRequests(joined(before, page, |it| {
                    (it.item.repository.key(), it.item.number)
                }))
            }
            (Some(Learned::Issues(before)), Learned::Issues(page)) => {
                Learned::Issues(joined(before, page, |it| {
                    (it.item.repository.key(), it.item.number)
                }))
            }
            (_, learned) => learned,
        };
        entry.known = Some(Known { learned, at, etag });
    }

    /// Notes that GitHub said: nothing has changed.
    pub fn confirm(&mut self, cache_key: &CacheKey, now: Timestamp) {
        let entry = self.entry_mut(cache_key);
        entry.failed = None;
        if let Some(known) = &mut entry.known {
            known.at = now;
        }
    }

    /// Keeps that something could not be had. What was known before stays.
    pub fn miss(&mut self, cache_key: &CacheKey, gap: Gap, recheck: Recheck, now: Timestamp) {
        let entry = self.entry_mut(cache_key);
        let times = entry.failed.map_or(0, |it| it.times) + 1;
        entry.failed = Some(Failed {
            gap,
            at: now,
            recheck,
            times,
            is_over: false,
        });
    }

    /// The evidence of this moment. `progress` tells how far the calls are.
    pub fn evidence(
        &self,
        repository: Option<&Repository>,
        now: Timestamp,
        view: View,
        progress: impl Fn(&CacheKey) -> Progress,
    ) -> Evidence {
        let mut evidence = Evidence::new(self.login.clone());
        evidence.repository = repository.cloned();
        for part in Part::ALL {
            let Some(cache_key) = CacheKey::new(part, repository) else {
                continue;
            };
            let progress = progress(&cache_key);
            let known = self.shown(&cache_key, now);
            let failed = self
                .failed(&cache_key)
                .filter(|it| view == View::Tell || !it.is_over)
                .map(|it| it.gap);
            let Some((learned, at)) = known else {
                let gap = failed.or(match progress {
                    Progress::Held(gap) => Some(gap),
                    Progress::Idle | Progress::Coming => None,
                });
                if gap.is_some() || progress == Progress::Coming {
                    unknown(&mut evidence, part, gap);
                }
                continue;
            };
            let rest = match (progress, failed) {
                (Progress::Held(gap), _) | (Progress::Idle, Some(gap)) => Remainder::Missing(gap),
                (Progress::Coming, _) => Remainder::Coming,
                (Progress::Idle, None) => Remainder::NotAsked,
            };
            know(&mut evidence, learned.clone(), at, rest);
        }
        evidence
    }

    /// Whether anything could not be had.
    pub(super) fn has_failed(&self) -> bool {
        self.entries.iter().any(|entry| entry.failed.is_some())
    }

    /// What is known of a cache key and not too old to be shown.
    fn shown(&self, cache_key: &CacheKey, now: Timestamp) -> Option<(&Learned, Timestamp)> {
        let known = self.entry(cache_key)?.known.as_ref()?;
        let kept = freshness::of_learned(&known.learned);
        let shown = kept.shown.max(kept.fresh);
        (now.duration_since(known.at) < shown).then_some((&known.learned, known.at))
    }

    fn entry(&self, cache_key: &CacheKey) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.cache_key == *cache_key)
    }

    fn entry_mut(&mut self, cache_key: &CacheKey) -> &mut Entry {
        let index = self
            .entries
            .iter()
            .position(|entry| entry.cache_key == *cache_key);
        let index = index.unwrap_or_else(|| {
            self.entries.push(Entry {
                cache_key: cache_key.clone(),
                known: None,
                failed: None,
            });
            self.entries.len() - 1
        });
        // The index was found or made in this very function.
        #[expect(clippy::indexing_slicing)]
        &mut self.entries[index]
    }
}

/// Results that arrive while others are opened can repeat some: each counts once.
fn joined<T, K: PartialEq>(before: Page<T>, page: Page<T>, key: impl Fn(&T) -> K) -> Page<T> {
    let mut items = before.items;
    for item in page.items {
        if items.iter().all(|known| key(known) != key(&item)) {
            items.push(item);
        }
    }
    Page {
        total: page.total,
        items,
        next: page.next,
        is_refusal_told: page.is_refusal_told,
    }
}

fn found<T>(page: Page<T>, rest: Remainder) -> ItemList<T> {
    let seen = page.items.len();
    let rest = match (page.next, usize::try_from(page.total)) {
        (_, Ok(total)) if seen >= total => Remainder::None,
        (Some(_), _) if seen < SEARCH_LIMIT => rest,
        // Neither seen nor to be had: more than GitHub gives out, or results
        // that could not be read.
        _ if seen >= SEARCH_LIMIT => Remainder::Missing(Gap::new(GapReason::TooMany)),
        _ => Remainder::Missing(Gap::new(GapReason::Unreadable)),
    };
    ItemList {
        total: page.total,
        items: page.items,
        rest,
        is_refusal_told: page.is_refusal_told,
    }
}

fn know(evidence: &mut Evidence, learned: Learned, at: Timestamp, rest: Remainder) {
    match learned {
        Learned::Account(value) => evidence.account = Fact::Known { value, at },
        Learned::Email(value) => evidence.email = Fact::Known { value, at },
        Learned::SocialAccounts(value) => evidence.social_accounts = Fact::Known { value, at },
        Learned::Organizations(value) => evidence.organizations = Fact::Known { value, at },
        Learned::Counts(value) => evidence.counts = Fact::Known { value, at },
        Learned::PullRequests(page) => {
            let value = found(page, rest);
            evidence.pull_requests = Fact::Known { value, at };
        }
        Learned::Issues(page) => {
            let value = found(page, rest);
            evidence.issues = Fact::Known { value, at };
        }
        Learned::Here(_, page) => {
            let value = found(page, rest);
            evidence.history_here = Fact::Known { value, at };
        }
    }
}

/// Says of a part that it could not be had or, without a gap, that it is coming.
pub fn unknown(evidence: &mut Evidence, part: Part, gap: Option<Gap>) {
    fn fact<T>(gap: Option<Gap>) -> Fact<T> {
        gap.map_or(Fact::Coming, Fact::Missing)
    }
    match part {
        Part::Account => evidence.account = fact(gap),
        Part::Email => evidence.email = fact(gap),
        Part::SocialAccounts => evidence.social_accounts = fact(gap),
        Part::Organizations => evidence.organizations = fact(gap),
        Part::Counts => evidence.counts = fact(gap),
        Part::PullRequests => evidence.pull_requests = fact(gap),
        Part::Issues => evidence.issues = fact(gap),
        Part::Here => evidence.history_here = fact(gap),
    }
}
