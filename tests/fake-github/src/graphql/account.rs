//! Accounts: people, organizations and apps.

use std::sync::Arc;

use apollo_compiler::resolvers::{ResolveInfo, ResolvedValue};
use apollo_compiler::response::JsonValue;

use super::errors::unimplemented;
use super::resolve::{Object, Resolved, Thing, int, leaf, text, time};
use crate::tokens::VIEWER;
use crate::world::{Account, Kind, Repository};

impl<'run> Object<'run> {
    pub(super) fn account_field(
        &self,
        account: &Arc<Account>,
        info: &ResolveInfo<'_>,
    ) -> Resolved<'run> {
        let profile = &account.profile;
        let avatar = || format!("https://avatars.githubusercontent.com/u/{}?v=4", account.id);
        match info.field_name() {
            "id" => leaf(format!("U_{}", account.id)),
            // GraphQL leaves out what REST adds to an app's login.
            "login" => leaf(account.login.trim_end_matches("[bot]")),
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
            "pullRequests" | "issues" => self.items_of(account, info),
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
}

/// As many people as are only counted, never named.
fn people(count: u32) -> Vec<Thing> {
    (0..count)
        .map(|number| Thing::Owner(format!("follower-{number}")))
        .collect()
}

fn repositories(account: &Account, count: u32) -> Vec<Thing> {
    let own = |number| Repository::of_user(&format!("{}/project-{number}", account.login));
    (0..count)
        .map(|number| Thing::Repository(own(number)))
        .collect()
}
