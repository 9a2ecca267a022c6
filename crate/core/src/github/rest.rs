//! Reading REST replies.

use super::api_error::{ApiError, of_status};
use super::call::{Call, SEARCH_RESULTS, page_number};
use super::http::{API, HttpReply};
use super::limits::{Bucket, Limit};
use super::read::{
    Answer, GeneralAnswer, Learned, Opener, Page, TokenOwner, Unmerged, closed_as, filled,
};
use crate::evidence::{
    Account, Association, GapReason, Issue, Item, Part, PullRequest, PullRequestState,
    SocialAccount, User,
};
use crate::json::{self, Lenient, Value};
use crate::login::Login;
use crate::repository::Repository;
use crate::time::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Reads the reply to a call that REST answers.
pub(super) fn read(call: &Call, reply: &HttpReply) -> Result<Answer, ApiError> {
    let mut answer = Answer::default();
    match call {
        Call::User(login) => {
            let (account, email) = match body::<RestUser>(reply) {
                Ok(user) => user.read(),
                Err(ApiError::NotFound) => (Account::NotFound, None),
                Err(error) => return Err(error),
            };
            answer.note(login, Part::Account, Ok(Learned::Account(account)));
            answer.note(login, Part::Email, Ok(Learned::Email(email)));
        }
        Call::Organizations(login, page) => {
            let organizations: Vec<RestOrganization> = body(reply)?;
            // A name that is none owns nothing that could be found either.
            let logins = organizations.iter().filter_map(|it| it.login.parse().ok());
            let logins = logins.collect();
            let learned = if has_next_page(reply) {
                let next = page_number(page.as_deref()).saturating_add(1).to_string();
                Learned::SomeOrganizations { logins, next }
            } else {
                Learned::Organizations(logins)
            };
            answer.note(login, Part::Organizations, Ok(learned));
        }
        Call::SocialAccounts(login) => {
            let accounts: Vec<Lenient<SocialAccount>> = body(reply)?;
            let readable = accounts.into_iter().filter_map(|it| it.0);
            let learned = Learned::SocialAccounts(readable.collect());
            answer.note(login, Part::SocialAccounts, Ok(learned));
        }
        Call::SearchPullRequests(login) => {
            let page = found(reply, RestItem::pull_request)?;
            answer.note(login, Part::PullRequests, Ok(Learned::PullRequests(page)));
        }
        Call::SearchIssues(login) => {
            let page = found(reply, RestItem::issue)?;
            answer.note(login, Part::Issues, Ok(Learned::Issues(page)));
        }
        Call::SearchHere(login, repository) => {
            // This search is refused for the author and for the repository alike.
            let page = found(reply, RestItem::pull_request).map_err(|error| match error {
                ApiError::NotSearchable => ApiError::RepositoryHidden,
                error => error,
            })?;
            let learned = Learned::Here(repository.clone(), page);
            answer.note(login, Part::Here, Ok(learned));
        }
        Call::Opener(..) => {
            let item: RestOpened = body(reply)?;
            answer.general = Some(GeneralAnswer::Opener(item.opener()));
        }
        Call::TokenOwner => {
            let owner: RestLogin = body(reply)?;
            answer.general = Some(GeneralAnswer::TokenOwner(TokenOwner {
                login: owner.login,
                scopes: scopes(reply),
                expires_at: reply
                    .headers
                    .get("github-authentication-token-expiration")
                    .and_then(expiry),
            }));
        }
        Call::RateLimits => {
            let told = value(reply)?;
            let resources = told
                .get("resources")
                .ok_or_else(|| ApiError::lacks("resources"))?;
            answer.general = Some(GeneralAnswer::RateLimits(limits(resources)));
        }
        // GraphQL's calls are read where GraphQL is.
        Call::Accounts(_)
        | Call::Counts(_)
        | Call::Activity(..)
        | Call::SearchActivity(_)
        | Call::Closers(_)
        | Call::Here { .. }
        | Call::Listing(_)
        | Call::Items(_)
        | Call::ThisItem { .. }
        | Call::Vouched(_) => {
            return Err(ApiError::lacks("data"));
        }
    }
    Ok(answer)
}

