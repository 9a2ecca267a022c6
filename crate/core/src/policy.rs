//! Policies: how findings become a level.

use crate::finding::Definition;
use crate::report::{GroupName, Thresholds};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Merged pull requests in a repository from which an author counts as known
/// there.
///
/// One may be luck and two a coincidence; the number is ours, the direction is
/// not: in good-egg's study of 200,172 pull requests, earlier merges in the
/// same repository said more than every global figure.
pub const KNOWN_FROM_MERGED: u32 = 3;

/// The policies a person can choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum PolicyName {
    /// Bonafide's own rules.
    #[default]
    Balanced,
    /// The rules of gh-profiler 0.9.0.
    Classic,
}

/// How findings become a level: a preset, and where somebody tuned it, their
/// thresholds.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    name: PolicyName,
    tuned: BTreeMap<&'static str, Thresholds>,
}

/// What a policy makes of one finding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// The group it counts in.
    pub group: GroupName,
    /// The thresholds it is held against; none where it is context only.
    pub thresholds: Option<Thresholds>,
}

impl Policy {
    /// The policy as it comes.
    pub const fn preset(name: PolicyName) -> Self {
        Self {
            name,
            tuned: BTreeMap::new(),
        }
    }

    /// The same policy with other numbers for one finding. The direction of a
    /// threshold belongs to the finding and stays; a finding that this policy
    /// leaves out or takes as context stays so.
    #[must_use]
    pub fn tuned(mut self, finding: &Definition, caution: f64, alert: f64) -> Self {
        if let Some(preset) = self.rule(finding).and_then(|rule| rule.thresholds) {
            let thresholds = Thresholds {
                caution,
                alert,
                ..preset
            };
            self.tuned.insert(finding.id, thresholds);
        }
        self
    }

    /// Which preset it is.
    pub const fn name(&self) -> PolicyName {
        self.name
    }

    /// What it makes of a finding; none where it leaves the finding out.
    pub fn rule(&self, finding: &Definition) -> Option<Rule> {
        let preset = match self.name {
            PolicyName::Balanced => finding.balanced,
            PolicyName::Classic => finding.classic,
        }?;
        let tuned = self.tuned.get(finding.id).copied();
        Some(Rule {
            thresholds: preset.thresholds.map(|preset| tuned.unwrap_or(preset)),
            ..preset
        })
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self::preset(PolicyName::default())
    }
}
