//! Answers that were reported from the field: true answers with something left out, counted
//! wrongly or written as nobody expects, and refusals that say little.

use fake_github::faults::Fault;
use fake_github::latency::Latency;
use fake_github::tokens::{CLASSIC, LONG};
use fake_github::{Answer, GitHub, Request};
use jiff::Timestamp;
use serde_json::{Value, json};

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().expect("a timestamp")
}

fn github(fault: &str) -> GitHub {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let faults: Vec<Fault> = serde_json::from_value(json!([{ "do": fault }])).expect("a fault");
    github.set_faults(faults).expect("a known fault");
    github
}

fn get(fault: &str, path: &str) -> Answer {
    github(fault).respond(&Request::get(path, Some(CLASSIC)), now())
}

const PULLS: &str = "query($after: String) { user(login: \"busy-bea\") {
    pullRequests(first: 100, after: $after) { totalCount pageInfo { hasNextPage endCursor }
        nodes { title authorAssociation repository { nameWithOwner isInOrganization } } } } }";

/// A page of busy-bea's 261 pull requests, and the errors beside it.
fn page(fault: &str, after: &Value) -> (Value, Value) {
    let request = Request::graphql(PULLS, &json!({ "after": after }), Some(CLASSIC));
    let body = github(fault).respond(&request, now()).body_json();
    (
        body["data"]["user"]["pullRequests"].clone(),
        body["errors"].clone(),
    )
}

fn length(list: &Value) -> usize {
    list.as_array().expect("a list").len()
}

#[test]
fn a_search_that_ran_out_of_time() {
    let check = |fault: &str, shown: usize| {
        let body = get(fault, "/search/issues?q=author:busy-bea+is:pr").body_json();
        assert_eq!(body["incomplete_results"], true, "{fault}");
        assert_eq!(body["total_count"], shown, "{fault}");
        assert_eq!(length(&body["items"]), shown, "{fault}");
    };
    check("incomplete-results", 0);
    check("incomplete-results:3", 3);
}

#[test]
fn single_sign_on_leaves_out_parts() {
    let answer = get("partial-results", "/users/org-olga/orgs");
    assert_eq!(answer.body_json(), json!([]));
    let header = "partial-results; organizations=21955855";
    assert_eq!(answer.header("x-github-sso"), Some(header));
    let (pulls, errors) = page("partial-results", &Value::Null);
    assert_eq!(
        (&pulls["totalCount"], length(&pulls["nodes"]), errors),
        (&json!(261), 0, Value::Null)
    );
}

#[test]
fn organizations_come_in_pages() {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let mut ask = |path: &str| github.respond(&Request::get(path, Some(CLASSIC)), now());
    let first = ask("/users/many-orgs-mia/orgs?per_page=100");
    assert_eq!(length(&first.body_json()), 100);
    let link = first.header("link").expect("links");
    let next =
        "<https://api.github.com/users/many-orgs-mia/orgs?per_page=100&page=2>; rel=\"next\"";
    assert!(link.starts_with(next), "{link}");
    let second = ask("/users/many-orgs-mia/orgs?per_page=100&page=2");
    assert_eq!(second.body_json()[4]["login"], "guild-104");
    assert!(!second.header("link").expect("links").contains("next"));
    assert_eq!(ask("/users/org-olga/orgs").header("link"), None);
    assert_eq!(length(&ask("/users/many-orgs-mia/orgs").body_json()), 30);
}

#[test]
fn a_page_that_comes_again_and_again() {
    let (first, _) = page("stuck-page", &Value::Null);
    assert_eq!(length(&first["nodes"]), 100);
    let cursor = &first["pageInfo"]["endCursor"];
    let (second, _) = page("stuck-page", cursor);
    let expected = json!({ "hasNextPage": true, "endCursor": cursor });
    assert_eq!(
        (length(&second["nodes"]), &second["pageInfo"]),
        (0, &expected)
    );
}

#[test]
fn counts_that_do_not_fit() {
    let check = |fault: &str, total: u32| {
        let (pulls, _) = page(fault, &Value::Null);
        assert_eq!(pulls["totalCount"], total, "{fault}");
        assert_eq!(pulls["pageInfo"]["hasNextPage"], true, "{fault}");
    };
    check("count-larger", 263);
    check("count-larger:12", 273);
    check("total-of-page", 100);
    let body = get("count-larger", "/search/issues?q=author:ada-steady+is:pr").body_json();
    assert_eq!(body["total_count"], 17);
}

