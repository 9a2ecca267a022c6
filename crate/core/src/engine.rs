//! The engine: takes one [`Event`] and the time, and returns the [`Effect`]s
//! that the edge is to carry out.
//!
//! It does nothing by itself ([`Engine::handle`]). It never waits, so it
//! needs no promise, no timer and no lock; a test drives thousands of
//! schedules through it in simulated time, and the browser drives the very
//! same code. The edge carries events in and effects out and decides nothing.
//!
//! The engine is made of parts, each of which owns its state, its methods and
//! its tests: [`Preferences`], [`Cache`], [`Clients`], [`Scheduler`],
//! [`ListQuota`], [`Flights`], [`RateLimiter`], [`VouchedLists`], [`Pasts`],
//! [`Waits`], [`Triage`] and [`Timeline`]. The other files hold the steps that lead from one part
//! to the next (messages, `options_session`, opener, recent, plan, dispatch, responses,
//! then, notify) and values and tables that they share.

mod cache;
mod cache_key;
pub mod client;
mod clients;
mod confirmations;
mod dispatch;
mod flights;
pub mod freshness;
mod job;
mod key_set;
mod list_quota;
mod messages;
mod notify;
mod opener;
mod options_session;
mod past;
pub mod person;
pub mod person_evidence;
mod plan;
mod preferences;
pub mod priority;
mod random;
pub mod rate_limiter;
mod recent;
mod responses;
pub mod retry_policy;
mod scheduler;
mod then;
mod timeline;
mod triage;
mod vouched;
mod waits;

pub use cache_key::CacheKey;
pub use client::{ClientId, ClientKind};
pub use person::Person;
pub use recent::Recent;
pub use triage::records::RECORD;

use crate::assess::Assessment;
use crate::github::Dialect;
use crate::github::http::{Failure, HttpReply, HttpRequest};
use crate::github::limits::OfEach;
use crate::login::Login;
use crate::message::{
    FromOptions, FromPage, FromPopup, FromTriage, RunId, ToOptions, ToPage, ToPopup, ToTriage,
};
use crate::time::{SignedDuration, Timestamp};
use cache::Cache;
use clients::Clients;
use confirmations::Confirmations;
use flights::Flights;
use list_quota::ListQuota;
use past::Pasts;
use preferences::Preferences;
use random::Random;
use rate_limiter::RateLimiter;
use retry_policy::Recheck;
use scheduler::Scheduler;
use serde::{Deserialize, Serialize};
use timeline::Timeline;
use triage::Triage;
use vouched::VouchedLists;
use waits::Waits;

/// Clocks are set right by this much now and then, and nothing depends on it.
const CLOCK_SLACK: SignedDuration = SignedDuration::from_secs(5);

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
    /// A page of GitHub sent a message.
    Page(ClientId, FromPage),
    /// The popup sent a message.
    Popup(ClientId, FromPopup),
    /// The options page sent a message.
    Options(ClientId, FromOptions),
    /// The triage page sent a message.
    Triage(ClientId, FromTriage),
    /// The store has been asked about these people, and this is what it held.
    Loaded(Vec<Login>, Vec<String>),
    /// The store has been asked for the runs, and this is what it held.
    RunsLoaded(Vec<String>),
    /// The store has been asked for records of a run, and this is what it held.
    RecordsLoaded(u32, Vec<String>),
    /// The store has been asked who was stored recently, the latest first.
    Recent(Recent, Vec<String>),
    /// The store has been asked for what was put aside, and this is what it held.
    SetAsideLoaded(ClientId, Vec<String>),
    /// Whether the store can be written to: said at the start, and whenever
    /// people were to be kept there.
    StoreIsOpen(bool),
    /// Whether the store has taken what an [`Effect::SaveSettings`],
    /// [`Effect::SetAside`] or [`Effect::Wipe`] was to change in it.
    SettingsKept(bool),
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
    /// Look into the store for who was stored recently, and say [`Event::Recent`].
    LoadRecent(Recent),
    /// Keep these people: the key of the login, and what is to be kept.
    Save(Vec<(String, String)>),
    /// Look into the store for the runs without the records that begin with
    /// [`RECORD`], and say [`Event::RunsLoaded`].
    LoadRuns,
    /// Look into the store for these records of a run that tell what people
    /// were judged by, and say [`Event::RecordsLoaded`] with the same number.
    LoadRecords(u32, Vec<String>),
    /// Keep these records of a run by their names, and say
    /// [`Event::StoreIsOpen`]. The names begin with the run's
    /// [prefix](RunId::prefix), or with [`RECORD`] and then that; so they tell
    /// when the run began, and none is kept for longer than 7 days.
    SaveRun(Vec<(String, String)>),
    /// Delete every record of a run.
    DeleteRun(RunId),
    /// Keep what the rate limiter knows.
    SaveRateLimiter(String),
    /// Keep the settings and the token, and say [`Event::SettingsKept`].
    SaveSettings(String),
    /// Keep beside the settings what cannot be read of those that were kept
    /// until now, under the name of a moment, and then do as for
    /// [`Effect::SaveSettings`]; both or neither.
    SetAside {
        /// When the engine started, which found it.
        found_at: Timestamp,
        /// What cannot be read.
        unread: String,
        /// The settings and the token.
        settings: String,
    },
    /// Look into the store for what was put aside, and say
    /// [`Event::SetAsideLoaded`].
    LoadSetAside(ClientId),
    /// Forget everything that was ever kept, and say [`Event::SettingsKept`].
    Wipe,
    /// Say [`Event::Woken`] at this moment; one said before no longer counts.
    Wake(Timestamp),
    /// Tell a page.
    NotifyPage(ClientId, ToPage),
    /// Tell the popup.
    NotifyPopup(ClientId, ToPopup),
    /// Tell the options page.
    NotifyOptions(ClientId, ToOptions),
    /// Tell the triage page.
    NotifyTriage(ClientId, ToTriage),
}

