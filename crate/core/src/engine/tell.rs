//! From evidence to what askers are told.

use super::asker::{Asker, AskerId, AskerKind, Subject};
use super::person::{Person, Progress, Slot, View, unknown};
use super::want::needs_token;
use super::{Effect, Engine};
use crate::assess::assess;
use crate::evidence::{Account, Evidence, Fact, Gap, GapReason, Part, Parts};
use crate::message::{Badge, ToPage, ToPopup};
use crate::report::Level;
use crate::repository::Repository;
use crate::time::Timestamp;
use std::rc::Rc;

impl Engine {
    /// The evidence of this moment, as this asker sees it.
    pub(super) fn evidence(
        &self,
        subject: &Subject,
        repository: Option<&Repository>,
        view: View,
        now: Timestamp,
    ) -> Evidence {
        let key = subject.login.key();
        let progress = |slot: &Slot| match self.queue.get(&(key.clone(), slot.clone())) {
            None => Progress::Idle,
            Some(job) if job.is_waiting() => self
                .gate
                .gap(job.bucket, job.rank(), now)
                .map_or(Progress::Coming, Progress::Held),
            Some(_) => Progress::Coming,
        };
        let mut evidence = match self.people.get(&key) {
            Some(person) => person.evidence(repository, now, view, progress),
            // The store is being asked: nothing is known yet, and all of it is coming.
            None => Person::new(subject.login.clone())
                .evidence(repository, now, view, |_| Progress::Coming),
        };
        evidence.association = subject.association;
        evidence.opened_here_at = subject.opened_at;
        if subject.is_app {
            evidence.account = Fact::Known {
                value: Account::App,
                at: now,
            };
        }
        if self.settings.token.is_none() && !subject.is_known_insider() {
            let may = self.may_look_up(subject);
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

    pub(super) fn tell_what_changed(&mut self, now: Timestamp) {
        let mut badges: Vec<(AskerId, Badge)> = Vec::new();
        let mut assessed = std::mem::take(&mut self.assessed).into_iter().peekable();
        for (asker, subject) in self.changed_subjects() {
            let Some(place) = self.askers.get(&asker) else {
                continue;
            };
            let is_page = place.kind == AskerKind::Page;
            let repository = place.repository.clone();
            let key = subject.login.key();
            let known = assessed.next_if(|(to, of, _)| *to == asker && *of == key);
            let mut report = match known {
                Some((.., assessment)) if self.is_quiet(&key) => assessment.report,
                _ => {
                    let repository = repository.as_ref();
                    let evidence = self.evidence(&subject, repository, View::Tell, now);
                    assess(&evidence, &self.policy, now).report
                }
            };
            let mut coming: Parts = report.coming.iter().copied().collect();
            coming.extend(self.queue.slots_of(&key).map(|slot| slot.part));
            report.coming = coming.iter().collect();
            report.vouched = self.vouched(repository.as_ref(), &subject.login);
            let own = self.own(&key).cloned();
            let badge = Badge {
                login: subject.spelled.clone(),
                // Trust hides nothing that is known of somebody and is an alert.
                level: match report.level {
                    Level::Alert => Level::Alert,
                    _ if self.is_trusted(&key) => Level::Known,
                    level => level,
                },
                mark: own.as_ref().and_then(|own| own.mark),
            };
            if is_page && subject.told_badge.as_ref() != Some(&badge) {
                badges.push((asker, badge.clone()));
            }
            let is_report_new = subject.is_open && subject.told_report.as_deref() != Some(&report);
            let report = Rc::new(report);
            if is_report_new {
                let report = report.clone();
                self.effects.push(if is_page {
                    Effect::TellPage(asker, ToPage::Report { report, own })
                } else {
                    Effect::TellPopup(asker, ToPopup::Report { report, own })
                });
            }
            let told = self
                .askers
                .get_mut(&asker)
                .and_then(|place| place.subjects.get_mut(&key));
            if let Some(told) = told {
                told.told_badge = Some(badge);
                if is_report_new {
                    told.told_report = Some(report);
                }
            }
        }
        self.changed.clear();
        for asker in self.askers.keys().copied() {
            let its = badges.iter().filter(|(to, _)| *to == asker);
            let badges: Vec<_> = its.map(|(_, badge)| badge.clone()).collect();
            if !badges.is_empty() {
                self.effects
                    .push(Effect::TellPage(asker, ToPage::Badges { badges }));
            }
        }
    }

    /// Whether of this person nothing is on its way and nothing has failed:
    /// then what is told of them is what was seen when the plan was made.
    fn is_quiet(&self, key: &str) -> bool {
        self.queue.slots_of(key).next().is_none()
            && self.people.get(key).is_some_and(|it| !it.has_failed())
    }

    pub(super) fn tell_popup(&mut self, asker: AskerId, message: ToPopup) {
        self.effects.push(Effect::TellPopup(asker, message));
    }

    pub(super) fn changed_subjects(&self) -> Vec<(AskerId, Subject)> {
        let of = |(asker, place): (&AskerId, &Asker)| {
            let asker = *asker;
            let subjects = self
                .changed
                .iter()
                .filter_map(|key| place.subjects.get(key));
            subjects.map(|it| (asker, it.clone())).collect::<Vec<_>>()
        };
        self.askers.iter().flat_map(of).collect()
    }
}
