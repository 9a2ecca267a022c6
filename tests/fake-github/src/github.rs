//! The loopback GitHub without its socket: a request and a time in, an answer out. No I/O and no
//! clock.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::answer::{Answer, Delivery, Request};
use crate::faults::{CallTraits, Fault, Faults};
use crate::graphql::{Prepared, Rate};
use crate::incoming::Incoming;
use crate::latency::{Latency, Work};
use crate::limits::{Bucket, Level, Limits, MAX_IN_FLIGHT, Set};
use crate::log::{Kind, Log};
use crate::refusal;
use crate::rest;
use crate::tokens::Credentials;
use crate::world::{Random, World};

/// The API versions that `X-GitHub-Api-Version` may name.
const API_VERSIONS: [&str; 2] = ["2022-11-28", "2026-03-10"];

/// The headers that a browser may read, as GitHub lists them.
const EXPOSED: &str = "ETag, Link, Location, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, X-RateLimit-Resource, X-RateLimit-Reset, X-OAuth-Scopes, X-Accepted-OAuth-Scopes, X-Poll-Interval, X-GitHub-Media-Type, X-GitHub-SSO, X-GitHub-Request-Id, Deprecation, Sunset";

/// Seconds that a secondary limit's `Retry-After` asks to wait.
const SECONDARY_RETRY_AFTER: u32 = 60;

/// The loopback GitHub's whole state.
#[derive(Debug)]
pub struct GitHub {
    world: World,
    seed: u64,
    limits: Limits,
    latency: Latency,
    first_latency: Latency,
    faults: Faults,
    log: Log,
    random: Random,
}

impl GitHub {
    /// A GitHub whose world is as it stands at `now`.
    pub fn new(seed: u64, latency: Latency, now: Timestamp) -> Self {
        Self {
            world: World::new(seed, now),
            seed,
            limits: Limits::default(),
            latency,
            first_latency: latency,
            faults: Faults::default(),
            log: Log::new(now),
            random: Random::new(seed),
        }
    }

    /// Everything back to the start: no faults, fresh limits, an empty log, a world of `now`.
    pub fn reset(&mut self, now: Timestamp) {
        let log = self.log.restarted(now);
        *self = Self {
            log,
            ..Self::new(self.seed, self.first_latency, now)
        };
    }

    /// Who exists.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// What was asked so far.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// The log, to be emptied or added to.
    pub fn log_mut(&mut self) -> &mut Log {
        &mut self.log
    }

    /// Replaces the faults.
    ///
    /// # Errors
    ///
    /// Names the first action that does not exist; the old faults stay then.
    pub fn set_faults(&mut self, faults: Vec<Fault>) -> Result<(), String> {
        self.faults = Faults::new(faults)?;
        Ok(())
    }

    /// Replaces the latency.
    pub fn set_latency(&mut self, latency: Latency) {
        self.latency = latency;
    }

    /// Sets what is left in a bucket.
    pub fn set_limit(&mut self, bucket: Bucket, set: Set, now: Timestamp) {
        self.limits.set(bucket, set, now);
    }

    /// Marks a call as over: its answer left, or nobody waits for it any more.
    pub fn finish(&mut self, call: u64, now: Timestamp) {
        self.log.finish(call, now);
    }

