//! The routes of REST that a profiler of authors needs, in GitHub's shapes.

use serde_json::{Value, json};

use crate::answer::{Answer, Request};
use crate::latency::Work;
use crate::node;
use crate::refusal;
use crate::search::{self, MAX_QUERY, MAX_RESULTS};
use crate::tokens::{Credentials, Token, VIEWER};
use crate::world::{
    Account, AuthoredItem, CloseReason, ItemKind, Kind, PullOutcome, Repository, World,
};

const API: &str = "https://api.github.com";
const USERS_DOCS: &str = "https://docs.github.com/rest/users/users#get-a-user";

/// An answer and what it made the server do.
pub(crate) struct Reply {
    pub(crate) answer: Answer,
    pub(crate) work: Work,
}

fn reply(work: Work, body: &Value) -> Reply {
    Reply {
        answer: Answer::json(200, body),
        work,
    }
}

fn refuse(answer: Answer) -> Reply {
    Reply {
        answer,
        work: Work::Other,
    }
}

/// Answers a `GET`; limits, tokens that are bad, and faults have been dealt with.
pub(crate) fn respond(world: &World, request: &Request, credentials: Credentials) -> Reply {
    let token = match credentials {
        Credentials::Good(token) => Some(token),
        Credentials::Anonymous | Credentials::Bad => None,
    };
    let sees_private = credentials.see_private();
    let is_visible = |repository: &Repository| sees_private || !repository.is_private;
    let segments = request.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    if request.method != "GET" {
        return refuse(refusal::not_found("https://docs.github.com/rest"));
    }
    // Only what had another name is asked for by its number.
    let by_number = match segments.as_slice() {
        ["repositories", id, ..] => id.parse().ok().and_then(|id| world.renamed_by_id(id)),
        _ => None,
    };
    let segments = match (&by_number, segments.as_slice()) {
        (Some(now), ["repositories", _, rest @ ..]) => {
            [&["repos", &now.owner, &now.name], rest].concat()
        }
        _ => segments,
    };
    match segments.as_slice() {
        // `gh` asks here whether its token is any good; the headers tell.
        [""] => reply(
            Work::Other,
            &json!({ "current_user_url": format!("{API}/user"), "user_url": format!("{API}/users/{{user}}") }),
        ),
        ["user"] => match (token, world.account(VIEWER)) {
            (Some(token), Some(viewer)) => {
                let body = user(&viewer, Some(token));
                reply(Work::TokenCheck, &body)
            }
            _ => refuse(refusal::requires_authentication(false)),
        },
        ["users", login] => match world.account(login) {
            Some(account) => reply(Work::Profile, &user(&account, token)),
            None => refuse(refusal::not_found(USERS_DOCS)),
        },
        ["users", login, part @ ("orgs" | "social_accounts")] => match world.account(login) {
            Some(account) => paged(request, Work::ProfilePart, profile_part(&account, part)),
            None => refuse(refusal::not_found(USERS_DOCS)),
        },
        ["search", "issues"] => issues(world, request, sees_private),
        ["repos", owner, name, rest @ ..] if let Some(now) = world.renamed(owner, name) => {
            refuse(refusal::moved(now.id(), rest))
        }
        ["repos", owner, name] => match world.repository(owner, name).filter(is_visible) {
            Some(repository) => reply(Work::Other, &repository_json(&repository)),
            None => refuse(refusal::not_found(
                "https://docs.github.com/rest/repos/repos",
            )),
        },
        ["repos", owner, name, kind @ ("pulls" | "issues"), number] => {
            let number = number.parse().unwrap_or(0);
            // The route for issues knows pull requests too; the other way round it is a 404.
            let found = world.item(owner, name, number);
            match found.filter(|found| is_visible(&found.item().repository)) {
                Some(written) if *kind == "issues" || written.item().is_pull() => {
                    reply(Work::Other, &item(&written, *kind == "pulls"))
                }
                _ => refuse(refusal::not_found("https://docs.github.com/rest")),
            }
        }
        ["repositories", ..] => refuse(refusal::not_found("https://docs.github.com/rest")),
        _ => {
            let what = format!("fake-github does not know GET {}", request.route());
            refuse(Answer::json(501, &json!({ "message": what })))
        }
    }
}

