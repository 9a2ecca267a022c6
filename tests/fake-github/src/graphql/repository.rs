//! Repositories.

use apollo_compiler::resolvers::{ResolveInfo, ResolvedValue};

use super::errors::{field, unimplemented};
use super::resolve::{Object, Resolved, Thing, count_of, int, leaf, string_of};
use crate::world::{self, Repository};

impl<'run> Object<'run> {
    pub(super) fn repository_field(
        &self,
        repository: &Repository,
        info: &ResolveInfo<'_>,
    ) -> Resolved<'run> {
        let (owner, name) = (&repository.owner, &repository.name);
        match info.field_name() {
            "id" => leaf(format!("R_kgDO{:08x}", repository.id())),
            "databaseId" => int(repository.id()),
            "name" => leaf(name.as_str()),
            "nameWithOwner" => leaf(repository.full_name()),
            "url" => leaf(format!("https://github.com/{}", repository.full_name())),
            "isInOrganization" => leaf(repository.in_organization),
            "isPrivate" => leaf(repository.is_private),
            "isFork" | "isArchived" => leaf(false),
            "visibility" => leaf(if repository.is_private {
                "PRIVATE"
            } else {
                "PUBLIC"
            }),
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
                    .map(|found| self.object(Thing::Item(found)))
                    .ok_or_else(|| field("NOT_FOUND", &missing))
            }
            "pullRequests" | "issues" => self.items_in(repository, info),
            "hasIssuesEnabled" => leaf(true),
            "object" => {
                let expression = string_of(info, "expression").unwrap_or_default();
                let path = expression.strip_prefix("HEAD:").unwrap_or_default();
                let file = world::file(repository, path);
                Ok(file.map_or_else(ResolvedValue::null, |it| self.object(Thing::Blob(it))))
            }
            other => Err(unimplemented("Repository", other)),
        }
    }
}
