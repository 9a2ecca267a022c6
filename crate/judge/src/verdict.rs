//! [`Verdict`]: what the extension would say of a record.

use bonafide_core::assess::assess;
use bonafide_core::policy::Policy;
use bonafide_core::report::{FindingLevel, Level};
use bonafide_core::triage::record::{Record, UnknownCloser};
use serde::Serialize;
use std::collections::BTreeMap;

/// What the extension would say of a record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// The record's id.
    pub id: String,
    /// The level.
    pub level: Level,
    /// Each finding's level, by the finding's id.
    pub findings: BTreeMap<String, FindingLevel>,
}

impl Verdict {
    /// Whether a maintainer would be warned.
    pub fn is_flagged(&self) -> bool {
        matches!(self.level, Level::Caution | Level::Alert)
    }
}

/// Judges a record as the extension would at the record's own time.
pub fn judge(record: &Record, policy: &Policy, unknown_closer: UnknownCloser) -> Verdict {
    let evidence = record.evidence(unknown_closer);
    let report = assess(&evidence, policy, record.now).report;
    let findings = report.findings.into_iter().map(|it| (it.id, it.level));
    Verdict {
        id: record.id.clone(),
        level: report.level,
        findings: findings.collect(),
    }
}
