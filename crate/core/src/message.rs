//! The messages between the extension's parts and the core.
//!
//! There are four kinds of client, each with a connection and messages of
//! its own: a page of GitHub can ask for levels and reports and for nothing
//! else; only the options page can say anything about the token. No message
//! to a client has a field for the token.
//!
//! Messages to the core come as JSON text with the name of the message around
//! its fields (`{"open":{"login":"ada"}}`), which is how serde reads an enum
//! with the least code. Messages from the core carry a field `type`, by which
//! TypeScript tells them apart; to write it costs nothing.

mod triage;

pub use triage::*;

use crate::choices::{Choices, TunableThreshold};
use crate::evidence::Association;
use crate::own::{Mark, OwnPerson};
use crate::report::{AuthorReport, Level, Sentence};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// What a page of GitHub may say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FromPage {
    /// These are all the people on the page now; whoever was named before and
    /// is not named now is no longer wanted.
    People {
        /// `owner/name` of the page's repository.
        repository: Option<String>,
        /// Which kind of page it is; on kinds that are switched off nobody is
        /// looked up.
        kind: String,
        /// The number of the issue or pull request that the page shows.
        number: Option<u32>,
        /// The people, in the order of the page.
        people: Vec<PersonOnPage>,
        /// Whether the page is a list, on which only so many are looked up in
        /// a minute.
        is_list: bool,
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
    /// Read what the record of the person whose card is open was when the item
    /// on the page was opened.
    ReadPast {
        /// The login.
        login: String,
    },
    /// Store this mark and note of the person whose card is open; with neither,
    /// delete the entry.
    SetPerson {
        /// The login.
        login: String,
        /// Trusted or watched.
        mark: Option<Mark>,
        /// The reader's own words.
        note: String,
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
    /// How the reader wants badges: sent first of all, and again whenever it
    /// changes.
    Display {
        /// Kinds of page without badges.
        pages_off: Vec<String>,
        /// Whether badges that say `clear` are left out.
        hides_clear: bool,
        /// Whether a line above lists sums up their authors.
        shows_people_line: bool,
    },
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
        /// What the reader keeps of this person; not part of the report, which
        /// may be passed on.
        own: Option<OwnPerson>,
    },
}

/// What a badge shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Badge {
    /// The login, as the page spelled it.
    pub login: String,
    /// The level.
    pub level: Level,
    /// What the reader marked this person as.
    pub mark: Option<Mark>,
    /// The strongest reason for the level, in some 30 characters.
    pub reason: Option<Sentence>,
    /// Whether it is known, without a call for it, that nothing of this
    /// author's was ever merged in the page's repository.
    pub is_new_here: bool,
}

/// What the popup may say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FromPopup {
    /// Look this up: a login, a profile URL, the URL of an issue or pull request.
    LookUp {
        /// As typed or pasted.
        target: String,
        /// `owner/name` of the repository in which a login is meant, where it
        /// was picked from a page.
        repository: Option<String>,
        /// The relation to that repository, where the page tells it.
        association: Option<Association>,
        /// The number of the issue or pull request that the page shows, of
        /// whoever opened it.
        number: Option<u32>,
        /// When that was (RFC 3339), where the page tells it.
        opened_at: Option<String>,
    },
    /// Look up the current one again, whatever is cached.
    Refresh,
    /// Read what the record of the current one was when the item at hand was
    /// opened.
    ReadPast,
    /// Which calls were made recently?
    Timeline,
    /// Who was looked up recently?
    Recent,
    /// Store this mark and note of somebody; with neither, delete the entry.
    SetPerson {
        /// The login, as typed.
        login: String,
        /// Trusted or watched.
        mark: Option<Mark>,
        /// The reader's own words.
        note: String,
    },
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
        /// What the reader keeps of this person; not part of the report, which
        /// may be passed on.
        own: Option<OwnPerson>,
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
    /// The last calls, oldest first.
    Timeline {
        /// The calls.
        calls: Vec<TimedCall>,
    },
    /// Who was looked up recently, the latest first.
    Recent {
        /// Their logins.
        logins: Vec<String>,
    },
    /// Whether there is a token, as a hint to add one: told at once, and again
    /// whenever it changes.
    Token {
        /// The state of the token.
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
    /// GitHub's bucket that was charged (`x-ratelimit-resource`).
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
    /// What of the answer could not be read and why, for a bug report: field
    /// and cause, without anything that stood in it.
    pub unreadable: Vec<String>,
}

