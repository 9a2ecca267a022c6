//! The desk where the options page is served.

use super::client::{ClientId, ClientKind};
use super::responses::Purpose;
use super::retry_policy::Recheck;
use super::{Effect, Engine, Recent};
use crate::choices;
use crate::github::limits::Bucket;
use crate::github::read::{Reading, TokenOwner, Told};
use crate::github::{ApiError, Call, Token};
use crate::json;
use crate::message::{FromOptions, LimitStatus, ToOptions, ToPopup, TokenState, TokenStatus};
use crate::policy::Policy;
use crate::settings::Settings;
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
                let has_token = self.settings.token.is_some();
                self.notify_status(client, has_token.then_some(TokenState::Checking));
                if has_token {
                    self.send(Call::TokenOwner, Purpose::TokenInUse(client), None, now);
                    self.send(Call::RateLimits, Purpose::Limits(client), None, now);
                }
            }
            FromOptions::SaveToken { token } => match Token::parse(&token) {
                Ok(token) => {
                    let purpose = Purpose::NewToken(client, token.clone());
                    self.send(Call::TokenOwner, purpose, Some(token), now);
                }
                Err(error) => self.refuse_options(client, error.key()),
            },
            FromOptions::DeleteToken => {
                self.set_token(None, None);
                self.notify_status(client, None);
            }
            FromOptions::SetChoices { choices } => {
                if let Err(sentence) = self.choose(choices) {
                    self.notify_options(client, ToOptions::Refused { sentence });
                }
                self.notify_options_pages();
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
                }
                self.notify_options_pages();
            }
            FromOptions::Import { text } => {
                let answer = match self.import(&text) {
                    Ok(sentence) => ToOptions::Imported { sentence },
                    Err(sentence) => ToOptions::Refused { sentence },
                };
                self.notify_options(client, answer);
                self.notify_options_pages();
            }
            FromOptions::Export => {
                let text = self.export();
                self.notify_options(client, ToOptions::Exported { text });
            }
            FromOptions::ExportVouched => {
                let text = self.export_vouched();
                self.notify_options(client, ToOptions::Exported { text });
            }
            FromOptions::Wipe => {
                self.set_token(None, None);
                self.settings = Settings::default();
                self.policy = Policy::default();
                self.people.clear();
                self.unsaved.clear();
                for key in self.queue.keys() {
                    self.queue.remove(&key);
                }
                // What is on its way would be kept again.
                for (call, _) in std::mem::take(&mut self.flights) {
                    self.effects.push(Effect::Abort(call));
                }
                self.rate_limiter = super::RateLimiter::default();
                self.mark_everyone_changed();
                self.notify_looks();
                self.effects.push(Effect::Wipe);
                self.notify_options(client, ToOptions::Wiped);
                self.notify_options_pages();
            }
        }
    }

    pub(super) fn handle_new_token(
        &mut self,
        client: ClientId,
        token: Token,
        reading: Result<Reading, ApiError>,
        now: Timestamp,
    ) {
        match reading.map(|reading| reading.told) {
            Ok(Some(Told::TokenOwner(owner))) => {
                self.set_token(Some(token), Some(owner));
                self.notify_options(client, ToOptions::TokenSaved);
                self.notify_status(client, Some(TokenState::Accepted));
                self.send(Call::RateLimits, Purpose::Limits(client), None, now);
            }
            Ok(_) => self.refuse_options(client, Key::TokenUnreadable),
            Err(error) => self.refuse_options(client, key_of(&error)),
        }
    }

    pub(super) fn handle_token_in_use(
        &mut self,
        client: ClientId,
        reading: Result<Reading, ApiError>,
        is_current: bool,
    ) {
        // The token has been replaced or deleted while GitHub was asked.
        if !is_current {
            return;
        }
        let state = match reading.map(|reading| reading.told) {
            Ok(Some(Told::TokenOwner(owner))) => {
                self.settings.owner = Some(owner);
                self.save_settings();
                TokenState::Accepted
            }
            Err(ApiError::TokenRefused) => TokenState::Refused,
            Ok(_) | Err(_) => TokenState::Unchecked,
        };
        self.notify_status(client, Some(state));
    }

    pub(super) fn handle_limits(&mut self, client: ClientId, reading: Result<Reading, ApiError>) {
        if let Ok(Some(Told::RateLimits(limits))) = reading.map(|reading| reading.told) {
            for (bucket, limit) in limits {
                self.rate_limiter.note_limit(bucket, limit);
            }
            self.notify_status(client, None);
        }
    }

    fn set_token(&mut self, token: Option<Token>, owner: Option<TokenOwner>) {
        self.settings.token = token;
        self.settings.owner = owner;
        self.token_number = self.token_number.wrapping_add(1);
        self.is_token_refused = false;
        self.rate_limiter.forget_limits();
        // Another token may be let into other repositories.
        self.vouched.clear();
        self.save_settings();
        self.recheck(Recheck::WithToken);
        // What was wanted in the old way, REST or GraphQL, is wanted anew.
        for key in self.queue.keys() {
            let bucket = self.bucket(key.1.part);
            self.queue.pay_from(&key, bucket);
        }
        self.mark_everyone_changed();
        self.notify_popups_of_token();
    }

    pub(super) fn save_settings(&mut self) {
        if let Ok(text) = json::to_string(&self.settings) {
            self.effects.push(Effect::SaveSettings(text));
        }
    }

    /// Tells every popup how it stands with the token.
    pub(super) fn notify_popups_of_token(&mut self) {
        for popup in self.clients_of_kind(ClientKind::Popup) {
            self.notify_popup_of_token(popup);
        }
    }

    pub(super) fn notify_popup_of_token(&mut self, popup: ClientId) {
        let state = self.token_state();
        let owner = self.settings.owner.as_ref();
        let login = owner.map(|owner| owner.login.to_string());
        self.notify_popup(popup, ToPopup::Token { state, login });
    }

    /// How it stands with the token, as far as GitHub last told.
    fn token_state(&self) -> TokenState {
        match &self.settings.token {
            None => TokenState::None,
            Some(_) if self.is_token_refused => TokenState::Refused,
            Some(_) if self.settings.owner.is_some() => TokenState::Accepted,
            Some(_) => TokenState::Unchecked,
        }
    }

    pub(super) fn mark_everyone_changed(&mut self) {
        for client in self.clients.values() {
            for key in client.subscriptions.keys() {
                self.changed.insert(key.clone());
            }
        }
    }

    /// Tells how things stand. Without a `state` it is what was last known.
    fn notify_status(&mut self, client: ClientId, state: Option<TokenState>) {
        let owner = self.settings.owner.clone();
        // The token may have been deleted while GitHub was asked about it.
        let state = state.filter(|_| self.settings.token.is_some());
        let state = state.unwrap_or_else(|| self.token_state());
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
            choices: self.settings.choices.clone(),
            thresholds: choices::thresholds(),
            people: self.settings.people.iter().cloned().collect(),
            is_kept: !self.is_store_shut,
            people_cached: u32::try_from(self.people.len()).unwrap_or(u32::MAX),
        };
        self.notify_options(client, status);
    }

    /// Tells every options page how things stand.
    pub(super) fn notify_options_pages(&mut self) {
        for client in self.clients_of_kind(ClientKind::Options) {
            self.notify_status(client, None);
        }
    }

    /// Everybody of one kind.
    pub(super) fn clients_of_kind(&self, kind: ClientKind) -> Vec<ClientId> {
        let of_kind = self
            .clients
            .iter()
            .filter(|(_, client)| client.kind == kind);
        of_kind.map(|(id, _)| *id).collect()
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
fn key_of(error: &ApiError) -> Key {
    match error {
        ApiError::TokenRefused => Key::TokenRefused,
        ApiError::Network | ApiError::TimedOut | ApiError::TooSlow | ApiError::Unavailable => {
            Key::TokenUnreachable
        }
        ApiError::NoPermission => Key::TokenNoPermission,
        ApiError::LimitSpent { .. } | ApiError::SlowDown { .. } => Key::TokenLimitSpent,
        ApiError::Forbidden | ApiError::NotAccessible | ApiError::MissingScope => {
            Key::TokenForbidden
        }
        _ => Key::TokenUnreadable,
    }
}
