//! Handles a call that has ended: notes limits, records what was learned, and
//! tries again or leaves a gap.

use super::cache_key::CacheKey;
use super::flights::{Flight, Purpose};
use super::job::JobKey;
use super::rate_limiter::MOST_HOLD;
use super::retry_policy::{Recheck, Size, Stops, retry_policy};
use super::{CallId, Effect, Engine};
use crate::evidence::{Gap, GapReason, Part};
use crate::github::http::{Failure, HttpReply};
use crate::github::limits::{Bucket, Limit};
use crate::github::read::{Answer, read};
use crate::github::{ApiError, Learned};
use crate::login::Login;
use crate::time::{SignedDuration, Timestamp};

/// So long after GitHub's own error a network failure is told as GitHub's
/// error too. After some 500s and 503s Chromium lets an extension's calls to
/// the same address fail for up to about a minute without sending them
/// (`ERR_TEMPORARILY_THROTTLED`).
const THROTTLED_FOR: SignedDuration = SignedDuration::from_secs(60);

/// So long nothing is sent after GitHub has counted too many failed logins. It
/// says "later" and no time; some minutes are enough.
const LOGIN_ATTEMPTS_SECONDS: u32 = 300;

impl Engine {
    pub(super) fn handle_response(
        &mut self,
        id: CallId,
        reply: Result<HttpReply, Failure>,
        now: Timestamp,
    ) {
        // An answer to a call that was given up says nothing any more.
        let Some(flight) = self.flights.remove(id) else {
            return;
        };
        self.rate_limiter.note_ended(id, now);
        self.note_call_of_run(&flight, now);
        let (result, size) = match &reply {
            Ok(reply) => (reply.status.to_string(), Some(reply.body.len())),
            Err(failure) => (failure.name().to_owned(), None),
        };
        self.timeline.note_ended(id, result, size, now);
        // What GitHub says of another token than the one in use is no news.
        let is_token_in_use = flight.token_number == self.preferences.token_number()
            && !flight.is_anonymous
            && !matches!(flight.purpose, Purpose::NewToken(..));
        let answer = match &reply {
            Ok(reply) => {
                self.note_headers(&flight, reply, is_token_in_use, now);
                if reply.status == 304 && self.is_conditional(&flight) {
                    return self.handle_not_modified(&flight, now);
                }
                read(&flight.call, reply)
            }
            Err(failure) => Err(ApiError::from(*failure)),
        };
        let unreadable = match &answer {
            Ok(answer) => answer.unreadable.as_slice(),
            Err(ApiError::Unreadable(error)) => std::slice::from_ref(error),
            Err(_) => &[],
        };
        self.timeline.note_unreadable(id, unreadable);
        match &answer {
            Ok(answer) => self.note_good_answer(&flight, answer, is_token_in_use, now),
            Err(error) => self.note_error(error, &flight, is_token_in_use, now),
        }
        match &flight.purpose {
            Purpose::Jobs(keys) => {
                let etag = reply.ok().and_then(|reply| {
                    let etag = reply.headers.get("etag").map(str::to_owned);
                    etag.filter(|_| flight.call.bucket() == Bucket::Core)
                });
                self.finish_jobs(id, &flight, keys, answer, etag.as_deref(), now);
            }
            Purpose::Opener(client) => {
                self.handle_opener(*client, &flight, answer, now);
            }
            Purpose::Past(keys) => self.handle_past(keys, &flight.call, answer, now),
            Purpose::Listing(run) => self.handle_listing(*run, &flight.call, answer, now),
            Purpose::Vouched => self.handle_vouched(&flight.call, answer, now),
            Purpose::NewToken(client, token) => {
                self.handle_new_token(*client, token.clone(), answer, now);
            }
            Purpose::TokenInUse(client) => {
                self.handle_token_in_use(*client, answer, is_token_in_use);
            }
            Purpose::Limits(client) => self.handle_limits(*client, answer, now),
        }
    }

