//! # What it sees
//! How many whole days ago the account was made.
//!
//! # Why it matters
//! It tells how much record there can be. It does not tell good faith: among
//! 200,172 pull requests, good-egg found that age adds nothing to what the
//! history in the repository says. So `balanced` shows it as context.
//!
//! # When it is wrong
//! Everybody's first account was new once, and an old one can be bought.
//!
//! # Where the thresholds come from
//! gh-profiler 0.9.0: green above three years of 365 days, yellow above 90
//! days, red below.

use super::case::Case;
use super::{Definition, Outcome, Range, Reading, Unit, context, rule};
use crate::evidence::{Account, Part};
use crate::report::{GroupName, Thresholds};
use crate::time::Timestamp;
use crate::words::Key;

const SECONDS_A_DAY: i64 = 86_400;

pub(super) const DEFINITION: Definition = Definition {
    id: "account-age",
    sees: "Whole days since the account was made.",
    unit: Unit::Days,
    balanced: context(GroupName::Profile),
    classic: rule(GroupName::Profile, Thresholds::at_most(1095.0, 90.0)),
    read,
};

fn read(case: &Case<'_>, thresholds: Option<Thresholds>) -> Option<Reading> {
    let user = match case.evidence.account.known() {
        None => return Some(Reading::behind(Part::Account, thresholds.is_none())),
        Some(Account::User(user)) => user,
        Some(Account::Organization | Account::App | Account::NotFound) => return None,
    };
    let days = whole_days(user.created_at, case.now);
    let outcome = match thresholds {
        None => Outcome::Context,
        Some(thresholds) => Outcome::Graded(Range::decided(thresholds.grade(days.into()))),
    };
    // A clock that runs behind can put the making of an account into the future.
    let shown = u32::try_from(days).unwrap_or(0);
    Some(Reading {
        outcome,
        sentence: Key::AccountAge.with(&[shown]),
        measured: Some(days.into()),
        is_at_least: false,
        links: Vec::new(),
    })
}

fn whole_days(from: Timestamp, to: Timestamp) -> i32 {
    let days = (to.as_second() - from.as_second()).div_euclid(SECONDS_A_DAY);
    i32::try_from(days).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use crate::evidence::{Account, Fact, Gap, GapReason, User};
    use crate::finding::testing::{known, now, rex, told};
    use crate::policy::PolicyName::{Balanced, Classic};
    use crate::time::SignedDuration;

    fn check(hours: i64, expected: &str) {
        let mut evidence = rex();
        evidence.account = known(Account::User(User {
            login: "rex".parse().unwrap(),
            created_at: now() - SignedDuration::from_hours(hours),
            name: None,
            company: None,
            website: None,
            location: None,
            bio: None,
        }));
        assert_eq!(told("account-age", Classic, &evidence), expected, "{hours}");
        assert!(told("account-age", Balanced, &evidence).starts_with("context "));
    }

    #[test]
    fn counts_whole_days() {
        check(0, "alert 0");
        // A clock that runs behind.
        check(-1, "alert -1");
        check(91 * 24 - 1, "alert 90");
        check(91 * 24, "caution 91");
        check(1_096 * 24 - 1, "caution 1095");
        check(1_096 * 24, "clear 1096");
    }

    #[test]
    fn waits_for_the_account() {
        let mut evidence = rex();
        for fact in [
            Fact::NotAsked,
            Fact::Coming,
            Fact::Missing(Gap::new(GapReason::Offline)),
        ] {
            evidence.account = fact;
            let classic = told("account-age", Classic, &evidence);
            assert_eq!(classic, "clear to alert by {Account}");
            let balanced = told("account-age", Balanced, &evidence);
            assert_eq!(balanced, "context by {Account}");
        }
    }
}
