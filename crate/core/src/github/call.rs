//! [`Call`]: one question to GitHub, in our own words.

use super::activity::{self, ActivityPage, Connection};
use super::document::{self, Dialect};
use super::http::{API, HttpRequest};
use super::limits::Bucket;
use super::listing::{self, Listing};
use super::token::Token;
use crate::evidence::{Part, WINDOW_DAYS};
use crate::json::{Value, json};
use crate::login::Login;
use crate::repository::Repository;
use crate::time::Timestamp;

/// How many accounts one request asks for: scalars are cheap (5 ms each).
pub const MAX_ACCOUNTS: usize = 50;

/// How many users' totals one request asks for: each costs eight connections
/// of some 45 ms, and a request is killed at 10 s.
pub const MAX_COUNTS: usize = 5;

/// Most pull requests in one [`crate::evidence::Part::Closers`] request: each
/// costs GitHub a nested connection of its own, some 45 ms.
pub const MAX_CLOSERS: u8 = 20;

const SECONDS_A_DAY: i64 = 86_400;

/// The most results GitHub gives on one page.
pub const PAGE: u8 = 100;

/// The most results that one search of GitHub's gives out, on all its pages.
pub const SEARCH_RESULTS: u32 = 1_000;

/// How many pull requests of one author in one repository are looked at.
pub const HERE_PAGE: u8 = 50;

/// Most authors in one [`crate::evidence::Part::Here`] request, each with a
/// search of some 450 ms: what they share is the time of the request itself.
pub const MAX_HERE: usize = 5;

/// One question to GitHub: one HTTP request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Call {
    /// Who these accounts are (GraphQL; at most [`MAX_ACCOUNTS`]).
    Accounts(Vec<Login>),
    /// Totals of these users (GraphQL; at most [`MAX_COUNTS`]).
    Counts(Vec<Login>),
    /// What authors have opened since a moment, by the connections of their
    /// accounts (GraphQL).
    Activity(Vec<ActivityPage>, Timestamp),
    /// One page of what an author opened in the window, by search (GraphQL).
    SearchActivity(ActivityPage),
    /// Who closed these authors' pull requests, named by their ids (GraphQL; at
    /// most [`MAX_CLOSERS`] in all).
    Closers(Vec<(Login, Vec<String>)>),
    /// What each of these authors opened in one repository, ever (GraphQL; at
    /// most [`MAX_HERE`]).
    Here {
        /// The authors.
        logins: Vec<Login>,
        /// The repository.
        repository: Repository,
        /// How many of each.
        first: u8,
    },
    /// The issue or pull request that this author opened (GraphQL).
    ThisItem {
        /// The author.
        login: Login,
        /// The repository.
        repository: Repository,
        /// The number there.
        number: u32,
    },
    /// The account and its public e-mail address (REST).
    User(Login),
    /// Public organizations (REST), and the number of the page where it is not
    /// the first.
    Organizations(Login, Option<String>),
    /// Accounts elsewhere (REST).
    SocialAccounts(Login),
    /// What this author opened in the window, without a token (REST search).
    SearchPullRequests(Login),
    /// The same for issues.
    SearchIssues(Login),
    /// What this author opened in one repository, without a token (REST search).
    SearchHere(Login, Repository),
    /// Who opened this issue or pull request (REST answers for both).
    Opener(Repository, u32),
    /// A page of what was opened in a repository (GraphQL).
    Listing(Listing),
    /// These items of repositories, by number (GraphQL; at most
    /// [`MAX_ITEMS`](super::listing::MAX_ITEMS)).
    Items(Vec<(Repository, u32)>),
    /// A repository's own VOUCHED.td, wherever it keeps it (GraphQL).
    Vouched(Repository),
    /// Whose the token is.
    TokenOwner,
    /// What is left of the limits. Asking is free.
    RateLimits,
}

impl Call {
    /// The bucket that pays for it.
    pub const fn bucket(&self) -> Bucket {
        match self {
            Self::Accounts(_)
            | Self::Counts(_)
            | Self::Activity(..)
            | Self::SearchActivity(_)
            | Self::Closers(_)
            | Self::Here { .. }
            | Self::Listing(_)
            | Self::Items(_)
            | Self::ThisItem { .. }
            | Self::Vouched(_) => Bucket::Graphql,
            Self::User(_)
            | Self::Organizations(..)
            | Self::SocialAccounts(_)
            | Self::Opener(..)
            | Self::TokenOwner
            | Self::RateLimits => Bucket::Core,
            Self::SearchPullRequests(_) | Self::SearchIssues(_) | Self::SearchHere(..) => {
                Bucket::Search
            }
        }
    }

