//! The engine and the loopback GitHub in one simulated time: a heap of what will happen, taken in its order.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use anyhow::{Context, Result, anyhow, ensure};
use bonafide_core::engine::{AskerId, AskerKind, CallId, Effect, Engine, Event};
use bonafide_core::github::http::{API_VERSION, HttpReply, HttpRequest};
use bonafide_core::message::{FromPage, PersonOnPage, ToPage};
use bonafide_core::report::Level;
use bonafide_core::time::Timestamp;
use fake_github::latency::Latency;
use fake_github::log::Kind;
use fake_github::{Answer, GitHub, How, Request, tokens};

/// When the simulation begins (2026-01-01 UTC, in milliseconds since 1970); any moment would do.
const START_MS: i64 = 1_767_225_600_000;

/// Simulated time after which a run counts as stuck. Two thousand accounts need some 50 minutes.
const PATIENCE_MS: i64 = 4 * 60 * 60 * 1_000;

/// What came out.
pub struct Run {
    /// How many accounts have each level.
    pub levels: BTreeMap<String, usize>,
    /// From the first call to the last answer.
    pub elapsed_ms: i64,
    /// The sum of what GraphQL's answers took.
    pub graphql_ms: i64,
    pub graphql_requests: usize,
    pub rest_requests: usize,
    pub max_in_flight: usize,
    /// Answers with a status other than 200: GitHub was asked for too much.
    pub refusals: usize,
    /// The people as the store holds them.
    pub stored: Vec<String>,
    pub ended_at: Timestamp,
}

/// Looks up so many accounts, all named by one page of which nothing but the opener is in view.
pub fn look_up(accounts: usize) -> Result<Run> {
    let logins: Vec<String> = (1..=accounts)
        .map(|number| format!("gen-{number}"))
        .collect();
    let mut world = World::new()?;
    let page = AskerId(1);
    world.tell(Event::Connected(page, AskerKind::Page))?;
    world.tell(Event::Page(page, people(&logins)))?;
    while world.is_waited_for(&logins) {
        world.step()?;
    }
    world.finish(&logins)
}

fn people(logins: &[String]) -> FromPage {
    let on_page = |(place, login): (usize, &String)| PersonOnPage {
        login: login.clone(),
        is_opener: place == 0,
        is_in_view: place == 0,
        association: None,
        opened_at: None,
    };
    FromPage::People {
        repository: Some("acme/web".to_owned()),
        people: logins.iter().enumerate().map(on_page).collect(),
    }
}

/// Something that will happen.
enum Coming {
    Answer(CallId, Answer),
    /// The alarm with this number; only the last one counts.
    Alarm(u64),
}

struct World {
    engine: Engine,
    github: GitHub,
    now_ms: i64,
    /// Moments and the numbers of what happens then, the earliest on top.
    order: BinaryHeap<Reverse<(i64, u64)>>,
    coming: BTreeMap<u64, Coming>,
    last_number: u64,
    last_alarm: u64,
    aborted: BTreeSet<CallId>,
    levels: BTreeMap<String, Level>,
    store: BTreeMap<String, String>,
    refusals: usize,
}

impl World {
    fn new() -> Result<Self> {
        let settings = serde_json::json!({ "policy": "balanced", "token": tokens::CLASSIC });
        let github = GitHub::new(1, Latency::MODEL, their_time(START_MS)?);
        Ok(Self {
            engine: Engine::new(Some(&settings.to_string()), None, 1, our_time(START_MS)?),
            github,
            now_ms: START_MS,
            order: BinaryHeap::new(),
            coming: BTreeMap::new(),
            last_number: 0,
            last_alarm: 0,
            aborted: BTreeSet::new(),
            levels: BTreeMap::new(),
            store: BTreeMap::new(),
            refusals: 0,
        })
    }

    fn is_waited_for(&self, logins: &[String]) -> bool {
        let is_settled = |login| {
            self.levels
                .get(login)
                .is_some_and(|level| *level != Level::Pending)
        };
        self.engine.in_flight() > 0 || !logins.iter().all(is_settled)
    }

    /// Goes on to whatever happens next.
    fn step(&mut self) -> Result<()> {
        let Reverse((at, number)) = self
            .order
            .pop()
            .context("the engine waits for nothing and has not told every level")?;
        ensure!(at - START_MS < PATIENCE_MS, "the engine is stuck");
        self.now_ms = at;
        match self.coming.remove(&number) {
            Some(Coming::Alarm(alarm)) if alarm == self.last_alarm => self.tell(Event::Woken),
            Some(Coming::Answer(call, answer)) if !self.aborted.contains(&call) => {
                if let Some(logged) = answer.call {
                    self.github.finish(logged, their_time(at)?);
                }
                if answer.status != 200 {
                    self.refusals += 1;
                }
                let reply = reply(&answer)?;
                self.tell(Event::Answered(call, Ok(reply)))
            }
            Some(Coming::Alarm(_) | Coming::Answer(..)) | None => Ok(()),
        }
    }

