//! [`Work`]: what a request costs GitHub.

use super::call::Call;
use super::limits::Bucket;

/// Connections that the totals of one user take.
const COUNTS_CONNECTIONS: u32 = 8;

/// Connections that an item takes: the author's open ones, the issues that it
/// closes, two of each of those, and what happened last.
const THIS_ITEM_CONNECTIONS: u32 = 9;

/// Nodes that an item brings at most, by the same count.
const THIS_ITEM_NODES: u32 = 50 + 3 * (1 + 5 + 10) + 30;

/// What a request makes GitHub do, as far as its time depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Whether it is a REST call; those take about the same time each.
    pub is_rest: bool,
    /// Searches.
    pub searches: u32,
    /// Connections other than searches.
    pub connections: u32,
    /// Accounts that are looked up by login.
    pub accounts: u32,
    /// The most nodes that its connections can bring.
    pub most_nodes: u32,
    /// Nodes that it brings for sure: a repository's list is full, an author's
    /// seldom is.
    pub sure_nodes: u32,
}

impl Call {
    /// What it makes GitHub do.
    pub fn work(&self) -> Work {
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let of = |searches, connections, accounts, most_nodes| Work {
            searches,
            connections,
            accounts,
            most_nodes,
            sure_nodes: 0,
            is_rest: self.bucket() != Bucket::Graphql,
        };
        match self {
            Self::Accounts(logins) => of(0, 0, count(logins.len()), 0),
            Self::Counts(logins) => {
                let users = count(logins.len());
                of(
                    0,
                    COUNTS_CONNECTIONS * users,
                    users,
                    COUNTS_CONNECTIONS * users,
                )
            }
            Self::Activity(pages, _) => {
                let nodes = pages.iter().map(|page| u32::from(page.first)).sum();
                let pages = count(pages.len());
                of(0, pages, pages, nodes)
            }
            Self::Closers(people) => {
                let ids = count(people.iter().map(|(_, ids)| ids.len()).sum());
                of(0, ids, 0, ids)
            }
            Self::Listing(listing) => Work {
                sure_nodes: listing.first.into(),
                ..of(0, 1, 0, 0)
            },
            // Each with its assignees.
            Self::Items(items) => Work {
                sure_nodes: count(items.len()),
                ..of(0, count(items.len()), 0, 0)
            },
            Self::ThisItem { .. } => of(0, THIS_ITEM_CONNECTIONS, 1, THIS_ITEM_NODES),
            Self::SearchActivity(_) => of(1, 0, 0, 0),
            Self::Here { logins, .. } => of(count(logins.len()), 0, 0, 0),
            _ => of(0, 0, 0, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::github::{ActivityPage, Connection};

    #[test]
    fn a_request_takes_as_much_as_all_that_it_asks_for() {
        let (ada, eve) = ("ada".parse().unwrap(), "eve".parse().unwrap());
        let ids = |count| vec!["PR_1".to_owned(); count];
        let page = |first| ActivityPage {
            login: "ada".parse().unwrap(),
            connection: Connection::Issues,
            first,
            after: None,
        };
        let pages = vec![page(30), page(100)];
        let both = vec![ada, eve];
        let since = "2026-10-31T00:00:00Z".parse().unwrap();
        let by_login = both.iter().cloned().zip([ids(2), ids(3)]).collect();
        for (call, expected) in [
            // Searches, connections, accounts, and the most nodes.
            (Call::Accounts(both.clone()), [0, 0, 2, 0]),
            (Call::Counts(both), [0, 16, 2, 16]),
            (Call::Activity(pages, since), [0, 2, 2, 130]),
            (Call::Closers(by_login), [0, 5, 0, 5]),
            (Call::SearchActivity(page(100)), [1, 0, 0, 0]),
        ] {
            let it = call.work();
            let told = [it.searches, it.connections, it.accounts, it.most_nodes];
            assert_eq!((told, it.is_rest), (expected, false), "{call:?}");
        }
        assert!(Call::RateLimits.work().is_rest);
    }
}
