//! What each kind of good reply tells.

use crate::api_errors::reply;
use bonafide_core::evidence::{Account, ClosedAs, ClosedBy, GapReason, User};
use bonafide_core::github::http::Failure;
use bonafide_core::github::limits::Bucket;
use bonafide_core::github::read::{Answer, GeneralAnswer, Page, read};
use bonafide_core::github::{ActivityPage, Call, Connection, Learned};
use bonafide_core::login::Login;
use serde_json::{Value, json};

const CREATED_AT: &str = "2020-01-01T00:00:00Z";

fn jo() -> Login {
    "jo".parse().unwrap()
}

fn answer(call: &Call, body: &Value) -> Answer {
    read(call, &reply(200, &[], body)).unwrap()
}

/// The one thing that an answer tells.
fn learned(call: &Call, body: &Value) -> Learned {
    let answer = answer(call, body);
    assert_eq!(answer.failed, []);
    answer.learned.into_iter().next().unwrap().1
}

#[test]
fn an_account_is_a_person_an_organization_an_app_or_none() {
    let accounts = Call::Accounts(vec![jo()]);
    let person = Account::User(User {
        login: jo(),
        created_at: CREATED_AT.parse().unwrap(),
        name: Some("Jo".to_owned()),
        // An empty field is not filled.
        company: None,
        website: Some("https://jo.example".to_owned()),
        location: None,
        bio: None,
    });
    for (owner, expected) in [
        (
            json!({"__typename": "User", "login": "jo", "createdAt": CREATED_AT, "name": "Jo",
                "company": "", "websiteUrl": "https://jo.example"}),
            &person,
        ),
        (
            json!({"__typename": "Organization", "login": "jo"}),
            &Account::Organization,
        ),
        (Value::Null, &Account::NotFound),
    ] {
        let told = learned(&accounts, &json!({"data": {"u0": owner}}));
        assert_eq!(told, Learned::Account(expected.clone()));
    }
    for (kind, expected) in [
        ("User", &person),
        ("Organization", &Account::Organization),
        ("Bot", &Account::App),
    ] {
        let body = json!({"login": "jo", "type": kind, "created_at": CREATED_AT, "name": "Jo",
            "company": "", "blog": "https://jo.example", "email": "jo@jo.example"});
        let answer = answer(&Call::User(jo()), &body);
        let email = Learned::Email(Some("jo@jo.example".to_owned()));
        let account = Learned::Account(expected.clone());
        assert_eq!(answer.learned, [(jo(), account), (jo(), email)]);
    }
}

fn node(created_at: &str, state: &str, is_private: bool) -> Value {
    json!({
        "number": 1, "title": "t", "state": state, "createdAt": created_at, "closedAt": null,
        "repository": {"nameWithOwner": "acme/r", "isInOrganization": true, "isPrivate": is_private},
    })
}

fn activity(connection: Connection, after: Option<&str>) -> Call {
    let page = ActivityPage {
        login: jo(),
        connection,
        first: 30,
        after: after.map(str::to_owned),
    };
    Call::Activity(vec![page], "2026-10-31T00:00:00Z".parse().unwrap())
}

/// How many items, how many in all, whether a further page is of use, and how
/// many could not be read.
fn told<T>(page: &Page<T>) -> (usize, u32, bool, u32) {
    let (items, has_next) = (page.items.len(), page.next.is_some());
    (items, page.total, has_next, page.unread)
}

#[test]
fn a_connection_is_read_up_to_the_window_s_first_day_and_without_private_repositories() {
    let recent = node("2026-11-20T08:00:00Z", "OPEN", false);
    let private = node("2026-11-20T08:00:00Z", "OPEN", true);
    let old = node("2026-10-30T23:59:59Z", "OPEN", false);
    let odd = json!({"number": 1});
    let mut unsaid = recent.clone();
    unsaid["repository"]["isPrivate"] = Value::Null;
    let (nothing, more) = (false, true);
    for (nodes, total_count, has_next, is_first, expected) in [
        (vec![], 0, nothing, true, (0, 0, false, 0)),
        (vec![&recent, &private], 2, nothing, true, (1, 1, false, 0)),
        (vec![&recent, &old], 90, more, true, (1, 1, false, 0)),
        (vec![&recent], 90, more, true, (1, 90, true, 0)),
        (vec![&recent], 90, more, false, (1, 90, true, 0)),
        // GitHub says that there is a page, and counts none on it: its count
        // tells nothing then.
        (vec![&recent], 1, more, true, (1, 1_001, true, 0)),
        // GitHub counts more than it shows, and says that this is all.
        (vec![&recent], 3, nothing, true, (1, 3, false, 0)),
        (vec![&recent], 3, nothing, false, (1, 1, false, 0)),
        (vec![&recent, &odd], 2, nothing, true, (1, 2, false, 1)),
        // It may be private.
        (vec![&recent, &unsaid], 2, nothing, true, (1, 2, false, 1)),
        // What follows something old is old too.
        (
            vec![&recent, &old, &odd],
            3,
            nothing,
            true,
            (1, 1, false, 0),
        ),
    ] {
        let call = activity(Connection::PullRequests, (!is_first).then_some("a"));
        let page = json!({"totalCount": total_count, "nodes": nodes,
            "pageInfo": {"hasNextPage": has_next, "endCursor": "b"}});
        let body = json!({"data": {"u0": {"pullRequests": page}}});
        let Learned::PullRequests(page) = learned(&call, &body) else {
            panic!("no pull requests");
        };
        assert_eq!(told(&page), expected, "{body}");
        let shortfall = (expected.3 > 0).then_some(GapReason::Unreadable);
        assert_eq!(page.shortfall, shortfall, "{body}");
    }
}

