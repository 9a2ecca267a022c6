//! What a request to the API is, before it is answered.

use crate::answer::{Request, decode};
use crate::graphql::{self, Prepared};
use crate::limits::Bucket;
use crate::log::{Call, Kind};
use crate::search;
use crate::tokens::{self, Credentials};

/// A request to the API: its kind, whose it is, whom it asks about.
pub(crate) struct Incoming {
    pub(crate) kind: Kind,
    pub(crate) credentials: Credentials,
    pub(crate) operation: String,
    pub(crate) operation_text: String,
    pub(crate) logins: Vec<String>,
    pub(crate) prepared: Option<Prepared>,
    pub(crate) is_search: bool,
}

impl Incoming {
    pub(crate) fn read(request: &Request) -> Self {
        let credentials = tokens::read(request.header("authorization"));
        let route = request.route();
        if request.method == "POST" && route == "/graphql" {
            let prepared = graphql::prepare(request);
            let (operation, logins) = match &prepared {
                Prepared::Ready(ready) => {
                    (ready.analysis.roots.clone(), ready.analysis.logins.clone())
                }
                Prepared::Refused(_) => ("invalid".to_owned(), Vec::new()),
            };
            // The JSON of the body holds document and variables; its escapes are undone, so that
            // a rule can name what stands in quotes.
            let operation_text = String::from_utf8_lossy(&request.body).replace("\\\"", "\"");
            let prepared = Some(prepared);
            return Self {
                kind: Kind::Graphql,
                credentials,
                operation,
                operation_text,
                logins,
                prepared,
                is_search: false,
            };
        }
        let segments = request.segments();
        let logins = match segments
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .as_slice()
        {
            ["users", login, ..] => vec![login.to_lowercase()],
            ["search", "issues"] => {
                search::parse(&request.parameter("q").unwrap_or_default()).authors
            }
            _ => Vec::new(),
        };
        Self {
            kind: Kind::Rest,
            credentials,
            operation: route.to_owned(),
            operation_text: decode(&request.path),
            logins,
            prepared: None,
            is_search: route.starts_with("/search/"),
        }
    }

    pub(crate) fn bucket(&self) -> Bucket {
        match (self.kind, self.is_search) {
            (Kind::Graphql, _) => Bucket::Graphql,
            (_, true) => Bucket::Search,
            (_, false) => Bucket::Core,
        }
    }

    pub(crate) fn call(&self, request: &Request) -> Call {
        Call {
            operation: self.operation.clone(),
            logins: self.logins.clone(),
            bucket: Some(self.bucket()),
            token_name: match self.credentials {
                Credentials::Anonymous => None,
                Credentials::Bad => Some("bad"),
                Credentials::Good(token) => Some(token.name),
            },
            ..Call::new(request, self.kind)
        }
    }
}
