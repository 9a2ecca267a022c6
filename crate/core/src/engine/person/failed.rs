//! [`Failed`]: a part that could not be had, and when it is asked for again.

use super::Person;
use crate::engine::retry_policy::Recheck;
use crate::evidence::Gap;
use crate::time::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The first quiet look whether the network is back; each later one waits
/// twice as long, and none longer than [`LONGEST_RECHECK`].
const FIRST_RECHECK: SignedDuration = SignedDuration::from_secs(15);

/// See [`FIRST_RECHECK`].
const LONGEST_RECHECK: SignedDuration = SignedDuration::from_mins(5);

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
    pub(super) fn recheck_at(&self) -> Timestamp {
        let doublings = self.times.min(8).saturating_sub(1);
        let wait = FIRST_RECHECK * 2_i32.saturating_pow(doublings);
        self.at + wait.min(LONGEST_RECHECK)
    }
}

fn when_asked() -> Recheck {
    Recheck::WhenAsked
}

impl Person {
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

    /// Forgets all that could not be had.
    pub fn forget_failures(&mut self) {
        for entry in &mut self.entries {
            entry.failed = None;
        }
        self.entries.retain(|it| it.known.is_some());
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
}
