//! [`Slot`]: a run, and what of it is under way as long as the worker lives.

use super::run::Run;
use super::{keep, listing, notify};
use crate::engine::client::ClientId;
use crate::evidence::Gap;
use crate::message::RunState;
use crate::time::{SignedDuration, Timestamp};
use litemap::LiteMap;

const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// A run and its work.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) run: Run,
    /// The client that it is.
    pub(super) client: ClientId,
    /// The people who are being looked up, by the keys of their logins.
    pub(super) active: LiteMap<String, u32>,
    /// Those of the active who wait for the end of what holds up everybody, and
    /// what that is.
    pub(super) stuck: LiteMap<String, Gap>,
    /// When they are tried again, if nothing else ends it.
    pub(super) unstick_at: Option<Timestamp>,
    /// When people were done, within the last minute.
    done_at: Vec<Timestamp>,
    /// Since when the run goes on without a pause.
    going_since: Timestamp,
    pub(super) listing: listing::Progress,
    pub(super) changes: notify::Changes,
    pub(super) unsaved: keep::Unsaved,
}

impl Slot {
    /// A run of which nothing is under way.
    pub(super) fn new(run: Run, client: ClientId, now: Timestamp) -> Self {
        Self {
            run,
            client,
            active: LiteMap::new(),
            stuck: LiteMap::new(),
            unstick_at: None,
            done_at: Vec::new(),
            going_since: now,
            listing: listing::Progress::default(),
            changes: notify::Changes::default(),
            unsaved: keep::Unsaved::default(),
        }
    }

    pub(super) fn state(&self) -> RunState {
        self.run.head.state
    }

    /// Whether it makes calls.
    pub(super) fn is_going(&self) -> bool {
        self.state() == RunState::Running
    }

    /// Whether it goes on, or may after a pause.
    pub(super) fn is_active(&self) -> bool {
        self.is_going() || self.state() == RunState::Paused
    }

    /// How many people are looked up or wait for it.
    pub(super) fn people_left(&self) -> usize {
        self.active.len() + self.run.waiting.len()
    }

    /// What stands in the way of the run, where something does.
    pub(super) fn stuck_by(&self) -> Option<Gap> {
        self.stuck.values().next().copied()
    }

    /// When something is due that no answer brings.
    pub(super) fn next_alarm(&self) -> Option<Timestamp> {
        let going = [self.unstick_at, self.listing.not_before];
        let going = going.into_iter().filter(|_| self.is_going());
        going.chain([self.unsaved.save_at]).flatten().min()
    }

    /// What is dated in the future, because the clock has been put back, is due
    /// at once.
    pub(super) fn forget_future(&mut self, now: Timestamp) {
        for at in [
            &mut self.unstick_at,
            &mut self.listing.not_before,
            &mut self.unsaved.save_at,
        ] {
            *at = at.map(|at| at.min(now));
        }
        self.going_since = self.going_since.min(now);
        self.done_at.clear();
    }

    /// Counts who is done in a minute from now on.
    pub(super) fn begin_counting(&mut self, now: Timestamp) {
        self.going_since = now;
        self.done_at.clear();
    }

    /// Notes that somebody is done.
    pub(super) fn note_done(&mut self, now: Timestamp) {
        self.done_at.push(now);
        self.done_at
            .retain(|at| *at <= now && now.duration_since(*at) <= MINUTE);
    }

    /// People done a minute, by what was done within the last.
    pub(super) fn rate_per_minute(&self, now: Timestamp) -> u32 {
        let recent = self.done_at.iter();
        let recent = recent.filter(|at| **at <= now && now.duration_since(**at) <= MINUTE);
        let done = i64::try_from(recent.count()).unwrap_or(i64::MAX);
        let going = now.duration_since(self.going_since).as_millis();
        // What a run does in its first seconds says little of the rest.
        let period = going.clamp(MINUTE.as_millis() / 2, MINUTE.as_millis());
        u32::try_from(done * MINUTE.as_millis() / period).unwrap_or(0)
    }
}