/// The fields that stand wherever an account is named.
fn actor(account: &Account) -> Value {
    let login = &account.login;
    let kind = match account.kind {
        Kind::User => "User",
        Kind::Organization => "Organization",
        Kind::Bot => "Bot",
    };
    json!({
        "login": login,
        "id": account.id,
        "node_id": format!("U_{}", account.id),
        "avatar_url": format!("https://avatars.githubusercontent.com/u/{}?v=4", account.id),
        "url": format!("{API}/users/{login}"),
        "html_url": format!("https://github.com/{login}"),
        "organizations_url": format!("{API}/users/{login}/orgs"),
        "type": kind,
        "user_view_type": "public",
        "site_admin": false,
    })
}

fn merge(mut left: Value, right: Value) -> Value {
    if let (Value::Object(left), Value::Object(right)) = (&mut left, right) {
        left.extend(right);
    }
    left
}

fn user(account: &Account, token: Option<Token>) -> Value {
    let profile = &account.profile;
    // Without a token GitHub tells nobody's e-mail.
    let email = token.and(profile.email.as_deref());
    merge(
        actor(account),
        json!({
            "name": profile.name,
            "company": profile.company,
            "blog": profile.website.as_deref().unwrap_or_default(),
            "location": profile.location,
            "email": email,
            "hireable": null,
            "bio": profile.bio,
            "twitter_username": null,
            "public_repos": account.sources + account.forks,
            "public_gists": 0,
            "followers": account.followers,
            "following": account.following,
            "created_at": account.created.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            "updated_at": account.created.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        }),
    )
}

fn profile_part(account: &Account, part: &str) -> Vec<Value> {
    if part == "social_accounts" {
        let socials = account.socials.iter();
        return socials
            .map(|(provider, url)| json!({ "provider": provider, "url": url }))
            .collect();
    }
    let organizations = account.organizations.iter();
    let entry = |login: &String| {
        json!({
            "login": login,
            "id": 3_000_000 + login.len(),
            "node_id": format!("O_{login}"),
            "url": format!("{API}/orgs/{login}"),
            "avatar_url": "https://avatars.githubusercontent.com/u/3?v=4",
            "description": null,
        })
    };
    organizations.map(entry).collect()
}

/// Which page of a list is asked for, and how much is on one.
struct Page {
    number: usize,
    size: usize,
}

impl Page {
    fn of(request: &Request) -> Self {
        let number = |name: &str, otherwise: usize| {
            let given = request.parameter(name);
            given
                .and_then(|text| text.parse().ok())
                .unwrap_or(otherwise)
        };
        Self {
            number: number("page", 1).max(1),
            size: number("per_page", 30).clamp(1, 100),
        }
    }

    /// How much comes before it.
    fn start(&self) -> usize {
        (self.number - 1).saturating_mul(self.size)
    }
}

/// One page of a list, with the links to the others.
fn paged(request: &Request, work: Work, list: Vec<Value>) -> Reply {
    let page = Page::of(request);
    let link = link(request, page.number, list.len().div_ceil(page.size));
    let shown = list.into_iter().skip(page.start()).take(page.size);
    let mut reply = reply(work, &shown.collect());
    if let Some(link) = link {
        reply.answer = reply.answer.with_header("link", link);
    }
    reply
}

fn repository_json(repository: &Repository) -> Value {
    let kind = if repository.in_organization {
        "Organization"
    } else {
        "User"
    };
    json!({
        "id": repository.id(),
        "node_id": format!("R_kgDO{:08x}", repository.id()),
        "name": repository.name,
        "full_name": repository.full_name(),
        "private": repository.is_private,
        "owner": { "login": repository.owner, "type": kind },
        "html_url": format!("https://github.com/{}", repository.full_name()),
        "fork": false,
        "archived": false,
    })
}

