//! Adding what a later answer brought to what earlier ones did.

use super::Person;
use crate::engine::cache_key::CacheKey;
use crate::evidence::{Closing, Issue, Item, Part, PullRequest};
use crate::github::activity::START;
use crate::github::call::{PAGE, window_start_at};
use crate::github::{Learned, Page, Unmerged};
use crate::login::Login;
use crate::time::Timestamp;
use std::collections::BTreeSet;

/// Adds a page to those before it. Results that arrive while others are opened
/// can repeat some: each counts once. A page that brings nothing new, or ends
/// where it began, ends the paging: whatever is left could not be read.
pub(in crate::engine) fn joined<T>(
    before: Page<T>,
    page: Page<T>,
    cursor: Option<&str>,
    item: impl Fn(&T) -> &Item,
) -> Page<T> {
    let mut items = before.items;
    let mut names: BTreeSet<_> = items.iter().map(|it| name(item(it))).collect();
    let known = items.len();
    let rest = page
        .total
        .saturating_sub(count(page.items.len()) + page.unread);
    for new in page.items {
        if names.insert(name(item(&new))) {
            items.push(new);
        }
    }
    // The newest merged ones may be known, from before these pages began.
    let is_repeated = items.len() == known && before.unmerged != Unmerged::Whole;
    let is_stuck = is_repeated || page.next.as_deref() == cursor;
    let unread = before.unread + page.unread;
    Page {
        // A search tells how many there are in all, a connection what is left.
        total: match page.total_ever {
            None => page.total,
            Some(_) => count(items.len()) + unread + rest,
        },
        items,
        next: page.next.filter(|_| !is_stuck),
        is_refusal_told: page.is_refusal_told,
        shortfall: before.shortfall.or(page.shortfall),
        unread,
        total_ever: page.total_ever,
        // Only the last page reaches back beyond the window.
        merged_before: page.merged_before,
        is_of_private: page.is_of_private,
        unmerged: before.unmerged,
    }
}

/// Adds the pull requests that are not merged, which have come by themselves,
/// where they are whole: what follows then are the merged ones, from the newest
/// on.
pub(super) fn with_unmerged(
    mut before: Page<PullRequest>,
    unmerged: Page<PullRequest>,
) -> Page<PullRequest> {
    before.unmerged = unmerged.unmerged;
    if unmerged.unmerged == Unmerged::Whole {
        let known: BTreeSet<_> = before.items.iter().map(|it| name(&it.item)).collect();
        let new = unmerged.items.into_iter();
        let new = new.filter(|it| !known.contains(&name(&it.item)));
        before.items.extend(new);
        before.total = before.total.max(count(before.items.len()));
        before.next = Some(START.to_owned());
    }
    before
}

/// Whether these are pull requests that came by themselves because they are not
/// merged, and belong to what is known.
pub(super) fn is_unmerged(learned: &Learned) -> bool {
    matches!(learned, Learned::PullRequests(page) if page.unmerged != Unmerged::NotAsked)
}

impl Person {
    /// Whether the pull requests that are not merged are to be asked for by
    /// themselves: where more than one page of the window follows what is known,
    /// if the author has been as busy all the time.
    pub(in crate::engine) fn may_ask_unmerged(&self, cache_key: &CacheKey, now: Timestamp) -> bool {
        self.known_pull_requests(cache_key).is_some_and(|page| {
            let left = page.total.saturating_sub(count(page.items.len()));
            let most = left.min(expected_in_window(page, now));
            page.unmerged == Unmerged::NotAsked && most > PAGE.into()
        })
    }

    /// Whether those that are not merged are all known, so that only merged ones
    /// follow.
    pub(in crate::engine) fn lacks_only_merged(&self, cache_key: &CacheKey) -> bool {
        let known = self.known_pull_requests(cache_key);
        known.is_some_and(|page| page.unmerged == Unmerged::Whole)
    }

    /// What the author ever opened, where the pages in memory are just that.
    pub(in crate::engine) fn whole_activity(
        &self,
        now: Timestamp,
    ) -> Option<(&Page<PullRequest>, &Page<Issue>)> {
        fn is_whole<T>(page: &Page<T>) -> bool {
            page.next.is_none() && page.total_ever == Some(count(page.items.len()))
        }
        let learned = |part| {
            let cache_key = CacheKey::new(part, None, None)?;
            self.shown(&cache_key, now).map(|(learned, _)| learned)
        };
        match (learned(Part::PullRequests)?, learned(Part::Issues)?) {
            (Learned::PullRequests(pull_requests), Learned::Issues(issues)) => {
                let are_whole = is_whole(pull_requests) && is_whole(issues);
                are_whole.then_some((pull_requests, issues))
            }
            _ => None,
        }
    }

    /// What is known of an author's pull requests by connection.
    fn known_pull_requests(&self, cache_key: &CacheKey) -> Option<&Page<PullRequest>> {
        match &self.entry(cache_key)?.known.as_ref()?.learned {
            Learned::PullRequests(page) => Some(page).filter(|it| it.total_ever.is_some()),
            _ => None,
        }
    }
}

/// How many of the window follow those on a page, if they are as close together.
fn expected_in_window(page: &Page<PullRequest>, now: Timestamp) -> u32 {
    let Some(oldest) = page.items.iter().map(|it| it.item.created_at).min() else {
        return 0;
    };
    let left = oldest.as_second() - window_start_at(now).as_second();
    let passed = (now.as_second() - oldest.as_second()).max(1);
    let seen = i64::from(count(page.items.len()));
    u32::try_from(seen * left / passed).unwrap_or(u32::MAX)
}

/// What GitHub calls an item.
fn name(item: &Item) -> (String, u32) {
    (item.repository.key(), item.number)
}

/// Adds the organizations on the next page to those known before.
pub(super) fn with_organizations(mut before: Vec<Login>, page: Learned) -> Learned {
    let mut add = |logins: Vec<Login>| {
        before.extend(logins);
        std::mem::take(&mut before)
    };
    match page {
        Learned::Organizations(logins) => Learned::Organizations(add(logins)),
        Learned::SomeOrganizations { logins, next } => Learned::SomeOrganizations {
            logins: add(logins),
            next,
        },
        other => other,
    }
}

/// The closings known before, and those just learned.
pub(super) fn with_closings(before: Option<Learned>, closings: Vec<Closing>) -> Vec<Closing> {
    let mut all = match before {
        Some(Learned::Closers(before)) => before,
        _ => Vec::new(),
    };
    all.retain(|old| closings.iter().all(|new| new.node_id != old.node_id));
    all.extend(closings);
    all
}

pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