#[test]
fn a_connection_shows_what_was_merged_in_a_repository_whenever_that_was() {
    let (recent, old) = ("2026-11-20T08:00:00Z", "2026-09-01T08:00:00Z");
    let mut elsewhere = node(old, "MERGED", false);
    elsewhere["repository"]["nameWithOwner"] = json!("acme/other");
    let nodes = [
        node(recent, "MERGED", false),
        node(recent, "OPEN", false),
        node(old, "MERGED", false),
        node(old, "MERGED", false),
        node(old, "MERGED", false),
        node(old, "CLOSED", false),
        node(old, "MERGED", true),
        elsewhere,
    ];
    let page = json!({"totalCount": 8, "nodes": nodes,
        "pageInfo": {"hasNextPage": false, "endCursor": null}});
    let body = json!({"data": {"u0": {"pullRequests": page}}});
    let Learned::PullRequests(page) = learned(&activity(Connection::PullRequests, None), &body)
    else {
        panic!("no pull requests");
    };
    for (repository, expected) in [("acme/r", 4), ("acme/other", 1), ("acme/none", 0)] {
        let merged = page.merged_in(&repository.parse().unwrap());
        assert_eq!(merged, expected, "{repository}");
    }
}

#[test]
fn totals_tell_when_the_newest_of_all_was_opened() {
    let total = |count: u32, newest: Option<&str>| {
        let nodes: Vec<_> = newest.iter().map(|at| json!({"createdAt": at})).collect();
        json!({"totalCount": count, "nodes": nodes})
    };
    let (older, newer) = ("2026-11-19T08:00:00Z", "2026-11-20T08:00:00Z");
    for (pull_request, issue, expected) in [
        (Some(older), Some(newer), Some(newer)),
        (Some(newer), Some(older), Some(newer)),
        (Some(older), None, Some(older)),
        (None, None, None),
    ] {
        let none = total(0, None);
        let body = json!({"data": {"u0": {
            "followers": none, "following": none, "ownRepositories": none, "forks": none,
            "pullRequests": total(7, pull_request), "mergedPullRequests": total(5, None),
            "closedPullRequests": total(1, None), "issues": total(3, issue),
        }}});
        let Learned::Counts(counts) = learned(&Call::Counts(vec![jo()]), &body) else {
            panic!("no totals");
        };
        let expected = expected.map(|at| at.parse().unwrap());
        assert_eq!(counts.newest_at, expected, "{pull_request:?} {issue:?}");
        let told = (counts.pull_requests, counts.merged_pull_requests);
        assert_eq!((told, counts.issues), ((7, 5), 3));
    }
}

#[test]
fn an_issue_is_open_or_closed_for_a_reason() {
    for (state, reason, expected) in [
        ("open", None, None),
        ("closed", Some("completed"), Some(ClosedAs::Completed)),
        ("closed", Some("not_planned"), Some(ClosedAs::NotPlanned)),
        ("closed", Some("duplicate"), Some(ClosedAs::Duplicate)),
        ("closed", None, Some(ClosedAs::Other)),
    ] {
        let whispered = json!({"number": 1, "title": "t", "state": state, "state_reason": reason,
            "created_at": CREATED_AT, "repository_url": "https://api.github.com/repos/acme/r"});
        let body = json!({"total_count": 1, "incomplete_results": false, "items": [whispered]});
        let rest = learned(&Call::SearchIssues(jo()), &body);

        let mut shouted = node("2026-11-20T08:00:00Z", &state.to_uppercase(), false);
        shouted["stateReason"] = Value::Null;
        shouted["closedAs"] = json!(reason.map(str::to_uppercase));
        let page = json!({"totalCount": 1, "nodes": [shouted],
            "pageInfo": {"hasNextPage": false, "endCursor": null}});
        let body = json!({"data": {"u0": {"issues": page}}});
        let graphql = learned(&activity(Connection::Issues, None), &body);
        for learned in [rest, graphql] {
            let Learned::Issues(page) = learned else {
                panic!("no issues");
            };
            let found: Vec<_> = page.items.iter().map(|it| it.closed_as).collect();
            assert_eq!(found, [expected], "{state} {reason:?}");
        }
    }
}

