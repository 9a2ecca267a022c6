//! Activity by connection: its order and pages, who closed, who may see what, and its price.

use fake_github::latency::Latency;
use fake_github::tokens::{CLASSIC, CLASSIC_REPO, FINE_GRAINED};
use fake_github::{GitHub, Request};
use jiff::Timestamp;
use serde_json::{Value, json};

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().expect("a timestamp")
}

fn ask(github: &mut GitHub, document: &str, variables: &Value, token: &str) -> Value {
    let answer = github.respond(&Request::graphql(document, variables, Some(token)), now());
    let body = answer.body_json();
    assert!(
        answer.status == 200 && body.get("errors").is_none(),
        "{body}"
    );
    body["data"].clone()
}

const PULLS: &str = "query($login: String!, $after: String) { user(login: $login) {
    pullRequests(first: 30, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
        totalCount pageInfo { hasNextPage endCursor }
        nodes { id number title state createdAt closedAt mergedAt authorAssociation
            repository { nameWithOwner isInOrganization isPrivate } } } } }";

/// All pull requests of somebody, page by page, and how many pages there were.
fn pulls(login: &str, token: &str) -> (Vec<Value>, usize) {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let mut found = Vec::new();
    let mut after = Value::Null;
    for pages in 1.. {
        let variables = json!({ "login": login, "after": after });
        let data = ask(&mut github, PULLS, &variables, token);
        let page = &data["user"]["pullRequests"];
        found.extend(page["nodes"].as_array().expect("nodes").iter().cloned());
        if page["pageInfo"]["hasNextPage"] == false {
            assert_eq!(page["totalCount"], found.len(), "{login}");
            return (found, pages);
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    unreachable!("the pages end");
}

#[test]
fn newest_first_page_by_page() {
    let check = |login: &str, all: usize, pages: usize| {
        let (found, asked) = pulls(login, CLASSIC);
        assert_eq!((found.len(), asked), (all, pages), "{login}");
        let times = found.iter().map(|pull| pull["createdAt"].as_str());
        assert!(times.is_sorted_by(|newer, older| newer >= older), "{login}");
    };
    check("busy-bea", 261, 9);
    check("ada-steady", 15, 1);
    check("private-hugo", 8, 1);
    check("private-paula", 4, 1);
    check("blank-bo", 0, 1);
}

#[test]
fn private_repositories_are_seen_with_the_scope_only() {
    let check = |token: &str, private: usize, all: usize| {
        let (found, _) = pulls("secret-sven", token);
        let hidden = |pull: &&Value| pull["repository"]["isPrivate"] == true;
        assert_eq!(
            (found.iter().filter(hidden).count(), found.len()),
            (private, all)
        );
    };
    check(CLASSIC, 0, 1);
    check(FINE_GRAINED, 0, 1);
    check(CLASSIC_REPO, 7, 8);
}

#[test]
fn a_repository_that_a_token_cannot_see() {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let document = "{ repository(owner: \"acme\", name: \"secret\") { nameWithOwner isPrivate } \
        search(type: ISSUE, query: \"repo:acme/secret author:secret-sven is:pr\", first: 9) { issueCount } }";
    let request = Request::graphql(document, &json!({}), Some(CLASSIC));
    let body = github.respond(&request, now()).body_json();
    assert_eq!(
        body["data"],
        json!({ "repository": null, "search": { "issueCount": 0 } })
    );
    assert_eq!(body["errors"][0]["type"], "NOT_FOUND");
    let data = ask(&mut github, document, &json!({}), CLASSIC_REPO);
    let seen = json!({ "nameWithOwner": "acme/secret", "isPrivate": true });
    assert_eq!(
        data,
        json!({ "repository": seen, "search": { "issueCount": 7 } })
    );
    let mut status = |path: &str, token: &str| {
        let answer = github.respond(&Request::get(path, Some(token)), now());
        answer.status
    };
    assert_eq!(status("/repos/acme/secret", CLASSIC), 404);
    assert_eq!(status("/repos/acme/secret", CLASSIC_REPO), 200);
    let search = "/search/issues?q=repo:acme/secret+is:pr";
    assert_eq!(status(search, CLASSIC), 422);
    assert_eq!(status(search, CLASSIC_REPO), 200);
}

const CLOSERS: &str = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on PullRequest { id
    timelineItems(itemTypes: [CLOSED_EVENT], last: 1) { nodes { ... on ClosedEvent {
        actor { login __typename } closer { __typename } } } } } } }";

