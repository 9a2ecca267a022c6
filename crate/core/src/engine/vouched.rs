//! A repository's own VOUCHED.td: one call for each repository, made when a
//! report about somebody there is open.

use super::Engine;
use super::client::Client;
use super::priority::Priority;
use super::rate_limiter::Admission;
use super::responses::Purpose;
use crate::github::read::{Reading, Told, VouchedFile};
use crate::github::{ApiError, Call};
use crate::login::Login;
use crate::own::vouched::said_of;
use crate::report::{Vouched, VouchedStanding};
use crate::repository::Repository;
use crate::time::{SignedDuration, Timestamp};

/// Lists of people change seldom.
const FRESH: SignedDuration = SignedDuration::from_mins(60);

/// A failure is not asked for again by every card.
const FAILURE: SignedDuration = SignedDuration::from_mins(5);

/// What is known of a repository's list.
#[derive(Debug)]
pub(super) struct KnownList {
    /// When it is asked for again at the earliest.
    fresh_until: Timestamp,
    file: Option<VouchedFile>,
}

impl Engine {
    /// Asks for the lists of the repositories in which somebody's report is
    /// open, where that may leave at once; if not, whatever happens next, an
    /// answer or the alarm, is the next moment to try.
    pub(super) fn plan_vouched(&mut self, now: Timestamp) {
        self.vouched_not_before = None;
        if self.settings.token.is_none() || self.is_token_refused {
            return;
        }
        let open = |client: &Client| client.subscriptions.values().any(|it| it.is_open);
        let clients = self.clients.values().filter(|client| open(client));
        let repositories: Vec<_> = clients.filter_map(|it| it.repository.clone()).collect();
        for repository in repositories {
            let key = repository.key();
            let is_fresh = |known: &KnownList| now < known.fresh_until;
            if self.vouched.get(&key).is_some_and(is_fresh) {
                continue;
            }
            let call = Call::Vouched(repository);
            let (bucket, expected_ms) = (call.bucket(), call.expected_ms());
            match self
                .rate_limiter
                .admit(bucket, expected_ms, Priority::Interactive, now)
            {
                Admission::Now => {
                    let file = self.vouched.remove(&key).and_then(|known| known.file);
                    let fresh_until = now + FAILURE;
                    self.vouched.insert(key, KnownList { fresh_until, file });
                    self.send(call, Purpose::Vouched, None, now);
                }
                Admission::NotBefore(at) => self.vouched_not_before = Some(at),
                Admission::WhenFree => {}
            }
        }
    }

    pub(super) fn handle_vouched(
        &mut self,
        call: &Call,
        reading: Result<Reading, ApiError>,
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
        for client in self.clients.values() {
            if client.repository.as_ref() == Some(repository) {
                for (key, subscription) in &client.subscriptions {
                    if subscription.is_open {
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
