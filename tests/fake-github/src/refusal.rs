//! GitHub's refusals in GitHub's own words: bodies and statuses, without limits' headers.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::answer::Answer;

const REST_DOCS: &str = "https://docs.github.com/rest";
const GRAPHQL_DOCS: &str = "https://docs.github.com/graphql";

/// The id of the account that the good tokens belong to, as the texts about limits name it.
pub(crate) const VIEWER_ID: i64 = 1007;

/// `{"message", "documentation_url", "status"}`, the shape of every refusal in REST.
pub(crate) fn plain(status: u16, message: &str, documentation: &str) -> Answer {
    let status_text = status.to_string();
    let body =
        json!({ "message": message, "documentation_url": documentation, "status": status_text });
    Answer::json(status, &body)
}

/// GraphQL errors without data, in an answer of status 200.
pub(crate) fn errors(errors: &Value) -> Answer {
    Answer::json(200, &json!({ "errors": errors }))
}

pub(crate) fn bad_credentials(graphql: bool) -> Answer {
    plain(
        401,
        "Bad credentials",
        if graphql { GRAPHQL_DOCS } else { REST_DOCS },
    )
}

/// The 401 of a token that was refused, with the headers of the address's own spent limit.
pub(crate) fn bad_credentials_of_an_address(graphql: bool, now: Timestamp) -> Answer {
    let reset = now.as_second() + 3600;
    bad_credentials(graphql)
        .with_header("x-ratelimit-limit", "60")
        .with_header("x-ratelimit-remaining", "0")
        .with_header("x-ratelimit-used", "60")
        .with_header("x-ratelimit-reset", reset.to_string())
        .with_header("x-ratelimit-resource", "core")
}

pub(crate) fn requires_authentication(graphql: bool) -> Answer {
    if graphql {
        let docs = "https://docs.github.com/graphql/guides/forming-calls-with-graphql#authenticating-with-graphql";
        return plain(401, "This endpoint requires you to be authenticated.", docs);
    }
    let docs = "https://docs.github.com/rest/users/users#get-the-authenticated-user";
    plain(401, "Requires authentication", docs)
}

pub(crate) fn not_found(documentation: &str) -> Answer {
    plain(404, "Not Found", documentation)
}

/// 301 to a repository by its database id, and to what was asked of it.
pub(crate) fn moved(repository: u32, rest: &[&str]) -> Answer {
    let mut url = format!("https://api.github.com/repositories/{repository}");
    for segment in rest {
        url = url + "/" + segment;
    }
    let body = json!({
        "message": "Moved Permanently",
        "url": url,
        "documentation_url": "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects",
    });
    Answer::json(301, &body).with_header("location", url)
}

pub(crate) fn login_attempts() -> Answer {
    plain(
        403,
        "Maximum number of login attempts exceeded. Please try again later.",
        REST_DOCS,
    )
}

fn support(now: Timestamp) -> String {
    format!(
        "If you reach out to GitHub Support for help, please include the request ID \
         FA4E:0000:0000:0000 and timestamp {} UTC.",
        now.strftime("%Y-%m-%d %H:%M:%S"),
    )
}

pub(crate) fn primary(status: u16, anonymous: bool, now: Timestamp) -> Answer {
    let docs = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api";
    let message = if anonymous {
        "API rate limit exceeded for 127.0.0.1. (But here's the good news: Authenticated requests \
         get a higher rate limit. Check out the documentation for more details.)"
            .to_owned()
    } else {
        format!(
            "API rate limit exceeded for user ID {VIEWER_ID}. {}",
            support(now)
        )
    };
    plain(status, &message, docs)
}

pub(crate) fn graphql_rate_limited() -> Answer {
    let message = format!("API rate limit exceeded for user ID {VIEWER_ID}.");
    errors(&json!([{ "type": "RATE_LIMITED", "message": message }]))
}

pub(crate) fn graphql_rate_limit() -> Answer {
    let message = format!("API rate limit already exceeded for user ID {VIEWER_ID}.");
    errors(&json!([{ "type": "RATE_LIMIT", "code": "graphql_rate_limit", "message": message }]))
}

fn secondary_text(now: Timestamp) -> String {
    format!(
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. {}",
        support(now)
    )
}

pub(crate) const SECONDARY_DOCS: &str = "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits";

pub(crate) fn secondary(now: Timestamp) -> Answer {
    let body = json!({ "documentation_url": SECONDARY_DOCS, "message": secondary_text(now) });
    Answer::json(403, &body)
}

pub(crate) fn graphql_secondary(now: Timestamp) -> Answer {
    let body = json!({
        "documentation_url": SECONDARY_DOCS,
        "message": secondary_text(now),
        "errors": [{ "message": secondary_text(now) }],
    });
    Answer::json(200, &body)
}

