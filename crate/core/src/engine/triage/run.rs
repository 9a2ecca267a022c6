//! [`Run`]: the rows of one run, its people, and how far it is.

use super::numbers::Numbers;
use super::row::{Row, RowKind};
use crate::evidence::Association;
use crate::github::listing::{ListedItem, ListingWhich};
use crate::login::Login;
use crate::message::{
    RunCalls, RunId, RunState, TriageItems, TriageTotals, TriageWhich, UnreadEntry,
};
use crate::report::Sentence;
use crate::repository::Repository;
use crate::target::Target;
use crate::time::Timestamp;
use crate::triage::input::{MOST_TARGETS, Targets};
use crate::words::Key;
use litemap::LiteMap;
use serde::{Deserialize, Serialize};

/// What of a run is kept besides its rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Head {
    pub(super) id: RunId,
    pub(super) started_at: Timestamp,
    /// [`RunState::Running`] while anything is left to do; whether it is still
    /// being listed follows from [`Head::next`].
    pub(super) state: RunState,
    /// What is listed; none for a text, whose rows are all there.
    pub(super) subject: Option<Subject>,
    /// Which page is listed next.
    pub(super) next: NextPage,
    /// How many rows are kept with it.
    pub(super) rows: u32,
    /// How many rows are expected in all.
    pub(super) expected: u32,
    pub(super) notes: Vec<Sentence>,
    pub(super) unread: Vec<UnreadEntry>,
    pub(super) unread_count: u32,
    /// What its calls took.
    #[serde(default)]
    pub(super) calls: RunCalls,
}

/// What a run lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Subject {
    pub(super) repository: Repository,
    pub(super) items: TriageItems,
    pub(super) which: TriageWhich,
    /// For those closed of late: since when.
    pub(super) since: Option<Timestamp>,
}

impl Subject {
    pub(super) fn listed(&self) -> ListingWhich {
        match self.which {
            TriageWhich::Open => ListingWhich::Open,
            TriageWhich::LastOpened { .. } => ListingWhich::All,
            TriageWhich::ClosedSince { .. } => ListingWhich::Closed,
        }
    }

    /// The most rows that are wanted.
    pub(super) fn most(&self) -> usize {
        match self.which {
            TriageWhich::LastOpened { count } => usize::try_from(count).unwrap_or(MOST_TARGETS),
            TriageWhich::Open | TriageWhich::ClosedSince { .. } => MOST_TARGETS,
        }
        .min(MOST_TARGETS)
    }
}

/// Which page of a repository's list comes next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum NextPage {
    First,
    After(String),
    None,
}

/// Somebody to look up: a login in a repository.
#[derive(Clone, Debug)]
pub(super) struct RunPerson {
    pub(super) login: Login,
    pub(super) repository: Option<Repository>,
    pub(super) association: Option<Association>,
    pub(super) opened_at: Option<Timestamp>,
    pub(super) rows: Vec<u32>,
    pub(super) state: PersonState,
}

/// How far somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PersonState {
    Waiting,
    Active,
    Done,
    Failed,
}

/// A name for somebody in a run: the same login in another repository is
/// another.
pub(super) fn name_of(login: &Login, repository: Option<&Repository>) -> String {
    let place = repository.map(Repository::key).unwrap_or_default();
    format!("{} {place}", login.key())
}

/// One run.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) head: Head,
    pub(super) rows: Vec<Row>,
    pub(super) people: Vec<RunPerson>,
    /// The people by login and repository.
    by_name: LiteMap<String, u32>,
    /// Who is still to be looked up and is not being looked up.
    pub(super) waiting: Numbers,
    /// Rows whose item is to be asked for by number.
    pub(super) unresolved: Numbers,
    /// Rows of which it is not known whether somebody is assigned: asked for when
    /// everybody is being looked up.
    pub(super) unassigned: Numbers,
    /// The numbers of a repository's items that have a row.
    numbers: Numbers,
    done: u32,
    failed: u32,
}

