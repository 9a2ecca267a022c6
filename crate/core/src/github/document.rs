//! The GraphQL documents.
//!
//! They ask for nothing that a classic token without scopes is refused for:
//! no `email`, no `organizations`, no `starredRepositories`, because GitHub
//! refuses the whole document for one such field. A test holds each of them
//! against GitHub's published schema.

use std::fmt::Write;

/// What every document asks besides: the limits after this very request.
pub(super) const RATE_LIMIT: &str = "rateLimit { cost limit remaining resetAt }";

/// What GitHub's schema has, of what we can do without: GitHub refuses a whole
/// document for one field that it does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Whether `stateReason` tells duplicates from the rest where it is asked to.
    pub tells_duplicates: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            tells_duplicates: true,
        }
    }
}

impl Dialect {
    /// The document without what there is not.
    pub(super) fn fit(self, document: String) -> String {
        if self.tells_duplicates {
            return document;
        }
        document.replace(DUPLICATES, "")
    }
}

/// With the argument GitHub tells duplicates from the rest.
const DUPLICATES: &str = "closedAs: stateReason(enableDuplicate: true)";

/// A part of the message where GitHub's schema has no more [`DUPLICATES`].
pub(super) const DUPLICATES_ARGUMENT: &str = "enableDuplicate";

const ACCOUNT: &str = "fragment account on RepositoryOwner {
  __typename
  login
  ... on User { name company bio location websiteUrl createdAt }
}";

const COUNTS: &str = "fragment counts on User {
  followers(first: 1) { totalCount }
  following(first: 1) { totalCount }
  ownRepositories: repositories(first: 1, ownerAffiliations: OWNER, isFork: false, privacy: PUBLIC) { totalCount }
  forks: repositories(first: 1, ownerAffiliations: OWNER, isFork: true, privacy: PUBLIC) { totalCount }
  pullRequests(first: 1, orderBy: {field: CREATED_AT, direction: DESC}) { totalCount nodes { createdAt } }
  mergedPullRequests: pullRequests(first: 1, states: MERGED) { totalCount }
  closedPullRequests: pullRequests(first: 1, states: CLOSED) { totalCount }
  issues(first: 1, orderBy: {field: CREATED_AT, direction: DESC}) { totalCount nodes { createdAt } }
}";

const PULL_REQUESTS: &str = "fragment pullRequests on SearchResultItemConnection {
  issueCount
  pageInfo { hasNextPage endCursor }
  nodes {
    ... on PullRequest {
      id number title state createdAt closedAt mergedAt authorAssociation
      repository { nameWithOwner isInOrganization }
    }
  }
}";

/// `stateReason` is asked in both of its ways: with `enableDuplicate` GitHub
/// tells duplicates from the rest, without it they are what older tools see.
const ISSUES: &str = "fragment issues on SearchResultItemConnection {
  issueCount
  pageInfo { hasNextPage endCursor }
  nodes {
    ... on Issue {
      number title state createdAt closedAt
      stateReason
      closedAs: stateReason(enableDuplicate: true)
      repository { nameWithOwner isInOrganization }
    }
  }
}";

/// Who each of `logins` accounts is: aliases `u0`, `u1`, …, variables `$u0`, `$u1`, …
pub fn accounts(logins: usize) -> String {
    per_login(logins, "Accounts", "repositoryOwner", "...account", ACCOUNT)
}

/// The totals of each of `logins` users, with the same aliases and variables.
pub fn counts(logins: usize) -> String {
    per_login(logins, "Counts", "user", "...counts", COUNTS)
}

fn per_login(logins: usize, name: &str, field: &str, selection: &str, fragment: &str) -> String {
    let mut variables = String::new();
    let mut fields = String::new();
    for index in 0..logins {
        let comma = if index == 0 { "" } else { ", " };
        // Writing to a String cannot fail.
        let _ = write!(variables, "{comma}$u{index}: String!");
        let _ = writeln!(
            fields,
            "  u{index}: {field}(login: $u{index}) {{ {selection} }}"
        );
    }
    format!("query {name}({variables}) {{\n  {RATE_LIMIT}\n{fields}}}\n{fragment}\n")
}