    /// Calls that GitHub has not answered in time are stopped.
    pub(super) fn time_out_late_calls(&mut self, now: Timestamp) {
        for id in self.flights.late(now) {
            self.effects.push(Effect::Abort(id));
            self.handle_response(id, Err(Failure::TimedOut), now);
        }
    }

    /// Notes what the headers of a reply tell, whatever is in it.
    fn note_headers(
        &mut self,
        flight: &Flight,
        reply: &HttpReply,
        is_token_in_use: bool,
        now: Timestamp,
    ) {
        let bucket = flight.call.bucket();
        if matches!(reply.status, 500 | 502 | 503) {
            *self.server_error_at.of_mut(bucket) = Some(now);
        }
        // A refused token is answered with the limits of the anonymous address.
        if !is_token_in_use || reply.status == 401 {
            return;
        }
        let named = reply.headers.get("x-ratelimit-resource");
        let bucket = match named {
            None => Some(bucket),
            Some(name) => Bucket::ALL.into_iter().find(|it| it.name() == name),
        };
        if let (Some(bucket), Some(limit)) = (bucket, Limit::from_headers(&reply.headers)) {
            self.rate_limiter.note_limit(bucket, limit, now);
        }
    }

    /// Notes what a good answer tells of limits and response times.
    fn note_good_answer(
        &mut self,
        flight: &Flight,
        answer: &Answer,
        is_token_in_use: bool,
        now: Timestamp,
    ) {
        let bucket = flight.call.bucket();
        let elapsed = now.duration_since(flight.sent_at).as_millis();
        let elapsed_ms = u64::try_from(elapsed).unwrap_or(0);
        self.rate_limiter.note_success(bucket, now);
        self.rate_limiter
            .learn(&flight.call.work(), answer.nodes, elapsed_ms);
        if is_token_in_use {
            self.rate_limiter
                .note_cost(bucket, answer.cost.unwrap_or(1), now);
            if let Some(limit) = answer.limit {
                self.rate_limiter.note_limit(bucket, limit, now);
            }
        }
    }

    /// Notes an error that leaves nothing of an answer.
    fn note_error(
        &mut self,
        error: &ApiError,
        flight: &Flight,
        is_token_in_use: bool,
        now: Timestamp,
    ) {
        let bucket = flight.call.bucket();
        if retry_policy(error).trips_breaker {
            self.rate_limiter.note_failure(bucket, now);
        }
        if *error == ApiError::SchemaLacks {
            self.dialect.tells_duplicates = false;
        }
        if matches!(error, ApiError::TooSlow | ApiError::TimedOut) {
            self.rate_limiter.note_killed(&flight.call.work());
        }
        self.apply_stops(error, flight, is_token_in_use, now);
    }

    /// Stops what an error affects beyond its own call: the bucket, everything,
    /// or the token.
    fn apply_stops(
        &mut self,
        error: &ApiError,
        flight: &Flight,
        is_token_in_use: bool,
        now: Timestamp,
    ) {
        match retry_policy(error).stops {
            Stops::Token if is_token_in_use && self.preferences.has_token() => {
                self.refuse_token(now);
            }
            // The limits of an address are not those of the token.
            Stops::Bucket if flight.is_anonymous => self.anonymous_after = now + MOST_HOLD,
            Stops::Bucket => {
                if let ApiError::LimitSpent { reset_at } = error {
                    self.rate_limiter
                        .note_exhausted(flight.call.bucket(), *reset_at, now);
                }
            }
            Stops::Everything => {
                let seconds = match error {
                    ApiError::SlowDown { retry_after } => *retry_after,
                    _ => Some(LOGIN_ATTEMPTS_SECONDS),
                };
                self.rate_limiter.note_secondary_limit(seconds, now);
            }
            Stops::Token | Stops::Nothing => {}
        }
    }

