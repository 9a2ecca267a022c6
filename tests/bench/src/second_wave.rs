//! What it costs to ask who closed: cold pages with all their calls, beside the same pages without those for closers.

use anyhow::{Result, ensure};
use bonafide_core::report::Level;
use bonafide_core::time::SignedDuration;
use fake_github::latency::Latency;
use fake_github::log::{Call, Kind};
use serde::Serialize;

use crate::sim::{PAGE, Sim};

/// Simulated time after which a page counts as stuck.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

/// Cold pages of equally many people. All times are simulated.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SecondWave {
    people: usize,
    pages: usize,
    /// The pages with somebody whose closers were asked for.
    pages_with_closers: usize,
    /// All pages together.
    with: Cost,
    /// All pages together, without the calls that ask who closed.
    without: Cost,
    /// How much later the last closers came than everything else, on the page where that was longest.
    latest_by_ms: i64,
}

/// What pages cost together.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Cost {
    calls: usize,
    points: u32,
    graphql_ms: i64,
    /// From each page's first call to its last answer.
    elapsed_ms: i64,
}

/// Opens `pages` pages of `people` strangers each, every page in a browser of its own.
pub fn measure(people: usize, pages: usize) -> Result<SecondWave> {
    let logins: Vec<String> = (1..=people * pages).map(|n| format!("gen-{n}")).collect();
    let mut measured = SecondWave {
        people,
        pages,
        ..SecondWave::default()
    };
    for logins in logins.chunks(people) {
        let logins: Vec<&str> = logins.iter().map(String::as_str).collect();
        let sim = open(&logins)?;
        let all: Vec<&Call> = sim.github.log().calls().iter().collect();
        let others: Vec<&Call> = all.iter().copied().filter(|it| !is_closers(it)).collect();
        measured.pages_with_closers += usize::from(all.len() > others.len());
        let later_ms = elapsed_ms(&all) - elapsed_ms(&others);
        measured.latest_by_ms = measured.latest_by_ms.max(later_ms);
        measured.with.add(&all);
        measured.without.add(&others);
    }
    Ok(measured)
}

impl Cost {
    fn add(&mut self, calls: &[&Call]) {
        self.calls += calls.len();
        self.elapsed_ms += elapsed_ms(calls);
        for call in calls.iter().filter(|call| call.kind == Kind::Graphql) {
            self.points += call.points;
            self.graphql_ms += call.ended_ms.unwrap_or(call.started_ms) - call.started_ms;
        }
    }
}

/// A page on which everybody has a level and no call is on its way.
fn open(logins: &[&str]) -> Result<Sim> {
    let mut sim = Sim::new(Latency::MODEL, 1);
    let end = sim.now + PATIENCE;
    sim.page(PAGE, logins);
    loop {
        let levels = sim.settled(PAGE);
        let is_settled = levels.len() == logins.len()
            && levels.values().all(|level| *level != Level::Pending)
            && sim.engine.in_flight() == 0;
        if is_settled {
            return Ok(sim);
        }
        ensure!(
            sim.step(end),
            "the engine is stuck before every level is told"
        );
    }
}

fn is_closers(call: &Call) -> bool {
    call.operation == "Closers"
}

/// From the first call to the last answer; 0 without calls.
fn elapsed_ms(calls: &[&Call]) -> i64 {
    let first = calls.iter().map(|call| call.started_ms).min();
    let last = calls.iter().filter_map(|call| call.ended_ms).max();
    last.zip(first).map_or(0, |(last, first)| last - first)
}