#[test]
fn nodes_that_may_not_be_seen() {
    let (pulls, errors) = page("forbidden-nodes:2", &Value::Null);
    assert_eq!(length(&pulls["nodes"]), 100);
    assert_eq!(
        (&pulls["nodes"][1], pulls["nodes"][2].is_object()),
        (&Value::Null, true)
    );
    let paths = [&errors[0]["path"], &errors[1]["path"]];
    let path = |index: usize| json!(["user", "pullRequests", "nodes", index]);
    assert_eq!(paths, [&path(0), &path(1)]);
    assert_eq!(
        (length(&errors), &errors[0]["type"]),
        (2, &json!("FORBIDDEN"))
    );
}

#[test]
fn words_that_nobody_knows() {
    let (pulls, _) = page("unknown-enums", &Value::Null);
    assert_eq!(pulls["nodes"][0]["authorAssociation"], "SOMETHING_NEW");
    let body = get("unknown-enums", "/search/issues?q=author:dup-dora+is:issue").body_json();
    let item = &body["items"][0];
    assert_eq!(
        (&item["state_reason"], &item["state"]),
        (&json!("SOMETHING_NEW"), &json!("closed"))
    );
}

#[test]
fn half_a_character() {
    let answer = get("lone-surrogate", "/search/issues?q=author:ada-steady+is:pr");
    let body = String::from_utf8(answer.body).expect("UTF-8");
    assert!(body.contains("\"title\":\"\\ud83d "), "{body}");
    assert!(
        serde_json::from_str::<Value>(&body).is_err(),
        "a strict reader takes it"
    );
}

#[test]
fn headers_that_mislead() {
    let header = |fault: &str, name: &str| {
        let answer = get(fault, "/users/ada-steady");
        answer.header(name).map(str::to_owned)
    };
    let limit = |fault: &str| header(fault, "x-ratelimit-limit");
    assert_eq!(limit("401-anonymous").as_deref(), Some("60"));
    assert_eq!(limit("401"), None);
    let ago = |seconds: i64| Some((now().as_second() - seconds).to_string());
    assert_eq!(header("past-reset", "x-ratelimit-reset"), ago(360));
    assert_eq!(header("past-reset:9", "x-ratelimit-reset"), ago(9));
    let left = |fault: &str| header(fault, "x-ratelimit-remaining");
    assert_eq!(left("past-reset").as_deref(), Some("0"));
    for words in ["rate-limit-words", "rate-limit-reversed", "403-too-many"] {
        assert_eq!(left(words).as_deref(), Some("4999"), "{words}");
    }
    let wait = |fault: &str| header(fault, "retry-after");
    assert_eq!(wait("secondary-forbidden").as_deref(), Some("60"));
    assert_eq!(wait("secondary-rate-limited:7").as_deref(), Some("7"));
    assert_eq!(wait("403-secondary:99999999").as_deref(), Some("99999999"));
}

#[test]
fn refusals_that_say_little() {
    let answer = get("403-html", "/users/ada-steady");
    assert_eq!(
        answer.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    let body = String::from_utf8(answer.body).expect("UTF-8");
    assert!(body.contains("too many requests"), "{body}");
    let body = get("403-documentation", "/users/ada-steady").body_json();
    let address = body["documentation_url"].as_str().expect("an address");
    assert!(
        address.ends_with("#about-secondary-rate-limits"),
        "{address}"
    );
    assert_eq!(body["message"], "Forbidden");
}

#[test]
fn names_from_before_todays_rules() {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let document = "{ user(login: \"gil--\") { login pullRequests(last: 4) { nodes { repository { nameWithOwner owner { login } } } } } }";
    let request = Request::graphql(document, &json!({}), Some(CLASSIC));
    let body = github.respond(&request, now()).body_json();
    let text = body.to_string();
    for name in ["\"gil--\"", "\"foo--bar/r\"", "\"-ace-/deck\"", "\"-ace-\""] {
        assert!(text.contains(name), "{name}: {text}");
    }
    let orgs = github.respond(&Request::get("/users/gil--/orgs", None), now());
    assert_eq!(orgs.body_json()[0]["login"], "-ace-");
    let copilot = github.respond(&Request::get("/users/copilot", None), now());
    let copilot = copilot.body_json();
    assert_eq!(
        (&copilot["login"], &copilot["type"]),
        (&json!("Copilot"), &json!("Bot"))
    );
}

#[test]
fn a_long_token_with_dots() {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let answer = github.respond(&Request::get("/user", Some(&LONG)), now());
    assert_eq!(answer.status, 200);
    assert_eq!(github.log().calls()[0].token_name, Some("long"));
}
