//! What each fault does to an answer, in GitHub's real words and shapes.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::{Action, ActiveFault, alter};
use crate::answer::{Answer, Delivery};
use crate::refusal;

impl ActiveFault {
    /// Milliseconds that it adds to the latency.
    pub(crate) fn delay_ms(&self) -> u64 {
        if self.action == Action::Slow {
            u64::from(self.number.unwrap_or(1000))
        } else {
            0
        }
    }

    /// Whether the answer says that the bucket is empty.
    pub(crate) fn empties_bucket(&self) -> bool {
        matches!(
            self.action,
            Action::Primary403
                | Action::Primary429
                | Action::GraphqlRateLimited
                | Action::GraphqlRateLimit
                | Action::PastReset
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
            (Action::Unauthorized, _) => refusal::bad_credentials(graphql),
            (Action::LoginAttempts, _) => refusal::login_attempts(),
            (Action::Primary403, _)
            | (Action::GraphqlRateLimited | Action::GraphqlRateLimit, false) => {
                refusal::primary(403, false, now)
            }
            (Action::Primary429, _) => refusal::primary(429, false, now),
            (Action::Secondary403, _) | (Action::GraphqlSecondary, false) => {
                with_retry_after(refusal::secondary(now))
            }
            (Action::GraphqlRateLimited, true) => refusal::graphql_rate_limited(),
            (Action::GraphqlRateLimit, true) => refusal::graphql_rate_limit(),
            (Action::GraphqlSecondary, true) => with_retry_after(refusal::graphql_secondary(now)),
            (Action::Saml, true) => without_fields(answer, "FORBIDDEN", refusal::SAML, usize::MAX),
            (Action::Saml, false) => {
                let url =
                    "required; url=https://github.com/orgs/acme/sso?authorization_request=FAKE";
                plain(403, refusal::SAML).with_header("x-github-sso", url)
            }
            (Action::NotAccessible, true) => {
                without_fields(answer, "FORBIDDEN", refusal::NOT_ACCESSIBLE, usize::MAX)
            }
            (Action::NotAccessible | Action::InsufficientScopes, false) => {
                plain(403, refusal::NOT_ACCESSIBLE)
            }
            (Action::InsufficientScopes, true) => {
                let text = refusal::scopes_text("email", "'user:email', 'read:user'", &[]);
                let place = json!([{ "line": 1, "column": 1 }]);
                refusal::errors(&json!([{
                    "type": "INSUFFICIENT_SCOPES", "locations": place, "message": text,
                }]))
            }
            (Action::NotFound, true) => {
                let message = "Could not resolve to a User with the login of 'gone'.";
                without_fields(answer, "NOT_FOUND", message, usize::MAX)
            }
            (Action::NotFound, false) => plain(404, "Not Found"),
            (Action::Unsearchable, _) => refusal::validation(refusal::UNSEARCHABLE),
            (Action::BadRequest, _) => plain(400, "Problems parsing JSON"),
            (Action::Unavailable, _) => legal(),
            (Action::BadGateway | Action::SomethingWentWrong, false)
            | (Action::BadGateway, true) => plain(502, "Server Error"),
            (Action::GatewayTimeout, _) => {
                let message = "We couldn't respond to your request in time. Sorry about that. Please try resubmitting your request and contact us if the problem persists.";
                plain(504, message)
            }
            (Action::SomethingWentWrong, true) => {
                let errors = refusal::something_went_wrong();
                Answer::json(200, &json!({ "data": null, "errors": errors }))
            }
            (Action::ResourceLimits, true) => {
                let message = "Resource limits for this query exceeded.";
                without_fields(answer, "RESOURCE_LIMITS_EXCEEDED", message, 1)
            }
            (Action::ServiceUnavailable, true) => {
                let message = "The service is currently unavailable.";
                without_fields(answer, "SERVICE_UNAVAILABLE", message, usize::MAX)
            }
            (Action::InternalError, _) => plain(500, "Server Error"),
            (Action::ResourceLimits | Action::ServiceUnavailable, false)
            | (Action::Unavailable503, _) => plain(503, "Service Unavailable"),
            (Action::MalformedJson, _) => malformed(answer),
            (Action::CutOff, _) => Answer {
                delivery: Delivery::CutOff,
                ..answer
            },
            (Action::ConnectionReset, _) => Answer {
                delivery: Delivery::Reset,
                ..answer
            },
            (Action::Hang, _) => Answer {
                delivery: Delivery::Hang,
                ..answer
            },
            (Action::NullWhereNonNull, _) => with_null(answer),
            (Action::Slow, _) => answer,
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
            Action::AnonymousHeaders401 => refusal::bad_credentials_of_an_address(graphql, now),
            Action::Suspended => refusal::plain(403, refusal::SUSPENDED, docs),
            Action::ForbidsLifetime => forbid(refusal::FORBIDS_LIFETIME),
            Action::ForbidsClassic => forbid(refusal::FORBIDS_CLASSIC),
            Action::ForbidsAddress => forbid(refusal::FORBIDS_ADDRESS),
            Action::ForbidsApps => forbid(refusal::FORBIDS_APPS),
            Action::RateLimitWords => refusal::words(graphql, refusal::RATE_LIMIT_WORDS),
            Action::RateLimitReversed => refusal::words(graphql, refusal::RATE_LIMIT_REVERSED),
            Action::RateLimit403Typed => Answer {
                status: 403,
                ..refusal::graphql_rate_limited()
            },
            Action::SecondaryRateLimited => secondary("RATE_LIMITED"),
            Action::SecondaryForbidden => secondary("FORBIDDEN"),
            Action::TooManyRequests => refusal::plain(403, refusal::TOO_MANY, docs),
            Action::TooManyHtml => refusal::too_many_html(),
            Action::OnlyDocumentation => refusal::plain(403, "Forbidden", refusal::SECONDARY_DOCS),
            Action::PastReset if graphql => refusal::graphql_rate_limited(),
            Action::PastReset => refusal::primary(403, false, now),
            Action::IncompleteResults => alter::incomplete(answer, number(0)),
            Action::PartialResults => alter::partial(&answer),
            Action::EmptyConnections => alter::connections(answer, alter::without_nodes),
            Action::StuckPage => alter::connections(answer, alter::stuck),
            Action::CountLarger => {
                let more = number(2);
                alter::totals(answer, |total, _| total + more as u64)
            }
            Action::TotalOfPage => alter::totals(answer, |_, shown| shown),
            Action::ForbiddenNodes if graphql => alter::forbidden_nodes(&answer, number(1)),
            Action::UnknownEnums => alter::unknown_enums(answer),
            Action::UnknownErrorType if graphql => {
                let message = "Something changed while this was read.";
                without_fields(answer, "STALE_DATA", message, 1)
            }
            Action::LoneSurrogate => alter::lone_surrogate(answer),
            Action::NoEnableDuplicate if graphql => {
                refusal::argument_not_accepted("stateReason", "enableDuplicate")
            }
            _ => answer,
        }
    }

    /// The reset that the headers tell, where the fault says one.
    pub(crate) fn reset(&self, now: Timestamp) -> Option<Timestamp> {
        let is_past = self.action == Action::PastReset;
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
