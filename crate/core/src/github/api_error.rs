//! [`ApiError`]: every way in which an answer can be none, and how GitHub says so.

use super::http::{Failure, HttpReply};
use super::limits::Limit;
use crate::evidence::GapReason;
use crate::json::{self, Value};
use crate::time::Timestamp;

/// Why a call, or a part of it, brought no evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// 401: the token is wrong, revoked or expired.
    TokenRefused,
    /// The bucket's hourly (or for search, minutely) limit is spent.
    LimitSpent {
        /// When it starts anew, where GitHub said so.
        reset_at: Option<Timestamp>,
    },
    /// A secondary rate limit.
    SlowDown {
        /// Seconds GitHub asks to wait, where it said so.
        retry_after: Option<u32>,
    },
    /// SAML, an address list, or the restrictions of an organization on apps.
    Forbidden,
    /// "Resource not accessible by …": this kind of token cannot have it.
    NotAccessible,
    /// `INSUFFICIENT_SCOPES`.
    MissingScope,
    /// There is no such account.
    NotFound,
    /// The activity of this author cannot be searched.
    NotSearchable,
    /// 451.
    Withheld,
    /// GitHub did not understand us: our own mistake.
    Refused,
    /// GitHub did not get done in time: 502, 504, "something went wrong".
    TooSlow,
    /// `RESOURCE_LIMITS_EXCEEDED`.
    TooMuch,
    /// 500, 503, `SERVICE_UNAVAILABLE`.
    Unavailable,
    /// The answer is no JSON, is cut off, or has a null where there is none.
    Unreadable(json::Error),
    /// The network failed.
    Network,
    /// The browser may not talk to api.github.com.
    NoPermission,
    /// No answer came in the time we wait.
    TimedOut,
}

impl ApiError {
    /// An answer that lacks what it should hold.
    pub(crate) fn lacks(what: &str) -> Self {
        Self::Unreadable(json::Error::new(format!("`{what}` is missing or null")))
    }

    /// How the error is told to a person.
    pub const fn reason(&self) -> GapReason {
        match self {
            Self::TokenRefused => GapReason::TokenRefused,
            Self::LimitSpent { .. } => GapReason::LimitSpent,
            Self::SlowDown { .. } => GapReason::SlowDown,
            Self::Forbidden => GapReason::Forbidden,
            Self::NotAccessible | Self::MissingScope => GapReason::MissingRight,
            Self::NotFound | Self::NotSearchable => GapReason::NotSearchable,
            Self::Withheld => GapReason::Withheld,
            Self::Refused => GapReason::Refused,
            Self::TooSlow | Self::TooMuch | Self::TimedOut => GapReason::TimedOut,
            Self::Unavailable => GapReason::ServerError,
            Self::Unreadable(_) => GapReason::Unreadable,
            Self::Network => GapReason::Offline,
            Self::NoPermission => GapReason::NoPermission,
        }
    }
}

impl From<json::Error> for ApiError {
    fn from(error: json::Error) -> Self {
        Self::Unreadable(error)
    }
}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Network => Self::Network,
            Failure::NoPermission => Self::NoPermission,
            Failure::TimedOut => Self::TimedOut,
        }
    }
}

/// One entry of a GraphQL answer's `errors`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GraphqlError<'a> {
    kind: Option<&'a str>,
    message: &'a str,
    /// The alias in the query that the error belongs to, where it names one.
    pub(crate) alias: Option<&'a str>,
}

impl<'a> GraphqlError<'a> {
    /// The error that an object describes; what it leaves out is not known.
    pub(crate) fn new(told: &'a Value) -> Self {
        let text = |name| told.get(name).and_then(Value::as_str);
        let path = told.get("path").and_then(|path| path.as_array()?.first());
        Self {
            kind: text("type"),
            message: text("message").unwrap_or_default(),
            alias: path.and_then(Value::as_str),
        }
    }

