//! [`Client`]: one connection of a page of GitHub or of one of our own; and
//! [`Subscription`]: what it wants of one person, and what it was last sent.

use super::key_set::KeySet;
use super::priority::Priority;
use crate::evidence::Association;
use crate::login::Login;
use crate::message::{Badge, PersonOnPage, RunId};
use crate::report::AuthorReport;
use crate::repository::Repository;
use crate::time::Timestamp;
use litemap::LiteMap;
use std::rc::Rc;

/// Who asks. The number is the connection's, given by the edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientId(pub u32);

/// Who is at the other end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientKind {
    /// A page of GitHub.
    Page,
    /// Our popup.
    Popup,
    /// Our options page.
    Options,
    /// Our triage page.
    Triage,
    /// A run of the triage page, which nobody is connected to.
    Run(RunId),
}

/// People whom one page may name, as many as its script names at most, and few
/// enough that a hostile page cannot keep the others waiting.
pub const MOST_PEOPLE: usize = 1_000;

/// People of one page who are taken to be in view, where others are: more than
/// fit into a window, and no more than a few seconds' calls.
const MOST_IN_VIEW: usize = 50;

/// One client and what it wants.
#[derive(Clone, Debug)]
pub(super) struct Client {
    pub(super) kind: ClientKind,
    /// The repository in which "here" is meant.
    pub(super) repository: Option<Repository>,
    /// Whether it is a list, on which only so many are looked up in a minute.
    pub(super) is_list: bool,
    /// People whose look-up has begun on this list.
    pub(super) begun: KeySet,
    /// The people, by the key of their login.
    pub(super) subscriptions: LiteMap<String, Subscription>,
}

/// Somebody a client wants to know about.
#[derive(Clone, Debug)]
pub(super) struct Subscription {
    pub(super) login: Login,
    /// The repository in which "here" is meant, where it is not the client's.
    pub(super) repository: Option<Repository>,
    /// The login as the client spelled it, for the answer.
    pub(super) spelled: String,
    pub(super) association: Option<Association>,
    pub(super) opened_at: Option<Timestamp>,
    /// The number of the item that this person opened and the client shows.
    pub(super) number: Option<u32>,
    pub(super) is_app: bool,
    pub(super) priority: Priority,
    /// Whether a report is open in front of somebody.
    pub(super) is_open: bool,
    /// Whether a person has asked for this look-up by hand.
    pub(super) is_requested: bool,
    /// The badge that the client shows.
    pub(super) sent_badge: Option<Badge>,
    /// The report that the client shows.
    pub(super) sent_report: Option<Rc<AuthorReport>>,
}

impl Client {
    pub(super) fn new(kind: ClientKind) -> Self {
        Self {
            kind,
            repository: None,
            is_list: false,
            begun: KeySet::default(),
            subscriptions: LiteMap::new(),
        }
    }

    /// Whether a report is open in front of somebody.
    pub(super) fn has_open_report(&self) -> bool {
        self.subscriptions.values().any(|it| it.is_open)
    }

    /// The keys of the people whose reports are open.
    pub(super) fn open_reports(&self) -> Vec<String> {
        let open = self.subscriptions.iter().filter(|(_, it)| it.is_open);
        open.map(|(key, _)| key.clone()).collect()
    }

    /// Whether somebody is in view of this list and their look-up has not begun.
    pub(super) fn holds_back(&self, subscription: &Subscription) -> bool {
        self.is_list
            && subscription.priority == Priority::InView
            && !self.begun.contains(&subscription.login.key())
    }

    /// The keys of people in view whose look-up has not begun on this list.
    pub(super) fn waiting_on_list(&self) -> Vec<String> {
        let waiting = self.subscriptions.iter();
        let waiting = waiting.filter(|(_, it)| self.holds_back(it));
        waiting.map(|(key, _)| key.clone()).collect()
    }

