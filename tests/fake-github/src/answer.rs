//! Requests and answers, free of HTTP's framing.

use std::time::Duration;

use serde_json::Value;

/// One HTTP request as it arrives, after TLS and HTTP framing are off.
#[derive(Debug, Clone)]
pub struct Request {
    /// `GET`, `POST`, `OPTIONS`.
    pub method: String,
    /// The host that was meant: `api.github.com` for all calls of the API.
    pub host: String,
    /// Path with its query, percent-encoded as sent.
    pub path: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body's bytes; empty for `GET`.
    pub body: Vec<u8>,
}

impl Request {
    /// A `GET` of `path` at `api.github.com`, with `token` when one is given.
    pub fn get(path: &str, token: Option<&str>) -> Self {
        Self {
            method: "GET".to_owned(),
            host: "api.github.com".to_owned(),
            path: path.to_owned(),
            headers: token.map(authorization).into_iter().collect(),
            body: Vec::new(),
        }
    }

    /// A GraphQL request with a document and its variables.
    pub fn graphql(query: &str, variables: &Value, token: Option<&str>) -> Self {
        let body = serde_json::json!({ "query": query, "variables": variables });
        Self {
            method: "POST".to_owned(),
            body: body.to_string().into_bytes(),
            ..Self::get("/graphql", token)
        }
    }

    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The path without its query.
    pub fn route(&self) -> &str {
        self.path.split('?').next().unwrap_or_default()
    }

    /// A parameter of the query, decoded.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let query = self.path.split_once('?')?.1;
        query.split('&').find_map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(key) == name).then(|| decode(value))
        })
    }

    /// The segments of the path, decoded.
    pub fn segments(&self) -> Vec<String> {
        let path = self.route().trim_matches('/');
        path.split('/').map(decode).collect()
    }
}

fn authorization(token: &str) -> (String, String) {
    ("authorization".to_owned(), format!("Bearer {token}"))
}

/// Decodes percent-encoding and `+`, as in a form; what cannot be decoded stays as it stands.
pub(crate) fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3);
        match (
            bytes[at],
            hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()),
        ) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (b'+', _) => {
                out.push(b' ');
                at += 1;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// How an answer travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// Whole and in order.
    Whole,
    /// Headers and half of the body, then the stream is reset.
    CutOff,
    /// The stream is reset before any header.
    Reset,
    /// Nothing ever comes.
    Hang,
}

/// One HTTP answer, and how and when it travels.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The number of the call in the log; `None` for what is no call (a preflight).
    pub call: Option<u64>,
    /// The HTTP status.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
    /// From the request's arrival to the answer's departure.
    pub latency: Duration,
    /// How it travels.
    pub delivery: Delivery,
}

impl Answer {
    /// A whole answer with a JSON body and no latency.
    pub fn json(status: u16, body: &Value) -> Self {
        let content = "application/json; charset=utf-8".to_owned();
        Self {
            call: None,
            status,
            headers: vec![("content-type".to_owned(), content)],
            body: body.to_string().into_bytes(),
            latency: Duration::ZERO,
            delivery: Delivery::Whole,
        }
    }

    /// The same answer with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The body as JSON, or null when it is none.
    pub fn body_json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}
