//! What authors have opened lately, by the connections of their accounts, and
//! who closed it.
//!
//! A connection costs GitHub a tenth of a search and shows accounts whose
//! profile is private, which search refuses. A search is the other way to the
//! same answer, where a connection cannot be had.

use super::document::RATE_LIMIT;
use crate::evidence::Part;
use crate::json::{Value, json};
use crate::login::Login;
use std::fmt::Write;

/// How many nodes of a connection are asked for first: more than most authors
/// open in the window, and few enough to come within half a second.
pub const FIRST_NODES: u8 = 30;

/// Stands for the cursor before the first node, where a page is added to what is
/// known from another connection.
pub const START: &str = "";

/// What of an author's activity a page holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Connection {
    /// Pull requests.
    PullRequests,
    /// Pull requests that are not merged.
    UnmergedPullRequests,
    /// Pull requests that are merged.
    MergedPullRequests,
    /// Issues.
    Issues,
}

impl Connection {
    /// The part of the evidence that it brings.
    pub const fn part(self) -> Part {
        match self {
            Self::Issues => Part::Issues,
            _ => Part::PullRequests,
        }
    }

    /// GitHub's name of the field, and ours of the part.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Issues => "issues",
            _ => "pullRequests",
        }
    }
}

/// One page of what an author has opened, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ActivityPage {
    /// The author.
    pub login: Login,
    /// Pull requests or issues.
    pub connection: Connection,
    /// How many.
    pub first: u8,
    /// The cursor after which the page begins, where it follows others.
    pub after: Option<String>,
}

const PULL_REQUESTS: &str = "fragment pullRequests on PullRequestConnection {
  totalCount
  pageInfo { hasNextPage endCursor }
  nodes {
    id number title state createdAt closedAt mergedAt authorAssociation
    repository { nameWithOwner isInOrganization isPrivate }
  }
}
";

/// `stateReason` is asked in both of its ways, as the searches do.
const ISSUES: &str = "fragment issues on IssueConnection {
  totalCount
  pageInfo { hasNextPage endCursor }
  nodes {
    number title state createdAt closedAt
    stateReason
    closedAs: stateReason(enableDuplicate: true)
    repository { nameWithOwner isInOrganization isPrivate }
  }
}
";

/// Who closed pull requests: one connection for each.
const CLOSERS: &str = "query Closers($ids: [ID!]!) {
  rateLimit { cost limit remaining resetAt }
  nodes(ids: $ids) {
    ... on PullRequest {
      id
      author { login }
      timelineItems(itemTypes: [CLOSED_EVENT], last: 1) {
        nodes {
          ... on ClosedEvent {
            actor { login __typename }
            closer { __typename }
          }
        }
      }
    }
  }
}
";

/// The document that asks for these pages, and its variables: aliases `u0`,
/// `u1`, … in their order.
pub fn request(pages: &[ActivityPage]) -> (String, Value) {
    let (mut variables, mut fields) = (String::new(), String::new());
    let mut values = serde_json::Map::new();
    for (index, page) in pages.iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        let name = page.connection.name();
        let states = match page.connection {
            Connection::UnmergedPullRequests => "states: [OPEN, CLOSED], ",
            Connection::MergedPullRequests => "states: MERGED, ",
            Connection::PullRequests | Connection::Issues => "",
        };
        // Writing to a String cannot fail.
        let _ = write!(
            variables,
            "{comma}$u{index}: String!, $n{index}: Int!, $a{index}: String"
        );
        let _ = writeln!(
            fields,
            "  u{index}: user(login: $u{index}) {{ {name}({states}first: $n{index}, after: $a{index}, \
             orderBy: {{field: CREATED_AT, direction: DESC}}) {{ ...{name} }} }}"
        );
        values.insert(format!("u{index}"), page.login.as_str().into());
        values.insert(format!("n{index}"), page.first.into());
        let after = page.after.clone().filter(|it| it != START);
        values.insert(format!("a{index}"), after.into());
    }
    let has = |part| pages.iter().any(|page| page.connection.part() == part);
    let (name, fragments) = match (has(Part::PullRequests), has(Part::Issues)) {
        (_, false) => ("PullRequests", PULL_REQUESTS.to_owned()),
        (false, true) => ("Issues", ISSUES.to_owned()),
        (true, true) => ("Activity", format!("{PULL_REQUESTS}{ISSUES}")),
    };
    let document = format!("query {name}({variables}) {{\n  {RATE_LIMIT}\n{fields}}}\n{fragments}");
    (document, Value::Object(values))
}

/// The document that asks who closed these pull requests, and its variables.
pub fn closers_request(ids: &[String]) -> (String, Value) {
    (CLOSERS.to_owned(), json!({ "ids": ids }))
}