#[test]
fn a_pull_request_is_closed_by_a_commit_an_app_its_author_or_somebody_else() {
    let user = |login: &str| json!({"__typename": "User", "login": login});
    for (actor, closer, expected) in [
        (
            user("max"),
            json!({"__typename": "Commit"}),
            ClosedBy::Commit,
        ),
        (
            user("max"),
            json!({"__typename": "PullRequest"}),
            ClosedBy::Other,
        ),
        (user("max"), Value::Null, ClosedBy::Other),
        (user("JO"), Value::Null, ClosedBy::Author),
        (
            json!({"__typename": "Bot", "login": "stale"}),
            Value::Null,
            ClosedBy::Bot,
        ),
        // The account is gone.
        (Value::Null, Value::Null, ClosedBy::Other),
    ] {
        let event = json!({"actor": actor, "closer": closer});
        let body =
            json!({"data": {"nodes": [{"id": "PR_1", "timelineItems": {"nodes": [event]}}]}});
        let call = Call::Closers(vec![(jo(), vec!["PR_1".to_owned()])]);
        let Learned::Closers(closings) = learned(&call, &body) else {
            panic!("no closers");
        };
        assert_eq!(closings[0].closed_by, Some(expected), "{body}");
    }
}

#[test]
fn whoever_opened_a_page_s_item_is_a_person_an_app_or_gone() {
    let call = Call::Opener("acme/web".parse().unwrap(), 1);
    for (user, login, is_app) in [
        (json!({"login": "jo", "type": "User"}), "jo", false),
        (json!({"login": "jo"}), "jo", false),
        (json!({"login": "sweeper", "type": "Bot"}), "sweeper", true),
        (json!({"login": "sweeper[bot]"}), "sweeper[bot]", true),
        (Value::Null, "ghost", false),
    ] {
        let answer = answer(&call, &json!({"user": user}));
        let Some(GeneralAnswer::Opener(opener)) = answer.general else {
            panic!("no opener");
        };
        assert_eq!((opener.login.as_str(), opener.is_app), (login, is_app));
    }
}

#[test]
fn what_is_left_of_each_limit_is_told_by_its_name() {
    let bucket =
        |remaining: u32| json!({"limit": 5000, "remaining": remaining, "reset": 1_795_262_400});
    let resources =
        json!({"core": bucket(1), "search": bucket(2), "graphql": bucket(3), "scim": bucket(4)});
    let told = answer(&Call::RateLimits, &json!({"resources": resources}));
    let Some(GeneralAnswer::RateLimits(limits)) = told.general else {
        panic!("no limits");
    };
    let left: Vec<_> = limits
        .iter()
        .map(|(bucket, it)| (*bucket, it.remaining))
        .collect();
    let expected = [(Bucket::Core, 1), (Bucket::Search, 2), (Bucket::Graphql, 3)];
    assert_eq!(left, expected);
}

#[test]
fn a_search_says_that_it_left_out_what_cannot_be_read() {
    let item = json!({"number": 1, "title": "t", "state": "open", "created_at": CREATED_AT,
        "repository_url": "https://api.github.com/repos/acme/r"});
    for (items, expected) in [
        (vec![&item], None),
        (vec![&item, &Value::Null], Some(GapReason::Unreadable)),
    ] {
        let body = json!({"total_count": items.len(), "incomplete_results": false, "items": items});
        let Learned::Issues(page) = learned(&Call::SearchIssues(jo()), &body) else {
            panic!("no issues");
        };
        assert_eq!((page.items.len(), page.shortfall), (1, expected));
    }
}

#[test]
fn a_classic_token_tells_its_scopes() {
    for (header, expected) in [
        (Some("repo, read:org"), &["repo", "read:org"][..]),
        (Some(""), &[]),
        (None, &[]),
    ] {
        let headers: Vec<_> = header
            .map(|it| ("x-oauth-scopes", it))
            .into_iter()
            .collect();
        let told = reply(200, &headers, &json!({"login": "jo"}));
        let answer = read(&Call::TokenOwner, &told).unwrap();
        let Some(GeneralAnswer::TokenOwner(owner)) = answer.general else {
            panic!("no owner");
        };
        assert_eq!(owner.scopes, expected, "{header:?}");
    }
}

#[test]
fn each_failure_has_a_word_of_its_own_in_the_timeline() {
    let all = [Failure::Network, Failure::NoPermission, Failure::TimedOut];
    let words = all.map(Failure::name);
    assert_eq!(words, ["network", "noPermission", "timedOut"]);
}
