//! What a person has chosen in the options. Everything has a default that
//! needs no visit.

use crate::finding::{Definition, FINDINGS, Unit};
use crate::policy::{self, Policy, PolicyName};
use crate::report::PassedBy;
use crate::words::Key;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// How many minutes what somebody did may be taken as new. Shorter asks
/// GitHub for the same again; longer than it is shown at all is no use.
pub const FRESH_MINUTES: RangeInclusive<u32> = 5..=360;

/// How many look-ups a list may begin in a minute. At 60, an hour of
/// scrolling takes nine tenths of a token's hour.
pub const LIST_LOOK_UPS: RangeInclusive<u32> = 1..=60;

/// From how many merged pull requests here an author may count as known here.
/// One may be luck; whoever wants more than fifty wants nobody.
pub const KNOWN_FROM_MERGED: RangeInclusive<u32> = 1..=50;

/// The largest threshold, in the unit that people write.
pub const LARGEST_THRESHOLD: u32 = 10_000;

/// What a person has chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", default)]
pub struct Choices {
    /// The policy.
    pub policy: PolicyName,
    /// Thresholds other than the policy's own.
    pub tuned: Vec<Tuned>,
    /// Kinds of page without badges, by the names in `content/page.ts`.
    pub pages_off: Vec<String>,
    /// Whether badges that say `clear` are left out.
    pub hides_clear: bool,
    /// Whether a line above lists sums up their authors.
    pub shows_people_line: bool,
    /// For how many minutes what somebody did is taken as new.
    pub fresh_minutes: u32,
    /// How many look-ups lists may begin in a minute, all together.
    pub list_look_ups: u32,
    /// From how many merged pull requests here an author is known here.
    pub known_from_merged: u32,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            policy: PolicyName::default(),
            tuned: Vec::new(),
            pages_off: Vec::new(),
            hides_clear: false,
            shows_people_line: true,
            fresh_minutes: 45,
            list_look_ups: 30,
            known_from_merged: policy::KNOWN_FROM_MERGED,
        }
    }
}

/// Thresholds of a person's own for one finding, in the unit people write:
/// percent for a share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Tuned {
    /// The policy they are for.
    pub policy: PolicyName,
    /// The finding's id.
    pub finding: String,
    /// Past this is worth a look.
    pub caution: u32,
    /// Past this is a strong signal.
    pub alert: u32,
}

/// A threshold as the options show it, in the unit people write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct TunableThreshold {
    /// The policy it belongs to.
    pub policy: PolicyName,
    /// The finding's id.
    pub finding: String,
    /// What is counted.
    pub unit: Unit,
    /// Which side of the two is worth a look.
    pub passed_by: PassedBy,
    /// The policy's own.
    pub caution: u32,
    /// The policy's own.
    pub alert: u32,
}

impl Choices {
    /// The same, if it can be kept.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn checked(self) -> Result<Self, Key> {
        if !FRESH_MINUTES.contains(&self.fresh_minutes)
            || !LIST_LOOK_UPS.contains(&self.list_look_ups)
            || !KNOWN_FROM_MERGED.contains(&self.known_from_merged)
        {
            return Err(Key::ChoicesOutOfRange);
        }
        for tuned in &self.tuned {
            let finding = FINDINGS.iter().find(|it| it.id == tuned.finding);
            let preset = finding.and_then(|it| Policy::preset(tuned.policy).rule(it)?.thresholds);
            let Some(preset) = preset else {
                return Err(Key::ChoicesNoSuchFinding);
            };
            let (less, more) = match preset.passed_by {
                PassedBy::More => (tuned.caution, tuned.alert),
                PassedBy::NoMore => (tuned.alert, tuned.caution),
            };
            if less > more || more > LARGEST_THRESHOLD {
                return Err(Key::ChoicesThresholds);
            }
        }
        Ok(self)
    }

    /// The policy with these thresholds.
    pub fn to_policy(&self) -> Policy {
        let mut policy = Policy::preset(self.policy).known_from(self.known_from_merged);
        for tuned in &self.tuned {
            let finding = FINDINGS.iter().find(|it| it.id == tuned.finding);
            if let Some(finding) = finding.filter(|_| tuned.policy == self.policy) {
                let scale = scale(finding);
                let [caution, alert] = [tuned.caution, tuned.alert].map(|it| f64::from(it) / scale);
                policy = policy.tuned(finding, caution, alert);
            }
        }
        policy
    }
}