    /// What it is expected to tell, account by account.
    pub fn wanted(&self) -> Vec<(Login, Part)> {
        let each = |logins: &[Login], part| logins.iter().map(|it| (it.clone(), part)).collect();
        let one = |login: &Login, part| vec![(login.clone(), part)];
        match self {
            Self::Accounts(logins) => each(logins, Part::Account),
            Self::Counts(logins) => each(logins, Part::Counts),
            Self::Activity(pages, _) => {
                let of = |page: &ActivityPage| (page.login.clone(), page.connection.part());
                pages.iter().map(of).collect()
            }
            Self::SearchActivity(page) => one(&page.login, page.connection.part()),
            Self::Closers(people) => {
                let of = |(login, _): &(Login, Vec<String>)| (login.clone(), Part::Closers);
                people.iter().map(of).collect()
            }
            Self::Here { logins, .. } => each(logins, Part::Here),
            Self::SearchHere(login, _) => one(login, Part::Here),
            Self::ThisItem { login, .. } => one(login, Part::ThisItem),
            Self::User(login) => vec![(login.clone(), Part::Account), (login.clone(), Part::Email)],
            Self::Organizations(login, _) => one(login, Part::Organizations),
            Self::SocialAccounts(login) => one(login, Part::SocialAccounts),
            Self::SearchPullRequests(login) => one(login, Part::PullRequests),
            Self::SearchIssues(login) => one(login, Part::Issues),
            Self::Listing(_)
            | Self::Items(_)
            | Self::Opener(..)
            | Self::Vouched(_)
            | Self::TokenOwner
            | Self::RateLimits => Vec::new(),
        }
    }

    /// How many things it asks for; a smaller request asks for fewer of them.
    pub fn asks(&self) -> usize {
        match self {
            Self::Accounts(logins) | Self::Counts(logins) | Self::Here { logins, .. } => {
                logins.len()
            }
            Self::Activity(pages, _) => pages.len(),
            Self::Closers(people) => people.iter().map(|(_, ids)| ids.len()).sum(),
            _ => 1,
        }
    }

