//! What each triage page shows: a run, the rows in view, and an open card.

use super::slot::Slot;
use super::source::repository_of;
use super::{Loading, Triage};
use crate::engine::client::{ClientId, Subscription};
use crate::engine::priority::Priority;
use crate::engine::{Effect, Engine};
use crate::message::RunId;
use crate::time::Timestamp;

/// Rows that can be in view at once; more than any screen has.
const MOST_IN_VIEW: usize = 200;

/// What a page shows.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) run: RunId,
    /// The rows in view.
    in_view: Vec<u32>,
    /// The row whose card is open.
    open: Option<u32>,
}

impl Triage {
    /// The run that a page shows.
    pub(super) fn shown_on(&self, client: ClientId) -> Option<RunId> {
        self.pages.get(&client).map(|page| page.run)
    }

    /// The run that a page is to show: this one, and none where it is gone;
    /// where none is named, the newest one about this repository, or of all.
    pub(super) fn to_show(&self, run: Option<RunId>, repository: Option<&str>) -> Option<RunId> {
        if run.is_some() {
            return run.filter(|run| self.slots.contains_key(run));
        }
        let fits = |slot: &Slot| match (repository, &slot.run.head.subject) {
            (None, _) => true,
            (Some(text), Some(subject)) => {
                repository_of(text).as_ref() == Some(&subject.repository)
            }
            (Some(_), None) => false,
        };
        let fitting = self.slots.iter().filter(|(_, slot)| fits(slot));
        let newest =
            fitting.max_by_key(|(id, slot)| (repository.is_none() && slot.is_active(), **id));
        newest.map(|(id, _)| *id)
    }

    /// The pages that show a run.
    pub(super) fn pages_of(&self, id: RunId) -> Vec<ClientId> {
        let pages = self.pages.iter().filter(|(_, page)| page.run == id);
        pages.map(|(client, _)| *client).collect()
    }

    /// The rows of a run that are in view of any page.
    pub(super) fn rows_in_view(&self, id: RunId) -> impl Iterator<Item = u32> {
        let pages = self.pages.values().filter(move |page| page.run == id);
        pages.flat_map(|page| &page.in_view).copied()
    }

    /// Forgets a page that is gone.
    pub(in crate::engine) fn disconnect(&mut self, client: ClientId) {
        self.pages.remove(&client);
        self.readings.retain(|it| it.client != client);
        self.early.retain(|(of, _)| *of != client);
    }

    /// The row whose card a page has open.
    pub(in crate::engine) fn open_row(&self, client: ClientId) -> Option<u32> {
        self.pages.get(&client)?.open
    }
}

impl Engine {
    /// Tells a page that has connected of the runs; the first one lets them be
    /// loaded.
    pub(in crate::engine) fn connect_triage(&mut self, client: ClientId, now: Timestamp) {
        match self.triage.loading {
            Loading::NotAsked => {
                self.triage.loading = Loading::Asked;
                self.effects.push(Effect::LoadRuns);
            }
            Loading::Asked => {}
            Loading::Loaded => {
                let runs = self.told_runs(now);
                self.notify_triage(client, runs);
            }
        }
    }

    /// Shows a run on a page, in place of the one before.
    pub(super) fn show_run(&mut self, client: ClientId, run: Option<RunId>, now: Timestamp) {
        self.close_row(client);
        self.triage.readings.retain(|it| it.client != client);
        if let Some(before) = self.triage.pages.remove(&client) {
            self.set_priorities(before.run);
        }
        if let Some(run) = run {
            let page = Page {
                run,
                in_view: Vec::new(),
                open: None,
            };
            self.triage.pages.insert(client, page);
        }
        self.notify_of_run(client, now);
    }

    /// Lets those go first who have come into view.
    pub(super) fn set_rows_in_view(&mut self, client: ClientId, mut rows: Vec<u32>) {
        rows.truncate(MOST_IN_VIEW);
        let Some(page) = self.triage.pages.get_mut(&client) else {
            return;
        };
        page.in_view = rows;
        let id = page.run;
        self.set_priorities(id);
    }

    /// Opens the card of a row in place of the one before.
    pub(super) fn open_row(&mut self, client: ClientId, index: u32, now: Timestamp) {
        self.close_row(client);
        let Some(page) = self.triage.pages.get_mut(&client) else {
            return;
        };
        let slot = self.triage.slots.get(&page.run);
        let Some(row) = slot.and_then(|slot| slot.run.row(index)) else {
            return;
        };
        let Some(login) = row.login() else {
            return;
        };
        let mut subscription = Subscription::requested(login, row.association, row.opened_at());
        subscription.is_app = row.is_app;
        subscription.priority = Priority::Card;
        page.open = Some(index);
        let repository = row.repository();
        if let Some(client) = self.clients.get_mut(client) {
            client.repository = repository;
        }
        self.subscribe(client, subscription, now);
    }

    pub(super) fn close_row(&mut self, client: ClientId) {
        if let Some(page) = self.triage.pages.get_mut(&client) {
            page.open = None;
        }
        let Some(page) = self.clients.get_mut(client) else {
            return;
        };
        let before = page.keys();
        page.subscriptions.clear();
        page.repository = None;
        self.scheduler.withdraw(client, &before);
        self.triage.used.extend(before);
    }
}
