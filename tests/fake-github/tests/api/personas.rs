//! The personas have the traits that their sentences promise, seen through the API.

use fake_github::latency::Latency;
use fake_github::tokens::CLASSIC;
use fake_github::{GitHub, Request};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().expect("a timestamp")
}

const SEARCH: &str = "query($q: String!, $after: String) { search(type: ISSUE, query: $q, first: 100, after: $after) {
    issueCount pageInfo { hasNextPage endCursor }
    nodes { __typename
        ... on PullRequest { title pull: state createdAt authorAssociation repository { nameWithOwner owner { login } } }
        ... on Issue { title issue: state stateReason(enableDuplicate: true) plainReason: stateReason repository { nameWithOwner } }
    } } }";

fn run(github: &mut GitHub, document: &str, variables: &Value) -> Value {
    let answer = github.respond(&Request::graphql(document, variables, Some(CLASSIC)), now());
    let body = answer.body_json();
    assert!(
        answer.status == 200 && body.get("errors").is_none(),
        "{body}"
    );
    body
}

/// All that a search finds, page by page; within the window unless the query names a date.
fn find(query: &str) -> Vec<Value> {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let query = format!("{query} created:>=2026-10-31");
    let mut found = Vec::new();
    let mut after = Value::Null;
    loop {
        let body = run(&mut github, SEARCH, &json!({ "q": query, "after": after }));
        let search = &body["data"]["search"];
        found.extend(search["nodes"].as_array().expect("nodes").iter().cloned());
        if search["pageInfo"]["hasNextPage"] == false {
            assert_eq!(search["issueCount"], found.len());
            return found;
        }
        after = search["pageInfo"]["endCursor"].clone();
    }
}

/// How many of the found have that value at that pointer.
fn count(found: &[Value], pointer: &str, value: &str) -> usize {
    found
        .iter()
        .filter(|one| one.pointer(pointer) == Some(&json!(value)))
        .count()
}

fn distinct(found: &[Value], pointer: &str) -> usize {
    let values = found
        .iter()
        .filter_map(|one| one.pointer(pointer)?.as_str());
    values.collect::<std::collections::BTreeSet<_>>().len()
}

#[test]
fn pull_requests_in_the_window() {
    let check = |login: &str, all: usize, closed: usize, repositories: usize| {
        let found = find(&format!("author:{login} is:pr"));
        let told = (found.len(), count(&found, "/pull", "CLOSED"));
        assert_eq!(told, (all, closed), "{login}");
        assert_eq!(
            distinct(&found, "/repository/nameWithOwner"),
            repositories,
            "{login}"
        );
    };
    check("quiet-quinn", 0, 0, 0);
    check("newcomer-nia", 1, 0, 1);
    check("patchy-pat", 9, 3, 4);
    check("rejected-rex", 10, 7, 5);
    check("serial-sam", 70, 0, 70);
    check("busy-bea", 260, 140, 12);
    check("org-olga", 10, 5, 2);
    check("private-priya", 0, 0, 0);
}

#[test]
fn rex_was_rejected_in_five_repositories() {
    let found = find("author:rejected-rex is:pr is:unmerged is:closed");
    assert_eq!(distinct(&found, "/repository/nameWithOwner"), 5);
}

#[test]
fn sam_opened_all_within_three_days() {
    let found = find("author:serial-sam is:pr");
    assert_eq!(count(&found, "/title", "Fix typo in README"), 70);
    let times: Vec<Timestamp> = found
        .iter()
        .filter_map(|one| one["createdAt"].as_str()?.parse().ok())
        .collect();
    let span = *times.iter().max().expect("a time") - *times.iter().min().expect("a time");
    assert!(span.get_hours() <= 72, "{span}");
}

#[test]
fn beas_first_page_is_clean() {
    let found = find("author:busy-bea is:pr");
    assert_eq!(count(&found[..100], "/pull", "CLOSED"), 0);
    assert_eq!(distinct(&found, "/title"), 260);
}

#[test]
fn issues_in_the_window() {
    let check = |login: &str, all: usize, pointer: &str, value: &str, some: usize| {
        let found = find(&format!("author:{login} is:issue"));
        assert_eq!(
            (found.len(), count(&found, pointer, value)),
            (all, some),
            "{login}"
        );
    };
    check("echo-eve", 10, "/title", "Improve README", 8);
    check("notplanned-ned", 5, "/stateReason", "NOT_PLANNED", 5);
    check("dup-dora", 6, "/stateReason", "DUPLICATE", 6);
    check("dup-dora", 6, "/plainReason", "NOT_PLANNED", 6);
}