/// A secondary limit's words beside an error type that means something else.
pub(crate) fn secondary_typed(graphql: bool, kind: &str, now: Timestamp) -> Answer {
    let text = secondary_text(now);
    let errors = json!([{ "type": kind, "message": text }]);
    if graphql {
        return Answer::json(200, &json!({ "data": null, "errors": errors }));
    }
    Answer::json(403, &json!({ "message": text, "errors": errors }))
}

/// The words of a spent limit alone: as GraphQL's only error, or as the message of a 403.
pub(crate) fn words(graphql: bool, message: &str) -> Answer {
    if graphql {
        errors(&json!([{ "message": message }]))
    } else {
        plain(403, message, REST_DOCS)
    }
}

/// A 403 that is a page, as a guard before the API sends it.
pub(crate) fn too_many_html() -> Answer {
    let body = "<!DOCTYPE html><html><head><title>Too many requests</title></head><body>\
                <h1>Whoa there!</h1><p>You have made too many requests. Please wait a few minutes \
                before you try again.</p></body></html>";
    let mut answer = Answer::json(403, &Value::Null);
    "text/html; charset=utf-8".clone_into(&mut answer.headers[0].1);
    body.as_bytes().clone_into(&mut answer.body);
    answer
}

/// The error of a document that gives a field an argument it does not take.
pub(crate) fn argument_not_accepted(field: &str, argument: &str) -> Answer {
    errors(&json!([{
        "path": ["query", field, argument],
        "extensions": {
            "code": "argumentNotAccepted",
            "name": field,
            "typeName": "Field",
            "argumentName": argument,
        },
        "locations": [{ "line": 1, "column": 1 }],
        "message": format!("Field '{field}' doesn't accept argument '{argument}'"),
    }]))
}

/// 422 with one entry in `errors`, as the search answers.
pub(crate) fn validation(message: &str) -> Answer {
    let body = json!({
        "message": "Validation Failed",
        "errors": [{ "message": message, "resource": "Search", "field": "q", "code": "invalid" }],
        "documentation_url": "https://docs.github.com/v3/search/",
        "status": "422",
    });
    Answer::json(422, &body)
}

pub(crate) const UNSEARCHABLE: &str = "The listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.";

pub(crate) const NO_KIND: &str = "Query must include 'is:issue' or 'is:pull-request'";

pub(crate) const SEARCH_TOO_LONG: &str = "The search is longer than 256 characters.";

pub(crate) const SAML: &str = "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.";

pub(crate) const SUSPENDED: &str = "Sorry. Your account was suspended.";

pub(crate) const FORBIDS_LIFETIME: &str = "The 'acme' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 366 days. Please adjust your token's lifetime at the following URL: https://github.com/settings/personal-access-tokens/1";

pub(crate) const FORBIDS_CLASSIC: &str = "`acme` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.";

pub(crate) const FORBIDS_ADDRESS: &str = "Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.";

pub(crate) const FORBIDS_APPS: &str = "Although you appear to have the correct authorization credentials, the `acme` organization has enabled OAuth App access restrictions, meaning that data access to third-parties is limited. For more information on these restrictions, including how to enable this app, visit https://docs.github.com/articles/restricting-access-to-your-organization-s-data/";

pub(crate) const RATE_LIMIT_WORDS: &str = "API rate limit already exceeded for user ID 1007.";

pub(crate) const RATE_LIMIT_REVERSED: &str = "You have exceeded your API rate limit.";

pub(crate) const TOO_MANY: &str = "Too many requests. Please try again later.";

pub(crate) const NOT_ACCESSIBLE: &str = "Resource not accessible by personal access token";

/// The 502 of a GraphQL request that took too long.
pub(crate) fn killed() -> Answer {
    let body = json!({ "data": null, "errors": something_went_wrong() });
    Answer::json(502, &body)
}

pub(crate) fn something_went_wrong() -> Value {
    json!([{
        "message": "Something went wrong while executing your query. This may be the result of a \
                    timeout, or it could be a GitHub bug. Please include \
                    `FA4E:0000:0000:0000` when reporting this issue.",
    }])
}

/// The sentence about a missing scope.
pub(crate) fn scopes_text(field: &str, wanted: &str, granted: &[&str]) -> String {
    let granted = granted.join("', '");
    format!(
        "Your token has not been granted the required scopes to execute this query. The '{field}' \
         field requires one of the following scopes: [{wanted}], but your token has only been \
         granted the: ['{granted}'] scopes. Please modify your token's scopes at: \
         https://github.com/settings/tokens."
    )
}
