//! What GitHub refuses, the loopback GitHub refuses in the same words.

use fake_github::latency::Latency;
use fake_github::limits::{Bucket, Set};
use fake_github::tokens::{CLASSIC, CLASSIC_REPO, EXPIRING, FINE_GRAINED, REVOKED};
use fake_github::{Answer, GitHub, Request};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

fn start() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().expect("a timestamp")
}

fn github() -> GitHub {
    GitHub::new(1, Latency::NONE, start())
}

fn graphql(github: &mut GitHub, document: &str, variables: &Value, token: &str) -> Value {
    let answer = github.respond(&Request::graphql(document, variables, Some(token)), start());
    assert_eq!(answer.status, 200, "{document}");
    answer.body_json()
}

#[test]
fn documents_that_break_the_schema() {
    let check = |document: &str, variables: Value, message: &str| {
        let body = graphql(&mut github(), document, &variables, CLASSIC);
        assert_eq!(body["errors"][0]["message"], message, "{body}");
        assert!(body.get("data").is_none(), "{body}");
    };
    check(
        "{ viewer { xyz } }",
        json!({}),
        "Field 'xyz' doesn't exist on type 'User'",
    );
    check(
        "{ viewer { login(a: 1) } }",
        json!({}),
        "Field 'login' doesn't accept argument 'a'",
    );
    check(
        "{ user { login } }",
        json!({}),
        "Field 'user' is missing required arguments: login",
    );
    check(
        "{ viewer }",
        json!({}),
        "Field must have selections (field 'viewer' returns User but has no selections. Did you mean 'viewer { ... }'?)",
    );
    check(
        "{ viewer { login ",
        json!({}),
        "Parse error on \"end of file\" at [1, 18]",
    );
    check(
        "query($l: String!) { user(login: $l) { login } }",
        json!({}),
        "Variable $l of type String! was provided invalid value",
    );
    check(
        "query($n: Int!) { viewer { followers(first: $n) { totalCount } } }",
        json!({ "n": "ten" }),
        "Variable $n of type Int! was provided invalid value",
    );
    check(
        "{ viewer { a: repositories(first: 100) { nodes { issue(number: 1) { comments(first: 100) { nodes { id } } labels(first: 100) { nodes { name } } } } } } \
         b: search(type: ISSUE, query: \"is:pr\", first: 100) { nodes { ... on PullRequest { comments(first: 100) { nodes { author { ... on User { repositories(first: 100) { nodes { name } } } } } } } } } }",
        json!({}),
        "This query requests up to 1,030,200 possible nodes which exceeds the maximum limit of 500,000.",
    );
}

#[test]
fn an_unknown_field_tells_its_path() {
    let document = "query Page { u0: user(login: \"x\") { ... on User { xyz } } }";
    let body = graphql(&mut github(), document, &json!({}), CLASSIC);
    let error = &body["errors"][0];
    assert_eq!(
        error["path"],
        json!(["query Page", "u0", "... on User", "xyz"])
    );
    let extensions = json!({ "code": "undefinedField", "typeName": "User", "fieldName": "xyz" });
    assert_eq!(error["extensions"], extensions);
}

#[test]
fn fields_that_fail_leave_their_siblings() {
    let check = |field: &str, kind: &str, message: &str| {
        let document = format!("{{ bad: {field} viewer {{ login }} }}");
        let body = graphql(&mut github(), &document, &json!({}), CLASSIC);
        let error = &body["errors"][0];
        assert_eq!(
            (&error["type"], &error["message"]),
            (&json!(kind), &json!(message)),
            "{body}"
        );
        assert_eq!(error["path"][0], "bad");
        assert_eq!(body["data"]["viewer"]["login"], "maintainer-max");
        assert_eq!(body["data"]["bad"], Value::Null);
    };
    let user = "Could not resolve to a User with the login of 'missing-x'.";
    check("user(login: \"missing-x\") { login }", "NOT_FOUND", user);
    let user = "Could not resolve to a User with the login of 'acme'.";
    check("user(login: \"acme\") { login }", "NOT_FOUND", user);
    let owner = "Could not resolve to a RepositoryOwner with the login of 'suspended-sid'.";
    check(
        "repositoryOwner(login: \"suspended-sid\") { login }",
        "NOT_FOUND",
        owner,
    );
    let repository = "Could not resolve to a Repository with the name 'no/where'.";
    check(
        "repository(owner: \"no\", name: \"where\") { name }",
        "NOT_FOUND",
        repository,
    );
    check(
        "user(login: \"ada-steady\") { followers { nodes { login } } }",
        "MISSING_PAGINATION_BOUNDARIES",
        "You must provide a `first` or `last` value to properly paginate the `followers` connection.",
    );
    check(
        "user(login: \"ada-steady\") { pullRequests(first: 101) { nodes { title } } }",
        "EXCESSIVE_PAGINATION",
        "Requesting 101 records on the `pullRequests` connection exceeds the `first` limit of 100 records.",
    );
}

