//! What the extension's parts may say to the core and hear from it.
//!
//! Three kinds of asker, each over a connection of its own, each with words
//! of its own: a page of GitHub can ask for levels and reports and for
//! nothing else; only the options page can say anything about the token.
//! Nobody ever hears the token back.

mod said;

use crate::evidence::Association;
use crate::policy::PolicyName;
use crate::report::{AuthorReport, Level, Sentence};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// What a page of GitHub may say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(
    tag = "type",
    try_from = "said::Said",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum FromPage {
    /// These are all the people on the page now; whoever was named before and
    /// is not named now is no longer wanted.
    People {
        /// `owner/name` of the page's repository.
        repository: Option<String>,
        /// The people, in the order of the page.
        people: Vec<PersonOnPage>,
    },
    /// The card of this person was opened: everything is wanted.
    Open {
        /// The login, as the page spells it.
        login: String,
    },
    /// The card was closed.
    Close {
        /// The login.
        login: String,
    },
    /// Look up again, whatever is cached.
    Refresh {
        /// The login.
        login: String,
    },
    /// Show the options page.
    OpenOptions,
}

/// A person as a page names them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PersonOnPage {
    /// The login, as the page spells it.
    pub login: String,
    /// Whether this person opened the issue or pull request shown.
    pub is_opener: bool,
    /// Whether the name is in view, or soon will be.
    pub is_in_view: bool,
    /// The relation to the repository, where the page tells it.
    pub association: Option<Association>,
    /// When the item was opened (RFC 3339), for the opener where the page
    /// tells it.
    pub opened_at: Option<String>,
}

/// What a page of GitHub hears.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum ToPage {
    /// New levels for some of the people asked for.
    Badges {
        /// One entry a person whose level is new.
        badges: Vec<Badge>,
    },
    /// The report of a person whose card is open: sent at once, and again
    /// whenever it changes.
    Report {
        /// The report.
        report: Rc<AuthorReport>,
    },
}

/// What a badge shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Badge {
    /// The login, as the page spelled it.
    pub login: String,
    /// The level.
    pub level: Level,
}

/// What the popup may say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(
    tag = "type",
    try_from = "said::Said",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum FromPopup {
    /// Look this up: a login, a profile URL, the URL of an issue or pull request.
    LookUp {
        /// As typed or pasted.
        target: String,
    },
    /// Look up the current one again, whatever is cached.
    Refresh,
    /// Which calls were made of late?
    Timeline,
}

/// What the popup hears.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum ToPopup {
    /// The report: sent at once, and again whenever it changes.
    Report {
        /// The report.
        report: Rc<AuthorReport>,
    },
    /// The target could be read, and its author is being asked for.
    Resolving {
        /// The target in its plain form.
        target: String,
    },
    /// What was typed cannot be looked up, and why.
    Refused {
        /// What was wrong and what to do.
        sentence: Sentence,
    },
    /// The calls of late, oldest first.
    Timeline {
        /// The calls.
        calls: Vec<TimedCall>,
    },
    /// Whether there is a token, as a hint to add one: told at once, and again
    /// whenever it changes.
    Token {
        /// How it stands with the token.
        state: TokenState,
        /// Whose it is, where GitHub said so.
        login: Option<String>,
    },
}

/// One call, as the timeline remembers it. Times are milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct TimedCall {
    /// What was asked, in one word.
    pub name: String,
    /// About whom.
    pub logins: Vec<String>,
    /// GitHub's bucket that paid.
    pub bucket: String,
    /// Since when it was wanted.
    pub wanted_ms: f64,
    /// When it was sent.
    pub sent_ms: f64,
    /// When it ended; none while it is in flight.
    pub ended_ms: Option<f64>,
    /// Bytes of the answer's body.
    pub size: Option<u32>,
    /// The status or, without one, what went wrong in one word.
    pub result: Option<String>,
}

/// What the options page may say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(
    tag = "type",
    try_from = "said::Said",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum FromOptions {
    /// How do things stand? Also tests the token that is saved.
    Status,
    /// Test this token and keep it if GitHub accepts it.
    SaveToken {
        /// As pasted.
        token: String,
    },
    /// Forget the token.
    DeleteToken,
    /// Use this policy from now on.
    SetPolicy {
        /// The policy.
        policy: PolicyName,
    },
    /// Forget everything: token, settings, cache.
    Wipe,
}

/// What the options page hears.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum ToOptions {
    /// How things stand.
    Status {
        /// The token.
        token: TokenStatus,
        /// The policy in use.
        policy: PolicyName,
        /// How many people the cache holds.
        people_cached: u32,
    },
    /// What was asked for was not done, and why.
    Refused {
        /// What was wrong and what to do.
        sentence: Sentence,
    },
    /// Everything was forgotten.
    Wiped,
}

/// How it stands with the token, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum TokenState {
    /// There is none.
    None,
    /// There is one, and GitHub is being asked about it.
    Checking,
    /// GitHub accepts it.
    Accepted,
    /// GitHub refuses it.
    Refused,
    /// There is one, and GitHub could not be asked.
    Unchecked,
}

/// How it stands with the token, in full.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct TokenStatus {
    /// In one word.
    pub state: TokenState,
    /// Whose it is.
    pub login: Option<String>,
    /// The rights it carries that Bonafide does not need (`repo`, `admin:org`).
    pub needless_scopes: Vec<String>,
    /// When it expires (RFC 3339, UTC), where GitHub says so.
    pub expires_at: Option<String>,
    /// The limits as GitHub last told them.
    pub limits: Vec<LimitStatus>,
}

/// One of GitHub's limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct LimitStatus {
    /// GitHub's name of it: `core`, `search`, `graphql`.
    pub bucket: String,
    /// How many in each period.
    pub limit: u32,
    /// How many are left.
    pub remaining: u32,
    /// When it starts anew (RFC 3339, UTC).
    pub reset_at: String,
}
