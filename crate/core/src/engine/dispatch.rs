//! Makes calls of the jobs that are ready, several jobs to a request where
//! they can share one, and sends those that the rate limiter admits.

use super::flights::{Flight, Purpose, TIMEOUT};
use super::job::{Fetch, Job, JobKey};
use super::priority::Priority;
use super::rate_limiter::Admission;
use super::{Effect, Engine};
use crate::evidence::Part;
use crate::github::call::window_start_at;
use crate::github::limits::Bucket;
use crate::github::{ActivityPage, Call, Connection, Work};
use crate::login::Login;
use crate::repository::Repository;
use crate::time::Timestamp;

impl Engine {
    /// Sends as many calls as the rate limiter lets through, the most urgent first.
    pub(super) fn dispatch(&mut self, now: Timestamp) {
        self.scheduler.release(now);
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
            let expected_ms = self.expected_ms(&call);
            let admission = self.rate_limiter.admit(bucket, expected_ms, priority, now);
            if admission == Admission::Now {
                let first = keys.first().and_then(|key| self.scheduler.get(key));
                let is_anonymous = first.is_some_and(|job| job.forgone_for.is_some());
                self.send_as(call, Purpose::Jobs(keys), is_anonymous, now);
            } else {
                open.retain(|it| *it != bucket);
            }
        }
    }

    /// When the rate limiter opens by itself for what stands first in each line.
    pub(super) fn next_dispatch(&self, now: Timestamp) -> Option<Timestamp> {
        let opens = |bucket| {
            let (call, _, priority) = self.next_call(bucket, now)?;
            let expected_ms = self.expected_ms(&call);
            match self.rate_limiter.admit(bucket, expected_ms, priority, now) {
                Admission::NotBefore(at) => Some(at),
                Admission::Now | Admission::WhenFree => None,
            }
        };
        Bucket::ALL.into_iter().filter_map(opens).min()
    }

    /// Milliseconds that a call is expected to take.
    pub(super) fn expected_ms(&self, call: &Call) -> u32 {
        self.rate_limiter.predictor().predict_ms(&call.work())
    }

    /// Sends one call, with the token in use unless it is to test another.
    pub(super) fn send(&mut self, call: Call, purpose: Purpose, now: Timestamp) {
        self.send_as(call, purpose, false, now);
    }

    /// The same, or as somebody without a token.
    pub(super) fn send_as(
        &mut self,
        call: Call,
        purpose: Purpose,
        is_anonymous: bool,
        now: Timestamp,
    ) {
        let id = self.flights.next_id();
        let token = match &purpose {
            _ if is_anonymous => None,
            Purpose::NewToken(_, token) => Some(token),
            _ => self.preferences.token(),
        };
        let mut request = call.request(token, self.dialect, now);
        let mut requested_at = now;
        if let Purpose::Jobs(keys) = &purpose {
            let jobs = keys.iter().filter_map(|key| self.scheduler.get(key));
            requested_at = jobs.map(|job| job.requested_at).min().unwrap_or(now);
            self.scheduler.assign(keys, id);
            request.etag = self.etag(keys);
        }
        let expected_ms = self.expected_ms(&call);
        self.rate_limiter
            .note_sent(id, call.bucket(), expected_ms, now);
        self.timeline.note_sent(id, &call, requested_at, now);
        self.flights.insert(
            id,
            Flight {
                call,
                purpose,
                token_number: self.preferences.token_number(),
                is_anonymous,
                wanted_at: requested_at,
                sent_at: now,
                deadline: now + TIMEOUT,
                is_slow: false,
            },
        );
        self.effects.push(Effect::Send(id, request));
    }

    /// The `ETag` of what one job is about to ask again; only REST has them.
    fn etag(&self, keys: &[JobKey]) -> Option<String> {
        let [key @ (person, cache_key)] = keys else {
            return None;
        };
        if after(self.scheduler.get(key)?).is_some() {
            return None;
        }
        let etag = self.cache.get(person)?.etag(cache_key)?;
        Some(etag.to_owned())
    }

    /// The call for the first job in line, with further jobs that can share the
    /// request. Sends and removes nothing.
    pub(super) fn next_call(
        &self,
        bucket: Bucket,
        now: Timestamp,
    ) -> Option<(Call, Vec<JobKey>, Priority)> {
        let first = self.scheduler.ready(bucket).next()?;
        let has_token = self.preferences.has_token() && first.forgone_for.is_none();
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
            (Part::Organizations, _) => (Call::Organizations(login, after(first)), alone),
            (Part::PullRequests, _) if !has_token => (Call::SearchPullRequests(login), alone),
            (Part::Issues, _) if !has_token => (Call::SearchIssues(login), alone),
            (Part::PullRequests | Part::Issues, _) => self.activity(bucket, first, now),
            (Part::Here, Some(repository)) => {
                if has_token {
                    self.here(bucket, first, repository)
                } else {
                    (Call::SearchHere(login, repository.clone()), alone)
                }
            }
            (Part::Closers, _) => self.closers(bucket, first),
            (Part::ThisItem, Some(repository)) => {
                let repository = repository.clone();
                let number = first.cache_key.number?;
                let call = Call::ThisItem {
                    login,
                    repository,
                    number,
                };
                (call, alone)
            }
            // No such cache key can be made.
            (Part::Here | Part::ThisItem, None) => return None,
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

    /// A request for an author's activity: by connection together with others',
    /// as long as nobody waits for them, or else by search.
    fn activity(&self, bucket: Bucket, first: &Job, now: Timestamp) -> (Call, Vec<JobKey>) {
        let mut keys = vec![first.key()];
        let mut pages = vec![page(first)];
        if first.size.is_search {
            let page = page(first);
            return (Call::SearchActivity(page), keys);
        }
        let since = window_start_at(now);
        let call = |pages: &[ActivityPage]| Call::Activity(pages.to_vec(), since);
        let priority = first.priority();
        if priority.forbids_sharing() || first.size.batch == 1 {
            return (call(&pages), keys);
        }
        // What one author alone takes: two connections. Which page stands for
        // them is all the same, as only sizes count.
        let one = call(&[page(first), page(first)]).work();
        let may_join = |job: &&Job| {
            let is_activity = matches!(job.cache_key.part, Part::PullRequests | Part::Issues);
            is_activity && !job.size.is_search && job.size.batch > 1 && job.priority() == priority
        };
        let predictor = self.rate_limiter.predictor();
        let may_join_call = |all: &Work| {
            if priority == Priority::Run {
                predictor.may_join_run(all)
            } else {
                predictor.may_join(&one, all)
            }
        };
        for job in self.scheduler.ready(bucket).filter(may_join).skip(1) {
            pages.push(page(job));
            let fits = pages.len() <= first.size.batch.min(job.size.batch)
                && may_join_call(&call(&pages).work());
            if !fits {
                pages.pop();
                break;
            }
            keys.push(job.key());
        }
        (call(&pages), keys)
    }

    /// What authors opened in a repository: one by one, but for those of a run, of
    /// whom as many share a request as [`Predictor::may_join_run`] lets.
    ///
    /// [`Predictor::may_join_run`]: super::rate_limiter::predictor::Predictor::may_join_run
    fn here(&self, bucket: Bucket, first: &Job, repository: &Repository) -> (Call, Vec<JobKey>) {
        let (mut keys, mut logins) = (vec![first.key()], vec![first.login.clone()]);
        let call = |logins: &[Login]| Call::Here {
            logins: logins.to_vec(),
            repository: repository.clone(),
            first: first.size.results,
        };
        let may_join = |job: &&Job| {
            job.cache_key == first.cache_key
                && job.priority() == Priority::Run
                && job.size == first.size
        };
        let others = self.scheduler.ready(bucket).filter(may_join).skip(1);
        let most = if first.priority() == Priority::Run {
            first.size.batch
        } else {
            1
        };
        for job in others.take(most - 1) {
            logins.push(job.login.clone());
            if !self
                .rate_limiter
                .predictor()
                .may_join_run(&call(&logins).work())
            {
                logins.pop();
                break;
            }
            keys.push(job.key());
        }
        (call(&logins), keys)
    }

    /// Who closed some pull requests: of one author whom somebody waits for, or
    /// of as many as fit into one request.
    fn closers(&self, bucket: Bucket, first: &Job) -> (Call, Vec<JobKey>) {
        let priority = first.priority();
        let may_join = |job: &&Job| job.cache_key == first.cache_key && job.priority() == priority;
        let (mut keys, mut people, mut left) = (Vec::new(), Vec::new(), first.size.batch);
        for job in self.scheduler.ready(bucket).filter(may_join) {
            let Fetch::Closers(ids) = &job.fetch else {
                continue;
            };
            let is_first = keys.is_empty();
            if !is_first && (ids.len() > left || priority.forbids_sharing()) {
                break;
            }
            let ids: Vec<String> = ids.iter().take(left).cloned().collect();
            left -= ids.len();
            keys.push(job.key());
            people.push((job.login.clone(), ids));
        }
        (Call::Closers(people), keys)
    }
}

/// The page of somebody's activity that a job asks for.
fn page(job: &Job) -> ActivityPage {
    ActivityPage {
        login: job.login.clone(),
        connection: match (job.cache_key.part, &job.fetch) {
            (Part::Issues, _) => Connection::Issues,
            (_, Fetch::Unmerged) => Connection::UnmergedPullRequests,
            (_, Fetch::NextMergedPage(_)) => Connection::MergedPullRequests,
            _ => Connection::PullRequests,
        },
        first: job.size.results,
        after: after(job),
    }
}

/// Where the page begins that a job asks for, unless it is the first.
fn after(job: &Job) -> Option<String> {
    match &job.fetch {
        Fetch::NextPage(cursor)
        | Fetch::NextMergedPage(cursor)
        | Fetch::NextPageBySearch(cursor) => Some(cursor.clone()),
        _ => None,
    }
}
