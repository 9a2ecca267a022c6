//! [`Priority`]: who goes first.

use crate::evidence::Association;

/// How soon an answer is wanted; the smaller goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// A person asked for it by hand: popup, open card, refresh.
    Interactive,
    /// Who opened the issue or pull request on the page.
    Opener,
    /// In view, or about to be.
    InView,
    /// Out of view, and new to the repository as far as the page tells.
    FirstTimer,
    /// Everyone else on the page.
    Others,
}

/// Every priority, the most urgent first.
pub const PRIORITIES: [Priority; 5] = [
    Priority::Interactive,
    Priority::Opener,
    Priority::InView,
    Priority::FirstTimer,
    Priority::Others,
];

impl Priority {
    /// The most urgent of all.
    pub(super) const FIRST: Self = Self::Interactive;

    /// The least urgent of all.
    pub(super) const LAST: Self = Self::Others;

    /// Whether a person asked for it by hand.
    pub fn is_interactive(self) -> bool {
        self == Self::Interactive
    }

    /// The priority of somebody out of view.
    pub fn out_of_view(association: Option<Association>) -> Self {
        match association {
            None
            | Some(
                Association::None
                | Association::FirstTimer
                | Association::FirstTimeContributor
                | Association::Mannequin,
            ) => Self::FirstTimer,
            Some(
                Association::Owner
                | Association::Member
                | Association::Collaborator
                | Association::Contributor,
            ) => Self::Others,
        }
    }
}