    /// The repository in which "here" is meant of somebody.
    pub(super) fn repository_of(&self, subscription: &Subscription) -> Option<Repository> {
        let repository = subscription.repository.as_ref();
        repository.or(self.repository.as_ref()).cloned()
    }

    /// The keys of all the people.
    pub(super) fn keys(&self) -> Vec<String> {
        self.subscriptions.keys().cloned().collect()
    }

    /// The interest in those of these people who are here at all.
    pub(super) fn subscriptions_of(&self, keys: &KeySet) -> impl Iterator<Item = &Subscription> {
        keys.iter().filter_map(|key| self.subscriptions.get(key))
    }

    /// Takes over who is on the page now, and the `number` of the item that it
    /// shows. What was sent about those who stay
    /// still holds, unless the page has moved to another repository.
    /// Of more than [`MOST_PEOPLE`] the rest is left out, and of more than
    /// [`MOST_IN_VIEW`] the rest comes after those of other pages.
    pub(super) fn set_people(
        &mut self,
        repository: Option<Repository>,
        number: Option<u32>,
        people: Vec<PersonOnPage>,
    ) {
        let is_same_place = self.repository == repository;
        let mut before = std::mem::take(&mut self.subscriptions);
        self.repository = repository;
        let mut in_view = 0;
        for mut person in people.into_iter().take(MOST_PEOPLE) {
            in_view += usize::from(person.is_in_view);
            // A list has its own bound, by the minute.
            person.is_in_view &= self.is_list || in_view <= MOST_IN_VIEW;
            // A name that breaks the grammar is nobody GitHub can look up.
            let Ok(login) = person.login.parse::<Login>() else {
                continue;
            };
            let key = login.key();
            let known = before.remove(&key).filter(|_| is_same_place);
            let mut subscription = Subscription::on_page(login, &person, known);
            subscription.number = number.filter(|_| person.is_opener);
            self.subscriptions.insert(key, subscription);
        }
    }
}

impl Subscription {
    fn on_page(login: Login, person: &PersonOnPage, before: Option<Self>) -> Self {
        let priority = match (person.is_opener, person.is_in_view) {
            (true, _) => Priority::Opener,
            (false, true) => Priority::InView,
            (false, false) => Priority::out_of_view(person.association),
        };
        let mut subscription = Self::requested(login, person.association, None);
        subscription.spelled.clone_from(&person.login);
        subscription.priority = priority;
        subscription.is_requested = false;
        subscription.is_open = false;
        subscription.opened_at = person.opened_at.as_deref().and_then(|it| it.parse().ok());
        if let Some(before) = before {
            // A look-up asked for by hand stays asked for.
            subscription.is_open = before.is_open;
            subscription.is_requested = before.is_requested;
            subscription.sent_report = before.sent_report;
            subscription.sent_badge = before.sent_badge;
        }
        subscription
    }

    /// Somebody whose whole report a person has asked for.
    pub(super) fn requested(
        login: Login,
        association: Option<Association>,
        opened_at: Option<Timestamp>,
    ) -> Self {
        Self {
            spelled: login.as_str().to_owned(),
            login,
            repository: None,
            association,
            opened_at,
            number: None,
            is_app: false,
            priority: Priority::Popup,
            is_open: true,
            is_requested: true,
            sent_badge: None,
            sent_report: None,
        }
    }

    /// How soon an answer is wanted now.
    pub(super) fn priority(&self) -> Priority {
        if self.is_open {
            self.priority.min(Priority::Card)
        } else {
            self.priority
        }
    }

    /// Whether the page alone tells enough for a badge.
    pub(super) fn is_known_insider(&self) -> bool {
        self.association.is_some_and(Association::is_insider)
    }

    /// The number of the item that the report tells of: one that is open in
    /// front of somebody and about the item's author.
    pub(super) fn wanted_item(&self) -> Option<u32> {
        self.number.filter(|_| self.is_open)
    }

    /// Whether more is wanted than what the level needs.
    pub(super) fn wants_whole_report(&self) -> bool {
        self.is_open || self.priority == Priority::Opener
    }
}
