//! [`ApiError`]: every way in which an answer can be none, and how GitHub says so.

use super::document::DUPLICATES_ARGUMENT;
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
    /// 403 "Your account was suspended": as if the token were refused.
    AccountSuspended,
    /// 403 "Maximum number of login attempts exceeded".
    LoginAttempts,
    /// SAML, an address list, or an organization's rules for tokens and apps.
    OrganizationForbids,
    /// What an organization keeps from this token was left out of a good answer.
    PartialResults,
    /// The token cannot see the repository that was asked about.
    RepositoryHidden,
    /// Any other 403.
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
    /// GitHub's schema has lost something that we can do without
    /// ([`Dialect`](super::document::Dialect)).
    SchemaLacks,
    /// GitHub did not get done in time: 502, 504, "something went wrong".
    TooSlow,
    /// `RESOURCE_LIMITS_EXCEEDED`.
    TooMuch,
    /// REST's search ran out of time, or a list has more pages than are read.
    Incomplete,
    /// 500, 503, `SERVICE_UNAVAILABLE`, and kinds of error that GitHub may add.
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
            Self::AccountSuspended => GapReason::AccountSuspended,
            Self::LoginAttempts => GapReason::LoginAttempts,
            Self::OrganizationForbids => GapReason::OrganizationForbids,
            Self::PartialResults => GapReason::PartialResults,
            Self::RepositoryHidden => GapReason::RepositoryHidden,
            Self::Incomplete => GapReason::Incomplete,
            Self::Forbidden => GapReason::Forbidden,
            Self::NotAccessible | Self::MissingScope => GapReason::MissingRight,
            Self::NotFound | Self::NotSearchable => GapReason::NotSearchable,
            Self::Withheld => GapReason::Withheld,
            Self::Refused | Self::SchemaLacks => GapReason::Refused,
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
    /// Whether it is about the query itself, which GraphQL did not understand.
    is_of_query: bool,
    /// The alias in the query that the error belongs to, where it names one.
    pub(crate) alias: Option<&'a str>,
    /// Which node of a list the error belongs to, or something in it, where it
    /// names one.
    pub(crate) node: Option<usize>,
}

impl<'a> GraphqlError<'a> {
    /// The error that an object describes; what it leaves out is not known.
    pub(crate) fn new(told: &'a Value) -> Self {
        let text = |name| told.get(name).and_then(Value::as_str);
        let path = told.get("path").and_then(Value::as_array);
        let path = path.map(Vec::as_slice).unwrap_or_default();
        let steps = path.iter().zip(path.iter().skip(1));
        let mut nodes = steps.filter(|(list, _)| **list == "nodes");
        Self {
            kind: text("type"),
            message: text("message").unwrap_or_default(),
            // Errors of validation name the rule that was broken; a query that
            // cannot be parsed has no kind and no path.
            is_of_query: told.pointer("/extensions/code").is_some()
                || text("message").is_some_and(|it| it.starts_with("Parse error")),
            alias: path.first().and_then(Value::as_str),
            node: nodes.find_map(|(_, node)| node.as_u64()?.try_into().ok()),
        }
    }

    /// What the error means. Words come before kinds: GitHub gives a limit many
    /// kinds, or none.
    pub(crate) fn error(&self, reply: &HttpReply) -> ApiError {
        by_words(self.message, reply)
            .or_else(|| self.by_kind(reply))
            .unwrap_or(if !self.is_of_query {
                ApiError::Unavailable
            } else if self.message.contains(DUPLICATES_ARGUMENT) {
                ApiError::SchemaLacks
            } else {
                ApiError::Refused
            })
    }

    /// What the kind means, where it is one we know.
    fn by_kind(&self, reply: &HttpReply) -> Option<ApiError> {
        Some(match self.kind? {
            "RATE_LIMITED" | "RATE_LIMIT" => limit_spent(reply),
            "NOT_FOUND" => ApiError::NotFound,
            "INSUFFICIENT_SCOPES" => ApiError::MissingScope,
            "FORBIDDEN" if is_beyond_the_token(self.message) => ApiError::NotAccessible,
            "FORBIDDEN" => ApiError::Forbidden,
            "RESOURCE_LIMITS_EXCEEDED" | "MAX_NODE_LIMIT_EXCEEDED" => ApiError::TooMuch,
            "SERVICE_UNAVAILABLE" | "INTERNAL" => ApiError::Unavailable,
            _ => return None,
        })
    }
}