/// The engine: one for all tabs.
#[derive(Debug)]
pub struct Engine {
    preferences: Preferences,
    cache: Cache,
    clients: Clients,
    scheduler: Scheduler,
    triage: Triage,
    list_quota: ListQuota,
    flights: Flights,
    rate_limiter: RateLimiter,
    vouched: VouchedLists,
    pasts: Pasts,
    waits: Waits,
    timeline: Timeline,
    confirmations: Confirmations,
    random: Random,
    started_at: Timestamp,
    /// What GitHub's schema was found to have.
    dialect: Dialect,
    /// Until when GitHub answers no call that is made without the token in use.
    anonymous_after: Timestamp,
    /// The assessments that this event's plan was made with, in the order of
    /// clients and people: most of them are also the ones to report.
    assessed: Vec<(ClientId, String, Assessment)>,
    /// When GitHub last answered that it has an error of its own.
    server_error_at: OfEach<Option<Timestamp>>,
    /// When the last event was handled.
    last_event_at: Timestamp,
    /// What this event asks the edge to do.
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
        Self {
            preferences: Preferences::from_store(settings),
            cache: Cache::default(),
            clients: Clients::default(),
            scheduler: Scheduler::default(),
            triage: Triage::default(),
            list_quota: ListQuota::default(),
            flights: Flights::default(),
            rate_limiter: RateLimiter::from_store(rate_limiter, now),
            vouched: VouchedLists::default(),
            pasts: Pasts::default(),
            waits: Waits::default(),
            timeline: Timeline::default(),
            confirmations: Confirmations::default(),
            started_at: now,
            random: Random::new(seed),
            dialect: Dialect::default(),
            anonymous_after: now,
            assessed: Vec::new(),
            server_error_at: OfEach::default(),
            last_event_at: now,
            effects: Vec::new(),
        }
    }

    /// Takes in what happened and returns what is to be done, in order.
    pub fn handle(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        self.notice_clock(now);
        self.set_aside_unread();
        let pauses_before = self.rate_limiter.pauses(now);
        self.apply(event, now);
        self.time_out_late_calls(now);
        self.advance_runs(now);
        self.plan_changed_people(now);
        self.drop_abandoned_jobs(now);
        self.plan_vouched(now);
        self.read_pasts(now);
        self.dispatch(now);
        if self.rate_limiter.pauses(now) != pauses_before {
            self.mark_waiting_people_changed();
        }
        self.estimate_waits(now);
        self.notice_slow_calls(now);
        self.notify_clients(now);
        self.finish_runs(now);
        self.notify_triage_pages(now);
        self.save(now);
        self.set_alarm(now);
        std::mem::take(&mut self.effects)
    }

    /// How many calls are in flight.
    pub fn in_flight(&self) -> usize {
        self.rate_limiter.in_flight()
    }

    /// Where the clock has been put back, forgets or puts right everything
    /// that is dated in the future.
    fn notice_clock(&mut self, now: Timestamp) {
        let last = std::mem::replace(&mut self.last_event_at, now);
        if now < last - CLOCK_SLACK {
            self.rate_limiter.forget_future(now);
            self.flights.forget_future(now);
            self.scheduler.release_all();
            self.cache.forget_future(now);
            self.vouched.forget_future(now);
            self.pasts.forget_future(now);
            self.triage.forget_future(now);
            self.list_quota.forget_before(now);
            self.server_error_at = OfEach::default();
            self.anonymous_after = now;
            self.clients.mark_all_changed();
        }
    }

    fn apply(&mut self, event: Event, now: Timestamp) {
        match event {
            Event::Connected(client, kind) => {
                let is_connected = self.clients.connect(client, kind);
                match kind {
                    ClientKind::Page if is_connected => self.notify_display(client),
                    ClientKind::Popup if is_connected => self.notify_popup_of_token(client),
                    ClientKind::Triage if is_connected => self.connect_triage(client, now),
                    _ => {}
                }
            }
            Event::Disconnected(client) => {
                let people = self.clients.disconnect(client);
                self.scheduler.withdraw(client, &people);
                self.triage.disconnect(client);
            }
            Event::Page(client, message) => self.handle_page_message(client, message, now),
            Event::Popup(client, message) => self.handle_popup_message(client, message, now),
            Event::Options(client, message) => self.handle_options_message(client, message, now),
            Event::Triage(client, message) => self.handle_triage_message(client, message, now),
            Event::Loaded(asked, found) => {
                for key in self.cache.finish_load(&asked, &found, now) {
                    self.forget_retried(&key);
                    self.clients.mark_changed(key);
                }
            }
            Event::SetAsideLoaded(client, found) => self.handle_set_aside(client, &found),
            Event::RunsLoaded(records) => self.handle_runs_loaded(&records, now),
            Event::RecordsLoaded(id, texts) => self.handle_records(id, &texts),
            Event::Recent(recent, found) => self.handle_recent(recent, &found, now),
            Event::StoreIsOpen(is_open) => {
                if self.preferences.set_store_open(is_open) {
                    self.notify_options_pages();
                }
            }
            Event::SettingsKept(is_kept) => self.handle_settings_kept(is_kept),
            Event::Answered(call, answer) => self.handle_response(call, answer, now),
            Event::Reachable => {
                self.resume_listing();
                for cause in [Recheck::Soon, Recheck::WithPermission] {
                    for key in self.cache.recheck_all(cause) {
                        self.clients.mark_changed(key);
                    }
                }
            }
            Event::Woken => {
                let clients = &self.clients;
                let due = self.cache.recheck_due(|key| clients.is_watched(key), now);
                for key in due {
                    self.clients.mark_changed(key);
                }
                self.resume_lists(now);
            }
        }
    }

    /// Drops the jobs that nobody wants any more, and plans anew for those who
    /// may have counted on what was on its way without asking for it themselves.
    fn drop_abandoned_jobs(&mut self, now: Timestamp) {
        let people = self.scheduler.drop_abandoned();
        if people.is_empty() {
            return;
        }
        for key in people {
            self.clients.mark_changed(key);
        }
        self.plan_changed_people(now);
    }

    /// A pause has begun or ended: whether people who wait are a gap for now
    /// depends on it.
    fn mark_waiting_people_changed(&mut self) {
        let cards = self.pasts.waiting_for_cards().into_iter();
        let waiting = self.scheduler.people_waiting().into_iter();
        for key in waiting.chain(cards.map(|it| it.login)) {
            self.clients.mark_changed(key);
        }
    }

    fn save(&mut self, now: Timestamp) {
        let people = self.cache.take_unsaved();
        if !people.is_empty() {
            self.effects.push(Effect::Save(people));
        }
        if let Some(text) = self.rate_limiter.take_unsaved() {
            self.effects.push(Effect::SaveRateLimiter(text));
        }
        self.save_runs(now);
        self.drop_used_evidence();
    }

    /// Asks to be woken when something is due that no answer brings.
    fn set_alarm(&mut self, now: Timestamp) {
        let next = [
            self.flights.next_deadline(),
            self.flights.next_slow(),
            self.next_dispatch(now),
            self.scheduler.next_release(),
            self.cache.next_recheck(),
            self.next_list_begin(),
            self.vouched.next_call(),
            self.pasts.next_call(),
            self.next_run_alarm(now),
        ];
        if let Some(at) = next.into_iter().flatten().min() {
            self.effects.push(Effect::Wake(at));
        }
    }
}
