//! [`Predictor`]: how long GitHub will take for a request.
//!
//! A GraphQL request takes about the sum of what it asks for: a part for the
//! request itself, and one for each search, connection and node. Each part is
//! a published measurement times a factor, and the factors are learned from
//! answers.

use crate::github::Work;
use serde::{Deserialize, Serialize};

/// Milliseconds for a request, a search, a connection and a node by the
/// measurements that this project started from.
const MEASURED_MS: [i64; 4] = [250, 450, 45, 4];

/// Milliseconds for each account that is looked up, by the same measurements:
/// too few to be learned.
const ACCOUNT_MS: i64 = 5;

/// A REST call by the same measurements.
const REST_MS: u32 = 400;

/// Factors are counted in thousandths.
const ONE: i64 = 1_000;

/// No factor leaves this range, whatever answers say: an hour of a bad network
/// must not make every later request a small one.
const BOUNDS: (i64, i64) = (ONE / 4, 8 * ONE);

/// Each answer corrects an eighth of what the prediction missed.
const RATE: i64 = 8;

/// Nodes that a connection brings on average, in tenths, before any has been
/// seen: an active author's three weeks.
const NODES: u32 = 120;

/// Connections in one request to begin with: 20 take some two seconds, and a
/// request is killed at ten.
const MOST_CONNECTIONS: u32 = 20;

/// However often GitHub kills requests, a single author is asked for whole.
const LEAST_CONNECTIONS: u32 = 2;

/// Milliseconds that a request of a run may take: a third of what GitHub
/// allows.
const MOST_RUN_MS: u32 = 3_000;

/// What has been learned of GitHub's response times.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Predictor {
    /// The factors of [`MEASURED_MS`], in thousandths.
    factors: Vec<i64>,
    /// Nodes that a connection brings on average, in tenths.
    nodes: u32,
    /// How many connections a request may have.
    most_connections: u32,
}

impl Default for Predictor {
    fn default() -> Self {
        Self {
            factors: vec![ONE; MEASURED_MS.len()],
            nodes: NODES,
            most_connections: MOST_CONNECTIONS,
        }
    }
}

impl Predictor {
    /// Milliseconds that a request is expected to take.
    pub fn predict_ms(&self, work: &Work) -> u32 {
        if work.is_rest {
            return REST_MS;
        }
        let nodes = work.connections.saturating_mul(self.nodes).div_ceil(10);
        self.ms(work, nodes.min(work.most_nodes) + work.sure_nodes)
    }

    /// Whether a request may ask for `all` where it could ask for `one` author
    /// alone: as long as it takes less than 1.5 times as long, so that nobody
    /// waits much for the others.
    pub fn may_join(&self, one: &Work, all: &Work) -> bool {
        let (one, joined) = (self.predict_ms(one), self.predict_ms(all));
        all.connections <= self.most_connections && 2 * joined < 3 * one
    }

    /// The same where nobody waits for one author in particular: what counts
    /// is that the request itself is paid for by as many as possible, and that
    /// it ends long before GitHub kills it.
    pub fn may_join_run(&self, all: &Work) -> bool {
        all.connections <= self.most_connections && self.predict_ms(all) <= MOST_RUN_MS
    }

    /// Learns from an answer that took so long and brought so many nodes.
    pub fn learn(&mut self, work: &Work, nodes: u32, elapsed_ms: u64) {
        if work.is_rest {
            return;
        }
        // Totals and closers bring what they are asked for.
        let is_of_pages = work.connections > 0 && work.most_nodes > work.connections;
        if is_of_pages {
            let seen = nodes.saturating_mul(10) / work.connections;
            self.nodes = (15 * self.nodes + seen.min(1_000)).div_ceil(16);
        }
        let elapsed = i64::try_from(elapsed_ms).unwrap_or(i64::MAX).min(10_000);
        let missed = elapsed - i64::from(self.ms(work, nodes));
        let parts = parts(work, nodes);
        let squares: i64 = parts.iter().map(|part| part * part).sum();
        for (factor, part) in self.factors.iter_mut().zip(parts) {
            *factor += ONE * missed * part / squares.max(1) / RATE;
            *factor = (*factor).clamp(BOUNDS.0, BOUNDS.1);
        }
        // Who asks for half of what is allowed has shown that a little more goes too.
        if is_of_pages && 2 * work.connections >= self.most_connections {
            self.most_connections = (self.most_connections + 1).min(MOST_CONNECTIONS);
        }
    }

    /// Learns that GitHub did not get done with a request in time.
    pub fn note_killed(&mut self, work: &Work) {
        let half = work.connections.min(self.most_connections) / 2;
        if work.connections > LEAST_CONNECTIONS {
            self.most_connections = half.max(LEAST_CONNECTIONS);
        }
    }

