//! Every fault of the table, and the rules on who meets it.

use fake_github::answer::Delivery;
use fake_github::faults::{Fault, TABLE};
use fake_github::latency::Latency;
use fake_github::tokens::CLASSIC;
use fake_github::{Answer, GitHub, Request};
use jiff::Timestamp;
use serde_json::{Value, json};

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().expect("a timestamp")
}

fn github(faults: Value) -> GitHub {
    let mut github = GitHub::new(1, Latency::NONE, now());
    let faults: Vec<Fault> = serde_json::from_value(faults).expect("faults");
    github.set_faults(faults).expect("known faults");
    github
}

fn graphql() -> Request {
    let document = "{ u0: user(login: \"ada-steady\") { login createdAt } u1: user(login: \"org-olga\") { login } rateLimit { cost } }";
    Request::graphql(document, &json!({}), Some(CLASSIC))
}

fn rest() -> Request {
    Request::get("/users/ada-steady", Some(CLASSIC))
}

/// A fault's mark: the first error's type, or the start of its or the answer's message.
fn mark(answer: &Answer) -> String {
    let body = answer.body_json();
    let first = &body["errors"][0];
    let text = [&first["type"], &first["message"], &body["message"]];
    let text = text
        .iter()
        .find_map(|text| text.as_str())
        .unwrap_or_default();
    text.chars().take(24).collect()
}

