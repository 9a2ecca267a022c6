//! [`Priority`]: how soon an answer is wanted, from the popup (first) to the
//! rest of a triage run (last); jobs and calls go in this order.

use crate::evidence::Association;

/// How soon an answer is wanted; the smaller goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// Somebody looks at the popup and waits.
    Popup,
    /// Somebody has opened a card on a page, or asked there for a refresh.
    Card,
    /// Who opened the issue or pull request on the page.
    Opener,
    /// In view, or about to be.
    InView,
    /// Out of view, and new to the repository as far as the page tells.
    FirstTimer,
    /// Everyone else on the page.
    Others,
    /// In view in the triage page's table.
    Table,
    /// Everyone else in a run.
    Run,
}

/// Every priority, the most urgent first.
pub const PRIORITIES: [Priority; 8] = [
    Priority::Popup,
    Priority::Card,
    Priority::Opener,
    Priority::InView,
    Priority::FirstTimer,
    Priority::Others,
    Priority::Table,
    Priority::Run,
];

impl Priority {
    /// The most urgent of all.
    pub(super) const FIRST: Self = Self::Popup;

    /// The least urgent of all.
    pub(super) const LAST: Self = Self::Run;

    /// Whether somebody waits for this very person: then no time is given to
    /// others in the same request.
    pub fn forbids_sharing(self) -> bool {
        self <= Self::Opener
    }

    /// Whether it is for a run: those of the pages go first.
    pub fn is_of_run(self) -> bool {
        self >= Self::Table
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
