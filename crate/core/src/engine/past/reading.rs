//! The calls that read pasts back, and what becomes of their answers.

use super::{PastKey, Reader, Stage};
use crate::assess::Assessment;
use crate::engine::Engine;
use crate::engine::flights::Purpose;
use crate::engine::priority::Priority;
use crate::engine::rate_limiter::Admission;
use crate::engine::retry_policy::{Size, retry_policy};
use crate::evidence::Evidence;
use crate::github::call::MAX_CLOSERS;
use crate::github::read::Answer;
use crate::github::{ApiError, Call};
use crate::login::Login;
use crate::time::{SignedDuration, Timestamp};

/// Pages that are read back for one card: five hundred pull requests since then
/// are more than nearly anybody opens in a year.
const MOST_PAGES: u8 = 5;

/// Requests for closers of one person: what they do not decide stays unknown.
const MOST_CLOSER_CALLS: u8 = 3;

/// So often an error is tried again for a run.
const MOST_TRIES: u8 = 2;

/// How long nothing of the past is asked for a run after an error.
const WAIT: SignedDuration = SignedDuration::from_secs(15);

impl Engine {
    /// Asks for as much of people's pasts as may leave at once.
    pub(in crate::engine) fn read_pasts(&mut self, now: Timestamp) {
        self.drop_unread_pasts(now);
        for (is_for_runs, priority) in [(false, Priority::Card), (true, Priority::Run)] {
            let not_before = self.pasts.not_before(is_for_runs);
            if not_before.is_some_and(|at| now < at) {
                continue;
            }
            *not_before = None;
            while let Some((call, keys)) = self.pasts.next(is_for_runs) {
                let (bucket, expected_ms) = (call.bucket(), self.expected_ms(&call));
                match self.rate_limiter.admit(bucket, expected_ms, priority, now) {
                    Admission::Now => {
                        for key in &keys {
                            if let Some(past) = self.pasts.all.get_mut(key) {
                                past.stage = Stage::Asked;
                            }
                        }
                        self.send(call, Purpose::Past(keys), now);
                    }
                    Admission::NotBefore(at) => {
                        *self.pasts.not_before(is_for_runs) = Some(at);
                        break;
                    }
                    Admission::WhenFree => break,
                }
            }
        }
    }

    pub(in crate::engine) fn handle_past(
        &mut self,
        keys: &[PastKey],
        call: &Call,
        reading: Result<Answer, ApiError>,
        now: Timestamp,
    ) {
        let answer = match reading {
            Ok(answer) => answer,
            Err(error) => {
                for key in keys {
                    self.note_past_error(key, call, &error, now);
                }
                return;
            }
        };
        let of = |login: &Login| keys.iter().find(|key| key.login == login.key());
        for (login, learned) in answer.learned {
            if let Some(past) = of(&login).and_then(|key| self.pasts.all.get_mut(key)) {
                past.learn(learned, call);
            }
        }
        for key in keys {
            let Some(past) = self.pasts.all.get_mut(key) else {
                continue;
            };
            past.pages = past.pages.saturating_add(1);
            if let Reader::Run(run) = key.reader {
                self.judge_past_of_run(run, &key.login, now);
                continue;
            }
            let failed = answer.failed.iter().find(|(it, ..)| it.key() == key.login);
            if let Some((.., error)) = failed {
                self.note_past_error(key, call, error, now);
            } else if past.next_pages().is_empty() || past.pages >= MOST_PAGES {
                self.judge_past_of_card(key, now);
            } else {
                past.stage = Stage::Activity;
            }
        }
    }

    /// Lets a call be made again after an error, or ends the reading. What holds
    /// up everybody fails nobody of a run; at a card somebody waits to be told.
    fn note_past_error(&mut self, key: &PastKey, call: &Call, error: &ApiError, now: Timestamp) {
        let is_for_runs = key.reader.is_run();
        let policy = retry_policy(error);
        let (counts, most_tries, wait) = if is_for_runs {
            (!holds_up_everybody(error), MOST_TRIES, WAIT)
        } else {
            let jitter = self.random.between((0, 1_000));
            (true, policy.most_retries, policy.wait(jitter))
        };
        let Some(past) = self.pasts.all.get_mut(key) else {
            return;
        };
        past.tries = past.tries.saturating_add(u8::from(counts));
        let may_try = past.tries <= most_tries;
        if may_try {
            past.ask_again(call);
        }
        if !is_for_runs && policy.size != Size::Same {
            past.first = (past.first / 2).max(1);
        }
        if may_try || is_for_runs {
            *self.pasts.not_before(is_for_runs) = Some(now + wait);
        }
        match key.reader {
            _ if may_try => {}
            Reader::Run(run) => self.judge_past_of_run(run, &key.login, now),
            Reader::Card(_) => self.pasts.fail(key, error.reason(), now),
        }
        self.clients.mark_changed(key.login.clone());
    }

    /// Judges somebody as of these moments by what was read and what is known
    /// today; none where it is asked first who closed pull requests: those
    /// `of_items`, and those on which a level hangs.
    pub(in crate::engine) fn judge_past(
        &mut self,
        key: &PastKey,
        today: Evidence,
        moments: &[Timestamp],
        of_items: &[String],
        now: Timestamp,
    ) -> Option<Vec<Assessment>> {
        let policy = self.preferences.policy();
        let past = self.pasts.all.get_mut(key)?;
        let may_ask = past.closer_calls < MOST_CLOSER_CALLS && past.tries <= MOST_TRIES;
        let judged = past.activity.judged(today, may_ask, moments, policy, now);
        let needed = judged.iter().flat_map(|it| &it.closers_needed);
        let mut ids: Vec<String> = Vec::new();
        for id in of_items.iter().chain(needed).filter(|_| may_ask) {
            let is_known = past.activity.closings.iter().any(|it| it.node_id == *id);
            if !is_known && !ids.contains(id) && ids.len() < MAX_CLOSERS.into() {
                ids.push(id.clone());
            }
        }
        if ids.is_empty() {
            return Some(judged);
        }
        past.stage = Stage::Closers(ids);
        None
    }
}

fn holds_up_everybody(error: &ApiError) -> bool {
    matches!(
        error,
        ApiError::LimitSpent { .. }
            | ApiError::SlowDown { .. }
            | ApiError::LoginAttempts
            | ApiError::TokenRefused
            | ApiError::AccountSuspended
            | ApiError::Network
            | ApiError::NoPermission
    )
}
