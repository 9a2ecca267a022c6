//! What the run is about: pages of a repository, and items by number.

use super::numbers::Numbers;
use super::run::{NextPage, Run, Subject};
use super::slot::Slot;
use crate::engine::flights::{Flight, Purpose};
use crate::engine::priority::Priority;
use crate::engine::rate_limiter::Admission;
use crate::engine::{Effect, Engine};
use crate::evidence::GapReason;
use crate::github::call::PAGE;
use crate::github::listing::{FoundItems, Listing, ListingPage, MAX_ITEMS};
use crate::github::read::{Answer, GeneralAnswer};
use crate::github::{ApiError, Call};
use crate::message::{RunId, RunState, TriageItems, TriageWhich};
use crate::report::{Arg, Sentence};
use crate::repository::Repository;
use crate::time::{SignedDuration, Timestamp};
use crate::triage::input::MOST_TARGETS;
use crate::words::Key;

/// So often an error of GitHub's own in listing is tried again, each time
/// after twice as long; then what is listed has to do.
const MOST_TRIES: u8 = 5;

/// The first wait after such an error.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(2);

/// How long nothing is listed after the network has failed, unless it comes
/// back before.
const OFFLINE_FOR: SignedDuration = SignedDuration::from_secs(15);

/// A page smaller than this is not worth its request.
const SMALLEST_PAGE: u8 = 10;

/// How far the listing is, as long as the worker lives.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// Whether a page or items by number have been asked for.
    is_asked: bool,
    /// When the rate limiter lets the next one leave, or an error is tried again.
    pub(super) not_before: Option<Timestamp>,
    /// What is waited for, where it is no limit.
    pub(super) gap: Option<GapReason>,
    tries: u8,
    /// How often the size of a page was halved, because GitHub was too slow.
    halvings: u32,
}

impl Slot {
    fn take_page(&mut self, page: ListingPage) {
        let run = &mut self.run;
        let before = run.rows.len();
        add_page(run, page);
        for index in before..run.rows.len() {
            self.changes.rows.extend(u32::try_from(index));
        }
        self.unsaved.is_due = true;
    }

    fn take_items(&mut self, asked: &[(Repository, u32)], found: FoundItems) {
        let run = &mut self.run;
        for ((repository, number), found) in asked.iter().zip(found) {
            let name = format!("{repository}#{number}");
            let is_it = |index: &u32| {
                run.row(*index).is_some_and(|row| {
                    row.shown.number == Some(*number)
                        && row.repository().as_ref() == Some(repository)
                })
            };
            let unassigned = run.unassigned.iter().find(is_it);
            if let Some(index) = unassigned {
                run.unassigned.remove(index);
                if let (Some(row), Ok(item)) = (run.row_mut(index), &found) {
                    row.shown.is_assigned = item.is_assigned;
                }
                self.changes.rows.insert(index);
                continue;
            }
            let Some(index) = run.unresolved.iter().find(is_it) else {
                continue;
            };
            match found {
                Ok(item) => run.resolve(index, item),
                Err(error) => run.fail_row(index, item_error(&error, &name)),
            }
            self.changes.rows.insert(index);
        }
        self.unsaved.is_due = true;
    }
}

impl Engine {
    /// Asks for the next page, or for the next items by number, where that may
    /// leave at once.
    pub(super) fn list_more(&mut self, id: RunId, now: Timestamp) {
        let Some(slot) = self.triage.slots.get_mut(&id) else {
            return;
        };
        let progress = &mut slot.listing;
        let is_early = progress.gap.is_some() && progress.not_before.is_some_and(|at| now < at);
        if progress.is_asked || is_early {
            return;
        }
        progress.not_before = None;
        let Some(call) = next_call(&slot.run, progress.halvings) else {
            return;
        };
        let limiter = &self.rate_limiter;
        let expected_ms = limiter.predictor().predict_ms(&call.work());
        match limiter.admit(call.bucket(), expected_ms, Priority::Run, now) {
            Admission::Now => {
                progress.is_asked = true;
                progress.gap = None;
                self.triage.last_listed = Some(id);
                self.send(call, Purpose::Listing(id), now);
            }
            Admission::NotBefore(at) => progress.not_before = Some(at),
            Admission::WhenFree => {}
        }
    }

