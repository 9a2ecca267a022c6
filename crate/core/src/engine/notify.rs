//! From evidence to what clients are told.

use super::client::{Client, ClientId, ClientKind, Subscription};
use super::person::{CacheKey, Person, Progress, View, unknown};
use super::plan::needs_token;
use super::{Effect, Engine};
use crate::assess::assess;
use crate::evidence::{Account, Evidence, Fact, Gap, GapReason, Part, Parts};
use crate::message::{Badge, ToPage, ToPopup};
use crate::report::Level;
use crate::repository::Repository;
use crate::time::Timestamp;
use std::rc::Rc;

impl Engine {
    /// The evidence of this moment, as this client sees it.
    pub(super) fn evidence(
        &self,
        subscription: &Subscription,
        repository: Option<&Repository>,
        view: View,
        now: Timestamp,
    ) -> Evidence {
        let key = subscription.login.key();
        let progress =
            |cache_key: &CacheKey| match self.queue.get(&(key.clone(), cache_key.clone())) {
                None => Progress::Idle,
                Some(job) if job.is_waiting() => self
                    .rate_limiter
                    .gap(job.bucket, job.priority(), now)
                    .map_or(Progress::Coming, Progress::Held),
                Some(_) => Progress::Coming,
            };
        let mut evidence = match self.people.get(&key) {
            Some(person) => person.evidence(repository, now, view, progress),
            // The store is being asked: nothing is known yet, and all of it is coming.
            None => Person::new(subscription.login.clone())
                .evidence(repository, now, view, |_| Progress::Coming),
        };
        evidence.association = subscription.association;
        evidence.opened_here_at = subscription.opened_at;
        if subscription.is_app {
            evidence.account = Fact::Known {
                value: Account::App,
                at: now,
            };
        }
        if self.settings.token.is_none() && !subscription.is_known_insider() {
            let may = self.may_look_up(subscription);
            for part in Part::ALL {
                let is_out_of_reach = !may || needs_token(part);
                let reason = if may {
                    GapReason::NoToken
                } else {
                    GapReason::OnRequest
                };
                if is_out_of_reach && evidence.is_not_asked(part) {
                    unknown(&mut evidence, part, Some(Gap::new(reason)));
                }
            }
        }
        evidence
    }

    pub(super) fn notify_clients(&mut self, now: Timestamp) {
        let mut badges: Vec<(ClientId, Badge)> = Vec::new();
        let mut assessed = std::mem::take(&mut self.assessed).into_iter().peekable();
        for (client, subscription) in self.changed_subscriptions() {
            let Some(place) = self.clients.get(&client) else {
                continue;
            };
            let is_page = place.kind == ClientKind::Page;
            let repository = place.repository.clone();
            let key = subscription.login.key();
            let known = assessed.next_if(|(to, of, _)| *to == client && *of == key);
            let mut report = match known {
                Some((.., assessment)) if self.is_quiet(&key) => assessment.report,
                _ => {
                    let repository = repository.as_ref();
                    let evidence = self.evidence(&subscription, repository, View::Tell, now);
                    assess(&evidence, &self.policy, now).report
                }
            };
            let mut coming: Parts = report.coming.iter().copied().collect();
            coming.extend(
                self.queue
                    .cache_keys_of(&key)
                    .map(|cache_key| cache_key.part),
            );
            report.coming = coming.iter().collect();
            report.vouched = self.vouched(repository.as_ref(), &subscription.login);
            let own = self.own(&key).cloned();
            let badge = Badge {
                login: subscription.spelled.clone(),
                // Trust hides nothing that is known of somebody and is an alert.
                level: match report.level {
                    Level::Alert => Level::Alert,
                    _ if self.is_trusted(&key) => Level::Known,
                    level => level,
                },
                mark: own.as_ref().and_then(|own| own.mark),
            };
            if is_page && subscription.sent_badge.as_ref() != Some(&badge) {
                badges.push((client, badge.clone()));
            }
            let is_report_new =
                subscription.is_open && subscription.sent_report.as_deref() != Some(&report);
            let report = Rc::new(report);
            if is_report_new {
                let report = report.clone();
                self.effects.push(if is_page {
                    Effect::NotifyPage(client, ToPage::Report { report, own })
                } else {
                    Effect::NotifyPopup(client, ToPopup::Report { report, own })
                });
            }
            let told = self
                .clients
                .get_mut(&client)
                .and_then(|place| place.subscriptions.get_mut(&key));
            if let Some(told) = told {
                told.sent_badge = Some(badge);
                if is_report_new {
                    told.sent_report = Some(report);
                }
            }
        }
        self.changed.clear();
        for client in self.clients.keys().copied() {
            let its = badges.iter().filter(|(to, _)| *to == client);
            let badges: Vec<_> = its.map(|(_, badge)| badge.clone()).collect();
            if !badges.is_empty() {
                self.effects
                    .push(Effect::NotifyPage(client, ToPage::Badges { badges }));
            }
        }
    }

    /// Whether of this person nothing is on its way and nothing has failed:
    /// then what is told of them is what was seen when the plan was made.
    fn is_quiet(&self, key: &str) -> bool {
        self.queue.cache_keys_of(key).next().is_none()
            && self.people.get(key).is_some_and(|it| !it.has_failed())
    }

    pub(super) fn notify_popup(&mut self, client: ClientId, message: ToPopup) {
        self.effects.push(Effect::NotifyPopup(client, message));
    }

    pub(super) fn changed_subscriptions(&self) -> Vec<(ClientId, Subscription)> {
        let of = |(client, place): (&ClientId, &Client)| {
            let client = *client;
            let subscriptions = self
                .changed
                .iter()
                .filter_map(|key| place.subscriptions.get(key));
            subscriptions
                .map(|it| (client, it.clone()))
                .collect::<Vec<_>>()
        };
        self.clients.iter().flat_map(of).collect()
    }
}
