//! [`Timeline`]: the last calls, when they were made and how they went.
//!
//! It holds no token and no body, only what explains why something is slow.

use super::CallId;
use crate::github::Call;
use crate::json;
use crate::message::TimedCall;
use crate::time::Timestamp;
use std::collections::VecDeque;

/// How many calls are remembered: several pages' worth.
const LENGTH: usize = 200;

/// How many errors of one answer are remembered: what breaks one item of a
/// list mostly breaks all of them.
const MAX_ERRORS: usize = 5;

/// The last calls, oldest first.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    calls: VecDeque<(CallId, TimedCall)>,
}

impl Timeline {
    /// Notes a call that leaves and has been wanted since `requested_at`.
    pub(super) fn note_sent(
        &mut self,
        id: CallId,
        call: &Call,
        requested_at: Timestamp,
        now: Timestamp,
    ) {
        if self.calls.len() == LENGTH {
            self.calls.pop_front();
        }
        let timed = TimedCall {
            name: call.name().to_owned(),
            logins: call.logins(),
            bucket: call.bucket().name().to_owned(),
            wanted_ms: milliseconds(requested_at),
            sent_ms: milliseconds(now),
            ended_ms: None,
            size: None,
            result: None,
            unreadable: Vec::new(),
        };
        self.calls.push_back((id, timed));
    }

    /// Notes how a call ended: the status or, without one, what went wrong,
    /// and how many bytes the answer's body had.
    pub(super) fn note_ended(
        &mut self,
        id: CallId,
        result: String,
        size: Option<usize>,
        now: Timestamp,
    ) {
        if let Some((_, call)) = self.calls.iter_mut().rev().find(|(it, _)| *it == id) {
            call.ended_ms = Some(milliseconds(now));
            call.size = size.and_then(|size| u32::try_from(size).ok());
            call.result = Some(result);
        }
    }

    /// Notes what could not be read of a call's answer.
    pub(super) fn note_unreadable(&mut self, id: CallId, errors: &[json::Error]) {
        if let Some((_, call)) = self.calls.iter_mut().rev().find(|(it, _)| *it == id) {
            let errors = errors.iter().take(MAX_ERRORS);
            call.unreadable = errors.map(ToString::to_string).collect();
        }
    }

    /// All of them, oldest first.
    pub(super) fn calls(&self) -> Vec<TimedCall> {
        self.calls.iter().map(|(_, call)| call.clone()).collect()
    }
}

fn milliseconds(at: Timestamp) -> f64 {
    // Whole in a double for ages to come.
    #[expect(clippy::cast_precision_loss)]
    let milliseconds = at.as_millisecond() as f64;
    milliseconds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_more_calls_than_anybody_looks_at_the_oldest_are_dropped() {
        let mut timeline = Timeline::default();
        let at = |second: u32| Timestamp::from_second(1_795_000_000 + i64::from(second)).unwrap();
        for number in 0..250 {
            let now = at(number);
            timeline.note_sent(CallId(number), &Call::RateLimits, now, now);
        }
        let calls = timeline.calls();
        assert_eq!(calls.len(), LENGTH);
        let first = calls.first().map(|it| it.sent_ms);
        assert_eq!(first, Some(milliseconds(at(50))));
        // An answer to one that was dropped is nobody's.
        timeline.note_ended(CallId(3), "200".to_owned(), None, at(300));
        assert!(timeline.calls().iter().all(|it| it.ended_ms.is_none()));
    }
}
