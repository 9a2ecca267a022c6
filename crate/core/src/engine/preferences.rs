//! What the reader chose, whom they marked, and what that changes.

use super::client::{ClientId, ClientKind};
use super::person::{Person, Progress, View};
use super::{Effect, Engine};
use crate::assess::assess;
use crate::choices::Choices;
use crate::login::Login;
use crate::message::{LevelChange, ToOptions, ToPage, ToPopup};
use crate::own::{Mark, OwnPerson, vouched};
use crate::policy::Policy;
use crate::report::{Level, Sentence};
use crate::settings::read_file;
use crate::target::{NotATarget, Target};
use crate::time::Timestamp;
use crate::words::Key;

/// For whom the people looked up of late are wanted.
#[derive(Clone, Debug, PartialEq)]
pub enum Recent {
    /// For the popup, to be picked from.
    Popup(ClientId),
    /// For the options page, to be held against these choices.
    Preview(ClientId, Choices),
}

impl Engine {
    pub(super) fn notify_look(&mut self, page: ClientId) {
        let look = ToPage::Look {
            pages_off: self.settings.choices.pages_off.clone(),
            hides_clear: self.settings.choices.hides_clear,
        };
        self.effects.push(Effect::NotifyPage(page, look));
    }

    /// Tells every page how badges are wanted now.
    pub(super) fn notify_looks(&mut self) {
        for page in self.clients_of_kind(ClientKind::Page) {
            self.notify_look(page);
        }
    }

    /// Chooses this from now on.
    ///
    /// # Errors
    /// What is wrong with it; nothing is changed then.
    pub(super) fn choose(&mut self, choices: Choices) -> Result<(), Sentence> {
        let choices = choices.checked().map_err(Key::alone)?;
        self.policy = choices.to_policy();
        self.settings.choices = choices;
        self.save_settings();
        self.mark_everyone_changed();
        self.notify_looks();
        Ok(())
    }

    /// Keeps this of somebody instead of what was kept.
    ///
    /// # Errors
    /// If that is nobody's login; nothing is changed then.
    pub(super) fn set_person(
        &mut self,
        login: &str,
        mark: Option<Mark>,
        note: String,
    ) -> Result<(), Sentence> {
        let login = match login.parse() {
            Ok(Target::User(login)) => login,
            Ok(Target::Item { .. }) => return Err(Key::TargetNotALogin.about(login)),
            Err(NotATarget(sentence)) => return Err(sentence),
        };
        self.resend_reports_of(&login);
        self.settings.people.set(OwnPerson { login, mark, note });
        self.save_settings();
        Ok(())
    }

    /// Whatever was said of somebody is to be said once more.
    fn resend_reports_of(&mut self, login: &Login) {
        let key = login.key();
        for (_, client) in &mut self.clients {
            if let Some(subscription) = client.subscriptions.get_mut(&key) {
                subscription.sent_report = None;
                self.changed.insert(key.clone());
            }
        }
    }

    /// Takes over a file.
    ///
    /// # Errors
    /// What is wrong with it; nothing is changed then.
    pub(super) fn import(&mut self, text: &str) -> Result<Sentence, Sentence> {
        let import = read_file(text)?;
        let people = u32::try_from(import.people.len()).unwrap_or(u32::MAX);
        let key = match import.choices {
            Some(_) => Key::ImportedAll,
            None => Key::ImportedPeople,
        };
        for person in &import.people {
            self.resend_reports_of(&person.login);
        }
        self.settings.people.merge(import.people);
        match import.choices {
            Some(choices) => self.choose(choices)?,
            None => self.save_settings(),
        }
        Ok(key.with(&[people]))
    }

    pub(super) fn export(&self) -> String {
        self.settings.to_file()
    }

    pub(super) fn export_vouched(&self) -> String {
        vouched::write(&self.settings.people)
    }

    /// Takes in the people that the store has kept of late, the latest first,
    /// and tells those who asked for them.
    pub(super) fn handle_recent(&mut self, recent: Recent, found: &[String], now: Timestamp) {
        let keys = self.restore_people(found, now);
        let people = keys.iter().filter_map(|key| self.people.get(key));
        // Of some, all is too old to be known any more.
        let people = people.filter(|it| !it.is_empty());
        match recent {
            Recent::Popup(popup) => {
                let logins = people.map(|it| it.login.to_string()).collect();
                self.notify_popup(popup, ToPopup::Recent { logins });
            }
            Recent::Preview(options, choices) => {
                let preview = self.preview(people, &choices.to_policy(), now);
                self.effects.push(Effect::NotifyOptions(options, preview));
            }
        }
    }

    /// What another policy would make of these people, as far as can be told
    /// without asking GitHub.
    fn preview<'a>(
        &self,
        people: impl Iterator<Item = &'a Person>,
        policy: &Policy,
        now: Timestamp,
    ) -> ToOptions {
        let mut told = 0;
        let mut changes = Vec::new();
        for person in people {
            let evidence = person.evidence(None, now, View::Tell, |_| Progress::Idle);
            let level = |policy| assess(&evidence, policy, now).report.level;
            let (from, to) = (level(&self.policy), level(policy));
            if from == Level::Pending || to == Level::Pending {
                continue;
            }
            told += 1;
            if from != to {
                let login = person.login.to_string();
                changes.push(LevelChange { login, from, to });
            }
        }
        ToOptions::Preview {
            people: told,
            changes,
        }
    }

    /// What the reader keeps of somebody.
    pub(super) fn own(&self, key: &str) -> Option<&OwnPerson> {
        self.settings.people.get(key)
    }

    /// Whether the reader trusts somebody, so that nobody need be asked.
    pub(super) fn is_trusted(&self, key: &str) -> bool {
        self.own(key).and_then(|it| it.mark) == Some(Mark::Trusted)
    }
}
