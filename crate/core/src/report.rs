//! What a person is shown: the level, the reasons for it, and the evidence.
//!
//! The shape of [`AuthorReport`] is also the JSON of "copy as JSON", which
//! others read; its field names do not change without notice.

mod then;
mod this_item;

use crate::evidence::{GapReason, Part, SocialAccount};
use crate::policy::PolicyName;
use serde::{Deserialize, Serialize};
pub use then::{RecordThen, ThenState};
pub use this_item::{ItemKind, ItemNote, ItemReport};

/// The level of a badge and of a whole report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Level {
    /// Being looked up.
    Pending,
    /// Owner, member or collaborator here, or several merged pull requests here.
    Known,
    /// Looked at: something was done elsewhere in the window, and nothing is
    /// of note.
    Clear,
    /// Looked at: nothing public was done elsewhere in the window, so there is
    /// nothing to go on. Neither better nor worse than [`Level::Clear`].
    Quiet,
    /// At least one finding above its first threshold.
    Caution,
    /// At least one finding above its second threshold.
    Alert,
    /// Something needed could not be had.
    Unknown,
    /// A GitHub App or bot account.
    Bot,
}

/// The level of one finding, and of a group as the worst of its findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum FindingLevel {
    /// Context only: it raises nothing.
    Info,
    /// Below its first threshold.
    Clear,
    /// Still being looked up.
    Pending,
    /// It cannot be told from what could be had.
    Unknown,
    /// Above its first threshold.
    Caution,
    /// Above its second threshold.
    Alert,
}

/// The groups of findings, in the order a card shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum GroupName {
    /// What the author did in this repository.
    Here,
    /// Pull requests elsewhere.
    PullRequests,
    /// Issues elsewhere.
    Issues,
    /// Bursts and patterns over several repositories.
    Conduct,
    /// What the account says of itself: context.
    Profile,
}

impl GroupName {
    /// Every group, in the order a card shows them.
    pub const ALL: [Self; 5] = [
        Self::Here,
        Self::PullRequests,
        Self::Issues,
        Self::Conduct,
        Self::Profile,
    ];
}

/// Everything a person is shown of one author.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct AuthorReport {
    /// The login, as GitHub spells it where that is known.
    pub login: String,
    /// The level, from the groups by the policy.
    pub level: Level,
    /// The policy that joined findings to the level.
    pub policy: PolicyName,
    /// `owner/name` of the repository in which "here" is meant.
    pub repository: Option<String>,
    /// When the oldest part of the evidence was told by GitHub (RFC 3339, UTC).
    pub checked_at: Option<String>,
    /// Why the level is what it is, the weightiest first.
    pub reasons: Vec<Sentence>,
    /// The strongest reason in some 30 characters; none where there is none to
    /// tell yet.
    pub short_reason: Option<Sentence>,
    /// Where the policy took a level back or differs from another tool.
    pub adjustments: Vec<Sentence>,
    /// The groups that were looked at, each with its level.
    #[cfg_attr(
        feature = "typescript",
        tsify(type = "Partial<Record<GroupName, FindingLevel>>")
    )]
    pub groups: Groups,
    /// Every finding, in the order of groups and of weight within them.
    pub findings: Vec<Finding>,
    /// What was opened elsewhere in the window, by day; none while nothing of
    /// it is known.
    pub activity: Option<RecentActivity>,
    /// What could not be had, and why.
    pub gaps: Vec<GapNote>,
    /// What is still being looked up.
    pub coming: Vec<Part>,
    /// What the account says of itself.
    pub about: Option<About>,
    /// The issue or pull request at hand, where the account opened it; left
    /// out of the JSON where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub this_item: Option<ItemReport>,
    /// What the record was when that was opened; left out of the JSON where
    /// there is nothing to say of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record_then: Option<RecordThen>,
    /// What the repository's own VOUCHED.td says, where it has one.
    pub vouched: Option<Vouched>,
}

/// What an author opened in other people's repositories in the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct RecentActivity {
    /// The first day of the window (`YYYY-MM-DD`, UTC).
    pub since: String,
    /// Pull requests, in the order of days.
    pub pull_requests: Vec<DayCount>,
    /// Issues, in the order of days.
    pub issues: Vec<DayCount>,
    /// Whether there may be more than could be looked at.
    pub is_at_least: bool,
    /// Of which pull requests there may be more; each outcome once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more_pull_requests: Vec<MayBeMore>,
}

/// How many more there may be of one outcome than are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct MayBeMore {
    /// What became of them.
    pub outcome: ItemOutcome,
    /// How many at most: those in organizations that may be the author's own.
    /// None where some were not looked at.
    pub most: Option<u32>,
}

/// How many items of one outcome were opened on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct DayCount {
    /// Days since the first day of the window; 21 is today (UTC).
    pub day: u8,
    /// What became of them.
    pub outcome: ItemOutcome,
    /// How many.
    pub count: u32,
}

/// What became of a pull request or an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum ItemOutcome {
    /// A pull request that was merged.
    Merged,
    /// A pull request that its author closed.
    Withdrawn,
    /// A pull request that somebody else closed without merging it.
    ClosedByOthers,
    /// A pull request that was closed without being merged, where it is not
    /// known by whom; an issue that was closed as completed.
    Closed,
    /// An issue that was closed as not planned or as a duplicate.
    NotPlanned,
    /// Still open.
    Open,
}

impl ItemOutcome {
    /// Every outcome, in the order of a table's columns.
    pub const ALL: [Self; 6] = [
        Self::Merged,
        Self::Withdrawn,
        Self::ClosedByOthers,
        Self::Closed,
        Self::NotPlanned,
        Self::Open,
    ];
}

