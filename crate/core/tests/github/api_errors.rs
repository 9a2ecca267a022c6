//! The table of every answer, one row one test.

use bonafide_core::engine::retry_policy::{Recheck, Size, Stops, retry_policy};
use bonafide_core::github::http::{Headers, HttpReply};
use bonafide_core::github::read::read;
use bonafide_core::github::{ActivityPage, ApiError, Call, Connection};
use bonafide_core::json::Error;
use bonafide_core::login::Login;
use serde_json::{Value, json};

pub fn reply(status: u16, headers: &[(&str, &str)], body: &Value) -> HttpReply {
    HttpReply {
        status,
        headers: headers.iter().copied().collect::<Headers>(),
        body: body.to_string(),
    }
}

fn call() -> Call {
    Call::SearchActivity(ActivityPage {
        login: "jo".parse::<Login>().unwrap(),
        connection: Connection::PullRequests,
        first: 100,
        after: None,
    })
}

/// The error in a reply to a search, whole or of its one part.
fn error(reply: &HttpReply) -> ApiError {
    match read(&call(), reply) {
        Err(error) => error,
        Ok(mut reading) => {
            assert_eq!(reading.learned, []);
            reading.failed.remove(0).2
        }
    }
}

/// What a status with a message is, and what is done about it: what stops,
/// how often it is tried again, in which size, and what mends the gap.
fn check(
    told: &HttpReply,
    expected: &ApiError,
    (stops, again, size, recheck): (Stops, u8, Size, Recheck),
) {
    let found = error(told);
    assert_eq!(&found, expected, "{told:?}");
    let retry_policy = retry_policy(&found);
    assert_eq!(
        (
            retry_policy.stops,
            retry_policy.most_retries,
            retry_policy.size,
            retry_policy.recheck
        ),
        (stops, again, size, recheck),
        "{told:?}"
    );
    assert!(
        retry_policy.wait_ms.0 < retry_policy.wait_ms.1,
        "a wait is drawn from a range"
    );
}

fn graphql(kind: &str, message: &str) -> HttpReply {
    let error = json!({"type": kind, "message": message, "path": ["pullRequests"]});
    reply(
        200,
        &[],
        &json!({"data": {"pullRequests": null}, "errors": [error]}),
    )
}

const ONCE: (Stops, u8, Size, Recheck) = (Stops::Nothing, 0, Size::Same, Recheck::WhenAsked);
const UNTIL_TOKEN: (Stops, u8, Size, Recheck) = (Stops::Nothing, 0, Size::Same, Recheck::WithToken);
const HALVED: (Stops, u8, Size, Recheck) =
    (Stops::Nothing, 1, Size::HalfIfPossible, Recheck::WhenAsked);
const AGAIN: (Stops, u8, Size, Recheck) = (Stops::Nothing, 1, Size::Same, Recheck::WhenAsked);
const BUCKET: (Stops, u8, Size, Recheck) = (Stops::Bucket, 1, Size::Same, Recheck::WhenAsked);
const ALL: (Stops, u8, Size, Recheck) = (Stops::Everything, 3, Size::Same, Recheck::WhenAsked);

#[test]
fn a_refused_token_is_never_tried_again() {
    let told = reply(
        401,
        &[],
        &json!({"message": "Bad credentials", "status": "401"}),
    );
    check(
        &told,
        &ApiError::TokenRefused,
        (Stops::Token, 0, Size::Same, Recheck::WithToken),
    );
}

#[test]
fn primary_limits_hold_their_bucket_until_the_reset() {
    let spent = [
        ("x-ratelimit-limit", "5000"),
        ("x-ratelimit-remaining", "0"),
        ("x-ratelimit-reset", "1795262400"),
    ];
    let reset_at = Some("2026-11-21T12:00:00Z".parse().unwrap());
    let body = json!({"message": "API rate limit exceeded for user ID 1."});
    for status in [403, 429] {
        check(
            &reply(status, &spent, &body),
            &ApiError::LimitSpent { reset_at },
            BUCKET,
        );
    }
    // A refusal without words is the limit's if nothing is left of it.
    let refused = json!({"message": "Sorry"});
    let told = reply(403, &spent, &refused);
    check(&told, &ApiError::LimitSpent { reset_at }, BUCKET);
    let one_left = [spent[0], ("x-ratelimit-remaining", "1"), spent[2]];
    let told = reply(403, &one_left, &refused);
    check(&told, &ApiError::Forbidden, UNTIL_TOKEN);
    for kind in ["RATE_LIMITED", "RATE_LIMIT"] {
        let told = graphql(kind, "API rate limit exceeded for user ID 1.");
        check(&told, &ApiError::LimitSpent { reset_at: None }, BUCKET);
    }
}