#[test]
fn counting_needs_no_page() {
    let document = "{ user(login: \"ada-steady\") { followers { totalCount } } }";
    let body = graphql(&mut github(), document, &json!({}), CLASSIC);
    assert_eq!(
        body,
        json!({ "data": { "user": { "followers": { "totalCount": 140 } } } })
    );
}

#[test]
fn scopes() {
    let check = |field: &str, token: &str, refused: bool| {
        let document = format!("{{ user(login: \"org-olga\") {{ {field} }} }}");
        let body = graphql(&mut github(), &document, &json!({}), token);
        assert_eq!(
            body["errors"][0]["type"] == "INSUFFICIENT_SCOPES",
            refused,
            "{body}"
        );
        assert_eq!(body.get("data").is_none(), refused, "{body}");
    };
    let organizations = "organizations(first: 9) { nodes { login } }";
    check("email", CLASSIC, true);
    check("email", CLASSIC_REPO, false);
    check("email", FINE_GRAINED, false);
    check(organizations, CLASSIC, true);
    check(organizations, CLASSIC_REPO, false);
    check("organizations(first: 9) { totalCount }", CLASSIC, false);
    check("starredRepositories { totalCount }", CLASSIC, true);
    check("login bio company", CLASSIC, false);
}

#[test]
fn what_is_missing_here_is_no_answer_of_github() {
    let mut github = github();
    let request = Request::graphql(
        "{ viewer { gists { totalCount } } }",
        &json!({}),
        Some(CLASSIC),
    );
    assert_eq!(github.respond(&request, start()).status, 501);
    let request = Request::get("/gists/public", Some(CLASSIC));
    assert_eq!(github.respond(&request, start()).status, 501);
    let log = serde_json::to_value(github.log().summary()).expect("a log");
    assert_eq!(
        log["unimplemented"],
        json!([
            "fake-github does not know User.gists",
            "fake-github does not know GET /gists/public",
        ])
    );
}

fn message(answer: &Answer) -> String {
    let body = answer.body_json();
    let detail = body["errors"][0]["message"]
        .as_str()
        .or_else(|| body["message"].as_str());
    detail.unwrap_or_default().to_owned()
}

#[test]
fn rest() {
    let long = format!("/search/issues?q=is:pr+{}", "a".repeat(256));
    let hidden = "The listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.";
    let check = |path: &str, token: Option<&str>, status: u16, text: &str| {
        let answer = github().respond(&Request::get(path, token), start());
        assert_eq!(
            (answer.status, message(&answer).as_str()),
            (status, text),
            "{path}"
        );
    };
    check("/user", None, 401, "Requires authentication");
    check("/user", Some(REVOKED), 401, "Bad credentials");
    check("/", Some(REVOKED), 401, "Bad credentials");
    check("/user", Some("glpat-other"), 401, "Bad credentials");
    check("/users/missing-x", None, 404, "Not Found");
    check("/users/old-name", Some(CLASSIC), 404, "Not Found");
    check(
        "/search/issues?q=author:private-priya+is:pr",
        Some(CLASSIC),
        422,
        hidden,
    );
    check("/search/issues?q=author:missing-x+is:pr", None, 422, hidden);
    let kind = "Query must include 'is:issue' or 'is:pull-request'";
    check(
        "/search/issues?q=author:ada-steady",
        Some(CLASSIC),
        422,
        kind,
    );
    check(
        &long,
        Some(CLASSIC),
        422,
        "The search is longer than 256 characters.",
    );
    let reach = "Only the first 1000 search results are available";
    check(
        "/search/issues?q=is:pr&per_page=100&page=11",
        None,
        422,
        reach,
    );
    check("/repos/acme/web/pulls/1", Some(CLASSIC), 404, "Not Found");
    check("/repos/acme/web/issues/7", Some(CLASSIC), 200, "");
}

#[test]
fn graphql_needs_a_token() {
    let check = |token: Option<&str>, text: &str| {
        let request = Request::graphql("{ viewer { login } }", &json!({}), token);
        let answer = github().respond(&request, start());
        assert_eq!((answer.status, message(&answer).as_str()), (401, text));
    };
    check(None, "This endpoint requires you to be authenticated.");
    check(Some(REVOKED), "Bad credentials");
}

#[test]
fn an_unknown_version_of_the_api() {
    let mut request = Request::get("/users/ada-steady", None);
    request
        .headers
        .push(("x-github-api-version".to_owned(), "2020-01-01".to_owned()));
    assert_eq!(github().respond(&request, start()).status, 400);
}

