//! Policies: how findings become a level.

use serde::{Deserialize, Serialize};

/// The policies a person can choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum PolicyName {
    /// Bonafide's own rules.
    #[default]
    Balanced,
    /// The rules of gh-profiler 0.9.0.
    Classic,
}
