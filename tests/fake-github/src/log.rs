//! What was asked, when, and how it went. Never a token, never a body.

use jiff::Timestamp;
use serde::Serialize;

use crate::answer::Request;
use crate::limits::Bucket;

/// Which part of GitHub a call was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A page or an asset of github.com.
    Page,
    /// REST.
    Rest,
    /// GraphQL.
    Graphql,
}

/// One call.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Call {
    /// Its number, from 1 on.
    pub id: u64,
    /// The HTTP method.
    pub method: String,
    /// The whole URL.
    pub url: String,
    /// The host.
    pub host: String,
    /// Page, REST or GraphQL.
    pub kind: Kind,
    /// REST: the path. GraphQL: the operation's name, else its root fields.
    pub operation: String,
    /// The logins it asked about, in lower case: one for each field that asked about it.
    pub logins: Vec<String>,
    /// The bucket it counts in; `None` for pages.
    pub bucket: Option<Bucket>,
    /// The points it cost.
    pub points: u32,
    /// The status of the answer; 0 where none left.
    pub status: u16,
    /// Milliseconds from the start (or the last reset) to its arrival.
    pub started_ms: i64,
    /// The same to its end; `None` while it runs.
    pub ended_ms: Option<i64>,
    /// Requests of the API in flight when it arrived, itself included.
    pub in_flight: usize,
    /// The name of its token; `"bad"` for one that is refused.
    pub token_name: Option<&'static str>,
    /// The fault that it met.
    pub fault: Option<String>,
    /// Whether it was conditional.
    pub if_none_match: bool,
    /// When it is to end by its latency; `None` for a call that hangs.
    #[serde(skip)]
    pub(crate) planned_end: Option<Timestamp>,
}

impl Call {
    /// A call as it arrives, without what only its kind can tell.
    pub(crate) fn new(request: &Request, kind: Kind) -> Self {
        Self {
            id: 0,
            method: request.method.clone(),
            url: format!("https://{}{}", request.host, request.path),
            host: request.host.clone(),
            kind,
            operation: request.route().to_owned(),
            logins: Vec::new(),
            bucket: None,
            points: 0,
            status: 0,
            started_ms: 0,
            ended_ms: None,
            in_flight: 0,
            token_name: None,
            fault: None,
            if_none_match: request.header("if-none-match").is_some(),
            planned_end: None,
        }
    }
}

/// The log of all calls since the start or since it was emptied.
#[derive(Debug)]
pub struct Log {
    started: Timestamp,
    next: u64,
    calls: Vec<Call>,
    max_in_flight: usize,
    refused_hosts: Vec<String>,
    unimplemented: Vec<String>,
}

/// The log as the control API tells it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary<'log> {
    /// The moment that all times count from, in milliseconds since 1970: a browser's clock can be compared with it.
    pub started_at: i64,
    /// All calls by number.
    pub calls: &'log [Call],
    /// The most requests of the API that were in flight at once.
    pub max_in_flight: usize,
    /// Other hosts that were asked for, each once.
    pub refused_hosts: &'log [String],
    /// Fields and routes that GitHub has and this server has not, each once.
    pub unimplemented: &'log [String],
    /// The points of all GraphQL calls.
    pub graphql_points: u32,
    /// How many GraphQL calls there were.
    pub graphql_requests: usize,
    /// How many REST calls there were.
    pub rest_requests: usize,
}

impl Log {
    /// An empty log whose times count from `started`.
    pub fn new(started: Timestamp) -> Self {
        Self {
            started,
            next: 1,
            calls: Vec::new(),
            max_in_flight: 0,
            refused_hosts: Vec::new(),
            unimplemented: Vec::new(),
        }
    }

    /// Forgets all calls, also those in flight.
    pub fn clear(&mut self) {
        *self = self.restarted(self.started);
    }

    /// An empty log that starts at `now`. The numbers go on, so that a call which outlives this
    /// cannot be taken for a later one when it ends.
    pub(crate) fn restarted(&self, now: Timestamp) -> Self {
        Self {
            next: self.next,
            ..Self::new(now)
        }
    }

    /// All calls by number.
    pub fn calls(&self) -> &[Call] {
        &self.calls
    }

    /// Requests of the API that are in flight at `now`.
    pub fn in_flight(&self, now: Timestamp) -> usize {
        let runs = |call: &&Call| {
            call.kind != Kind::Page
                && call.ended_ms.is_none()
                && call.planned_end.is_none_or(|end| end > now)
        };
        self.calls.iter().filter(runs).count()
    }

    /// Takes a call up and gives it its number, its start and the number in flight.
    pub(crate) fn add(&mut self, mut call: Call, now: Timestamp) -> u64 {
        call.id = self.next;
        self.next += 1;
        call.started_ms = self.milliseconds(now);
        if call.kind != Kind::Page {
            call.in_flight = self.in_flight(now) + 1;
            self.max_in_flight = self.max_in_flight.max(call.in_flight);
        }
        self.calls.push(call);
        self.next - 1
    }

    /// Changes what is known of a call once its answer is made.
    pub(crate) fn conclude(&mut self, id: u64, change: impl FnOnce(&mut Call)) {
        if let Some(call) = self.calls.iter_mut().find(|call| call.id == id) {
            change(call);
        }
    }

    /// Marks a call as over: its answer left, or nobody waits for it any more.
    pub fn finish(&mut self, id: u64, now: Timestamp) {
        let ended = self.milliseconds(now);
        if let Some(call) = self.calls.iter_mut().find(|call| call.id == id) {
            call.ended_ms.get_or_insert(ended);
        }
    }

    /// Remembers that another host was asked for.
    pub fn refuse_host(&mut self, host: &str) {
        remember(&mut self.refused_hosts, host);
    }

    /// Remembers what this server cannot answer although GitHub can.
    pub(crate) fn miss(&mut self, what: &str) {
        remember(&mut self.unimplemented, what);
    }

    /// The whole log with its sums.
    pub fn summary(&self) -> Summary<'_> {
        let of = |kind: Kind| self.calls.iter().filter(move |call| call.kind == kind);
        Summary {
            started_at: self.started.as_millisecond(),
            calls: &self.calls,
            max_in_flight: self.max_in_flight,
            refused_hosts: &self.refused_hosts,
            unimplemented: &self.unimplemented,
            graphql_points: of(Kind::Graphql).map(|call| call.points).sum(),
            graphql_requests: of(Kind::Graphql).count(),
            rest_requests: of(Kind::Rest).count(),
        }
    }

    fn milliseconds(&self, now: Timestamp) -> i64 {
        now.as_millisecond() - self.started.as_millisecond()
    }
}

fn remember(list: &mut Vec<String>, what: &str) {
    if !list.iter().any(|known| known == what) {
        list.push(what.to_owned());
    }
}
