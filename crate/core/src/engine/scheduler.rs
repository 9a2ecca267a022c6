//! [`Scheduler`]: the queue of jobs, by priority and age.
//!
//! There is one job for each cache key of each person, however many clients
//! want it: so all of them share one flight. Nothing here
//! walks all jobs when something happens to one of them.

use super::CallId;
use super::cache_key::CacheKey;
use super::client::ClientId;
use super::job::{Fetch, Job, JobKey, JobSize, Place};
use super::priority::Priority;
use crate::evidence::{GapReason, Part};
use crate::github::limits::Bucket;
use crate::login::Login;
use crate::time::Timestamp;
use litemap::LiteMap;
use std::collections::BTreeMap;

/// Jobs that begin with somebody have numbers from here on; there are never so
/// many that go on.
const FIRST_BEGINNING: u64 = 1 << 40;

/// What a client wants of somebody.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request<'a> {
    pub(super) client: ClientId,
    /// How soon it is wanted.
    pub(super) priority: Priority,
    pub(super) login: &'a Login,
    pub(super) cache_key: &'a CacheKey,
    /// What of it is wanted.
    pub(super) fetch: &'a Fetch,
}

/// Everything that is wanted and has not come yet.
#[derive(Debug, Default)]
pub(super) struct Scheduler {
    /// The jobs of each person; nobody is here without one.
    jobs: LiteMap<String, Vec<Job>>,
    /// Jobs that may leave, in the order in which they do.
    ready: BTreeMap<(Bucket, Priority, u64), JobKey>,
    /// Jobs that wait for a moment, by that moment.
    delayed: BTreeMap<(Timestamp, u64), JobKey>,
    /// Jobs that nobody wants any more and that are not in flight.
    abandoned: Vec<JobKey>,
    /// How many jobs there were that begin with somebody, and that go on.
    begun: u64,
    continued: u64,
}

impl Scheduler {
    pub(super) fn get(&self, (person, cache_key): &JobKey) -> Option<&Job> {
        let mut jobs = self.jobs.get(person)?.iter();
        jobs.find(|job| job.cache_key == *cache_key)
    }

    /// Whether nothing is wanted of anybody.
    pub(super) fn is_empty(&self) -> bool {
        self.jobs.is_empty()
    }

    /// The jobs of one person.
    pub(super) fn jobs_of(&self, person: &str) -> &[Job] {
        self.jobs.get(person).map_or(&[], Vec::as_slice)
    }

    /// Takes a client's request; makes the job if there is none. Returns
    /// whether it was made.
    pub(super) fn request(&mut self, request: &Request, bucket: Bucket, now: Timestamp) -> bool {
        let Request {
            client, priority, ..
        } = *request;
        let key = (request.login.key(), request.cache_key.clone());
        let is_new = self.get(&key).is_none();
        if is_new {
            let number = self.next_number(request.fetch);
            let job = Job {
                login: request.login.clone(),
                cache_key: request.cache_key.clone(),
                fetch: request.fetch.clone(),
                size: JobSize::whole(request.cache_key.part, request.fetch),
                bucket,
                requested_at: now,
                not_before: None,
                tries: 0,
                requested_by: LiteMap::new(),
                forgone_for: None,
                call: None,
                number,
            };
            self.ready
                .insert((bucket, job.priority(), job.number), key.clone());
            let jobs = self.jobs.entry(key.0.clone());
            jobs.or_default().push(job);
        }
        self.change(&key, &|job| {
            // Wanted for a badge and for a card: the badge is the more urgent.
            let before = job.requested_by.get(&client).copied();
            let priority = before.map_or(priority, |it| it.min(priority));
            job.requested_by.insert(client, priority);
        });
        is_new
    }

    /// Says that a client wants nothing of these people any more, or is about
    /// to say anew what it wants.
    pub(super) fn withdraw(&mut self, client: ClientId, people: &[String]) {
        for person in people {
            let its = |job: &&Job| job.requested_by.contains_key(&client);
            let keys: Vec<JobKey> = self
                .jobs_of(person)
                .iter()
                .filter(its)
                .map(Job::key)
                .collect();
            for key in keys {
                self.change(&key, &|job| {
                    job.requested_by.remove(&client);
                });
            }
        }
    }

    /// Changes how soon a client wants what is on its way of somebody.
    pub(super) fn set_priority(&mut self, client: ClientId, person: &str, priority: Priority) {
        let keys: Vec<JobKey> = self.jobs_of(person).iter().map(Job::key).collect();
        for key in keys {
            self.change(&key, &|job| {
                if job.requested_by.contains_key(&client) {
                    job.requested_by.insert(client, priority);
                }
            });
        }
    }

    /// Drops what nobody wants and is not in flight; returns whose it was.
    pub(super) fn drop_abandoned(&mut self) -> Vec<String> {
        let mut people = Vec::new();
        for key in std::mem::take(&mut self.abandoned) {
            // Somebody may have come to want it after all.
            let is_abandoned = |job: &Job| job.requested_by.is_empty() && job.is_waiting();
            if self.get(&key).is_some_and(is_abandoned) {
                self.remove(&key);
                people.push(key.0);
            }
        }
        people
    }

    /// Lets the jobs leave whose moment has come.
    pub(super) fn release(&mut self, now: Timestamp) {
        while let Some((moment, key)) = self.delayed.first_key_value() {
            if moment.0 > now {
                return;
            }
            let key = key.clone();
            self.change(&key, &|job| job.not_before = None);
        }
    }

    /// Lets every job leave, whatever moment it waits for, because the clock
    /// has been put back; the waits are short ones.
    pub(super) fn release_all(&mut self) {
        while let Some((_, key)) = self.delayed.first_key_value() {
            let key = key.clone();
            self.change(&key, &|job| job.not_before = None);
        }
    }

