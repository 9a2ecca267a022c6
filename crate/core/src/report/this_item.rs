//! What a report says of the issue or pull request at hand: context beside the
//! level, which it never changes.

use super::{Link, Sentence};
use serde::{Deserialize, Serialize};

/// The issue or pull request at hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ItemReport {
    /// Which of both it is, or why that is not told.
    pub kind: ItemKind,
    /// What it is linked with, and how it stands: a line each.
    pub lines: Vec<Vec<ItemNote>>,
}

/// What is at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum ItemKind {
    /// A pull request.
    PullRequest,
    /// An issue.
    Issue,
    /// GitHub is being asked.
    Pending,
    /// It could not be had.
    Unknown,
}

/// One thing about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ItemNote {
    /// In a few words.
    pub sentence: Sentence,
    /// Where each place of the sentence leads; the first is that of the whole
    /// where it has no places.
    pub links: Vec<Link>,
}