fn body<T: DeserializeOwned>(reply: &HttpReply) -> Result<T, ApiError> {
    Ok(json::from_value(&value(reply)?)?)
}

fn value(reply: &HttpReply) -> Result<Value, ApiError> {
    match of_status(reply) {
        Some(error) => Err(error),
        None => Ok(json::parse(&reply.body)?),
    }
}

#[derive(Deserialize)]
struct RestLogin {
    login: Login,
}

#[derive(Deserialize)]
struct RestOrganization {
    login: String,
}

#[derive(Deserialize)]
struct RestUser {
    login: Login,
    #[serde(rename = "type")]
    kind: Option<String>,
    created_at: Timestamp,
    name: Option<String>,
    company: Option<String>,
    blog: Option<String>,
    location: Option<String>,
    email: Option<String>,
    bio: Option<String>,
}

impl RestUser {
    fn read(self) -> (Account, Option<String>) {
        let account = match self.kind.as_deref() {
            Some("Organization") => Account::Organization,
            Some("Bot") => Account::App,
            _ => Account::User(User {
                login: self.login,
                created_at: self.created_at,
                name: filled(self.name),
                company: filled(self.company),
                website: filled(self.blog),
                location: filled(self.location),
                bio: filled(self.bio),
            }),
        };
        (account, filled(self.email))
    }
}

#[derive(Deserialize)]
struct RestFound {
    total_count: u32,
    /// Whether GitHub ran out of time; what came is not all then.
    incomplete_results: bool,
    items: Vec<Value>,
}

#[derive(Deserialize)]
struct RestItem {
    number: u32,
    title: String,
    state: String,
    #[serde(default, deserialize_with = "json::present")]
    #[expect(clippy::option_option, reason = "null tells more than a missing field")]
    state_reason: Option<Option<String>>,
    created_at: Timestamp,
    closed_at: Option<Timestamp>,
    repository_url: String,
    pull_request: Option<RestPullRequest>,
}

#[derive(Deserialize)]
struct RestPullRequest {
    #[serde(deserialize_with = "Option::deserialize")]
    merged_at: Option<Timestamp>,
}

fn found<T>(reply: &HttpReply, read: fn(RestItem) -> Option<T>) -> Result<Page<T>, ApiError> {
    let found: RestFound = body(reply)?;
    let length = found.items.len();
    let readable = found
        .items
        .iter()
        .filter_map(|it| json::from_value(it).ok());
    let items: Vec<T> = readable.filter_map(read).collect();
    let (total, shortfall) = match (found.incomplete_results, items.is_empty()) {
        (true, true) => return Err(ApiError::Incomplete),
        // GitHub has not counted the others either.
        (true, false) => (
            found.total_count.max(SEARCH_RESULTS),
            Some(GapReason::Incomplete),
        ),
        (false, _) => {
            let is_any_unread = items.len() < length;
            // What is there counts, whatever GitHub counts.
            let fetched = u32::try_from(length).unwrap_or(u32::MAX);
            (
                found.total_count.max(fetched),
                is_any_unread.then_some(GapReason::Unreadable),
            )
        }
    };
    Ok(Page {
        total,
        shortfall,
        items,
        // Further pages would spend too much of the few calls without a token.
        next: None,
        is_refusal_told: true,
        unread: 0,
        total_ever: None,
        unmerged: Unmerged::NotAsked,
        merged_before: Vec::new(),
        is_of_private: false,
    })
}

impl RestItem {
    fn item(self) -> Option<Item> {
        let repository = self.repository_url.strip_prefix(API)?;
        let repository = repository.strip_prefix("/repos/")?;
        let repository: Repository = repository.parse().ok()?;
        Some(Item {
            repository,
            // REST does not tell who owns it; it may be an organization.
            is_in_organization: true,
            number: self.number,
            title: self.title,
            created_at: self.created_at,
            closed_at: self.closed_at,
        })
    }

