//! Handles the messages of the options page, and what they change for all
//! clients: the token, choices, own people.

use super::client::{ClientId, ClientKind};
use super::flights::Purpose;
use super::past::Pasts;
use super::rate_limiter::RateLimiter;
use super::recent::Recent;
use super::retry_policy::Recheck;
use super::{Effect, Engine};
use crate::choices::{self, Choices};
use crate::github::limits::Bucket;
use crate::github::read::{Answer, GeneralAnswer, TokenOwner};
use crate::github::token::without_tokens;
use crate::github::{ApiError, Call, Token};
use crate::message::{
    FromOptions, LimitStatus, ToOptions, ToPage, ToPopup, TokenState, TokenStatus,
};
use crate::own::Mark;
use crate::report::Sentence;
use crate::time::Timestamp;
use crate::words::Key;

impl Engine {
    pub(super) fn handle_options_message(
        &mut self,
        client: ClientId,
        message: FromOptions,
        now: Timestamp,
    ) {
        match message {
            FromOptions::Status => {
                let has_token = self.preferences.has_token();
                self.notify_status(client, has_token.then_some(TokenState::Checking));
                if has_token {
                    self.send(Call::TokenOwner, Purpose::TokenInUse(client), now);
                    self.send(Call::RateLimits, Purpose::Limits(client), now);
                }
            }
            FromOptions::SaveToken { token } => match Token::parse(&token) {
                Ok(token) => {
                    let purpose = Purpose::NewToken(client, token);
                    self.send(Call::TokenOwner, purpose, now);
                }
                Err(error) => self.refuse_options(client, error.key()),
            },
            FromOptions::DeleteToken => {
                self.set_token(None, None);
            }
            FromOptions::SetChoices { choices } => {
                if let Err(sentence) = self.choose(choices) {
                    self.notify_options(client, ToOptions::Refused { sentence });
                    self.notify_options_pages();
                }
            }
            FromOptions::Preview { choices } => match choices.checked() {
                Ok(choices) => {
                    let preview = Recent::Preview(client, choices);
                    self.effects.push(Effect::LoadRecent(preview));
                }
                Err(key) => self.refuse_options(client, key),
            },
            FromOptions::SetPerson { login, mark, note } => {
                if let Err(sentence) = self.set_person(&login, mark, note) {
                    self.notify_options(client, ToOptions::Refused { sentence });
                    self.notify_options_pages();
                }
            }
            FromOptions::Import { text } => match self.import(&text) {
                Ok(sentence) => self
                    .confirmations
                    .add(client, ToOptions::Imported { sentence }),
                Err(sentence) => {
                    self.notify_options(client, ToOptions::Refused { sentence });
                    self.notify_options_pages();
                }
            },
            FromOptions::Export => {
                let text = self.preferences.export();
                self.notify_options(client, ToOptions::Exported { text });
            }
            FromOptions::ExportVouched => {
                let text = self.preferences.export_vouched();
                self.notify_options(client, ToOptions::Exported { text });
            }
            FromOptions::ExportSetAside => self.effects.push(Effect::LoadSetAside(client)),
            FromOptions::Wipe => self.wipe(client, now),
        }
    }

    /// Makes a file of what the store has aside: as it is, for another version
    /// or an editor to read, but for the token.
    pub(super) fn handle_set_aside(&mut self, client: ClientId, found: &[String]) {
        let texts: Vec<String> = found.iter().map(|it| without_tokens(it)).collect();
        let text = texts.join("\n");
        self.notify_options(client, ToOptions::Exported { text });
    }

    /// Forgets everything that was ever kept or learned.
    fn wipe(&mut self, client: ClientId, now: Timestamp) {
        self.set_token(None, None);
        self.wipe_runs(now);
        self.preferences.clear();
        self.cache.clear();
        self.pasts = Pasts::default();
        for key in self.scheduler.keys() {
            self.scheduler.remove(&key);
        }
        // What is on its way would be kept again.
        for call in self.flights.remove_all(|_| true) {
            self.effects.push(Effect::Abort(call));
        }
        self.rate_limiter = RateLimiter::default();
        self.clients.mark_all_changed();
        self.notify_displays();
        self.effects.push(Effect::Wipe);
        self.confirmations.begin();
        self.confirmations.add(client, ToOptions::Wiped);
    }

    /// The store has taken the settings, or has forgotten everything, or not.
    pub(super) fn handle_settings_kept(&mut self, is_kept: bool) {
        self.preferences.set_store_open(is_kept);
        if is_kept {
            self.preferences.forget_unread();
        }
        for (client, message) in self.confirmations.end(is_kept).into_iter().flatten() {
            self.notify_options(client, message);
        }
        self.notify_options_pages();
    }

