//! [`Work`]: what a request costs GitHub.

use super::call::Call;
use super::limits::Bucket;

/// Connections that the totals of one user take.
const COUNTS_CONNECTIONS: u32 = 8;

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
            Self::SearchActivity(_) | Self::Here { .. } => of(1, 0, 0, 0),
            _ => of(0, 0, 0, 0),
        }
    }
}
