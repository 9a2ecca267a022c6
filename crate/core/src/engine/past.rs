//! [`Pasts`]: what people had opened in the window before an earlier moment,
//! read back for a card or for a run, and judged as of that moment.
//!
//! Nothing of it is stored by itself: a card's is context that was asked for by
//! hand, and a run keeps what it judged by with its own records.

mod activity;
mod reading;

use super::cache_key::CacheKey;
use super::client::Subscription;
use super::person::joined;
use crate::evidence::{GapReason, Part};
use crate::github::call::PAGE;
use crate::github::{ActivityPage, Call, Connection, Learned};
use crate::login::Login;
use crate::message::RunId;
use crate::repository::Repository;
use crate::time::{SignedDuration, Timestamp};
use crate::triage::as_of::window_start;
pub(super) use activity::PastActivity;
use litemap::LiteMap;

/// People of a run whose past is read in one request: two connections each,
/// with up to a hundred items.
const AT_A_TIME: usize = 3;

/// Pasts that are kept for cards: more than anybody has open.
const MOST_OF_CARDS: usize = 10;

/// A past that could not be read is not asked for more often than this.
const RETRY_PERIOD: SignedDuration = SignedDuration::from_secs(5);

/// Whose past is read, and for whom. Those of cards come first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PastKey {
    pub(super) reader: Reader,
    /// The key of the login.
    pub(super) login: String,
}

/// For whom a past is read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reader {
    /// Every card that shows this item.
    Card(CacheKey),
    /// This run.
    Run(RunId),
}

impl Reader {
    const fn is_run(&self) -> bool {
        matches!(self, Self::Run(_))
    }
}

/// What is known of somebody's past.
#[derive(Debug)]
pub(super) struct Past {
    login: Login,
    /// The oldest moment that is to be judged.
    pub(super) oldest: Timestamp,
    pub(super) stage: Stage,
    pub(super) activity: PastActivity,
    /// How many items are asked for at a time.
    first: u8,
    pages: u8,
    tries: u8,
    closer_calls: u8,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Activity,
    Closers(Vec<String>),
    Asked,
    /// Nothing: all that was needed is there.
    Read,
    /// Nothing: it could not be had.
    Failed(GapReason, Timestamp),
}

/// The pasts that are read or were read, and when more of them may be asked for.
#[derive(Debug, Default)]
pub(super) struct Pasts {
    all: LiteMap<PastKey, Past>,
    /// When the next for a card may be asked for, where that waits for a moment.
    cards_not_before: Option<Timestamp>,
    /// The same for runs.
    runs_not_before: Option<Timestamp>,
}

impl PastKey {
    /// That of the author whose card shows an item, where it does.
    pub(super) fn of_card(
        subscription: &Subscription,
        repository: Option<&Repository>,
    ) -> Option<Self> {
        let item = CacheKey::new(Part::ThisItem, repository, subscription.wanted_item())?;
        Some(Self {
            reader: Reader::Card(item),
            login: subscription.login.key(),
        })
    }

    /// That of somebody in a run.
    pub(super) fn of_run(run: RunId, login: &str) -> Self {
        Self {
            reader: Reader::Run(run),
            login: login.to_owned(),
        }
    }
}

impl Past {
    /// One of which nothing is read yet, wanted to judge moments from `oldest` on.
    pub(super) fn new(login: Login, oldest: Timestamp) -> Self {
        Self {
            login,
            oldest,
            stage: Stage::Activity,
            activity: PastActivity::default(),
            first: PAGE,
            pages: 0,
            tries: 0,
            closer_calls: 0,
        }
    }

    /// Whether a call for it waits to be made.
    pub(super) fn is_waiting(&self) -> bool {
        matches!(self.stage, Stage::Activity | Stage::Closers(_))
    }

    fn is_done(&self) -> bool {
        matches!(self.stage, Stage::Read | Stage::Failed(..))
    }