    /// The jobs of a bucket that may leave now, in order.
    pub(super) fn ready(&self, bucket: Bucket) -> impl Iterator<Item = &Job> {
        let first = (bucket, Priority::FIRST, 0);
        let last = (bucket, Priority::LAST, u64::MAX);
        let keys = self.ready.range(first..=last).map(|(_, key)| key);
        keys.filter_map(|key| self.get(key))
    }

    /// When the next job that waits for a moment may leave.
    pub(super) fn next_release(&self) -> Option<Timestamp> {
        self.delayed.first_key_value().map(|((at, _), _)| *at)
    }

    /// Whose jobs are not in flight.
    pub(super) fn people_waiting(&self) -> Vec<String> {
        let waiting = self.ready.values().chain(self.delayed.values());
        waiting.map(|(person, _)| person.clone()).collect()
    }

    /// Puts jobs on a call.
    pub(super) fn assign(&mut self, keys: &[JobKey], call: CallId) {
        for key in keys {
            self.change(key, &|job| job.call = Some(call));
        }
    }

    /// Takes a job off its call to be tried again.
    pub(super) fn retry(&mut self, key: &JobKey, size: JobSize, not_before: Option<Timestamp>) {
        self.change(key, &|job| {
            job.call = None;
            job.size = size;
            job.not_before = not_before;
        });
    }

    /// Notes one more try in vain and returns how many there were.
    pub(super) fn count_try(&mut self, key: &JobKey) -> u8 {
        self.get_mut(key).map_or(u8::MAX, |job| {
            job.tries = job.tries.saturating_add(1);
            job.tries
        })
    }

    /// Lets an author's activity be asked for by search, from its first page
    /// on, as if it had not been tried yet. Returns whether it is activity, and
    /// was asked for by connection.
    pub(super) fn fall_back_to_search(&mut self, key: &JobKey) -> bool {
        let is_activity = matches!(key.1.part, Part::PullRequests | Part::Issues);
        let may = is_activity && self.get(key).is_some_and(|job| !job.size.is_search);
        if may {
            self.change(key, &|job| {
                job.call = None;
                job.fetch = Fetch::FirstPage;
                job.size = JobSize::by_search();
                job.tries = 0;
            });
        }
        may
    }

    /// Lets a part be asked for without the token, which was refused for this
    /// reason, as if it had not been tried yet.
    pub(super) fn forgo_token(&mut self, key: &JobKey, bucket: Bucket, reason: GapReason) {
        self.change(key, &|job| {
            job.call = None;
            job.bucket = bucket;
            job.forgone_for = Some(reason);
            job.tries = 0;
        });
    }

    /// Leaves a job no second try.
    pub(super) fn spend_tries(&mut self, key: &JobKey) {
        if let Some(job) = self.get_mut(key) {
            job.tries = u8::MAX;
        }
    }

    /// Removes a job that is done, one way or the other.
    pub(super) fn remove(&mut self, key: &JobKey) {
        let Some(jobs) = self.jobs.get_mut(&key.0) else {
            return;
        };
        if let Some(place) = jobs.iter().position(|job| job.cache_key == key.1) {
            let job = jobs.swap_remove(place);
            if jobs.is_empty() {
                self.jobs.remove(&key.0);
            }
            self.leave(job.place());
        }
    }

    /// Lets another bucket pay, because the token came or went.
    pub(super) fn pay_from(&mut self, key: &JobKey, bucket: Bucket) {
        self.change(key, &|job| {
            job.bucket = bucket;
            job.forgone_for = None;
        });
    }

    /// Every job.
    pub(super) fn keys(&self) -> Vec<JobKey> {
        self.jobs.values().flatten().map(Job::key).collect()
    }

    /// The number of the next job: of equals, what goes on with somebody leaves
    /// before what begins with somebody else, so that whoever has waited is
    /// told the sooner.
    fn next_number(&mut self, fetch: &Fetch) -> u64 {
        match fetch {
            Fetch::NextPage(_)
            | Fetch::NextPageBySearch(_)
            | Fetch::Unmerged
            | Fetch::NextMergedPage(_)
            | Fetch::Closers(_)
            | Fetch::FirstPageBySearch => {
                self.continued += 1;
                self.continued
            }
            Fetch::FirstPage => {
                self.begun += 1;
                FIRST_BEGINNING + self.begun
            }
        }
    }

    /// Changes a job, and its place in the line with it.
    fn change(&mut self, key: &JobKey, change: &dyn Fn(&mut Job)) {
        let Some(job) = self.get_mut(key) else {
            return;
        };
        let before = job.place();
        change(job);
        let (after, is_unwanted) = (job.place(), job.requested_by.is_empty());
        if is_unwanted && after != Place::InFlight {
            self.abandoned.push(key.clone());
        }
        if before != after {
            self.leave(before);
            match after {
                Place::Ready(bucket, priority, number) => {
                    self.ready.insert((bucket, priority, number), key.clone());
                }
                Place::Delayed(at, number) => {
                    self.delayed.insert((at, number), key.clone());
                }
                Place::InFlight => {}
            }
        }
    }

    /// Frees a place in the line.
    fn leave(&mut self, place: Place) {
        match place {
            Place::Ready(bucket, priority, number) => {
                self.ready.remove(&(bucket, priority, number));
            }
            Place::Delayed(at, number) => {
                self.delayed.remove(&(at, number));
            }
            Place::InFlight => {}
        }
    }

    fn get_mut(&mut self, (person, cache_key): &JobKey) -> Option<&mut Job> {
        let mut jobs = self.jobs.get_mut(person)?.iter_mut();
        jobs.find(|job| job.cache_key == *cache_key)
    }
}

#[cfg(test)]
mod tests;
