//! What can go wrong, on request: each fault answers in GitHub's real words and shape.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::answer::{Answer, How};
use crate::log::Kind;
use crate::refusal;
use crate::world::Random;

/// A rule: which calls meet the fault, how often, and what it does.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    /// Which calls it is for; all of the API when empty.
    #[serde(rename = "match", default)]
    pub matching: Match,
    /// At most this many calls meet it; any number when not given.
    #[serde(default)]
    pub times: Option<u32>,
    /// What it does: a name of [`TABLE`], for some with `:` and a number.
    #[serde(rename = "do")]
    pub action: String,
}

/// Which calls a fault is for: all that is given must hold.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Match {
    /// REST or GraphQL.
    pub kind: Option<ApiKind>,
    /// A login that the call asks about, in any case.
    pub login: Option<String>,
    /// A part of the document with its variables, or of the path.
    pub operation: Option<String>,
    /// Which of the calls that fit otherwise, counted from 1.
    pub nth: Option<Vec<u32>>,
    /// The share of such calls, from 0 to 1.
    pub probability: Option<f64>,
    /// The seed for `probability`.
    #[serde(default)]
    pub seed: u64,
}

/// The two kinds of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ApiKind {
    /// REST.
    Rest,
    /// GraphQL.
    Graphql,
}

/// What a fault does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the table below says in one sentence what each does"
)]
pub enum Do {
    Unauthorized,
    LoginAttempts,
    Primary403,
    Primary429,
    Secondary403,
    GraphqlRateLimited,
    GraphqlRateLimit,
    GraphqlSecondary,
    Saml,
    NotAccessible,
    InsufficientScopes,
    NotFound,
    Unsearchable,
    BadRequest,
    Unavailable,
    BadGateway,
    GatewayTimeout,
    SomethingWentWrong,
    ResourceLimits,
    ServiceUnavailable,
    InternalError,
    Unavailable503,
    MalformedJson,
    CutOff,
    ConnectionReset,
    Hang,
    NullWhereNonNull,
    Slow,
}

/// Every fault by its name, and what its number means.
pub const TABLE: [(&str, Do, &str); 28] = [
    ("401", Do::Unauthorized, "bad credentials"),
    (
        "login-attempts",
        Do::LoginAttempts,
        "403: too many refused tokens",
    ),
    (
        "403-primary",
        Do::Primary403,
        "primary limit; :SECONDS until the reset",
    ),
    (
        "429-primary",
        Do::Primary429,
        "primary limit; :SECONDS until the reset",
    ),
    (
        "403-secondary",
        Do::Secondary403,
        "secondary limit; :SECONDS of Retry-After, none without",
    ),
    (
        "graphql-rate-limited",
        Do::GraphqlRateLimited,
        "200 with RATE_LIMITED; :SECONDS until the reset",
    ),
    (
        "graphql-rate-limit",
        Do::GraphqlRateLimit,
        "200 with RATE_LIMIT; :SECONDS until the reset",
    ),
    (
        "graphql-secondary",
        Do::GraphqlSecondary,
        "200 that names a secondary limit; :SECONDS of Retry-After",
    ),
    ("saml", Do::Saml, "an organisation's single sign-on"),
    (
        "not-accessible",
        Do::NotAccessible,
        "not accessible by this token",
    ),
    (
        "insufficient-scopes",
        Do::InsufficientScopes,
        "the whole document refused for `email`",
    ),
    ("not-found", Do::NotFound, "404, or null with NOT_FOUND"),
    ("unsearchable", Do::Unsearchable, "422 of the search"),
    ("bad-request", Do::BadRequest, "400"),
    ("451", Do::Unavailable, "unavailable for legal reasons"),
    ("502", Do::BadGateway, "502"),
    (
        "504",
        Do::GatewayTimeout,
        "504 that could not respond in time",
    ),
    (
        "something-went-wrong",
        Do::SomethingWentWrong,
        "200 with null data and that error",
    ),
    (
        "resource-limits",
        Do::ResourceLimits,
        "partial data with RESOURCE_LIMITS_EXCEEDED",
    ),
    (
        "service-unavailable",
        Do::ServiceUnavailable,
        "null fields with SERVICE_UNAVAILABLE",
    ),
    ("500", Do::InternalError, "500"),
    ("503", Do::Unavailable503, "503"),
    (
        "malformed-json",
        Do::MalformedJson,
        "a whole body that is no JSON",
    ),
    (
        "cut-off",
        Do::CutOff,
        "half a body, then the stream is reset",
    ),
    (
        "connection-reset",
        Do::ConnectionReset,
        "the stream is reset before any header",
    ),
    ("hang", Do::Hang, "no answer ever"),
    (
        "null-where-non-null",
        Do::NullWhereNonNull,
        "null in a field that the schema says is never null",
    ),
    ("slow", Do::Slow, "the true answer, :MILLISECONDS later"),
];

