//! Sends clients the badges and open reports that have changed.

use super::cache_key::CacheKey;
use super::client::{ClientId, ClientKind, Subscription};
use super::job::{Fetch, Job};
use super::person::Person;
use super::person_evidence::{EvidenceUse, Progress, unknown};
use super::plan::needs_token;
use super::{Effect, Engine};
use crate::assess::{Assessment, assess};
use crate::evidence::{Account, Evidence, Fact, Gap, GapReason, Part, Parts};
use crate::message::{Badge, ToPage, ToPopup, ToTriage};
use crate::own::Mark;
use crate::report::{AuthorReport, Level};
use crate::repository::Repository;
use crate::time::Timestamp;
use std::rc::Rc;

impl Engine {
    /// The evidence of this moment, as this client sees it.
    pub(super) fn evidence(
        &self,
        subscription: &Subscription,
        repository: Option<&Repository>,
        purpose: EvidenceUse,
        now: Timestamp,
    ) -> Evidence {
        let key = subscription.login.key();
        let number = subscription.wanted_item();
        let coming = |job: &Job| match job.fetch {
            Fetch::FirstPageBySearch => Progress::Replacing,
            _ => Progress::Coming,
        };
        let progress =
            |cache_key: &CacheKey| match self.scheduler.get(&(key.clone(), cache_key.clone())) {
                // Closers and further pages are asked for last: what holds up the
                // rest holds them up too.
                None if purpose == EvidenceUse::Report && has_follow_up(cache_key.part) => {
                    let jobs = self.scheduler.jobs_of(&key).iter();
                    let waiting = jobs.filter(|job| job.is_waiting());
                    let mut gaps = waiting
                        .filter_map(|job| self.rate_limiter.gap(job.bucket, job.priority(), now));
                    gaps.next().map_or(Progress::Idle, Progress::Held)
                }
                None => Progress::Idle,
                Some(job) if job.is_waiting() => self
                    .rate_limiter
                    .gap(job.bucket, job.priority(), now)
                    .map_or(coming(job), Progress::Held),
                Some(job) => coming(job),
            };
        let mut evidence = match self.cache.get(&key) {
            Some(person) => person.evidence(repository, number, now, purpose, progress),
            // The store is being asked: nothing is known yet, and all of it is coming.
            None => Person::new(subscription.login.clone()).evidence(
                repository,
                number,
                now,
                purpose,
                |_| Progress::Coming,
            ),
        };
        evidence.association = subscription.association;
        evidence.opened_here_at = subscription.opened_at;
        if subscription.is_app {
            evidence.account = Fact::Known {
                value: Account::App,
                at: now,
            };
        }
        if !self.preferences.has_token() && !subscription.is_known_insider() {
            let may = self.may_look_up(subscription);
            let is_shown = |part: &Part| *part != Part::ThisItem || number.is_some();
            for part in Part::ALL.into_iter().filter(is_shown) {
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

    /// Sends clients the badges and open reports that have changed.
    pub(super) fn notify_clients(&mut self, now: Timestamp) {
        let mut badges: Vec<(ClientId, Badge)> = Vec::new();
        let mut assessed = std::mem::take(&mut self.assessed).into_iter().peekable();
        for (client, subscription) in self.clients.changed() {
            let Some(of_client) = self.clients.get(client) else {
                continue;
            };
            let kind = of_client.kind;
            let repository = of_client.repository_of(&subscription);
            let key = subscription.login.key();
            let planned = assessed.next_if(|(to, of, _)| *to == client && *of == key);
            let planned = planned.map(|(.., assessment)| assessment);
            let (mut report, is_new_here) =
                self.report(&subscription, repository.as_ref(), planned, now);
            if report.level == Level::Pending
                && let Some((reason, short)) = self.wait_of(of_client, &subscription)
            {
                report.reasons = vec![reason];
                report.short_reason = Some(short);
            }
            if let ClientKind::Run(run) = kind {
                self.note_run_report(run, &key, &report, now);
                continue;
            }
            let is_page = kind == ClientKind::Page;
            let own = self.preferences.own(&key).cloned();
            let mark = own.as_ref().and_then(|own| own.mark);
            // Trust takes the place of every level but an alert.
            let is_trusted = report.level != Level::Alert && mark == Some(Mark::Trusted);
            let badge = Badge {
                login: subscription.spelled.clone(),
                level: if is_trusted {
                    Level::Known
                } else {
                    report.level
                },
                reason: report.short_reason.clone().filter(|_| !is_trusted),
                mark,
                is_new_here,
            };
            if is_page && subscription.sent_badge.as_ref() != Some(&badge) {
                badges.push((client, badge.clone()));
            }
            let is_report_new =
                subscription.is_open && subscription.sent_report.as_deref() != Some(&report);
            let report = Rc::new(report);
            if is_report_new {
                let report = report.clone();
                self.effects
                    .push(match (kind, self.triage.open_row(client)) {
                        (ClientKind::Page, _) => {
                            Effect::NotifyPage(client, ToPage::Report { report, own })
                        }
                        (_, Some(row)) => {
                            Effect::NotifyTriage(client, ToTriage::Report { row, report, own })
                        }
                        (_, None) => Effect::NotifyPopup(client, ToPopup::Report { report, own }),
                    });
            }
            if let Some(sent) = self.clients.subscription_mut(client, &key) {
                sent.sent_badge = Some(badge);
                if is_report_new {
                    sent.sent_report = Some(report);
                }
            }
        }
        self.clients.clear_changed();
        // The badges of one client stand together.
        for of_client in badges.chunk_by(|(one, _), (other, _)| one == other) {
            if let Some((client, _)) = of_client.first() {
                let badges = of_client.iter().map(|(_, badge)| badge.clone()).collect();
                let message = ToPage::Badges { badges };
                self.effects.push(Effect::NotifyPage(*client, message));
            }
        }
    }

    /// The current report, and whether the author is new here. Takes over the
    /// assessment that was `planned` with, if nothing of this person is on its
    /// way and nothing has failed.
    fn report(
        &self,
        subscription: &Subscription,
        repository: Option<&Repository>,
        planned: Option<Assessment>,
        now: Timestamp,
    ) -> (AuthorReport, bool) {
        let key = subscription.login.key();
        let planned = planned.filter(|_| self.is_settled(&key));
        let assessment = planned.unwrap_or_else(|| {
            let evidence = self.evidence(subscription, repository, EvidenceUse::Report, now);
            assess(&evidence, self.preferences.policy(), now)
        });
        let Assessment {
            mut report,
            is_new_here,
            ..
        } = assessment;
        let mut coming: Parts = report.coming.iter().copied().collect();
        let jobs = self.scheduler.jobs_of(&key);
        coming.extend(jobs.iter().map(|job| job.cache_key.part));
        // A part that waits for a spent limit is told as a gap, and not as coming too.
        let is_gap = |part: &Part| report.gaps.iter().any(|gap| gap.part == *part);
        report.coming = coming.iter().filter(|part| !is_gap(part)).collect();
        report.vouched = self.vouched.of(repository, &subscription.login);
        report.record_then = self.record_then(subscription, repository, now);
        (report, is_new_here)
    }

    /// Whether of this person nothing is on its way and nothing has failed:
    /// then the plan's assessment is also the one to report.
    fn is_settled(&self, key: &str) -> bool {
        self.scheduler.jobs_of(key).is_empty()
            && self.cache.get(key).is_some_and(|it| !it.has_failed())
    }

    pub(super) fn notify_popup(&mut self, client: ClientId, message: ToPopup) {
        self.effects.push(Effect::NotifyPopup(client, message));
    }
}

/// Whether a part has something that is asked for once everything else is there.
fn has_follow_up(part: Part) -> bool {
    matches!(part, Part::Closers | Part::PullRequests | Part::Issues)
}