#[test]
fn spent_limits() {
    let mut github = github();
    let spent = Set {
        remaining: 0,
        reset_in_seconds: Some(90),
        limit: None,
    };
    for bucket in Bucket::ALL {
        github.set_limit(bucket, spent, start());
    }
    let reset = (start().as_second() + 90).to_string();
    let mut check = |request: &Request, status: u16, text: &str| {
        let answer = github.respond(request, start());
        assert_eq!(answer.status, status);
        assert!(message(&answer).starts_with(text), "{}", message(&answer));
        assert_eq!(answer.header("x-ratelimit-remaining"), Some("0"));
        assert_eq!(answer.header("x-ratelimit-reset"), Some(reset.as_str()));
    };
    let user = "API rate limit exceeded for user ID 1007.";
    check(&Request::get("/users/ada-steady", Some(CLASSIC)), 403, user);
    check(
        &Request::get("/users/ada-steady", None),
        403,
        "API rate limit exceeded for 127.0.0.1.",
    );
    check(
        &Request::get("/search/issues?q=is:pr", Some(CLASSIC)),
        403,
        user,
    );
    let viewer = Request::graphql("{ viewer { login } }", &json!({}), Some(CLASSIC));
    check(
        &viewer,
        200,
        "API rate limit already exceeded for user ID 1007.",
    );
    let later = start() + SignedDuration::from_secs(90);
    assert_eq!(
        github.respond(&viewer, later).body_json()["data"]["viewer"]["login"],
        "maintainer-max"
    );
}

#[test]
fn sixty_without_a_token() {
    let mut github = github();
    let request = Request::get("/users/ada-steady", None);
    let statuses = (0..61).map(|_| github.respond(&request, start()).status);
    assert_eq!(statuses.filter(|status| *status == 200).count(), 60);
}

#[test]
fn more_than_a_hundred_at_once() {
    let mut github = GitHub::new(1, Latency::MODEL, start());
    let request = Request::get("/users/ada-steady", Some(CLASSIC));
    for number in 1..=100 {
        assert_eq!(
            github.respond(&request, start()).status,
            200,
            "request {number}"
        );
    }
    let answer = github.respond(&request, start());
    assert_eq!(
        (answer.status, answer.header("retry-after")),
        (403, Some("60"))
    );
    assert!(message(&answer).starts_with("You have exceeded a secondary rate limit."));
    let later = start() + SignedDuration::from_secs(61);
    assert_eq!(github.respond(&request, later).status, 200);
}

#[test]
fn conditional_requests() {
    let mut github = github();
    let mut check = |token: Option<&str>, points: &str| {
        let first = github.respond(&Request::get("/users/ada-steady", token), start());
        let mut again = Request::get("/users/ada-steady", token);
        let tag = first.header("etag").expect("a tag").to_owned();
        again.headers.push(("if-none-match".to_owned(), tag));
        let answer = github.respond(&again, start());
        assert_eq!((answer.status, answer.body.len()), (304, 0));
        assert_eq!(answer.header("x-ratelimit-used"), Some(points));
    };
    check(Some(CLASSIC), "1");
    check(None, "2");
}

#[test]
fn what_a_token_check_tells() {
    let check = |token: &str, scopes: Option<&str>, expires: Option<&str>| {
        let answer = github().respond(&Request::get("/user", Some(token)), start());
        assert_eq!(answer.body_json()["login"], "maintainer-max");
        // The root of the API tells the same, and nothing of whom the token belongs to.
        let root = github().respond(&Request::get("/", Some(token)), start());
        assert_eq!(root.status, 200);
        for answer in [answer, root] {
            assert_eq!(answer.header("x-oauth-scopes"), scopes);
            assert_eq!(
                answer.header("github-authentication-token-expiration"),
                expires
            );
        }
    };
    check(CLASSIC, Some(""), None);
    check(CLASSIC_REPO, Some("read:org, repo, user"), None);
    check(FINE_GRAINED, None, None);
    check(EXPIRING, None, Some("2026-11-24 12:00:00 UTC"));
}

#[test]
fn costs() {
    let check = |document: &str, cost: u32, nodes: u32| {
        let document =
            document
                .replace('}', " }")
                .replacen('{', "{ rateLimit { cost nodeCount } ", 1);
        let body = graphql(&mut github(), &document, &json!({}), CLASSIC);
        let expected = json!({ "cost": cost, "nodeCount": nodes });
        assert_eq!(body["data"]["rateLimit"], expected, "{document}");
    };
    check("{ viewer { login } }", 1, 0);
    check(
        "{ viewer { pullRequests(first: 100) { totalCount } } }",
        1,
        100,
    );
    // 1 request for the search and 100 for what is below it, so 101 / 100.
    check(
        "{ search(type: ISSUE, query: \"is:pr\", first: 100) { nodes { ... on PullRequest { labels(first: 10) { totalCount } } } } }",
        1,
        1100,
    );
    // 1 + 100 + 100 · 2 requests.
    check(
        "{ search(type: ISSUE, query: \"is:pr\", first: 100) { nodes { ... on PullRequest { labels(first: 1) { totalCount } comments(first: 1) { totalCount } timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { totalCount } } } } }",
        3,
        400,
    );
}
