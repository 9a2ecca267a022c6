//! How long each part of the evidence is fresh, shown while stale, and stored.

use crate::evidence::{Account, Gap, GapReason, Part};
use crate::github::Learned;
use crate::time::SignedDuration;

/// Nothing is kept longer than this, whatever it is.
pub const DELETED_AFTER: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long one part of the evidence is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// So long nobody asks GitHub again.
    pub fresh: SignedDuration,
    /// So long it is shown while GitHub is asked again.
    pub shown: SignedDuration,
    /// Then it is deleted.
    pub deleted: SignedDuration,
}

/// Who somebody is changes seldom.
const IDENTITY: Kept = Kept {
    fresh: SignedDuration::from_hours(24),
    shown: SignedDuration::from_hours(72),
    deleted: DELETED_AFTER,
};

/// What somebody does is the point of looking. For how long it is fresh is
/// the reader's choice ([`crate::choices::Choices::fresh_minutes`]); this is
/// the default.
const ACTIVITY: Kept = Kept {
    fresh: SignedDuration::from_mins(45),
    shown: SignedDuration::from_hours(6),
    deleted: DELETED_AFTER,
};

/// A closing does not change; what is opened again has another state.
const CLOSINGS: Kept = Kept {
    fresh: DELETED_AFTER,
    shown: DELETED_AFTER,
    deleted: DELETED_AFTER,
};

/// An item changes while people work on it. It is not stored: what it says of a
/// private repository is nobody's to keep.
const THIS_ITEM: Kept = Kept {
    fresh: SignedDuration::from_mins(2),
    shown: SignedDuration::from_mins(10),
    deleted: SignedDuration::from_hours(1),
};

/// An account that was not there may be there in a moment.
const NOT_FOUND: Kept = Kept {
    fresh: SignedDuration::from_mins(15),
    shown: SignedDuration::ZERO,
    deleted: SignedDuration::from_hours(24),
};

/// A profile that cannot be searched seldom changes.
const NOT_SEARCHABLE: Kept = Kept {
    fresh: SignedDuration::from_hours(6),
    shown: SignedDuration::ZERO,
    deleted: SignedDuration::from_hours(24),
};

/// A failure is not asked for again by every scroll of a page.
const FAILURE: Kept = Kept {
    fresh: SignedDuration::from_secs(60),
    shown: SignedDuration::ZERO,
    deleted: SignedDuration::from_secs(60),
};

/// How long something learned is kept.
pub fn of_learned(learned: &Learned) -> Kept {
    match learned {
        Learned::Account(Account::NotFound) => NOT_FOUND,
        Learned::Account(_)
        | Learned::Email(_)
        | Learned::SocialAccounts(_)
        | Learned::Organizations(_)
        | Learned::SomeOrganizations { .. }
        | Learned::Counts(_) => IDENTITY,
        Learned::Closers(_) => CLOSINGS,
        Learned::ThisItem(_) => THIS_ITEM,
        Learned::PullRequests(_) | Learned::Issues(_) | Learned::Here(..) => ACTIVITY,
    }
}

/// The same, where the reader has chosen for how long activity is fresh.
pub fn of_learned_as_chosen(learned: &Learned, fresh: SignedDuration) -> Kept {
    match of_learned(learned) {
        ACTIVITY => Kept { fresh, ..ACTIVITY },
        kept => kept,
    }
}

/// How long a gap is kept.
pub fn of_gap(gap: Gap) -> Kept {
    match gap.reason {
        GapReason::NotSearchable | GapReason::Withheld => NOT_SEARCHABLE,
        GapReason::Forbidden
        | GapReason::MissingRight
        | GapReason::Refused
        | GapReason::OrganizationForbids
        | GapReason::PartialResults
        | GapReason::RepositoryHidden => NOT_FOUND,
        _ => FAILURE,
    }
}

/// Whether a gap outlives the worker: what GitHub said of the account does,
/// what befell us on the way does not.
pub fn is_kept_in_store(gap: Gap) -> bool {
    of_gap(gap) != FAILURE
}

/// Whether what is known of a part outlives the worker.
pub fn is_stored(part: Part) -> bool {
    part != Part::ThisItem
}