    /// Answers a request to `api.github.com` that arrives at `now`.
    ///
    /// In simulated time the answer is to be delivered after its latency; a call counts as in
    /// flight until then, or until [`Self::finish`] is called for it.
    pub fn respond(&mut self, request: &Request, now: Timestamp) -> Answer {
        if request.method == "OPTIONS" {
            return preflight();
        }
        let incoming = Incoming::read(request);
        let id = self.log.add(incoming.call(request), now);
        let in_flight = self.log.in_flight(now);
        let seen = CallTraits {
            kind: incoming.kind,
            has_token: incoming.credentials != Credentials::Anonymous,
            logins: &incoming.logins,
            operation: &incoming.operation_text,
        };
        let fault = self.faults.pick(&seen);

        let graphql = incoming.kind == Kind::Graphql;
        let anonymous = incoming.credentials == Credentials::Anonymous;
        let mut outcome = self.answer(request, &incoming, in_flight, now);
        let mut latency = self.latency.of(outcome.work, &mut self.random);
        if graphql && let Some(end) = self.latency.killed_after(latency) {
            // GitHub takes more points for a request that it has to end; how many it does not tell.
            self.limits
                .spend(Bucket::Graphql, anonymous, outcome.points, now);
            outcome.points *= 2;
            outcome.answer = refusal::killed();
            latency = end;
        }
        let bucket = incoming.bucket();
        let mut level = self.limits.level(bucket, anonymous, now);
        if let Some(fault) = &fault {
            outcome.answer = fault.apply(graphql, outcome.answer, now);
            if fault.empties_bucket() {
                level = Level {
                    used: level.limit,
                    reset: fault.reset(now).unwrap_or(level.reset),
                    ..level
                };
            }
        }
        let delay = Duration::from_millis(
            fault
                .as_ref()
                .map_or(0, crate::faults::ActiveFault::delay_ms),
        );
        let mut answer = outcome.answer;
        answer.latency = latency + delay;
        if answer.delivery != Delivery::Hang {
            self.limits
                .remember(graphql, outcome.points, answer.latency, now);
        }
        self.add_headers(&mut answer, request, &incoming, level, now);
        if answer.status == 501 {
            let what = answer.body_json()["message"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            self.log.miss(&what);
        }
        answer.call = Some(id);
        let planned_end = signed(answer.latency).map(|latency| now + latency);
        self.log.conclude(id, |call| {
            call.points = outcome.points;
            call.status = if matches!(answer.delivery, Delivery::Hang | Delivery::Reset) {
                0
            } else {
                answer.status
            };
            call.fault = fault.map(|fault| fault.name);
            call.planned_end = planned_end.filter(|_| answer.delivery != Delivery::Hang);
        });
        answer
    }

    /// The true answer, as if there were no faults.
    fn answer(
        &mut self,
        request: &Request,
        incoming: &Incoming,
        in_flight: usize,
        now: Timestamp,
    ) -> Outcome {
        let graphql = incoming.kind == Kind::Graphql;
        let anonymous = incoming.credentials == Credentials::Anonymous;
        let refuse = |answer: Answer| Outcome {
            answer,
            work: Work::Other,
            points: 0,
        };
        if incoming.credentials == Credentials::Bad {
            return refuse(refusal::bad_credentials(graphql));
        }
        if let Some(version) = request.header("x-github-api-version")
            && !API_VERSIONS.contains(&version)
        {
            let message = format!(
                "Bad Request: Invalid value for the 'X-GitHub-Api-Version' header: {version}. \
                 Valid values are: {}.",
                API_VERSIONS.join(", ")
            );
            return refuse(refusal::plain(
                400,
                &message,
                "https://docs.github.com/rest/overview/api-versions",
            ));
        }
        if in_flight > MAX_IN_FLIGHT || self.limits.is_secondary_exceeded(graphql, now) {
            let retry_after = SECONDARY_RETRY_AFTER.to_string();
            return refuse(refusal::secondary(now).with_header("retry-after", retry_after));
        }
        if request.route() == "/rate_limit" {
            let limits = Bucket::ALL.map(|bucket| {
                (
                    bucket.name(),
                    self.limits.level(bucket, anonymous, now).to_json(bucket),
                )
            });
            let resources: serde_json::Map<String, Value> = limits
                .into_iter()
                .map(|(name, level)| (name.to_owned(), level))
                .collect();
            let rate = resources.get("core").cloned();
            let body = json!({ "resources": resources, "rate": rate });
            return refuse(Answer::json(200, &body));
        }
        match (&incoming.prepared, incoming.credentials) {
            (Some(_), Credentials::Anonymous | Credentials::Bad) => {
                refuse(refusal::requires_authentication(true))
            }
            (Some(prepared), Credentials::Good(token)) => {
                let cost = match prepared {
                    Prepared::Ready(ready) => ready.analysis.cost,
                    Prepared::Refused(_) => 1,
                };
                if !self.limits.spend(Bucket::Graphql, false, cost, now) {
                    return refuse(refusal::graphql_rate_limit());
                }
                let rate = Rate {
                    level: self.limits.level(Bucket::Graphql, false, now),
                };
                match prepared {
                    Prepared::Ready(ready) => {
                        let (answer, work) = ready.run(&self.world, token, rate);
                        Outcome {
                            answer,
                            work,
                            points: cost,
                        }
                    }
                    Prepared::Refused(answer) => Outcome {
                        answer: answer.clone(),
                        work: Work::Other,
                        points: cost,
                    },
                }
            }
            (None, _) => self.answer_rest(request, incoming, now),
        }
    }

    fn answer_rest(&mut self, request: &Request, incoming: &Incoming, now: Timestamp) -> Outcome {
        let anonymous = incoming.credentials == Credentials::Anonymous;
        let bucket = incoming.bucket();
        let refuse = |answer: Answer| Outcome {
            answer,
            work: Work::Other,
            points: 0,
        };
        if self.limits.level(bucket, anonymous, now).remaining() == 0 {
            return refuse(refusal::primary(403, anonymous, now));
        }
        let rest::Reply { mut answer, work } =
            rest::respond(&self.world, request, incoming.credentials);
        if answer.status == 200 {
            let etag = etag(&answer.body);
            let is_same = request
                .header("if-none-match")
                .is_some_and(|known| known == etag);
            answer = answer.with_header("etag", etag);
            if is_same {
                answer.status = 304;
                answer.body.clear();
            }
        }
        // Nothing new is free, but only for those who say who they are.
        let points = u32::from(answer.status != 304 || anonymous);
        self.limits.spend(bucket, anonymous, points, now);
        Outcome {
            answer,
            work,
            points,
        }
    }

    /// Adds the headers that stand on every answer of the API.
    fn add_headers(
        &self,
        answer: &mut Answer,
        request: &Request,
        incoming: &Incoming,
        level: Level,
        now: Timestamp,
    ) {
        let mut add = |name: &str, value: &str| {
            answer.headers.push((name.to_owned(), value.to_owned()));
        };
        add("access-control-allow-origin", "*");
        add("access-control-expose-headers", EXPOSED);
        add(
            "x-github-request-id",
            &format!("FA4E:{:04X}:0:0:0", self.log.calls().len()),
        );
        add("x-github-media-type", "github.v3; format=json");
        add("cache-control", "private, max-age=60, s-maxage=60");
        add(
            "vary",
            "Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding, Accept, X-Requested-With",
        );
        let version = request
            .header("x-github-api-version")
            .unwrap_or(API_VERSIONS[0]);
        add("x-github-api-version-selected", version);
        if let Credentials::Good(token) = incoming.credentials {
            if let Some(scopes) = token.scopes {
                add("x-oauth-scopes", &scopes.join(", "));
                add("x-accepted-oauth-scopes", "");
            }
            if let Some(days) = token.expires_in_days {
                let end = now + SignedDuration::from_hours(days * 24);
                let end = end.strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
                add("github-authentication-token-expiration", &end);
            }
        }
        if answer.status != 401 {
            answer.headers.extend(level.headers(incoming.bucket()));
        }
    }
}

/// An answer, what it made the server do and what it cost.
struct Outcome {
    answer: Answer,
    work: Work,
    points: u32,
}

fn preflight() -> Answer {
    Answer { status: 204, body: Vec::new(), headers: Vec::new(), ..Answer::json(204, &Value::Null) }
        .with_header("access-control-allow-origin", "*")
        .with_header("access-control-allow-methods", "GET, POST, PATCH, PUT, DELETE")
        .with_header(
            "access-control-allow-headers",
            "Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, Accept-Encoding, X-GitHub-OTP, X-Requested-With, User-Agent, GraphQL-Features, X-GitHub-Api-Version, X-Fetch-Nonce",
        )
        .with_header("access-control-expose-headers", EXPOSED)
        .with_header("access-control-max-age", "86400")
}

fn signed(duration: Duration) -> Option<SignedDuration> {
    SignedDuration::try_from(duration).ok()
}

/// FNV-1a of the body, in the form of GitHub's weak tags.
fn etag(body: &[u8]) -> String {
    let hash = body.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("W/\"{hash:016x}\"")
}
