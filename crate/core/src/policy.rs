//! Policies: how findings become a level.

use crate::finding::Definition;
use crate::report::{GroupName, Thresholds};
use litemap::LiteMap;
use serde::{Deserialize, Serialize};

/// Merged pull requests in a repository from which an author counts as known
/// there, unless the reader sets another number.
///
/// One may be luck and two a coincidence; the number is ours, the direction is
/// not: in good-egg's study of 200,172 pull requests, earlier merges in the
/// same repository said more than every global figure. They are counted by a
/// search of the repository and by what the author's own connection shows.
/// GitHub's word CONTRIBUTOR says that there is one, so it is no number.
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
    tuned: LiteMap<&'static str, Thresholds>,
    known_from_merged: u32,
}

/// What a policy makes of one finding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// The group it counts in.
    pub group: GroupName,
    /// The thresholds it is compared with; none where it is context only.
    pub thresholds: Option<Thresholds>,
}

impl Policy {
    /// The policy as it comes.
    pub const fn preset(name: PolicyName) -> Self {
        Self {
            name,
            tuned: LiteMap::new(),
            known_from_merged: KNOWN_FROM_MERGED,
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

    /// The same policy, under which an author is known from so many merged pull
    /// requests.
    #[must_use]
    pub fn known_from(mut self, merged: u32) -> Self {
        self.known_from_merged = merged;
        self
    }

    /// Merged pull requests in a repository from which an author is known there.
    pub const fn known_from_merged(&self) -> u32 {
        self.known_from_merged
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::FINDINGS;

    fn definition(id: &str) -> &'static Definition {
        FINDINGS.iter().find(|d| d.id == id).unwrap()
    }

    #[test]
    fn tuning_changes_numbers_and_nothing_else() {
        for (id, expected) in [
            ("prs-spread", Some(Thresholds::more_than(1.0, 2.0))),
            // Context stays context.
            ("account-age", None),
        ] {
            let finding = definition(id);
            let policy = Policy::default().tuned(finding, 1.0, 2.0);
            assert_eq!(policy.rule(finding).unwrap().thresholds, expected, "{id}");
        }
        let age = definition("account-age");
        let classic = Policy::preset(PolicyName::Classic).tuned(age, 30.0, 7.0);
        let tuned = classic.rule(age).unwrap().thresholds;
        assert_eq!(tuned, Some(Thresholds::at_most(30.0, 7.0)));
        let left_out = definition("prs-spread");
        assert_eq!(classic.tuned(left_out, 1.0, 2.0).rule(left_out), None);
    }

    #[test]
    fn ids_are_unlike_and_in_kebab_case() {
        let mut ids: Vec<_> = FINDINGS.iter().map(|d| d.id).collect();
        assert!(
            ids.iter()
                .all(|id| id.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
        );
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), FINDINGS.len());
    }
}
