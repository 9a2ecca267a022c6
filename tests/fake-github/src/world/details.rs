//! What more there is to tell of a pull request or an issue than lists show: its size, what it
//! closes, who is on it, what was said and done.

use jiff::{SignedDuration, Timestamp};

use super::{AuthoredItem, Closer, ItemKind};

/// What more there is to tell of an item.
#[derive(Debug, Clone, Default)]
pub struct Details {
    /// Lines added.
    pub additions: u32,
    /// Lines taken out.
    pub deletions: u32,
    /// Files touched.
    pub changed_files: u32,
    /// The issues of the same repository that merging it closes.
    pub closes: Vec<u32>,
    /// The logins it is assigned to.
    pub assignees: Vec<String>,
    /// What happened to it, oldest first.
    pub timeline: Vec<Event>,
}

/// Something that happened to an item.
#[derive(Debug, Clone)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// By whom; nobody known where that account is gone.
    pub by: String,
    /// What that account is to the repository, in GitHub's words.
    pub association: &'static str,
    /// What.
    pub what: EventKind,
}

/// What an event was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// A comment.
    Comment,
    /// A commit that was pushed to it.
    Commit,
    /// A review with this state, in GitHub's words.
    Review(&'static str),
    /// It was merged.
    Merged,
    /// It was closed, by a commit where `by_commit`.
    Closed {
        /// Whether a commit closed it.
        by_commit: bool,
    },
}

/// What happened to some of the pages' items: hours after the opening, by whom (nobody for the
/// author), what.
type Happened = (i64, &'static str, EventKind);

/// A maintainer asked something, and the author answered with a commit and a word.
const ANSWERED: [Happened; 4] = [
    (5, "mel-member", EventKind::Comment),
    (7, "mel-member", EventKind::Review("CHANGES_REQUESTED")),
    (20, "", EventKind::Commit),
    (21, "", EventKind::Comment),
];
/// A maintainer asked something, and the author never came back.
const LEFT: [Happened; 2] = [
    (2, "mel-member", EventKind::Review("CHANGES_REQUESTED")),
    (3, "owen-owner", EventKind::Comment),
];

/// Of an item in `acme/web`: what it closes and what happened to it.
fn in_web(number: u32) -> (&'static [u32], &'static [Happened]) {
    match number {
        7 => (&[1], &LEFT),
        8 => (&[902], &ANSWERED),
        // Two more that would close the same issue as number 7.
        21 | 22 => (&[1], &[]),
        _ => (&[], &[]),
    }
}

pub(super) fn of(written: &AuthoredItem) -> Details {
    let item = written.item();
    let is_in_web = item.repository.is("acme", "web");
    let (closes, happened) = if is_in_web {
        in_web(item.number)
    } else {
        (&[][..], &[][..])
    };
    // Issue 1 is somebody's already.
    let assignees: &[&str] = if is_in_web && item.number == 1 {
        &["mel-member"]
    } else {
        &[]
    };
    let assignees = assignees.iter().map(|login| (*login).to_owned()).collect();
    let mut timeline = Vec::new();
    if !item.is_pull() {
        timeline.extend(ending(written));
        return Details {
            assignees,
            timeline,
            ..Details::default()
        };
    }
    let event = |at, by: &str, what| Event {
        at,
        by: if by.is_empty() {
            &written.author.login
        } else {
            by
        }
        .to_owned(),
        association: match by {
            "" => item.association,
            "owen-owner" => "COLLABORATOR",
            _ => "MEMBER",
        },
        what,
    };
    timeline.push(event(item.created, "", EventKind::Commit));
    timeline.extend(happened.iter().map(|(hours, by, what)| {
        event(item.created + SignedDuration::from_hours(*hours), by, *what)
    }));
    timeline.extend(ending(written));
    Details {
        additions: 1 + item.number % 240,
        deletions: item.number % 60,
        changed_files: 1 + item.number % 9,
        closes: closes.to_vec(),
        assignees,
        timeline,
    }
}

/// How an item ended, where it has; a merge is told and the closing after it.
fn ending(written: &AuthoredItem) -> Vec<Event> {
    let item = written.item();
    let Some(at) = item.closed_at() else {
        return Vec::new();
    };
    let (by, by_commit) = match &item.closed_by {
        Closer::Author => (&written.author.login, false),
        Closer::Other(login) => (login, false),
        Closer::Commit(login) => (login, true),
    };
    let event = |what| Event {
        at,
        by: by.clone(),
        association: "MEMBER",
        what,
    };
    let is_merged = matches!(item.what, ItemKind::Pull { .. }) && item.merged_at().is_some();
    let merged = is_merged.then(|| event(EventKind::Merged));
    merged
        .into_iter()
        .chain([event(EventKind::Closed { by_commit })])
        .collect()
}