    /// Gives up what is on its way.
    pub(super) fn stop_listing(&mut self, id: RunId, now: Timestamp) {
        let is_its = |flight: &Flight| matches!(flight.purpose, Purpose::Listing(run) if run == id);
        for call in self.flights.remove_all(is_its) {
            self.rate_limiter.note_ended(call, now);
            self.effects.push(Effect::Abort(call));
        }
        if let Some(slot) = self.triage.slots.get_mut(&id) {
            slot.listing = Progress::default();
        }
    }

    pub(in crate::engine) fn handle_listing(
        &mut self,
        id: RunId,
        call: &Call,
        reading: Result<Answer, ApiError>,
        now: Timestamp,
    ) {
        let Some(slot) = self.triage.slots.get_mut(&id) else {
            return;
        };
        slot.listing.is_asked = false;
        slot.changes.is_run_changed = true;
        let answer = reading.map(|answer| answer.general);
        match (call, answer) {
            (Call::Listing(_), Ok(Some(GeneralAnswer::Listing(Ok(page))))) => {
                slot.listing = Progress::default();
                slot.take_page(page);
            }
            (Call::Items(items), Ok(Some(GeneralAnswer::Items(found)))) => {
                slot.listing = Progress::default();
                slot.take_items(items, found);
            }
            (_, Ok(Some(GeneralAnswer::Listing(Err(error)))) | Err(error)) => {
                self.handle_listing_error(id, &error, now);
            }
            (_, Ok(_)) => self.handle_listing_error(id, &ApiError::lacks("data"), now),
        }
    }

    /// Lets an error that the network's return ends be tried again at once.
    pub(in crate::engine) fn resume_listing(&mut self) {
        for (_, slot) in &mut self.triage.slots {
            if slot.listing.gap.take().is_some() {
                slot.listing.not_before = None;
            }
        }
    }

    fn handle_listing_error(&mut self, id: RunId, error: &ApiError, now: Timestamp) {
        let Some(slot) = self.triage.slots.get_mut(&id) else {
            return;
        };
        let subject = slot.run.head.subject.as_ref();
        let name = subject
            .map(|it| it.repository.to_string())
            .unwrap_or_default();
        let progress = &mut slot.listing;
        match error {
            // The rate limiter, or another token, says when to go on.
            ApiError::LimitSpent { .. }
            | ApiError::SlowDown { .. }
            | ApiError::LoginAttempts
            | ApiError::TokenRefused
            | ApiError::AccountSuspended => {}
            ApiError::Network | ApiError::NoPermission => {
                progress.gap = Some(error.reason());
                progress.not_before = Some(now + OFFLINE_FOR);
            }
            ApiError::NotFound | ApiError::RepositoryHidden => {
                self.give_up_listing(id, Key::TriageRepositoryHidden.about(&name), now);
            }
            ApiError::OrganizationForbids
            | ApiError::Forbidden
            | ApiError::NotAccessible
            | ApiError::MissingScope => {
                self.give_up_listing(id, Key::TargetForbidden.about(&name), now);
            }
            _ if progress.tries < MOST_TRIES => {
                progress.gap = Some(error.reason());
                progress.not_before = Some(now + FIRST_WAIT * 2_i32.pow(progress.tries.into()));
                progress.tries += 1;
                if matches!(
                    error,
                    ApiError::TooSlow | ApiError::TooMuch | ApiError::TimedOut
                ) {
                    progress.halvings += 1;
                }
            }
            _ => self.give_up_listing(id, Key::TriageListingFailed.alone(), now),
        }
    }

    /// What cannot be listed is left out; what is, is looked up.
    fn give_up_listing(&mut self, id: RunId, note: Sentence, now: Timestamp) {
        let Some(slot) = self.triage.slots.get_mut(&id) else {
            return;
        };
        slot.listing = Progress::default();
        let run = &mut slot.run;
        if run.is_listed() {
            // Only who is assigned was still asked for.
            run.unassigned = Numbers::default();
            return;
        }
        run.head.next = NextPage::None;
        for index in std::mem::take(&mut run.unresolved).iter() {
            run.fail_row(index, note.clone());
            slot.changes.rows.insert(index);
        }
        run.head.notes.push(note);
        slot.unsaved.is_due = true;
        if run.people.is_empty() {
            self.set_run_state(id, RunState::Stopped, now);
        }
    }
}

