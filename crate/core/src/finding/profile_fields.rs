//! # What it sees
//! How many fields of the profile are filled: name, company, website,
//! location, e-mail, biography, and each link to an account elsewhere.
//!
//! # Why it matters
//! A filled profile helps to know with whom one talks. `balanced` shows it as
//! context, since it says nothing about good faith.
//!
//! # When it is wrong
//! Many careful people say nothing about themselves, and every field can be
//! filled with anything.
//!
//! # Where the thresholds come from
//! gh-profiler 0.9.0: green from three fields, yellow for one or two, red for
//! none.

use super::case::Case;
use super::{Definition, Outcome, Range, Reading, context, rule};
use crate::evidence::{Account, Part};
use crate::report::{GroupName, Thresholds};
use crate::words::Key;
use std::collections::BTreeSet;

pub(super) const DEFINITION: Definition = Definition {
    id: "profile-fields",
    sees: "Filled fields of the profile, each link to an account elsewhere counted as one.",
    balanced: context(GroupName::Profile),
    classic: rule(GroupName::Profile, Thresholds::at_most(2.0, 0.0)),
    read,
};

fn read(case: &Case<'_>, thresholds: Option<Thresholds>) -> Option<Reading> {
    let evidence = case.evidence;
    let user = match evidence.account.known() {
        None => return Some(Reading::behind(Part::Account, thresholds.is_none())),
        Some(Account::User(user)) => user,
        Some(Account::Organisation | Account::App | Account::NotFound) => return None,
    };
    let is_filled = |field: &&Option<String>| field.as_ref().is_some_and(|text| !text.is_empty());
    let fields = [
        &user.name,
        &user.company,
        &user.website,
        &user.location,
        &user.bio,
    ];
    let mut filled = fields.into_iter().filter(is_filled).count();
    let mut unknown = BTreeSet::new();
    match evidence.email.known() {
        Some(email) => filled += usize::from(is_filled(&email)),
        None => {
            unknown.insert(Part::Email);
        }
    }
    // Nobody can have more links than this matters for: three fill a profile.
    let mut most = filled + unknown.len();
    if let Some(accounts) = evidence.social_accounts.known() {
        let links = accounts.iter().filter(|a| !a.url.is_empty()).count();
        filled += links;
        most += links;
    } else {
        unknown.insert(Part::SocialAccounts);
        most = usize::from(u16::MAX);
    }
    let (filled, most) = (super::count::number(filled), super::count::number(most));
    let outcome = match thresholds {
        None => Outcome::Context,
        Some(thresholds) => {
            let (best, worst) = (
                thresholds.grade(most.into()),
                thresholds.grade(filled.into()),
            );
            Outcome::Graded(if best == worst {
                Range::decided(best)
            } else {
                Range {
                    low: best,
                    high: worst,
                    undecided_by: unknown.clone(),
                }
            })
        }
    };
    let is_at_least = !unknown.is_empty();
    let key = if is_at_least {
        Key::ProfileFieldsAtLeast
    } else {
        Key::ProfileFields
    };
    Some(Reading {
        outcome,
        sentence: key.with(&[filled]),
        measured: Some(filled.into()),
        is_at_least,
        links: Vec::new(),
    })
}
