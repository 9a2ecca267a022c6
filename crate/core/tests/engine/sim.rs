//! A browser, a network and GitHub in simulated time, around the real engine.

use bonafide_core::engine::{CallId, ClientId, ClientKind, Effect, Engine, Event, RECORD};
use bonafide_core::github::Token;
use bonafide_core::github::http::{Failure, Headers, HttpReply, HttpRequest};
use bonafide_core::message::{
    FromPage, FromPopup, PersonOnPage, RunId, ToOptions, ToPage, ToPopup, ToTriage,
};
use bonafide_core::own::{Mark, OwnPerson};
use bonafide_core::report::{Arg, AuthorReport, Level};
use bonafide_core::settings::Settings;
use bonafide_core::time::{SignedDuration, Timestamp};
use fake_github::faults::Fault;
use fake_github::latency::Latency;
use fake_github::{Delivery, GitHub, Request, tokens};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// When every simulation begins, in milliseconds since 1970.
const START_MS: i64 = 1_795_262_400_000;

/// The way to GitHub and back, in milliseconds.
const WAY_MS: i64 = 20;

/// What GitHub counts apart; the first two are also how their paths begin.
const BUCKETS: [&str; 3] = ["graphql", "search", "core"];

/// A page of `acme/web`.
pub const PAGE: ClientId = ClientId(1);

/// What the popup asks for where only this was typed.
pub fn look_up(target: &str) -> FromPopup {
    FromPopup::LookUp {
        target: target.to_owned(),
        repository: None,
        association: None,
        number: None,
        opened_at: None,
    }
}

/// What the store does with the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreOfSettings {
    Takes,
    Refuses,
}

/// The world around one engine.
pub struct Sim {
    pub engine: Engine,
    pub github: GitHub,
    pub now: Timestamp,
    /// What will happen, by time and by the order in which it was planned.
    agenda: BTreeMap<(Timestamp, u64), Event>,
    planned: u64,
    alarm: Option<Timestamp>,
    /// Calls the browser waits for, and their numbers in GitHub's log.
    waiting: BTreeMap<CallId, Option<u64>>,
    /// What the store keeps of each person.
    pub people: BTreeMap<String, String>,
    pub settings: Option<String>,
    /// What the store keeps aside, by when it was found.
    pub set_aside: BTreeMap<Timestamp, String>,
    /// What the store does with the settings.
    pub store: StoreOfSettings,
    rate_limiter: Option<String>,
    /// What the store keeps of runs.
    pub runs: BTreeMap<String, String>,
    /// Every level that was told of somebody, in order.
    pub levels: BTreeMap<(ClientId, String), Vec<Level>>,
    /// The last report told of somebody.
    pub reports: BTreeMap<(ClientId, String), AuthorReport>,
    /// What the reader keeps of somebody, as last told beside a report.
    pub own: BTreeMap<(ClientId, String), Option<OwnPerson>>,
    /// What somebody's badge was last marked with.
    pub marks: BTreeMap<(ClientId, String), Option<Mark>>,
    /// Whether pages were last told to leave out badges that say `clear`.
    pub hides_clear: bool,
    pub shows_people_line: bool,
    /// What popups were told, in order.
    pub to_popup: Vec<ToPopup>,
    /// What options pages were told, in order.
    pub to_options: Vec<ToOptions>,
    /// What triage pages were told, in order.
    pub to_triage: BTreeMap<ClientId, Vec<ToTriage>>,
    pub most_in_flight: usize,
    /// When each call left, and its address.
    pub sent: Vec<(Timestamp, HttpRequest)>,
    /// Until when GitHub has told us not to ask, by bucket.
    held: BTreeMap<String, Timestamp>,
    /// Calls that left although GitHub had told us to wait.
    pub too_early: Vec<(Timestamp, String)>,
    /// How many aborts were asked for.
    pub aborted: usize,
    /// Whether pages are lists, whose people wait for room in the minute.
    pub is_list: bool,
    /// What every call is answered, where GitHub is not asked.
    pub always: Option<HttpReply>,
    /// The number of the item that pages show.
    pub number: Option<u32>,
    /// The short reason that somebody's badge last told, by its name.
    pub reasons: BTreeMap<(ClientId, String), Option<String>>,
    /// Until when people are told to wait for GitHub's limit.
    pub waits: BTreeMap<String, Timestamp>,
    /// When somebody's level was first told.
    pub settled_at: BTreeMap<String, Timestamp>,
    /// How long the engine took for each event, in order.
    pub event_costs: Vec<Duration>,
    seed: u64,
}

impl Sim {
    /// A browser with a good token and an empty store, `latency` as given.
    pub fn new(latency: Latency, seed: u64) -> Self {
        let settings = Settings {
            token: Token::parse(tokens::CLASSIC).ok(),
            ..Settings::default()
        };
        Self::with_settings(&settings, latency, seed)
    }

