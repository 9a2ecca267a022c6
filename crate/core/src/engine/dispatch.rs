//! From jobs to calls, as the rate limiter allows.

use super::flights::{Flight, Purpose};
use super::job::{Job, JobKey};
use super::priority::Priority;
use super::rate_limiter::Admission;
use super::{Effect, Engine};
use crate::evidence::Part;
use crate::github::limits::Bucket;
use crate::github::{Activity, Call, Token};
use crate::login::Login;
use crate::time::{SignedDuration, Timestamp};

/// GitHub kills a request at 10 s; two more for the way there and back.
pub(super) const TIMEOUT: SignedDuration = SignedDuration::from_secs(12);

impl Engine {
    /// Sends as many calls as the rate limiter lets through, the most urgent first.
    pub(super) fn dispatch(&mut self, now: Timestamp) {
        self.scheduler.release(now);
        // Of equals GraphQL goes first: its calls take longest.
        let mut open = vec![Bucket::Graphql, Bucket::Search, Bucket::Core];
        loop {
            let heads = open.iter().filter_map(|bucket| self.next_call(*bucket));
            let Some((call, keys, priority)) = heads.min_by_key(|(_, _, priority)| *priority)
            else {
                return;
            };
            let bucket = call.bucket();
            if self
                .rate_limiter
                .admit(bucket, call.expected_ms(), priority, now)
                == Admission::Now
            {
                self.send(call, Purpose::Jobs(keys), None, now);
            } else {
                open.retain(|it| *it != bucket);
            }
        }
    }

    /// When the rate limiter opens by itself for what stands first in each line.
    pub(super) fn next_dispatch(&self, now: Timestamp) -> Option<Timestamp> {
        let opens = |bucket| {
            let (call, _, priority) = self.next_call(bucket)?;
            match self
                .rate_limiter
                .admit(bucket, call.expected_ms(), priority, now)
            {
                Admission::NotBefore(at) => Some(at),
                Admission::Now | Admission::WhenFree => None,
            }
        };
        Bucket::ALL.into_iter().filter_map(opens).min()
    }

    /// Sends one call. Without a `token` of its own it is made with the one
    /// in use.
    pub(super) fn send(
        &mut self,
        call: Call,
        purpose: Purpose,
        token: Option<Token>,
        now: Timestamp,
    ) {
        let id = self.flights.next_id();
        let token = token.or_else(|| self.preferences.token().cloned());
        let mut request = call.request(token.as_ref(), now);
        let mut requested_at = now;
        if let Purpose::Jobs(keys) = &purpose {
            let jobs = keys.iter().filter_map(|key| self.scheduler.get(key));
            requested_at = jobs.map(|job| job.requested_at).min().unwrap_or(now);
            self.scheduler.assign(keys, id);
            request.etag = self.etag(keys);
        }
        self.rate_limiter
            .note_sent(id, call.bucket(), call.expected_ms(), now);
        self.timeline.note_sent(id, &call, requested_at, now);
        self.flights.insert(
            id,
            Flight {
                call,
                purpose,
                token_number: self.preferences.token_number(),
                deadline: now + TIMEOUT,
            },
        );
        self.effects.push(Effect::Send(id, request));
    }

    /// The `ETag` of what one job is about to ask again; only REST has them.
    fn etag(&self, keys: &[JobKey]) -> Option<String> {
        let [(person, cache_key)] = keys else {
            return None;
        };
        let etag = self.cache.get(person)?.etag(cache_key)?;
        Some(etag.to_owned())
    }

    /// The call that the first job in line makes, with those it takes along.
    fn next_call(&self, bucket: Bucket) -> Option<(Call, Vec<JobKey>, Priority)> {
        let first = self.scheduler.ready(bucket).next()?;
        let has_token = self.preferences.has_token();
        let login = first.login.clone();
        let alone = vec![first.key()];
        let (call, keys) = match (first.cache_key.part, &first.cache_key.repository) {
            (Part::Account, _) if has_token => {
                let (keys, logins) = self.batch(bucket, first);
                (Call::Accounts(logins), keys)
            }
            (Part::Counts, _) => {
                let (keys, logins) = self.batch(bucket, first);
                (Call::Counts(logins), keys)
            }
            (Part::Account | Part::Email, _) => (Call::User(login), alone),
            (Part::SocialAccounts, _) => (Call::SocialAccounts(login), alone),
            (Part::Organizations, _) => (Call::Organizations(login), alone),
            (Part::PullRequests, _) if !has_token => (Call::SearchPullRequests(login), alone),
            (Part::Issues, _) if !has_token => (Call::SearchIssues(login), alone),
            (Part::PullRequests | Part::Issues, _) => self.activity(first),
            (Part::Here, Some(repository)) => {
                let repository = repository.clone();
                let call = if has_token {
                    let first = first.size.results;
                    Call::Here {
                        login,
                        repository,
                        first,
                    }
                } else {
                    Call::SearchHere(login, repository)
                };
                (call, alone)
            }
            // Neither cache key can be made.
            (Part::Here, None) | (Part::Closers, _) => return None,
        };
        Some((call, keys, first.priority()))
    }

    /// Jobs for the same part of other people, to be asked in one request.
    fn batch(&self, bucket: Bucket, first: &Job) -> (Vec<JobKey>, Vec<Login>) {
        let is_alike =
            |job: &&Job| job.cache_key == first.cache_key && job.size.batch >= first.size.batch;
        let alike = self.scheduler.ready(bucket).filter(is_alike);
        let batch = alike.take(first.size.batch);
        batch.map(|job| (job.key(), job.login.clone())).unzip()
    }

    /// Both searches of one author go in one request, unless somebody waits
    /// for this very author: then two requests at once take half the time.
    fn activity(&self, first: &Job) -> (Call, Vec<JobKey>) {
        let other = match first.cache_key.part {
            Part::PullRequests => Part::Issues,
            _ => Part::PullRequests,
        };
        let mut other_key = first.cache_key.clone();
        other_key.part = other;
        let mate = self
            .scheduler
            .get(&(first.login.key(), other_key))
            .filter(|mate| mate.is_ready() && mate.after.is_none() && mate.size == first.size);
        let login = first.login.clone();
        let results = first.size.results;
        let is_urgent = first.priority() <= Priority::Opener;
        match mate {
            Some(mate) if !is_urgent && first.after.is_none() && first.size.batch > 1 => {
                let call = Call::Activity {
                    login,
                    which: Activity::Both,
                    first: results,
                };
                (call, vec![first.key(), mate.key()])
            }
            _ => {
                let which = match first.cache_key.part {
                    Part::Issues => Activity::Issues(first.after.clone()),
                    _ => Activity::PullRequests(first.after.clone()),
                };
                let call = Call::Activity {
                    login,
                    which,
                    first: results,
                };
                (call, vec![first.key()])
            }
        }
    }
}
