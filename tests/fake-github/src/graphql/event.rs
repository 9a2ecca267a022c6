//! What happened to a pull request or an issue: its timeline, comments, reviews and commits.

use apollo_compiler::resolvers::{ResolveInfo, ResolvedValue};

use super::errors::unimplemented;
use super::resolve::{Object, Resolved, Thing, int, leaf, only, time, words_of};
use crate::node;
use crate::world::{AuthoredItem, Event, EventKind};

/// The type of an event in the schema.
pub(super) fn event_type(event: &Event) -> &'static str {
    match event.what {
        EventKind::Comment => "IssueComment",
        EventKind::Commit => "PullRequestCommit",
        EventKind::Review(_) => "PullRequestReview",
        EventKind::Merged => "MergedEvent",
        EventKind::Closed { .. } => "ClosedEvent",
    }
}

/// What `itemTypes` calls an event.
fn item_type(event: &Event) -> &'static str {
    match event.what {
        EventKind::Comment => "ISSUE_COMMENT",
        EventKind::Commit => "PULL_REQUEST_COMMIT",
        EventKind::Review(_) => "PULL_REQUEST_REVIEW",
        EventKind::Merged => "MERGED_EVENT",
        EventKind::Closed { .. } => "CLOSED_EVENT",
    }
}

/// The item types that the world knows of. Nothing of any other kind happens in it.
const ITEM_TYPES: [&str; 5] = [
    "ISSUE_COMMENT",
    "PULL_REQUEST_COMMIT",
    "PULL_REQUEST_REVIEW",
    "MERGED_EVENT",
    "CLOSED_EVENT",
];

impl<'run> Object<'run> {
    /// The connections of an item that hold events.
    pub(super) fn events(&self, written: &AuthoredItem, info: &ResolveInfo<'_>) -> Resolved<'run> {
        let mut events = self.details(written).timeline;
        let field = info.field_name();
        let mut arguments = vec!["first", "last", "after", "before"];
        match field {
            "comments" => events.retain(|event| event.what == EventKind::Comment),
            "commits" => events.retain(|event| event.what == EventKind::Commit),
            "latestReviews" => {
                // The last of each reviewer, newest first.
                events.retain(|event| matches!(event.what, EventKind::Review(_)));
                events.reverse();
                let mut seen = Vec::new();
                events.retain(|event| {
                    let is_new = !seen.contains(&event.by);
                    seen.push(event.by.clone());
                    is_new
                });
            }
            _ => {
                arguments.push("itemTypes");
                let kinds = words_of(info, "itemTypes").unwrap_or_default();
                let unknown = kinds
                    .iter()
                    .find(|kind| !ITEM_TYPES.contains(&kind.as_str()));
                if kinds.is_empty() || unknown.is_some() {
                    let what = unknown.map_or("without itemTypes", String::as_str);
                    return Err(unimplemented("timelineItems", what));
                }
                events.retain(|event| kinds.iter().any(|kind| kind == item_type(event)));
            }
        }
        only(info, &arguments)?;
        let things = events
            .into_iter()
            .map(|event| Thing::Event(written.clone(), event));
        self.connection(info, things.collect())
    }

    pub(super) fn event_field(
        &self,
        written: &AuthoredItem,
        event: &Event,
        info: &ResolveInfo<'_>,
    ) -> Resolved<'run> {
        let name = info.field_name();
        match (event.what, name) {
            (_, "id") => leaf(format!("{}_{}", item_type(event), node::id(written))),
            (EventKind::Commit, "commit") => {
                Ok(self.object(Thing::Commit(written.clone(), event.clone())))
            }
            (EventKind::Commit, other) => Err(unimplemented("PullRequestCommit", other)),
            (_, "createdAt") | (EventKind::Review(_), "submittedAt") => time(Some(event.at)),
            (EventKind::Closed { .. } | EventKind::Merged, "actor")
            | (EventKind::Comment | EventKind::Review(_), "author") => Ok(self.actor(&event.by)),
            (EventKind::Closed { by_commit }, "closer") => Ok(if by_commit {
                self.object(Thing::Commit(written.clone(), event.clone()))
            } else {
                ResolvedValue::null()
            }),
            (EventKind::Comment | EventKind::Review(_), "authorAssociation") => {
                leaf(event.association)
            }
            (EventKind::Comment | EventKind::Review(_), "body" | "bodyText") => {
                leaf("Could you say why?")
            }
            (EventKind::Review(state), "state") => leaf(state),
            (EventKind::Comment | EventKind::Review(_), "url") => leaf(format!(
                "{}#event-{}",
                written.item().url(),
                event.at.as_second()
            )),
            (_, other) => Err(unimplemented(event_type(event), other)),
        }
    }

    pub(super) fn commit_field(
        &self,
        written: &AuthoredItem,
        event: &Event,
        info: &ResolveInfo<'_>,
    ) -> Resolved<'run> {
        let oid = || format!("{:020x}{:020x}", written.author.id, event.at.as_second());
        match info.field_name() {
            "oid" => leaf(oid()),
            "abbreviatedOid" => leaf(oid().split_off(33)),
            "id" => leaf(format!("C_kwDO{}", oid())),
            "url" => {
                let repository = written.item().repository.full_name();
                leaf(format!("https://github.com/{repository}/commit/{}", oid()))
            }
            "messageHeadline" | "message" => leaf(written.item().title.as_str()),
            "committedDate" | "authoredDate" => time(Some(event.at)),
            "additions" | "deletions" => int(1),
            "author" | "committer" => Ok(self.object(Thing::GitActor(event.by.clone()))),
            other => Err(unimplemented("Commit", other)),
        }
    }

    pub(super) fn git_actor_field(&self, login: &str, info: &ResolveInfo<'_>) -> Resolved<'run> {
        match info.field_name() {
            "name" => leaf(login),
            "email" => leaf(format!("{login}@example.org")),
            "user" => Ok(self.actor(login)),
            other => Err(unimplemented("GitActor", other)),
        }
    }
}
