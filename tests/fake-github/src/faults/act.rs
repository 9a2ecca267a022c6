//! What each fault does to an answer, in GitHub's real words and shapes.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::{Do, Met};
use crate::answer::{Answer, How};
use crate::refusal;

impl Met {
    /// Milliseconds that it adds to the latency.
    pub(crate) fn delay_ms(&self) -> u64 {
        if self.action == Do::Slow {
            u64::from(self.number.unwrap_or(1000))
        } else {
            0
        }
    }

    /// Whether the answer says that the bucket is empty.
    pub(crate) fn empties_bucket(&self) -> bool {
        use Do::{GraphqlRateLimit, GraphqlRateLimited, Primary403, Primary429};
        let actions = [Primary403, Primary429, GraphqlRateLimited, GraphqlRateLimit];
        actions.contains(&self.action)
    }

    /// Puts the fault in the place of the true answer.
    pub(crate) fn apply(&self, graphql: bool, answer: Answer, now: Timestamp) -> Answer {
        let docs = "https://docs.github.com/rest";
        let plain = |status: u16, message: &str| refusal::plain(status, message, docs);
        let with_retry_after = |answer: Answer| match self.number {
            Some(seconds) => answer.with_header("retry-after", seconds.to_string()),
            None => answer,
        };
        match (self.action, graphql) {
            (Do::Unauthorized, _) => refusal::bad_credentials(graphql),
            (Do::LoginAttempts, _) => refusal::login_attempts(),
            (Do::Primary403, _) | (Do::GraphqlRateLimited | Do::GraphqlRateLimit, false) => {
                refusal::primary(403, false, now)
            }
            (Do::Primary429, _) => refusal::primary(429, false, now),
            (Do::Secondary403, _) | (Do::GraphqlSecondary, false) => {
                with_retry_after(refusal::secondary(now))
            }
            (Do::GraphqlRateLimited, true) => refusal::graphql_rate_limited(),
            (Do::GraphqlRateLimit, true) => refusal::graphql_rate_limit(),
            (Do::GraphqlSecondary, true) => with_retry_after(refusal::graphql_secondary(now)),
            (Do::Saml, true) => without_fields(answer, "FORBIDDEN", refusal::SAML, usize::MAX),
            (Do::Saml, false) => {
                let url =
                    "required; url=https://github.com/orgs/acme/sso?authorization_request=FAKE";
                plain(403, refusal::SAML).with_header("x-github-sso", url)
            }
            (Do::NotAccessible, true) => {
                without_fields(answer, "FORBIDDEN", refusal::NOT_ACCESSIBLE, usize::MAX)
            }
            (Do::NotAccessible | Do::InsufficientScopes, false) => {
                plain(403, refusal::NOT_ACCESSIBLE)
            }
            (Do::InsufficientScopes, true) => {
                let text = refusal::scopes_text("email", "'user:email', 'read:user'", &[]);
                let place = json!([{ "line": 1, "column": 1 }]);
                refusal::errors(&json!([{
                    "type": "INSUFFICIENT_SCOPES", "locations": place, "message": text,
                }]))
            }
            (Do::NotFound, true) => {
                let message = "Could not resolve to a User with the login of 'gone'.";
                without_fields(answer, "NOT_FOUND", message, usize::MAX)
            }
            (Do::NotFound, false) => plain(404, "Not Found"),
            (Do::Unsearchable, _) => refusal::validation(refusal::UNSEARCHABLE),
            (Do::BadRequest, _) => plain(400, "Problems parsing JSON"),
            (Do::Unavailable, _) => legal(),
            (Do::BadGateway | Do::SomethingWentWrong, false) | (Do::BadGateway, true) => {
                plain(502, "Server Error")
            }
            (Do::GatewayTimeout, _) => {
                let message = "We couldn't respond to your request in time. Sorry about that. Please try resubmitting your request and contact us if the problem persists.";
                plain(504, message)
            }
            (Do::SomethingWentWrong, true) => {
                let errors = refusal::something_went_wrong();
                Answer::json(200, &json!({ "data": null, "errors": errors }))
            }
            (Do::ResourceLimits, true) => {
                let message = "Resource limits for this query exceeded.";
                without_fields(answer, "RESOURCE_LIMITS_EXCEEDED", message, 1)
            }
            (Do::ServiceUnavailable, true) => {
                let message = "The service is currently unavailable.";
                without_fields(answer, "SERVICE_UNAVAILABLE", message, usize::MAX)
            }
            (Do::InternalError, _) => plain(500, "Server Error"),
            (Do::ResourceLimits | Do::ServiceUnavailable, false) | (Do::Unavailable503, _) => {
                plain(503, "Service Unavailable")
            }
            (Do::MalformedJson, _) => malformed(answer),
            (Do::CutOff, _) => Answer {
                how: How::CutOff,
                ..answer
            },
            (Do::ConnectionReset, _) => Answer {
                how: How::Reset,
                ..answer
            },
            (Do::Hang, _) => Answer {
                how: How::Hang,
                ..answer
            },
            (Do::NullWhereNonNull, _) => with_null(answer),
            (Do::EmptyConnections, true) => without_nodes(&answer),
            (Do::EmptyConnections, false) | (Do::Slow, _) => answer,
        }
    }