impl Run {
    pub(super) fn new(head: Head) -> Self {
        Self {
            head,
            rows: Vec::new(),
            people: Vec::new(),
            by_name: LiteMap::new(),
            waiting: Numbers::default(),
            unresolved: Numbers::default(),
            unassigned: Numbers::default(),
            numbers: Numbers::default(),
            done: 0,
            failed: 0,
        }
    }

    /// A run of a repository's items.
    pub(super) fn of_repository(id: RunId, subject: Subject, now: Timestamp) -> Self {
        Self::new(Head {
            subject: Some(subject),
            next: NextPage::First,
            ..head(id, now)
        })
    }

    /// A run of what was pasted.
    pub(super) fn of_text(id: RunId, targets: Targets, now: Timestamp) -> Self {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let mut run = Self::new(Head {
            expected: count(targets.targets.len()),
            unread_count: count(targets.unreadable_count),
            unread: targets.unreadable,
            ..head(id, now)
        });
        for (number, key) in [
            (targets.repeated, Key::TriageRepeated),
            (targets.left_out, Key::TriageLeftOut),
        ] {
            if number > 0 {
                run.head.notes.push(key.with(&[count(number)]));
            }
        }
        for target in targets.targets {
            let index = run.next_index();
            let row = match target {
                Target::User(login) => Row::of_person(index, &login),
                Target::Item { repository, number } => {
                    run.unresolved.insert(index);
                    Row::of_item(index, &repository, number)
                }
            };
            run.push(row);
        }
        run
    }

    /// The run that was kept. Whoever was being looked up still is to be.
    pub(super) fn from_store(head: Head, rows: LiteMap<u32, Row>) -> Self {
        let mut run = Self::new(head);
        for (index, row) in rows {
            // Rows after a chunk that is lost have no place: they are listed anew.
            if index != run.next_index() {
                break;
            }
            if row.is_unresolved() {
                run.unresolved.insert(index);
            }
            run.push(row);
        }
        let whole = run.rows.len();
        if run.head.subject.is_some()
            && usize::try_from(run.head.rows).is_ok_and(|rows| rows > whole)
        {
            run.head.next = NextPage::First;
        }
        run
    }

    /// Adds a listed item, unless it is there: lists move while they are read.
    pub(super) fn add(&mut self, item: ListedItem) {
        if !self.numbers.contains(item.number) {
            let index = self.next_index();
            self.push(Row::of_listed(index, item));
        }
    }

    /// Takes over what was asked for by number.
    pub(super) fn resolve(&mut self, index: u32, item: ListedItem) {
        self.unresolved.remove(index);
        let mut row = Row::of_listed(index, item);
        self.enlist(&mut row);
        if let Some(place) = self.row_mut(index) {
            *place = row;
        }
    }

    /// Notes that an item cannot be had.
    pub(super) fn fail_row(&mut self, index: u32, reason: Sentence) {
        self.unresolved.remove(index);
        if let Some(row) = self.row_mut(index) {
            row.fail(reason);
        }
    }

    pub(super) fn row(&self, index: u32) -> Option<&Row> {
        self.rows.get(usize::try_from(index).ok()?)
    }

    pub(super) fn row_mut(&mut self, index: u32) -> Option<&mut Row> {
        self.rows.get_mut(usize::try_from(index).ok()?)
    }

    pub(super) fn person(&self, index: u32) -> Option<&RunPerson> {
        self.people.get(usize::try_from(index).ok()?)
    }

    /// Whom [`name_of`] gives this name.
    pub(super) fn person_named(&self, name: &str) -> Option<&RunPerson> {
        self.person(*self.by_name.get(name)?)
    }

    /// Who is in a row.
    pub(super) fn person_in(&self, index: u32) -> Option<u32> {
        let row = self.row(index)?;
        self.by_name.get(&row.person_name()?).copied()
    }