    fn pull_request(self) -> Option<PullRequest> {
        let merged_at = self.pull_request.as_ref()?.merged_at;
        let state = match (self.state.as_str(), merged_at) {
            (_, Some(_)) => PullRequestState::Merged,
            ("closed", None) => PullRequestState::Closed,
            ("open", None) => PullRequestState::Open,
            _ => return None,
        };
        let item = self.item()?;
        Some(PullRequest {
            item,
            state,
            closed_by: None,
            association: None,
            node_id: None,
        })
    }

    fn issue(self) -> Option<Issue> {
        let is_closed = match self.state.as_str() {
            "closed" => true,
            "open" => false,
            _ => return None,
        };
        if is_closed && self.state_reason.is_none() {
            return None;
        }
        let state_reason = self.state_reason.as_ref().and_then(Option::as_deref);
        let closed_as = is_closed.then(|| closed_as(state_reason));
        // What GraphQL calls NOT_PLANNED when it knows no duplicates.
        let is_not_planned = matches!(state_reason, Some("not_planned" | "duplicate"));
        let item = self.item()?;
        Some(Issue {
            item,
            closed_as,
            is_not_planned_without_duplicates: is_not_planned,
        })
    }
}

#[derive(Deserialize)]
struct RestOpened {
    #[serde(deserialize_with = "Option::deserialize")]
    user: Option<RestOpener>,
    author_association: Option<Lenient<Association>>,
    created_at: Option<Lenient<Timestamp>>,
}

#[derive(Deserialize)]
struct RestOpener {
    login: String,
    #[serde(rename = "type")]
    kind: Option<String>,
}

impl RestOpened {
    fn opener(self) -> Opener {
        // The account of a deleted author is null here and a ghost on the page.
        let user = self.user.unwrap_or_else(|| RestOpener {
            login: "ghost".to_owned(),
            kind: None,
        });
        Opener {
            is_app: user.kind.as_deref() == Some("Bot") || user.login.ends_with("[bot]"),
            login: user.login,
            association: self.author_association.and_then(|it| it.0),
            created_at: self.created_at.and_then(|it| it.0),
        }
    }
}

#[derive(Deserialize)]
struct RestLimit {
    limit: u32,
    remaining: u32,
    reset: i64,
}

/// What is told of the buckets that are ours; GitHub has a dozen more.
fn limits(resources: &Value) -> Vec<(Bucket, Limit)> {
    let of = |bucket: Bucket| {
        let told: RestLimit = json::from_value(resources.get(bucket.name())?).ok()?;
        let limit = Limit {
            limit: told.limit,
            remaining: told.remaining,
            reset_at: Timestamp::from_second(told.reset).ok()?,
        };
        Some((bucket, limit))
    };
    Bucket::ALL.into_iter().filter_map(of).collect()
}

/// Whether GitHub names a page that follows, in the `Link` header.
fn has_next_page(reply: &HttpReply) -> bool {
    let links = reply.headers.get("link").unwrap_or_default();
    links.contains("rel=\"next\"") || links.contains("rel=next")
}

fn scopes(reply: &HttpReply) -> Vec<String> {
    reply
        .headers
        .get("x-oauth-scopes")
        .unwrap_or_default()
        .split(',')
        .map(|scope| scope.trim().to_owned())
        .filter(|scope| !scope.is_empty())
        .collect()
}

/// GitHub writes `2026-12-24 09:00:00 UTC` or `2026-12-24 09:00:00 +0100`.
fn expiry(text: &str) -> Option<Timestamp> {
    let mut words = text.split_whitespace();
    let (date, time, offset) = (words.next()?, words.next()?, words.next()?);
    let offset = if offset == "UTC" { "Z" } else { offset };
    format!("{date}T{time}{offset}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_expiry_as_github_writes_it() {
        let expected: Timestamp = "2026-12-24T09:00:00Z".parse().unwrap();
        assert_eq!(expiry("2026-12-24 09:00:00 UTC"), Some(expected));
        assert_eq!(expiry("2026-12-24 10:00:00 +0100"), Some(expected));
        assert_eq!(expiry("soon"), None);
    }
}