/// What the options page may say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
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
    /// Choose this from now on.
    SetChoices {
        /// All that can be chosen.
        #[cfg_attr(feature = "typescript", tsify(type = "Required<Choices>"))]
        choices: Choices,
    },
    /// What would this change for the people looked up recently?
    Preview {
        /// All that can be chosen.
        #[cfg_attr(feature = "typescript", tsify(type = "Required<Choices>"))]
        choices: Choices,
    },
    /// Store this mark and note of somebody; with neither, delete the entry.
    SetPerson {
        /// The login, as typed.
        login: String,
        /// Trusted or watched.
        mark: Option<Mark>,
        /// The reader's own words.
        note: String,
    },
    /// Take over a file: a backup or a VOUCHED.td.
    Import {
        /// What stands in it.
        text: String,
    },
    /// Make a file of choices and people.
    Export,
    /// Make a VOUCHED.td of the people who are trusted.
    ExportVouched,
    /// Make a file of what was put aside because it could not be read.
    ExportSetAside,
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
    /// The state of everything.
    Status {
        /// The token.
        token: TokenStatus,
        /// What is chosen.
        #[cfg_attr(feature = "typescript", tsify(type = "Required<Choices>"))]
        choices: Choices,
        /// What can be tuned, with the policies' own numbers.
        thresholds: Vec<TunableThreshold>,
        /// The reader's own people, in the order of their logins.
        people: Vec<OwnPerson>,
        /// Whether the store can be written to. If not, settings and token are
        /// lost when the browser stops the worker.
        is_kept: bool,
        /// Whether something that could not be read stands aside in the store.
        is_set_aside: bool,
        /// How many people the cache holds.
        people_cached: u32,
    },
    /// What was asked for was not done, and why.
    Refused {
        /// What was wrong and what to do.
        sentence: Sentence,
    },
    /// GitHub accepts the token that was pasted, and it is kept.
    TokenSaved,
    /// Everything was forgotten.
    Wiped,
    /// What other choices would change.
    Preview {
        /// How many people were assessed with them.
        people: u32,
        /// Whose level would be another.
        changes: Vec<LevelChange>,
    },
    /// A file was taken over.
    Imported {
        /// What it brought.
        sentence: Sentence,
    },
    /// The file that was asked for.
    Exported {
        /// What stands in it.
        text: String,
    },
}

/// A level that would be another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct LevelChange {
    /// Whose.
    pub login: String,
    /// What it is.
    pub from: Level,
    /// What it would be.
    pub to: Level,
}

/// The state of the token.
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

/// The state of the token, whose it is, its rights and its limits.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn a_message_is_named_by_its_tag() {
        let open = FromPage::Open {
            login: "ada".to_owned(),
        };
        assert_eq!(json::from_str(r#"{"open":{"login":"ada"}}"#), Ok(open));
        assert_eq!(json::from_str(r#""wipe""#), Ok(FromOptions::Wipe));
        let told = json::to_string(&ToOptions::TokenSaved).unwrap();
        assert_eq!(told, r#"{"type":"tokenSaved"}"#);
    }

    #[test]
    fn a_page_may_send_no_message_but_its_own() {
        for text in [
            r#"{"saveToken":{"token":"x"}}"#,
            r#""wipe""#,
            r#"{"lookUp":{"target":"ada"}}"#,
            r#"{"open":{}}"#,
            r#"{"people":{"repository":"acme/web"}}"#,
            r#"{"open":{"login":"ada"},"close":{"login":"ada"}}"#,
            r#"{"login":"ada"}"#,
            "[]",
        ] {
            assert!(json::from_str::<FromPage>(text).is_err(), "{text}");
        }
    }
}
