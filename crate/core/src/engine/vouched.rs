//! A repository's own VOUCHED.td: one call for each repository, made when a
//! report about somebody there is open.

use super::arrive::Purpose;
use super::asker::AskerId;
use super::gate::Leave;
use super::rank::Rank;
use super::{Engine, Subject};
use crate::github::read::{Reading, Told, VouchedFile};
use crate::github::{Call, Trouble};
use crate::login::Login;
use crate::own::vouched::said_of;
use crate::report::{Vouched, VouchedStanding};
use crate::repository::Repository;
use crate::time::{SignedDuration, Timestamp};

/// Lists of people change seldom.
const FRESH: SignedDuration = SignedDuration::from_mins(60);

/// A failure is not asked for again by every card.
const FAILURE: SignedDuration = SignedDuration::from_mins(1);

/// What is known of a repository's list.
#[derive(Debug)]
pub(super) struct KnownList {
    /// When it is asked for again at the earliest.
    fresh_until: Timestamp,
    file: Option<VouchedFile>,
}

impl Engine {
    /// Asks for the list of the repository in which somebody's report is open,
    /// if it may leave at once: nobody waits for it.
    pub(super) fn want_vouched(&mut self, asker: AskerId, subject: &Subject, now: Timestamp) {
        let place = self.askers.get(&asker);
        let Some(repository) = place.and_then(|it| it.repository.clone()) else {
            return;
        };
        let key = repository.key();
        let is_fresh = |known: &KnownList| now < known.fresh_until;
        if !subject.is_open
            || self.settings.token.is_none()
            || self.is_token_refused
            || self.vouched.get(&key).is_some_and(is_fresh)
        {
            return;
        }
        let call = Call::Vouched(repository);
        let leave = self
            .gate
            .leave(call.bucket(), call.expected_ms(), Rank::ByHand, now);
        if leave == Leave::Now {
            let file = self.vouched.remove(&key).and_then(|known| known.file);
            let fresh_until = now + FAILURE;
            self.vouched.insert(key, KnownList { fresh_until, file });
            self.send(call, Purpose::Vouched, None, now);
        }
    }

    pub(super) fn hear_vouched(
        &mut self,
        call: &Call,
        reading: Result<Reading, Trouble>,
        now: Timestamp,
    ) {
        let (Call::Vouched(repository), Ok(Some(Told::Vouched(file)))) =
            (call, reading.map(|reading| reading.told))
        else {
            return;
        };
        if let Some(known) = self.vouched.get_mut(&repository.key()) {
            known.fresh_until = now + FRESH;
            known.file = file;
        }
        for asker in self.askers.values() {
            if asker.repository.as_ref() == Some(repository) {
                for (key, subject) in &asker.subjects {
                    if subject.is_open {
                        self.changed.insert(key.clone());
                    }
                }
            }
        }
    }

    /// What the repository's list says of somebody.
    pub(super) fn vouched(
        &self,
        repository: Option<&Repository>,
        login: &Login,
    ) -> Option<Vouched> {
        let repository = repository?;
        let file = self.vouched.get(&repository.key())?.file.as_ref()?;
        let url = format!("https://github.com/{repository}/blob/HEAD/{}", file.path);
        let said = said_of(&file.text, login);
        Some(Vouched {
            standing: match &said {
                None => VouchedStanding::NotListed,
                Some(entry) if entry.is_denounced => VouchedStanding::Denounced,
                Some(_) => VouchedStanding::Vouched,
            },
            details: said.map(|entry| entry.details).unwrap_or_default(),
            url,
        })
    }
}
