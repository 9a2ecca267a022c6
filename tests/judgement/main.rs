//! False alarms as a test: kinds of people, newcomers by chance, and what must
//! hold for each of them. `README.md` has the figures on recorded sets.

mod kinds;
mod made_up;

use bonafide_core::report::Level;
use kinds::{BAD, INNOCENT, Kind, NOT_SEEN};
use made_up::{Account, word};
use std::collections::BTreeMap;

const VARIANTS: std::ops::Range<u32> = 0..3;

fn check(kinds: &[Kind]) {
    let mut wrong = Vec::new();
    for kind in kinds {
        for variant in VARIANTS {
            let level = (kind.variant)(variant).level();
            if !kind.right.contains(&level) {
                wrong.push(format!("{}, variant {variant}: {level:?}", kind.name));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_innocent_are_not_flagged() {
    check(INNOCENT);
}

#[test]
fn maintainers_are_warned() {
    check(BAD);
}

#[test]
fn what_no_rule_sees_is_known() {
    check(NOT_SEEN);
}

fn everybody() -> impl Iterator<Item = (String, Account)> {
    [INNOCENT, BAD, NOT_SEEN]
        .into_iter()
        .flatten()
        .flat_map(|kind| {
            VARIANTS.map(|variant| {
                (
                    format!("{}, variant {variant}", kind.name),
                    (kind.variant)(variant),
                )
            })
        })
}

fn badness(level: Level) -> u8 {
    match level {
        Level::Known => 0,
        Level::Clear | Level::Quiet => 1,
        Level::Caution => 2,
        Level::Alert => 3,
        Level::Pending | Level::Unknown | Level::Bot => panic!("{level:?}"),
    }
}

#[test]
fn names_and_order_make_no_difference() {
    for (name, account) in everybody() {
        assert_eq!(
            account.renamed_and_turned().level(),
            account.level(),
            "{name}"
        );
    }
}

#[test]
fn everything_taken_is_never_a_flag() {
    for (name, account) in everybody() {
        assert!(badness(account.all_taken().level()) < 2, "{name}");
    }
}

#[test]
fn one_more_that_landed_is_never_worse() {
    for (name, account) in everybody() {
        for repository in ["oaaa/app", "acme/web", "new-owner/app"] {
            for title in ["Fix everything", "Improve README"] {
                for state in ["merged", "commit"] {
                    let more = account.clone().prs(1, repository, title, state, 1.0);
                    let (before, after) = (account.level(), more.level());
                    assert!(
                        badness(after) <= badness(before),
                        "{name}: {before:?}, then {after:?}"
                    );
                }
            }
        }
    }
}

/// A small generator, so that draws are the same everywhere (`SplitMix64`).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn percent(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }
}

/// Somebody of whom so many were merged and closed by others with each owner.
/// One about every day: the draw is of outcomes, not of haste.
fn newcomer(by_owner: &[(u32, u32)]) -> Account {
    let mut account = Account::default();
    let mut n = 0;
    for (owner, (merged, closed)) in by_owner.iter().enumerate() {
        let states = [("merged", *merged), ("other", *closed)];
        for state in states
            .map(|(state, count)| vec![state; count as usize])
            .concat()
        {
            let (repository, title) = (format!("o{owner}/app"), format!("Fix {}", word(n)));
            let hours = 23.0 * f64::from(n);
            account = account.since(hours).prs(1, &repository, &title, state, 0.0);
            n += 1;
        }
    }
    account
}

/// The share of newcomers who are a strong signal, in 10,000 draws.
fn alerts(percent_merged: u64, count: u32, owners: u64) -> f64 {
    const DRAWS: u32 = 10_000;
    let mut random = Random(percent_merged * 1_000 + u64::from(count) * 10 + owners);
    let mut alerts = 0;
    // Names and order make no difference, so that draws with the same outcomes
    // by owner are judged once.
    let mut judged: BTreeMap<Vec<(u32, u32)>, Level> = BTreeMap::new();
    for _ in 0..DRAWS {
        let mut by_owner: BTreeMap<u64, (u32, u32)> = BTreeMap::new();
        for n in 0..count {
            let owner = if owners == 0 {
                u64::from(n)
            } else {
                random.next() % owners
            };
            let (merged, closed) = by_owner.entry(owner).or_default();
            if random.percent(percent_merged) {
                *merged += 1;
            } else {
                *closed += 1;
            }
        }
        let mut outcomes: Vec<_> = by_owner.into_values().collect();
        outcomes.sort_unstable();
        let level = judged
            .entry(outcomes)
            .or_insert_with_key(|it| newcomer(it).level());
        if *level == Level::Alert {
            alerts += 1;
        }
    }
    f64::from(alerts) / f64::from(DRAWS)
}

#[test]
fn newcomers_are_seldom_a_strong_signal() {
    for percent_merged in [42, 58] {
        for count in [3, 6, 12, 20] {
            // Each pull request to another owner, to any of three, all to one.
            for owners in [0, 3, 1] {
                let share = alerts(percent_merged, count, owners);
                assert!(
                    share <= 0.06,
                    "{count} pull requests, {percent_merged} % merged, {owners} owners: {share}"
                );
            }
        }
    }
}
