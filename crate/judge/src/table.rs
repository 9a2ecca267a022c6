//! The table of a run: by set and label, how many accounts would be flagged,
//! and by what.

use crate::verdict::Verdict;
use bonafide_core::report::{FindingLevel, Level};
use bonafide_core::triage::record::{Label, Record};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// How many ids of one kind are shown.
const MOST_IDS: usize = 60;

/// The accounts of one set that have one label.
#[derive(Default)]
struct Group<'r> {
    accounts: BTreeSet<&'r str>,
    flagged: BTreeSet<&'r str>,
    alert: BTreeSet<&'r str>,
    unknown: BTreeSet<&'r str>,
    with_expected: usize,
    missed: Vec<String>,
    /// Who is flagged by a finding, and who of those strongly.
    by_finding: BTreeMap<&'r str, (BTreeSet<&'r str>, BTreeSet<&'r str>)>,
}

/// The table. An account counts as flagged if any of its records is.
pub fn table(judged: &[(Record, Verdict)]) -> String {
    let mut groups: BTreeMap<(&str, Option<Label>), Group<'_>> = BTreeMap::new();
    for (record, verdict) in judged {
        let set = record.set.as_deref().unwrap_or("–");
        let group = groups.entry((set, record.label)).or_default();
        group.add(record, verdict);
    }
    let mut text = format!(
        "{:<12} {:<6} {:>8} {:>8} {:>6} {:>8} {:>9} {:>7}\n",
        "set", "label", "accounts", "flagged", "alert", "unknown", "expected", "missed"
    );
    // Writing to a string cannot fail.
    for ((set, label), group) in &groups {
        let label = label.map_or("–", |it| match it {
            Label::Good => "good",
            Label::Bad => "bad",
        });
        let _ = writeln!(
            text,
            "{set:<12} {label:<6} {:>8} {:>8} {:>6} {:>8} {:>9} {:>7}",
            group.accounts.len(),
            group.flagged.len(),
            group.alert.len(),
            group.unknown.len(),
            group.with_expected,
            group.missed.len(),
        );
        for missed in &group.missed {
            let _ = writeln!(text, "    missed: {missed}");
        }
        for (finding, (flagged, alert)) in &group.by_finding {
            let _ = writeln!(
                text,
                "    {finding}: {} ({}): {}",
                flagged.len(),
                alert.len(),
                shown(flagged),
            );
        }
        if group.accounts.len() > group.flagged.len() && is_to_be_warned_of(label) {
            let passed: BTreeSet<_> = group.accounts.difference(&group.flagged).copied().collect();
            let _ = writeln!(text, "    not flagged: {}", shown(&passed));
        }
        if !group.unknown.is_empty() {
            let _ = writeln!(text, "    unknown: {}", shown(&group.unknown));
        }
    }
    text
}

fn is_to_be_warned_of(label: &str) -> bool {
    label == "bad"
}

fn shown(ids: &BTreeSet<&str>) -> String {
    let mut shown: Vec<&str> = ids.iter().copied().take(MOST_IDS).collect();
    if shown.len() < ids.len() {
        shown.push("…");
    }
    shown.join("; ")
}

impl<'r> Group<'r> {
    fn add(&mut self, record: &'r Record, verdict: &'r Verdict) {
        let account = record.account();
        self.accounts.insert(account);
        if verdict.is_flagged() {
            self.flagged.insert(account);
        }
        if verdict.level == Level::Alert {
            self.alert.insert(account);
        }
        if verdict.level == Level::Unknown {
            self.unknown.insert(account);
        }
        if let Some(expected) = record.expected {
            self.with_expected += 1;
            if verdict.level != expected {
                let (id, level) = (&record.id, verdict.level);
                self.missed
                    .push(format!("{id}: expected {expected:?}, judged {level:?}").to_lowercase());
            }
        }
        for (finding, level) in &verdict.findings {
            if matches!(level, FindingLevel::Caution | FindingLevel::Alert) {
                let (flagged, alert) = self.by_finding.entry(finding).or_default();
                flagged.insert(account);
                if *level == FindingLevel::Alert {
                    alert.insert(account);
                }
            }
        }
    }
}