    /// The same without a token.
    pub fn without_token(latency: Latency, seed: u64) -> Self {
        Self::with_settings(&Settings::default(), latency, seed)
    }

    pub fn with_settings(settings: &Settings, latency: Latency, seed: u64) -> Self {
        let now = Timestamp::from_millisecond(START_MS).unwrap();
        let settings = serde_json::to_string(settings).unwrap();
        Self {
            engine: Engine::new(Some(&settings), None, seed, now),
            github: GitHub::new(1, latency, theirs(now)),
            now,
            agenda: BTreeMap::new(),
            planned: 0,
            alarm: None,
            waiting: BTreeMap::new(),
            people: BTreeMap::new(),
            settings: Some(settings),
            set_aside: BTreeMap::new(),
            store: StoreOfSettings::Takes,
            rate_limiter: None,
            runs: BTreeMap::new(),
            levels: BTreeMap::new(),
            reports: BTreeMap::new(),
            own: BTreeMap::new(),
            marks: BTreeMap::new(),
            hides_clear: false,
            shows_people_line: true,
            to_popup: Vec::new(),
            to_options: Vec::new(),
            to_triage: BTreeMap::new(),
            most_in_flight: 0,
            sent: Vec::new(),
            held: BTreeMap::new(),
            too_early: Vec::new(),
            aborted: 0,
            is_list: false,
            always: None,
            number: None,
            reasons: BTreeMap::new(),
            waits: BTreeMap::new(),
            settled_at: BTreeMap::new(),
            event_costs: Vec::new(),
            seed,
        }
    }

    /// When it began.
    pub fn start() -> Timestamp {
        Timestamp::from_millisecond(START_MS).unwrap()
    }

    /// What the store keeps of people.
    pub fn kept(&self) -> &BTreeMap<String, String> {
        &self.people
    }

    /// GitHub's faults from now on, in the words of its control API.
    pub fn faults(&mut self, faults: serde_json::Value) {
        let faults: Vec<Fault> = serde_json::from_value(faults).unwrap();
        self.github.set_faults(faults).unwrap();
    }

    /// A page names these people; the first opened what it shows.
    pub fn page(&mut self, client: ClientId, logins: &[&str]) {
        self.say(Event::Connected(client, ClientKind::Page));
        self.people(client, logins);
    }

    /// The page names these people now; a list names those in view.
    pub fn people(&mut self, client: ClientId, logins: &[&str]) {
        let people = logins
            .iter()
            .enumerate()
            .map(|(index, login)| PersonOnPage {
                login: (*login).to_owned(),
                is_opener: index == 0 && !self.is_list,
                is_in_view: index < 5 || self.is_list,
                association: None,
                opened_at: None,
            });
        let message = FromPage::People {
            repository: Some("acme/web".to_owned()),
            kind: "pull".to_owned(),
            number: self.number,
            people: people.collect(),
            is_list: self.is_list,
        };
        self.say(Event::Page(client, message));
    }

    /// Tells the engine something at once.
    pub fn say(&mut self, event: Event) {
        let before = Instant::now();
        let effects = self.engine.handle(event, self.now);
        self.event_costs.push(before.elapsed());
        self.alarm = None;
        for effect in effects {
            self.perform(effect);
        }
        self.most_in_flight = self.most_in_flight.max(self.waiting.len());
    }

    /// Lets time pass until nothing more will happen, or until `limit` is over.
    pub fn run(&mut self, limit: SignedDuration) {
        let end = self.now + limit;
        while self.step(end) {}
        self.now = end;
    }

    /// Lets the next thing happen; false when nothing does before `end`.
    pub fn step(&mut self, end: Timestamp) -> bool {
        let next = self.agenda.keys().next().copied();
        let planned = next.map(|(at, _)| at);
        let Some(at) = [planned, self.alarm].into_iter().flatten().min() else {
            return false;
        };
        if at > end {
            return false;
        }
        self.now = self.now.max(at);
        let event = match next {
            Some(key) if Some(key.0) == planned && planned <= self.alarm.or(planned) => {
                self.agenda.remove(&key).unwrap()
            }
            _ => Event::Woken,
        };
        if let Event::Answered(call, _) = &event {
            // Of an aborted call the browser tells nobody.
            let Some(call) = self.waiting.remove(call) else {
                return true;
            };
            if let Some(call) = call {
                self.github.finish(call, theirs(self.now));
            }
        }
        if let Event::Answered(_, Ok(reply)) = &event {
            self.hold(&reply.headers);
        }
        self.say(event);
        true
    }

