//! [`Queue`]: what is wanted and has not come yet.
//!
//! One job for each cache key of each person, however many tabs want it: that is
//! what makes it one flight for all of them.

use super::CallId;
use super::client::ClientId;
use super::person::CacheKey;
use super::priority::Priority;
use crate::evidence::Part;
use crate::github::call::{HERE_PAGE, MAX_ACCOUNTS, MAX_COUNTS, PAGE};
use crate::github::limits::Bucket;
use crate::login::Login;
use crate::time::Timestamp;
use litemap::LiteMap;

/// A job's name: a cache key of a person.
pub(super) type JobKey = (String, CacheKey);

/// A cache key that is wanted.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub(super) login: Login,
    pub(super) cache_key: CacheKey,
    /// Where the wanted page begins, if it follows others.
    pub(super) after: Option<String>,
    pub(super) size: JobSize,
    /// The bucket that will pay for it.
    pub(super) bucket: Bucket,
    /// Since when somebody wants it.
    pub(super) requested_at: Timestamp,
    pub(super) not_before: Option<Timestamp>,
    /// How often it was tried in vain.
    pub(super) tries: u8,
    requested_by: LiteMap<ClientId, Priority>,
    flight: Option<CallId>,
    number: u64,
}

/// How large a call a job may be part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct JobSize {
    /// With how many jobs at most, itself among them.
    pub(super) mates: usize,
    /// How many results at most.
    pub(super) results: u8,
}

impl JobSize {
    fn whole(part: Part) -> Self {
        let (mates, results) = match part {
            Part::Account => (MAX_ACCOUNTS, 1),
            Part::Counts => (MAX_COUNTS, 1),
            Part::PullRequests | Part::Issues => (2, PAGE),
            Part::Here => (1, HERE_PAGE),
            Part::Email | Part::SocialAccounts | Part::Organizations => (1, 1),
        };
        Self { mates, results }
    }

    /// Half of what was tried with so many `mates`, where that can be.
    pub(super) fn halved(self, mates: usize) -> Option<Self> {
        if mates > 1 {
            Some(Self {
                mates: mates.div_ceil(2),
                ..self
            })
        } else if self.results >= HERE_PAGE {
            Some(Self {
                mates: 1,
                results: self.results / 2,
            })
        } else {
            None
        }
    }
}

impl Job {
    /// The most urgent of those who want it.
    pub(super) fn priority(&self) -> Priority {
        self.requested_by
            .values()
            .copied()
            .min()
            .unwrap_or(Priority::Others)
    }

    /// Whether it has not left yet, or has come back.
    pub(super) fn is_waiting(&self) -> bool {
        self.flight.is_none()
    }

    /// Whether it is in flight with this call.
    pub(super) fn is_on(&self, call: CallId) -> bool {
        self.flight == Some(call)
    }

    /// Whether it is neither in flight nor to wait.
    pub(super) fn is_ready(&self, now: Timestamp) -> bool {
        self.flight.is_none() && self.not_before.is_none_or(|at| at <= now)
    }

    fn place(&self) -> (Bucket, Priority, u64) {
        (self.bucket, self.priority(), self.number)
    }
}

/// Everything that is wanted and has not come yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    jobs: LiteMap<JobKey, Job>,
    /// Jobs that are not in flight, in the order they leave, bucket by bucket.
    waiting: LiteMap<(Bucket, Priority, u64), JobKey>,
    next_number: u64,
}

impl Queue {
    pub(super) fn get(&self, key: &JobKey) -> Option<&Job> {
        self.jobs.get(key)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.jobs.is_empty()
    }

    /// The cache keys of one person that are on their way.
    pub(super) fn cache_keys_of(&self, person: &str) -> impl Iterator<Item = &CacheKey> {
        let first = (person.to_owned(), CacheKey::FIRST);
        let (Ok(first) | Err(first)) = self.jobs.find_index(&first);
        let from_first = self.jobs.iter().skip(first);
        from_first
            .take_while(move |((key, _), _)| key == person)
            .map(|((_, cache_key), _)| cache_key)
    }

