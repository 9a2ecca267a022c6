//! Requests and replies, as far as GitHub's API needs them.

use super::token::Token;

/// Where every request goes.
pub const API: &str = "https://api.github.com";

/// The version of the REST API that is spoken; 2022-11-28 is deprecated.
pub const API_VERSION: &str = "2026-03-10";

/// One request, ready to be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpRequest {
    /// The address, always below [`API`].
    pub url: String,
    /// The JSON to post; a request without one is a GET.
    pub body: Option<String>,
    /// In whose name it is made.
    pub token: Option<Token>,
    /// The `ETag` of the answer we already have.
    pub etag: Option<String>,
}

/// One reply, whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HttpReply {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: Headers,
    /// The body, as text.
    pub body: String,
}

/// The headers of a reply. Names are compared without case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// The value of a header, where it was sent and may be read.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(header, _)| header.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The value of a header that holds a whole number.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.trim().parse().ok()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(headers: I) -> Self {
        Self(
            headers
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

/// Why a request has no reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The network failed, or the connection broke before the reply was whole.
    Network,
    /// The browser may not talk to api.github.com any more.
    NoPermission,
    /// We gave up waiting.
    TimedOut,
}

impl Failure {
    /// The failure in one word, for the timeline.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::NoPermission => "noPermission",
            Self::TimedOut => "timedOut",
        }
    }
}
