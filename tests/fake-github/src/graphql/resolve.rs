//! The fields that a profiler of authors asks for, resolved on the world.
//!
//! A field that GitHub has and that is not here ends the whole request with status 501 and its
//! name, so that it can never be mistaken for an answer of GitHub.

use std::cell::Cell;
use std::sync::Arc;

use apollo_compiler::resolvers::{FieldError, ObjectValue, ResolveInfo, ResolvedValue};
use apollo_compiler::response::JsonValue;
use jiff::Timestamp;

use super::Rate;
use super::connection::{Connection, page_info_field};
use super::errors::unimplemented;
use super::event::event_type;
use crate::latency::GraphqlWork;
use crate::world::{Account, AuthoredItem, Event, Kind, Repository, World};

/// What all fields of one request stand on.
pub(super) struct Context<'world> {
    pub(super) world: &'world World,
    /// Whether private repositories are to be seen.
    pub(super) sees_private: bool,
    /// What was looked up so far.
    pub(super) work: &'world Cell<GraphqlWork>,
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

    /// Adds to what was looked up.
    pub(super) fn count(&self, add: impl FnOnce(&mut GraphqlWork)) {
        let mut work = self.work.get();
        add(&mut work);
        self.work.set(work);
    }

    /// Whether a repository is to be seen with the token at hand.
    pub(super) fn sees(&self, repository: &Repository) -> bool {
        self.sees_private || !repository.is_private
    }

    /// The repository that has or once had that name, where it is to be seen.
    pub(super) fn repository(&self, owner: &str, name: &str) -> Option<Repository> {
        let found = self.world.repository(owner, name);
        let found = found.or_else(|| self.world.renamed(owner, name));
        found.filter(|repository| self.sees(repository))
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
    Item(AuthoredItem),
    /// A file of text.
    Blob(&'static str),
    Social(&'static str, String),
    Event(AuthoredItem, Event),
    /// The commit of an event.
    Commit(AuthoredItem, Event),
    /// Who wrote a commit, by login.
    GitActor(String),
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

/// Refuses to run a field with an argument that this server does not heed; `false` is the default
/// of all that are flags.
pub(super) fn only(info: &ResolveInfo<'_>, known: &[&str]) -> Result<(), FieldError> {
    let field = info.field_name();
    let unknown = info
        .arguments()
        .iter()
        .filter(|(_, value)| !value.is_null() && value.as_bool() != Some(false))
        .find(|(name, _)| !known.contains(&name.as_str()));
    match unknown {
        Some((name, _)) => Err(unimplemented(
            field,
            &format!("the argument {}", name.as_str()),
        )),
        None => Ok(()),
    }
}

impl<'run> Object<'run> {
    pub(super) fn object(&self, what: Thing) -> ResolvedValue<'run> {
        if matches!(what, Thing::Item(_)) {
            self.context.count(|work| work.items += 1);
        }
        ResolvedValue::object(Object {
            context: self.context,
            what,
        })
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
            Thing::Item(written) if written.item().is_pull() => "PullRequest",
            Thing::Item(_) => "Issue",
            Thing::Social(..) => "SocialAccount",
            Thing::Event(_, event) => event_type(event),
            Thing::Commit(..) => "Commit",
            Thing::GitActor(_) => "GitActor",
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
            Thing::Item(written) => self.item_field(written, info),
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
            Thing::Event(written, event) => self.event_field(written, event, info),
            Thing::Commit(written, event) => self.commit_field(written, event, info),
            Thing::GitActor(login) => self.git_actor_field(login, info),
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