    /// What the error means. GitHub names a rate limit in two ways.
    pub(crate) fn error(&self, reply: &HttpReply) -> ApiError {
        match self.kind {
            Some("RATE_LIMITED" | "RATE_LIMIT") => ApiError::LimitSpent {
                reset_at: Limit::from_headers(&reply.headers).map(|limit| limit.reset_at),
            },
            Some("NOT_FOUND") => ApiError::NotFound,
            Some("INSUFFICIENT_SCOPES") => ApiError::MissingScope,
            Some("FORBIDDEN") if is_beyond_the_token(self.message) => ApiError::NotAccessible,
            Some("FORBIDDEN") => ApiError::Forbidden,
            Some("RESOURCE_LIMITS_EXCEEDED" | "MAX_NODE_LIMIT_EXCEEDED") => ApiError::TooMuch,
            Some("SERVICE_UNAVAILABLE" | "INTERNAL") => ApiError::Unavailable,
            _ => by_message(self.message, reply).unwrap_or(ApiError::Refused),
        }
    }
}

/// Reads the error that a status and its message tell; none where the reply
/// is a success and its body has to be read.
pub(crate) fn of_status(reply: &HttpReply) -> Option<ApiError> {
    if matches!(reply.status, 200..=299 | 304) {
        return None;
    }
    let body = json::parse(&reply.body).unwrap_or(Value::Null);
    let mut said = String::new();
    for name in ["message", "errors"] {
        if let Some(part) = body.get(name) {
            all_texts(part, &mut said);
        }
    }
    Some(match reply.status {
        401 => ApiError::TokenRefused,
        403 | 429 => by_message(&said, reply).unwrap_or_else(|| {
            if reply.headers.get("x-github-sso").is_some() {
                ApiError::Forbidden
            } else if is_beyond_the_token(&said) {
                ApiError::NotAccessible
            } else if reply.status == 429 || reply.headers.get("retry-after").is_some() {
                slow_down(reply)
            } else {
                ApiError::Forbidden
            }
        }),
        404 | 410 => ApiError::NotFound,
        422 => by_message(&said, reply).unwrap_or(ApiError::Refused),
        451 => ApiError::Withheld,
        408 | 502 | 504 => ApiError::TooSlow,
        500..=599 => ApiError::Unavailable,
        _ => ApiError::Refused,
    })
}

/// Every text that a value holds, one a line: 422 has its reasons in strings,
/// in objects with a `message`, or in both.
fn all_texts(value: &Value, texts: &mut String) {
    match value {
        Value::String(text) => {
            texts.push_str(text);
            texts.push('\n');
        }
        Value::Array(values) => values.iter().for_each(|it| all_texts(it, texts)),
        Value::Object(fields) => fields.values().for_each(|it| all_texts(it, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn is_beyond_the_token(message: &str) -> bool {
    is_said(message, "Resource not accessible by")
}

fn slow_down(reply: &HttpReply) -> ApiError {
    ApiError::SlowDown {
        retry_after: reply
            .headers
            .number("retry-after")
            .and_then(|seconds| u32::try_from(seconds).ok()),
    }
}

/// Whether a message has these words. The standard library's search is made
/// for long texts and takes more of the module than all that is said here.
fn is_said(message: &str, words: &str) -> bool {
    let mut places = message.as_bytes().windows(words.len());
    places.any(|place| place == words.as_bytes())
}

/// What GitHub says in words only, whatever the status that carries it.
fn by_message(message: &str, reply: &HttpReply) -> Option<ApiError> {
    let message = message.to_ascii_lowercase();
    let says = |words| is_said(&message, words);
    if says("secondary rate limit") || says("abuse detection") {
        return Some(slow_down(reply));
    }
    if says("cannot be searched") {
        return Some(ApiError::NotSearchable);
    }
    let limit = Limit::from_headers(&reply.headers);
    let is_refusal = matches!(reply.status, 403 | 429);
    if says("rate limit exceeded") || (is_refusal && limit.is_some_and(|it| it.remaining == 0)) {
        return Some(ApiError::LimitSpent {
            reset_at: limit.map(|limit| limit.reset_at),
        });
    }
    if says("saml enforcement") || says("ip allow list") || says("oauth app access restrictions") {
        return Some(ApiError::Forbidden);
    }
    // These two come with HTTP 200 from GraphQL, and with 502 from the proxy before it.
    if says("something went wrong") || (says("couldn't respond") && says("in time")) {
        return Some(ApiError::TooSlow);
    }
    None
}
