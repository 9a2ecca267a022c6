//! The run of the triage page.

use super::client::ClientId;
use super::{Effect, Engine};
use crate::message::{FromTriage, RunState, ToTriage, TriageRun, TriageTotals};

impl Engine {
    pub(super) fn handle_triage_message(&mut self, client: ClientId, message: &FromTriage) {
        match message {
            FromTriage::Timeline => {
                let calls = self.timeline.calls();
                self.notify_triage(client, ToTriage::Timeline { calls });
            }
            _ => self.notify_of_run(client),
        }
    }

    /// Tells a page of the run there is.
    pub(super) fn notify_of_run(&mut self, client: ClientId) {
        let run = TriageRun {
            id: 0.0,
            state: RunState::Empty,
            repository: None,
            items: None,
            which: None,
            totals: TriageTotals::default(),
            waiting: None,
            notes: Vec::new(),
            rate_per_minute: 0,
            remaining_seconds: None,
            started_at: String::new(),
            kept_until: String::new(),
        };
        self.notify_triage(client, ToTriage::Run { run });
    }

    fn notify_triage(&mut self, client: ClientId, message: ToTriage) {
        self.effects.push(Effect::NotifyTriage(client, message));
    }
}
