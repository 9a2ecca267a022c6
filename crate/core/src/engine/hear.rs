//! What pages and popups say, and whom that brings into their view.

use super::asker::{AskerId, Subject};
use super::person::{Slot, View};
use super::rank::Rank;
use super::{Effect, Engine, Recent};
use crate::assess::assess;
use crate::message::{FromPage, FromPopup, ToPopup};
use crate::target::Target;
use crate::time::Timestamp;

impl Engine {
    pub(super) fn hear_page(&mut self, asker: AskerId, message: FromPage, now: Timestamp) {
        let Some(page) = self.askers.get_mut(&asker) else {
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
                self.queue.unwant_all(asker);
                for key in page.subjects.keys() {
                    if let Some(person) = self.people.get_mut(key) {
                        person.forget_old(now);
                    }
                    self.changed.insert(key.clone());
                }
            }
            FromPage::Open { login } => self.open(asker, &login, true),
            FromPage::Close { login } => self.open(asker, &login, false),
            FromPage::Refresh { login } => self.refresh(asker, &login, now),
            // The edge opens the options page; the core has nothing to do with it.
            FromPage::OpenOptions => {}
        }
    }

    pub(super) fn hear_popup(&mut self, asker: AskerId, message: FromPopup, now: Timestamp) {
        match message {
            FromPopup::LookUp {
                target,
                repository,
                association,
            } => {
                self.forget_subjects(asker, now);
                match target.parse::<Target>() {
                    Ok(Target::User(login)) => {
                        if let Some(popup) = self.askers.get_mut(&asker) {
                            popup.repository = repository.and_then(|it| it.parse().ok());
                        }
                        self.look_at(asker, Subject::by_hand(login, association, None));
                    }
                    Ok(Target::Item { repository, number }) => {
                        let target = format!("{repository}#{number}");
                        self.tell_popup(asker, ToPopup::Resolving { target });
                        self.ask_for_opener(asker, repository, number, now);
                    }
                    Err(error) => {
                        let sentence = error.0;
                        self.tell_popup(asker, ToPopup::Refused { sentence });
                    }
                }
            }
            FromPopup::Timeline => {
                let calls = self.timeline.calls();
                self.tell_popup(asker, ToPopup::Timeline { calls });
            }
            FromPopup::Recent => {
                self.effects.push(Effect::LoadRecent(Recent::Popup(asker)));
            }
            FromPopup::SetPerson { login, mark, note } => {
                if let Err(sentence) = self.set_person(&login, mark, note) {
                    self.tell_popup(asker, ToPopup::Refused { sentence });
                }
            }
            FromPopup::Refresh => {
                let keys: Vec<String> = self
                    .askers
                    .get(&asker)
                    .map(|popup| popup.subjects.keys().cloned().collect())
                    .unwrap_or_default();
                for key in keys {
                    self.refresh(asker, &key, now);
                }
            }
        }
    }

    /// Puts somebody into an asker's view.
    pub(super) fn look_at(&mut self, asker: AskerId, subject: Subject) {
        let key = subject.login.key();
        if let Some(asker) = self.askers.get_mut(&asker) {
            asker.subjects.insert(key.clone(), subject);
        }
        self.changed.insert(key);
    }

    fn forget_subjects(&mut self, asker: AskerId, now: Timestamp) {
        self.forget_questions_of(asker, now);
        if let Some(asker) = self.askers.get_mut(&asker) {
            asker.subjects.clear();
            asker.repository = None;
        }
        self.queue.unwant_all(asker);
    }

    fn open(&mut self, asker: AskerId, login: &str, is_open: bool) {
        let key = login.to_ascii_lowercase();
        let subject = self
            .askers
            .get_mut(&asker)
            .and_then(|page| page.subjects.get_mut(&key));
        if let Some(subject) = subject {
            subject.is_open = is_open;
            subject.told_report = None;
            self.changed.insert(key);
        }
    }

    /// Asks for everything about somebody again, whatever is known.
    fn refresh(&mut self, asker: AskerId, login: &str, now: Timestamp) {
        let key = login.to_ascii_lowercase();
        let Some(page) = self.askers.get_mut(&asker) else {
            return;
        };
        let repository = page.repository.clone();
        let Some(subject) = page.subjects.get_mut(&key) else {
            return;
        };
        subject.is_requested = true;
        let subject = subject.clone();
        self.changed.insert(key.clone());
        if self.people.contains_key(&key) {
            let evidence = self.evidence(&subject, repository.as_ref(), View::Plan, now);
            let assessment = assess(&evidence, &self.policy, now);
            for part in self.parts_wanted(&subject, &assessment, true) {
                if let Some(slot) = Slot::new(part, repository.as_ref()) {
                    self.want_slot(asker, &subject, Rank::ByHand, &slot, None, now);
                }
            }
        }
    }
}
