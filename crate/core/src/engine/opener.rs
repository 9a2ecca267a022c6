//! Finds out who opened the issue or pull request that the popup was asked
//! about.

use super::client::{ClientId, Subscription};
use super::flights::{Flight, Purpose};
use super::{Effect, Engine};
use crate::github::read::{Answer, GeneralAnswer, Opener};
use crate::github::{ApiError, Call};
use crate::login::Login;
use crate::message::ToPopup;
use crate::report::Sentence;
use crate::repository::Repository;
use crate::time::Timestamp;
use crate::words::Key;

impl Engine {
    pub(super) fn request_opener(
        &mut self,
        client: ClientId,
        repository: Repository,
        number: u32,
        now: Timestamp,
    ) {
        if self.preferences.is_token_refused() {
            return self.refuse_popup(client, Key::TargetTokenRefused.alone());
        }
        self.send(
            Call::Opener(repository, number),
            Purpose::Opener(client),
            now,
        );
    }

    pub(super) fn cancel_opener_calls(&mut self, client: ClientId, now: Timestamp) {
        let is_its =
            |flight: &Flight| matches!(flight.purpose, Purpose::Opener(of) if of == client);
        for id in self.flights.remove_all(is_its) {
            self.rate_limiter.note_ended(id, now);
            self.effects.push(Effect::Abort(id));
        }
    }

    pub(super) fn handle_opener(
        &mut self,
        client: ClientId,
        flight: &Flight,
        reading: Result<Answer, ApiError>,
        now: Timestamp,
    ) {
        let Call::Opener(repository, number) = &flight.call else {
            return;
        };
        let name = format!("{repository}#{number}");
        let may_forgo = !flight.is_anonymous && self.preferences.has_token();
        if may_forgo && matches!(reading, Err(ApiError::OrganizationForbids)) {
            // What is public is told to anybody.
            let purpose = Purpose::Opener(client);
            return self.send_as(flight.call.clone(), purpose, true, now);
        }
        match reading.map(|reading| reading.general) {
            Ok(Some(GeneralAnswer::Opener(opener))) => {
                if let Some(popup) = self.clients.get_mut(client) {
                    popup.repository = Some(repository.clone());
                }
                self.subscribe_to_opener(client, &opener, &name, *number, now);
            }
            // It would be of no use to say how a call without the token failed.
            Err(_) if flight.is_anonymous && self.preferences.has_token() => {
                self.refuse_popup(client, Key::TargetForbidden.about(&name));
            }
            Err(ApiError::NotFound) => {
                self.refuse_popup(client, Key::TargetItemNotFound.about(&name));
            }
            Err(ApiError::TokenRefused) => {
                self.refuse_popup(client, Key::TargetTokenRefused.alone());
            }
            Err(ApiError::Network | ApiError::TimedOut) => {
                self.refuse_popup(client, Key::TargetOffline.about(&name));
            }
            Err(ApiError::OrganizationForbids | ApiError::Forbidden | ApiError::NotAccessible) => {
                self.refuse_popup(client, Key::TargetForbidden.about(&name));
            }
            Err(ApiError::AccountSuspended) => {
                self.refuse_popup(client, Key::ReasonGapAccountSuspended.alone());
            }
            Err(ApiError::LoginAttempts) => {
                self.refuse_popup(client, Key::ReasonGapLoginAttempts.alone());
            }
            Err(ApiError::NoPermission) => {
                self.refuse_popup(client, Key::TargetNoPermission.alone());
            }
            Err(ApiError::LimitSpent { .. } | ApiError::SlowDown { .. }) => {
                self.refuse_popup(client, Key::TargetLimitSpent.about(&name));
            }
            Ok(_) | Err(_) => self.refuse_popup(client, Key::TargetUnreadable.about(&name)),
        }
    }

    fn subscribe_to_opener(
        &mut self,
        client: ClientId,
        opener: &Opener,
        name: &str,
        number: u32,
        now: Timestamp,
    ) {
        let login = opener.login.strip_suffix("[bot]").unwrap_or(&opener.login);
        let Ok(login) = login.parse::<Login>() else {
            return self.refuse_popup(client, Key::TargetUnreadable.about(name));
        };
        let mut subscription =
            Subscription::requested(login, opener.association, opener.created_at);
        subscription.is_app = opener.is_app;
        subscription.number = Some(number);
        self.subscribe(client, subscription, now);
    }

    fn refuse_popup(&mut self, client: ClientId, sentence: Sentence) {
        self.notify_popup(client, ToPopup::Refused { sentence });
    }
}
