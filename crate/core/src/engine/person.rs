//! [`Person`]: the cache entry of one account: which parts are known or could
//! not be had, how old they are, and what to ask for next.

mod failed;
mod pages;

use super::cache_key::CacheKey;
use super::freshness::{self, DELETED_AFTER, Kept};
use super::retry_policy::Recheck;
use crate::evidence::{Gap, Part};
use crate::github::call::{SEARCH_RESULTS, window_start_at};
use crate::github::{Learned, Unmerged};
use crate::login::Login;
use crate::time::{SignedDuration, Timestamp};
pub use failed::Failed;
pub(super) use pages::joined;
use pages::{is_unmerged, with_closings, with_organizations, with_unmerged};
use serde::{Deserialize, Serialize};

/// GitHub's search gives out no more results than this.
pub(super) const SEARCH_LIMIT: usize = SEARCH_RESULTS as usize;

/// No part of a person is worth more pages than GitHub's search has.
const MOST_PAGES: u8 = 10;

/// One refresh costs some eight calls; nobody reads a card twice in this time.
const REFRESH_PERIOD: SignedDuration = SignedDuration::from_secs(30);

/// The same where something could not be had.
const RETRY_PERIOD: SignedDuration = SignedDuration::from_secs(5);

/// Clocks are set right by this much now and then: no reason to ask anew.
const CLOCK_SLACK: SignedDuration = SignedDuration::from_mins(5);

/// One account, as stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// The login.
    pub login: Login,
    entries: Vec<Entry>,
    /// When everything was last asked for again.
    #[serde(skip)]
    refreshed_at: Option<Timestamp>,
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
    /// How many pages were asked for.
    #[serde(default = "one_page")]
    pages: u8,
}

