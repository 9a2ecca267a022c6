//! The messages between the triage page and the core.
//!
//! A page that connects is told which runs there are, and says which one it
//! shows. Then it is told of that run and of all its rows, and of what changes;
//! and whatever it says about a run names it, so that nothing is done to another.

use crate::choices::{Choices, TunableThreshold};
use crate::own::{Mark, OwnPerson};
use crate::report::{AuthorReport, ItemOutcome, Level, MayBeMore, Sentence};
use crate::time::Timestamp;
use crate::triage::look_back::LookBack;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::rc::Rc;

use super::TimedCall;

/// Which run it is: the milliseconds since 1970 at which it began, or one more
/// where another one began in the same.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(transparent)]
pub struct RunId(f64);

impl RunId {
    /// A run that begins at this moment, after the one before.
    pub fn new(now: Timestamp, before: Option<Self>) -> Self {
        // Milliseconds since 1970 are whole in a double for ages to come.
        #[expect(clippy::cast_precision_loss)]
        let id = now.as_millisecond() as f64;
        Self(before.map_or(id, |it| id.max(it.0 + 1.0)))
    }
}

impl RunId {
    /// With this the names begin under which its rows are kept.
    pub fn prefix(self) -> String {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is whole and positive, and to write a fraction takes 11 KB"
        )]
        let id = self.0 as u64;
        format!("{id} ")
    }
}

impl PartialEq for RunId {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for RunId {}

impl PartialOrd for RunId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for RunId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// What the triage page may say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FromTriage {
    /// Show this run from now on, or none where it is gone. Where no run is
    /// named: the newest one about this repository; and without a repository
    /// the newest of all, those that go on or are paused first.
    Show {
        /// The run.
        run: Option<RunId>,
        /// `owner/name`, or its address.
        repository: Option<String>,
    },
    /// Begin a run beside those there are, and show it. Where all places are
    /// taken it is in the place of [`NextPlace::Replaces`], or is refused.
    Start {
        /// Whom it is about.
        source: TriageSource,
        /// The run that the page says is deleted for it. No other one is.
        replaces: Option<RunId>,
    },
    /// About a run.
    OfRun {
        /// The run that the page shows. Where it shows another one by now, or
        /// none, nothing is done.
        run: RunId,
        /// What is to be done.
        message: OfRun,
    },
    /// The card was closed.
    Close,
    /// Look up again whose card is open, whatever is cached.
    Refresh,
    /// Store this mark and note of somebody; with neither, delete the entry.
    SetPerson {
        /// The login, as typed.
        login: String,
        /// Trusted or watched.
        mark: Option<Mark>,
        /// The reader's own words.
        note: String,
    },
    /// Which calls were made recently?
    Timeline,
}

/// What the triage page may say about the run that it shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum OfRun {
    /// Forget the run, and delete what is kept of it.
    Delete,
    /// Make no new calls; those under way may end.
    Pause,
    /// Go on after a pause.
    Resume,
    /// End the run here. What is done stays.
    Stop,
    /// Look up again whoever is in these failed rows.
    Retry {
        /// The rows, by [`TriageRow::index`].
        rows: Vec<u32>,
    },
    /// These rows are in view: they go first.
    View {
        /// The rows, by [`TriageRow::index`].
        rows: Vec<u32>,
    },
    /// The card of this row was opened: everything is wanted. It takes the
    /// place of the one opened before.
    Open {
        /// The row, by [`TriageRow::index`].
        row: u32,
    },
    /// Make a file of the rows.
    Export {
        /// In which format.
        format: ExportFormat,
        /// Whether titles and addresses are left out, and logins numbered.
        hides_names: bool,
    },
    /// Hold levels as of the opening against what became of the items.
    LookBack {
        /// The choices to try; none for those in use.
        #[cfg_attr(feature = "typescript", tsify(type = "Required<Choices> | undefined"))]
        choices: Option<Choices>,
    },
    /// Choose this from now on, as in the options, and judge by it.
    TakeOver {
        /// All that can be chosen.
        #[cfg_attr(feature = "typescript", tsify(type = "Required<Choices>"))]
        choices: Choices,
    },
}

/// Whom a run is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum TriageSource {
    /// Whoever opened something in a repository.
    Repository {
        /// `owner/name`, or its address.
        repository: String,
        /// Pull requests or issues.
        items: TriageItems,
        /// Which of them.
        which: TriageWhich,
    },
    /// Logins and addresses, one a line or separated by commas: pasted, or
    /// from a file. At most 2 MB.
    Text {
        /// As pasted or read.
        text: String,
    },
}