    /// Saves the settings at once where the store holds some that cannot be
    /// read: those are put aside before anything is changed.
    pub(super) fn set_aside_unread(&mut self) {
        if self.preferences.take_unread_is_new() {
            self.save_settings();
        }
    }

    pub(super) fn handle_new_token(
        &mut self,
        client: ClientId,
        token: Token,
        reading: Result<Answer, ApiError>,
        now: Timestamp,
    ) {
        match reading.map(|reading| reading.general) {
            Ok(Some(GeneralAnswer::TokenOwner(owner))) => {
                self.set_token(Some(token), Some(owner));
                self.confirmations.add(client, ToOptions::TokenSaved);
                self.send(Call::RateLimits, Purpose::Limits(client), now);
            }
            Ok(_) => self.refuse_options(client, Key::TokenUnreadable),
            Err(error) => {
                let sentence = refusal(&error, now);
                self.notify_options(client, ToOptions::Refused { sentence });
            }
        }
    }

    pub(super) fn handle_token_in_use(
        &mut self,
        client: ClientId,
        reading: Result<Answer, ApiError>,
        is_current: bool,
    ) {
        // The token has been replaced or deleted while GitHub was asked.
        if !is_current {
            return;
        }
        let state = match reading.map(|reading| reading.general) {
            Ok(Some(GeneralAnswer::TokenOwner(owner))) => {
                if self.preferences.accept_token(owner) {
                    self.retry_with_token();
                }
                self.save_settings();
                TokenState::Accepted
            }
            Err(ApiError::TokenRefused) => TokenState::Refused,
            Ok(_) | Err(_) => TokenState::Unchecked,
        };
        self.notify_status(client, Some(state));
    }

    pub(super) fn handle_limits(
        &mut self,
        client: ClientId,
        answer: Result<Answer, ApiError>,
        now: Timestamp,
    ) {
        if let Ok(Some(GeneralAnswer::RateLimits(limits))) = answer.map(|answer| answer.general) {
            for (bucket, limit) in limits {
                self.rate_limiter.note_limit(bucket, limit, now);
            }
            self.notify_status(client, None);
        }
    }

    fn set_token(&mut self, token: Option<Token>, owner: Option<TokenOwner>) {
        self.preferences.replace_token(token, owner);
        self.rate_limiter.forget_limits();
        // Another token may be let into other repositories.
        self.vouched.clear();
        self.save_settings();
        // What was wanted in the old way, REST or GraphQL, is wanted anew.
        for key in self.scheduler.keys() {
            let bucket = self.bucket(key.1.part);
            self.scheduler.pay_from(&key, bucket);
        }
        self.retry_with_token();
        self.clients.mark_all_changed();
    }

    /// Asks again for what another token, or the same one again, may open.
    fn retry_with_token(&mut self) {
        for key in self.cache.recheck_all(Recheck::WithToken) {
            self.clients.mark_changed(key);
        }
        self.notify_popups_of_token();
    }

    pub(super) fn save_settings(&mut self) {
        let Some(settings) = self.preferences.to_store() else {
            return;
        };
        self.confirmations.begin();
        self.effects.push(match self.preferences.unread() {
            None => Effect::SaveSettings(settings),
            Some(unread) => Effect::SetAside {
                found_at: self.started_at,
                unread: unread.to_owned(),
                settings,
            },
        });
    }

    /// Chooses this from now on.
    ///
    /// # Errors
    /// What is wrong with it; nothing is changed then.
    pub(super) fn choose(&mut self, choices: Choices) -> Result<(), Sentence> {
        self.preferences.choose(choices)?;
        self.apply_choices();
        Ok(())
    }

    /// Saves new choices, and lets everybody see what they change.
    fn apply_choices(&mut self) {
        // Their levels as of an opening can hang on who closed what.
        for key in self.pasts.read_for_cards() {
            self.judge_past_of_card(&key, self.last_event_at);
        }
        self.save_settings();
        self.clients.mark_all_changed();
        self.notify_displays();
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
        let login = self.preferences.set_person(login, mark, note)?;
        self.clients.forget_sent_reports(&login.key());
        self.save_settings();
        Ok(())
    }

    fn import(&mut self, text: &str) -> Result<Sentence, Sentence> {
        let (sentence, logins) = self.preferences.import(text)?;
        for login in logins {
            self.clients.forget_sent_reports(&login.key());
        }
        self.apply_choices();
        Ok(sentence)
    }