    /// The reset that the headers tell, where the fault says one.
    pub(crate) fn reset(&self, now: Timestamp) -> Option<Timestamp> {
        let seconds = self.number.filter(|_| self.empties_bucket())?;
        Some(now + SignedDuration::from_secs(i64::from(seconds)))
    }
}

fn legal() -> Answer {
    let block = json!({ "reason": "dmca", "created_at": "2026-01-01T00:00:00Z", "html_url": "https://github.com/github/dmca" });
    Answer::json(
        451,
        &json!({ "message": "Repository access blocked", "block": block }),
    )
}

/// Half a JSON text and a page's tail: a whole body by its length, and no JSON.
fn malformed(answer: Answer) -> Answer {
    let mut body = answer.body.clone();
    body.truncate(answer.body.len() / 2);
    body.extend_from_slice(b"<html>");
    Answer { body, ..answer }
}

/// Makes the last root fields (all but `rateLimit`, at most `most`) null, each with an error.
fn without_fields(answer: Answer, kind: &str, message: &str, most: usize) -> Answer {
    let mut body = answer.body_json();
    let Some(data) = body.get_mut("data").and_then(Value::as_object_mut) else {
        return answer;
    };
    let mut names: Vec<String> = data
        .keys()
        .filter(|key| *key != "rateLimit")
        .cloned()
        .collect();
    names.reverse();
    names.truncate(most);
    let mut errors = Vec::new();
    for name in names {
        let mut error = json!({
            "type": kind,
            "path": [name],
            "locations": [{ "line": 1, "column": 1 }],
            "message": message,
        });
        if message == refusal::SAML {
            error["extensions"] = json!({ "saml_failure": true });
        }
        errors.push(error);
        data.insert(name, Value::Null);
    }
    body["errors"] = Value::Array(errors);
    Answer {
        body: body.to_string().into_bytes(),
        ..answer
    }
}

/// Takes the nodes out of all connections; what they count stays.
fn without_nodes(answer: &Answer) -> Answer {
    fn empty(value: &mut Value) {
        match value {
            Value::Object(map) => {
                if let Some(nodes) = map.get_mut("nodes").filter(|nodes| nodes.is_array()) {
                    *nodes = json!([]);
                    if map.contains_key("pageInfo") {
                        map["pageInfo"] = json!({ "hasNextPage": false, "endCursor": null });
                    }
                }
                map.values_mut().for_each(empty);
            }
            Value::Array(list) => list.iter_mut().for_each(empty),
            _ => {}
        }
    }
    let mut body = answer.body_json();
    empty(&mut body["data"]);
    Answer {
        body: body.to_string().into_bytes(),
        ..answer.clone()
    }
}

/// Fields that are never null, by their names in REST and GraphQL; the first met becomes null.
const NEVER_NULL: [&str; 6] = [
    "createdAt",
    "created_at",
    "title",
    "login",
    "issueCount",
    "total_count",
];

fn with_null(answer: Answer) -> Answer {
    fn in_map(map: &mut Map<String, Value>) -> bool {
        for (key, value) in map {
            if NEVER_NULL.contains(&key.as_str()) && !value.is_null() {
                *value = Value::Null;
                return true;
            }
            if in_value(value) {
                return true;
            }
        }
        false
    }
    fn in_value(value: &mut Value) -> bool {
        match value {
            Value::Object(map) => in_map(map),
            Value::Array(list) => list.iter_mut().any(in_value),
            _ => false,
        }
    }
    let mut body = answer.body_json();
    in_value(&mut body);
    Answer {
        body: body.to_string().into_bytes(),
        ..answer
    }
}
