//! What pages and popups say, and whom that brings into their view.

use super::client::{ClientId, Subscription};
use super::person::{CacheKey, View};
use super::priority::Priority;
use super::{Effect, Engine, Recent};
use crate::assess::assess;
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
        let Some(page) = self.clients.get_mut(&client) else {
            return;
        };
        match message {
            FromPage::People {
                repository,
                kind,
                mut people,
                is_list,
            } => {
                // It hears soon that it should not have asked.
                if self.settings.choices.pages_off.contains(&kind) {
                    people.clear();
                }
                let repository = repository.and_then(|it| it.parse().ok());
                page.set_people(repository, people);
                page.is_list = is_list;
                self.queue.withdraw_all(client);
                for key in page.subscriptions.keys() {
                    if let Some(person) = self.people.get_mut(key) {
                        person.forget_old(now);
                    }
                    self.changed.insert(key.clone());
                }
            }
            FromPage::Open { login } => self.open(client, &login, true),
            FromPage::Close { login } => self.open(client, &login, false),
            FromPage::Refresh { login } => self.refresh(client, &login, now),
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
            } => {
                self.unsubscribe_all(client, now);
                match target.parse::<Target>() {
                    Ok(Target::User(login)) => {
                        if let Some(popup) = self.clients.get_mut(&client) {
                            popup.repository = repository.and_then(|it| it.parse().ok());
                        }
                        self.subscribe(client, Subscription::requested(login, association, None));
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
                let keys: Vec<String> = self
                    .clients
                    .get(&client)
                    .map(|popup| popup.subscriptions.keys().cloned().collect())
                    .unwrap_or_default();
                for key in keys {
                    self.refresh(client, &key, now);
                }
            }
        }
    }

    /// Puts somebody into an client's view.
    pub(super) fn subscribe(&mut self, client: ClientId, subscription: Subscription) {
        let key = subscription.login.key();
        if let Some(client) = self.clients.get_mut(&client) {
            client.subscriptions.insert(key.clone(), subscription);
        }
        self.changed.insert(key);
    }

    fn unsubscribe_all(&mut self, client: ClientId, now: Timestamp) {
        self.cancel_opener_calls(client, now);
        if let Some(client) = self.clients.get_mut(&client) {
            client.subscriptions.clear();
            client.repository = None;
        }
        self.queue.withdraw_all(client);
    }

    fn open(&mut self, client: ClientId, login: &str, is_open: bool) {
        let key = login.to_ascii_lowercase();
        let subscription = self
            .clients
            .get_mut(&client)
            .and_then(|page| page.subscriptions.get_mut(&key));
        if let Some(subscription) = subscription {
            subscription.is_open = is_open;
            subscription.sent_report = None;
            self.changed.insert(key);
        }
    }

    /// Asks for everything about somebody again, whatever is known.
    fn refresh(&mut self, client: ClientId, login: &str, now: Timestamp) {
        let key = login.to_ascii_lowercase();
        let Some(page) = self.clients.get_mut(&client) else {
            return;
        };
        let repository = page.repository.clone();
        let Some(subscription) = page.subscriptions.get_mut(&key) else {
            return;
        };
        subscription.is_requested = true;
        let subscription = subscription.clone();
        self.changed.insert(key.clone());
        if self.people.contains_key(&key) {
            let evidence = self.evidence(&subscription, repository.as_ref(), View::Plan, now);
            let assessment = assess(&evidence, &self.policy, now);
            for part in self.wanted_parts(&subscription, &assessment, true) {
                if let Some(cache_key) = CacheKey::new(part, repository.as_ref()) {
                    self.request_part(
                        client,
                        &subscription,
                        Priority::Interactive,
                        &cache_key,
                        None,
                        now,
                    );
                }
            }
        }
    }
}