fn item(written: &AuthoredItem, as_pull: bool) -> Value {
    let item = written.item();
    let format = |at: jiff::Timestamp| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let repository = format!("{API}/repos/{}", item.repository.full_name());
    let closed = item.closed_at().map(format);
    let common = json!({
        "url": format!("{repository}/issues/{}", item.number),
        "repository_url": repository,
        "html_url": item.url(),
        "id": 7_000_000 + u64::from(item.number),
        "node_id": node::id(written),
        "number": item.number,
        "title": item.title,
        "user": actor(&written.author),
        "labels": [],
        "state": if closed.is_some() { "closed" } else { "open" },
        "locked": false,
        "comments": 0,
        "created_at": format(item.created),
        "updated_at": closed.clone().unwrap_or_else(|| format(item.created)),
        "closed_at": closed,
        "author_association": item.association,
        "body": null,
    });
    let merged_at = item.merged_at().map(format);
    match (item.what, as_pull) {
        (ItemKind::Pull { draft, end }, true) => merge(
            common,
            json!({
                "url": format!("{repository}/pulls/{}", item.number),
                "draft": draft,
                "merged": matches!(end, PullOutcome::Merged(_)),
                "merged_at": merged_at,
                "base": { "repo": repository_json(&item.repository) },
            }),
        ),
        (ItemKind::Pull { draft, .. }, false) => merge(
            common,
            json!({
                "state_reason": null,
                "draft": draft,
                "pull_request": {
                    "url": format!("{repository}/pulls/{}", item.number),
                    "html_url": item.url(),
                    "merged_at": merged_at,
                },
            }),
        ),
        (ItemKind::Issue { closed }, _) => {
            let reason = closed.map(|(_, reason)| match reason {
                CloseReason::Completed => "completed",
                CloseReason::NotPlanned => "not_planned",
                CloseReason::Duplicate => "duplicate",
            });
            merge(common, json!({ "state_reason": reason }))
        }
    }
}

fn issues(world: &World, request: &Request, sees_private: bool) -> Reply {
    let text = request.parameter("q").unwrap_or_default();
    let query = search::parse(&text);
    let page = Page::of(request);
    if text.is_empty() {
        return refuse(refusal::plain(
            422,
            "Validation Failed",
            "https://docs.github.com/v3/search/",
        ));
    }
    if text.chars().count() > MAX_QUERY {
        return refuse(refusal::validation(refusal::SEARCH_TOO_LONG));
    }
    if !query.names_kind {
        return refuse(refusal::validation(refusal::NO_KIND));
    }
    if query.is_refused(world, sees_private) {
        return refuse(refusal::validation(refusal::UNSEARCHABLE));
    }
    if page.number > 1 && page.start() >= MAX_RESULTS {
        let docs = "https://docs.github.com/v3/search/";
        return refuse(refusal::plain(
            422,
            "Only the first 1000 search results are available",
            docs,
        ));
    }
    let found = query
        .oldest_first(request.parameter("order").as_deref() == Some("asc"))
        .run(world, sees_private);
    let reachable = found.len().min(MAX_RESULTS);
    let shown = found
        .iter()
        .take(reachable)
        .skip(page.start())
        .take(page.size);
    let body = json!({
        "total_count": found.len(),
        "incomplete_results": false,
        "items": shown.map(|written| item(written, false)).collect::<Value>(),
    });
    let is_issue_search = !text.contains("is:pr") && !text.contains("type:pr");
    let work = if is_issue_search {
        Work::IssueSearch(found.len())
    } else {
        Work::PullSearch
    };
    let mut reply = reply(work, &body);
    if let Some(link) = link(request, page.number, reachable.div_ceil(page.size)) {
        reply.answer = reply.answer.with_header("link", link);
    }
    reply
}

/// The `Link` header of a page of results; none where all fits on one.
fn link(request: &Request, page: usize, last: usize) -> Option<String> {
    let (route, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
    let others: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("page="))
        .collect();
    let link = |to: usize, name: &str| {
        let page = format!("page={to}");
        let query = [others.as_slice(), &[&page]].concat().join("&");
        format!("<{API}{route}?{query}>; rel=\"{name}\"")
    };
    let mut links = Vec::new();
    if page > 1 {
        links.extend([link(page - 1, "prev"), link(1, "first")]);
    }
    if page < last {
        links.extend([link(page + 1, "next"), link(last, "last")]);
    }
    (!links.is_empty()).then(|| links.join(", "))
}