#[test]
fn secondary_limits_hold_everything() {
    let message = "You have exceeded a secondary rate limit. Please wait a few minutes.";
    let body = json!({"message": message});
    let retry_after = Some(30);
    check(
        &reply(403, &[("retry-after", "30")], &body),
        &ApiError::SlowDown { retry_after },
        ALL,
    );
    let retry_after = None;
    for status in [200, 403, 429] {
        check(
            &reply(status, &[], &body),
            &ApiError::SlowDown { retry_after },
            ALL,
        );
    }
    let error = json!({"errors": [{"message": message}]});
    check(
        &reply(200, &[], &error),
        &ApiError::SlowDown { retry_after },
        ALL,
    );
}

#[test]
fn what_a_token_may_not_see_waits_for_another_token() {
    let saml =
        "Resource protected by organization SAML enforcement. You must grant your token access.";
    check(
        &reply(403, &[], &json!({"message": saml})),
        &ApiError::OrganizationForbids,
        UNTIL_TOKEN,
    );
    check(
        &graphql("FORBIDDEN", saml),
        &ApiError::OrganizationForbids,
        UNTIL_TOKEN,
    );
    let list = "Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled";
    check(
        &reply(403, &[], &json!({"message": list})),
        &ApiError::OrganizationForbids,
        UNTIL_TOKEN,
    );
    let kind = "Resource not accessible by personal access token";
    check(
        &reply(403, &[], &json!({"message": kind})),
        &ApiError::NotAccessible,
        UNTIL_TOKEN,
    );
    check(
        &graphql("FORBIDDEN", kind),
        &ApiError::NotAccessible,
        UNTIL_TOKEN,
    );
    let told = graphql("FORBIDDEN", "You may not see this.");
    check(&told, &ApiError::Forbidden, UNTIL_TOKEN);
    let scopes = "Your token has not been granted the required scopes to execute this query.";
    check(
        &graphql("INSUFFICIENT_SCOPES", scopes),
        &ApiError::MissingScope,
        UNTIL_TOKEN,
    );
}

#[test]
fn what_is_not_there_is_asked_once() {
    check(
        &reply(404, &[], &json!({"message": "Not ItemList"})),
        &ApiError::NotFound,
        ONCE,
    );
    let missing = "Could not resolve to a User with the login of 'jo'.";
    check(&graphql("NOT_FOUND", missing), &ApiError::NotFound, ONCE);
    let hidden = "The listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.";
    let body =
        json!({"message": "Validation Failed", "errors": [{"message": hidden, "code": "invalid"}]});
    check(&reply(422, &[], &body), &ApiError::NotSearchable, ONCE);
    check(
        &reply(422, &[], &json!({"message": "Validation Failed"})),
        &ApiError::Refused,
        ONCE,
    );
    check(
        &reply(400, &[], &json!({"message": "Problems parsing JSON"})),
        &ApiError::Refused,
        ONCE,
    );
    check(
        &reply(451, &[], &json!({"message": "Repository access blocked"})),
        &ApiError::Withheld,
        ONCE,
    );
}

#[test]
fn what_took_too_long_is_tried_once_more_at_half_the_size() {
    for status in [502, 504] {
        check(
            &reply(status, &[], &json!("<html>Unicorn</html>")),
            &ApiError::TooSlow,
            HALVED,
        );
    }
    let wrong =
        "Something went wrong while executing your query. This may be the result of a timeout.";
    let body = json!({"data": null, "errors": [{"message": wrong}]});
    check(&reply(200, &[], &body), &ApiError::TooSlow, HALVED);
    let late = "We couldn't respond to your request in time. Sorry about that.";
    check(
        &reply(200, &[], &json!({"message": late})),
        &ApiError::TooSlow,
        HALVED,
    );
    let half = (Stops::Nothing, 1, Size::Half, Recheck::WhenAsked);
    check(
        &graphql("RESOURCE_LIMITS_EXCEEDED", "Resource limits exceeded"),
        &ApiError::TooMuch,
        half,
    );
}

#[test]
fn what_broke_is_tried_once_more() {
    for status in [500, 503] {
        check(
            &reply(status, &[], &json!({})),
            &ApiError::Unavailable,
            AGAIN,
        );
    }
    check(
        &graphql("SERVICE_UNAVAILABLE", "Service unavailable"),
        &ApiError::Unavailable,
        AGAIN,
    );
    let unreadable = |cause: &str| ApiError::Unreadable(Error::new(cause));
    for (body, cause) in [
        (
            json!({"data": {"pullRequests": {"issueCount": 1}}}),
            "pullRequests: missing field `pageInfo`",
        ),
        (
            json!({"data": {"pullRequests": {"issueCount": "jo", "pageInfo": null}}}),
            "pullRequests: invalid type: string \"…\", expected u32",
        ),
        (json!({"data": null}), "`data` is missing or null"),
        (json!([]), "`data` is missing or null"),
    ] {
        check(&reply(200, &[], &body), &unreadable(cause), AGAIN);
    }
    let mut cut_off = reply(200, &[], &json!({"data": {"pullRequests": {}}}));
    cut_off.body.truncate(20);
    let cause = "EOF while parsing a string at line 1 column 20";
    check(&cut_off, &unreadable(cause), AGAIN);
}

