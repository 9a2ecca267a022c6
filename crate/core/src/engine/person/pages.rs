//! Adding what a later answer brought to what earlier ones did.

use crate::evidence::{Closing, Item};
use crate::github::{Learned, Page};
use crate::login::Login;
use std::collections::BTreeSet;

/// Adds a page to those before it. Results that arrive while others are opened
/// can repeat some: each counts once. A page that brings nothing new, or ends
/// where it began, ends the paging: whatever is left could not be read.
pub(super) fn joined<T>(
    before: Page<T>,
    page: Page<T>,
    cursor: Option<&str>,
    item: impl Fn(&T) -> &Item,
) -> Page<T> {
    let name = |it: &T| (item(it).repository.key(), item(it).number);
    let mut items = before.items;
    let mut names: BTreeSet<_> = items.iter().map(name).collect();
    let known = items.len();
    let rest = page
        .total
        .saturating_sub(count(page.items.len()) + page.unread);
    for new in page.items {
        if names.insert(name(&new)) {
            items.push(new);
        }
    }
    let is_stuck = items.len() == known || page.next.as_deref() == cursor;
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
    }
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
