//! What a report says of the record as it was when the item at hand was opened:
//! context beside the level, which it never changes.

use super::{Level, Sentence};
use serde::{Deserialize, Serialize};

/// The record as of the opening of the item at hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct RecordThen {
    /// When the item was opened (RFC 3339, UTC).
    pub opened_at: String,
    /// What is known of the record then.
    pub state: ThenState,
}

/// How much is known of the record then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum ThenState {
    /// Nothing, and it can be asked for.
    Offered,
    /// GitHub is being asked.
    Reading,
    /// It could not be had.
    Missing {
        /// Why.
        reason: Sentence,
        /// Whether it can be asked for again.
        may_ask: bool,
    },
    /// All that the level hangs on.
    Known {
        /// The level.
        level: Level,
        /// The strongest reason in some 30 characters.
        reason: Option<Sentence>,
    },
}
