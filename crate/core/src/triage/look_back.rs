//! Looking back: levels as of the opening, compared with what became of the
//! items since.

use crate::report::{ItemOutcome, Level};
use litemap::LiteMap;
use serde::{Deserialize, Serialize};

/// One item with the level its author had when it was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The row in the run.
    pub row: u32,
    /// The author.
    pub login: String,
    /// The level as of the opening.
    pub level: Level,
    /// The ids of the findings that raised it.
    pub findings: Vec<String>,
    /// What became of the item.
    pub outcome: ItemOutcome,
}

/// Levels compared with outcomes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct LookBack {
    /// One row a level that occurs, in the order of [`LEVELS`].
    pub rows: Vec<LookBackRow>,
    /// Items told right: flagged and closed by others, or not flagged and
    /// merged.
    pub right: u32,
    /// Items that could be told right or wrong: merged or turned down, of
    /// authors with a level that says something.
    pub decided: u32,
    /// Flagged and merged all the same, in the order of rows.
    pub false_alarms: Vec<FalseAlarm>,
    /// What each finding that raised a level told.
    pub rules: Vec<RuleCount>,
    /// Items whose author's level as of the opening is not known yet.
    pub unjudged: u32,
}

/// What became of the items of one level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct LookBackRow {
    /// The level as of the opening.
    pub level: Level,
    /// How often each outcome followed, in the order of
    /// [`ItemOutcome::ALL`], zeros too.
    pub counts: Vec<OutcomeCount>,
}

/// How often one outcome followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct OutcomeCount {
    /// The outcome.
    pub outcome: ItemOutcome,
    /// How often.
    pub count: u32,
}

/// An item that was flagged and merged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct FalseAlarm {
    /// The row in the run.
    pub row: u32,
    /// The author.
    pub login: String,
    /// The ids of the findings that raised the level.
    pub findings: Vec<String>,
}

/// What one finding told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct RuleCount {
    /// The finding's id.
    pub finding: String,
    /// How often it raised a level and the item was turned down.
    pub right: u32,
    /// How often it raised a level and the item was merged.
    pub wrong: u32,
}

/// The levels in the order of a table's rows, the strongest first.
pub const LEVELS: [Level; 8] = [
    Level::Alert,
    Level::Caution,
    Level::Unknown,
    Level::Quiet,
    Level::Clear,
    Level::Known,
    Level::Bot,
    Level::Pending,
];

/// Counts outcomes by level, and what was told right.
///
/// What the author withdrew, what is open and what nobody knows the closer of
/// is in the table and decides nothing. `unknown` and `pending` say nothing
/// of an author, so they are neither right nor wrong; apps are not judged.
pub fn look_back(judged: &[Judged]) -> LookBack {
    let mut table = LookBack::default();
    for level in LEVELS {
        let with_level = || judged.iter().filter(move |it| it.level == level);
        if level == Level::Pending || with_level().next().is_none() {
            continue;
        }
        let count = |outcome| OutcomeCount {
            outcome,
            count: count(with_level().filter(|it| it.outcome == outcome)),
        };
        let counts = ItemOutcome::ALL.map(count).to_vec();
        table.rows.push(LookBackRow { level, counts });
    }
    let mut rules: LiteMap<&str, (u32, u32)> = LiteMap::new();
    for it in judged {
        if it.level == Level::Pending {
            table.unjudged += 1;
        }
        let (Some(is_flagged), Some(is_turned_down)) =
            (is_flagged(it.level), is_turned_down(it.outcome))
        else {
            continue;
        };
        table.decided += 1;
        table.right += u32::from(is_flagged == is_turned_down);
        if !is_flagged {
            continue;
        }
        for finding in &it.findings {
            let (right, wrong) = rules.entry(finding).or_default();
            *right += u32::from(is_turned_down);
            *wrong += u32::from(!is_turned_down);
        }
        if !is_turned_down {
            table.false_alarms.push(FalseAlarm {
                row: it.row,
                login: it.login.clone(),
                findings: it.findings.clone(),
            });
        }
    }
    let rules = rules.into_iter();
    table.rules = rules
        .map(|(finding, (right, wrong))| RuleCount {
            finding: finding.to_owned(),
            right,
            wrong,
        })
        .collect();
    table
}

/// Whether a level warns; none where it says nothing of the author.
fn is_flagged(level: Level) -> Option<bool> {
    match level {
        Level::Alert | Level::Caution => Some(true),
        Level::Known | Level::Clear | Level::Quiet => Some(false),
        Level::Unknown | Level::Pending | Level::Bot => None,
    }
}

/// Whether others turned an item down; none where that is not decided.
fn is_turned_down(outcome: ItemOutcome) -> Option<bool> {
    match outcome {
        ItemOutcome::Merged => Some(false),
        ItemOutcome::ClosedByOthers | ItemOutcome::NotPlanned => Some(true),
        ItemOutcome::Withdrawn | ItemOutcome::Closed | ItemOutcome::Open => None,
    }
}

fn count<'a>(judged: impl Iterator<Item = &'a Judged>) -> u32 {
    u32::try_from(judged.count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(row: u32, level: Level, outcome: ItemOutcome) -> Judged {
        let findings = match level {
            Level::Alert => vec!["prs-spread".to_owned()],
            _ => Vec::new(),
        };
        Judged {
            row,
            login: format!("login-{row}"),
            level,
            findings,
            outcome,
        }
    }

    #[test]
    fn counts_by_level_and_outcome_and_what_was_right() {
        let table = look_back(&[
            judged(0, Level::Clear, ItemOutcome::Merged),
            judged(1, Level::Clear, ItemOutcome::ClosedByOthers),
            judged(2, Level::Alert, ItemOutcome::ClosedByOthers),
            judged(3, Level::Alert, ItemOutcome::Merged),
            judged(4, Level::Alert, ItemOutcome::Withdrawn),
            judged(5, Level::Unknown, ItemOutcome::Merged),
            judged(6, Level::Quiet, ItemOutcome::Open),
            judged(7, Level::Pending, ItemOutcome::Merged),
        ]);
        let rows: Vec<_> = table
            .rows
            .iter()
            .map(|row| (row.level, row.counts.iter().map(|it| it.count).collect()))
            .collect();
        assert_eq!(
            rows,
            [
                (Level::Alert, vec![1, 1, 1, 0, 0, 0]),
                (Level::Unknown, vec![1, 0, 0, 0, 0, 0]),
                (Level::Quiet, vec![0, 0, 0, 0, 0, 1]),
                (Level::Clear, vec![1, 0, 1, 0, 0, 0]),
            ],
        );
        assert_eq!((table.right, table.decided, table.unjudged), (2, 4, 1));
        let alarms: Vec<_> = table.false_alarms.iter().map(|it| it.row).collect();
        assert_eq!(alarms, [3]);
        let rule = RuleCount {
            finding: "prs-spread".to_owned(),
            right: 1,
            wrong: 1,
        };
        assert_eq!(table.rules, [rule]);
    }

    #[test]
    fn nothing_gives_an_empty_table() {
        assert_eq!(look_back(&[]), LookBack::default());
    }
}