#[test]
fn who_closed() {
    let check = |login: &str, actor: Value, closer: &Value| {
        let (found, _) = pulls(login, CLASSIC);
        let closed = found.iter().filter(|pull| pull["state"] == "CLOSED");
        let ids: Vec<&Value> = closed.map(|pull| &pull["id"]).take(20).collect();
        let mut github = GitHub::new(1, Latency::NONE, now());
        let data = ask(&mut github, CLOSERS, &json!({ "ids": ids }), CLASSIC);
        let nodes = data["nodes"].as_array().expect("nodes");
        assert!(!nodes.is_empty(), "{login}");
        for (node, id) in nodes.iter().zip(ids) {
            let event = json!({ "actor": actor, "closer": closer });
            assert_eq!(&node["id"], id, "{login}");
            assert_eq!(node["timelineItems"]["nodes"], json!([event]), "{login}");
        }
    };
    let user = |login: &str| json!({ "login": login, "__typename": "User" });
    let none = Value::Null;
    check("rejected-rex", user("maintainer-max"), &none);
    check("private-hugo", user("maintainer-max"), &none);
    check("withdrawn-willa", user("withdrawn-willa"), &none);
    let app = json!({ "login": "stale", "__typename": "Bot" });
    check("stale-stan", app, &none);
    check("ghosted-gus", Value::Null, &none);
    let commit = json!({ "__typename": "Commit" });
    check("landed-lars", user("pytorchmergebot"), &commit);
}

#[test]
fn totals_by_state() {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let document = "query($login: String!) { user(login: $login) {
        merged: pullRequests(states: [MERGED]) { totalCount }
        closed: pullRequests(states: [CLOSED]) { totalCount }
        issues { totalCount } } }";
    let mut check = |login: &str, merged: u32, closed: u32, issues: u32| {
        let data = ask(
            &mut github,
            document,
            &json!({ "login": login }),
            FINE_GRAINED,
        );
        let expected = json!({
            "merged": { "totalCount": merged },
            "closed": { "totalCount": closed },
            "issues": { "totalCount": issues },
        });
        assert_eq!(data["user"], expected, "{login}");
    };
    check("busy-bea", 121, 140, 1);
    check("quiet-quinn", 5, 0, 1);
    check("spray-ingo", 0, 0, 18);
    check("translator-tara", 12, 0, 0);
}

#[test]
fn one_pull_request() {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let document = "query($number: Int!) { repository(owner: \"acme\", name: \"web\") { pullRequest(number: $number) {
        isDraft additions deletions changedFiles authorAssociation author { login }
        closingIssuesReferences(first: 5) { nodes { number title state author { login } assignees(first: 5) { nodes { login } }
            closedByPullRequestsReferences(first: 20, includeClosedPrs: false) { totalCount nodes { number author { login } } } } }
        latestReviews(first: 10) { nodes { state author { login } authorAssociation } }
        timelineItems(last: 30, itemTypes: [ISSUE_COMMENT, PULL_REQUEST_COMMIT, PULL_REQUEST_REVIEW]) { nodes { __typename
            ... on IssueComment { author { login } createdAt }
            ... on PullRequestReview { state author { login } submittedAt }
            ... on PullRequestCommit { commit { committedDate author { user { login } } } } } } } } }";
    let data = ask(&mut github, document, &json!({ "number": 7 }), CLASSIC);
    let pull = &data["repository"]["pullRequest"];
    assert_eq!(pull["author"]["login"], "serial-sam");
    let sizes = [
        &pull["additions"],
        &pull["deletions"],
        &pull["changedFiles"],
    ];
    assert_eq!(sizes, [&json!(8), &json!(7), &json!(8)]);
    let issue = &pull["closingIssuesReferences"]["nodes"][0];
    assert_eq!(issue["number"], 1);
    assert_eq!(
        issue["assignees"]["nodes"],
        json!([{ "login": "mel-member" }])
    );
    // Three race for the same issue.
    assert_eq!(issue["closedByPullRequestsReferences"]["totalCount"], 3);
    let review = &pull["latestReviews"]["nodes"][0];
    assert_eq!(
        (&review["state"], &review["authorAssociation"]),
        (&json!("CHANGES_REQUESTED"), &json!("MEMBER"))
    );
    let kinds = |pull: &Value| -> Vec<Value> {
        let nodes = pull["timelineItems"]["nodes"].as_array().expect("nodes");
        nodes
            .iter()
            .map(|node| node["__typename"].clone())
            .collect()
    };
    assert_eq!(
        kinds(pull),
        ["PullRequestCommit", "PullRequestReview", "IssueComment"]
    );
    let data = ask(&mut github, document, &json!({ "number": 8 }), CLASSIC);
    assert_eq!(kinds(&data["repository"]["pullRequest"]).len(), 5);
}

