//! Connections: pages, cursors, and GitHub's rules for them.

use std::sync::Arc;

use apollo_compiler::resolvers::{FieldError, ResolveInfo, ResolvedValue};

use super::errors::{field, unimplemented};
use super::resolve::{Object, Resolved, Thing, count_of, int, leaf, string_of};
use crate::search::MAX_RESULTS;

/// One page of a connection.
pub(super) struct Connection {
    pub(super) type_name: String,
    total: usize,
    /// The index of the first thing on the page.
    start: usize,
    reachable: usize,
    pub(super) page: Vec<Thing>,
}

impl Connection {
    /// The cursor of a thing on the page.
    pub(super) fn cursor(&self, index: usize) -> String {
        cursor(self.start + index + 1)
    }
}

impl<'run> Object<'run> {
    /// One page of things, as `first`, `last`, `after` and `before` cut it.
    pub(super) fn connection(&self, info: &ResolveInfo<'_>, all: Vec<Thing>) -> Resolved<'run> {
        self.connection_of(info, all, Some)
    }

    /// One page of a list of which only what is shown is made into things.
    pub(super) fn connection_of<T>(
        &self,
        info: &ResolveInfo<'_>,
        all: Vec<T>,
        thing: impl Fn(T) -> Option<Thing>,
    ) -> Resolved<'run> {
        let name = info.field_name();
        self.context.count(|work| {
            if name == "search" {
                work.searches += 1;
            } else {
                work.connections += 1;
            }
        });
        let wants_things = info.field_selections().iter().any(|selection| {
            let mut inner = selection.selection_set.root_fields(info.document());
            inner.any(|inner| matches!(inner.name.as_str(), "nodes" | "edges" | "pageInfo"))
        });
        let (first, last) = (count_of(info, "first"), count_of(info, "last"));
        if wants_things && first.is_none() && last.is_none() {
            let message = format!(
                "You must provide a `first` or `last` value to properly paginate the `{name}` connection."
            );
            return Err(field("MISSING_PAGINATION_BOUNDARIES", &message));
        }
        for (bound, argument) in [(first, "first"), (last, "last")] {
            if let Some(wanted) = bound.filter(|wanted| *wanted > 100) {
                let message = format!(
                    "Requesting {wanted} records on the `{name}` connection exceeds the `{argument}` limit of 100 records."
                );
                return Err(field("EXCESSIVE_PAGINATION", &message));
            }
        }
        let total = all.len();
        let reachable = if name == "search" {
            total.min(MAX_RESULTS)
        } else {
            total
        };
        let after = position(info, "after")?.unwrap_or(0).min(reachable);
        let before = position(info, "before")?.map_or(reachable, |before| before.saturating_sub(1));
        let before = before.clamp(after, reachable);
        let end = first.map_or(before, |first| before.min(after + first));
        let start = last.map_or(after, |last| after.max(end.saturating_sub(last)));
        let shown = all.into_iter().take(end).skip(start);
        let page = shown.filter_map(thing).collect();
        let type_name = info.field_definition().ty.inner_named_type().to_string();
        let connection = Connection {
            type_name,
            total,
            start,
            reachable,
            page,
        };
        Ok(self.object(Thing::Connection(Arc::new(connection))))
    }

    pub(super) fn connection_field(
        &self,
        connection: &Arc<Connection>,
        info: &ResolveInfo<'_>,
    ) -> Resolved<'run> {
        match info.field_name() {
            "totalCount" | "issueCount" => int(connection.total),
            "nodes" => {
                let things = connection
                    .page
                    .iter()
                    .map(|thing| self.object(thing.clone()));
                Ok(ResolvedValue::list(things.collect::<Vec<_>>()))
            }
            "edges" => {
                let edge = connection.type_name.replace("Connection", "Edge");
                let edge = if edge == "FollowerEdge" || edge == "FollowingEdge" {
                    "UserEdge".to_owned()
                } else {
                    edge
                };
                let edges = (0..connection.page.len()).map(|index| {
                    self.object(Thing::Edge(edge.clone(), Arc::clone(connection), index))
                });
                Ok(ResolvedValue::list(edges.collect::<Vec<_>>()))
            }
            "pageInfo" => Ok(self.object(Thing::PageInfo(Arc::clone(connection)))),
            "repositoryCount" | "userCount" | "discussionCount" | "codeCount" | "wikiCount" => {
                int(0)
            }
            other => Err(unimplemented(&connection.type_name, other)),
        }
    }
}

/// The fields of `pageInfo`.
pub(super) fn page_info_field<'run>(
    connection: &Connection,
    info: &ResolveInfo<'_>,
) -> Resolved<'run> {
    let end = connection.start + connection.page.len();
    match info.field_name() {
        "hasNextPage" => leaf(end < connection.reachable),
        "hasPreviousPage" => leaf(connection.start > 0),
        "startCursor" | "endCursor" if connection.page.is_empty() => Ok(ResolvedValue::null()),
        "startCursor" => leaf(cursor(connection.start + 1)),
        "endCursor" => leaf(cursor(end)),
        other => Err(unimplemented("PageInfo", other)),
    }
}

/// GitHub's cursors are the base64 text of `cursor:` and something; ours a position from 1.
fn cursor(position: usize) -> String {
    format!("Y3Vyc29y{position}")
}

fn position(info: &ResolveInfo<'_>, argument: &str) -> Result<Option<usize>, FieldError> {
    let Some(cursor) = string_of(info, argument) else {
        return Ok(None);
    };
    let position = cursor
        .strip_prefix("Y3Vyc29y")
        .and_then(|digits| digits.parse().ok());
    let message = format!("`{cursor}` does not appear to be a valid cursor.");
    position
        .map(Some)
        .ok_or_else(|| field("INVALID_CURSOR_ARGUMENTS", &message))
}
