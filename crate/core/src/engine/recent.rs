//! Handles what the store answers about people looked up recently: the popup
//! lists them, and the options preview assesses them with other choices.

use super::client::ClientId;
use super::person::Person;
use super::person_evidence::{EvidenceUse, Progress};
use super::{Effect, Engine};
use crate::assess::assess;
use crate::choices::Choices;
use crate::message::{LevelChange, ToOptions, ToPopup};
use crate::policy::Policy;
use crate::report::Level;
use crate::time::Timestamp;

/// For whom the people looked up recently are wanted.
#[derive(Clone, Debug, PartialEq)]
pub enum Recent {
    /// For the popup, to be picked from.
    Popup(ClientId),
    /// For the options page, to be assessed with these choices.
    Preview(ClientId, Choices),
}

impl Engine {
    /// Takes over the people that the store has stored recently, the latest
    /// first, and notifies the client that asked for them.
    pub(super) fn handle_recent(&mut self, recent: Recent, found: &[String], now: Timestamp) {
        let keys = self.cache.restore(found, now);
        let people = keys.iter().filter_map(|key| self.cache.get(key));
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
        let mut compared = 0;
        let mut changes = Vec::new();
        for person in people {
            let evidence =
                person.evidence(None, None, now, EvidenceUse::Report, |_| Progress::Idle);
            let level = |policy| assess(&evidence, policy, now).report.level;
            let (from, to) = (level(self.preferences.policy()), level(policy));
            if from == Level::Pending || to == Level::Pending {
                continue;
            }
            compared += 1;
            if from != to {
                let login = person.login.to_string();
                changes.push(LevelChange { login, from, to });
            }
        }
        ToOptions::Preview {
            people: compared,
            changes,
        }
    }
}