    /// What it asks, in one word, for the timeline.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Accounts(_) => "accounts",
            Self::Counts(_) => "counts",
            Self::Activity(pages, _) => match pages.as_slice() {
                [page] => page.connection.name(),
                _ => "activity",
            },
            Self::SearchActivity(page) => page.connection.name(),
            Self::Closers(_) => "closers",
            Self::Here { .. } | Self::SearchHere(..) => "here",
            Self::ThisItem { .. } => "thisItem",
            Self::User(_) => "user",
            Self::Organizations(..) => "organizations",
            Self::SocialAccounts(_) => "socialAccounts",
            Self::SearchPullRequests(_) => "pullRequests",
            Self::SearchIssues(_) => "issues",
            Self::Listing(_) => "listing",
            Self::Items(_) => "items",
            Self::Opener(..) => "opener",
            Self::Vouched(_) => "vouched",
            Self::TokenOwner => "tokenOwner",
            Self::RateLimits => "rateLimits",
        }
    }

    /// About whom it asks.
    pub fn logins(&self) -> Vec<String> {
        let mut logins: Vec<String> = Vec::new();
        for (login, _) in self.wanted() {
            if logins.last().is_none_or(|last| last != login.as_str()) {
                logins.push(login.into());
            }
        }
        logins
    }

    /// The cursor after which it asks for more of a part, where the page follows
    /// others.
    pub fn cursor(&self, login: &Login, part: Part) -> Option<&str> {
        let pages = match self {
            Self::Organizations(_, page) => return page.as_deref(),
            Self::Activity(pages, _) => pages.as_slice(),
            Self::SearchActivity(page) => std::slice::from_ref(page),
            _ => &[],
        };
        let is_meant = |it: &&ActivityPage| it.login == *login && it.connection.part() == part;
        pages.iter().find(is_meant)?.after.as_deref()
    }

    /// The request that asks it at the moment `now` of a GitHub with this dialect.
    pub fn request(&self, token: Option<&Token>, dialect: Dialect, now: Timestamp) -> HttpRequest {
        let (path, body) = match self {
            Self::Accounts(logins) => {
                graphql(&document::accounts(logins.len()), &per_login(logins))
            }
            Self::Counts(logins) => graphql(&document::counts(logins.len()), &per_login(logins)),
            Self::Activity(pages, _) => {
                let (document, variables) = activity::request(pages);
                graphql(&dialect.fit(document), &variables)
            }
            Self::SearchActivity(page) => {
                let (first, after) = (page.first, &page.after);
                if page.connection == Connection::Issues {
                    let query = activity_query(&page.login, "issue", now);
                    let variables = json!({ "issues": query, "first": first, "after": after });
                    graphql(&dialect.fit(document::issues()), &variables)
                } else {
                    let query = activity_query(&page.login, "pull-request", now);
                    let variables =
                        json!({ "pullRequests": query, "first": first, "after": after });
                    graphql(&document::pull_requests(), &variables)
                }
            }
            Self::Closers(people) => {
                let ids: Vec<String> = people.iter().flat_map(|(_, ids)| ids.clone()).collect();
                let (document, variables) = activity::closers_request(&ids);
                graphql(&document, &variables)
            }
            Self::Here {
                logins,
                repository,
                first,
            } => {
                let queries = logins.iter().map(|login| here_query(login, repository));
                let (owner, name) = (repository.owner().as_str(), repository.name());
                let shared = [
                    ("first".to_owned(), Value::from(*first)),
                    ("owner".to_owned(), owner.into()),
                    ("name".to_owned(), name.into()),
                ];
                let variables = numbered('s', queries).chain(shared).collect();
                graphql(&document::here(logins.len()), &variables)
            }
            Self::ThisItem {
                repository, number, ..
            } => {
                let (owner, name) = (repository.owner().as_str(), repository.name());
                let variables = json!({ "owner": owner, "name": name, "number": number });
                graphql(&document::this_item(), &variables)
            }
            Self::User(login) => get(format!("/users/{login}")),
            Self::Organizations(login, page) => {
                let first = format!("/users/{login}/orgs?per_page=100");
                get(match page_number(page.as_deref()) {
                    1 => first,
                    page => format!("{first}&page={page}"),
                })
            }
            Self::SocialAccounts(login) => {
                get(format!("/users/{login}/social_accounts?per_page=100"))
            }
            Self::SearchPullRequests(login) => {
                get(search(&activity_query(login, "pull-request", now), PAGE))
            }
            Self::SearchIssues(login) => get(search(&activity_query(login, "issue", now), PAGE)),
            Self::SearchHere(login, repository) => {
                get(search(&here_query(login, repository), HERE_PAGE))
            }
            Self::Listing(page) => {
                let (document, variables) = listing::request(page);
                graphql(&document, &variables)
            }
            Self::Items(items) => {
                let (document, variables) = listing::items_request(items);
                graphql(&document, &variables)
            }
            Self::Opener(repository, number) => get(format!("/repos/{repository}/issues/{number}")),
            Self::Vouched(repository) => {
                let (owner, name) = (repository.owner().as_str(), repository.name());
                graphql(document::VOUCHED, &json!({ "owner": owner, "name": name }))
            }
            Self::TokenOwner => get("/user".to_owned()),
            Self::RateLimits => get("/rate_limit".to_owned()),
        };
        HttpRequest {
            url: format!("{API}{path}"),
            body,
            token: token.cloned(),
            etag: None,
        }
    }
}

/// The first day of the window: today in UTC less [`WINDOW_DAYS`], as
/// gh-profiler 0.9.0 counts.
pub fn window_start(now: Timestamp) -> String {
    now.day_before(WINDOW_DAYS.into())
}

/// The moment at which the window begins: a whole day in UTC.
pub fn window_start_at(now: Timestamp) -> Timestamp {
    let today = now.as_second().div_euclid(SECONDS_A_DAY) - i64::from(WINDOW_DAYS);
    Timestamp::from_second(today * SECONDS_A_DAY).unwrap_or_default()
}

/// The number of a page of REST's; the first where none is named.
pub(super) fn page_number(page: Option<&str>) -> u8 {
    page.and_then(|it| it.parse().ok()).unwrap_or(1)
}

fn graphql(query: &str, variables: &Value) -> (String, Option<String>) {
    let body = json!({ "query": query, "variables": variables });
    ("/graphql".to_owned(), Some(body.to_string()))
}

fn get(path: String) -> (String, Option<String>) {
    (path, None)
}

/// The variables `$u0`, `$u1`, … with a login each.
fn per_login(logins: &[Login]) -> Value {
    numbered('u', logins.iter().map(Login::to_string)).collect()
}

/// Variables of one letter, numbered from 0.
fn numbered(
    letter: char,
    values: impl Iterator<Item = String>,
) -> impl Iterator<Item = (String, Value)> {
    let numbered = values.enumerate();
    numbered.map(move |(index, value)| (format!("{letter}{index}"), Value::from(value)))
}

fn activity_query(login: &Login, kind: &str, now: Timestamp) -> String {
    let since = window_start(now);
    format!("author:{login} is:{kind} is:public created:>={since}")
}

