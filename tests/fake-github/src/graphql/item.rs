//! Pull requests and issues.

use std::sync::Arc;

use apollo_compiler::resolvers::{ResolveInfo, ResolvedValue};
use apollo_compiler::response::JsonValue;

use super::errors::unimplemented;
use super::resolve::{Object, Resolved, Thing, int, leaf, only, text, time};
use crate::node;
use crate::world::{
    AuthoredItem, CloseReason, Closer, Details, Item, ItemKind, PullOutcome, Repository,
};

impl<'run> Object<'run> {
    pub(super) fn item_field(
        &self,
        written: &AuthoredItem,
        info: &ResolveInfo<'_>,
    ) -> Resolved<'run> {
        let item = written.item();
        let is_pull = item.is_pull();
        match info.field_name() {
            "id" => leaf(node::id(written)),
            "number" => int(item.number),
            "title" => leaf(item.title.as_str()),
            "url" | "permalink" => leaf(item.url()),
            "state" => leaf(state(item)),
            "closed" => leaf(item.closed_at().is_some()),
            "createdAt" | "publishedAt" => time(Some(item.created)),
            "updatedAt" => time(item.closed_at().or(Some(item.created))),
            "closedAt" => time(item.closed_at()),
            "author" if self.context.world.is_gone(&written.author) => Ok(ResolvedValue::null()),
            "author" => Ok(self.object(Thing::Account(Arc::clone(&written.author)))),
            "authorAssociation" => leaf(item.association),
            "repository" => Ok(self.object(Thing::Repository(item.repository.clone()))),
            "body" | "bodyText" => leaf(""),
            "merged" if is_pull => leaf(item.merged_at().is_some()),
            "mergedAt" if is_pull => time(item.merged_at()),
            "isDraft" if is_pull => leaf(matches!(item.what, ItemKind::Pull { draft: true, .. })),
            "mergedBy" if is_pull => Ok(item
                .merged_at()
                .map_or_else(ResolvedValue::null, |_| self.closer(written))),
            "stateReason" if !is_pull => {
                let tells_duplicates = info
                    .arguments()
                    .get("enableDuplicate")
                    .and_then(JsonValue::as_bool);
                text(item.reason().map(|reason| match reason {
                    CloseReason::Completed => "COMPLETED",
                    CloseReason::Duplicate if tells_duplicates == Some(true) => "DUPLICATE",
                    CloseReason::Duplicate | CloseReason::NotPlanned => "NOT_PLANNED",
                }))
            }
            "labels" => self.connection(info, Vec::new()),
            "additions" if is_pull => int(self.details(written).additions),
            "deletions" if is_pull => int(self.details(written).deletions),
            "changedFiles" if is_pull => int(self.details(written).changed_files),
            "assignees" => {
                let logins = self.details(written).assignees;
                let found = logins
                    .iter()
                    .filter_map(|it| self.context.world.account(it));
                self.connection(info, found.map(Thing::Account).collect())
            }
            "closingIssuesReferences" if is_pull => self.closes(written, info),
            "closedByPullRequestsReferences" if !is_pull => self.would_close(written, info),
            "comments" | "latestReviews" | "commits" | "timelineItems" => {
                self.events(written, info)
            }
            other => Err(unimplemented(
                if is_pull { "PullRequest" } else { "Issue" },
                other,
            )),
        }
    }

    pub(super) fn details(&self, written: &AuthoredItem) -> Details {
        self.context.world.details(written)
    }

    /// Who closed or merged an item; null where that account is gone.
    fn closer(&self, written: &AuthoredItem) -> ResolvedValue<'run> {
        self.actor(match &written.item().closed_by {
            Closer::Author => &written.author.login,
            Closer::Other(login) | Closer::Commit(login) => login,
        })
    }

    /// An account by its login, null where it is gone.
    pub(super) fn actor(&self, login: &str) -> ResolvedValue<'run> {
        let account = self.context.world.account(login);
        account.map_or_else(ResolvedValue::null, |account| {
            self.object(Thing::Account(account))
        })
    }

    /// The issues that merging a pull request closes.
    fn closes(&self, written: &AuthoredItem, info: &ResolveInfo<'_>) -> Resolved<'run> {
        only(info, &["first", "last", "after", "before"])?;
        let Repository { owner, name, .. } = &written.item().repository;
        let numbers = self.details(written).closes;
        let issues = numbers
            .iter()
            .filter_map(|number| self.context.world.item(owner, name, *number))
            .filter(|found| !found.item().is_pull());
        self.connection(info, issues.map(Thing::Item).collect())
    }

    /// The pull requests that would close an issue; those closed unmerged only where asked for.
    fn would_close(&self, written: &AuthoredItem, info: &ResolveInfo<'_>) -> Resolved<'run> {
        only(
            info,
            &["first", "last", "after", "before", "includeClosedPrs"],
        )?;
        let includes_closed = info
            .arguments()
            .get("includeClosedPrs")
            .and_then(JsonValue::as_bool)
            .unwrap_or(false);
        let issue = written.item();
        let world = self.context.world;
        let is_meant =
            |found: &Item| found.is_pull() && (includes_closed || state(found) != "CLOSED");
        let listed = world.listed(&issue.repository).into_iter();
        let pulls =
            listed.filter(|listed| is_meant(listed.item()) && world.closes(listed, issue.number));
        let written = pulls.filter_map(|listed| world.written(listed));
        self.connection(info, written.map(Thing::Item).collect())
    }
}

/// An item's state in GitHub's word.
pub(super) fn state(item: &Item) -> &'static str {
    match item.what {
        ItemKind::Pull {
            end: PullOutcome::Merged(_),
            ..
        } => "MERGED",
        _ if item.closed_at().is_some() => "CLOSED",
        _ => "OPEN",
    }
}