/// The milliseconds that a document takes by the model, and its status.
fn price(document: &str) -> (u16, u128) {
    let mut github = GitHub::new(1, Latency::MODEL, now());
    let request = Request::graphql(document, &json!({}), Some(CLASSIC));
    let answer = github.respond(&request, now());
    (answer.status, answer.latency.as_millis())
}

#[test]
fn prices() {
    let check = |fields: &str, milliseconds: u128| {
        assert_eq!(
            price(&format!("{{ {fields} }}")),
            (200, milliseconds),
            "{fields}"
        );
    };
    check("user(login: \"busy-bea\") { login }", 250 + 5);
    let connection = "pullRequests(first: 30) { nodes { title } }";
    check(
        &format!("user(login: \"busy-bea\") {{ {connection} }}"),
        250 + 5 + 45 + 30 * 4,
    );
    check(
        &format!("user(login: \"quiet-quinn\") {{ {connection} }}"),
        250 + 5 + 45 + 5 * 4,
    );
    check(
        "user(login: \"busy-bea\") { pullRequests { totalCount } }",
        250 + 5 + 45,
    );
    check(
        "search(type: ISSUE, query: \"author:busy-bea is:pr\", first: 20) { nodes { ... on PullRequest { title } } }",
        250 + 450 + 20 * 4,
    );
    // A connection inside a list is paid for each of its nodes.
    check(
        "user(login: \"busy-bea\") { pullRequests(first: 20) { nodes { timelineItems(itemTypes: [CLOSED_EVENT], last: 1) { totalCount } } } }",
        250 + 5 + 45 + 20 * (4 + 45),
    );
}

#[test]
fn ten_seconds_are_the_most() {
    let nested = "timelineItems(itemTypes: [CLOSED_EVENT], last: 1) { totalCount } comments(first: 1) { totalCount }";
    let document = |first: u32| {
        format!(
            "{{ user(login: \"busy-bea\") {{ pullRequests(first: {first}) {{ nodes {{ {nested} labels(first: 1) {{ totalCount }} }} }} }} }}"
        )
    };
    assert_eq!(price(&document(69)), (200, 250 + 5 + 45 + 69 * 139));
    assert_eq!(price(&document(70)), (502, 10_000));
    let mut github = GitHub::new(1, Latency::MODEL, now());
    github.respond(
        &Request::graphql(&document(70), &json!({}), Some(CLASSIC)),
        now(),
    );
    let log = serde_json::to_value(github.log().summary()).expect("a log");
    // 211 requests are two points, and as many more are taken for what had to be ended.
    assert_eq!(log["graphqlPoints"], 4);
}

#[test]
fn arguments_that_are_not_heeded_are_no_answer_of_github() {
    let mut github = GitHub::new(1, Latency::NONE, now());
    for field in [
        "pullRequests(first: 1, labels: [\"bug\"]) { totalCount }",
        "issues(first: 1, filterBy: { since: \"2026-11-01T00:00:00Z\" }) { totalCount }",
        "pullRequests(first: 1, orderBy: { field: COMMENTS, direction: DESC }) { totalCount }",
    ] {
        let document = format!("{{ viewer {{ {field} }} }}");
        let request = Request::graphql(&document, &json!({}), Some(CLASSIC));
        assert_eq!(github.respond(&request, now()).status, 501, "{field}");
    }
    let log = serde_json::to_value(github.log().summary()).expect("a log");
    assert_eq!(log["unimplemented"].as_array().map(Vec::len), Some(3));
}
