//! Gaps that are looked into again when their cause may be over.

use super::Engine;
use super::client::Client;
use super::person::CacheKey;
use super::retry_policy::Recheck;
use crate::time::{SignedDuration, Timestamp};

/// The first quiet look whether the network is back; each later one waits
/// twice as long, and none longer than [`LONGEST_RECHECK`].
const FIRST_RECHECK: SignedDuration = SignedDuration::from_secs(15);

/// See [`FIRST_RECHECK`].
const LONGEST_RECHECK: SignedDuration = SignedDuration::from_mins(5);

impl Engine {
    /// Gaps whose cause time alone ends are looked into again.
    pub(super) fn recheck_due_gaps(&mut self, now: Timestamp) {
        for (key, cache_key, at) in self.rechecks_due() {
            if at <= now
                && let Some(person) = self.people.get_mut(&key)
            {
                person.allow_again(&cache_key);
                self.changed.insert(key);
            }
        }
    }

    /// The network or the permission is back: everything it stopped is wanted anew.
    pub(super) fn recheck_unreachable(&mut self) {
        self.recheck(Recheck::Soon);
        self.recheck(Recheck::WithPermission);
    }

    pub(super) fn recheck(&mut self, cause: Recheck) {
        for (key, person) in &mut self.people {
            for cache_key in person.awaiting(cause) {
                person.allow_again(&cache_key);
                self.changed.insert(key.clone());
            }
        }
    }

    pub(super) fn next_recheck(&self, now: Timestamp) -> Option<Timestamp> {
        let due = self
            .rechecks_due()
            .into_iter()
            .map(|(_, _, at)| at.max(now));
        due.min()
    }

    /// Gaps of people somebody looks at whose cause time ends, and when.
    fn rechecks_due(&self) -> Vec<(String, CacheKey, Timestamp)> {
        let mut due = Vec::new();
        for (key, person) in &self.people {
            let is_at = |client: &Client| client.subscriptions.contains_key(key);
            if !self.clients.values().any(is_at) {
                continue;
            }
            for cache_key in person.awaiting(Recheck::Soon) {
                let Some(failed) = person.failed(&cache_key) else {
                    continue;
                };
                let doubled =
                    FIRST_RECHECK * 2_i32.saturating_pow(failed.times.min(8).saturating_sub(1));
                due.push((
                    key.clone(),
                    cache_key,
                    failed.at + doubled.min(LONGEST_RECHECK),
                ));
            }
        }
        due
    }
}