/// What a repository's VOUCHED.td says of an account. It is the project's
/// word, and raises no level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Vouched {
    /// In one word.
    pub standing: VouchedStanding,
    /// What it says besides; somebody's words, shown as text only.
    pub details: String,
    /// The file on GitHub.
    pub url: String,
}

/// How an account stands in a VOUCHED.td.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum VouchedStanding {
    /// It is vouched for.
    Vouched,
    /// It is denounced.
    Denounced,
    /// It is not on the list.
    NotListed,
}

/// The groups that were looked at, each with its level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Groups {
    #[serde(skip_serializing_if = "Option::is_none")]
    here: Option<FindingLevel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pull_requests: Option<FindingLevel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issues: Option<FindingLevel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    conduct: Option<FindingLevel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<FindingLevel>,
}

impl Groups {
    /// The level of a group; none where it was not looked at.
    pub const fn of(&self, group: GroupName) -> Option<FindingLevel> {
        match group {
            GroupName::Here => self.here,
            GroupName::PullRequests => self.pull_requests,
            GroupName::Issues => self.issues,
            GroupName::Conduct => self.conduct,
            GroupName::Profile => self.profile,
        }
    }

    /// The level of a group, to be changed.
    pub const fn of_mut(&mut self, group: GroupName) -> &mut Option<FindingLevel> {
        match group {
            GroupName::Here => &mut self.here,
            GroupName::PullRequests => &mut self.pull_requests,
            GroupName::Issues => &mut self.issues,
            GroupName::Conduct => &mut self.conduct,
            GroupName::Profile => &mut self.profile,
        }
    }
}

/// One thing the record shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Stable name in kebab-case; an id is for ever.
    pub id: String,
    /// The group it belongs to.
    pub group: GroupName,
    /// Its level under the report's policy.
    pub level: FindingLevel,
    /// What it found, in one sentence.
    pub sentence: Sentence,
    /// The number that was measured; none where nothing could be measured.
    pub measured: Option<f64>,
    /// Whether the true number may be higher, because there was more than
    /// could be looked at.
    pub is_at_least: bool,
    /// The thresholds it was compared with; none for context.
    pub thresholds: Option<Thresholds>,
    /// The very items and searches that show it.
    pub links: Vec<Link>,
}

/// Two numbers that a finding is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Thresholds {
    /// Which side of the two numbers is worth a look.
    pub passed_by: PassedBy,
    /// Past this is worth a look.
    pub caution: f64,
    /// Past this is a strong signal.
    pub alert: f64,
}

impl Thresholds {
    /// Thresholds that are passed by measuring more.
    pub const fn more_than(caution: f64, alert: f64) -> Self {
        Self {
            passed_by: PassedBy::More,
            caution,
            alert,
        }
    }

    /// Thresholds that are passed by measuring as much or less: where little
    /// is worth a look (an age, the fields of a profile).
    pub const fn at_most(caution: f64, alert: f64) -> Self {
        Self {
            passed_by: PassedBy::NoMore,
            caution,
            alert,
        }
    }
}

/// What passes a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum PassedBy {
    /// More than the threshold.
    More,
    /// The threshold itself or less.
    NoMore,
}

/// A link to the evidence: always `https:` and always github.com.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// What is written on it: somebody's words, shown as text only.
    pub label: String,
    /// Where it leads.
    pub url: String,
}

/// Something that could not be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct GapNote {
    /// Which part of the evidence.
    pub part: Part,
    /// What stood in the way.
    pub reason: GapReason,
    /// When it is worth another try (RFC 3339, UTC), where GitHub said so.
    pub until: Option<String>,
}

/// A sentence to be said in the reader's own language: the name of a message
/// in `extension/_locales` and what fills its places.
///
/// Where the first argument is a number, the name is completed by the plural
/// form of that number (`_one`, `_other`) if such a message exists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Sentence {
    /// The message's name: letters, digits and underscores.
    pub key: String,
    /// What stands at `$1`, `$2`, …
    pub args: Vec<Arg>,
}

/// What fills a place in a [`Sentence`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(untagged)]
pub enum Arg {
    /// A number, written in the reader's way.
    Number(f64),
    /// Text, shown as it is.
    Text(String),
}

/// What an account says of itself. Texts are the user's own: shown as text only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// When the account was made (RFC 3339, UTC).
    pub created_at: String,
    /// The display name.
    pub name: Option<String>,
    /// The company.
    pub company: Option<String>,
    /// The website as typed; a link only where it is `https:`.
    pub website: Option<String>,
    /// The location.
    pub location: Option<String>,
    /// The biography.
    pub bio: Option<String>,
    /// Public organizations, where asked for and known.
    pub organizations: Option<Vec<String>>,
    /// Accounts elsewhere, where asked for and known.
    pub social_accounts: Option<Vec<SocialAccount>>,
    /// Followers, where asked for and known.
    pub followers: Option<u32>,
    /// Pull requests ever opened and ever merged, where asked for and known.
    pub pull_requests: Option<u32>,
    /// Pull requests ever merged, where asked for and known.
    pub merged_pull_requests: Option<u32>,
    /// Pull requests ever closed without being merged, by whomever, where
    /// asked for and known.
    pub closed_pull_requests: Option<u32>,
    /// Issues ever opened, where asked for and known.
    pub issues: Option<u32>,
    /// Public repositories of the user's own, where asked for and known.
    pub own_repositories: Option<u32>,
}
