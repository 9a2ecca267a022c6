//! From what clients want to jobs.

use super::client::{ClientId, Subscription};
use super::freshness::SHOWN;
use super::person::{CacheKey, Person, Standing, View};
use super::priority::Priority;
use super::retry_policy::Recheck;
use super::{Effect, Engine};
use crate::assess::{Assessment, assess};
use crate::evidence::{Gap, GapReason, Part};
use crate::github::limits::Bucket;
use crate::login::Login;
use crate::policy::PolicyName;
use crate::time::{SignedDuration, Timestamp};

impl Engine {
    /// Makes a job of everything that the levels and open reports of changed
    /// people need and that is neither known nor on its way.
    pub(super) fn plan_changed_people(&mut self, now: Timestamp) {
        let mut to_load = Vec::new();
        self.assessed.clear();
        for (client, subscription) in self.changed_subscriptions() {
            let key = subscription.login.key();
            if !self.people.contains_key(&key) {
                if self.loading.insert(key) {
                    to_load.push(subscription.login.clone());
                }
                continue;
            }
            // Each turn makes jobs for what the last one found needed; there
            // are no more turns than parts.
            for _ in Part::ALL {
                if !self.plan_subscription(client, &subscription, now) {
                    break;
                }
            }
        }
        if !to_load.is_empty() {
            self.effects.push(Effect::Load(to_load));
        }
    }

    /// Returns whether there was anything new to ask.
    fn plan_subscription(
        &mut self,
        client: ClientId,
        subscription: &Subscription,
        now: Timestamp,
    ) -> bool {
        let repository = self
            .clients
            .get(&client)
            .and_then(|it| it.repository.clone());
        let evidence = self.evidence(subscription, repository.as_ref(), View::Plan, now);
        let assessment = assess(&evidence, &self.policy, now);
        let fresh = SignedDuration::from_mins(self.settings.choices.fresh_minutes.into());
        let mut is_new = false;
        for part in self.wanted_parts(subscription, &assessment, false) {
            let Some(cache_key) = CacheKey::new(part, repository.as_ref()) else {
                continue;
            };
            let Some(person) = self.people.get(&subscription.login.key()) else {
                continue;
            };
            let is_on_its_way = self
                .queue
                .get(&(subscription.login.key(), cache_key.clone()))
                .is_some();
            let after = match person.standing(&cache_key, subscription.opened_at, fresh, now) {
                Standing::Absent | Standing::Stale => None,
                // Known, and still needed: the pages that follow. They are asked
                // for once everything else is there, so that what is fetched
                // does not hang on the order of the answers.
                Standing::Settled if assessment.needs.contains(part) && !is_on_its_way => {
                    let key = subscription.login.key();
                    let is_all_else_there = self.queue.cache_keys_of(&key).next().is_none();
                    match person.next_page(&cache_key).filter(|_| is_all_else_there) {
                        Some(next) => Some(next.to_owned()),
                        None => continue,
                    }
                }
                // Somebody else's wish is joined, and none is made.
                Standing::Settled if is_on_its_way => None,
                Standing::Settled => continue,
            };
            if !self.may_begin(client, subscription, now) {
                return false;
            }
            // What only the card shows must not stand in the way of badges.
            let priority = if subscription.is_open || assessment.needs.contains(part) {
                subscription.priority()
            } else {
                Priority::Others
            };
            is_new |= self.request_part(
                client,
                subscription,
                priority,
                &cache_key,
                after.as_deref(),
                now,
            );
        }
        if !is_new {
            self.assessed
                .push((client, subscription.login.key(), assessment));
        }
        is_new
    }

    /// The parts an client wants of somebody, known or not.
    pub(super) fn wanted_parts(
        &self,
        subscription: &Subscription,
        assessment: &Assessment,
        all: bool,
    ) -> Vec<Part> {
        if subscription.is_app || subscription.login.is_ghost() || !self.may_look_up(subscription) {
            return Vec::new();
        }
        let needs_none =
            subscription.is_known_insider() || self.is_trusted(&subscription.login.key());
        if needs_none && !subscription.is_open && !subscription.is_requested {
            return Vec::new();
        }
        let mut parts = assessment.needs;
        let has_token = self.settings.token.is_some();
        if subscription.wants_whole_report() || all {
            // Without a token only three calls can be spared.
            parts.extend(
                SHOWN
                    .into_iter()
                    .filter(|part| has_token || is_cheap(*part)),
            );
            if has_token {
                parts.insert(Part::Here);
            }
            if self.policy.name() == PolicyName::Classic {
                parts.insert(Part::Email);
            }
        }
        let may_be_asked = |part: &Part| has_token || !needs_token(*part);
        parts.iter().filter(may_be_asked).collect()
    }

    /// Without a token the opener is looked up, and others on request.
    pub(super) fn may_look_up(&self, subscription: &Subscription) -> bool {
        self.settings.token.is_some()
            || subscription.priority == Priority::Opener
            || subscription.is_requested
    }

    pub(super) fn request_part(
        &mut self,
        client: ClientId,
        subscription: &Subscription,
        priority: Priority,
        cache_key: &CacheKey,
        after: Option<&str>,
        now: Timestamp,
    ) -> bool {
        if self.is_token_refused {
            if let Some(person) = self.people.get_mut(&subscription.login.key()) {
                let gap = Gap::new(GapReason::TokenRefused);
                person.miss(cache_key, gap, Recheck::WithToken, now);
            }
            return false;
        }
        let bucket = self.bucket(cache_key.part);
        let is_new = self.queue.request(
            client,
            priority,
            &subscription.login,
            cache_key,
            bucket,
            after,
            now,
        );
        let failed = self
            .people
            .get(&subscription.login.key())
            .and_then(|it| it.failed(cache_key));
        if is_new && failed.is_some_and(|it| it.is_over) {
            // One quiet look at a time: what failed before is tried once.
            self.queue
                .spend_tries(&(subscription.login.key(), cache_key.clone()));
        }
        is_new
    }

    /// The bucket that will pay for a part.
    pub(super) fn bucket(&self, part: Part) -> Bucket {
        let has_token = self.settings.token.is_some();
        match part {
            Part::Email | Part::SocialAccounts | Part::Organizations => Bucket::Core,
            Part::Account if !has_token => Bucket::Core,
            Part::PullRequests | Part::Issues | Part::Here if !has_token => Bucket::Search,
            Part::Account | Part::Counts | Part::PullRequests | Part::Issues | Part::Here => {
                Bucket::Graphql
            }
        }
    }

    pub(super) fn person_mut(&mut self, login: &Login) -> &mut Person {
        self.people
            .entry(login.key())
            .or_insert_with(|| Person::new(login.clone()))
    }
}

/// The parts that only a token opens: GitHub's GraphQL, and an e-mail address
/// is given to nobody without one.
pub(super) fn needs_token(part: Part) -> bool {
    matches!(part, Part::Counts | Part::Email | Part::SocialAccounts)
}

/// The three calls an author costs without a token.
fn is_cheap(part: Part) -> bool {
    matches!(part, Part::Account | Part::PullRequests | Part::Issues)
}
