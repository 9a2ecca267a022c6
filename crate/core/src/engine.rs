//! What is asked when, and what becomes of the answers.
//!
//! The engine does nothing by itself: [`Engine::handle`] takes one [`Event`]
//! and the time and returns the [`Effect`]s it wants. It never waits, so it
//! needs no promise, no timer and no lock; a test drives thousands of
//! schedules through it in simulated time, and the browser drives the very
//! same code. The edge carries events in and effects out and decides nothing.

pub mod client;
mod dispatch;
pub mod freshness;
mod key_set;
mod lists;
mod notify;
mod options_session;
pub mod person;
mod plan;
mod preferences;
pub mod priority;
mod queue;
pub mod rate_limiter;
mod recheck;
mod requests;
mod responses;
pub mod retry_policy;
mod timeline;
mod vouched;

pub use client::{ClientId, ClientKind};
pub use person::Person;
pub use preferences::Recent;

use crate::assess::Assessment;
use crate::github::http::{Failure, HttpReply, HttpRequest};
use crate::github::limits::OfEach;
use crate::json;
use crate::login::Login;
use crate::message::{FromOptions, FromPage, FromPopup, ToOptions, ToPage, ToPopup};
use crate::policy::Policy;
use crate::settings::Settings;
use crate::time::Timestamp;
use client::Client;
use key_set::KeySet;
use litemap::LiteMap;
use queue::Queue;
use rate_limiter::RateLimiter;
use responses::Flight;
use serde::{Deserialize, Serialize};
use timeline::Timeline;

/// The name of a call, as long as it is in flight.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct CallId(pub u32);

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// Somebody connected.
    Connected(ClientId, ClientKind),
    /// Somebody is gone.
    Disconnected(ClientId),
    /// A page of GitHub said something.
    Page(ClientId, FromPage),
    /// The popup said something.
    Popup(ClientId, FromPopup),
    /// The options page said something.
    Options(ClientId, FromOptions),
    /// The store has been asked about these people, and this is what it held.
    Loaded(Vec<Login>, Vec<String>),
    /// The store has been asked who was kept of late, the latest first.
    Recent(Recent, Vec<String>),
    /// Whether the store can be written to: told at the start, and whenever something was to be kept there or forgotten.
    StoreIsOpen(bool),
    /// A call ended.
    Answered(CallId, Result<HttpReply, Failure>),
    /// The network is back, or the browser's permission.
    Reachable,
    /// The moment of an [`Effect::Wake`] has come.
    Woken,
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send this, and say [`Event::Answered`].
    Send(CallId, HttpRequest),
    /// Stop this call; nobody waits for its answer any more.
    Abort(CallId),
    /// Look into the store, and say [`Event::Loaded`].
    Load(Vec<Login>),
    /// Look into the store for who was kept of late, and say [`Event::Recent`].
    LoadRecent(Recent),
    /// Keep these people: the key of the login, and what is to be kept.
    Save(Vec<(String, String)>),
    /// Keep what the rate limiter knows.
    SaveRateLimiter(String),
    /// Keep the settings and the token, and say [`Event::Kept`].
    SaveSettings(String),
    /// Forget everything that was ever kept.
    Wipe,
    /// Say [`Event::Woken`] at this moment; one said before no longer counts.
    Wake(Timestamp),
    /// Tell a page.
    NotifyPage(ClientId, ToPage),
    /// Tell the popup.
    NotifyPopup(ClientId, ToPopup),
    /// Tell the options page.
    NotifyOptions(ClientId, ToOptions),
}

/// The engine: one for all tabs.
#[derive(Debug)]
pub struct Engine {
    settings: Settings,
    policy: Policy,
    /// Raised with each new token: an answer to an older one says nothing of it.
    token_number: u32,
    is_token_refused: bool,
    is_store_shut: bool,
    people: LiteMap<String, Person>,
    /// People whom the store has been asked about and has not answered for.
    loading: KeySet,
    unsaved: KeySet,
    /// People of whom something is new since the last look.
    changed: KeySet,
    /// What was made of the evidence on them for each client, when it was last
    /// seen whether anything is needed: in the order of clients and people.
    assessed: Vec<(ClientId, String, Assessment)>,
    clients: LiteMap<ClientId, Client>,
    queue: Queue,
    rate_limiter: RateLimiter,
    /// When lists began to look somebody up, within the last minute.
    begun_on_lists: Vec<Timestamp>,
    /// What repositories say of their people, by the keys of their names.
    vouched: LiteMap<String, vouched::KnownList>,
    /// When the rate limiter lets the next list be asked for, if one waits for that.
    vouched_not_before: Option<Timestamp>,
    /// When GitHub last answered that it has error of its own.
    server_error_at: OfEach<Option<Timestamp>>,
    /// What was last kept of the rate limiter.
    saved_rate_limiter: String,
    flights: LiteMap<CallId, Flight>,
    last_call: u32,
    timeline: Timeline,
    random: Random,
    effects: Vec<Effect>,
}