fn one_page() -> u8 {
    1
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
            refreshed_at: None,
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
        let stored = self
            .entries
            .iter()
            .filter(|it| freshness::is_stored(it.cache_key.part));
        let entries = stored.cloned().filter_map(|mut entry| {
            entry.failed = entry
                .failed
                .filter(|it| freshness::is_kept_in_store(it.gap));
            (entry.known.is_some() || entry.failed.is_some()).then_some(entry)
        });
        Self {
            login: self.login.clone(),
            entries: entries.collect(),
            refreshed_at: None,
        }
    }

    /// Whether everything may be asked for again now: once in
    /// [`REFRESH_PERIOD`], or, where something could not be had, in
    /// [`RETRY_PERIOD`]. The next refresh is counted from here.
    pub fn begin_refresh(&mut self, now: Timestamp) -> bool {
        let period = if self.has_failed() {
            RETRY_PERIOD
        } else {
            REFRESH_PERIOD
        };
        // A clock that was put back starts the wait anew.
        self.refreshed_at = self.refreshed_at.map(|at| at.min(now));
        let next = self.refreshed_at.map(|at| at + period);
        let may = next.is_none_or(|next| next <= now);
        if may {
            self.refreshed_at = Some(now);
        }
        may
    }

    /// Forgets what is too old to keep.
    ///
    /// What is dated in the future is forgotten too: the clock has been put
    /// back, and nothing tells how old it is.
    pub fn forget_old(&mut self, now: Timestamp) {
        for entry in &mut self.entries {
            let is_past = |at: Timestamp| at <= now + CLOCK_SLACK;
            entry.known = entry.known.take().filter(|known| is_past(known.at));
            entry.failed = entry.failed.take().filter(|failed| is_past(failed.at));
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
        if self.is_blocked(cache_key, now) {
            return CacheState::Fresh;
        }
        let Some(known) = &entry.known else {
            return CacheState::Absent;
        };
        if known.learned.is_cut_short() {
            return CacheState::Stale;
        }
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

    /// Whether a cache key has been asked for in vain so lately, or for such a
    /// cause, that asking again helps nobody.
    pub fn is_blocked(&self, cache_key: &CacheKey, now: Timestamp) -> bool {
        let failed = self.failed(cache_key).filter(|failed| !failed.is_over);
        failed.is_some_and(|failed| {
            failed.recheck != Recheck::WhenAsked
                || now.duration_since(failed.at) < freshness::of_gap(failed.gap).fresh
        })
    }

    /// Whether the author's connections are known to be empty although the page
    /// shows something that was opened in the window, or the totals do: then a
    /// search may tell more.
    pub fn doubts_connections(&self, opened_at: Option<Timestamp>, now: Timestamp) -> bool {
        let learned = |part| {
            let mut entries = self.entries.iter();
            let entry = entries.find(|entry| entry.cache_key.part == part)?;
            entry.known.as_ref().map(|known| &known.learned)
        };
        let are_empty = matches!(
            (learned(Part::PullRequests), learned(Part::Issues)),
            (Some(Learned::PullRequests(pull_requests)), Some(Learned::Issues(issues)))
                if pull_requests.total_ever == Some(0) && issues.total_ever == Some(0)
        );
        let since = window_start_at(now);
        let is_shown = opened_at.is_some_and(|at| at >= since)
            || matches!(
                learned(Part::Counts),
                Some(Learned::Counts(counts)) if counts.newest_at.is_some_and(|at| at >= since)
            );
        are_empty && is_shown
    }

    /// Where the next page of a cache key's results begins, if the cache key is known
    /// and there is one that GitHub gives out.
    pub fn next_page(&self, cache_key: &CacheKey) -> Option<&str> {
        let entry = self.entry(cache_key)?;
        let known = entry.known.as_ref()?;
        let (next, seen) = match &known.learned {
            Learned::PullRequests(page) => (&page.next, page.items.len()),
            Learned::Issues(page) => (&page.next, page.items.len()),
            Learned::SomeOrganizations { next, .. } if known.pages < MOST_PAGES => {
                return Some(next);
            }
            _ => return None,
        };
        next.as_deref()
            .filter(|_| seen < SEARCH_LIMIT && known.pages < MOST_PAGES)
    }

    /// Whether what is known of an author's activity was found by search: only a
    /// connection tells how much there ever was.
    pub(super) fn is_by_search(&self, cache_key: &CacheKey) -> bool {
        let known = self.entry(cache_key).and_then(|it| it.known.as_ref());
        match known.map(|known| &known.learned) {
            Some(Learned::PullRequests(page)) => page.total_ever.is_none(),
            Some(Learned::Issues(page)) => page.total_ever.is_none(),
            _ => false,
        }
    }

    /// Whether there is more of a cache key than is ever asked for: history in a
    /// repository is worth one page, anything else [`MOST_PAGES`].
    pub(super) fn is_paged_out(&self, cache_key: &CacheKey) -> bool {
        let known = self.entry(cache_key).and_then(|it| it.known.as_ref());
        known.is_some_and(|it| cache_key.part == Part::Here || it.pages >= MOST_PAGES)
    }

    /// The `ETag` of what is known of a cache key.
    pub fn etag(&self, cache_key: &CacheKey) -> Option<&str> {
        self.entry(cache_key)?.known.as_ref()?.etag.as_deref()
    }

    /// What went wrong with a cache key when it was last asked for.
    pub fn failed(&self, cache_key: &CacheKey) -> Option<Failed> {
        self.entry(cache_key)?.failed
    }

    /// Keeps what was learned. A page that `follows` others, after a cursor, is
    /// added to them.
    pub fn record(
        &mut self,
        cache_key: &CacheKey,
        learned: Learned,
        etag: Option<String>,
        follows: Option<&str>,
        now: Timestamp,
    ) {
        let entry = self.entry_mut(cache_key);
        entry.failed = None;
        let before = entry.known.take();
        // What GitHub did not get done with takes the place of nothing larger.
        let is_larger = |known: &Known| known.learned.results() > learned.results();
        if learned.is_cut_short() && before.as_ref().is_some_and(is_larger) {
            return entry.known = before;
        }
        if let Learned::Closers(closings) = learned {
            let before = before.map(|known| known.learned);
            let learned = Learned::Closers(with_closings(before, closings));
            return entry.known = Some(Known {
                learned,
                at: now,
                etag,
                pages: 1,
            });
        }
        let is_added = follows.is_some() || is_unmerged(&learned);
        let before = before.filter(|_| is_added);
        if is_unmerged(&learned) && before.is_none() {
            // What it was to be added to has been deleted meanwhile.
            return;
        }
        let at = before.as_ref().map_or(now, |known| known.at);
        let pages = before.as_ref().map_or(0, |known| known.pages) + 1;
        let learned = match (before.map(|known| known.learned), learned) {
            (Some(Learned::PullRequests(before)), Learned::PullRequests(page))
                if page.unmerged != Unmerged::NotAsked =>
            {
                Learned::PullRequests(with_unmerged(before, page))
            }
            (Some(Learned::PullRequests(before)), Learned::PullRequests(page)) => {
                Learned::PullRequests(joined(before, page, follows, |it| &it.item))
            }
            (Some(Learned::Issues(before)), Learned::Issues(page)) => {
                Learned::Issues(joined(before, page, follows, |it| &it.item))
            }
            (Some(Learned::SomeOrganizations { logins, .. }), learned) => {
                with_organizations(logins, learned)
            }
            (_, learned) => learned,
        };
        entry.known = Some(Known {
            learned,
            at,
            // It is that of one page.
            etag: etag.filter(|_| pages == 1),
            pages,
        });
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

#[cfg(test)]
mod tests;
