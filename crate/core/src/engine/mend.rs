//! Gaps that are looked into again when their cause may be over.

use super::Engine;
use super::asker::Asker;
use super::person::Slot;
use super::reaction::Mends;
use crate::time::{SignedDuration, Timestamp};

/// The first quiet look whether the network is back; each later one waits
/// twice as long, and none longer than [`LONGEST_MEND`].
const FIRST_MEND: SignedDuration = SignedDuration::from_secs(15);

/// See [`FIRST_MEND`].
const LONGEST_MEND: SignedDuration = SignedDuration::from_mins(5);

impl Engine {
    /// Gaps whose cause time alone ends are looked into again.
    pub(super) fn look_again_at_gaps(&mut self, now: Timestamp) {
        for (key, slot, at) in self.mends_due() {
            if at <= now
                && let Some(person) = self.people.get_mut(&key)
            {
                person.allow_again(&slot);
                self.changed.insert(key);
            }
        }
    }

    /// The network or the permission is back: everything it stopped is wanted anew.
    pub(super) fn mend_what_was_unreachable(&mut self) {
        self.mend(Mends::Soon);
        self.mend(Mends::WithPermission);
    }

    pub(super) fn mend(&mut self, cause: Mends) {
        for (key, person) in &mut self.people {
            for slot in person.mended_by(cause) {
                person.allow_again(&slot);
                self.changed.insert(key.clone());
            }
        }
    }

    pub(super) fn next_mend(&self, now: Timestamp) -> Option<Timestamp> {
        let due = self.mends_due().into_iter().map(|(_, _, at)| at.max(now));
        due.min()
    }

    /// Gaps of people somebody looks at whose cause time ends, and when.
    fn mends_due(&self) -> Vec<(String, Slot, Timestamp)> {
        let mut due = Vec::new();
        for (key, person) in &self.people {
            let is_at = |asker: &Asker| asker.subjects.contains_key(key);
            if !self.askers.values().any(is_at) {
                continue;
            }
            for slot in person.mended_by(Mends::Soon) {
                let Some(failed) = person.failed(&slot) else {
                    continue;
                };
                let doubled =
                    FIRST_MEND * 2_i32.saturating_pow(failed.times.min(8).saturating_sub(1));
                due.push((key.clone(), slot, failed.at + doubled.min(LONGEST_MEND)));
            }
        }
        due
    }
}
