//! What became of the author's work with each owner of repositories.
//!
//! Owners and not repositories are counted: an organization with forty
//! repositories has one set of maintainers, who know of each other.

use super::case::Case;
use super::contribution::{Assumption, Contribution, Resolution};
use crate::evidence::Association;
use crate::login::Login;
use litemap::LiteMap;

/// What became of the author's work with one owner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Owner {
    /// Landed.
    pub landed: u32,
    /// Turned down.
    pub turned_down: u32,
    /// Whether GitHub calls the author a contributor there.
    pub is_contributor: bool,
}

impl Owner {
    /// Whether this owner takes the author's work: something landed, and at
    /// least as much as was turned down, or GitHub says that something did
    /// before the window. What such an owner turns down says little.
    pub fn takes(&self) -> bool {
        self.is_contributor || self.landed > 0 && self.landed >= self.turned_down
    }
}

/// The items by owner.
pub fn by_owner<'a>(
    case: &Case<'a>,
    items: &[Contribution<'a>],
    assumption: Assumption,
) -> LiteMap<&'a Login, Owner> {
    let mut owners: LiteMap<&Login, Owner> = LiteMap::new();
    for contribution in items {
        let login = contribution.item().repository.owner();
        let owner = owners.entry(login).or_default();
        match contribution.resolution(assumption) {
            Resolution::Landed => owner.landed += 1,
            Resolution::TurnedDown => owner.turned_down += 1,
            Resolution::Open | Resolution::Withdrawn | Resolution::Neutral => {}
        }
        owner.is_contributor |=
            contribution.association() == Some(Association::Contributor) || is_of_page(case, login);
    }
    owners
}

/// Whether the page calls the author a contributor in a repository of this
/// owner.
fn is_of_page(case: &Case<'_>, owner: &Login) -> bool {
    let evidence = case.evidence;
    let is_owner = |it: &crate::repository::Repository| it.owner() == owner;
    evidence.association == Some(Association::Contributor)
        && evidence.repository.as_ref().is_some_and(is_owner)
}