/// Every threshold there is, under each policy.
pub fn thresholds() -> Vec<TunableThreshold> {
    let mut all = Vec::new();
    for policy in [PolicyName::Balanced, PolicyName::Classic] {
        let preset = Policy::preset(policy);
        for finding in FINDINGS {
            let Some(thresholds) = preset.rule(finding).and_then(|rule| rule.thresholds) else {
                continue;
            };
            // A policy's own thresholds are small and whole in people's unit.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let written = |it: f64| (it * scale(finding)) as u32;
            all.push(TunableThreshold {
                policy,
                finding: finding.id.to_owned(),
                unit: finding.unit,
                passed_by: thresholds.passed_by,
                caution: written(thresholds.caution),
                alert: written(thresholds.alert),
            });
        }
    }
    all
}

/// By how much people's unit is finer than the finding's.
fn scale(finding: &Definition) -> f64 {
    match finding.unit {
        Unit::Share => 100.0,
        Unit::Count | Unit::Days => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Thresholds;

    fn tuned(policy: PolicyName, finding: &str, caution: u32, alert: u32) -> Choices {
        let tuned = Tuned {
            policy,
            finding: finding.to_owned(),
            caution,
            alert,
        };
        Choices {
            tuned: vec![tuned],
            ..Choices::default()
        }
    }

    #[test]
    fn the_default_can_be_kept() {
        assert_eq!(Choices::default().checked(), Ok(Choices::default()));
    }

    #[test]
    fn refuses_what_makes_no_sense() {
        use PolicyName::{Balanced, Classic};
        let with = |change: &dyn Fn(&mut Choices)| {
            let mut choices = Choices::default();
            change(&mut choices);
            choices
        };
        for (choices, expected) in [
            (with(&|it| it.fresh_minutes = 4), Key::ChoicesOutOfRange),
            (with(&|it| it.fresh_minutes = 361), Key::ChoicesOutOfRange),
            (with(&|it| it.list_look_ups = 61), Key::ChoicesOutOfRange),
            (with(&|it| it.known_from_merged = 0), Key::ChoicesOutOfRange),
            (
                with(&|it| it.known_from_merged = 51),
                Key::ChoicesOutOfRange,
            ),
            (tuned(Balanced, "no-such", 1, 2), Key::ChoicesNoSuchFinding),
            // Context under this policy: there is nothing to tune.
            (
                tuned(Balanced, "account-age", 9, 3),
                Key::ChoicesNoSuchFinding,
            ),
            (tuned(Balanced, "prs-spread", 3, 2), Key::ChoicesThresholds),
            (
                tuned(Balanced, "prs-spread", 3, 10_001),
                Key::ChoicesThresholds,
            ),
            (tuned(Classic, "account-age", 3, 9), Key::ChoicesThresholds),
        ] {
            assert_eq!(choices.clone().checked(), Err(expected), "{choices:?}");
        }
    }

    #[test]
    fn thresholds_are_read_in_people_s_unit() {
        let definition = |id| FINDINGS.iter().find(|it| it.id == id).unwrap();
        for (finding, expected) in [
            ("prs-spread", Thresholds::more_than(30.0, 60.0)),
            ("prs-turned-down", Thresholds::more_than(30.0, 60.0)),
        ] {
            let choices = tuned(PolicyName::Balanced, finding, 30, 60);
            let rule = choices.to_policy().rule(definition(finding)).unwrap();
            assert_eq!(rule.thresholds, Some(expected));
        }
        // Tuned for the other policy.
        let choices = tuned(PolicyName::Classic, "prs-closed-unmerged", 30, 60);
        assert_eq!(choices.to_policy(), Policy::default());
    }

    #[test]
    fn the_table_of_thresholds_is_the_presets() {
        for it in thresholds() {
            let choices = tuned(it.policy, &it.finding, it.caution, it.alert);
            let choices = Choices {
                policy: it.policy,
                ..choices.checked().unwrap()
            };
            let finding = FINDINGS.iter().find(|one| one.id == it.finding).unwrap();
            assert_eq!(
                choices.to_policy().rule(finding),
                Policy::preset(it.policy).rule(finding),
                "{}",
                it.finding
            );
        }
    }
}
