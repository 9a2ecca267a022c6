//! [`Job`]: one part of one person's evidence that is to be fetched: which
//! page, in how large a request, and for whom.

use super::CallId;
use super::cache_key::CacheKey;
use super::client::ClientId;
use super::priority::Priority;
use crate::evidence::{GapReason, Part};
use crate::github::activity::FIRST_NODES;
use crate::github::call::{HERE_PAGE, MAX_ACCOUNTS, MAX_CLOSERS, MAX_COUNTS, MAX_HERE, PAGE};
use crate::github::limits::Bucket;
use crate::login::Login;
use crate::time::Timestamp;
use litemap::LiteMap;

/// Connections that share a request at most, however cheap they are said to be.
const MAX_ACTIVITY: usize = 20;

/// A job's name: a cache key of a person.
pub(super) type JobKey = (String, CacheKey);

/// A cache key of a person that is wanted.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub(super) login: Login,
    pub(super) cache_key: CacheKey,
    /// What of it is asked for.
    pub(super) fetch: Fetch,
    pub(super) size: JobSize,
    /// The bucket that will pay for it.
    pub(super) bucket: Bucket,
    /// Since when somebody wants it.
    pub(super) requested_at: Timestamp,
    /// When it may be tried again, where it has failed.
    pub(super) not_before: Option<Timestamp>,
    /// How often it was tried in vain.
    pub(super) tries: u8,
    pub(super) requested_by: LiteMap<ClientId, Priority>,
    /// Why the token is not used for it, where it was refused with the token
    /// and may be had without.
    pub(super) forgone_for: Option<GapReason>,
    /// The call it is in flight with.
    pub(super) call: Option<CallId>,
    /// The jobs' own order: of two equally urgent ones the older goes first.
    pub(super) number: u64,
}

/// What of a cache key is to be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fetch {
    /// All of it, or its first page.
    FirstPage,
    /// The same by search, because the author's connection is doubted.
    FirstPageBySearch,
    /// The page after this cursor of the connection.
    NextPage(String),
    /// The newest pull requests that are not merged.
    Unmerged,
    /// The page of merged pull requests after this cursor.
    NextMergedPage(String),
    /// The page after this cursor of a search. Neither way understands a cursor
    /// of the other.
    NextPageBySearch(String),
    /// The closers of these pull requests.
    Closers(Vec<String>),
}

/// How large a call a job may be part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct JobSize {
    /// How many things a call asks for at most that this job is part of.
    pub(super) batch: usize,
    /// How many results it asks for at most.
    pub(super) results: u8,
    /// Whether activity is asked for by search, not by connection.
    pub(super) is_search: bool,
}

impl JobSize {
    /// The size in which something is asked for first.
    pub(super) fn whole(part: Part, fetch: &Fetch) -> Self {
        let is_search = matches!(fetch, Fetch::FirstPageBySearch | Fetch::NextPageBySearch(_));
        let (batch, results) = match part {
            Part::Account => (MAX_ACCOUNTS, 1),
            Part::Counts => (MAX_COUNTS, 1),
            Part::PullRequests | Part::Issues => match fetch {
                Fetch::FirstPage => (MAX_ACTIVITY, FIRST_NODES),
                // One large page takes less time than three small ones.
                _ => (1, PAGE),
            },
            Part::Here => (MAX_HERE, HERE_PAGE),
            Part::Closers => (MAX_CLOSERS.into(), MAX_CLOSERS),
            Part::Email | Part::SocialAccounts | Part::Organizations | Part::ThisItem => (1, 1),
        };
        Self {
            batch,
            results,
            is_search,
        }
    }

    /// The other way to an author's activity, where the connection cannot be had.
    pub(super) fn by_search() -> Self {
        Self {
            batch: 1,
            results: PAGE,
            is_search: true,
        }
    }

    /// Half of a request that asked for so many things, this job's among them,
    /// where that can be halved.
    pub(super) fn halved(self, asked: usize) -> Option<Self> {
        if asked > 1 {
            Some(Self {
                batch: asked.div_ceil(2),
                ..self
            })
        } else if self.results >= FIRST_NODES {
            Some(Self {
                batch: 1,
                results: self.results / 2,
                ..self
            })
        } else {
            None
        }
    }
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the line of its bucket, behind what is more urgent or older.
    Ready(Bucket, Priority, u64),
    /// Waiting for a moment.
    Delayed(Timestamp, u64),
    /// In flight with a call.
    InFlight,
}

impl Job {
    pub(super) fn place(&self) -> Place {
        match (self.call, self.not_before) {
            (Some(_), _) => Place::InFlight,
            (None, Some(at)) => Place::Delayed(at, self.number),
            (None, None) => Place::Ready(self.bucket, self.priority(), self.number),
        }
    }

    pub(super) fn key(&self) -> JobKey {
        (self.login.key(), self.cache_key.clone())
    }

    /// The most urgent of those who want it.
    pub(super) fn priority(&self) -> Priority {
        let priorities = self.requested_by.values().copied();
        priorities.min().unwrap_or(Priority::Others)
    }

    /// Whether it has not left yet, or has come back.
    pub(super) fn is_waiting(&self) -> bool {
        self.call.is_none()
    }

    /// Whether it is in flight with this call.
    pub(super) fn is_on(&self, call: CallId) -> bool {
        self.call == Some(call)
    }
}
