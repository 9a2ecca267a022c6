//! [`Call`]: one question to GitHub, in our own words.

use super::document;
use super::http::{API, HttpRequest};
use super::limits::Bucket;
use super::token::Token;
use crate::evidence::{Part, WINDOW_DAYS};
use crate::json::{Value, json};
use crate::login::Login;
use crate::repository::Repository;
use crate::time::Timestamp;

/// How many accounts one request asks for: scalars are cheap (5 ms each).
pub const MAX_ACCOUNTS: usize = 50;

/// How many users' totals one request asks for: each costs seven connections
/// of some 45 ms, and a request is killed at 10 s.
pub const MAX_COUNTS: usize = 5;

/// Most pull requests in one [`crate::evidence::Part::Closers`] request: each
/// costs GitHub a nested connection of its own, some 45 ms.
pub const MAX_CLOSERS: u8 = 20;

/// The most results GitHub gives on one page.
pub const PAGE: u8 = 100;

/// How many pull requests of one author in one repository are looked at.
pub const HERE_PAGE: u8 = 50;

/// One question to GitHub: one HTTP request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Call {
    /// Who these accounts are (GraphQL; at most [`MAX_ACCOUNTS`]).
    Accounts(Vec<Login>),
    /// Totals of these users (GraphQL; at most [`MAX_COUNTS`]).
    Counts(Vec<Login>),
    /// What this author opened in the window (GraphQL).
    Activity {
        /// The author.
        login: Login,
        /// Pull requests, issues or both.
        which: Activity,
        /// How many of each.
        first: u8,
    },
    /// What this author opened in one repository, ever (GraphQL).
    Here {
        /// The author.
        login: Login,
        /// The repository.
        repository: Repository,
        /// How many.
        first: u8,
    },
    /// The account and its public e-mail address (REST).
    User(Login),
    /// Public organizations (REST).
    Organizations(Login),
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
    /// A repository's own VOUCHED.td, wherever it keeps it (GraphQL).
    Vouched(Repository),
    /// Whose the token is.
    TokenOwner,
    /// What is left of the limits. Asking is free.
    RateLimits,
}

/// What an activity call asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Activity {
    /// Pull requests and issues, the first page of each.
    Both,
    /// Pull requests, from the cursor on.
    PullRequests(Option<String>),
    /// Issues, from the cursor on.
    Issues(Option<String>),
}

impl Call {
    /// The bucket that pays for it.
    pub const fn bucket(&self) -> Bucket {
        match self {
            Self::Accounts(_)
            | Self::Counts(_)
            | Self::Activity { .. }
            | Self::Here { .. }
            | Self::Vouched(_) => Bucket::Graphql,
            Self::User(_)
            | Self::Organizations(_)
            | Self::SocialAccounts(_)
            | Self::Opener(..)
            | Self::TokenOwner
            | Self::RateLimits => Bucket::Core,
            Self::SearchPullRequests(_) | Self::SearchIssues(_) | Self::SearchHere(..) => {
                Bucket::Search
            }
        }
    }

    /// Milliseconds GitHub takes for it by the model of the measurements this
    /// project started from: 250 for a GraphQL request, 450 for each search in
    /// it, 45 for each nested connection, 5 for each account; 400 for REST.
    /// Used to reserve response time before the true time is known.
    pub fn expected_ms(&self) -> u32 {
        let count = |logins: &[Login]| u32::try_from(logins.len()).unwrap_or(u32::MAX);
        match self {
            Self::Vouched(_) => 250,
            Self::Accounts(logins) => 250 + 5 * count(logins),
            Self::Counts(logins) => 250 + 7 * 45 * count(logins),
            Self::Activity {
                which: Activity::Both,
                ..
            } => 250 + 2 * 450,
            Self::Activity { .. }
            | Self::Here { .. }
            | Self::SearchPullRequests(_)
            | Self::SearchIssues(_)
            | Self::SearchHere(..) => 250 + 450,
            Self::User(_)
            | Self::Organizations(_)
            | Self::SocialAccounts(_)
            | Self::Opener(..)
            | Self::TokenOwner
            | Self::RateLimits => 400,
        }
    }