fn here_query(login: &Login, repository: &Repository) -> String {
    format!("repo:{repository} author:{login} is:pull-request")
}

/// The path of a REST search. Logins, repositories and dates hold nothing
/// that has to be escaped but what is escaped here.
fn search(query: &str, per_page: u8) -> String {
    let mut escaped = String::new();
    for character in query.chars() {
        match character {
            ' ' => escaped.push('+'),
            ':' => escaped.push_str("%3A"),
            '/' => escaped.push_str("%2F"),
            '>' => escaped.push_str("%3E"),
            '=' => escaped.push_str("%3D"),
            plain => escaped.push(plain),
        }
    }
    format!("/search/issues?q={escaped}&per_page={per_page}")
}

#[cfg(test)]
mod tests {
    use super::super::listing::ListingWhich;
    use super::*;
    use apollo_compiler::validation::Valid;
    use apollo_compiler::{ExecutableDocument, Schema};

    #[test]
    fn documents_fit_githubs_published_schema() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../node_modules/@octokit/graphql-schema/schema.graphql"
        );
        let text = std::fs::read_to_string(path)
            .expect("GitHub's schema is an npm package: run `npm ci` first");
        // GitHub's schema defines one field twice, which is no matter here.
        let schema = Schema::parse(text, "schema.graphql").unwrap_or_else(|it| it.partial);
        let schema = Valid::assume_valid(schema);
        let pages = |connections: [Connection; 2]| {
            connections.map(|connection| ActivityPage {
                login: login("ada"),
                connection,
                first: 30,
                after: None,
            })
        };
        let without_duplicates = Dialect {
            tells_duplicates: false,
        };
        let issues = activity::request(&pages([Connection::Issues; 2])).0;
        for document in [
            without_duplicates.fit(issues.clone()),
            without_duplicates.fit(document::issues()),
            document::accounts(1),
            document::accounts(MAX_ACCOUNTS),
            document::counts(MAX_COUNTS),
            activity::request(&pages([Connection::PullRequests; 2])).0,
            issues,
            activity::request(&pages([Connection::PullRequests, Connection::Issues])).0,
            activity::request(&pages([
                Connection::UnmergedPullRequests,
                Connection::MergedPullRequests,
            ]))
            .0,
            activity::closers_request(&[]).0,
            listing_document(false, ListingWhich::Open),
            listing_document(true, ListingWhich::All),
            listing_document(false, ListingWhich::Closed),
            listing_document(true, ListingWhich::Closed),
            listing::items_request(&vec![("acme/web".parse().unwrap(), 7); 2]).0,
            document::pull_requests(),
            document::issues(),
            document::here(2),
            document::this_item(),
            document::VOUCHED.to_owned(),
        ] {
            if let Err(errors) =
                ExecutableDocument::parse_and_validate(&schema, &document, "document.graphql")
            {
                panic!("{document}\n{errors}");
            }
            for refused in ["email", "organizations", "starredRepositories"] {
                assert!(!document.contains(refused), "{refused} in {document}");
            }
        }
    }

    fn listing_document(are_issues: bool, which: ListingWhich) -> String {
        let repository = "acme/web".parse().unwrap();
        let listing = Listing {
            repository,
            are_issues,
            which,
            first: PAGE,
            after: None,
        };
        listing::request(&listing).0
    }

    fn login(text: &str) -> Login {
        text.parse().unwrap()
    }

    #[test]
    fn the_window_is_21_days_of_whole_dates() {
        let at = |text: &str| window_start(text.parse().unwrap());
        assert_eq!(at("2026-11-21T00:00:00Z"), "2026-10-31");
        assert_eq!(at("2026-11-21T23:59:59Z"), "2026-10-31");
        assert_eq!(at("2024-03-01T12:00:00Z"), "2024-02-09");
    }

    #[test]
    fn searches_are_escaped() {
        let now = "2026-11-21T12:00:00Z".parse().unwrap();
        let request =
            Call::SearchPullRequests(login("jo_acme")).request(None, Dialect::default(), now);
        assert_eq!(
            request.url,
            "https://api.github.com/search/issues?q=author%3Ajo_acme+is%3Apull-request+is%3Apublic+created%3A%3E%3D2026-10-31&per_page=100"
        );
        let here = Call::SearchHere(login("jo"), "a/b.js".parse().unwrap()).request(
            None,
            Dialect::default(),
            now,
        );
        assert!(
            here.url.contains("q=repo%3Aa%2Fb.js+author%3Ajo+"),
            "{here:?}"
        );
    }
}
