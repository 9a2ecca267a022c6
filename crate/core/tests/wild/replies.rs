//! What GitHub or our own store may hold: no panic, and nothing made up.

use bonafide_core::engine::{ClientId, ClientKind, Engine, Event};
use bonafide_core::github::http::{Headers, HttpReply};
use bonafide_core::github::read::read;
use bonafide_core::github::{ActivityPage, Call, Connection};
use bonafide_core::login::Login;
use bonafide_core::time::Timestamp;
use proptest::prelude::*;
use serde_json::Value;

/// Names that GitHub's answers and our own store use, so that wild JSON gets
/// past the first look.
const NAMES: [&str; 30] = [
    "data",
    "errors",
    "message",
    "type",
    "path",
    "u0",
    "pullRequests",
    "issues",
    "rateLimit",
    "issueCount",
    "pageInfo",
    "hasNextPage",
    "endCursor",
    "nodes",
    "__typename",
    "login",
    "createdAt",
    "totalCount",
    "state",
    "repository",
    "nameWithOwner",
    "items",
    "total_count",
    "user",
    "resources",
    "entries",
    "known",
    "learned",
    "cache_key",
    "settings",
];

const TEXTS: [&str; 6] = [
    "User",
    "OPEN",
    "a/b",
    "jo",
    "2026-11-21T12:00:00Z",
    "NOT_FOUND",
];

fn json() -> impl Strategy<Value = Value> {
    crate::json(&NAMES, &TEXTS)
}

fn calls() -> Vec<Call> {
    let login: Login = "jo".parse().unwrap();
    let repository: bonafide_core::repository::Repository = "acme/web".parse().unwrap();
    let page = |connection, after: Option<&str>| ActivityPage {
        login: login.clone(),
        connection,
        first: 100,
        after: after.map(str::to_owned),
    };
    let since = "2026-11-01T00:00:00Z".parse().unwrap();
    let both = vec![
        page(Connection::PullRequests, None),
        page(Connection::Issues, Some("cursor")),
        page(Connection::UnmergedPullRequests, None),
        page(Connection::MergedPullRequests, Some("")),
    ];
    vec![
        Call::Accounts(vec![login.clone()]),
        Call::Counts(vec![login.clone()]),
        Call::Activity(both, since),
        Call::SearchActivity(page(Connection::PullRequests, None)),
        Call::SearchActivity(page(Connection::Issues, Some("cursor"))),
        Call::Closers(vec![(login.clone(), vec!["PR_1".to_owned()])]),
        Call::Here {
            logins: vec![login.clone()],
            repository: repository.clone(),
            first: 50,
        },
        Call::ThisItem {
            login: login.clone(),
            repository: repository.clone(),
            number: 7,
        },
        Call::User(login.clone()),
        Call::Organizations(login.clone(), None),
        Call::SocialAccounts(login.clone()),
        Call::SearchPullRequests(login.clone()),
        Call::SearchIssues(login.clone()),
        Call::SearchHere(login, repository.clone()),
        Call::Opener(repository.clone(), 1),
        Call::Vouched(repository),
        Call::TokenOwner,
        Call::RateLimits,
    ]
}

fn read_all(status: u16, body: &str) {
    let reply = HttpReply {
        status,
        headers: Headers::default(),
        body: body.to_owned(),
    };
    for call in calls() {
        let wanted = call.wanted();
        if let Ok(reading) = read(&call, &reply) {
            // Nothing is told of anybody who was not asked about.
            for (login, learned) in &reading.learned {
                assert!(
                    wanted.contains(&(login.clone(), learned.part())),
                    "{call:?}"
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn wild_json_is_read_without_panic(body in json(), status in prop::sample::select(vec![200_u16, 200, 200, 403, 422, 500])) {
        read_all(status, &body.to_string());
    }

    #[test]
    fn wild_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read_all(200, &String::from_utf8_lossy(&bytes));
    }

    /// What was kept may come from another version, or be broken.
    #[test]
    fn a_wild_store_is_as_good_as_none(kept in json()) {
        let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        let kept = kept.to_string();
        let mut engine = Engine::new(Some(&kept), Some(&kept), 1, now);
        engine.handle(Event::Connected(ClientId(1), ClientKind::Page), now);
        engine.handle(Event::Loaded(vec!["jo".parse().unwrap()], vec![kept]), now);
    }
}
