//! Pull requests and issues.

use std::cmp::Reverse;
use std::sync::Arc;

use apollo_compiler::resolvers::{ResolveInfo, ResolvedValue};
use apollo_compiler::response::JsonValue;

use super::errors::unimplemented;
use super::resolve::{Object, Resolved, Thing, int, leaf, text, time, words_of};
use crate::rest::node_id;
use crate::world::{Account, Item, PullEnd, Reason, What, Written};

impl<'run> Object<'run> {
    /// An account's pull requests or issues, oldest first unless ordered otherwise.
    pub(super) fn items(&self, account: &Arc<Account>, info: &ResolveInfo<'_>) -> Resolved<'run> {
        let wants_pulls = info.field_name() == "pullRequests";
        let states = words_of(info, "states");
        let is_wanted = |item: &Item| {
            item.is_pull() == wants_pulls
                && states
                    .as_ref()
                    .is_none_or(|states| states.iter().any(|one| one == state(item)))
        };
        let mut found: Vec<Written> = (0..account.items.len())
            .map(|index| Written {
                author: Arc::clone(account),
                index,
            })
            .filter(|written| is_wanted(written.item()))
            .collect();
        let order = info
            .arguments()
            .get("orderBy")
            .and_then(JsonValue::as_object);
        let newest_first = order
            .and_then(|order| order.get("direction")?.as_str())
            .is_some_and(|direction| direction == "DESC");
        found.sort_by_key(|written| (written.item().created, written.item().number));
        if newest_first {
            found.sort_by_key(|written| Reverse((written.item().created, written.item().number)));
        }
        self.connection(info, found.into_iter().map(Thing::Written).collect())
    }

    pub(super) fn item_field(&self, written: &Written, info: &ResolveInfo<'_>) -> Resolved<'run> {
        let item = written.item();
        let is_pull = item.is_pull();
        match info.field_name() {
            "id" => leaf(node_id(written)),
            "number" => int(item.number),
            "title" => leaf(item.title.as_str()),
            "url" | "permalink" => leaf(item.url()),
            "state" => leaf(state(item)),
            "closed" => leaf(item.closed_at().is_some()),
            "createdAt" | "publishedAt" => time(Some(item.created)),
            "updatedAt" => time(item.closed_at().or(Some(item.created))),
            "closedAt" => time(item.closed_at()),
            "author" => Ok(self.object(Thing::Account(Arc::clone(&written.author)))),
            "authorAssociation" => leaf(item.association),
            "repository" => Ok(self.object(Thing::Repository(item.repository.clone()))),
            "body" | "bodyText" => leaf(""),
            "merged" if is_pull => leaf(item.merged_at().is_some()),
            "mergedAt" if is_pull => time(item.merged_at()),
            "isDraft" if is_pull => leaf(matches!(item.what, What::Pull { draft: true, .. })),
            "mergedBy" if is_pull => Ok(item
                .merged_at()
                .map_or_else(ResolvedValue::null, |_| self.closer(item))),
            "stateReason" if !is_pull => {
                let tells_duplicates = info
                    .arguments()
                    .get("enableDuplicate")
                    .and_then(JsonValue::as_bool);
                text(item.reason().map(|reason| match reason {
                    Reason::Completed => "COMPLETED",
                    Reason::Duplicate if tells_duplicates == Some(true) => "DUPLICATE",
                    Reason::Duplicate | Reason::NotPlanned => "NOT_PLANNED",
                }))
            }
            "comments" | "labels" => self.connection(info, Vec::new()),
            "timelineItems" => {
                let kinds = words_of(info, "itemTypes");
                if kinds.as_deref() != Some(&["CLOSED_EVENT".to_owned()]) {
                    return Err(unimplemented(
                        "timelineItems",
                        "itemTypes but [CLOSED_EVENT]",
                    ));
                }
                let closed = item
                    .closed_at()
                    .map(|_| Thing::ClosedEvent(written.clone()));
                self.connection(info, closed.into_iter().collect())
            }
            other => Err(unimplemented(
                if is_pull { "PullRequest" } else { "Issue" },
                other,
            )),
        }
    }

    /// Who closed or merged an item.
    pub(super) fn closer(&self, item: &Item) -> ResolvedValue<'run> {
        let account = self.context.world.account(&item.closed_by);
        account.map_or_else(ResolvedValue::null, |account| {
            self.object(Thing::Account(account))
        })
    }
}

/// An item's state in GitHub's word.
fn state(item: &Item) -> &'static str {
    match item.what {
        What::Pull {
            end: PullEnd::Merged(_),
            ..
        } => "MERGED",
        _ if item.closed_at().is_some() => "CLOSED",
        _ => "OPEN",
    }
}