    /// The pages that come next.
    fn next_pages(&self) -> Vec<ActivityPage> {
        let activity = &self.activity;
        let pull_requests = activity.pull_requests.as_ref().map(|it| it.next.clone());
        let issues = activity.issues.as_ref().map(|it| it.next.clone());
        let all = [
            (Connection::PullRequests, pull_requests),
            (Connection::Issues, issues),
        ];
        let wanted = all.into_iter().filter(|(_, next)| *next != Some(None));
        let page = |(connection, next): (Connection, Option<Option<String>>)| ActivityPage {
            login: self.login.clone(),
            connection,
            first: self.first,
            after: next.flatten(),
        };
        wanted.map(page).collect()
    }

    fn learn(&mut self, learned: Learned, call: &Call) {
        let activity = &mut self.activity;
        let cursor = call.cursor(&self.login, learned.part());
        match learned {
            Learned::PullRequests(page) => {
                activity.pull_requests = Some(match activity.pull_requests.take() {
                    Some(before) => joined(before, page, cursor, |it| &it.item),
                    None => page,
                });
            }
            Learned::Issues(page) => {
                activity.issues = Some(match activity.issues.take() {
                    Some(before) => joined(before, page, cursor, |it| &it.item),
                    None => page,
                });
            }
            Learned::Closers(closings) => {
                activity.closings.extend(closings);
                self.closer_calls += 1;
            }
            _ => {}
        }
    }

    /// Lets the call be made again.
    fn ask_again(&mut self, call: &Call) {
        self.stage = match call {
            Call::Closers(people) => {
                let ids = people.iter().flat_map(|(_, ids)| ids.clone());
                Stage::Closers(ids.collect())
            }
            _ => Stage::Activity,
        };
    }
}

impl Pasts {
    pub(super) fn get(&self, key: &PastKey) -> Option<&Past> {
        self.all.get(key)
    }

    pub(super) fn insert(&mut self, key: PastKey, past: Past) {
        self.all.insert(key, past);
    }

    pub(super) fn remove(&mut self, key: &PastKey) -> Option<Past> {
        self.all.remove(key)
    }

    /// Begins to read a past for a card; returns whether it may. One that is
    /// done gives way to it, of those whose card is `closed` first, and one that
    /// failed is not read again at once.
    pub(super) fn begin_for_card(
        &mut self,
        key: PastKey,
        past: Past,
        closed: &[PastKey],
        now: Timestamp,
    ) -> bool {
        let may = match self.all.get(&key).map(|it| &it.stage) {
            None => true,
            Some(Stage::Failed(_, at)) => *at + RETRY_PERIOD <= now,
            Some(_) => false,
        };
        if !may {
            return false;
        }
        if self.of_cards().count() >= MOST_OF_CARDS {
            let done = self.of_cards().filter(|(_, it)| it.is_done());
            let other = done.min_by_key(|(other, _)| !closed.contains(other));
            let Some(other) = other.map(|(other, _)| other.clone()) else {
                return false;
            };
            self.all.remove(&other);
        }
        self.all.insert(key, past);
        true
    }

    /// What is kept for cards.
    pub(super) fn of_cards(&self) -> impl Iterator<Item = (&PastKey, &Past)> {
        let all = self.all.iter();
        all.filter(|(key, _)| !key.reader.is_run())
    }

    /// Lets a card know that all that was needed is there.
    pub(super) fn finish_for_card(&mut self, key: &PastKey) {
        if let Some(past) = self.all.get_mut(key) {
            past.stage = Stage::Read;
        }
    }

    /// Forgets what a run reads.
    pub(super) fn forget_run(&mut self, run: RunId) {
        self.all.retain(|key, _| key.reader != Reader::Run(run));
        self.runs_not_before = None;
    }

    /// Those of cards of which all is there that was needed so far.
    pub(super) fn read_for_cards(&self) -> Vec<PastKey> {
        let read = self.of_cards().filter(|(_, it)| it.stage == Stage::Read);
        read.map(|(key, _)| key.clone()).collect()
    }

    /// Whose cards wait for a call that has not left.
    pub(super) fn waiting_for_cards(&self) -> Vec<PastKey> {
        let waiting = self.of_cards().filter(|(_, it)| it.is_waiting());
        waiting.map(|(key, _)| key.clone()).collect()
    }

