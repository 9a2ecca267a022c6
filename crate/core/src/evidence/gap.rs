//! Why a part of the evidence could not be had.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// Why a part of the evidence could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Gap {
    /// What stood in the way.
    pub reason: GapReason,
    /// When it is worth another try, where GitHub said so.
    pub until: Option<Timestamp>,
}

impl Gap {
    /// A gap that no known moment ends.
    pub const fn new(reason: GapReason) -> Self {
        Self {
            reason,
            until: None,
        }
    }
}

/// What can stand in the way of a part of the evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum GapReason {
    /// There is no token, and GitHub answers this only with one.
    NoToken,
    /// There is no token, and the few calls GitHub allows without one are
    /// kept for the opener of the page: this author is looked up on request.
    OnRequest,
    /// GitHub refused the token.
    TokenRefused,
    /// The hourly limit is spent.
    LimitSpent,
    /// GitHub asked to slow down.
    SlowDown,
    /// The network could not be reached.
    Offline,
    /// The browser's permission to talk to api.github.com was taken back.
    NoPermission,
    /// GitHub did not answer in time.
    TimedOut,
    /// GitHub answered with an error of its own.
    ServerError,
    /// GitHub answered with something that could not be read.
    Unreadable,
    /// The token may not see it: SAML, an address list, an app restriction.
    Forbidden,
    /// The token lacks a right that GitHub wants for this.
    MissingRight,
    /// The profile is private, or its activity cannot be searched.
    NotSearchable,
    /// GitHub does not show it for legal reasons.
    Withheld,
    /// There is more than GitHub's search gives out (1,000 results).
    TooMany,
    /// The question itself was refused: a mistake of ours.
    Refused,
    /// GitHub ran out of time and gave a part, or has more pages than are read.
    Incomplete,
    /// GitHub counts more than it shows.
    CountMismatch,
    /// An organization does not admit this token: SAML, an address list, its
    /// rules for tokens or apps.
    OrganizationForbids,
    /// GitHub left out what an organization keeps from this token.
    PartialResults,
    /// The token cannot see the repository.
    RepositoryHidden,
    /// GitHub has suspended the account that the token belongs to.
    AccountSuspended,
    /// GitHub refuses logins for some minutes, after too many that failed.
    LoginAttempts,
}