type Row = (&'static str, (u16, &'static str), (u16, &'static str));

/// Each fault's mark in GraphQL and in REST.
const MARKS: [Row; 54] = [
    ("401", (401, "Bad credentials"), (401, "Bad credentials")),
    (
        "login-attempts",
        (403, "Maximum number of login "),
        (403, "Maximum number of login "),
    ),
    (
        "403-primary",
        (403, "API rate limit exceeded "),
        (403, "API rate limit exceeded "),
    ),
    (
        "429-primary",
        (429, "API rate limit exceeded "),
        (429, "API rate limit exceeded "),
    ),
    (
        "403-secondary",
        (403, "You have exceeded a seco"),
        (403, "You have exceeded a seco"),
    ),
    (
        "graphql-rate-limited",
        (200, "RATE_LIMITED"),
        (403, "API rate limit exceeded "),
    ),
    (
        "graphql-rate-limit",
        (200, "RATE_LIMIT"),
        (403, "API rate limit exceeded "),
    ),
    (
        "graphql-secondary",
        (200, "You have exceeded a seco"),
        (403, "You have exceeded a seco"),
    ),
    (
        "saml",
        (200, "FORBIDDEN"),
        (403, "Resource protected by or"),
    ),
    (
        "not-accessible",
        (200, "FORBIDDEN"),
        (403, "Resource not accessible "),
    ),
    (
        "insufficient-scopes",
        (200, "INSUFFICIENT_SCOPES"),
        (403, "Resource not accessible "),
    ),
    ("not-found", (200, "NOT_FOUND"), (404, "Not Found")),
    (
        "unsearchable",
        (422, "The listed users and rep"),
        (422, "The listed users and rep"),
    ),
    (
        "bad-request",
        (400, "Problems parsing JSON"),
        (400, "Problems parsing JSON"),
    ),
    (
        "451",
        (451, "Repository access blocke"),
        (451, "Repository access blocke"),
    ),
    ("502", (502, "Server Error"), (502, "Server Error")),
    (
        "504",
        (504, "We couldn't respond to y"),
        (504, "We couldn't respond to y"),
    ),
    (
        "something-went-wrong",
        (200, "Something went wrong whi"),
        (502, "Server Error"),
    ),
    (
        "resource-limits",
        (200, "RESOURCE_LIMITS_EXCEEDED"),
        (503, "Service Unavailable"),
    ),
    (
        "service-unavailable",
        (200, "SERVICE_UNAVAILABLE"),
        (503, "Service Unavailable"),
    ),
    ("500", (500, "Server Error"), (500, "Server Error")),
    (
        "503",
        (503, "Service Unavailable"),
        (503, "Service Unavailable"),
    ),
    ("malformed-json", (200, ""), (200, "")),
    ("cut-off", (200, ""), (200, "")),
    ("connection-reset", (200, ""), (200, "")),
    ("hang", (200, ""), (200, "")),
    ("null-where-non-null", (200, ""), (200, "")),
    ("empty-connections", (200, ""), (200, "")),
    (
        "401-anonymous",
        (401, "Bad credentials"),
        (401, "Bad credentials"),
    ),
    (
        "suspended",
        (403, "Sorry. Your account was "),
        (403, "Sorry. Your account was "),
    ),
    (
        "forbids-lifetime",
        (200, "FORBIDDEN"),
        (403, "The 'acme' organization "),
    ),
    (
        "forbids-classic",
        (200, "FORBIDDEN"),
        (403, "`acme` forbids access vi"),
    ),
    (
        "forbids-address",
        (200, "FORBIDDEN"),
        (403, "Although you appear to h"),
    ),
    (
        "forbids-apps",
        (200, "FORBIDDEN"),
        (403, "Although you appear to h"),
    ),
    (
        "rate-limit-words",
        (200, "API rate limit already e"),
        (403, "API rate limit already e"),
    ),
    (
        "rate-limit-reversed",
        (200, "You have exceeded your A"),
        (403, "You have exceeded your A"),
    ),
    (
        "rate-limit-403-typed",
        (403, "RATE_LIMITED"),
        (403, "RATE_LIMITED"),
    ),
    (
        "secondary-rate-limited",
        (200, "RATE_LIMITED"),
        (403, "RATE_LIMITED"),
    ),
    (
        "secondary-forbidden",
        (200, "FORBIDDEN"),
        (403, "FORBIDDEN"),
    ),
    (
        "403-too-many",
        (403, "Too many requests. Pleas"),
        (403, "Too many requests. Pleas"),
    ),
    ("403-html", (403, ""), (403, "")),
    ("403-documentation", (403, "Forbidden"), (403, "Forbidden")),
    (
        "past-reset",
        (200, "RATE_LIMITED"),
        (403, "API rate limit exceeded "),
    ),
    ("incomplete-results", (200, ""), (200, "")),
    ("partial-results", (200, ""), (200, "")),
    ("stuck-page", (200, ""), (200, "")),
    ("count-larger", (200, ""), (200, "")),
    ("total-of-page", (200, ""), (200, "")),
    ("forbidden-nodes", (200, ""), (200, "")),
    ("unknown-enums", (200, ""), (200, "")),
    ("unknown-error-type", (200, "STALE_DATA"), (200, "")),
    ("lone-surrogate", (200, ""), (200, "")),
    (
        "no-enable-duplicate",
        (200, "Field 'stateReason' does"),
        (200, ""),
    ),
    ("slow", (200, ""), (200, "")),
];

#[test]
fn every_fault() {
    assert_eq!(MARKS.map(|(name, ..)| name), TABLE.map(|(name, ..)| name));
    for (name, of_graphql, of_rest) in MARKS {
        let how = match name {
            "cut-off" => Delivery::CutOff,
            "connection-reset" => Delivery::Reset,
            "hang" => Delivery::Hang,
            _ => Delivery::Whole,
        };
        let mut github = github(json!([{ "do": name }]));
        let mut check = |request: &Request, (status, text): (u16, &str)| {
            let answer = github.respond(request, now());
            let told = mark(&answer);
            assert_eq!(
                (answer.status, told.as_str(), answer.delivery),
                (status, text, how),
                "{name}"
            );
        };
        check(&graphql(), of_graphql);
        check(&rest(), of_rest);
        assert_eq!(github.log().calls()[0].fault.as_deref(), Some(name));
    }
}

#[test]
fn partial_answers() {
    let check = |name: &str, kept: &[&str]| {
        let body = github(json!([{ "do": name }]))
            .respond(&graphql(), now())
            .body_json();
        let data = body["data"].as_object().expect("data");
        let whole = data
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, _)| key.as_str());
        assert_eq!(whole.collect::<Vec<_>>(), kept, "{name}");
    };
    check("resource-limits", &["rateLimit", "u0"]);
    check("saml", &["rateLimit"]);
    check("not-found", &["rateLimit"]);
}

#[test]
fn broken_bodies() {
    let answer = github(json!([{ "do": "malformed-json" }])).respond(&rest(), now());
    assert!(serde_json::from_slice::<Value>(&answer.body).is_err());
    let body = github(json!([{ "do": "null-where-non-null" }]))
        .respond(&rest(), now())
        .body_json();
    assert_eq!(
        (&body["created_at"], &body["login"]),
        (&Value::Null, &json!("ada-steady"))
    );
}