    fn ms(&self, work: &Work, nodes: u32) -> u32 {
        let parts = parts(work, nodes).into_iter().zip(&self.factors);
        let learned: i64 = parts.map(|(part, factor)| part * factor / ONE).sum();
        let whole = learned + ACCOUNT_MS * i64::from(work.accounts);
        u32::try_from(whole).unwrap_or(u32::MAX)
    }
}

/// Milliseconds for each kind of work, before they are corrected.
fn parts(work: &Work, nodes: u32) -> [i64; 4] {
    let [request, search, connection, node] = MEASURED_MS;
    [
        request,
        search * i64::from(work.searches),
        connection * i64::from(work.connections),
        node * i64::from(nodes),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn activity(authors: u32) -> Work {
        Work {
            connections: 2 * authors,
            most_nodes: 60 * authors,
            accounts: 2 * authors,
            ..Work::default()
        }
    }

    /// How many authors share a request.
    fn authors(predictor: &Predictor) -> u32 {
        let fit = (1..50).take_while(|n| predictor.may_join(&activity(1), &activity(*n)));
        fit.last().unwrap_or(1)
    }

    /// Lets GitHub answer many times in the time that `ms` says, for requests
    /// of one to four authors with so many nodes for each connection.
    fn learned(ms: impl Fn(&Work, u32) -> u64, nodes: u32) -> Predictor {
        let mut predictor = Predictor::default();
        for round in 0..400 {
            let work = activity(round % 4 + 1);
            let nodes = nodes * work.connections;
            predictor.learn(&work, nodes, ms(&work, nodes));
        }
        predictor
    }

    #[test]
    fn before_any_answer_it_predicts_what_others_measured() {
        let predictor = Predictor::default();
        let search = Work {
            searches: 2,
            ..Work::default()
        };
        assert_eq!(predictor.predict_ms(&search), 1_150);
        assert_eq!(predictor.predict_ms(&activity(1)), 250 + 90 + 10 + 24 * 4);
        let closers = Work {
            connections: 20,
            most_nodes: 20,
            ..Work::default()
        };
        assert_eq!(predictor.predict_ms(&closers), 250 + 900 + 80);
        assert_eq!(authors(&predictor), 2);
    }

    #[test]
    fn it_learns_what_connections_and_nodes_cost() {
        let of = |request: u64, connection: u64, node: u64, nodes| {
            let ms = move |work: &Work, nodes: u32| {
                request + connection * u64::from(work.connections) + node * u64::from(nodes)
            };
            let predictor = learned(ms, nodes);
            for n in [1, 3] {
                let work = activity(n);
                let truth = ms(&work, nodes * work.connections);
                let predicted = u64::from(predictor.predict_ms(&work));
                assert!(
                    predicted.abs_diff(truth) * 10 < truth,
                    "{predicted} for {truth}"
                );
            }
            authors(&predictor)
        };
        assert_eq!(of(250, 45, 4, 3), 2);
        assert!(
            of(600, 10, 1, 3) > 5,
            "connections are cheap: more share a request"
        );
        assert_eq!(of(250, 200, 10, 20), 1, "they are dear: nobody shares one");
    }

    #[test]
    fn nothing_that_answers_say_leaves_the_bounds() {
        for ms in [0, 10_000, u64::MAX] {
            let predictor = learned(|_, _| ms, 100);
            let one = predictor.predict_ms(&activity(1));
            assert!((60..=8 * 1_200).contains(&one), "{one} after {ms}");
        }
    }

    #[test]
    fn a_request_that_was_killed_halves_the_next() {
        let mut predictor = learned(|_, _| 300, 1);
        let before = authors(&predictor);
        predictor.note_killed(&activity(before));
        assert_eq!(authors(&predictor), before / 2);
        for _ in 0..9 {
            predictor.note_killed(&activity(2));
        }
        assert_eq!(authors(&predictor), 1);
        for _ in 0..40 {
            predictor.learn(&activity(1), 2, 300);
        }
        assert!(authors(&predictor) > 1, "good answers widen it again");
    }

    #[test]
    fn only_a_request_of_half_the_allowed_size_shows_that_more_goes() {
        let mut predictor = Predictor::default();
        // Beside so slow a request, only the number of connections matters.
        let slow = Work {
            searches: 100,
            ..Work::default()
        };
        let authors = |predictor: &Predictor| {
            let fit = (1..50).take_while(|n| predictor.may_join(&slow, &activity(*n)));
            fit.count()
        };
        assert_eq!(authors(&predictor), 10);
        predictor.note_killed(&activity(10));
        for (of, expected) in [(2, 5), (3, 6)] {
            for _ in 0..9 {
                predictor.learn(&activity(of), 2 * of, 300);
            }
            assert_eq!(authors(&predictor), expected, "after requests for {of}");
        }
    }
}