    /// What it is expected to tell, account by account.
    pub fn wanted(&self) -> Vec<(Login, Part)> {
        let each = |logins: &[Login], part| logins.iter().map(|it| (it.clone(), part)).collect();
        let one = |login: &Login, part| vec![(login.clone(), part)];
        match self {
            Self::Accounts(logins) => each(logins, Part::Account),
            Self::Counts(logins) => each(logins, Part::Counts),
            Self::Activity { login, which, .. } => match which {
                Activity::Both => vec![
                    (login.clone(), Part::PullRequests),
                    (login.clone(), Part::Issues),
                ],
                Activity::PullRequests(_) => one(login, Part::PullRequests),
                Activity::Issues(_) => one(login, Part::Issues),
            },
            Self::Here { login, .. } | Self::SearchHere(login, _) => one(login, Part::Here),
            Self::User(login) => vec![(login.clone(), Part::Account), (login.clone(), Part::Email)],
            Self::Organizations(login) => one(login, Part::Organizations),
            Self::SocialAccounts(login) => one(login, Part::SocialAccounts),
            Self::SearchPullRequests(login) => one(login, Part::PullRequests),
            Self::SearchIssues(login) => one(login, Part::Issues),
            Self::Opener(..) | Self::Vouched(_) | Self::TokenOwner | Self::RateLimits => Vec::new(),
        }
    }

    /// What it asks, in one word, for the timeline.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Accounts(_) => "accounts",
            Self::Counts(_) => "counts",
            Self::Activity { which, .. } => match which {
                Activity::Both => "activity",
                Activity::PullRequests(_) => "pullRequests",
                Activity::Issues(_) => "issues",
            },
            Self::Here { .. } | Self::SearchHere(..) => "here",
            Self::User(_) => "user",
            Self::Organizations(_) => "organizations",
            Self::SocialAccounts(_) => "socialAccounts",
            Self::SearchPullRequests(_) => "pullRequests",
            Self::SearchIssues(_) => "issues",
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

    /// Whether it asks for a page that follows others.
    pub fn follows(&self) -> bool {
        matches!(
            self,
            Self::Activity {
                which: Activity::PullRequests(Some(_)) | Activity::Issues(Some(_)),
                ..
            }
        )
    }

    /// The request that asks it at the moment `now`.
    pub fn request(&self, token: Option<&Token>, now: Timestamp) -> HttpRequest {
        let (path, body) = match self {
            Self::Accounts(logins) => {
                graphql(&document::accounts(logins.len()), &per_login(logins))
            }
            Self::Counts(logins) => graphql(&document::counts(logins.len()), &per_login(logins)),
            Self::Activity {
                login,
                which,
                first,
            } => {
                let pull_requests = || activity_query(login, "pull-request", now);
                let issues = || activity_query(login, "issue", now);
                match which {
                    Activity::Both => graphql(
                        &document::activity(),
                        &json!({ "pullRequests": pull_requests(), "issues": issues(), "first": first }),
                    ),
                    Activity::PullRequests(after) => graphql(
                        &document::pull_requests(),
                        &json!({ "pullRequests": pull_requests(), "first": first, "after": after }),
                    ),
                    Activity::Issues(after) => graphql(
                        &document::issues(),
                        &json!({ "issues": issues(), "first": first, "after": after }),
                    ),
                }
            }
            Self::Here {
                login,
                repository,
                first,
            } => {
                let query = here_query(login, repository);
                let variables = json!({ "pullRequests": query, "first": first });
                graphql(&document::pull_requests(), &variables)
            }
            Self::User(login) => get(format!("/users/{login}")),
            Self::Organizations(login) => get(format!("/users/{login}/orgs?per_page=100")),
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

fn graphql(query: &str, variables: &Value) -> (String, Option<String>) {
    let body = json!({ "query": query, "variables": variables });
    ("/graphql".to_owned(), Some(body.to_string()))
}

fn get(path: String) -> (String, Option<String>) {
    (path, None)
}

/// The variables `$u0`, `$u1`, … with a login each.
fn per_login(logins: &[Login]) -> Value {
    let numbered = logins.iter().enumerate();
    numbered
        .map(|(index, login)| (format!("u{index}"), Value::from(login.as_str())))
        .collect()
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
        for document in [
            document::accounts(1),
            document::accounts(MAX_ACCOUNTS),
            document::counts(MAX_COUNTS),
            document::activity(),
            document::pull_requests(),
            document::issues(),
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
        let request = Call::SearchPullRequests(login("jo_acme")).request(None, now);
        assert_eq!(
            request.url,
            "https://api.github.com/search/issues?q=author%3Ajo_acme+is%3Apull-request+is%3Apublic+created%3A%3E%3D2026-10-31&per_page=100"
        );
        let here = Call::SearchHere(login("jo"), "a/b.js".parse().unwrap()).request(None, now);
        assert!(
            here.url.contains("q=repo%3Aa%2Fb.js+author%3Ajo+"),
            "{here:?}"
        );
    }
}