impl Engine {
    /// An engine with what the store held; nothing where it held nothing, or
    /// nothing that can be read. `seed` makes waits differ between workers.
    pub fn new(
        settings: Option<&str>,
        rate_limiter: Option<&str>,
        seed: u64,
        now: Timestamp,
    ) -> Self {
        let settings = settings.map(Settings::from_store).unwrap_or_default();
        let rate_limiter: RateLimiter = rate_limiter
            .and_then(|text| json::from_str(text).ok())
            .unwrap_or_default();
        let rate_limiter = rate_limiter.restored(now);
        Self {
            policy: settings.choices.to_policy(),
            settings,
            token_number: 0,
            is_token_refused: false,
            is_store_shut: false,
            people: LiteMap::new(),
            loading: KeySet::default(),
            unsaved: KeySet::default(),
            changed: KeySet::default(),
            assessed: Vec::new(),
            clients: LiteMap::new(),
            queue: Queue::default(),
            saved_rate_limiter: rate_limiter.to_store(),
            rate_limiter,
            begun_on_lists: Vec::new(),
            vouched: LiteMap::new(),
            vouched_not_before: None,
            server_error_at: OfEach::default(),
            flights: LiteMap::new(),
            last_call: 0,
            timeline: Timeline::default(),
            random: Random(seed | 1),
            effects: Vec::new(),
        }
    }

    /// Takes in what happened and returns what is to be done, in order.
    pub fn handle(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        let pauses_before = self.rate_limiter.pauses(now);
        self.apply(event, now);
        self.time_out_late_calls(now);
        self.plan_changed_people(now);
        let dropped = self.queue.drop_abandoned();
        if !dropped.is_empty() {
            // Others may have counted on what was on its way without asking for it themselves.
            for key in dropped {
                self.changed.insert(key);
            }
            self.plan_changed_people(now);
        }
        self.plan_vouched(now);
        self.dispatch(now);
        if self.rate_limiter.pauses(now) != pauses_before {
            for key in self.queue.people_waiting() {
                self.changed.insert(key.clone());
            }
        }
        self.notify_clients(now);
        self.save();
        self.set_alarm(now);
        std::mem::take(&mut self.effects)
    }

    /// How many calls are in flight.
    pub fn in_flight(&self) -> usize {
        self.rate_limiter.in_flight()
    }

    fn apply(&mut self, event: Event, now: Timestamp) {
        match event {
            Event::Connected(client, kind) => {
                self.clients.insert(client, Client::new(kind));
                match kind {
                    ClientKind::Page => self.notify_look(client),
                    ClientKind::Popup => self.notify_popup_of_token(client),
                    ClientKind::Options => {}
                }
            }
            Event::Disconnected(client) => {
                self.clients.remove(&client);
                self.queue.withdraw_all(client);
            }
            Event::Page(client, message) => self.handle_page_message(client, message, now),
            Event::Popup(client, message) => self.handle_popup_message(client, message, now),
            Event::Options(client, message) => self.handle_options_message(client, message, now),
            Event::Loaded(asked, found) => self.load(&asked, &found, now),
            Event::Recent(recent, found) => self.handle_recent(recent, &found, now),
            Event::StoreIsOpen(is_open) => {
                if self.is_store_shut == is_open {
                    self.is_store_shut = !is_open;
                    self.notify_options_pages();
                }
            }
            Event::Answered(call, answer) => self.handle_response(call, answer, now),
            Event::Reachable => self.recheck_unreachable(),
            Event::Woken => {
                self.recheck_due_gaps(now);
                self.resume_lists(now);
            }
        }
    }

    fn load(&mut self, asked: &[Login], found: &[String], now: Timestamp) {
        self.restore_people(found, now);
        for login in asked {
            let key = login.key();
            self.loading.remove(&key);
            self.people
                .entry(key.clone())
                .or_insert_with(|| Person::new(login.clone()));
            self.changed.insert(key);
        }
    }

    /// Takes in people as the store kept them, and returns their keys.
    fn restore_people(&mut self, found: &[String], now: Timestamp) -> Vec<String> {
        let mut keys = Vec::new();
        for text in found {
            // What an older version wrote and this one cannot read is asked anew.
            let Ok(mut person) = json::from_str::<Person>(text) else {
                continue;
            };
            person.forget_old(now);
            let key = person.login.key();
            keys.push(key.clone());
            // What is in memory is newer than what was kept of it.
            self.people.entry(key).or_insert(person);
        }
        keys
    }

    fn save(&mut self) {
        let mut people = Vec::new();
        for key in self.unsaved.take() {
            let person = self.people.get(&key).map(Person::to_store);
            if let Some(Ok(text)) = person.as_ref().map(json::to_string) {
                people.push((key, text));
            }
        }
        if !people.is_empty() {
            self.effects.push(Effect::Save(people));
        }
        let rate_limiter = self.rate_limiter.to_store();
        if rate_limiter != self.saved_rate_limiter {
            self.saved_rate_limiter.clone_from(&rate_limiter);
            self.effects.push(Effect::SaveRateLimiter(rate_limiter));
        }
    }

    /// Asks to be woken when something is due that no answer brings.
    fn set_alarm(&mut self, now: Timestamp) {
        let late = self.flights.values().map(|flight| flight.deadline).min();
        let held = (!self.queue.is_empty())
            .then(|| self.next_dispatch(now))
            .flatten();
        let next = [
            late,
            held,
            self.queue.next_moment(now),
            self.next_recheck(now),
            self.next_begin(),
            self.vouched_not_before,
        ];
        if let Some(at) = next.into_iter().flatten().min() {
            self.effects.push(Effect::Wake(at));
        }
    }
}

/// Numbers that need not be secret, only different: xorshift64*.
#[derive(Debug)]
struct Random(u64);

impl Random {
    /// At least the first and less than the second number.
    fn between(&mut self, (from, to): (u32, u32)) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        let span = u64::from(to.saturating_sub(from).max(1));
        from + u32::try_from(drawn % span).unwrap_or(0)
    }
}
