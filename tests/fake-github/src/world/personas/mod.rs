//! The accounts with names: each is here for one trait that a test or the demo needs.

mod closers;
mod hard_to_see;
mod maker;
mod noticed;
mod trusted;

use jiff::Timestamp;

use super::{Account, Kind};
use maker::Maker;

/// All accounts with names.
pub(super) fn all(now: Timestamp) -> Vec<Account> {
    let mut all = trusted::all(now);
    all.extend(noticed::all(now));
    all.extend(hard_to_see::all(now));
    all.extend(closers::all(now));
    all.extend(not_people(now));
    all
}

/// Organizations and apps.
fn not_people(now: Timestamp) -> Vec<Account> {
    let organization = |id, login: &str| {
        Maker::person(id, login, 3600, now)
            .kind(Kind::Organization)
            .about("An organization.", &["organization"])
            .profile(|profile| profile.name = Some("Acme".to_owned()))
            .done()
    };
    let bot = |id, login: &str| {
        Maker::person(id, login, 2000, now)
            .kind(Kind::Bot)
            .about("The account of a GitHub App.", &["app"])
            .done()
    };
    vec![
        organization(1031, "acme"),
        organization(1032, "Hooli-Labs"),
        organization(1033, "pytorch"),
        bot(1041, "dependabot[bot]"),
        bot(1042, "renovate[bot]"),
        bot(1043, "github-actions[bot]"),
        bot(1044, "stale[bot]"),
        // An app without what others have at the end.
        bot(1046, "Copilot"),
    ]
}