    /// Sets how far somebody is.
    pub(super) fn set_state(&mut self, person: u32, state: PersonState) {
        let place = usize::try_from(person).ok();
        let Some(it) = place.and_then(|it| self.people.get_mut(it)) else {
            return;
        };
        let before = std::mem::replace(&mut it.state, state);
        let is_done = |state| matches!(state, PersonState::Done | PersonState::Failed);
        self.done = self.done - u32::from(is_done(before)) + u32::from(is_done(state));
        let is_failed = |state| state == PersonState::Failed;
        self.failed = self.failed - u32::from(is_failed(before)) + u32::from(is_failed(state));
        if state == PersonState::Waiting {
            self.waiting.insert(person);
        } else {
            self.waiting.remove(person);
        }
    }

    /// Whether levels as of the opening are wanted.
    pub(super) fn looks_back(&self) -> bool {
        let subject = self.head.subject.as_ref();
        subject.is_some_and(|it| matches!(it.which, TriageWhich::ClosedSince { .. }))
    }

    /// Whether everything that the run is about has its row.
    pub(super) fn is_listed(&self) -> bool {
        self.unresolved.is_empty()
            && (self.head.subject.is_none() || self.head.next == NextPage::None)
    }

    /// Whether nothing is left to do.
    pub(super) fn is_done(&self) -> bool {
        let are_people_done = usize::try_from(self.done) == Ok(self.people.len());
        self.is_listed() && are_people_done && self.unassigned.is_empty()
    }

    pub(super) fn totals(&self) -> TriageTotals {
        let people = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        let rows = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        TriageTotals {
            items: if self.is_listed() {
                rows
            } else {
                self.head.expected.max(rows)
            },
            people,
            done: self.done,
            failed: self.failed,
            pending: people - self.done,
        }
    }

    fn next_index(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    fn push(&mut self, mut row: Row) {
        self.enlist(&mut row);
        self.numbers.extend(row.shown.number);
        if row.lacks_assigned() {
            self.unassigned.insert(row.shown.index);
        }
        self.rows.push(row);
    }

    /// Notes that somebody is in this row, and what is known of them already.
    fn enlist(&mut self, row: &mut Row) {
        let (Some(name), RowKind::Person(login)) = (row.person_name(), row.kind()) else {
            return;
        };
        let index = row.shown.index;
        let is_unjudged = self.looks_back()
            && row.shown.level_then.is_none()
            && row.opened_at().is_some()
            && row.shown.failed.is_none();
        let known = self.by_name.get(&name).copied();
        let place = known.and_then(|it| usize::try_from(it).ok());
        if let (Some(number), Some(person)) = (known, place.and_then(|it| self.people.get_mut(it)))
        {
            let first = person.rows.first().and_then(|it| usize::try_from(*it).ok());
            if let Some(first) = first.and_then(|it| self.rows.get(it)) {
                row.take_from(first);
            }
            person.rows.push(index);
            if person.state == PersonState::Done && is_unjudged {
                self.set_state(number, PersonState::Waiting);
            }
            return;
        }
        let person = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        self.by_name.insert(name, person);
        self.people.push(RunPerson {
            login,
            repository: row.repository(),
            association: row.association,
            opened_at: row.opened_at(),
            rows: vec![index],
            state: PersonState::Waiting,
        });
        self.waiting.insert(person);
        if row.is_done() && !is_unjudged {
            let is_failed = row.shown.failed.is_some();
            let state = if is_failed {
                PersonState::Failed
            } else {
                PersonState::Done
            };
            self.set_state(person, state);
        }
    }
}

fn head(id: RunId, now: Timestamp) -> Head {
    Head {
        id,
        started_at: now,
        state: RunState::Running,
        subject: None,
        next: NextPage::None,
        rows: 0,
        expected: 0,
        notes: Vec::new(),
        unread: Vec::new(),
        unread_count: 0,
        calls: RunCalls::default(),
    }
}