/// Pull requests or issues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum TriageItems {
    /// Pull requests.
    PullRequests,
    /// Issues.
    Issues,
}

/// Which items of a repository a run is about, the newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum TriageWhich {
    /// Those that are open.
    Open,
    /// Those opened last, whatever became of them.
    LastOpened {
        /// How many, from 1 to 5,000.
        count: u32,
    },
    /// Those closed or merged recently. Only these can be looked back on.
    ClosedSince {
        /// Within how many days, from 1 to 365.
        days: u32,
    },
}

/// The format of an exported file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum ExportFormat {
    /// For spreadsheets.
    Csv,
    /// One JSON object a line: what each row's author was judged by, as
    /// `cargo xtask judge` reads it, and the columns in the field `row`.
    JsonLines,
    /// A table in GitHub's Markdown.
    Markdown,
}

/// What the triage page hears.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum ToTriage {
    /// How all runs stand: told at once, and again whenever that changes.
    Runs {
        /// The runs, the oldest first.
        runs: Vec<TriageRun>,
        /// Whose place the next run takes.
        next_place: NextPlace,
    },
    /// How the shown run stands: told when it is shown, and again whenever it
    /// changes.
    Run {
        /// How it stands.
        run: TriageRun,
    },
    /// The entries of a text that cannot be read: told once a run, before its
    /// rows, and when a page connects.
    Unread {
        /// The first hundred of them.
        entries: Vec<UnreadEntry>,
        /// How many there are, listed or not.
        count: u32,
    },
    /// Rows that are new or have changed, at most 200 in a message. Rows are
    /// never taken away but by another run.
    Rows {
        /// The rows.
        rows: Vec<TriageRow>,
    },
    /// The report of the open card: sent at once, and again whenever it changes.
    Report {
        /// The row whose card it is, by [`TriageRow::index`].
        row: u32,
        /// The report.
        report: Rc<AuthorReport>,
        /// What the reader keeps of this person; not part of the report, which
        /// may be passed on.
        own: Option<OwnPerson>,
    },
    /// Levels as of the opening, compared with what became of the items.
    LookBack {
        /// The table.
        look_back: LookBack,
        /// What it cannot know, in sentences.
        limits: Vec<Sentence>,
        /// The choices that it was judged by.
        #[cfg_attr(feature = "typescript", tsify(type = "Required<Choices>"))]
        choices: Choices,
        /// Whether these are not the ones in use.
        is_trial: bool,
        /// Every threshold under the policy of these choices.
        thresholds: Vec<TunableThreshold>,
    },
    /// A part of the file that was asked for, to be put after those before.
    Exported {
        /// In which format.
        format: ExportFormat,
        /// A name for the file, with its ending.
        name: String,
        /// What stands in it.
        text: String,
        /// How many rows the whole file leaves out, because nobody could judge
        /// them again; none while more of it is to come.
        left_out: Option<u32>,
    },
    /// The last calls, oldest first, and what all those of the run took.
    Timeline {
        /// The calls.
        calls: Vec<TimedCall>,
        /// What those of the run took; none where there is no run.
        run: Option<RunCalls>,
    },
    /// What was asked for was not done, and why.
    Refused {
        /// What was wrong and what to do.
        sentence: Sentence,
    },
}

/// Where the next run has its place, of the four there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum NextPlace {
    /// One is free.
    Free,
    /// In that of the oldest run that has ended, which is then deleted.
    Replaces {
        /// The run that is deleted.
        run: RunId,
    },
    /// Nowhere: all runs go on or are paused.
    Nowhere,
}

/// What the calls of a run took that have ended, in periods of equal length
/// since it began.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct RunCalls {
    /// Minutes in a period; 0 before the first call.
    pub period_minutes: u32,
    /// How many calls ended in each period, up to that of the last call.
    pub calls: Vec<u32>,
    /// Milliseconds that those of each period would have taken one after another.
    pub took_ms: Vec<u32>,
    /// Milliseconds for which calls were wanted before they were sent, in all.
    pub waited_ms: u32,
    /// Milliseconds from the run's beginning to the end of its last call.
    pub lasted_ms: u32,
    /// What the call asked that took longest, in one word.
    pub slowest: String,
    /// Milliseconds that it took.
    pub slowest_ms: u32,
}