#[test]
fn empty_connections() {
    let document = "{ user(login: \"ada-steady\") { pullRequests(first: 30) { totalCount pageInfo { hasNextPage endCursor } nodes { number } } } }";
    let request = Request::graphql(document, &json!({}), Some(CLASSIC));
    let body = github(json!([{ "do": "empty-connections" }]))
        .respond(&request, now())
        .body_json();
    let expected = json!({
        "totalCount": 15,
        "pageInfo": { "hasNextPage": false, "endCursor": null },
        "nodes": [],
    });
    assert_eq!(body["data"]["user"]["pullRequests"], expected);
}

#[test]
fn numbers() {
    let header = |action: &str, name: &str| {
        let answer = github(json!([{ "do": action }])).respond(&graphql(), now());
        answer.header(name).map(str::to_owned)
    };
    let reset = (now().as_second() + 5).to_string();
    assert_eq!(header("403-secondary", "retry-after"), None);
    assert_eq!(
        header("403-secondary:7", "retry-after"),
        Some("7".to_owned())
    );
    assert_eq!(
        header("graphql-rate-limited:5", "x-ratelimit-reset"),
        Some(reset.clone())
    );
    assert_eq!(header("403-primary:5", "x-ratelimit-reset"), Some(reset));
    assert_eq!(
        header("403-primary", "x-ratelimit-remaining"),
        Some("0".to_owned())
    );
    let slow = github(json!([{ "do": "slow:1500" }])).respond(&rest(), now());
    assert_eq!(slow.latency.as_millis(), 1500);
}

#[test]
fn who_meets_it() {
    let check = |rule: Value, met: &[u32]| {
        let mut fault = json!({ "do": "502" });
        fault
            .as_object_mut()
            .expect("a map")
            .extend(rule.as_object().expect("a map").clone());
        let mut github = github(json!([fault]));
        let calls = [
            rest(),
            graphql(),
            rest(),
            Request::get("/users/gen-3", None),
            graphql(),
        ];
        let answers = calls
            .iter()
            .zip(1..)
            .filter(|(call, _)| github.respond(call, now()).status == 502);
        assert_eq!(
            answers.map(|(_, number)| number).collect::<Vec<u32>>(),
            met,
            "{fault}"
        );
    };
    check(json!({}), &[1, 2, 3, 4, 5]);
    check(json!({ "times": 2 }), &[1, 2]);
    check(json!({ "match": { "kind": "rest" } }), &[1, 3, 4]);
    check(json!({ "match": { "kind": "graphql" } }), &[2, 5]);
    check(json!({ "match": { "login": "ADA-steady" } }), &[1, 2, 3, 5]);
    check(json!({ "match": { "login": "org-olga" } }), &[2, 5]);
    check(json!({ "match": { "operation": "/users/gen-" } }), &[4]);
    check(json!({ "match": { "operation": "rateLimit" } }), &[2, 5]);
    check(json!({ "match": { "kind": "rest", "nth": [2] } }), &[3]);
    check(json!({ "match": { "token": true } }), &[1, 2, 3, 5]);
    check(json!({ "match": { "token": false } }), &[4]);
    check(json!({ "match": { "probability": 0.0 } }), &[]);
    check(json!({ "match": { "probability": 1.0 } }), &[1, 2, 3, 4, 5]);
}

#[test]
fn a_share_of_the_calls_meets_it() {
    let mut github = github(json!([{ "match": { "probability": 0.2, "seed": 7 }, "do": "500" }]));
    let broken = (0..500)
        .filter(|_| github.respond(&rest(), now()).status == 500)
        .count();
    assert!((70..130).contains(&broken), "{broken} of 500");
}

#[test]
fn the_readme_names_every_fault() {
    let readme = include_str!("../../README.md");
    for (name, ..) in TABLE {
        assert!(readme.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn unknown_faults_are_refused() {
    let mut github = github(json!([]));
    let faults: Vec<Fault> = serde_json::from_value(json!([{ "do": "sneeze" }])).expect("a fault");
    assert_eq!(
        github.set_faults(faults),
        Err("no such fault: sneeze".to_owned())
    );
}