    /// Sends a page how the reader wants badges.
    pub(super) fn notify_display(&mut self, page: ClientId) {
        let choices = self.preferences.choices();
        let display = ToPage::Display {
            pages_off: choices.pages_off.clone(),
            hides_clear: choices.hides_clear,
            shows_people_line: choices.shows_people_line,
        };
        self.effects.push(Effect::NotifyPage(page, display));
    }

    fn notify_displays(&mut self) {
        for page in self.clients.of_kind(ClientKind::Page) {
            self.notify_display(page);
        }
    }

    /// Tells every popup the state of the token.
    pub(super) fn notify_popups_of_token(&mut self) {
        for popup in self.clients.of_kind(ClientKind::Popup) {
            self.notify_popup_of_token(popup);
        }
    }

    pub(super) fn notify_popup_of_token(&mut self, popup: ClientId) {
        let state = self.preferences.token_state();
        let owner = self.preferences.owner();
        let login = owner.map(|owner| owner.login.to_string());
        self.notify_popup(popup, ToPopup::Token { state, login });
    }

    /// Tells how things stand. Without a `state` it is what was last known.
    /// What is on its way to the store is told once it is there, to everybody.
    fn notify_status(&mut self, client: ClientId, state: Option<TokenState>) {
        if self.confirmations.is_waiting() {
            return;
        }
        let owner = self.preferences.owner().cloned();
        // The token may have been deleted while GitHub was asked about it.
        let state = state.filter(|_| self.preferences.has_token());
        let state = state.unwrap_or_else(|| self.preferences.token_state());
        let limit = |bucket: Bucket| {
            let limit = self.rate_limiter.limit(bucket)?;
            Some(LimitStatus {
                bucket: bucket.name().to_owned(),
                limit: limit.limit,
                remaining: limit.remaining,
                reset_at: limit.reset_at.to_string(),
            })
        };
        let token = TokenStatus {
            state,
            login: owner.as_ref().map(|it| it.login.to_string()),
            needless_scopes: owner
                .as_ref()
                .map(|it| it.scopes.clone())
                .unwrap_or_default(),
            expires_at: owner.and_then(|it| it.expires_at).map(|it| it.to_string()),
            limits: Bucket::ALL.into_iter().filter_map(limit).collect(),
        };
        let status = ToOptions::Status {
            token,
            choices: self.preferences.choices().clone(),
            thresholds: choices::thresholds(),
            people: self.preferences.own_people(),
            is_kept: self.preferences.is_store_open(),
            is_set_aside: self.preferences.is_set_aside(),
            people_cached: u32::try_from(self.cache.looked_up()).unwrap_or(u32::MAX),
        };
        self.notify_options(client, status);
    }

    /// Tells every options page how things stand.
    pub(super) fn notify_options_pages(&mut self) {
        for client in self.clients.of_kind(ClientKind::Options) {
            self.notify_status(client, None);
        }
    }

    fn notify_options(&mut self, client: ClientId, message: ToOptions) {
        self.effects.push(Effect::NotifyOptions(client, message));
    }

    fn refuse_options(&mut self, client: ClientId, key: Key) {
        let sentence = key.alone();
        self.notify_options(client, ToOptions::Refused { sentence });
    }
}

/// Why a pasted token was not kept.
fn refusal(error: &ApiError, now: Timestamp) -> Sentence {
    let key = match error {
        ApiError::TokenRefused => Key::TokenRefused,
        ApiError::Network | ApiError::TimedOut | ApiError::TooSlow | ApiError::Unavailable => {
            Key::TokenUnreachable
        }
        ApiError::NoPermission => Key::TokenNoPermission,
        ApiError::SlowDown {
            retry_after: Some(seconds),
        } => return minutes(i64::from(*seconds)),
        ApiError::LimitSpent {
            reset_at: Some(reset_at),
        } => return minutes(reset_at.duration_since(now).as_millis() / 1_000),
        ApiError::LimitSpent { .. } | ApiError::SlowDown { .. } => Key::TokenLimitSpent,
        ApiError::Forbidden | ApiError::NotAccessible | ApiError::MissingScope => {
            Key::TokenForbidden
        }
        _ => Key::TokenUnreadable,
    };
    key.alone()
}

/// In how many minutes GitHub would answer: one at least, an hour at most.
fn minutes(seconds: i64) -> Sentence {
    let minutes = (seconds.max(1) + 59) / 60;
    let minutes = u32::try_from(minutes.min(60)).unwrap_or(60);
    Key::TokenLimitMinutes.with(&[minutes])
}