/// How a run stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct TriageRun {
    /// Which run it is: another number is another run, with other rows. 0 is
    /// no run.
    pub id: RunId,
    /// In one word.
    pub state: RunState,
    /// `owner/name` of the repository it is about, as GitHub spells it; none
    /// for a text.
    pub repository: Option<String>,
    /// Pull requests or issues; none for a text.
    pub items: Option<TriageItems>,
    /// Which of them; none for a text.
    pub which: Option<TriageWhich>,
    /// How many there are of everything.
    pub totals: TriageTotals,
    /// What the run waits for, where it waits.
    pub waiting: Option<RunWaiting>,
    /// What the reader should know of it: a repository that has another name
    /// now or is empty, entries left out, a store that is full.
    pub notes: Vec<Sentence>,
    /// People done in the last minute, or since it began.
    pub rate_per_minute: u32,
    /// Seconds until it is done at this rate; none while nobody can tell.
    pub remaining_seconds: Option<u32>,
    /// When it began (RFC 3339, UTC).
    pub started_at: String,
    /// When it is deleted (RFC 3339, UTC).
    pub kept_until: String,
}

/// How a run stands, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum RunState {
    /// There is none.
    Empty,
    /// What it is about is being listed; people are looked up meanwhile.
    Resolving,
    /// Everything is listed, and people are looked up.
    Running,
    /// The reader has paused it.
    Paused,
    /// The reader has ended it, or nothing of it could be listed.
    Stopped,
    /// Everybody has been looked up.
    Finished,
}

/// How many there are of everything in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct TriageTotals {
    /// Rows that are expected; more than there are while they are being
    /// listed, and an estimate for those closed recently.
    pub items: u32,
    /// People in the rows that there are. Somebody in two repositories counts
    /// twice.
    pub people: u32,
    /// People looked up, the failed among them.
    pub done: u32,
    /// People whose look-up failed.
    pub failed: u32,
    /// People who are still to be looked up.
    pub pending: u32,
}

/// What a run waits for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct RunWaiting {
    /// For what.
    pub sentence: Sentence,
    /// Until when (RFC 3339, UTC), where that is known.
    pub until: Option<String>,
}

/// An entry of a text that cannot be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct UnreadEntry {
    /// The line it stands in, counted from 1.
    pub line: u32,
    /// Its beginning: somebody's words, shown as text only.
    pub text: String,
    /// What is wrong with it and what is accepted.
    pub reason: Sentence,
}

/// One item, or one person where a text names a person alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct TriageRow {
    /// Its place in the run, from 0.
    pub index: u32,
    /// `owner/name` of the item's repository; none for a person alone.
    pub repository: Option<String>,
    /// The item's number; none for a person alone.
    pub number: Option<u32>,
    /// Whether the item is an issue.
    pub is_issue: bool,
    /// The item on github.com, or the person's profile.
    pub url: String,
    /// The item's title: somebody's words, shown as text only.
    pub title: Option<String>,
    /// Who opened it; none while that is not known.
    pub login: Option<String>,
    /// The level of the author now.
    pub level: Level,
    /// The strongest reason for the level, in some 30 characters.
    pub reason: Option<Sentence>,
    /// What the author did in the repository; none where that was not needed
    /// or is not known.
    pub here: Option<HereCounts>,
    /// What became of the author's pull requests elsewhere in the window; none
    /// while that is not known.
    pub elsewhere: Option<ElsewhereCounts>,
    /// When the item was opened (RFC 3339, UTC).
    pub created_at: Option<String>,
    /// When it was closed, merged or not.
    pub closed_at: Option<String>,
    /// When it was merged.
    pub merged_at: Option<String>,
    /// What became of it.
    pub outcome: Option<ItemOutcome>,
    /// Whether nothing of the author had been merged here before, where GitHub
    /// tells it.
    pub is_first_here: Option<bool>,
    /// Whether somebody is assigned, where that is known.
    pub is_assigned: Option<bool>,
    /// Whether it is a draft.
    pub is_draft: bool,
    /// Why the look-up failed, where it did: worth another try.
    pub failed: Option<Sentence>,
    /// The level of the author as of the opening, where the run is about items
    /// closed recently and it is known.
    pub level_then: Option<Level>,
    /// The strongest reason for that.
    pub reason_then: Option<Sentence>,
}

/// What an author did in the item's repository, at all times. Each number may
/// be a lower bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct HereCounts {
    /// Pull requests merged.
    pub merged: u32,
    /// Pull requests closed without being merged, by whomever.
    pub closed: u32,
}

/// What became of an author's pull requests in other people's repositories in
/// the window of 21 days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ElsewhereCounts {
    /// Merged, or landed by a commit.
    pub merged: u32,
    /// Closed by the author.
    pub withdrawn: u32,
    /// Closed by somebody else.
    pub closed_by_others: u32,
    /// Closed, and not known by whom.
    pub closed: u32,
    /// Still open.
    pub open: u32,
    /// Of which of these there may be more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<MayBeMore>,
}
