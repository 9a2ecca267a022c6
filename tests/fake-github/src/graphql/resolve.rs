//! The fields that a profiler of authors asks for, resolved on the world.
//!
//! A field that GitHub has and that is not here ends the whole request with status 501 and its
//! name, so that it can never be mistaken for an answer of GitHub.

use std::sync::Arc;

use apollo_compiler::resolvers::{FieldError, ObjectValue, ResolveInfo, ResolvedValue};
use apollo_compiler::response::JsonValue;
use jiff::Timestamp;

use super::Rate;
use super::connection::{Connection, page_info_field};
use super::errors::{field, unimplemented};
use crate::refusal;
use crate::rest::node_id;
use crate::search::{self, MAX_QUERY};
use crate::tokens::VIEWER;
use crate::world::{self, Account, Kind, Repository, World, Written};

/// What all fields of one request stand on.
pub(super) struct Context<'world> {
    pub(super) world: &'world World,
    pub(super) rate: Rate,
    pub(super) cost: u32,
    pub(super) nodes: u64,
}

impl Context<'_> {
    /// The root of all fields.
    pub(super) fn query(&self) -> Object<'_> {
        Object {
            context: self,
            what: Thing::Query,
        }
    }
}

/// One object of the graph.
pub(super) struct Object<'run> {
    pub(super) context: &'run Context<'run>,
    what: Thing,
}

#[derive(Clone)]
pub(super) enum Thing {
    Query,
    RateLimit,
    Account(Arc<Account>),
    /// An organization by its name alone: as a member lists it, or as it owns a repository.
    Organization(String),
    Repository(Repository),
    /// The user who owns a repository but is not in the world.
    Owner(String),
    Written(Written),
    /// A file of text.
    Blob(&'static str),
    Social(&'static str, String),
    ClosedEvent(Written),
    Connection(Arc<Connection>),
    Edge(String, Arc<Connection>, usize),
    PageInfo(Arc<Connection>),
}

pub(super) type Resolved<'run> = Result<ResolvedValue<'run>, FieldError>;

// These give what a resolver returns, so that a `match` over fields reads as a table.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the other fields of the table can fail"
)]
pub(super) fn leaf<'run>(value: impl Into<JsonValue>) -> Resolved<'run> {
    Ok(ResolvedValue::leaf(value))
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the other fields of the table can fail"
)]
pub(super) fn text<'run>(value: Option<&str>) -> Resolved<'run> {
    Ok(value.map_or_else(ResolvedValue::null, ResolvedValue::leaf))
}

pub(super) fn int<'run>(value: impl TryInto<i64>) -> Resolved<'run> {
    leaf(value.try_into().unwrap_or(i64::MAX))
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the other fields of the table can fail"
)]
pub(super) fn time<'run>(at: Option<Timestamp>) -> Resolved<'run> {
    let format = |at: Timestamp| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    Ok(at.map_or_else(ResolvedValue::null, |at| ResolvedValue::leaf(format(at))))
}

/// An argument that is a string.
pub(super) fn string_of(info: &ResolveInfo<'_>, name: &str) -> Option<String> {
    info.arguments().get(name)?.as_str().map(str::to_owned)
}

/// An argument that is a number of things.
pub(super) fn count_of(info: &ResolveInfo<'_>, name: &str) -> Option<usize> {
    usize::try_from(info.arguments().get(name)?.as_i64()?).ok()
}

/// An argument that is a list of words, in the order given.
pub(super) fn words_of(info: &ResolveInfo<'_>, name: &str) -> Option<Vec<String>> {
    let list = info.arguments().get(name)?.as_array()?;
    Some(
        list.iter()
            .filter_map(|word| word.as_str().map(str::to_owned))
            .collect(),
    )
}

