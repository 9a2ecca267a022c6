//! [`Flights`]: the calls in flight, with their deadlines and who gets the
//! reply ([`Purpose`]).

use super::CallId;
use super::client::ClientId;
use super::job::JobKey;
use crate::github::{Call, Token};
use crate::time::{SignedDuration, Timestamp};
use litemap::LiteMap;

/// GitHub kills a request at 10 s; two more for the way there and back.
pub(super) const TIMEOUT: SignedDuration = SignedDuration::from_secs(12);

/// A call on its way.
#[derive(Clone, Debug)]
pub(super) struct Flight {
    pub(super) call: Call,
    pub(super) purpose: Purpose,
    /// The number of the token it was made with.
    pub(super) token_number: u32,
    /// Whether it was made without that token.
    pub(super) is_anonymous: bool,
    pub(super) sent_at: Timestamp,
    /// When it is given up.
    pub(super) deadline: Timestamp,
}

/// For what a call was made.
#[derive(Clone, Debug)]
pub(super) enum Purpose {
    /// For these jobs.
    Jobs(Vec<JobKey>),
    /// To tell the popup who opened something.
    Opener(ClientId),
    /// To see what a repository says of its people.
    Vouched,
    /// To see what the run is about.
    Listing,
    /// To see what the run's people had done at an earlier moment.
    Past,
    /// To see whether a pasted token is good before it is kept.
    NewToken(ClientId, Token),
    /// To tell the options page the state of the token in use.
    TokenInUse(ClientId),
    /// To tell the options page what is left of the limits.
    Limits(ClientId),
}

/// The calls that are on their way, by their names.
#[derive(Debug, Default)]
pub(super) struct Flights {
    all: LiteMap<CallId, Flight>,
    last_call: u32,
}

impl Flights {
    /// A name for the next call.
    pub(super) fn next_id(&mut self) -> CallId {
        self.last_call = self.last_call.wrapping_add(1);
        CallId(self.last_call)
    }

    pub(super) fn insert(&mut self, id: CallId, flight: Flight) {
        self.all.insert(id, flight);
    }

    pub(super) fn remove(&mut self, id: CallId) -> Option<Flight> {
        self.all.remove(&id)
    }

    /// Removes every call of which this is true, and returns their names.
    pub(super) fn remove_all(&mut self, is_meant: impl Fn(&Flight) -> bool) -> Vec<CallId> {
        let meant = self.all.iter().filter(|(_, flight)| is_meant(flight));
        let ids: Vec<CallId> = meant.map(|(id, _)| *id).collect();
        for id in &ids {
            self.all.remove(id);
        }
        ids
    }

    /// Shortens deadlines that lie further ahead than any can, because the
    /// clock has been put back.
    pub(super) fn forget_future(&mut self, now: Timestamp) {
        for (_, flight) in &mut self.all {
            flight.deadline = flight.deadline.min(now + TIMEOUT);
        }
    }

    /// The calls that should have been answered by now.
    pub(super) fn late(&self, now: Timestamp) -> Vec<CallId> {
        let late = self.all.iter().filter(|(_, it)| it.deadline <= now);
        late.map(|(id, _)| *id).collect()
    }

    /// When the next call is given up.
    pub(super) fn next_deadline(&self) -> Option<Timestamp> {
        self.all.values().map(|flight| flight.deadline).min()
    }
}