    /// Notes until when an answer tells us to wait.
    fn hold(&mut self, headers: &Headers) {
        let mut hold = |bucket: &str, until: Timestamp| {
            let held = self.held.entry(bucket.to_owned()).or_insert(until);
            *held = until.max(*held);
        };
        if let Some(seconds) = headers.number("retry-after") {
            let until = self.now + SignedDuration::from_secs(i64::try_from(seconds).unwrap());
            for bucket in BUCKETS {
                hold(bucket, until);
            }
        }
        let told = |name| headers.number(&format!("x-ratelimit-{name}"));
        if let (Some(0), Some(reset)) = (told("remaining"), told("reset")) {
            let until = Timestamp::from_second(i64::try_from(reset).unwrap()).unwrap();
            hold(headers.get("x-ratelimit-resource").unwrap(), until);
        }
    }

    /// Somebody sets the clock by so much. What is on its way takes as long as
    /// before, and so does a timer that has been set.
    pub fn change_clock(&mut self, by: SignedDuration) {
        self.now = self.now + by;
        let agenda = std::mem::take(&mut self.agenda).into_iter();
        self.agenda = agenda
            .map(|((at, n), event)| ((at + by, n), event))
            .collect();
        self.alarm = self.alarm.map(|at| at + by);
        self.held.clear();
    }

    /// The worker dies, and another starts with what was kept. Pages connect
    /// anew and say again who is on them.
    pub fn restart(&mut self, pages: &[(ClientId, &[&str])]) {
        self.agenda.clear();
        self.alarm = None;
        for (_, call) in std::mem::take(&mut self.waiting) {
            if let Some(call) = call {
                self.github.finish(call, theirs(self.now));
            }
        }
        self.seed += 1;
        let (settings, rate_limiter) = (self.settings.as_deref(), self.rate_limiter.as_deref());
        self.engine = Engine::new(settings, rate_limiter, self.seed, self.now);
        for (client, logins) in pages {
            self.page(*client, logins);
        }
    }

    /// The level last told of everybody on a page.
    pub fn settled(&self, client: ClientId) -> BTreeMap<String, Level> {
        let of = |((to, login), levels): (&(ClientId, String), &Vec<Level>)| {
            (*to == client).then(|| Some((login.clone(), *levels.last()?)))?
        };
        self.levels.iter().filter_map(of).collect()
    }

    /// How many parts of people are in flight; a call about nobody counts as one.
    pub fn logins_in_flight(&self) -> usize {
        let calls = self.github.log().calls();
        let flying = self.waiting.values().flatten();
        let flying = flying.filter_map(|id| calls.iter().find(|it| it.id == *id));
        flying.map(|it| it.logins.len().max(1)).sum()
    }

