//! What others turned down, by owner and with its uncertainty: the rule that
//! `prs-turned-down` and `issues-not-planned` share.

use super::Grade;
use super::bound::{ONE_SIDED_95, TWO_SIDED_95, lower};
use super::case::Case;
use super::contribution::{Assumption, Contribution, Resolution};
use super::count::number;
use super::owners::{Owner, by_owner};
use crate::report::Thresholds;

/// How many must be turned down by one owner, by two and by more to be worth a
/// look: the fewer owners say no, the more may be one owner's own reasons.
///
/// Every one of the 34 people of `AIDev` whom gh-profiler's share flags has all
/// closed pull requests with one owner. In good-egg's study three by two
/// owners flag innocents only.
const FEWEST_BY_OWNERS: [u32; 3] = [6, 4, 3];

/// Of a hundred sent so many must be turned down: of those who have much open,
/// little is decided, and what is decided first is seldom the rule.
/// gh-profiler 0.9.0 has the same first threshold.
const FEWEST_IN_A_HUNDRED: u32 = 20;

/// More than this share must be turned down for sure, or there is nothing to
/// see: whoever lands half of what they send is a contributor.
const CAUTION_SHARE: f64 = 0.5;

/// What was turned down by owners who do not take the author's work, and what
/// landed anywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Turned down, by owners who do not take the author's work.
    pub turned_down: u32,
    /// How many owners those are.
    pub owners: u32,
    /// Landed, with any owner.
    pub landed: u32,
    /// Sent, to any owner, whatever became of it.
    pub sent: u32,
}

impl Tally {
    fn turned_down<'o>(by: impl Iterator<Item = &'o Owner>) -> Self {
        let mut tally = Self::default();
        for owner in by.filter(|it| it.turned_down > 0) {
            tally.turned_down += owner.turned_down;
            tally.owners += 1;
        }
        tally
    }

    /// How many were decided.
    pub fn decided(self) -> u32 {
        self.turned_down.saturating_add(self.landed)
    }

    /// Whether too little was turned down, by too few or with too uncertain a
    /// share, for anything to be said.
    pub fn is_too_few(self) -> bool {
        let [by_one, by_two, by_more] = FEWEST_BY_OWNERS;
        let fewest = match self.owners {
            0 | 1 => by_one,
            2 => by_two,
            _ => by_more,
        };
        self.turned_down < fewest
            || self.turned_down.saturating_mul(100) < self.sent.saturating_mul(FEWEST_IN_A_HUNDRED)
            || lower(self.turned_down, self.decided(), ONE_SIDED_95) <= CAUTION_SHARE
    }

    /// The grade: by how many were turned down, where the share is certain
    /// enough. A strong signal needs two owners at least, and a share that is
    /// for sure above `alert_share`.
    pub fn grade(self, thresholds: Thresholds, alert_share: f64) -> Grade {
        if self.is_too_few() {
            return Grade::Clear;
        }
        let is_sure = || {
            self.owners > 1 && lower(self.turned_down, self.decided(), TWO_SIDED_95) > alert_share
        };
        match thresholds.grade(self.turned_down.into()) {
            Grade::Alert if !is_sure() => Grade::Caution,
            grade => grade,
        }
    }
}

/// The best and the worst that the tally can be.
///
/// At best each unseen item landed, or shows the author to be a contributor,
/// with the owner who turned down most; at worst each was turned down by
/// somebody new, and outweighs what landed.
pub fn extremes<'a>(
    case: &Case<'a>,
    certain: &[Contribution<'a>],
    possible: &[Contribution<'a>],
    unseen: u32,
) -> (Tally, Tally) {
    let best_owners = by_owner(case, certain, Assumption::Best);
    let mut turning_down: Vec<Owner> = best_owners
        .values()
        .filter(|it| !it.takes() && it.turned_down > 0)
        .copied()
        .collect();
    turning_down.sort_unstable_by_key(|it| it.turned_down);
    let left = turning_down
        .len()
        .saturating_sub(usize::try_from(unseen).unwrap_or(usize::MAX));
    turning_down.truncate(left);
    let best = Tally {
        landed: landed(case, possible, Assumption::Best).saturating_add(unseen),
        sent: number(possible.len()).saturating_add(unseen),
        ..Tally::turned_down(turning_down.iter())
    };

    let worst_owners = by_owner(case, possible, Assumption::Worst);
    let may_turn_down = |it: &&Owner| {
        // Only what is unseen can end that an owner takes the author's work.
        !it.takes() || unseen > 0 && !it.is_contributor
    };
    let worst = Tally::turned_down(worst_owners.values().filter(may_turn_down));
    let worst = Tally {
        turned_down: worst.turned_down.saturating_add(unseen),
        owners: worst.owners.saturating_add(unseen),
        landed: landed(case, certain, Assumption::Worst),
        sent: number(certain.len()),
    };
    (best, worst)
}

/// How many of the items landed, with `assumption` made of closings whose
/// closer is unknown.
fn landed(case: &Case<'_>, items: &[Contribution<'_>], assumption: Assumption) -> u32 {
    let owners = by_owner(case, items, assumption);
    owners.values().map(|it| it.landed).sum()
}

/// The items that were turned down by owners who do not take the author's
/// work; those of unknown closers are not among them.
pub fn shown<'a>(case: &Case<'a>, items: &[Contribution<'a>]) -> Vec<Contribution<'a>> {
    let owners = by_owner(case, items, Assumption::Best);
    let is_shown = |contribution: &&Contribution<'_>| {
        let owner = owners.get(contribution.item().repository.owner());
        contribution.resolution(Assumption::Best) == Resolution::TurnedDown
            && owner.is_some_and(|it| !it.takes())
    };
    items.iter().filter(is_shown).copied().collect()
}
