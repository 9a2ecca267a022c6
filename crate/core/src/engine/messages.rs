//! Handles the messages of pages and of the popup: whom they subscribe to, open
//! and refresh. Options and triage have files of their own.

use super::cache_key::CacheKey;
use super::client::{Client, ClientId, Subscription};
use super::job::Fetch;
use super::person_evidence::EvidenceUse;
use super::priority::Priority;
use super::recent::Recent;
use super::scheduler::Request;
use super::{Effect, Engine};
use crate::assess::assess;
use crate::evidence::Part;
use crate::login::Login;
use crate::message::{FromPage, FromPopup, ToPopup};
use crate::target::Target;
use crate::time::Timestamp;

impl Engine {
    pub(super) fn handle_page_message(
        &mut self,
        client: ClientId,
        message: FromPage,
        now: Timestamp,
    ) {
        let Some(page) = self.clients.get_mut(client) else {
            return;
        };
        match message {
            FromPage::People {
                repository,
                kind,
                mut people,
                is_list,
                number,
            } => {
                // The page learns soon that it should not have asked.
                if self.preferences.choices().pages_off.contains(&kind) {
                    people.clear();
                }
                let before = page.keys();
                let repository = repository.and_then(|it| it.parse().ok());
                page.is_list = is_list;
                page.set_people(repository, number, people);
                let keys = page.keys();
                self.scheduler.withdraw(client, &before);
                for key in keys {
                    self.cache.watch(&key, now);
                    self.clients.mark_changed(key);
                }
            }
            FromPage::Open { login } => self.set_open(client, &login, true),
            FromPage::Close { login } => self.set_open(client, &login, false),
            FromPage::Refresh { login } => self.refresh(client, &login, now),
            FromPage::ReadPast { login } => self.read_past(client, &login, now),
            // A page can mark only the person whose card the reader has opened, and no login that it makes up.
            FromPage::SetPerson { login, mark, note } => {
                let is_open = login.parse::<Login>().is_ok_and(|login| {
                    page.subscriptions
                        .get(&login.key())
                        .is_some_and(|it| it.is_open)
                });
                if is_open {
                    let _ = self.set_person(&login, mark, note);
                }
            }
            // The edge opens the options page; the core has nothing to do with it.
            FromPage::OpenOptions => {}
        }
    }

    pub(super) fn handle_popup_message(
        &mut self,
        client: ClientId,
        message: FromPopup,
        now: Timestamp,
    ) {
        match message {
            FromPopup::LookUp {
                target,
                repository,
                association,
                number,
                opened_at,
            } => {
                self.unsubscribe_all(client, now);
                match target.parse::<Target>() {
                    Ok(Target::User(login)) => {
                        if let Some(popup) = self.clients.get_mut(client) {
                            popup.repository = repository.and_then(|it| it.parse().ok());
                        }
                        let opened_at = opened_at.and_then(|it| it.parse().ok());
                        let mut subscription =
                            Subscription::requested(login, association, opened_at);
                        subscription.is_app = is_app_name(&subscription.login);
                        subscription.number = number;
                        self.subscribe(client, subscription, now);
                    }
                    Ok(Target::Item { repository, number }) => {
                        let target = format!("{repository}#{number}");
                        self.notify_popup(client, ToPopup::Resolving { target });
                        self.request_opener(client, repository, number, now);
                    }
                    Err(error) => {
                        let sentence = error.0;
                        self.notify_popup(client, ToPopup::Refused { sentence });
                    }
                }
            }
            FromPopup::Timeline => {
                let calls = self.timeline.calls();
                self.notify_popup(client, ToPopup::Timeline { calls });
            }
            FromPopup::Recent => {
                self.effects.push(Effect::LoadRecent(Recent::Popup(client)));
            }
            FromPopup::SetPerson { login, mark, note } => {
                if let Err(sentence) = self.set_person(&login, mark, note) {
                    self.notify_popup(client, ToPopup::Refused { sentence });
                }
            }
            FromPopup::Refresh => {
                for key in self.people_of(client) {
                    self.refresh(client, &key, now);
                }
            }
            FromPopup::ReadPast => {
                for key in self.people_of(client) {
                    self.read_past(client, &key, now);
                }
            }
        }
    }

    /// The keys of everybody whom a client looks at.
    fn people_of(&self, client: ClientId) -> Vec<String> {
        let client = self.clients.get(client);
        client.map_or_else(Vec::new, Client::keys)
    }

    /// Puts somebody into a client's view.
    pub(super) fn subscribe(
        &mut self,
        client: ClientId,
        subscription: Subscription,
        now: Timestamp,
    ) {
        let key = subscription.login.key();
        self.cache.watch(&key, now);
        if let Some(client) = self.clients.get_mut(client) {
            client.subscriptions.insert(key.clone(), subscription);
        }
        self.clients.mark_changed(key);
    }

    fn unsubscribe_all(&mut self, client: ClientId, now: Timestamp) {
        self.cancel_opener_calls(client, now);
        let Some(popup) = self.clients.get_mut(client) else {
            return;
        };
        let before = popup.keys();
        popup.subscriptions.clear();
        popup.repository = None;
        self.scheduler.withdraw(client, &before);
    }

    fn set_open(&mut self, client: ClientId, login: &str, is_open: bool) {
        let key = login.to_ascii_lowercase();
        if let Some(subscription) = self.clients.subscription_mut(client, &key) {
            subscription.is_open = is_open;
            subscription.sent_report = None;
            self.clients.mark_changed(key);
        }
    }

    /// Asks for everything about somebody again, whatever is known; not more
    /// often than [`Cache::begin_refresh`](super::cache::Cache::begin_refresh) allows.
    pub(super) fn refresh(&mut self, client: ClientId, login: &str, now: Timestamp) {
        let key = login.to_ascii_lowercase();
        let repository = self
            .clients
            .get(client)
            .and_then(|it| it.repository.clone());
        let Some(subscription) = self.clients.subscription_mut(client, &key) else {
            return;
        };
        subscription.is_requested = true;
        let subscription = subscription.clone();
        self.clients.mark_changed(key.clone());
        if !self.cache.begin_refresh(&key, now) {
            return;
        }
        let repository = repository.as_ref();
        let evidence = self.evidence(&subscription, repository, EvidenceUse::Plan, now);
        let assessment = assess(&evidence, self.preferences.policy(), now);
        let parts = self.wanted_parts(&subscription, &assessment, true, now);
        // Who closed is asked by pull request, in the second wave: there is no
        // first page of it.
        for part in parts.into_iter().filter(|part| *part != Part::Closers) {
            if let Some(cache_key) = CacheKey::new(part, repository, subscription.wanted_item()) {
                let request = Request {
                    client,
                    login: &subscription.login,
                    cache_key: &cache_key,
                    priority: subscription.priority.min(Priority::Card),
                    fetch: &Fetch::FirstPage,
                };
                self.request_part(&request, now);
            }
        }
    }
}

/// Whether GitHub shows an app under this name, which the API does not know as
/// an account: pages link to it by `/apps/copilot`.
fn is_app_name(login: &Login) -> bool {
    login.as_str().eq_ignore_ascii_case("copilot")
}