    /// Tells the engine what happened and does what it wants, until it wants nothing more at this moment.
    fn tell(&mut self, event: Event) -> Result<()> {
        let mut events = vec![event];
        while let Some(event) = events.pop() {
            for effect in self.engine.handle(event, our_time(self.now_ms)?) {
                match effect {
                    Effect::Send(call, request) => self.send(call, request)?,
                    Effect::Abort(call) => {
                        self.aborted.insert(call);
                    }
                    // The store is empty at first, and nobody is asked for twice.
                    Effect::Load(logins) => events.push(Event::Loaded(logins, Vec::new())),
                    Effect::Save(people) => self.store.extend(people),
                    Effect::Wake(at) => {
                        self.last_alarm += 1;
                        let at = at.as_millisecond().max(self.now_ms);
                        self.schedule(at, Coming::Alarm(self.last_alarm));
                    }
                    Effect::TellPage(_, ToPage::Badges { badges }) => {
                        let told = badges.into_iter().map(|badge| (badge.login, badge.level));
                        self.levels.extend(told);
                    }
                    Effect::TellPage(_, ToPage::Report { .. })
                    | Effect::TellPopup(..)
                    | Effect::TellOptions(..)
                    | Effect::SaveGate(_)
                    | Effect::SaveSettings(_)
                    | Effect::Wipe => {}
                }
            }
        }
        Ok(())
    }

    fn send(&mut self, call: CallId, request: HttpRequest) -> Result<()> {
        let answer = self
            .github
            .respond(&as_sent(request)?, their_time(self.now_ms)?);
        ensure!(answer.how == How::Whole, "nothing was to go wrong here");
        let at = self.now_ms + i64::try_from(answer.latency.as_millis())?;
        self.schedule(at, Coming::Answer(call, answer));
        Ok(())
    }

    fn schedule(&mut self, at: i64, what: Coming) {
        self.last_number += 1;
        self.order.push(Reverse((at, self.last_number)));
        self.coming.insert(self.last_number, what);
    }

    fn finish(self, logins: &[String]) -> Result<Run> {
        let log = self.github.log().summary();
        let first = log.calls.iter().map(|call| call.started_ms).min();
        let last = log.calls.iter().filter_map(|call| call.ended_ms).max();
        let elapsed_ms = last.zip(first).map(|(last, first)| last - first);
        let graphql = log.calls.iter().filter(|call| call.kind == Kind::Graphql);
        let mut levels = BTreeMap::new();
        for login in logins {
            let level = self.levels.get(login).context("a level was never told")?;
            *levels
                .entry(format!("{level:?}").to_lowercase())
                .or_insert(0) += 1;
        }
        Ok(Run {
            levels,
            elapsed_ms: elapsed_ms.context("no call was made")?,
            graphql_ms: graphql
                .filter_map(|call| Some(call.ended_ms? - call.started_ms))
                .sum(),
            graphql_requests: log.graphql_requests,
            rest_requests: log.rest_requests,
            max_in_flight: log.max_in_flight,
            refusals: self.refusals,
            stored: self.store.into_values().collect(),
            ended_at: our_time(self.now_ms)?,
        })
    }
}

/// The request with the headers that the browser's edge gives it.
fn as_sent(request: HttpRequest) -> Result<Request> {
    let (_, rest) = request.url.split_once("://").context("no URL")?;
    let (host, path) = rest.split_once('/').context("no path")?;
    let mut headers = vec![("x-github-api-version".to_owned(), API_VERSION.to_owned())];
    headers.extend(
        request
            .token
            .map(|token| ("authorization".to_owned(), token.authorization())),
    );
    headers.extend(request.etag.map(|etag| ("if-none-match".to_owned(), etag)));
    let method = if request.body.is_some() {
        "POST"
    } else {
        "GET"
    };
    Ok(Request {
        method: method.to_owned(),
        host: host.to_owned(),
        path: format!("/{path}"),
        headers,
        body: request.body.unwrap_or_default().into_bytes(),
    })
}

fn reply(answer: &Answer) -> Result<HttpReply> {
    Ok(HttpReply {
        status: answer.status,
        headers: answer.headers.iter().cloned().collect(),
        body: String::from_utf8(answer.body.clone())?,
    })
}

fn our_time(ms: i64) -> Result<Timestamp> {
    Timestamp::from_millisecond(ms).map_err(|_| anyhow!("no moment"))
}

fn their_time(ms: i64) -> Result<jiff::Timestamp> {
    jiff::Timestamp::from_millisecond(ms).map_err(|error| anyhow!("{error}"))
}
