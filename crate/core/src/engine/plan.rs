//! Decides which parts each person who has changed still needs, and makes jobs
//! of them.

use super::cache_key::CacheKey;
use super::client::{ClientId, Subscription};
use super::job::{Fetch, Job};
use super::person::CacheState;
use super::person_evidence::EvidenceUse;
use super::priority::Priority;
use super::retry_policy::Recheck;
use super::scheduler::Request;
use super::{Effect, Engine};
use crate::assess::{Assessment, assess};
use crate::evidence::{Gap, GapReason, Part};
use crate::github::call::MAX_CLOSERS;
use crate::github::limits::Bucket;
use crate::policy::PolicyName;
use crate::report::Level;
use crate::time::Timestamp;

/// The parts a whole report shows, beyond those the level needs.
pub(super) const WHOLE_REPORT: [Part; 6] = [
    Part::Account,
    Part::PullRequests,
    Part::Issues,
    Part::Organizations,
    Part::SocialAccounts,
    Part::Counts,
];

impl Engine {
    /// Makes a job of everything that the levels and open reports of changed
    /// people need and that is neither known nor on its way.
    pub(super) fn plan_changed_people(&mut self, now: Timestamp) {
        let mut to_load = Vec::new();
        self.assessed.clear();
        for (client, subscription) in self.clients.changed() {
            let key = subscription.login.key();
            if self.cache.needs_load(&key) {
                to_load.push(subscription.login.clone());
            }
            if self.cache.get(&key).is_none() {
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
        let of_client = self.clients.get(client);
        let repository = of_client.and_then(|it| it.repository_of(subscription));
        let evidence = self.evidence(subscription, repository.as_ref(), EvidenceUse::Plan, now);
        let assessment = assess(&evidence, self.preferences.policy(), now);
        let mut is_new = false;
        for part in self.wanted_parts(subscription, &assessment, false, now) {
            let Some(cache_key) =
                CacheKey::new(part, repository.as_ref(), subscription.wanted_item())
            else {
                continue;
            };
            let Some(fetch) = self.next_fetch(subscription, &cache_key, &assessment, now) else {
                continue;
            };
            if !self.begin_on_list(client, subscription, now) {
                return false;
            }
            // What only the card shows, or who turns out to be known although
            // a level is told, must not stand in the way of badges.
            let is_pending = assessment.report.level == Level::Pending;
            let is_for_level =
                is_pending && assessment.needs.contains(part) || fetch == Fetch::FirstPageBySearch;
            let priority = if subscription.is_open || is_for_level {
                subscription.priority()
            } else {
                subscription.priority().max(Priority::Others)
            };
            let request = Request {
                client,
                priority,
                login: &subscription.login,
                cache_key: &cache_key,
                fetch: &fetch,
            };
            is_new |= self.request_part(&request, now);
        }
        if !is_new {
            let key = subscription.login.key();
            self.assessed.push((client, key, assessment));
        }
        is_new
    }

    /// What of a cache key is to be asked for next; nothing where it is known, or
    /// has just been asked for in vain.
    fn next_fetch(
        &self,
        subscription: &Subscription,
        cache_key: &CacheKey,
        assessment: &Assessment,
        now: Timestamp,
    ) -> Option<Fetch> {
        let key = subscription.login.key();
        let person = self.cache.get(&key)?;
        let part = cache_key.part;
        let jobs = self.scheduler.jobs_of(&key);
        if jobs.iter().any(|job| job.cache_key == *cache_key) {
            // The request will only join this client to the job there is,
            // whatever that fetches.
            return Some(Fetch::FirstPage);
        }
        if part == Part::Closers {
            // The second wave: once everything else is there that they hang on.
            let precedes_closers =
                |job: &Job| !matches!(job.cache_key.part, Part::Counts | Part::SocialAccounts);
            let may = !person.is_blocked(cache_key, now) && !jobs.iter().any(precedes_closers);
            let ids = assessment.closers_needed.iter().take(MAX_CLOSERS.into());
            let ids: Vec<String> = ids.cloned().collect();
            return (may && !ids.is_empty()).then_some(Fetch::Closers(ids));
        }
        let fresh = self.preferences.fresh();
        let state = person.state(cache_key, subscription.opened_at, fresh, now);
        if state != CacheState::Fresh {
            return Some(Fetch::FirstPage);
        }
        if person.is_blocked(cache_key, now) {
            return None;
        }
        let is_activity = matches!(part, Part::PullRequests | Part::Issues);
        if is_activity && person.doubts_connections(subscription.opened_at, now) {
            return Some(Fetch::FirstPageBySearch);
        }
        // Known, and still needed: the pages that follow. They are asked for
        // once everything else is there, so that what is fetched does not
        // depend on the order of the answers. An open report has its numbers
        // from all of them.
        let lacks_only_merged = person.lacks_only_merged(cache_key);
        let is_needed = assessment.needs.contains(part)
            || subscription.wants_whole_report() && lacks_only_merged;
        let is_needed = is_needed && jobs.is_empty();
        let next = person.next_page(cache_key).filter(|_| is_needed)?;
        let next = next.to_owned();
        let is_balanced = self.preferences.policy().name() == PolicyName::Balanced;
        Some(if is_balanced && person.may_ask_unmerged(cache_key, now) {
            Fetch::Unmerged
        } else if lacks_only_merged {
            Fetch::NextMergedPage(next)
        } else if person.is_by_search(cache_key) {
            Fetch::NextPageBySearch(next)
        } else {
            Fetch::NextPage(next)
        })
    }

    /// Begins the look-up of somebody, which on a list takes one from the list
    /// quota. Returns whether it may run: what has begun goes on, and what a
    /// person asks for takes nothing.
    fn begin_on_list(
        &mut self,
        client: ClientId,
        subscription: &Subscription,
        now: Timestamp,
    ) -> bool {
        let most = self.preferences.choices().list_look_ups;
        let Some(page) = self.clients.get_mut(client) else {
            return false;
        };
        let key = subscription.login.key();
        let is_free = !page.is_list || subscription.is_open || subscription.is_requested;
        if is_free || page.begun.contains(&key) {
            return true;
        }
        let may = subscription.priority == Priority::InView && self.list_quota.begin(most, now);
        if may {
            page.begun.insert(key);
        }
        may
    }

    /// When the next look-up on a list may begin, if any waits for that.
    pub(super) fn next_list_begin(&self) -> Option<Timestamp> {
        let most = self.preferences.choices().list_look_ups;
        let at = self.list_quota.next_begin(most)?;
        let mut clients = self.clients.iter();
        let is_waited_for = clients.any(|(_, client)| !client.waiting_on_list().is_empty());
        is_waited_for.then_some(at)
    }

    /// Looks again at those who wait for their turn on a list.
    pub(super) fn resume_lists(&mut self, now: Timestamp) {
        self.list_quota.forget_before(now);
        let clients = self.clients.iter();
        let waiting: Vec<String> = clients.flat_map(|(_, it)| it.waiting_on_list()).collect();
        for key in waiting {
            self.clients.mark_changed(key);
        }
    }

    /// The parts a client wants of somebody, known or not.
    pub(super) fn wanted_parts(
        &self,
        subscription: &Subscription,
        assessment: &Assessment,
        all: bool,
        now: Timestamp,
    ) -> Vec<Part> {
        if subscription.is_app || subscription.login.is_ghost() || !self.may_look_up(subscription) {
            return Vec::new();
        }
        // A run shows levels and no marks.
        let needs_none = subscription.is_known_insider()
            || !subscription.priority.is_of_run()
                && self.preferences.is_trusted(&subscription.login.key());
        if needs_none && !subscription.is_open && !subscription.is_requested {
            return Vec::new();
        }
        let mut parts = assessment.needs;
        if self
            .cache
            .get(&subscription.login.key())
            .is_some_and(|it| it.doubts_connections(subscription.opened_at, now))
        {
            parts.extend([Part::PullRequests, Part::Issues]);
        }
        let has_token = self.preferences.has_token();
        if subscription.wants_whole_report() || all {
            // Without a token only three calls can be spared.
            parts.extend(
                WHOLE_REPORT
                    .into_iter()
                    .filter(|part| has_token || is_cheap(*part)),
            );
            if has_token {
                parts.insert(Part::Here);
                parts.insert(Part::ThisItem);
            }
            if self.preferences.policy().name() == PolicyName::Classic {
                parts.insert(Part::Email);
            }
        }
        let may_be_asked = |part: &Part| has_token || !needs_token(*part);
        parts.iter().filter(may_be_asked).collect()
    }

    /// Without a token the opener is looked up, and others on request.
    pub(super) fn may_look_up(&self, subscription: &Subscription) -> bool {
        self.preferences.has_token()
            || subscription.priority == Priority::Opener
            || subscription.is_requested
    }

    /// Makes a job of a request, or joins the one there is; returns whether
    /// it is new.
    pub(super) fn request_part(&mut self, request: &Request, now: Timestamp) -> bool {
        let Request {
            login, cache_key, ..
        } = *request;
        if self.preferences.is_token_refused() {
            let gap = Gap::new(GapReason::TokenRefused);
            self.cache
                .record_failure(login, cache_key, gap, Recheck::WithToken, now);
            return false;
        }
        let bucket = self.bucket(cache_key.part);
        let is_new = self.scheduler.request(request, bucket, now);
        let key = login.key();
        let failed = self.cache.get(&key).and_then(|it| it.failed(cache_key));
        if is_new && failed.is_some_and(|it| it.is_over) {
            // What failed before is tried once, and not again and again.
            self.scheduler.spend_tries(&(key, cache_key.clone()));
        }
        is_new
    }

    /// The bucket that will pay for a part.
    pub(super) fn bucket(&self, part: Part) -> Bucket {
        let has_token = self.preferences.has_token();
        match part {
            Part::Email | Part::SocialAccounts | Part::Organizations => Bucket::Core,
            Part::Account if !has_token => Bucket::Core,
            Part::PullRequests | Part::Issues | Part::Here if !has_token => Bucket::Search,
            Part::Account
            | Part::Counts
            | Part::PullRequests
            | Part::Issues
            | Part::Here
            | Part::Closers
            | Part::ThisItem => Bucket::Graphql,
        }
    }
}

/// The parts that only a token opens: GitHub's GraphQL, and an e-mail address
/// is given to nobody without one.
pub(super) fn needs_token(part: Part) -> bool {
    matches!(
        part,
        Part::Counts | Part::Email | Part::SocialAccounts | Part::Closers | Part::ThisItem
    )
}

/// The three calls an author costs without a token.
fn is_cheap(part: Part) -> bool {
    matches!(part, Part::Account | Part::PullRequests | Part::Issues)
}