/// One alias that fails leaves the others unharmed.
#[test]
fn partial_answers_are_kept() {
    let logins: Vec<Login> = ["a", "b", "c"]
        .iter()
        .map(|it| it.parse().unwrap())
        .collect();
    let user = json!({"__typename": "User", "login": "a", "createdAt": "2020-01-01T00:00:00Z"});
    let body = json!({
        "data": {"u0": user, "u1": null, "u2": null},
        "errors": [
            {"type": "NOT_FOUND", "path": ["u1"], "message": "Could not resolve"},
            {"type": "SERVICE_UNAVAILABLE", "path": ["u2"], "message": "Service unavailable"},
        ],
    });
    let reading = read(&Call::Accounts(logins), &reply(200, &[], &body)).unwrap();
    let learned: Vec<&str> = reading
        .learned
        .iter()
        .map(|(login, _)| login.as_str())
        .collect();
    assert_eq!(learned, ["a", "b"]);
    let (login, _, error) = &reading.failed[0];
    assert_eq!((login.as_str(), error), ("c", &ApiError::Unavailable));
}

/// Words decide before statuses and kinds do.
#[test]
fn words_decide_what_an_error_is() {
    let exceeded = "API rate limit already exceeded for user ID 1.";
    let spent = ApiError::LimitSpent { reset_at: None };
    let body = json!({"errors": [{"message": exceeded}]});
    check(&reply(200, &[], &body), &spent, BUCKET);
    check(
        &reply(403, &[], &json!({"message": exceeded})),
        &spent,
        BUCKET,
    );
    let secondary = "You have exceeded a secondary rate limit. Please wait.";
    for kind in ["RATE_LIMITED", "FORBIDDEN"] {
        let error = json!({"type": kind, "message": secondary});
        let slow = ApiError::SlowDown {
            retry_after: Some(60),
        };
        let told = reply(200, &[("retry-after", "60")], &json!({"errors": [error]}));
        check(&told, &slow, ALL);
    }
    let slow = ApiError::SlowDown { retry_after: None };
    let documentation = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits";
    for body in [
        json!({"message": "Too many requests. Please try again later."}),
        json!({"message": "Sorry", "documentation_url": documentation}),
    ] {
        check(&reply(403, &[], &body), &slow, ALL);
    }
    let mut page = reply(403, &[], &json!(null));
    page.body = "<html><p>You have triggered an abuse detection mechanism.</p></html>".to_owned();
    check(&page, &slow, ALL);
    let kind = json!({"errors": [{"type": "INSUFFICIENT_SCOPES", "message": "no"}]});
    check(
        &reply(403, &[], &kind),
        &ApiError::MissingScope,
        UNTIL_TOKEN,
    );
}

#[test]
fn an_organization_s_rules_are_told_as_such() {
    for message in [
        "The 'acme' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 366 days.",
        "`acme` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.",
    ] {
        let told = reply(403, &[], &json!({"message": message}));
        check(&told, &ApiError::OrganizationForbids, UNTIL_TOKEN);
    }
}

#[test]
fn an_account_that_may_not_ask_stops_everything() {
    let suspended = json!({"message": "Sorry. Your account was suspended."});
    check(
        &reply(403, &[], &suspended),
        &ApiError::AccountSuspended,
        (Stops::Token, 0, Size::Same, Recheck::WithToken),
    );
    let attempts =
        json!({"message": "Maximum number of login attempts exceeded. Please try again later."});
    check(
        &reply(403, &[], &attempts),
        &ApiError::LoginAttempts,
        (Stops::Everything, 0, Size::Same, Recheck::WhenAsked),
    );
}

/// Only an error in the query itself is a mistake of ours.
#[test]
fn an_unknown_kind_of_error_is_github_s() {
    let stale = json!({"errors": [{"type": "STALE_DATA", "message": "Try again"}]});
    check(&reply(200, &[], &stale), &ApiError::Unavailable, AGAIN);
    let field = json!({"errors": [{
        "message": "Field 'x' doesn't exist on type 'User'",
        "path": ["query", "u0", "x"], "extensions": {"code": "undefinedField"},
    }]});
    check(&reply(200, &[], &field), &ApiError::Refused, ONCE);
    let argument = json!({"errors": [{
        "message": "Field 'stateReason' doesn't accept argument 'enableDuplicate'",
        "path": ["query", "u0", "stateReason"], "extensions": {"code": "argumentNotAccepted"},
    }]});
    check(&reply(200, &[], &argument), &ApiError::SchemaLacks, ONCE);
}