    /// Says that an client wants a cache key; makes the job if there is none.
    /// Returns whether it was made.
    #[expect(
        clippy::too_many_arguments,
        reason = "who wants what, how soon, and from when on"
    )]
    pub(super) fn request(
        &mut self,
        client: ClientId,
        priority: Priority,
        login: &Login,
        cache_key: &CacheKey,
        bucket: Bucket,
        after: Option<&str>,
        now: Timestamp,
    ) -> bool {
        let key = (login.key(), cache_key.clone());
        let is_new = !self.jobs.contains_key(&key);
        if is_new {
            self.next_number += 1;
            let job = Job {
                login: login.clone(),
                cache_key: cache_key.clone(),
                after: after.map(str::to_owned),
                size: JobSize::whole(cache_key.part),
                bucket,
                requested_at: now,
                not_before: None,
                tries: 0,
                requested_by: LiteMap::new(),
                flight: None,
                number: self.next_number,
            };
            self.jobs.insert(key.clone(), job);
        }
        self.change(&key, &|job| {
            // Wanted for a badge and for a card: the badge is the more urgent.
            let before = job.requested_by.get(&client).copied();
            job.requested_by
                .insert(client, before.map_or(priority, |it| it.min(priority)));
        });
        is_new
    }

    /// Says that an client wants nothing any more, or is about to say anew
    /// what it wants.
    pub(super) fn withdraw_all(&mut self, client: ClientId) {
        let wanted = |job: &&Job| job.requested_by.contains_key(&client);
        let keys: Vec<JobKey> = self.jobs.values().filter(wanted).map(key_of).collect();
        for key in keys {
            self.change(&key, &|job| {
                job.requested_by.remove(&client);
            });
        }
    }

    /// Drops what nobody wants and is not in flight; returns whose it was.
    pub(super) fn drop_abandoned(&mut self) -> Vec<String> {
        let is_unwanted = |job: &&Job| job.requested_by.is_empty() && job.flight.is_none();
        let keys: Vec<JobKey> = self.jobs.values().filter(is_unwanted).map(key_of).collect();
        for key in &keys {
            self.remove(key);
        }
        keys.into_iter().map(|(person, _)| person).collect()
    }

    /// The jobs of a bucket that could leave now, in order.
    pub(super) fn ready(&self, bucket: Bucket, now: Timestamp) -> impl Iterator<Item = &Job> {
        self.waiting
            .iter()
            .filter(move |((paid_by, ..), _)| *paid_by == bucket)
            .filter_map(|(_, key)| self.jobs.get(key))
            .filter(move |job| job.is_ready(now))
    }

    /// When the next job that waits for a moment may leave.
    pub(super) fn next_moment(&self, now: Timestamp) -> Option<Timestamp> {
        let waiting = self.jobs.values().filter(|job| job.flight.is_none());
        waiting
            .filter_map(|job| job.not_before)
            .filter(|at| *at > now)
            .min()
    }

    /// Whose jobs are not in flight.
    pub(super) fn people_waiting(&self) -> impl Iterator<Item = &String> {
        self.waiting.values().map(|(person, _)| person)
    }

    /// Puts jobs on a flight.
    pub(super) fn assign(&mut self, keys: &[JobKey], call: CallId) {
        for key in keys {
            self.change(key, &|job| job.flight = Some(call));
        }
    }

    /// Takes a job off its flight to be tried again.
    pub(super) fn try_again(&mut self, key: &JobKey, size: JobSize, not_before: Option<Timestamp>) {
        self.change(key, &|job| {
            job.flight = None;
            job.size = size;
            job.not_before = not_before;
        });
    }

    /// Notes one more try in vain and returns how many there were.
    pub(super) fn tried(&mut self, key: &JobKey) -> u8 {
        self.jobs.get_mut(key).map_or(u8::MAX, |job| {
            job.tries = job.tries.saturating_add(1);
            job.tries
        })
    }

    /// Leaves a job no second try.
    pub(super) fn spend_tries(&mut self, key: &JobKey) {
        if let Some(job) = self.jobs.get_mut(key) {
            job.tries = u8::MAX;
        }
    }

    /// Removes a job that is done, one way or the other.
    pub(super) fn remove(&mut self, key: &JobKey) {
        if let Some(job) = self.jobs.remove(key) {
            self.waiting.remove(&job.place());
        }
    }

    /// Lets another bucket pay, because the token came or went.
    pub(super) fn pay_from(&mut self, key: &JobKey, bucket: Bucket) {
        // A job must never stand in two lines.
        if self.jobs.get(key).is_some_and(|job| job.bucket != bucket) {
            self.change(key, &|job| job.bucket = bucket);
        }
    }

    /// Every job.
    pub(super) fn keys(&self) -> Vec<JobKey> {
        self.jobs.keys().cloned().collect()
    }

    /// Changes a job and its place in the line together.
    fn change(&mut self, key: &JobKey, change: &dyn Fn(&mut Job)) {
        let Some(job) = self.jobs.get_mut(key) else {
            return;
        };
        self.waiting.remove(&job.place());
        change(job);
        if job.flight.is_none() {
            self.waiting.insert(job.place(), key.clone());
        }
    }
}

pub(super) fn key_of(job: &Job) -> JobKey {
    (job.login.key(), job.cache_key.clone())
}
