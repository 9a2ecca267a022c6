//! [`Flights`]: the calls in flight, with their deadlines and who gets the
//! reply ([`Purpose`]).

use super::CallId;
use super::client::ClientId;
use super::job::JobKey;
use super::past::PastKey;
use crate::github::{Call, Token};
use crate::message::RunId;
use crate::time::{SignedDuration, Timestamp};
use litemap::LiteMap;

/// GitHub kills a request at 10 s; two more for the way there and back.
pub(super) const TIMEOUT: SignedDuration = SignedDuration::from_secs(12);

/// Whoever has waited for a call for so long wants to know for what: three times
/// as long as an ordinary search takes.
const SLOW: SignedDuration = SignedDuration::from_secs(5);

/// A call on its way.
#[derive(Clone, Debug)]
pub(super) struct Flight {
    pub(super) call: Call,
    pub(super) purpose: Purpose,
    /// The number of the token it was made with.
    pub(super) token_number: u32,
    /// Whether it was made without that token.
    pub(super) is_anonymous: bool,
    /// Since when it was wanted.
    pub(super) wanted_at: Timestamp,
    pub(super) sent_at: Timestamp,
    /// When it is given up.
    pub(super) deadline: Timestamp,
    /// Whether those who wait for it are told so.
    pub(super) is_slow: bool,
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
    /// To see what a run is about.
    Listing(RunId),
    /// To see what these people had done at an earlier moment.
    Past(Vec<PastKey>),
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
            flight.sent_at = flight.sent_at.min(now);
        }
    }

    /// The calls that should have been answered by now.
    pub(super) fn late(&self, now: Timestamp) -> Vec<CallId> {
        let late = self.all.iter().filter(|(_, it)| it.deadline <= now);
        late.map(|(id, _)| *id).collect()
    }

    /// Notes which calls are slow by now; returns for whose jobs those are that
    /// were not before.
    pub(super) fn note_slow(&mut self, now: Timestamp) -> Vec<String> {
        let mut people = Vec::new();
        for (_, flight) in &mut self.all {
            if !flight.is_slow && flight.sent_at + SLOW <= now {
                flight.is_slow = true;
                if let Purpose::Jobs(keys) = &flight.purpose {
                    people.extend(keys.iter().map(|(person, _)| person.clone()));
                }
            }
        }
        people
    }

    /// Whether this call is a slow one.
    pub(super) fn is_slow(&self, id: CallId) -> bool {
        self.all.get(&id).is_some_and(|flight| flight.is_slow)
    }

    /// When the next call will be a slow one.
    pub(super) fn next_slow(&self) -> Option<Timestamp> {
        let swift = self.all.values().filter(|flight| !flight.is_slow);
        swift.map(|flight| flight.sent_at + SLOW).min()
    }

    /// When the next call is given up.
    pub(super) fn next_deadline(&self) -> Option<Timestamp> {
        self.all.values().map(|flight| flight.deadline).min()
    }
}
