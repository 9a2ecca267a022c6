//! From jobs to calls, as the rate limiter allows.

use super::priority::Priority;
use super::queue::{Job, JobKey, key_of};
use super::rate_limiter::Admission;
use super::responses::{Flight, Purpose};
use super::{CallId, Effect, Engine};
use crate::evidence::Part;
use crate::github::limits::Bucket;
use crate::github::{Activity, Call, Token};
use crate::time::{SignedDuration, Timestamp};

/// GitHub kills a request at 10 s; two more for the way there and back.
pub(super) const TIMEOUT: SignedDuration = SignedDuration::from_secs(12);

impl Engine {
    /// Sends as many calls as the rate limiter lets through, the most urgent first.
    pub(super) fn dispatch(&mut self, now: Timestamp) {
        // Of equals GraphQL goes first: its calls take longest.
        let mut open = vec![Bucket::Graphql, Bucket::Search, Bucket::Core];
        loop {
            let heads = open
                .iter()
                .filter_map(|bucket| self.next_call(*bucket, now));
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
            let (call, _, priority) = self.next_call(bucket, now)?;
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
        self.last_call = self.last_call.wrapping_add(1);
        let id = CallId(self.last_call);
        let token = token.or_else(|| self.settings.token.clone());
        let mut request = call.request(token.as_ref(), now);
        let mut requested_at = now;
        if let Purpose::Jobs(keys) = &purpose {
            let jobs = keys.iter().filter_map(|key| self.queue.get(key));
            requested_at = jobs.map(|job| job.requested_at).min().unwrap_or(now);
            self.queue.assign(keys, id);
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
                token_number: self.token_number,
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
        let etag = self.people.get(person)?.etag(cache_key)?;
        Some(etag.to_owned())
    }

    /// The call that the first job in line makes, with those it takes along.
    fn next_call(&self, bucket: Bucket, now: Timestamp) -> Option<(Call, Vec<JobKey>, Priority)> {
        let first = self.queue.ready(bucket, now).next()?;
        let has_token = self.settings.token.is_some();
        let login = first.login.clone();
        let alone = vec![key_of(first)];
        let (call, keys) = match (first.cache_key.part, &first.cache_key.repository) {
            (Part::Account, _) if has_token => {
                let (keys, logins) = self.mates(bucket, first, now);
                (Call::Accounts(logins), keys)
            }
            (Part::Counts, _) => {
                let (keys, logins) = self.mates(bucket, first, now);
                (Call::Counts(logins), keys)
            }
            (Part::Account | Part::Email, _) => (Call::User(login), alone),
            (Part::SocialAccounts, _) => (Call::SocialAccounts(login), alone),
            (Part::Organizations, _) => (Call::Organizations(login), alone),
            (Part::PullRequests, _) if !has_token => (Call::SearchPullRequests(login), alone),
            (Part::Issues, _) if !has_token => (Call::SearchIssues(login), alone),
            (Part::PullRequests | Part::Issues, _) => self.activity(first, now),
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
            // No such cache key can be made.
            (Part::Here, None) => return None,
        };
        Some((call, keys, first.priority()))
    }

    /// Jobs for the same part of other people, to be asked in one request.
    fn mates(
        &self,
        bucket: Bucket,
        first: &Job,
        now: Timestamp,
    ) -> (Vec<JobKey>, Vec<crate::login::Login>) {
        let mates = self
            .queue
            .ready(bucket, now)
            .filter(|job| job.cache_key == first.cache_key && job.size.mates >= first.size.mates)
            .take(first.size.mates);
        mates.map(|job| (key_of(job), job.login.clone())).unzip()
    }

    /// Both searches of one author go in one request, unless somebody waits
    /// for this very author: then two requests at once take half the time.
    fn activity(&self, first: &Job, now: Timestamp) -> (Call, Vec<JobKey>) {
        let other = match first.cache_key.part {
            Part::PullRequests => Part::Issues,
            _ => Part::PullRequests,
        };
        let mut other_slot = first.cache_key.clone();
        other_slot.part = other;
        let mate = self
            .queue
            .get(&(first.login.key(), other_slot))
            .filter(|mate| mate.is_ready(now) && mate.after.is_none() && mate.size == first.size);
        let login = first.login.clone();
        let results = first.size.results;
        let is_urgent = first.priority() <= Priority::Opener;
        match mate {
            Some(mate) if !is_urgent && first.after.is_none() && first.size.mates > 1 => {
                let call = Call::Activity {
                    login,
                    which: Activity::Both,
                    first: results,
                };
                (call, vec![key_of(first), key_of(mate)])
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
                (call, vec![key_of(first)])
            }
        }
    }
}
