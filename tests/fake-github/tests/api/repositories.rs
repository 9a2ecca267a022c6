//! Whole repositories: a large one page by page, and those that are gone, renamed or empty.

use std::collections::BTreeSet;

use fake_github::latency::Latency;
use fake_github::tokens::CLASSIC;
use fake_github::{GitHub, Request};
use jiff::Timestamp;
use serde_json::{Value, json};

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().expect("a timestamp")
}

fn ask(github: &mut GitHub, document: &str, variables: &Value) -> Value {
    let answer = github.respond(&Request::graphql(document, variables, Some(CLASSIC)), now());
    let body = answer.body_json();
    assert!(
        answer.status == 200 && body.get("errors").is_none(),
        "{body}"
    );
    body["data"].clone()
}

/// All of a list of `acme/crowd`, by pages of a hundred, and its total.
fn crowd(list: &str, fields: &str) -> (Vec<Value>, u64) {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let document = format!(
        "query($after: String) {{ repository(owner: \"acme\", name: \"crowd\") {{ nameWithOwner
            list: {list}(first: 100, after: $after, orderBy: {{ field: CREATED_AT, direction: DESC }}) {{
                totalCount pageInfo {{ hasNextPage endCursor }}
                nodes {{ number title state createdAt closedAt author {{ login __typename }} authorAssociation
                    assignees(first: 3) {{ nodes {{ login }} }} {fields} }} }} }} }}"
    );
    let mut found = Vec::new();
    let mut after = Value::Null;
    loop {
        let data = ask(&mut github, &document, &json!({ "after": after }));
        let page = &data["repository"]["list"];
        found.extend(page["nodes"].as_array().expect("nodes").iter().cloned());
        if page["pageInfo"]["hasNextPage"] == false {
            let total = page["totalCount"].as_u64().expect("a total");
            return (found, total);
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

#[test]
fn three_thousand_pull_requests_of_twelve_hundred_people() {
    let (found, total) = crowd("pullRequests", "isDraft mergedAt");
    assert_eq!((found.len(), total), (3000, 3000));
    let numbers: Vec<u64> = found
        .iter()
        .filter_map(|it| it["number"].as_u64())
        .collect();
    assert!(numbers.is_sorted_by(|newer, older| newer > older));
    let people: BTreeSet<&str> = found
        .iter()
        .filter(|it| it["author"]["__typename"] == "User")
        .filter_map(|it| it["author"]["login"].as_str())
        .collect();
    assert_eq!(people.len(), 1200);
    let count = |fits: &dyn Fn(&Value) -> bool| found.iter().filter(|it| fits(it)).count();
    assert_eq!(count(&|it| it["author"].is_null()), 50);
    assert_eq!(count(&|it| it["author"]["login"] == "crowd-updates"), 100);
    for state in ["OPEN", "CLOSED", "MERGED"] {
        assert!(count(&|it| it["state"] == state) > 500, "{state}");
    }
    let is_late = |it: &Value| it["closedAt"].as_str() > Some("2026-11-21T12:00:00Z");
    assert_eq!(count(&is_late), 0);
}

#[test]
fn issues_too() {
    let raced = "closedByPullRequestsReferences(first: 20, includeClosedPrs: true) { totalCount }";
    let (found, total) = crowd("issues", &format!("stateReason {raced}"));
    assert_eq!((found.len(), total), (800, 800));
    let is_raced =
        |it: &&Value| it["closedByPullRequestsReferences"]["totalCount"].as_u64() > Some(2);
    assert!(found.iter().filter(is_raced).count() > 20);
}

#[test]
fn what_somebody_did_there_is_in_their_own_record() {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let document = "{
        repository(owner: \"acme\", name: \"crowd\") {
            open: pullRequests(states: [OPEN]) { totalCount }
            first: pullRequests(first: 1) { nodes { id number author { login } } }
        }
        there: search(type: ISSUE, query: \"repo:acme/crowd is:pr author:gen-10600\", first: 1) { issueCount }
        past: search(type: ISSUE, query: \"repo:acme/crowd is:pr created:2026-01-01..2026-06-30\", first: 1) { issueCount }
        user(login: \"gen-10600\") { createdAt pullRequests { totalCount } }
    }";
    let data = ask(&mut github, document, &json!({}));
    assert!(data["there"]["issueCount"].as_u64() >= Some(24), "{data}");
    assert!(
        data["user"]["pullRequests"]["totalCount"].as_u64() >= data["there"]["issueCount"].as_u64()
    );
    let past = data["past"]["issueCount"].as_u64().expect("a count");
    assert!((200..2800).contains(&past), "{past}");
    let first = &data["repository"]["first"]["nodes"][0];
    let document =
        "query($id: ID!) { node(id: $id) { ... on PullRequest { number author { login } } } }";
    let again = ask(&mut github, document, &json!({ "id": first["id"] }));
    assert_eq!(
        (&again["node"]["number"], &again["node"]["author"]),
        (&first["number"], &first["author"])
    );
}

#[test]
fn it_is_the_same_each_time() {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let document = "{ repository(owner: \"acme\", name: \"crowd\") { pullRequests(last: 3) { nodes { title number author { login } } } } }";
    let first = ask(&mut github, document, &json!({}));
    let mut other = GitHub::new(1, Latency::NONE, now());
    assert_eq!(first, ask(&mut other, document, &json!({})));
    let mut other = GitHub::new(2, Latency::NONE, now());
    assert_ne!(first, ask(&mut other, document, &json!({})));
}

#[test]
fn repositories_of_other_kinds() {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let document = "query($name: String!) { repository(owner: \"acme\", name: $name) {
        nameWithOwner pullRequests(first: 9) { totalCount nodes { number } } } }";
    let request = |name: &str| Request::graphql(document, &json!({ "name": name }), Some(CLASSIC));
    let mut told = |name: &str| github.respond(&request(name), now()).body_json();
    let empty =
        json!({ "nameWithOwner": "acme/empty", "pullRequests": { "totalCount": 0, "nodes": [] } });
    assert_eq!(told("empty"), json!({ "data": { "repository": empty } }));
    for name in ["gone", "secret"] {
        let body = told(name);
        assert_eq!(body["data"]["repository"], Value::Null, "{name}");
        assert_eq!(body["errors"][0]["type"], "NOT_FOUND", "{name}");
    }
    let renamed = told("old-web");
    let repository = &renamed["data"]["repository"];
    assert_eq!(repository["nameWithOwner"], "acme/web");
    assert!(repository["pullRequests"]["totalCount"].as_u64() > Some(30));
}

#[test]
fn rest_leads_to_the_new_name() {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let mut get = |path: &str| github.respond(&Request::get(path, Some(CLASSIC)), now());
    for (old, name, value) in [
        ("/repos/acme/old-web", "full_name", json!("acme/web")),
        ("/repos/Acme/Old-Web/pulls/7", "number", json!(7)),
    ] {
        let answer = get(old);
        assert_eq!(answer.status, 301, "{old}");
        let location = answer.header("location").expect("a location");
        let path = location
            .strip_prefix("https://api.github.com")
            .expect("a path");
        let answer = get(path);
        assert_eq!(
            (answer.status, &answer.body_json()[name]),
            (200, &value),
            "{old}"
        );
    }
    assert_eq!(get("/repos/acme/gone").status, 404);
    assert_eq!(get("/repos/acme/empty").status, 200);
}