#[test]
fn here() {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let mut check = |login: &str, merged: usize, association: &str| {
        let query = format!("repo:acme/web author:{login} is:pr");
        let body = run(&mut github, SEARCH, &json!({ "q": query }));
        let found = body["data"]["search"]["nodes"].as_array().expect("nodes");
        assert_eq!(count(found, "/pull", "MERGED"), merged, "{login}");
        let told = count(found, "/authorAssociation", association);
        assert_eq!(told, found.len(), "{login}");
    };
    check("ada-steady", 12, "CONTRIBUTOR");
    check("mel-member", 6, "MEMBER");
    check("owen-owner", 4, "COLLABORATOR");
    check("serial-sam", 0, "FIRST_TIME_CONTRIBUTOR");
    check("newcomer-nia", 0, "FIRST_TIME_CONTRIBUTOR");
}

#[test]
fn olgas_organization_is_listed_in_another_case() {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let answer = github.respond(&Request::get("/users/org-olga/orgs", None), now());
    assert_eq!(answer.body_json()[0]["login"], "Hooli-Labs");
    let found = find("author:org-olga is:pr");
    assert_eq!(count(&found, "/repository/owner/login", "hooli-labs"), 9);
}

#[test]
fn priya_cannot_be_searched_but_has_pull_requests() {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let document = "{ user(login: \"private-priya\") { pullRequests(last: 1) { totalCount nodes { createdAt } } } }";
    let body = run(&mut github, document, &json!({}));
    let pulls = &body["data"]["user"]["pullRequests"];
    assert_eq!(pulls["totalCount"], 2);
    let newest: Timestamp = pulls["nodes"][0]["createdAt"]
        .as_str()
        .expect("a time")
        .parse()
        .expect("a time");
    assert!(
        newest > now() - SignedDuration::from_hours(21 * 24),
        "{newest}"
    );
}

#[test]
fn profiles() {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let mut check = |login: &str, kind: &str, days: i64| {
        let answer = github.respond(
            &Request::get(&format!("/users/{login}"), Some(CLASSIC)),
            now(),
        );
        let body = answer.body_json();
        assert_eq!(
            (answer.status, &body["type"]),
            (200, &json!(kind)),
            "{login}"
        );
        let made: Timestamp = body["created_at"]
            .as_str()
            .expect("a time")
            .parse()
            .expect("a time");
        assert_eq!(
            (now().as_second() - made.as_second()) / 86_400,
            days,
            "{login}"
        );
    };
    check("newcomer-nia", "User", 12);
    check("ADA-STEADY", "User", 2920);
    check("acme", "Organization", 3600);
    check("dependabot%5Bbot%5D", "Bot", 2000);
    check("ghost", "User", 5200);
    check("kim_acme", "User", 400);
    check("trailing-", "User", 3100);
    check(&"a".repeat(39), "User", 1200);
}

#[test]
fn the_pages_openers() {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let mut check = |path: &str, login: &str| {
        let answer = github.respond(
            &Request::get(&format!("/repos/{path}"), Some(CLASSIC)),
            now(),
        );
        assert_eq!(answer.body_json()["user"]["login"], login, "{path}");
    };
    check("acme/web/issues/1", "patchy-pat");
    check("acme/web/issues/2", "busy-bea");
    check("acme/web/pulls/7", "serial-sam");
    check("acme/web/pulls/8", "newcomer-nia");
    check("acme/web/pulls/1025", "gen-1");
    check("demo-own/tool/issues/3", "quiet-quinn");
}

#[test]
fn generated_accounts_differ_and_stay_the_same() {
    let mut first = GitHub::new(1, Latency::NONE, now());
    let mut second = GitHub::new(1, Latency::NONE, now());
    let mut other_seed = GitHub::new(2, Latency::NONE, now());
    let mut differing = 0;
    for number in 0..200 {
        let request = Request::get(&format!("/users/gen-{number}"), Some(CLASSIC));
        let body = first.respond(&request, now()).body;
        assert_eq!(body, second.respond(&request, now()).body, "gen-{number}");
        differing += usize::from(body != other_seed.respond(&request, now()).body);
    }
    assert!(differing > 190, "{differing} of 200 depend on the seed");
}

#[test]
fn an_item_is_found_by_its_id() {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let document =
        "{ repository(owner: \"acme\", name: \"web\") { pullRequest(number: 7) { id } } }";
    let body = run(&mut github, document, &json!({}));
    let id = &body["data"]["repository"]["pullRequest"]["id"];
    let document = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on PullRequest { number author { login } } } }";
    let body = run(&mut github, document, &json!({ "ids": [id] }));
    assert_eq!(
        body["data"]["nodes"],
        json!([{ "number": 7, "author": { "login": "serial-sam" } }])
    );
}