    /// How many calls GitHub counted, by operation and login.
    pub fn calls_by_login(&self) -> BTreeMap<(String, String), usize> {
        let mut counted = BTreeMap::new();
        for call in self.github.log().calls() {
            let logins: BTreeSet<&String> = call.logins.iter().collect();
            for login in logins {
                *counted
                    .entry((call.operation.clone(), login.clone()))
                    .or_default() += 1;
            }
        }
        counted
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Send(id, request) => self.send(id, request),
            Effect::Abort(id) => {
                self.aborted += 1;
                if let Some(Some(call)) = self.waiting.remove(&id) {
                    self.github.finish(call, theirs(self.now));
                }
            }
            Effect::Load(logins) => {
                let kept = logins.iter().filter_map(|it| self.people.get(&it.key()));
                let found = kept.cloned().collect();
                self.plan(2, Event::Loaded(logins, found));
            }
            Effect::LoadRecent(recent) => {
                let found = self.people.values().cloned().collect();
                self.plan(2, Event::Recent(recent, found));
            }
            Effect::Save(people) => self.people.extend(people),
            Effect::LoadRuns => {
                let records = self.runs.iter().filter(|it| !it.0.starts_with(RECORD));
                let records = records.map(|it| it.1.clone()).collect();
                self.plan(2, Event::RunsLoaded(records));
            }
            Effect::LoadRecords(id, names) => {
                let found = names.iter().filter_map(|it| self.runs.get(it).cloned());
                let event = Event::RecordsLoaded(id, found.collect());
                self.plan(2, event);
            }
            Effect::SaveRun(records) => self.runs.extend(records),
            Effect::DeleteRun(run) => self.delete_run(run),
            Effect::SaveRateLimiter(text) => self.rate_limiter = Some(text),
            Effect::SaveSettings(text) => {
                if self.ends_write() {
                    self.settings = Some(text);
                }
            }
            Effect::SetAside {
                found_at,
                unread,
                settings,
            } => {
                if self.ends_write() {
                    self.set_aside.insert(found_at, unread);
                    self.settings = Some(settings);
                }
            }
            Effect::LoadSetAside(client) => {
                let found = self.set_aside.values().cloned().collect();
                self.plan(2, Event::SetAsideLoaded(client, found));
            }
            Effect::Wipe => self.wipe(),
            Effect::Wake(at) => self.alarm = Some(at),
            Effect::NotifyPage(client, ToPage::Badges { badges }) => {
                for badge in badges {
                    self.marks.insert((client, badge.login.clone()), badge.mark);
                    let reason = badge.reason.as_ref().map(|it| it.key.clone());
                    self.reasons.insert((client, badge.login.clone()), reason);
                    match badge.reason.filter(|it| it.key == "short_waits") {
                        Some(reason) => {
                            let Some(Arg::Number(seconds)) = reason.args.first() else {
                                panic!("{reason:?} tells no seconds");
                            };
                            #[expect(clippy::cast_possible_truncation)]
                            let wait = SignedDuration::from_secs(*seconds as i64);
                            self.waits.insert(badge.login.clone(), self.now + wait)
                        }
                        None => self.waits.remove(&badge.login),
                    };
                    if badge.level != Level::Pending {
                        let at = self.settled_at.entry(badge.login.clone());
                        at.or_insert(self.now);
                    }
                    let levels = self.levels.entry((client, badge.login)).or_default();
                    levels.push(badge.level);
                }
            }
            Effect::NotifyPage(
                _,
                ToPage::Display {
                    hides_clear,
                    shows_people_line,
                    ..
                },
            ) => {
                self.hides_clear = hides_clear;
                self.shows_people_line = shows_people_line;
            }
            Effect::NotifyPage(client, ToPage::Report { report, own }) => {
                self.own.insert((client, report.login.clone()), own);
                let report = Rc::unwrap_or_clone(report);
                self.reports.insert((client, report.login.clone()), report);
            }
            Effect::NotifyPopup(_, message) => self.to_popup.push(message),
            Effect::NotifyOptions(_, message) => self.to_options.push(message),
            Effect::NotifyTriage(client, message) => {
                self.to_triage.entry(client).or_default().push(message);
            }
        }
    }

    fn delete_run(&mut self, run: RunId) {
        let prefixes = [run.prefix(), format!("{RECORD}{}", run.prefix())];
        let is_its = |name: &str| prefixes.iter().any(|it| name.starts_with(it));
        self.runs.retain(|name, _| !is_its(name));
    }

    fn wipe(&mut self) {
        if self.ends_write() {
            self.people.clear();
            self.runs.clear();
            self.settings = None;
            self.set_aside.clear();
            self.rate_limiter = None;
        }
    }

    /// Whether the store takes what is to be changed in it, of which it tells.
    fn ends_write(&mut self) -> bool {
        let is_kept = self.store == StoreOfSettings::Takes;
        self.plan(1, Event::SettingsKept(is_kept));
        is_kept
    }

    fn send(&mut self, id: CallId, request: HttpRequest) {
        let path = request.url.strip_prefix("https://api.github.com").unwrap();
        let mut headers = Vec::new();
        if let Some(token) = &request.token {
            headers.push(("authorization".to_owned(), token.authorization()));
        }
        if let Some(etag) = &request.etag {
            headers.push(("if-none-match".to_owned(), etag.clone()));
        }
        let asked = Request {
            method: if request.body.is_some() {
                "POST"
            } else {
                "GET"
            }
            .to_owned(),
            host: "api.github.com".to_owned(),
            path: path.to_owned(),
            headers,
            body: request.body.clone().unwrap_or_default().into_bytes(),
        };
        let bucket = BUCKETS
            .iter()
            .find(|it| path.starts_with(&format!("/{it}")));
        let held = self.held.get(*bucket.unwrap_or(&"core"));
        if held.is_some_and(|until| self.now < *until) {
            self.too_early.push((self.now, path.to_owned()));
        }
        self.sent.push((self.now, request));
        if let Some(reply) = self.always.clone() {
            self.waiting.insert(id, None);
            return self.plan(WAY_MS, Event::Answered(id, Ok(reply)));
        }
        let answer = self.github.respond(&asked, theirs(self.now));
        self.waiting.insert(id, answer.call);
        let ms = WAY_MS + i64::try_from(answer.latency.as_millis()).unwrap();
        let told = match answer.delivery {
            Delivery::Whole => Ok(HttpReply {
                status: answer.status,
                headers: answer.headers.into_iter().collect::<Headers>(),
                body: String::from_utf8(answer.body).unwrap(),
            }),
            Delivery::CutOff | Delivery::Reset => Err(Failure::Network),
            // The engine gives up by itself.
            Delivery::Hang => return,
        };
        self.plan(ms, Event::Answered(id, told));
    }

    fn plan(&mut self, after_ms: i64, event: Event) {
        self.planned += 1;
        let at = self.now + SignedDuration::from_millis(after_ms);
        self.agenda.insert((at, self.planned), event);
    }
}

fn theirs(now: Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(now.as_millisecond()).unwrap()
}