/// Reads the error that a status and its message tell; none where the reply
/// is a success and its body has to be read.
pub(crate) fn of_status(reply: &HttpReply) -> Option<ApiError> {
    if matches!(reply.status, 200..=299 | 304) {
        return None;
    }
    let body = json::parse(&reply.body).unwrap_or(Value::Null);
    let mut words = String::new();
    match &body {
        // A page of HTML, as proxies before the API write it.
        Value::Null => words.push_str(&reply.body),
        body => {
            for name in ["message", "errors", "documentation_url"] {
                if let Some(part) = body.get(name) {
                    all_texts(part, &mut words);
                }
            }
        }
    }
    let errors = body.get("errors").and_then(Value::as_array);
    let by_kind = || {
        let mut errors = errors.into_iter().flatten().map(GraphqlError::new);
        errors.find_map(|error| error.by_kind(reply))
    };
    let told = || by_words(&words, reply).or_else(by_kind);
    Some(match reply.status {
        401 => ApiError::TokenRefused,
        404 | 410 => ApiError::NotFound,
        451 => ApiError::Withheld,
        403 | 429 => told().unwrap_or_else(|| {
            if reply.headers.get("x-github-sso").is_some() {
                ApiError::OrganizationForbids
            } else if is_beyond_the_token(&words) {
                ApiError::NotAccessible
            } else if reply.status == 429 || reply.headers.get("retry-after").is_some() {
                slow_down(reply)
            } else {
                ApiError::Forbidden
            }
        }),
        400 | 422 => told().unwrap_or(ApiError::Refused),
        408 | 502 | 504 => told().unwrap_or(ApiError::TooSlow),
        // What else there is, is about the way to GitHub and not about what was asked.
        _ => told().unwrap_or(ApiError::Unavailable),
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
    message.contains("Resource not accessible by")
}

fn slow_down(reply: &HttpReply) -> ApiError {
    ApiError::SlowDown {
        retry_after: reply
            .headers
            .number("retry-after")
            .and_then(|seconds| u32::try_from(seconds).ok()),
    }
}

fn limit_spent(reply: &HttpReply) -> ApiError {
    ApiError::LimitSpent {
        reset_at: Limit::from_headers(&reply.headers).map(|limit| limit.reset_at),
    }
}

/// What GitHub says in words, whatever the status or kind that carries them.
fn by_words(words: &str, reply: &HttpReply) -> Option<ApiError> {
    // Addresses of the documentation have hyphens between their words.
    let words = words.to_ascii_lowercase().replace('-', " ");
    let says = |part| words.contains(part);
    let is_refusal = matches!(reply.status, 403 | 429);
    if says("secondary rate limit")
        || says("abuse detection")
        || says("abuse rate limit")
        || (is_refusal && (says("too many requests") || says("throttled")))
    {
        return Some(slow_down(reply));
    }
    if says("login attempts exceeded") {
        return Some(ApiError::LoginAttempts);
    }
    if says("account was suspended") {
        return Some(ApiError::AccountSuspended);
    }
    if says("cannot be searched") {
        return Some(ApiError::NotSearchable);
    }
    let limit = Limit::from_headers(&reply.headers);
    if (says("rate limit") && says("exceeded"))
        || (is_refusal && limit.is_some_and(|it| it.remaining == 0))
    {
        return Some(limit_spent(reply));
    }
    if says("saml enforcement")
        || says("ip allow list")
        || says("oauth app access restrictions")
        || says("forbids access")
    {
        return Some(ApiError::OrganizationForbids);
    }
    // These two come with HTTP 200 from GraphQL, and with 502 from the proxy before it.
    if says("something went wrong") || (says("couldn't respond") && says("in time")) {
        return Some(ApiError::TooSlow);
    }
    // The documentation that a refusal leads to.
    (is_refusal && says("rate limit")).then(|| slow_down(reply))
}