/// Searches for pull requests by the query `$pullRequests`.
pub fn pull_requests() -> String {
    format!(
        "query SearchPullRequests($pullRequests: String!, $first: Int!, $after: String) {{
  {RATE_LIMIT}
  pullRequests: search(type: ISSUE, query: $pullRequests, first: $first, after: $after) {{ ...pullRequests }}
}}
{PULL_REQUESTS}
"
    )
}

/// Searches for pull requests in `$owner/$name` by so many queries (aliases `s0`,
/// `s1`, …, variables `$s0`, `$s1`, …), and asks whether the token can see that
/// repository at all, and everybody.
pub fn here(queries: usize) -> String {
    let (mut variables, mut searches) = (String::new(), String::new());
    for index in 0..queries {
        // Writing to a String cannot fail.
        let _ = write!(variables, ", $s{index}: String!");
        let _ = writeln!(
            searches,
            "  s{index}: search(type: ISSUE, query: $s{index}, first: $first) {{ ...pullRequests }}"
        );
    }
    format!(
        "query Here($first: Int!, $owner: String!, $name: String!{variables}) {{
  {RATE_LIMIT}
  repository(owner: $owner, name: $name) {{ isPrivate }}
{searches}}}
{PULL_REQUESTS}
"
    )
}

/// Searches for issues by the query `$issues`.
pub fn issues() -> String {
    format!(
        "query SearchIssues($issues: String!, $first: Int!, $after: String) {{
  {RATE_LIMIT}
  issues: search(type: ISSUE, query: $issues, first: $first, after: $after) {{ ...issues }}
}}
{ISSUES}
"
    )
}

/// The issue or pull request `$number` of `$owner/$name`. As few nodes are asked
/// for as tell what is of note: an item is linked to one issue as a rule, and
/// few pull requests are for the same one.
pub fn this_item() -> String {
    let open = "(first: 50, states: OPEN, orderBy: {field: CREATED_AT, direction: DESC}) {
    totalCount
    nodes { repository { nameWithOwner isPrivate } }
  }";
    format!(
        "query ThisItem($owner: String!, $name: String!, $number: Int!) {{
  {RATE_LIMIT}
  repository(owner: $owner, name: $name) {{
    issueOrPullRequest(number: $number) {{ __typename ...pullRequest ...issue }}
  }}
}}
fragment pullRequest on PullRequest {{
  closed createdAt isDraft additions deletions changedFiles
  author {{ login ... on User {{ open: pullRequests{open} }} }}
  closingIssuesReferences(first: 3) {{
    totalCount
    nodes {{ number closed repository {{ nameWithOwner }} ...linked }}
  }}
  timelineItems(last: 30, itemTypes: [ISSUE_COMMENT, PULL_REQUEST_REVIEW, PULL_REQUEST_COMMIT]) {{
    nodes {{
      __typename
      ... on IssueComment {{ author {{ __typename login }} }}
      ... on PullRequestReview {{ author {{ __typename login }} state url }}
      ... on PullRequestCommit {{ commit {{ author {{ user {{ login }} }} }} }}
    }}
  }}
}}
fragment issue on Issue {{
  closed createdAt
  author {{ login ... on User {{ open: issues{open} }} }}
  ...linked
}}
fragment linked on Issue {{
  assignees(first: 5) {{ totalCount nodes {{ login }} }}
  closedByPullRequestsReferences(first: 10) {{
    totalCount
    nodes {{ number state repository {{ nameWithOwner }} }}
  }}
}}
"
    )
}

/// The files `VOUCHED.td` of `$owner/$name`: aliases `f0`, `f1`, … in the order
/// of [`PATHS`](crate::own::vouched::PATHS).
pub const VOUCHED: &str = "query Vouched($owner: String!, $name: String!) {
  rateLimit { cost limit remaining resetAt }
  repository(owner: $owner, name: $name) {
    f0: object(expression: \"HEAD:VOUCHED.td\") { ... on Blob { text } }
    f1: object(expression: \"HEAD:.github/VOUCHED.td\") { ... on Blob { text } }
  }
}
";