/// A call as a fault sees it.
pub(crate) struct Seen<'call> {
    pub(crate) kind: Kind,
    pub(crate) logins: &'call [String],
    pub(crate) operation: &'call str,
}

/// The rules in force and how often each fitted.
#[derive(Debug, Default)]
pub struct Faults {
    rules: Vec<Rule>,
}

#[derive(Debug)]
struct Rule {
    fault: Fault,
    action: Do,
    number: Option<u32>,
    fitted: u32,
    met: u32,
    random: Random,
}

/// A fault that a call met.
#[derive(Debug, Clone)]
pub(crate) struct Met {
    pub(crate) name: String,
    pub(crate) action: Do,
    number: Option<u32>,
}

impl Faults {
    /// The rules, in the order in which they are tried.
    ///
    /// # Errors
    ///
    /// Names the first action that is not in [`TABLE`].
    pub fn new(faults: Vec<Fault>) -> Result<Self, String> {
        let rules: Result<Vec<Rule>, String> = faults.into_iter().map(Rule::new).collect();
        Ok(Self { rules: rules? })
    }

    /// The fault that a call meets: the first rule's that fits.
    pub(crate) fn pick(&mut self, seen: &Seen<'_>) -> Option<Met> {
        let rule = self
            .rules
            .iter_mut()
            .find_map(|rule| rule.fits(seen).then_some(rule))?;
        rule.met += 1;
        Some(Met {
            name: rule.fault.action.clone(),
            action: rule.action,
            number: rule.number,
        })
    }
}

impl Rule {
    fn new(fault: Fault) -> Result<Self, String> {
        let (name, number) = match fault.action.split_once(':') {
            Some((name, digits)) => {
                let number = digits
                    .parse()
                    .map_err(|_| format!("no number in {}", fault.action))?;
                (name, Some(number))
            }
            None => (fault.action.as_str(), None),
        };
        let known = TABLE.iter().find(|(known, ..)| *known == name);
        let (_, action, _) = known.ok_or_else(|| format!("no such fault: {}", fault.action))?;
        let random = Random::new(fault.matching.seed);
        Ok(Self {
            action: *action,
            number,
            fitted: 0,
            met: 0,
            random,
            fault,
        })
    }

    fn fits(&mut self, seen: &Seen<'_>) -> bool {
        let Match {
            kind,
            login,
            operation,
            nth,
            probability,
            ..
        } = &self.fault.matching;
        let is_kind = kind.is_none_or(|kind| match kind {
            ApiKind::Rest => seen.kind == Kind::Rest,
            ApiKind::Graphql => seen.kind == Kind::Graphql,
        });
        let asks = |login: &String| {
            seen.logins
                .iter()
                .any(|one| one.eq_ignore_ascii_case(login))
        };
        let is_login = login.as_ref().is_none_or(asks);
        let is_operation = operation
            .as_ref()
            .is_none_or(|part| seen.operation.contains(part));
        if !(is_kind && is_login && is_operation) {
            return false;
        }
        self.fitted += 1;
        let is_nth = nth.as_ref().is_none_or(|nth| nth.contains(&self.fitted));
        let is_left = self.fault.times.is_none_or(|times| self.met < times);
        let is_drawn = probability.is_none_or(|share| self.random.unit() < share);
        is_nth && is_left && is_drawn
    }
}

impl Met {
    /// Milliseconds that it adds to the latency.
    pub(crate) fn delay_ms(&self) -> u64 {
        if self.action == Do::Slow {
            u64::from(self.number.unwrap_or(1000))
        } else {
            0
        }
    }

    /// Whether the answer says that the bucket is empty, and in how many seconds it is filled.
    pub(crate) fn empties_bucket(&self) -> Option<Option<u32>> {
        use Do::{GraphqlRateLimit, GraphqlRateLimited, Primary403, Primary429};
        let actions = [Primary403, Primary429, GraphqlRateLimited, GraphqlRateLimit];
        actions.contains(&self.action).then_some(self.number)
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
        }
    }

    /// The reset that the headers tell, where the fault says one.
    pub(crate) fn reset(&self, now: Timestamp) -> Option<Timestamp> {
        let seconds = self.empties_bucket()??;
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
