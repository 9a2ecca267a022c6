//! [`VouchedLists`]: what repositories say of people in their own VOUCHED.td.
//! It takes one call for each repository, made when a report about somebody
//! there is open.

use super::Engine;
use super::client::Client;
use super::flights::Purpose;
use super::priority::Priority;
use super::rate_limiter::Admission;
use crate::github::read::{Answer, GeneralAnswer, VouchedFile};
use crate::github::{ApiError, Call};
use crate::login::Login;
use crate::own::vouched::said_of;
use crate::report::{Vouched, VouchedStanding};
use crate::repository::Repository;
use crate::time::{SignedDuration, Timestamp};
use litemap::LiteMap;

/// Lists of people change seldom.
const FRESH: SignedDuration = SignedDuration::from_mins(60);

/// A failure is not asked for again by every card.
const FAILURE: SignedDuration = SignedDuration::from_mins(5);

/// What is known of repositories' lists, by the keys of their names.
#[derive(Debug, Default)]
pub(super) struct VouchedLists {
    lists: LiteMap<String, List>,
    /// When the rate limiter lets the next list be asked for, if one waits for that.
    not_before: Option<Timestamp>,
}

/// What is known of one repository's list.
#[derive(Debug)]
struct List {
    /// When it is asked for again at the earliest.
    fresh_until: Timestamp,
    file: Option<VouchedFile>,
}

impl VouchedLists {
    pub(super) fn clear(&mut self) {
        self.lists.clear();
    }

    /// Forgets when lists were asked for further ahead than they are fresh,
    /// because the clock has been put back.
    pub(super) fn forget_future(&mut self, now: Timestamp) {
        for (_, list) in &mut self.lists {
            list.fresh_until = list.fresh_until.min(now + FRESH);
        }
    }

    /// When the next list that waits for the rate limiter may be asked for.
    pub(super) fn next_call(&self) -> Option<Timestamp> {
        self.not_before
    }

    /// What the repository's list says of somebody.
    pub(super) fn of(&self, repository: Option<&Repository>, login: &Login) -> Option<Vouched> {
        let repository = repository?;
        let file = self.lists.get(&repository.key())?.file.as_ref()?;
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

    fn is_fresh(&self, repository: &Repository, now: Timestamp) -> bool {
        let list = self.lists.get(&repository.key());
        list.is_some_and(|list| now < list.fresh_until)
    }

    /// Notes that a list is being asked for; until it comes, the last one holds.
    fn note_asked(&mut self, repository: &Repository, now: Timestamp) {
        let key = repository.key();
        let file = self.lists.remove(&key).and_then(|list| list.file);
        let fresh_until = now + FAILURE;
        self.lists.insert(key, List { fresh_until, file });
    }

    /// Keeps a list that was asked for.
    fn record(&mut self, repository: &Repository, file: Option<VouchedFile>, now: Timestamp) {
        if let Some(list) = self.lists.get_mut(&repository.key()) {
            list.fresh_until = now + FRESH;
            list.file = file;
        }
    }
}

impl Engine {
    /// Asks for the lists of the repositories in which somebody's report is
    /// open, where that may leave at once; if not, whatever happens next, an
    /// answer or the alarm, is the next moment to try.
    pub(super) fn plan_vouched(&mut self, now: Timestamp) {
        self.vouched.not_before = None;
        if !self.preferences.has_token() || self.preferences.is_token_refused() {
            return;
        }
        let clients = self.clients.iter().map(|(_, client)| client);
        let repositories: Vec<Repository> = clients
            .filter(|client| client.has_open_report())
            .filter_map(|client| client.repository.clone())
            .collect();
        for repository in repositories {
            if self.vouched.is_fresh(&repository, now) {
                continue;
            }
            let call = Call::Vouched(repository.clone());
            let (bucket, expected_ms) = (call.bucket(), self.expected_ms(&call));
            let admission = self
                .rate_limiter
                .admit(bucket, expected_ms, Priority::Card, now);
            match admission {
                Admission::Now => {
                    self.vouched.note_asked(&repository, now);
                    self.send(call, Purpose::Vouched, now);
                }
                Admission::NotBefore(at) => self.vouched.not_before = Some(at),
                Admission::WhenFree => {}
            }
        }
    }

    pub(super) fn handle_vouched(
        &mut self,
        call: &Call,
        reading: Result<Answer, ApiError>,
        now: Timestamp,
    ) {
        let (Call::Vouched(repository), Ok(Some(GeneralAnswer::Vouched(file)))) =
            (call, reading.map(|reading| reading.general))
        else {
            return;
        };
        self.vouched.record(repository, file, now);
        let is_there = |client: &Client| client.repository.as_ref() == Some(repository);
        let there = self.clients.iter().filter(|(_, client)| is_there(client));
        let open: Vec<String> = there
            .flat_map(|(_, client)| client.open_reports())
            .collect();
        for key in open {
            self.clients.mark_changed(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_kept_for_an_hour_and_a_failure_for_five_minutes() {
        let at = |minutes: i64| Timestamp::from_second(1_795_000_000 + 60 * minutes).unwrap();
        let repository: Repository = "acme/web".parse().unwrap();
        let login: Login = "ada".parse().unwrap();
        let mut lists = VouchedLists::default();
        assert!(!lists.is_fresh(&repository, at(0)));
        lists.note_asked(&repository, at(0));
        assert!(lists.is_fresh(&repository, at(4)) && !lists.is_fresh(&repository, at(5)));
        let file = VouchedFile {
            path: "VOUCHED.td",
            text: "ada\n".to_owned(),
        };
        lists.record(&repository, Some(file), at(5));
        assert!(lists.is_fresh(&repository, at(64)) && !lists.is_fresh(&repository, at(65)));
        lists.note_asked(&repository, at(65));
        let standing = lists.of(Some(&repository), &login).map(|it| it.standing);
        assert_eq!(
            standing,
            Some(VouchedStanding::Vouched),
            "the last one holds"
        );
    }
}