impl<'run> Object<'run> {
    pub(super) fn object(&self, what: Thing) -> ResolvedValue<'run> {
        ResolvedValue::object(Object {
            context: self.context,
            what,
        })
    }

    fn account(&self, login: &str, wanted: &[Kind]) -> Option<ResolvedValue<'run>> {
        let account = self.context.world.account(login)?;
        wanted
            .contains(&account.kind)
            .then(|| self.object(Thing::Account(account)))
    }

    fn query(&self, info: &ResolveInfo<'_>) -> Resolved<'run> {
        let login = string_of(info, "login").unwrap_or_default();
        let none_found = |kind: &str, what: &str| {
            Err(field(
                "NOT_FOUND",
                &format!("Could not resolve to {kind} with the {what}."),
            ))
        };
        match info.field_name() {
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
                match self.context.world.repository(&owner, &name) {
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

    /// Finds an item by the id that `node_id` made.
    fn node(&self, id: &str) -> Option<ResolvedValue<'run>> {
        let hex = id.split_once('_')?.1;
        let byte = |at: usize| {
            hex.get(at..at + 2)
                .and_then(|two| u8::from_str_radix(two, 16).ok())
        };
        let bytes: Option<Vec<u8>> = (0..hex.len()).step_by(2).map(byte).collect();
        let name = String::from_utf8(bytes?).ok()?;
        let mut parts = name.rsplit('/');
        let index: usize = parts.next()?.parse().ok()?;
        let author = self.context.world.account(parts.next()?)?;
        let written = (index < author.items.len()).then_some(Written { author, index })?;
        (node_id(&written) == id).then(|| self.object(Thing::Written(written)))
    }

    fn search(&self, info: &ResolveInfo<'_>) -> Resolved<'run> {
        let kind = string_of(info, "type").unwrap_or_default();
        if !kind.starts_with("ISSUE") {
            return Err(unimplemented("Query.search", &format!("type: {kind}")));
        }
        let query = string_of(info, "query").unwrap_or_default();
        if query.chars().count() > MAX_QUERY {
            return Err(field("INVALID_SEARCH_QUERY", refusal::SEARCH_TOO_LONG));
        }
        // Whom REST refuses with 422, GraphQL passes over in silence: it finds nothing.
        let found = search::parse(&query).run(self.context.world);
        let found: Vec<Thing> = found.into_iter().map(Thing::Written).collect();
        self.connection(info, found)
    }

    fn account_field(&self, account: &Arc<Account>, info: &ResolveInfo<'_>) -> Resolved<'run> {
        let profile = &account.profile;
        let avatar = || format!("https://avatars.githubusercontent.com/u/{}?v=4", account.id);
        match info.field_name() {
            "id" => leaf(format!("U_{}", account.id)),
            "login" => leaf(account.login.as_str()),
            "databaseId" => int(account.id),
            "name" => text(profile.name.as_deref()),
            "createdAt" => time(Some(account.created)),
            "bio" | "description" => text(profile.bio.as_deref()),
            "company" => text(profile.company.as_deref()),
            "location" => text(profile.location.as_deref()),
            "websiteUrl" => text(profile.website.as_deref()),
            "email" => leaf(profile.email.as_deref().unwrap_or_default()),
            "twitterUsername" | "pronouns" => Ok(ResolvedValue::null()),
            "avatarUrl" => leaf(avatar()),
            "url" => leaf(format!("https://github.com/{}", account.login)),
            "resourcePath" => leaf(format!("/{}", account.login)),
            "isViewer" => leaf(account.login == VIEWER),
            "followers" => self.connection(info, people(account.followers)),
            "following" => self.connection(info, people(account.following)),
            "repositories" => {
                let wanted = match info.arguments().get("isFork").and_then(JsonValue::as_bool) {
                    Some(true) => account.forks,
                    Some(false) => account.sources,
                    None => account.forks + account.sources,
                };
                self.connection(info, repositories(account, wanted))
            }
            "organizations" => {
                let organizations = account.organizations.iter().cloned();
                self.connection(info, organizations.map(Thing::Organization).collect())
            }
            "socialAccounts" => {
                let socials = account.socials.iter();
                let socials = socials.map(|(provider, url)| Thing::Social(provider, url.clone()));
                self.connection(info, socials.collect())
            }
            "starredRepositories" => self.connection(info, Vec::new()),
            "pullRequests" | "issues" => self.items(account, info),
            other => {
                let parent = if account.kind == Kind::User {
                    "User"
                } else {
                    "Organization"
                };
                Err(unimplemented(parent, other))
            }
        }
    }

    fn repository_field(&self, repository: &Repository, info: &ResolveInfo<'_>) -> Resolved<'run> {
        let (owner, name) = (&repository.owner, &repository.name);
        match info.field_name() {
            "id" => leaf(format!("R_{}", repository.full_name())),
            "databaseId" => int(5_000_000 + repository.full_name().len()),
            "name" => leaf(name.as_str()),
            "nameWithOwner" => leaf(repository.full_name()),
            "url" => leaf(format!("https://github.com/{}", repository.full_name())),
            "isInOrganization" => leaf(repository.in_organization),
            "isPrivate" | "isFork" | "isArchived" => leaf(false),
            "visibility" => leaf("PUBLIC"),
            "owner" => Ok(if repository.in_organization {
                self.object(Thing::Organization(owner.clone()))
            } else {
                let account = self.context.world.account(owner);
                self.object(account.map_or_else(|| Thing::Owner(owner.clone()), Thing::Account))
            }),
            kind @ ("pullRequest" | "issue" | "issueOrPullRequest") => {
                let number = count_of(info, "number").and_then(|number| u32::try_from(number).ok());
                let number = number.unwrap_or_default();
                let found = self.context.world.item(owner, name, number);
                let found = found.filter(|found| match kind {
                    "pullRequest" => found.item().is_pull(),
                    "issue" => !found.item().is_pull(),
                    _ => true,
                });
                let what = match kind {
                    "pullRequest" => "a PullRequest",
                    "issue" => "an Issue",
                    _ => "an issue or pull request",
                };
                let missing = format!("Could not resolve to {what} with the number of {number}.");
                found
                    .map(|found| self.object(Thing::Written(found)))
                    .ok_or_else(|| field("NOT_FOUND", &missing))
            }
            "object" => {
                let expression = string_of(info, "expression").unwrap_or_default();
                let path = expression.strip_prefix("HEAD:").unwrap_or_default();
                let file = world::file(repository, path);
                Ok(file.map_or_else(ResolvedValue::null, |it| self.object(Thing::Blob(it))))
            }
            other => Err(unimplemented("Repository", other)),
        }
    }

    fn rate_limit_field(&self, info: &ResolveInfo<'_>) -> Resolved<'run> {
        let level = self.context.rate.level;
        match info.field_name() {
            "cost" => int(self.context.cost),
            "limit" => int(level.limit),
            "remaining" => int(level.remaining()),
            "used" => int(level.used),
            "resetAt" => time(Some(level.reset)),
            "nodeCount" => leaf(i64::try_from(self.context.nodes).unwrap_or(i64::MAX)),
            other => Err(unimplemented("RateLimit", other)),
        }
    }
}

fn no_node(id: &str) -> FieldError {
    field(
        "NOT_FOUND",
        &format!("Could not resolve to a node with the global id of '{id}'"),
    )
}

/// As many people as are only counted, never named.
fn people(count: u32) -> Vec<Thing> {
    (0..count)
        .map(|number| Thing::Owner(format!("follower-{number}")))
        .collect()
}

fn repositories(account: &Account, count: u32) -> Vec<Thing> {
    let own = |number| Repository {
        owner: account.login.clone(),
        name: format!("project-{number}"),
        in_organization: false,
    };
    (0..count)
        .map(|number| Thing::Repository(own(number)))
        .collect()
}

impl ObjectValue for Object<'_> {
    fn type_name(&self) -> &str {
        match &self.what {
            Thing::Blob(_) => "Blob",
            Thing::Query => "Query",
            Thing::RateLimit => "RateLimit",
            Thing::Account(account) => match account.kind {
                Kind::User => "User",
                Kind::Organization => "Organization",
                Kind::Bot => "Bot",
            },
            Thing::Organization(_) => "Organization",
            Thing::Repository(_) => "Repository",
            Thing::Owner(_) => "User",
            Thing::Written(written) if written.item().is_pull() => "PullRequest",
            Thing::Written(_) => "Issue",
            Thing::Social(..) => "SocialAccount",
            Thing::ClosedEvent(_) => "ClosedEvent",
            Thing::Connection(connection) => &connection.type_name,
            Thing::Edge(name, ..) => name,
            Thing::PageInfo(_) => "PageInfo",
        }
    }

    fn resolve_field<'a>(&'a self, info: &'a ResolveInfo<'a>) -> Resolved<'a> {
        let name = info.field_name();
        match &self.what {
            Thing::Query => self.query(info),
            Thing::RateLimit => self.rate_limit_field(info),
            Thing::Account(account) => self.account_field(account, info),
            Thing::Organization(login) | Thing::Owner(login) => match name {
                "login" => leaf(login.as_str()),
                "name" => Ok(ResolvedValue::null()),
                "id" => leaf(format!("O_{login}")),
                "url" => leaf(format!("https://github.com/{login}")),
                other => Err(unimplemented(self.type_name(), other)),
            },
            Thing::Repository(repository) => self.repository_field(repository, info),
            Thing::Written(written) => self.item_field(written, info),
            Thing::Blob(text) => match name {
                "text" => leaf(*text),
                "byteSize" => int(text.len()),
                "isTruncated" | "isBinary" => leaf(false),
                other => Err(unimplemented("Blob", other)),
            },
            Thing::Social(provider, url) => match name {
                "provider" => leaf(provider.to_uppercase()),
                "url" => leaf(url.as_str()),
                "displayName" => leaf(url.trim_start_matches("https://")),
                other => Err(unimplemented("SocialAccount", other)),
            },
            Thing::ClosedEvent(written) => match name {
                "actor" => Ok(self.closer(written.item())),
                "createdAt" => time(written.item().closed_at()),
                "id" => leaf(format!("CE_{}", node_id(written))),
                other => Err(unimplemented("ClosedEvent", other)),
            },
            Thing::Connection(connection) => self.connection_field(connection, info),
            Thing::Edge(_, connection, index) => match name {
                "node" => Ok(self.object(connection.page[*index].clone())),
                "cursor" => leaf(connection.cursor(*index)),
                other => Err(unimplemented(self.type_name(), other)),
            },
            Thing::PageInfo(connection) => page_info_field(connection, info),
        }
    }
}
