//! Reading what authors have opened, by connection, and who closed it.

use super::{Node, PageInfo};
use crate::evidence::{ClosedBy, GapReason};
use crate::github::call::SEARCH_RESULTS;
use crate::github::{Merged, Page, Unmerged};
use crate::json::{self, Value};
use crate::login::Login;
use crate::repository::Repository;
use crate::time::Timestamp;
use serde::Deserialize;

/// An author's connections, whichever were asked for.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Author {
    pub(super) pull_requests: Option<ConnectionPage>,
    pub(super) issues: Option<ConnectionPage>,
}

/// A page of a connection, newest first.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ConnectionPage {
    total_count: u32,
    page_info: PageInfo,
    pub(super) nodes: Vec<Value>,
}

impl ConnectionPage {
    /// What of it was opened publicly since that moment. Once a node is older,
    /// all that follow are, and no further page is of use; of those it is kept
    /// where they were merged. A node that cannot be read, or not all of it, may
    /// be any: it is left out of the items and counted. `told` has the name of
    /// the alias, and why a node is not whole where an error says so.
    pub(super) fn page<T>(
        self,
        told: (&str, &dyn Fn(usize) -> Option<GapReason>),
        is_first: bool,
        since: Timestamp,
        read: fn(Node) -> Option<T>,
        unreadable: &mut Vec<json::Error>,
    ) -> Page<T> {
        let (alias, reason) = told;
        let (mut items, mut unread, mut is_past) = (Vec::new(), 0, false);
        // Those which are as old as what stands before them, if the order holds.
        let mut unread_past = 0;
        let mut shortfall = None;
        let mut merged_before = Vec::new();
        let fetched = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        for (index, node) in self.nodes.iter().enumerate() {
            let reason = reason(index);
            let error = match json::from_value::<Node>(node) {
                Ok(node) if node.created_at < since => {
                    is_past = true;
                    if node.is_merged() && node.repository.is_private == Some(false) {
                        note_merged(&mut merged_before, node.repository.name_with_owner);
                    }
                    continue;
                }
                Ok(node) => {
                    // It stands in the wrong place, so that place tells nothing.
                    is_past = false;
                    unread += std::mem::take(&mut unread_past);
                    match node.repository.is_private {
                        Some(true) => continue,
                        // It may be private, and is not told then.
                        None => json::Error::new("repository: missing field `isPrivate`"),
                        Some(false) if reason.is_some() => json::Error::new("not whole"),
                        Some(false) => match read(node) {
                            Some(item) => {
                                items.push(item);
                                continue;
                            }
                            None => json::Error::new("state: unknown"),
                        },
                    }
                }
                Err(error) => error,
            };
            if is_past {
                unread_past += 1;
            } else {
                unread += 1;
                unreadable.push(error.within(&format!("{alias}.nodes[{index}]")));
            }
            shortfall = reason.or(shortfall).or(Some(GapReason::Unreadable));
        }
        let has_next = self.page_info.has_next_page && !is_past;
        let left = self.total_count.saturating_sub(fetched);
        let rest = if has_next && left == 0 {
            // A next page counts before the total, which tells nothing then.
            SEARCH_RESULTS
        } else if has_next {
            left
        } else if is_first && !is_past {
            // GitHub counts more than it shows, and says that this is all.
            left
        } else {
            0
        };
        Page {
            total: u32::try_from(items.len()).unwrap_or(u32::MAX) + unread + rest,
            items,
            next: self.page_info.end_cursor.filter(|_| has_next),
            // Nobody's connection is kept from anybody.
            is_refusal_told: true,
            unread,
            shortfall: shortfall.filter(|_| unread > 0),
            total_ever: Some(self.total_count),
            unmerged: Unmerged::NotAsked,
            merged_before,
            is_of_private: false,
        }
    }
}

fn note_merged(all: &mut Vec<Merged>, repository: Repository) {
    if let Some(merged) = all.iter_mut().find(|it| it.repository == repository) {
        merged.count += 1;
    } else {
        let count = 1;
        all.push(Merged { repository, count });
    }
}

/// How a pull request was closed.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Closed {
    id: String,
    timeline_items: ClosedEvents,
}

#[derive(Deserialize)]
struct ClosedEvents {
    nodes: Vec<ClosedEvent>,
}

#[derive(Deserialize)]
struct ClosedEvent {
    /// Null where the account is gone. One that is missing tells nothing.
    #[serde(deserialize_with = "Option::deserialize")]
    actor: Option<Actor>,
    #[serde(deserialize_with = "Option::deserialize")]
    closer: Option<Typed>,
}

#[derive(Deserialize)]
struct Actor {
    login: String,
    #[serde(rename = "__typename")]
    kind: String,
}

#[derive(Deserialize)]
struct Typed {
    #[serde(rename = "__typename")]
    kind: String,
}

impl Closed {
    /// Whether it tells of the pull request with this id.
    pub(super) fn is_of(&self, id: &str) -> bool {
        self.id == id
    }

    /// Who closed it, where GitHub tells of its closing at all.
    pub(super) fn by(&self, author: &Login) -> Option<ClosedBy> {
        let event = self.timeline_items.nodes.first()?;
        if event.closer.as_ref().is_some_and(|it| it.kind == "Commit") {
            return Some(ClosedBy::Commit);
        }
        Some(match &event.actor {
            Some(actor) if actor.kind == "Bot" => ClosedBy::Bot,
            Some(actor) if actor.login.eq_ignore_ascii_case(author.as_str()) => ClosedBy::Author,
            // An account that is gone was somebody else's too.
            Some(_) | None => ClosedBy::Other,
        })
    }
}
