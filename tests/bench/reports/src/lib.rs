//! What a report costs: people as the engine has stored them, to be assessed over and over.
//!
//! Whoever calls takes the time. Built once for the machine at hand and once for WebAssembly, in the way of what is
//! shipped, so that both figures are of the very same work.

use bonafide_core::assess::assess;
use bonafide_core::engine::Person;
use bonafide_core::engine::person_evidence::{EvidenceUse, Progress};
use bonafide_core::evidence::Evidence;
use bonafide_core::json;
use bonafide_core::policy::{Policy, PolicyName};
use bonafide_core::time::Timestamp;
use wasm_bindgen::prelude::wasm_bindgen;

/// People whom no call is on its way for.
#[wasm_bindgen]
pub struct Reports {
    people: Vec<Evidence>,
    policy: Policy,
    now: Timestamp,
}

#[wasm_bindgen]
impl Reports {
    /// Reads people as they are stored; `now` is in milliseconds since 1970. Nothing where one of them cannot be read.
    // The moment comes from JavaScript, whose numbers are doubles.
    #[expect(clippy::cast_possible_truncation)]
    pub fn read(stored: Vec<String>, now: f64) -> Option<Reports> {
        let now = Timestamp::from_millisecond(now as i64).ok()?;
        let evidence = |text: String| {
            let person: Person = json::from_str(&text).ok()?;
            Some(person.evidence(None, None, now, EvidenceUse::Report, |_| Progress::Idle))
        };
        let people = stored.into_iter().map(evidence).collect::<Option<_>>()?;
        let policy = Policy::preset(PolicyName::Balanced);
        Some(Self {
            people,
            policy,
            now,
        })
    }

    /// Makes everybody's report, and says how many that were.
    pub fn assess(&self) -> usize {
        for evidence in &self.people {
            let evidence = std::hint::black_box(evidence);
            std::hint::black_box(assess(evidence, &self.policy, self.now));
        }
        self.people.len()
    }
}
