//! The root fields.

use apollo_compiler::resolvers::{FieldError, ResolveInfo, ResolvedValue};

use super::errors::{field, unimplemented};
use super::resolve::{Object, Resolved, Thing, only, string_of, words_of};
use crate::node;
use crate::refusal;
use crate::search::{self, MAX_QUERY};
use crate::tokens::VIEWER;
use crate::world::Kind;

impl<'run> Object<'run> {
    fn account(&self, login: &str, wanted: &[Kind]) -> Option<ResolvedValue<'run>> {
        let account = self.context.world.account(login)?;
        wanted
            .contains(&account.kind)
            .then(|| self.object(Thing::Account(account)))
    }

    pub(super) fn query(&self, info: &ResolveInfo<'_>) -> Resolved<'run> {
        let login = string_of(info, "login").unwrap_or_default();
        let none_found = |kind: &str, what: &str| {
            Err(field(
                "NOT_FOUND",
                &format!("Could not resolve to {kind} with the {what}."),
            ))
        };
        let name = info.field_name();
        if matches!(name, "user" | "organization" | "repositoryOwner") {
            self.context.count(|work| work.accounts += 1);
        }
        match name {
            "viewer" => match self.account(VIEWER, &[Kind::User]) {
                Some(viewer) => Ok(viewer),
                None => none_found("a User", "login"),
            },
            "rateLimit" => Ok(self.object(Thing::RateLimit)),
            "user" => match self.account(&login, &[Kind::User]) {
                Some(user) => Ok(user),
                None => none_found("a User", &format!("login of '{login}'")),
            },
            "organization" => match self.account(&login, &[Kind::Organization]) {
                Some(organization) => Ok(organization),
                None => none_found("an Organization", &format!("login of '{login}'")),
            },
            "repositoryOwner" => match self.account(&login, &[Kind::User, Kind::Organization]) {
                Some(owner) => Ok(owner),
                None => none_found("a RepositoryOwner", &format!("login of '{login}'")),
            },
            "repository" => {
                let owner = string_of(info, "owner").unwrap_or_default();
                let name = string_of(info, "name").unwrap_or_default();
                match self.context.repository(&owner, &name) {
                    Some(repository) => Ok(self.object(Thing::Repository(repository))),
                    None => none_found("a Repository", &format!("name '{owner}/{name}'")),
                }
            }
            "search" => self.search(info),
            "node" => {
                let id = string_of(info, "id").unwrap_or_default();
                self.node(&id).ok_or_else(|| no_node(&id))
            }
            "nodes" => {
                let ids = words_of(info, "ids").unwrap_or_default();
                let found = ids
                    .iter()
                    .map(|id| self.node(id).ok_or_else(|| no_node(id)));
                Ok(ResolvedValue::List(Box::new(
                    found.collect::<Vec<_>>().into_iter(),
                )))
            }
            other => Err(unimplemented("Query", other)),
        }
    }

    /// Finds a pull request or an issue by its id; those of private repositories only for whom
    /// they are to be seen.
    fn node(&self, id: &str) -> Option<ResolvedValue<'run>> {
        let written = node::find(self.context.world, id)?;
        let is_visible = self.context.sees(&written.item().repository);
        is_visible.then(|| self.object(Thing::Item(written)))
    }

    fn search(&self, info: &ResolveInfo<'_>) -> Resolved<'run> {
        let kind = string_of(info, "type").unwrap_or_default();
        if !kind.starts_with("ISSUE") {
            return Err(unimplemented("Query.search", &format!("type: {kind}")));
        }
        only(info, &["type", "query", "first", "last", "after", "before"])?;
        let query = string_of(info, "query").unwrap_or_default();
        if query.chars().count() > MAX_QUERY {
            return Err(field("INVALID_SEARCH_QUERY", refusal::SEARCH_TOO_LONG));
        }
        // Whom REST refuses with 422, GraphQL passes over in silence: it finds nothing.
        let found = search::parse(&query).run(self.context.world, self.context.sees_private);
        let found: Vec<Thing> = found.into_iter().map(Thing::Item).collect();
        self.connection(info, found)
    }
}

fn no_node(id: &str) -> FieldError {
    field(
        "NOT_FOUND",
        &format!("Could not resolve to a node with the global id of '{id}'"),
    )
}
