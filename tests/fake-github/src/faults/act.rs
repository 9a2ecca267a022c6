//! What each fault does to an answer, in GitHub's real words and shapes.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::{Do, Met, alter};
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
        matches!(
            self.action,
            Do::Primary403
                | Do::Primary429
                | Do::GraphqlRateLimited
                | Do::GraphqlRateLimit
                | Do::PastReset
        )
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
            (Do::Slow, _) => answer,
            _ => self.of_the_field(graphql, answer, now),
        }
    }

    /// The answers that others reported from the field, beside those that GitHub documents.
    fn of_the_field(&self, graphql: bool, answer: Answer, now: Timestamp) -> Answer {
        let docs = "https://docs.github.com/rest";
        let forbid = |message: &str| {
            if graphql {
                without_fields(answer.clone(), "FORBIDDEN", message, usize::MAX)
            } else {
                refusal::plain(403, message, docs)
            }
        };
        let number = |otherwise: usize| {
            let given = self.number.and_then(|number| usize::try_from(number).ok());
            given.unwrap_or(otherwise)
        };
        let secondary = |kind: &str| {
            let answer = refusal::secondary_typed(graphql, kind, now);
            answer.with_header("retry-after", number(60).to_string())
        };
        match self.action {
            Do::AnonymousHeaders401 => refusal::bad_credentials_of_an_address(graphql, now),
            Do::Suspended => refusal::plain(403, refusal::SUSPENDED, docs),
            Do::ForbidsLifetime => forbid(refusal::FORBIDS_LIFETIME),
            Do::ForbidsClassic => forbid(refusal::FORBIDS_CLASSIC),
            Do::ForbidsAddress => forbid(refusal::FORBIDS_ADDRESS),
            Do::ForbidsApps => forbid(refusal::FORBIDS_APPS),
            Do::RateLimitWords => refusal::words(graphql, refusal::RATE_LIMIT_WORDS),
            Do::RateLimitReversed => refusal::words(graphql, refusal::RATE_LIMIT_REVERSED),
            Do::RateLimit403Typed => Answer {
                status: 403,
                ..refusal::graphql_rate_limited()
            },
            Do::SecondaryRateLimited => secondary("RATE_LIMITED"),
            Do::SecondaryForbidden => secondary("FORBIDDEN"),
            Do::TooManyRequests => refusal::plain(403, refusal::TOO_MANY, docs),
            Do::TooManyHtml => refusal::too_many_html(),
            Do::OnlyDocumentation => refusal::plain(403, "Forbidden", refusal::SECONDARY_DOCS),
            Do::PastReset if graphql => refusal::graphql_rate_limited(),
            Do::PastReset => refusal::primary(403, false, now),
            Do::IncompleteResults => alter::incomplete(answer, number(0)),
            Do::PartialResults => alter::partial(&answer),
            Do::EmptyConnections => alter::connections(answer, alter::without_nodes),
            Do::StuckPage => alter::connections(answer, alter::stuck),
            Do::CountLarger => {
                let more = number(2);
                alter::totals(answer, |total, _| total + more as u64)
            }
            Do::TotalOfPage => alter::totals(answer, |_, shown| shown),
            Do::ForbiddenNodes if graphql => alter::forbidden_nodes(&answer, number(1)),
            Do::UnknownEnums => alter::unknown_enums(answer),
            Do::UnknownErrorType if graphql => {
                let message = "Something changed while this was read.";
                without_fields(answer, "STALE_DATA", message, 1)
            }
            Do::LoneSurrogate => alter::lone_surrogate(answer),
            Do::NoEnableDuplicate if graphql => {
                refusal::argument_not_accepted("stateReason", "enableDuplicate")
            }
            _ => answer,
        }
    }

    /// The reset that the headers tell, where the fault says one.
    pub(crate) fn reset(&self, now: Timestamp) -> Option<Timestamp> {
        let is_past = self.action == Do::PastReset;
        let told = self.number.filter(|_| self.empties_bucket());
        // Six minutes ago: that was reported.
        let seconds = told.or(is_past.then_some(360))?;
        let seconds = SignedDuration::from_secs(i64::from(seconds));
        Some(if is_past {
            now - seconds
        } else {
            now + seconds
        })
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