    /// GitHub refused the token: every call with it stops now, and whatever
    /// was wanted is a gap until there is another.
    fn refuse_token(&mut self, now: Timestamp) {
        self.preferences.refuse_token();
        self.notify_popups_of_token();
        let number = self.preferences.token_number();
        let is_stopped = |flight: &Flight| {
            flight.token_number == number && matches!(flight.purpose, Purpose::Jobs(_))
        };
        for id in self.flights.remove_all(is_stopped) {
            self.rate_limiter.note_ended(id, now);
            self.effects.push(Effect::Abort(id));
        }
        for key in self.scheduler.keys() {
            let gap = Gap::new(GapReason::TokenRefused);
            self.fail_job(&key, gap, Recheck::WithToken, now);
        }
    }

    /// Whether a call asked for what differs from what is cached. To any other
    /// 304 Not Modified is no answer.
    fn is_conditional(&self, flight: &Flight) -> bool {
        let Purpose::Jobs(keys) = &flight.purpose else {
            return false;
        };
        let has_etag = |(person, cache_key): &JobKey| {
            let person = self.cache.get(person);
            person.is_some_and(|it| it.etag(cache_key).is_some())
        };
        keys.iter().all(has_etag)
    }

    /// 304 Not Modified: what is cached is current.
    fn handle_not_modified(&mut self, flight: &Flight, now: Timestamp) {
        self.rate_limiter.note_success(flight.call.bucket(), now);
        if let Purpose::Jobs(keys) = &flight.purpose {
            for key in keys {
                self.cache.record_unchanged(&key.0, &key.1, now);
                self.finish_job(key);
            }
        }
    }

