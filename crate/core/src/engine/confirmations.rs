//! [`Confirmations`]: answers to options pages, held back until all writes to
//! the store have ended; a refusal where the store refused any.

use super::client::ClientId;
use crate::message::ToOptions;
use crate::words::Key;

/// What options pages are told as soon as everything that is on its way to the
/// store is there, and not before.
#[derive(Debug, Default)]
pub(super) struct Confirmations {
    /// Writes that are on their way.
    writes: u32,
    is_any_refused: bool,
    messages: Vec<(ClientId, ToOptions)>,
}

impl Confirmations {
    /// Notes that something is on its way to the store.
    pub(super) fn begin(&mut self) {
        self.writes = self.writes.saturating_add(1);
    }

    /// Whether anything is on its way.
    pub(super) fn is_waiting(&self) -> bool {
        self.writes > 0
    }

    /// Tells this once all is there.
    pub(super) fn add(&mut self, client: ClientId, message: ToOptions) {
        self.messages.push((client, message));
    }

    /// Notes that a write has ended, and gives what is to be told where it was
    /// the last: where the store refused any, that it did.
    pub(super) fn end(&mut self, is_kept: bool) -> Option<Vec<(ClientId, ToOptions)>> {
        self.writes = self.writes.saturating_sub(1);
        self.is_any_refused |= !is_kept;
        if self.writes > 0 {
            return None;
        }
        let is_any_refused = std::mem::take(&mut self.is_any_refused);
        let mut messages = std::mem::take(&mut self.messages);
        for (_, message) in &mut messages {
            // A token that GitHub accepts is in use, whether or not it is kept.
            if is_any_refused && *message != ToOptions::TokenSaved {
                let sentence = Key::NotKept.alone();
                *message = ToOptions::Refused { sentence };
            }
        }
        Some(messages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused() -> ToOptions {
        let sentence = Key::NotKept.alone();
        ToOptions::Refused { sentence }
    }

    #[test]
    fn nothing_is_told_before_the_last_write_has_ended() {
        for (first, last, expected) in [
            (true, true, ToOptions::Wiped),
            (true, false, refused()),
            (false, true, refused()),
        ] {
            let mut confirmations = Confirmations::default();
            confirmations.begin();
            confirmations.add(ClientId(1), ToOptions::TokenSaved);
            confirmations.begin();
            confirmations.add(ClientId(2), ToOptions::Wiped);
            assert_eq!(confirmations.end(first), None);
            let told = vec![
                (ClientId(1), ToOptions::TokenSaved),
                (ClientId(2), expected),
            ];
            assert_eq!(confirmations.end(last), Some(told));
            confirmations.begin();
            assert_eq!(confirmations.end(true), Some(Vec::new()));
        }
    }
}