fn next_call(run: &Run, halvings: u32) -> Option<Call> {
    let half = |size: u8| size.checked_shr(halvings).unwrap_or(0).max(SMALLEST_PAGE);
    let page = |subject: &Subject, after| {
        let wanted = subject.most().saturating_sub(run.rows.len());
        let wanted = u8::try_from(wanted).map_or(PAGE, |it| it.min(PAGE));
        Call::Listing(Listing {
            repository: subject.repository.clone(),
            are_issues: subject.items == TriageItems::Issues,
            which: subject.listed(),
            first: half(wanted),
            after,
        })
    };
    match (&run.head.subject, &run.head.next) {
        (Some(subject), NextPage::First) => return Some(page(subject, None)),
        (Some(subject), NextPage::After(cursor)) => {
            return Some(page(subject, Some(cursor.clone())));
        }
        (None, _) | (_, NextPage::None) => {}
    }
    let size = usize::from(half(u8::try_from(MAX_ITEMS).unwrap_or(PAGE)));
    let rows = if run.is_listed() {
        &run.unassigned
    } else {
        &run.unresolved
    };
    let items = rows.iter().take(size).filter_map(|index| {
        let row = run.row(index)?;
        Some((row.repository()?, row.shown.number?))
    });
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then_some(Call::Items(items))
}

/// Adds what a page lists, as far as it is wanted, and notes where the next
/// one begins.
fn add_page(run: &mut Run, page: ListingPage) {
    let Some(subject) = &mut run.head.subject else {
        return;
    };
    if subject.repository != page.repository {
        let names = [&subject.repository, &page.repository];
        let args = names.map(|it| Arg::Text(it.to_string())).to_vec();
        let key = Key::TriageRenamed.as_str().to_owned();
        run.head.notes.push(Sentence { key, args });
        subject.repository = page.repository;
    }
    let (most, since, which) = (subject.most(), subject.since, subject.which);
    let is_past = since.is_some_and(|since| {
        page.items
            .last()
            .is_some_and(|last| last.updated_at < since)
    });
    for item in page.items {
        let is_closed_since =
            since.is_none_or(|since| item.closed_at.is_some_and(|at| at >= since));
        if is_closed_since && run.rows.len() < most {
            run.add(item);
        }
    }
    let is_full = run.rows.len() >= most;
    run.head.next = match page.next {
        Some(cursor) if !is_past && !is_full => NextPage::After(cursor),
        _ => NextPage::None,
    };
    let rows = u32::try_from(run.rows.len()).unwrap_or(u32::MAX);
    let most = u32::try_from(most).unwrap_or(u32::MAX);
    run.head.expected = match which {
        TriageWhich::ClosedSince { .. } => rows,
        TriageWhich::Open | TriageWhich::LastOpened { .. } => page.total.min(most),
    };
    let left_out = page.total.saturating_sub(rows);
    if which == TriageWhich::Open && is_full && left_out > 0 {
        debug_assert!(usize::try_from(rows) == Ok(MOST_TARGETS));
        run.head.notes.push(Key::TriageLeftOut.with(&[left_out]));
    }
    if run.rows.is_empty() && run.head.next == NextPage::None {
        let name = run
            .head
            .subject
            .as_ref()
            .map(|it| it.repository.to_string());
        let note = Key::TriageNothing.about(&name.unwrap_or_default());
        run.head.notes.push(note);
    }
}

fn item_error(error: &ApiError, name: &str) -> Sentence {
    match error {
        ApiError::NotFound | ApiError::RepositoryHidden => Key::TargetItemNotFound.about(name),
        ApiError::OrganizationForbids | ApiError::Forbidden | ApiError::NotAccessible => {
            Key::TargetForbidden.about(name)
        }
        _ => Key::TargetUnreadable.about(name),
    }
}
