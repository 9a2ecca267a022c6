//! Findings: what the record shows, one file each, one table of all.
//!
//! A finding reads the [`Case`] and returns a [`Reading`]. Where something it
//! would need is not known, the reading says between which two grades the
//! truth lies and which parts of the evidence would decide it: what is
//! unknown is a range, never a zero. No finding asks for anything, and none
//! knows what the others say.
#![allow(
    clippy::unnecessary_wraps,
    reason = "one table holds all readers and rules, so all have the same type"
)]

mod account_age;
pub mod activity;
mod bound;
pub mod case;
pub mod contribution;
mod count;
mod here;
mod issues_flood;
mod issues_not_planned;
mod issues_spread;
pub(crate) mod links;
mod owners;
mod profile_fields;
mod prs_closed_unmerged;
mod prs_flood;
mod prs_spread;
mod prs_spread_in_a_day;
mod prs_turned_down;
mod repeated_issue_titles;
mod repeated_pr_titles;
mod spread;
#[cfg(test)]
pub(crate) mod testing;
mod titles;
mod turned_down;

use crate::evidence::{Part, Parts};
use crate::policy::Rule;
use crate::report::{GroupName, Link, PassedBy, Sentence, Thresholds};
use crate::words::Key;
use case::Case;
use serde::{Deserialize, Serialize};
use std::fmt::Write;
pub(crate) use titles::common_title;

/// A finding as the table lists it.
#[derive(Debug)]
pub struct Definition {
    /// Stable name in kebab-case; an id is for ever.
    pub id: &'static str,
    /// What it sees, in a few words, for the README.
    pub sees: &'static str,
    /// What its number counts.
    pub unit: Unit,
    /// What `balanced` makes of it; none where it leaves it out.
    pub balanced: Option<Rule>,
    /// What `classic` makes of it; none where it leaves it out.
    pub classic: Option<Rule>,
    /// Reads the case, compared with thresholds or, without any, as context;
    /// none where there is nothing to say.
    pub(crate) read: fn(&Case<'_>, Option<Thresholds>) -> Option<Reading>,
}

/// What the number of a finding counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Unit {
    /// Things.
    Count,
    /// Whole days.
    Days,
    /// A part of a whole, from 0 to 1; people read and write it in percent.
    Share,
}

/// Every finding, in the order of groups and of weight within them.
pub static FINDINGS: &[Definition] = &[
    here::MERGED,
    here::CLOSED,
    here::OPEN,
    prs_turned_down::DEFINITION,
    prs_closed_unmerged::DEFINITION,
    issues_not_planned::DEFINITION,
    issues_spread::DEFINITION,
    issues_flood::DEFINITION,
    repeated_issue_titles::DEFINITION,
    repeated_pr_titles::DEFINITION,
    prs_spread::DEFINITION,
    prs_spread_in_a_day::DEFINITION,
    prs_flood::DEFINITION,
    account_age::DEFINITION,
    profile_fields::DEFINITION,
];

/// How far past its thresholds a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Past none.
    Clear,
    /// Past the first.
    Caution,
    /// Past the second.
    Alert,
}

impl Thresholds {
    /// The grade of what was measured.
    pub fn grade(&self, measured: f64) -> Grade {
        let is_past = |threshold: f64| match self.passed_by {
            PassedBy::More => measured > threshold,
            PassedBy::NoMore => measured <= threshold,
        };
        if is_past(self.alert) {
            Grade::Alert
        } else if is_past(self.caution) {
            Grade::Caution
        } else {
            Grade::Clear
        }
    }
}

/// What a finding reads in a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The grade, as far as it is decided.
    pub outcome: Outcome,
    /// What to say when there is something to say.
    pub sentence: Sentence,
    /// The number; none where nothing could be measured.
    pub measured: Option<f64>,
    /// Whether the true number may be higher.
    pub is_at_least: bool,
    /// What shows it.
    pub links: Vec<Link>,
}

/// How far a finding is decided.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It raises nothing, and is known.
    Context,
    /// It raises nothing, and this part would tell it.
    ContextNeeds(Part),
    /// It counts.
    Graded(Range),
}

/// Between which grades the truth lies.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// The best it can be.
    pub low: Grade,
    /// The worst it can be.
    pub high: Grade,
    /// The parts of the evidence that would narrow it; empty if and only if
    /// the range is decided.
    pub undecided_by: Parts,
}

impl Range {
    /// The range of one grade.
    pub fn decided(grade: Grade) -> Self {
        Self {
            low: grade,
            high: grade,
            undecided_by: Parts::none(),
        }
    }

    /// The range of everything, until this part is known.
    pub fn behind(part: Part) -> Self {
        Self {
            low: Grade::Clear,
            high: Grade::Alert,
            undecided_by: Parts::only(part),
        }
    }

    /// Whether more evidence could change nothing.
    pub fn is_decided(&self) -> bool {
        self.undecided_by.is_empty()
    }
}

impl Reading {
    /// Nothing can be said before this part of the evidence is there.
    fn behind(part: Part, is_context: bool) -> Self {
        Self {
            outcome: if is_context {
                Outcome::ContextNeeds(part)
            } else {
                Outcome::Graded(Range::behind(part))
            },
            sentence: Key::FindingUnknown.alone(),
            measured: None,
            is_at_least: false,
            links: Vec::new(),
        }
    }
}

const fn rule(group: GroupName, thresholds: Thresholds) -> Option<Rule> {
    Some(Rule {
        group,
        thresholds: Some(thresholds),
    })
}

const fn context(group: GroupName) -> Option<Rule> {
    Some(Rule {
        group,
        thresholds: None,
    })
}

/// The table of findings for the README, in Markdown.
pub fn table_as_markdown() -> String {
    let mut table = String::from(
        "| finding | what it sees | `balanced` | `classic` |\n| --- | --- | --- | --- |\n",
    );
    for definition in FINDINGS {
        // Writing to a string cannot fail.
        let _ = writeln!(
            table,
            "| `{}` | {} | {} | {} |",
            definition.id,
            definition.sees,
            rule_in_words(definition.balanced),
            rule_in_words(definition.classic),
        );
    }
    table
}

fn rule_in_words(rule: Option<Rule>) -> String {
    match rule {
        None => "–".to_owned(),
        Some(Rule {
            thresholds: None, ..
        }) => "context".to_owned(),
        Some(Rule {
            thresholds: Some(t),
            ..
        }) => match t.passed_by {
            PassedBy::More => format!("more than {} / {}", t.caution, t.alert),
            PassedBy::NoMore => format!("at most {} / {}", t.caution, t.alert),
        },
    }
}