    /// Fails what a card waits for.
    pub(super) fn fail(&mut self, key: &PastKey, reason: GapReason, now: Timestamp) {
        if let Some(past) = self.all.get_mut(key) {
            past.stage = Stage::Failed(reason, now);
        }
    }

    /// When more may be asked for, where that waits for a moment.
    pub(super) fn next_call(&self) -> Option<Timestamp> {
        let both = [self.cards_not_before, self.runs_not_before];
        both.into_iter().flatten().min()
    }

    /// What is dated in the future, because the clock has been put back, is due
    /// at once.
    pub(super) fn forget_future(&mut self, now: Timestamp) {
        for at in [&mut self.cards_not_before, &mut self.runs_not_before] {
            *at = at.map(|at| at.min(now));
        }
        for (_, past) in &mut self.all {
            if let Stage::Failed(_, at) = &mut past.stage {
                *at = (*at).min(now);
            }
        }
    }

    fn not_before(&mut self, is_for_runs: bool) -> &mut Option<Timestamp> {
        if is_for_runs {
            &mut self.runs_not_before
        } else {
            &mut self.cards_not_before
        }
    }

    /// The next call for cards or for runs, and whom it is for.
    fn next(&self, is_for_runs: bool) -> Option<(Call, Vec<PastKey>)> {
        let all = self.all.iter();
        let meant = all.filter(|(key, _)| key.reader.is_run() == is_for_runs);
        let closers = meant.clone().find_map(|(key, past)| match &past.stage {
            Stage::Closers(ids) => Some((key, past.login.clone(), ids.clone())),
            _ => None,
        });
        if let Some((key, login, ids)) = closers {
            return Some((Call::Closers(vec![(login, ids)]), vec![key.clone()]));
        }
        // Nobody waits for anybody else's past.
        let at_a_time = if is_for_runs { AT_A_TIME } else { 1 };
        let begun = meant.filter(|(_, it)| it.stage == Stage::Activity);
        let reader = &begun.clone().next()?.0.reader;
        let (mut pages, mut keys, mut since) = (Vec::new(), Vec::new(), None);
        for (key, past) in begun
            .filter(|(key, _)| key.reader == *reader)
            .take(at_a_time)
        {
            pages.extend(past.next_pages());
            keys.push(key.clone());
            since = since.into_iter().chain([window_start(past.oldest)]).min();
        }
        Some((Call::Activity(pages, since?), keys))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_past_is_read_once_and_of_more_than_are_kept_one_that_is_done_gives_way() {
        let at = |seconds: i64| Timestamp::from_second(1_795_000_000 + seconds).unwrap();
        let key = |number: u32| {
            let repository = "acme/web".parse().unwrap();
            let item = CacheKey::new(Part::ThisItem, Some(&repository), Some(number)).unwrap();
            PastKey {
                reader: Reader::Card(item),
                login: "ada".to_owned(),
            }
        };
        let past = || Past::new("ada".parse().unwrap(), at(0));
        let mut pasts = Pasts::default();
        for number in 0..10 {
            assert!(pasts.begin_for_card(key(number), past(), &[], at(0)));
            assert!(
                !pasts.begin_for_card(key(number), past(), &[], at(0)),
                "once"
            );
        }
        assert!(
            !pasts.begin_for_card(key(10), past(), &[], at(0)),
            "all are read"
        );
        pasts.finish_for_card(&key(3));
        assert!(pasts.begin_for_card(key(10), past(), &[], at(0)));
        assert!(pasts.get(&key(3)).is_none());
        pasts.finish_for_card(&key(5));
        pasts.finish_for_card(&key(6));
        let closed = [key(6)];
        assert!(pasts.begin_for_card(key(3), past(), &closed, at(0)));
        assert!(pasts.get(&key(6)).is_none(), "its card is closed");
        assert!(pasts.get(&key(5)).is_some(), "its card shows it");
        pasts.fail(&key(4), GapReason::TimedOut, at(0));
        for (seconds, may) in [(4, false), (5, true)] {
            assert_eq!(pasts.begin_for_card(key(4), past(), &[], at(seconds)), may);
        }
    }
}
