//! What the calls of a run took, minute by minute: the timeline keeps only the
//! last of thousands.

use crate::engine::Engine;
use crate::engine::flights::{Flight, Purpose};
use crate::engine::past::Reader;
use crate::message::RunCalls;
use crate::time::Timestamp;

/// More periods than this are too narrow to tell apart: two become one.
const MOST_PERIODS: usize = 60;

const MINUTE_MS: u32 = 60_000;

impl Engine {
    /// Notes a call that has ended with each run that waited for it.
    pub(in crate::engine) fn note_call_of_run(&mut self, flight: &Flight, now: Timestamp) {
        for (id, slot) in &mut self.triage.slots {
            let is_for_it = match &flight.purpose {
                Purpose::Listing(run) => run == id,
                Purpose::Past(keys) => keys.iter().any(|key| key.reader == Reader::Run(*id)),
                // Whoever came first has requested it, and all wait for it.
                Purpose::Jobs(keys) => keys.iter().any(|(who, _)| slot.active.contains_key(who)),
                _ => false,
            };
            if is_for_it {
                let head = &mut slot.run.head;
                head.calls.note(flight, head.started_at, now);
            }
        }
    }
}

impl RunCalls {
    fn note(&mut self, flight: &Flight, begun_at: Timestamp, now: Timestamp) {
        let took_ms = between(flight.sent_at, now);
        let ended_ms = between(begun_at, now);
        self.lasted_ms = self.lasted_ms.max(ended_ms);
        let waited_ms = between(flight.wanted_at, flight.sent_at);
        self.waited_ms = self.waited_ms.saturating_add(waited_ms);
        self.count(ended_ms, took_ms);
        if self.slowest_ms < took_ms {
            self.slowest_ms = took_ms;
            flight.call.name().clone_into(&mut self.slowest);
        }
    }

    /// Counts a call in the period of this moment.
    fn count(&mut self, ended_ms: u32, took_ms: u32) {
        self.period_minutes = self.period_minutes.max(1);
        let place = |minutes| usize::try_from(ended_ms / MINUTE_MS / minutes).unwrap_or(usize::MAX);
        while place(self.period_minutes) >= MOST_PERIODS {
            self.period_minutes *= 2;
            for sums in [&mut self.calls, &mut self.took_ms] {
                let two = |two: &[u32]| two.iter().copied().fold(0, u32::saturating_add);
                *sums = sums.chunks(2).map(two).collect();
            }
        }
        let place = place(self.period_minutes);
        for (sums, more) in [(&mut self.calls, 1), (&mut self.took_ms, took_ms)] {
            sums.resize(sums.len().max(place + 1), 0);
            if let Some(sum) = sums.get_mut(place) {
                *sum = sum.saturating_add(more);
            }
        }
    }
}

/// Milliseconds from one moment to another; none where a clock was put back.
fn between(from: Timestamp, to: Timestamp) -> u32 {
    let ms = to.duration_since(from).as_millis().max(0);
    u32::try_from(ms).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(minutes: impl Iterator<Item = u32>) -> RunCalls {
        let mut calls = RunCalls::default();
        for minute in minutes {
            calls.count(minute * MINUTE_MS + 59_999, 500);
        }
        calls
    }

    #[test]
    fn each_minute_has_its_calls_and_an_idle_one_has_none() {
        let calls = noted([0, 0, 3].into_iter());
        assert_eq!((calls.period_minutes, calls.calls), (1, vec![2, 0, 0, 1]));
        assert_eq!(calls.took_ms, [1_000, 0, 0, 500]);
    }

    #[test]
    fn of_a_long_run_periods_are_longer_and_none_is_lost() {
        let calls = noted(0..100);
        assert_eq!((calls.period_minutes, calls.calls), (2, vec![2; 50]));
        assert_eq!(calls.took_ms, [1_000; 50]);
        // Seven days, as long as a run is kept.
        let calls = noted((0..10_080).step_by(10));
        assert!(calls.calls.len() <= MOST_PERIODS, "{}", calls.calls.len());
        assert_eq!(calls.calls.iter().sum::<u32>(), 1_008);
    }
}
