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
use super::count::{number, sentence};
use super::{Definition, Outcome, Range, Reading, Unit, context, rule};
use crate::evidence::{Account, Part, Parts};
use crate::report::{GroupName, Thresholds};
use crate::words::Key;

pub(super) const DEFINITION: Definition = Definition {
    id: "profile-fields",
    sees: "Filled fields of the profile, each link to an account elsewhere counted as one.",
    unit: Unit::Count,
    balanced: context(GroupName::Profile),
    classic: rule(GroupName::Profile, Thresholds::at_most(2.0, 0.0)),
    read,
};

fn read(case: &Case<'_>, thresholds: Option<Thresholds>) -> Option<Reading> {
    let evidence = case.evidence;
    let user = match evidence.account.known() {
        None => return Some(Reading::behind(Part::Account, thresholds.is_none())),
        Some(Account::User(user)) => user,
        Some(Account::Organization | Account::App | Account::NotFound) => return None,
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
    let mut unknown = Parts::none();
    match evidence.email.known() {
        Some(email) => filled += usize::from(is_filled(&email)),
        // As context it is not counted: `balanced` never asks for the address.
        None if thresholds.is_none() => {}
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
    let (filled, most) = (number(filled), number(most));
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
                    undecided_by: unknown,
                }
            })
        }
    };
    let is_at_least = !unknown.is_empty();
    let words = (Key::ProfileFields, Key::ProfileFieldsAtLeast);
    Some(Reading {
        outcome,
        sentence: sentence(words, is_at_least, &[filled]),
        measured: Some(filled.into()),
        is_at_least,
        links: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use crate::evidence::{Account, SocialAccount, User};
    use crate::finding::testing::{known, now, rex, told};
    use crate::policy::PolicyName::{Balanced, Classic};

    /// `texts` fill name, company, website, location, biography in this order;
    /// `email` and `links` are not known where they are none.
    fn check(texts: &[&str], email: Option<&str>, links: Option<&[&str]>, expected: &str) {
        let field = |index: usize| texts.get(index).map(ToString::to_string);
        let mut evidence = rex();
        evidence.account = known(Account::User(User {
            login: "rex".parse().unwrap(),
            created_at: now(),
            name: field(0),
            company: field(1),
            website: field(2),
            location: field(3),
            bio: field(4),
        }));
        if let Some(email) = email {
            evidence.email = known(Some(email.to_owned()));
        }
        if let Some(links) = links {
            let account = |url: &&str| SocialAccount {
                provider: "generic".to_owned(),
                url: (*url).to_owned(),
            };
            evidence.social_accounts = known(links.iter().map(account).collect());
        }
        assert_eq!(told("profile-fields", Classic, &evidence), expected);
        assert!(told("profile-fields", Balanced, &evidence).starts_with("context "));
    }

    #[test]
    fn counts_what_is_filled() {
        check(&[], Some(""), Some(&[]), "alert 0");
        check(&["", ""], Some(""), Some(&[""]), "alert 0");
        // A space is something, as gh-profiler sees it.
        check(&[" "], Some(""), Some(&[]), "caution 1");
        check(&["", "x"], Some("a@b.example"), Some(&[]), "caution 2");
        check(
            &["x"],
            Some(""),
            Some(&["https://a.example", "b"]),
            "clear 3",
        );
        check(
            &["x", "x", "x", "x", "x"],
            Some("e"),
            Some(&["l"]),
            "clear 7",
        );
    }

    #[test]
    fn what_is_not_known_may_be_filled() {
        check(&["x", "x", "x"], None, None, "clear 3+");
        check(
            &["x", "x"],
            None,
            Some(&[]),
            "clear to caution 2+ by {Email}",
        );
        // No e-mail can lift one field to three.
        check(&["x"], None, Some(&[]), "caution 1+");
        check(&[], None, Some(&[]), "caution to alert 0+ by {Email}");
        check(
            &["x"],
            Some(""),
            None,
            "clear to caution 1+ by {SocialAccounts}",
        );
        check(
            &[],
            None,
            None,
            "clear to alert 0+ by {Email, SocialAccounts}",
        );
    }
}