    fn finish_jobs(
        &mut self,
        id: CallId,
        flight: &Flight,
        keys: &[JobKey],
        answer: Result<Answer, ApiError>,
        etag: Option<&str>,
        now: Timestamp,
    ) {
        // One wait for all who shared the request: they come back together.
        let jitter = self.random.between((0, 1_000));
        let shared_by = keys.len();
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                for key in keys {
                    self.retry_or_fail(key, &error, flight, shared_by, jitter, now);
                }
                return;
            }
        };
        for (login, learned) in answer.learned {
            self.record(&login, learned, etag, flight, now);
        }
        for (login, part, error) in answer.failed {
            let key = keys
                .iter()
                .find(|(person, cache_key)| *person == login.key() && cache_key.part == part);
            if let Some(key) = key {
                self.apply_stops(&error, flight, false, now);
                // A request that was too large is everybody's in it; any other error
                // is this part's own.
                let is_of_request = retry_policy(&error).size != Size::Same;
                let shared_by = if is_of_request { shared_by } else { 1 };
                self.retry_or_fail(key, &error, flight, shared_by, jitter, now);
            }
        }
        // A part that the answer passes over in silence could not be read.
        for key in keys {
            if self.scheduler.get(key).is_some_and(|job| job.is_on(id)) {
                self.retry_or_fail(key, &ApiError::lacks("its part"), flight, 1, jitter, now);
            }
        }
    }

    fn record(
        &mut self,
        login: &Login,
        learned: Learned,
        etag: Option<&str>,
        flight: &Flight,
        now: Timestamp,
    ) {
        let part = learned.part();
        // An e-mail address is told to nobody without a token: its absence
        // there says nothing.
        if part == Part::Email && !self.preferences.has_token() {
            return;
        }
        let (repository, number) = match &learned {
            Learned::Here(repository, _) => (Some(repository), None),
            Learned::ThisItem(item) => (Some(&item.repository), Some(item.number)),
            _ => (None, None),
        };
        let Some(cache_key) = CacheKey::new(part, repository, number) else {
            return;
        };
        let key = (login.key(), cache_key.clone());
        let follows = flight.call.cursor(login, part);
        let etag = etag.map(str::to_owned);
        // The rest has failed, and is asked for once more.
        let is_done = !learned.is_cut_short();
        self.cache
            .record(login, &cache_key, learned, etag, follows, now);
        if is_done {
            self.finish_job(&key);
        }
    }

    /// Removes a job that has ended, well or not.
    fn finish_job(&mut self, key: &JobKey) {
        self.scheduler.remove(key);
        self.clients.mark_changed(key.0.clone());
    }

    fn fail_job(&mut self, key: &JobKey, gap: Gap, recheck: Recheck, now: Timestamp) {
        if let Some(login) = self.scheduler.get(key).map(|job| job.login.clone()) {
            self.cache.record_failure(&login, &key.1, gap, recheck, now);
            self.finish_job(key);
        }
    }

    /// Tries a job again after an error, or leaves a gap.
    ///
    /// An error that `shared_by` several jobs have met says nothing of each of
    /// them: they are asked for again in halves, until each is alone. Only what
    /// is met alone counts as a try. `jitter` is the share of the policy's range of
    /// waits, in thousandths.
    fn retry_or_fail(
        &mut self,
        key: &JobKey,
        error: &ApiError,
        flight: &Flight,
        shared_by: usize,
        jitter: u32,
        now: Timestamp,
    ) {
        let Some(job) = self.scheduler.get(key) else {
            return;
        };
        let (size, forgone_for) = (job.size, job.forgone_for);
        let retry_policy = retry_policy(error);
        if retry_policy.stops == Stops::Token
            && flight.token_number != self.preferences.token_number()
        {
            // The token has been replaced meanwhile: the new one is asked.
            self.scheduler.retry(key, size, None);
            return;
        }
        if *error == ApiError::SchemaLacks && self.scheduler.count_try(key) == 1 {
            // The document that comes next asks for less.
            self.scheduler.retry(key, size, None);
            return;
        }
        let half = size.halved(flight.call.asks());
        let is_shared = shared_by > 1 && retry_policy.may_be_caused_by_others();
        let next_size = match retry_policy.size {
            _ if is_shared => half,
            Size::Same => Some(size),
            Size::HalfIfPossible => Some(half.unwrap_or(size)),
            Size::Half => half,
        };
        let may_retry = is_shared || self.scheduler.count_try(key) <= retry_policy.most_retries;
        if let (true, Some(next_size)) = (may_retry, next_size) {
            let not_before = now + retry_policy.wait(jitter);
            self.scheduler.retry(key, next_size, Some(not_before));
            self.clients.mark_changed(key.0.clone());
        } else if retry_policy.has_search_fallback && self.scheduler.fall_back_to_search(key) {
            self.clients.mark_changed(key.0.clone());
        } else if let Some(bucket) = self.bucket_without_token(key, error, now) {
            self.scheduler.forgo_token(key, bucket, error.reason());
            self.clients.mark_changed(key.0.clone());
        } else {
            let until = match error {
                // No moment in the past is worth waiting for.
                ApiError::LimitSpent { reset_at } => reset_at.filter(|at| *at > now),
                _ => None,
            };
            let server_error_at = *self.server_error_at.of(flight.call.bucket());
            let is_throttled = *error == ApiError::Network
                && server_error_at.is_some_and(|at| now.duration_since(at) < THROTTLED_FOR);
            let reason = if is_throttled {
                GapReason::ServerError
            } else {
                error.reason()
            };
            let (gap, recheck) = match forgone_for {
                // That it cannot be had without the token either is no news.
                Some(reason) => (Gap::new(reason), Recheck::WithToken),
                None => (Gap { reason, until }, retry_policy.recheck),
            };
            self.fail_job(key, gap, recheck, now);
        }
    }

    /// The bucket that pays for a part without the token, where an organization
    /// does not admit the token and what is public may be had without it.
    fn bucket_without_token(
        &self,
        key: &JobKey,
        error: &ApiError,
        now: Timestamp,
    ) -> Option<Bucket> {
        let is_meant = matches!(
            error,
            ApiError::OrganizationForbids | ApiError::PartialResults
        );
        let may = is_meant && self.preferences.has_token() && now >= self.anonymous_after;
        let bucket = match key.1.part {
            Part::Organizations => Bucket::Core,
            Part::Here => Bucket::Search,
            _ => return None,
        };
        let is_with_token = self.scheduler.get(key)?.forgone_for.is_none();
        (may && is_with_token).then_some(bucket)
    }
}
