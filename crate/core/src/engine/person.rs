//! [`Person`]: what is known of one account, and how old it is.

use super::cache_key::CacheKey;
use super::freshness::{self, DELETED_AFTER, Kept};
use super::retry_policy::Recheck;
use crate::evidence::{Gap, Part};
use crate::github::{Learned, Page};
use crate::login::Login;
use crate::time::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// GitHub's search gives out no more results than this.
pub(super) const SEARCH_LIMIT: usize = 1_000;

/// The first quiet look whether the network is back; each later one waits
/// twice as long, and none longer than [`LONGEST_RECHECK`].
const FIRST_RECHECK: SignedDuration = SignedDuration::from_secs(15);

/// See [`FIRST_RECHECK`].
const LONGEST_RECHECK: SignedDuration = SignedDuration::from_mins(5);

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

impl Failed {
    /// When it is asked for again, if time alone ends its cause.
    fn recheck_at(&self) -> Timestamp {
        let doublings = self.times.min(8).saturating_sub(1);
        let wait = FIRST_RECHECK * 2_i32.saturating_pow(doublings);
        self.at + wait.min(LONGEST_RECHECK)
    }
}

fn when_asked() -> Recheck {
    Recheck::WhenAsked
}

/// How far we are with a cache key that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheState {
    /// Nothing is known and nothing was tried lately: ask.
    Absent,
    /// Something is known that is old enough to ask again.
    Stale,
    /// Known and fresh, or failed so lately that asking again helps nobody.
    Fresh,
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

    /// Whether anything is known.
    pub fn has_record(&self) -> bool {
        self.entries.iter().any(|it| it.known.is_some())
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
    pub fn state(
        &self,
        cache_key: &CacheKey,
        newer_than: Option<Timestamp>,
        fresh: SignedDuration,
        now: Timestamp,
    ) -> CacheState {
        let Some(entry) = self.entry(cache_key) else {
            return CacheState::Absent;
        };
        let age = |at, kept: Kept| (now.duration_since(at), kept);
        if let Some(failed) = entry.failed.filter(|failed| !failed.is_over) {
            let (age, kept) = age(failed.at, freshness::of_gap(failed.gap));
            if failed.recheck != Recheck::WhenAsked || age < kept.fresh {
                return CacheState::Fresh;
            }
        }
        let Some(known) = &entry.known else {
            return CacheState::Absent;
        };
        let (age, kept) = age(
            known.at,
            freshness::of_learned_as_chosen(&known.learned, fresh),
        );
        let is_activity = matches!(cache_key.part, Part::PullRequests | Part::Issues);
        let is_outrun = is_activity && newer_than.is_some_and(|opened_at| opened_at > known.at);
        if age < kept.fresh && !is_outrun {
            CacheState::Fresh
        } else if age < kept.shown {
            CacheState::Stale
        } else {
            CacheState::Absent
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

    /// When the first gap that time alone ends may be asked for again. Each
    /// try in vain doubles the wait.
    pub fn next_recheck(&self) -> Option<Timestamp> {
        let awaiting = self.entries.iter().filter_map(|entry| entry.failed);
        let soon = awaiting.filter(|it| it.recheck == Recheck::Soon && !it.is_over);
        soon.map(|failed| failed.recheck_at()).min()
    }

    /// Lets gaps that time alone ends be asked for again, where their time has
    /// come. Until there is an answer the gap stands: a quiet look does not
    /// make a settled badge flicker. Returns whether there was any.
    pub fn recheck_due(&mut self, now: Timestamp) -> bool {
        self.end_gaps(|it| it.recheck == Recheck::Soon && it.recheck_at() <= now)
    }

    /// The same for all gaps that end by the given cause.
    pub fn recheck_all(&mut self, cause: Recheck) -> bool {
        self.end_gaps(|it| it.recheck == cause)
    }

    fn end_gaps(&mut self, is_ended: impl Fn(&Failed) -> bool) -> bool {
        let mut is_any = false;
        for failed in self.entries.iter_mut().filter_map(|it| it.failed.as_mut()) {
            if !failed.is_over && is_ended(failed) {
                failed.is_over = true;
                is_any = true;
            }
        }
        is_any
    }

    /// Keeps what was learned. A page that follows others is added to them.
    pub fn record(
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
    pub fn record_unchanged(&mut self, cache_key: &CacheKey, now: Timestamp) {
        let entry = self.entry_mut(cache_key);
        entry.failed = None;
        if let Some(known) = &mut entry.known {
            known.at = now;
        }
    }

    /// Keeps that something could not be had. What was known before stays.
    pub fn record_failure(
        &mut self,
        cache_key: &CacheKey,
        gap: Gap,
        recheck: Recheck,
        now: Timestamp,
    ) {
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

    /// Whether anything could not be had.
    pub(super) fn has_failed(&self) -> bool {
        self.entries.iter().any(|entry| entry.failed.is_some())
    }

    /// What is known of a cache key and not too old to be shown.
    pub(super) fn shown(
        &self,
        cache_key: &CacheKey,
        now: Timestamp,
    ) -> Option<(&Learned, Timestamp)> {
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
